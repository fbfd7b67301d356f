"""The number grammar: a string in digits, Chinese numerals or both, to an exact value.

In: folded text and a position, or a whole string. Out: `Number` with a `Decimal` value (never a float), a high end for ranges
(三四百, 七八件) and whether the writer said 余 or 多. Units, qualifier words and the question whether a numeral is a figure at
all are left to `quantities` and `masks`.

    12  1,234.5  1.2万  1370多亿  1亿2000万  3000余万  三百余  一千二百  八点三万亿  二〇二三  百分之九十  三分之二  九成五  半数
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from etl.parse.folding import fold

Exactness = Literal["exact", "over", "about"]

_DIGITS = {"零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_ONE_TO_NINE = "一二两三四五六七八九"
_PERCENT = Decimal("0.000001")
_LONGEST = 40  # characters of a Chinese numeral; more of them are no number, and 万亿万亿… would grow with each pair

CHINESE_CHARACTERS = "零〇一二两三四五六七八九十百千万亿"

# 12   1,234   1,286.5   (the folded ， between groups of three is a thousands mark, the same character elsewhere is a comma)
# 12 036起: blanks between groups of three, where a word follows and not the next cell of a table
ARABIC = re.compile(
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|(?<![0-9] )[1-9][0-9]{0,2}(?: [0-9]{3})+(?=\s?[%\u4e00-\u9fff])|[0-9]+)(?:\.[0-9]+)?"
)
# 万  亿  万亿  百万  千万, but not 5千克, 3千米, 5千瓦, 2百货; 万 before 户次 is a scale
_SCALE = re.compile(r"(?:万亿|[十百千]?万|[十百千]?亿|千(?![克米瓦伏卡])|百(?![货强姓年]))")
_MORE = re.compile(r"[余多]")
_COUNTED_ABOUT = frozenset("个名人家件次项户位场天年份起")
# 3千5百万: each place with its unit
_PLACES = re.compile(r"([1-9])千([1-9])百(?=[万亿])")
# 三百五十   十二   二〇二三   两万八
_CHINESE = re.compile(rf"[{CHINESE_CHARACTERS}]+(?:点[零〇一二三四五六七八九]+(?:万亿|万|亿)?)?")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: `end` is the offset behind it, `scaled` tells whether a scale word (万, 亿) was part of it."""

    value: Decimal
    end: int
    value_high: Decimal | None = None
    exactness: Exactness = "exact"
    percent: bool = False
    scaled: bool = False


def read_arabic(text: str, start: int) -> Number | None:
    """The Arabic number at `start`, with its scale words and an inner 余 or 多: 1.2万, 3000余万, 1370多亿, 1亿2000万.

    A 余 or 多 behind the number (2800余) is read too; blanks between digits and scale are allowed (38.5 亿).
    """
    match = ARABIC.match(text, start)
    if match is None:
        return None
    places = _PLACES.match(text, start)
    if places:
        scale = _SCALE.match(text, places.end())
        value = Decimal(int(places[1]) * 1000 + int(places[2]) * 100)
        return Number(value * _scale_value(scale.group()), scale.end(), scaled=True) if scale else None
    value, end, scaled = Decimal(_plain(match.group())), match.end(), False
    exactness: Exactness = "exact"
    more = _MORE.match(text, _skip(text, end))
    scale = _SCALE.match(text, _skip(text, more.end() if more else end))
    if scale:
        multiplier = _scale_value(scale.group())
        value, end, scaled = value * multiplier, scale.end(), True
        exactness = "over" if more else "exact"
        tail = _compound_tail(text, end, multiplier)
        if tail:
            value, end = value + tail.value, tail.end
    behind = _MORE.match(text, _skip(text, end))
    if behind and exactness == "exact" and value >= 10:
        return Number(value, behind.end(), exactness="over", scaled=scaled)
    return Number(value, end, exactness=exactness, scaled=scaled)


def _plain(digits: str) -> str:
    return digits.replace(",", "").replace(" ", "")


def read_chinese(text: str, start: int) -> Number | None:
    """The Chinese number at `start`: 三十五, 三百余, 两万八, 三四百, 百分之九十, 三分之二, 九成五, 半数; null where there is none."""
    share = _read_share(text, start)
    if share:
        return share
    match = _CHINESE.match(text, start)
    if match is None:
        return None
    number = chinese_value(match.group())
    if number is None:
        return None
    low, high = number
    end = match.end()
    if text.startswith(("余", "多"), end) and low >= 10:
        scale = _SCALE.match(text, end + 1)
        multiplier = _scale_value(scale.group()) if scale else Decimal(1)
        return Number(low * multiplier, scale.end() if scale else end + 1, None, "over", scaled=bool(scale))
    if text.startswith("来", end) and low >= 10 and low % 10 == 0 and text[end + 1 : end + 2] in _COUNTED_ABOUT:  # 十来名
        return Number(low, end + 1, None, "about")
    return Number(low, end, high, scaled=any(c in match.group() for c in "万亿"))


