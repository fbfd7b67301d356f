"""The number grammar, second part: shares and ratios, in Chinese and in Arabic digits.

In: folded text and a position. Out: a `Number` in per cent (百分之九十, 三分之二, 九成五, 半数, 8/9) or, for what is no part of a
whole (3:1, 5/2), without. As the annotation writes them, shares and ratios have at most six places.
"""

from __future__ import annotations

import re
from decimal import Decimal

from etl.parse.numerals import DIGITS, ONE_TO_NINE, Number, chinese_value

_SIX_PLACES = Decimal("0.000001")
_DENOMINATORS = {"百": 100, "千": 1000, "万": 10000, "十": 10}
# 成 in 三成立, 一成不变, 两成员; 两成为 is a share behind a word that only numbers have: 近八成为房屋征收类
_NO_TENTHS = "(?![立功果员效长本都熟绩交就品份不因年])(?:(?!为)|(?<=[近超约逾足占达过]..))"

# 百分之九十五点八   百分之95   千分之三   三分之二
_FRACTION = re.compile(rf"([{ONE_TO_NINE}十百千万]{{1,6}})分之([零〇{ONE_TO_NINE}十百点]{{1,12}}|[0-9]{{1,9}}(?:\.[0-9]{{1,9}})?)")
_NEAR = 8  # characters in which a share says that it is one
# 九成   九成五   八成半   五成多
_TENTHS = re.compile(rf"([{ONE_TO_NINE}])成(半|[{ONE_TO_NINE}](?![成个件家名项]))?{_NO_TENTHS}([多余])?")
_HALF = re.compile(rf"(?:半数|一半)(多)?|半成{_NO_TENTHS}")
# 8/9  12/15   3:1  1:2.5   3成  8.5成
_ARABIC = re.compile(
    rf"([0-9]{{1,9}}(?:\.[0-9]{{1,9}})?)\s?(?:/\s?(?P<whole>[0-9]{{1,9}})(?![0-9/年月])"
    rf"|:\s?(?P<base>[0-9]{{1,9}}(?:\.[0-9]{{1,9}})?)(?![0-9:])|成{_NO_TENTHS}(?P<more>[多余])?)"
)


def read_share(text: str, start: int) -> Number | None:
    """The share in Chinese numerals at `start`: 百分之九十, 三分之二, 九成五, 半数."""
    near = text[start : start + _NEAR]
    if "成" not in near and "半" not in near and "分之" not in near:
        return None
    fraction = _FRACTION.match(text, start)
    if fraction:
        whole = _DENOMINATORS.get(fraction[1]) or _integral(fraction[1])
        part = _part(fraction[2])
        if whole and part is not None and part <= whole:
            return Number(as_percent(part, Decimal(whole)), fraction.end(), percent=True)
        return None
    tenths = _TENTHS.match(text, start)
    if tenths:
        rest = 0 if not tenths[2] else 5 if tenths[2] == "半" else DIGITS[tenths[2]]
        return _share(Decimal(DIGITS[tenths[1]] * 10 + rest), tenths.end(), tenths[3])
    half = _HALF.match(text, start)
    return _share(Decimal(5 if half.group() == "半成" else 50), half.end(), half[1]) if half else None


def read_proportion(text: str, start: int) -> Number | None:
    """The proportion in digits at `start`: 8/9 is 88.888889 %, 3成 30 %, 5/2 and 3:1 are ratios without a unit."""
    match = _ARABIC.match(text, start)
    if match is None:
        return None
    part = Decimal(match[1])
    if match["whole"]:
        whole = Decimal(match["whole"])
        if whole and part <= whole:
            return Number(as_percent(part, whole), match.end(), percent=True)
        return Number((part / whole).quantize(_SIX_PLACES), match.end()) if whole else None
    if match["base"]:
        base = Decimal(match["base"])
        return Number((part / base).quantize(_SIX_PLACES), match.end()) if base else None
    return _share(part * 10, match.end(), match["more"]) if part < 10 else None


def as_percent(part: Decimal, whole: Decimal) -> Decimal:
    """`part` of `whole` in per cent, to six places (as the annotation writes 2/3)."""
    share = (part * 100 / whole).quantize(_SIX_PLACES)
    return share.to_integral_value() if share == share.to_integral_value() else share


def _share(percent: Decimal, end: int, more: str | None) -> Number:
    return Number(percent, end, exactness="over" if more else "exact", percent=True)


def _integral(numeral: str) -> int | None:
    value = chinese_value(numeral)
    return int(value[0]) if value and value[1] is None else None


def _part(written: str) -> Decimal | None:
    if written[0] in "0123456789":
        return Decimal(written)
    value = chinese_value(written)
    return value[0] if value else None
