"""The number grammar, first part: digits, Chinese numerals and both mixed, to an exact value.

In: folded text and a position. Out: `Number` with a `Decimal` value (never a float), a high end where neighbouring digits name
one (三四百, 七八件), and whether the writer said 余, 多 or 来. Shares and ratios are in `proportions`, ranges and whole strings in
`numbers`; units, and whether a numeral is a figure at all, are left to `units`, `masks` and `quantities`.

    12  1,234.5  1.2万  1370多亿  1亿2000万  3千5百万  1万5千余  三百余  一千二百  八点三万亿  二〇二三  十来
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

Exactness = Literal["exact", "over", "about"]

DIGITS = {"零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
ONE_TO_NINE = "一二两三四五六七八九"
CHINESE_CHARACTERS = "零〇一二两三四五六七八九十百千万亿廿卅"

_NAMES = "零一二三四五六七八九"
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_LONGEST = 24  # characters of a number: longer runs of digits are codes, and 万亿万亿… would grow with each pair

# 12   1,234   1,286.5   (the folded ， between groups of three is a thousands mark, the same character elsewhere is a comma)
# 改造 1 0 4 个: digits set apart, as they come out of some PDFs
# 12 036起: blanks between groups of three, where a word follows and not the next cell of a table;  98. 6%: a blank within
_ARABIC = re.compile(
    r"(?:[0-9]+(?![0-9, ])|[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])"
    r"|(?<=[\u4e00-\u9fff] )[1-9](?: [0-9]){2,7}(?= [\u4e00-\u9fff])"
    r"|(?<![0-9] )[1-9][0-9]{0,2}(?: [0-9]{3})+(?=(?:\.[0-9]+)? ?[%\u4e00-\u9fff])|[0-9]+)"
    r"(?:\.[0-9]+| ?\. ?[0-9]+(?= ?[%万亿\u4e00-\u9fff]))?"
)
# 万  亿  万亿  百万  千万  余万, but not 5千克, 3千米, 5千瓦, 2百货; 万 before 户次 is a scale
_SCALE = re.compile(
    r" {0,2}(?:(?P<small>[十百千])?(?P<more>[余多来])? {0,2}(?P<large>万亿|[万亿])|(?P<lone>千(?![克米瓦伏卡帕赫])|百(?![货强姓年分日])))"
)
_GOES_ON = frozenset(" 十百千万亿余多来")
# 5千 of 1万5千
_PLACE = re.compile(r"[0-9]{1,4}")
# 2800余   300多   10来|个, but not 300来访
_BEHIND = re.compile(r" {0,2}(?:[余多]|来(?=[个名人家件次项户位场天年份起]))")
# 三百五十   十二   二〇二三   两万八   八点三万亿
_CHINESE = re.compile(rf"[{CHINESE_CHARACTERS}]+(?:点[零〇{ONE_TO_NINE}]+(?:万亿|万|亿)?)?")
# 余 of 三百余, 余万 of 三千余万
_CHINESE_MORE = re.compile(r"(?:[余多]|来(?=[个名人家件次项户位场天年份起万亿]))(万亿|[万亿])?")
# 三四 of 三四百, 三五 of 三五家
_NEIGHBOURS = re.compile(rf"([{ONE_TO_NINE}])([{ONE_TO_NINE}])(?=[十百千万亿]|$)")
_APART = {"三五": (3, 5), "三两": (2, 3)}


class Number(NamedTuple):
    """A number as written: `end` is the offset behind it, `scaled` tells whether a scale word (万, 亿) was part of it."""

    value: Decimal
    end: int
    value_high: Decimal | None = None
    exactness: Exactness = "exact"
    percent: bool = False
    scaled: bool = False


def read_arabic(text: str, start: int) -> Number | None:
    """The Arabic number at `start`, with its scale words and 余, 多 or 来: 1.2万, 3000余万, 1亿2000万, 2800余.

    Blanks between digits and scale are allowed (38.5 亿). Null where no digits stand, or more than any number has.
    """
    match = _ARABIC.match(text, start)
    if match is None or match.end() - start > _LONGEST:
        return None
    digits, end = match.group(), match.end()
    value = Decimal(digits if digits.isdigit() else digits.replace(",", "").replace(" ", ""))
    exactness: Exactness = "exact"
    if text[end : end + 1] not in _GOES_ON:
        return Number(value, end)
    scale = _SCALE.match(text, end)
    if scale:
        value, end, exactness = _scaled(text, value, scale)
    if exactness == "exact" and value >= 10:
        behind = _BEHIND.match(text, end)
        if behind:
            end, exactness = behind.end(), _exactness(behind.group()[-1])
    return Number(value, end, exactness=exactness, scaled=scale is not None)


def read_chinese(text: str, start: int) -> Number | None:
    """The Chinese number at `start`: 三十五, 三百余, 三千余万, 两万八, 三四百, 十来; null where there is none."""
    match = _CHINESE.match(text, start)
    number = chinese_value(match.group()) if match else None
    if match is None or number is None:
        return None
    (low, high), end = number, match.end()
    scaled = "万" in match.group() or "亿" in match.group()
    more = _CHINESE_MORE.match(text, end) if low >= 10 and high is None else None
    if more is None:
        return Number(low, end, high, scaled=scaled)
    multiplier = _scale_value(more[1]) if more[1] else 1
    return Number(low * multiplier, more.end(), None, _exactness(more.group()[0]), scaled=scaled or multiplier > 1)


def chinese_value(numeral: str) -> tuple[Decimal, Decimal | None] | None:
    """Value and high end of a purely Chinese numeral; null where the characters form none (十十, 零百).

    Neighbouring digits in front of a unit are a range (三四百 -> 300, 400; 七八 -> 7, 8); a last digit without unit behind
    百, 千 or 万 stands for the next lower unit (一百五 -> 150, 两万八 -> 28000); three digits and more are read one by one.
    """
    if not numeral or len(numeral) > _LONGEST:
        return None
    if len(numeral) == 1 and numeral in DIGITS:
        return Decimal(DIGITS[numeral]), None
    whole, point, fraction = numeral.replace("廿", "二十").replace("卅", "三十").partition("点")
    if point:
        return _with_fraction(whole, fraction)
    if len(whole) >= 3 and all(c in DIGITS for c in whole):
        return Decimal("".join(str(DIGITS[c]) for c in whole)), None
    pair = _NEIGHBOURS.search(whole)
    if pair is None:
        value = _integer(whole)
        return None if value is None else (Decimal(value), None)
    first, second = _APART.get(pair.group(), (DIGITS[pair[1]], DIGITS[pair[2]]))
    if second - first != 1 and pair.group() not in _APART:
        return None
    low, high = (_integer(f"{whole[: pair.start()]}{_NAMES[digit]}{whole[pair.end() :]}") for digit in (first, second))
    return None if low is None or high is None else (Decimal(low), Decimal(high))


def _scaled(text: str, value: Decimal, scale: re.Match[str]) -> tuple[Decimal, int, Exactness]:
    """Value and end with all scale words, from the largest down: 1.2万, 3千5百万, 1亿2000万, 1万5千3百."""
    total, section = Decimal(0), Decimal(0)
    least_small, least_large = 10**4, 10**16
    while True:
        small = _SMALL.get(scale["small"] or scale["lone"] or "", 1)
        section, end = section + value * small, scale.end()
        if scale["large"]:
            least_small, least_large = 10**4, _scale_value(scale["large"])
            total, section = total + section * least_large, Decimal(0)
        else:
            least_small = small
        if scale["more"]:
            return total + section, end, _exactness(scale["more"])
        place = _PLACE.match(text, end)
        following = _SCALE.match(text, place.end()) if place else None
        if place is None or following is None:
            return total + section, end, "exact"
        small = _SMALL.get(following["small"] or following["lone"] or "", 1)
        large = _scale_value(following["large"]) if following["large"] else 1
        if small >= least_small or large >= least_large or (small == 1 and large == 1):
            return total + section, end, "exact"
        value, scale = Decimal(place.group()), following


def _integer(numeral: str) -> int | None:
    """Value of an integer numeral, strictly: units must fall inside a section, sections must fall too."""
    total, section, digit, last_unit, last_large = 0, 0, None, 10**4, 10**16
    elided = 1
    for character in numeral:
        if character in DIGITS:
            value = DIGITS[character]
            if digit not in (None, 0):
                return None
            digit, elided = value, (1 if value == 0 or digit == 0 else elided)
        elif character in _SMALL:
            unit = _SMALL[character]
            if unit >= last_unit or (digit == 0 and (unit * 10 >= last_unit or not total + section)):
                return None
            section += (digit or 1) * unit  # 一千零十 is 一千零一十
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
    scale = fraction.lstrip("".join(DIGITS))
    digits = "".join(str(DIGITS[c]) for c in fraction[: len(fraction) - len(scale)])
    value = _integer(whole) if whole else None
    if value is None or not digits:
        return None
    return Decimal(f"{value}.{digits}") * (_scale_value(scale) if scale else 1), None


def _scale_value(scale: str) -> int:
    value = 1
    for character in scale:
        value *= _SMALL.get(character) or _LARGE[character]
    return value


def _exactness(mark: str) -> Exactness:
    return "about" if mark == "来" else "over"