# 8/9   12/15   1/3
_SLASHED = re.compile(r"([0-9]+)\s?/\s?([0-9]+)(?![0-9/年月])")
# 3成   8.5成, but not 3成员
_ARABIC_TENTHS = re.compile(r"([1-9](?:\.[0-9])?)\s?成(?![立功为果员效长本都熟绩交就品份])")
# 3:1   1:2.5
_RATIO = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s?:\s?([0-9]+(?:\.[0-9]+)?)(?![0-9:])")


def read_proportion(text: str, start: int) -> Number | None:
    """8/9 is 88.888889 %, 5/2 and 3:1 are ratios without a unit."""
    fraction = _SLASHED.match(text, start)
    if fraction and int(fraction[2]):
        part, whole = Decimal(fraction[1]), Decimal(fraction[2])
        if part <= whole:
            return Number(as_percent(part, whole), fraction.end(), percent=True)
        return Number(part / whole, fraction.end())
    tenths = _ARABIC_TENTHS.match(text, start)
    if tenths:
        return Number(Decimal(tenths[1]) * 10, tenths.end(), percent=True)
    ratio = _RATIO.match(text, start)
    if ratio and Decimal(ratio[2]):
        return Number((Decimal(ratio[1]) / Decimal(ratio[2])).quantize(Decimal("0.000001")), ratio.end())
    return None


def is_proportion(text: str, start: int) -> bool:
    """Whether 3:1 or 5/2 stands at `start`."""
    return bool(_RATIO.match(text, start) or _SLASHED.match(text, start))


# 壹佰贰拾, as money is written in contracts; 廿
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟○", "一二三四五六七八九十百千〇") | {ord("廿"): "二十", ord("卅"): "三十"}
# 3万6: the next lower unit is left out
_ELIDED = re.compile(r"([0-9]+)([百千万亿])([1-9])$")
_NEGATIVE = ("负", "-", "零下")


def parse_number(string: str) -> Number | None:
    """The whole string as one number, or null where it is none (or more than one).

    Reads formal numerals (壹佰贰拾), signs (负三), multiples (1.5倍) and proportions (1/4, 3:1) besides what `read_arabic` and
    `read_chinese` do.
    """
    text = fold(string).strip().translate(_FORMAL)
    sign = next((mark for mark in _NEGATIVE if text.startswith(mark)), "")
    text = text[len(sign) :].removesuffix("倍")
    number = _whole_number(text) if text else None
    if number is None or number.end != len(text):
        return None
    end = len(string)
    return replace(number, value=-number.value, end=end) if sign else replace(number, end=end)


def _whole_number(text: str) -> Number | None:
    if text[0] not in "0123456789":
        return read_chinese(text, 0)
    elided = _ELIDED.match(text)
    if elided:
        unit = _scale_value(elided[2])
        return Number(Decimal(elided[1]) * unit + Decimal(elided[3]) * unit / 10, len(text), scaled=True)
    return read_proportion(text, 0) or read_arabic(text, 0)


def chinese_value(numeral: str) -> tuple[Decimal, Decimal | None] | None:
    """Value and high end of a purely Chinese numeral; null where the characters form none (十十, 零百).

    Adjacent digits in front of a unit are a range (三四百 -> 300, 400; 七八 -> 7, 8); a last digit without unit behind
    百, 千 or 万 stands for the next lower unit (一百五 -> 150, 两万八 -> 28000).
    """
    if not numeral or len(numeral) > _LONGEST:
        return None
    whole, point, fraction = numeral.partition("点")
    if point:
        return _with_fraction(whole, fraction)
    if len(numeral) >= 3 and all(c in _DIGITS for c in numeral):
        return Decimal("".join(str(_DIGITS[c]) for c in numeral)), None
    pair = re.search(rf"([{_ONE_TO_NINE}])([{_ONE_TO_NINE}])(?=[十百千万亿]|$)", numeral)
    if pair is None:
        value = _integer(numeral)
        return None if value is None else (Decimal(value), None)
    if _DIGITS[pair[2]] - _DIGITS[pair[1]] != 1:
        return None
    low = _integer(numeral[: pair.end(1)] + numeral[pair.end() :])
    high = _integer(numeral[: pair.start()] + numeral[pair.start(2) :])
    return None if low is None or high is None else (Decimal(low), Decimal(high))


