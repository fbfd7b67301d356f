"""The number grammar, third part: any number at a place, the far end of a range, and whole strings.

In: folded text and a position, or a string. Out: `Number`. This is what `quantities` asks; which digits and shares there are is
in `numerals` and `proportions`.

    3至5  20—30  百分之三十至四十  六至七成  3至5万  负三  -2.5  壹佰贰拾  1.5倍
"""

from __future__ import annotations

import re
from decimal import Decimal

from etl.parse.folding import fold
from etl.parse.numerals import Number, read_arabic, read_chinese
from etl.parse.proportions import read_proportion, read_share

JOINT = re.compile(r"\s?(?:-|—{1,2}|~|至|到)\s?")
JOINTS = frozenset("-—~至到 \n")

# What follows the first number of a proportion: 8/9, 3:1, 3成
_OF_PROPORTIONS = frozenset("/:成 ")
# 壹佰贰拾, as money is written in contracts
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億○", "一二三四五六七八九十百千万亿〇")
_SIGN = re.compile("负|-|零下")
# 3万6: the next lower unit is left out
_ELIDED = re.compile(r"([0-9]{1,4})([百千万亿])([1-9])$")
_SCALES = (10**12, 10**8, 10**4, 10**3, 100)


def read_number(text: str, start: int, *, chinese: bool) -> Number | None:
    """The number at `start`, a share or ratio before a plain one; null where there is none."""
    if chinese:
        return read_share(text, start) or read_chinese(text, start)
    number = read_arabic(text, start)
    proportion = read_proportion(text, start) if number and text[number.end : number.end + 1] in _OF_PROPORTIONS else None
    return proportion or number


def range_end(text: str, low: Number, *, chinese: bool) -> Number | None:
    """The number behind a dash, 至 or 到 that follows `low`: 20 of 3—20家. Both ends of a share are in per cent (三十至四十)."""
    if low.value_high is not None:
        return None
    joint = JOINT.match(text, low.end)
    high = read_number(text, joint.end(), chinese=chinese) if joint else None
    if high is None or low.percent == high.percent:
        return high
    if low.percent:  # 百分之三十至四十
        return high._replace(percent=True) if chinese and high.value_high is None and low.value < high.value <= 100 else None
    return high if text[high.end - 1] == "成" and low.value < 10 else None


def with_range(low: Number, high: Number) -> Number | None:
    """`low` to `high` as one number, with a scale or 成 that only the second carries (3至5万, 六至七成); null where it does not rise."""
    factor = Decimal(1)
    if high.scaled and not low.scaled:
        factor = Decimal(next((scale for scale in _SCALES if high.value >= scale), 1))
    elif high.percent and not low.percent:
        factor = Decimal(10)
    if high.value <= low.value * factor:
        return None
    return Number(low.value * factor, high.end, high.value, high.exactness, high.percent, high.scaled)


def parse_number(string: str) -> Number | None:
    """The whole string as one number, or null where it is none (or more than one).

    Reads ranges, formal numerals (壹佰贰拾), signs (负三, -2.5), multiples (1.5倍) and 半 besides what `read_number` does.
    """
    text = fold(string).strip().translate(_FORMAL)
    sign = _SIGN.match(text)
    text = text[sign.end() :] if sign else text
    body = text.removesuffix("倍")
    number = _whole_number(body) if body else None
    if number is None or number.end != len(body):
        return None
    return number._replace(value=-number.value if sign else number.value, end=len(string))


def _whole_number(text: str) -> Number | None:
    if text == "半":
        return Number(Decimal("0.5"), 1)
    elided = _ELIDED.match(text)
    if elided:
        unit = read_arabic(f"1{elided[2]}", 0)
        assert unit
        return Number(unit.value * int(elided[1]) + unit.value * int(elided[3]) / 10, len(text), scaled=True)
    chinese = text[0] not in "0123456789"
    number = read_number(text, 0, chinese=chinese)
    high = range_end(text, number, chinese=chinese) if number else None
    return with_range(number, high) if number and high else number