def as_percent(part: Decimal, whole: Decimal) -> Decimal:
    """`part` of `whole` in per cent, to six places (as the annotation writes 2/3)."""
    share = (part * 100 / whole).quantize(_PERCENT)
    return share.to_integral_value() if share == share.to_integral_value() else share


def _integer(numeral: str) -> int | None:
    """Value of an integer numeral, strictly: units must fall inside a section, sections must fall too."""
    total, section, digit, last_unit, last_large = 0, 0, None, 10**4, 10**16
    elided = 1
    for character in numeral:
        if character in _DIGITS:
            value = _DIGITS[character]
            if digit not in (None, 0):
                return None
            digit, elided = value, (1 if value == 0 or digit == 0 else elided)
        elif character in _SMALL:
            unit = _SMALL[character]
            if unit >= last_unit or digit == 0:
                return None
            section += (1 if digit is None else digit) * unit
            digit, last_unit, elided = None, unit, unit // 10
        else:
            unit = _LARGE[character]
            section += digit or 0
            if character == "亿" and total and last_large == 10**4:
                total, section, last_large = (total + section) * unit, 0, 10**8
            elif unit >= last_large:
                return None
            else:
                total, section, last_large = total + (section or 1) * unit, 0, unit
            digit, last_unit, elided = None, 10**4, unit // 10
    return total + section + (digit or 0) * (elided if digit else 1)


def _with_fraction(whole: str, fraction: str) -> tuple[Decimal, None] | None:
    scale = fraction.lstrip("".join(_DIGITS))
    digits = "".join(str(_DIGITS[c]) for c in fraction[: len(fraction) - len(scale)])
    value = _integer(whole) if whole else None
    if value is None or not digits:
        return None
    return Decimal(f"{value}.{digits}") * (_scale_value(scale) if scale else 1), None


def _scale_value(scale: str) -> Decimal:
    value = Decimal(1)
    for character in scale:
        value *= _SMALL.get(character) or _LARGE[character]
    return value


def _compound_tail(text: str, start: int, multiplier: Decimal) -> Number | None:
    """The rest of 1亿2000万 or 1万5千: a smaller scale directly behind a larger one."""
    match = ARABIC.match(text, start)
    scale = _SCALE.match(text, match.end()) if match else None
    if match is None or scale is None or _scale_value(scale.group()) >= multiplier:
        return None
    return Number(Decimal(_plain(match.group())) * _scale_value(scale.group()), scale.end())


# 百分之九十五点八   百分之95   千分之三   三分之二
_FRACTION = re.compile(rf"([{_ONE_TO_NINE}十百千万]+)分之([零{_ONE_TO_NINE}十百点]+|[0-9]+(?:\.[0-9]+)?)")
# 九成   九成五   (not 三成立, 一成不变)
_TENTHS = re.compile(rf"([{_ONE_TO_NINE}])成(半|[{_ONE_TO_NINE}](?![成个件家名项]))?(?![立为功果员效长本都熟绩交就品份不])")
_HALF = re.compile(r"半数|过半数|一半")


def _read_share(text: str, start: int) -> Number | None:
    fraction = _FRACTION.match(text, start)
    if fraction:
        whole = _integer(fraction[1])
        digits = fraction[2]
        part = (Decimal(digits), None) if digits[0] in "0123456789" else chinese_value(digits)
        if whole and part and part[0] <= whole:
            return Number(as_percent(part[0], Decimal(whole)), fraction.end(), percent=True)
        return None
    tenths = _TENTHS.match(text, start)
    if tenths:
        rest = 0 if not tenths[2] else 5 if tenths[2] == "半" else _DIGITS[tenths[2]]
        more = text.startswith("多", tenths.end())  # 五成多
        return Number(Decimal(_DIGITS[tenths[1]] * 10 + rest), tenths.end() + more, None, "over" if more else "exact", percent=True)
    half = _HALF.match(text, start)
    return Number(Decimal(50), half.end(), percent=True) if half else None


def _skip(text: str, at: int) -> int:
    """Offset behind at most two blanks, as office software puts them between Latin and Chinese characters."""
    for _ in range(2):
        if text.startswith(" ", at):
            at += 1
    return at
