"""Finds figures: number, measure word and qualifier words, anchored at each numeral of the text.

In: folded text with its zones (masks) and what tables say of bare numbers. Out: `Quantity` spans with value, unit and qualifier,
and the spans of the numerals that are none. What a figure counts, when and whose it is, is decided elsewhere.

Arabic digits are a figure unless something speaks against it; Chinese numerals only where something speaks for it (近百场,
三十五件, 工作例会四次, 九成), because most of them are idioms and names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from etl.models import NumeralClass, Qualifier
from etl.parse import masks, qualifiers
from etl.parse.lexicon import alternation, load, words
from etl.parse.numerals import CHINESE_CHARACTERS, Number, chinese_value, is_proportion, read_arabic, read_chinese, read_proportion

MaskedSpan = tuple[int, int, NumeralClass]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as written. `number_start` is where the number begins behind its qualifier words."""

    start: int
    end: int
    number_start: int
    value: Decimal
    value_high: Decimal | None
    unit: str
    qualifier: Qualifier
    chinese: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """All figures in order, and the numerals that are none, the unexplained ones too."""

    quantities: tuple[Quantity, ...]
    masked: tuple[MaskedSpan, ...]


def _unit_pattern() -> re.Pattern[str]:
    """Longest unit first, with what may or must not follow as a look-ahead, and an optional second unit (微克/立方米)."""
    vocabulary = load("units")
    counters = words("units", "counters")
    plain = {*counters, *(c + "次" for c in counters if len(c) == 1)}
    for name in ("phrases", "physical", "durations", "money", "scores", "signs"):
        plain.update(words("units", name))
    vetoes: dict[str, str] = vocabulary["not_before"]
    parts = []
    for unit in sorted(plain - {"成"}, key=lambda u: (-len(u), u)):
        veto = vetoes.get(unit)
        parts.append(re.escape(unit) + (f"(?!{alternation(veto.split())})" if veto else ""))
    parts += [re.escape(unit) + f"(?={alternation(nouns.split())})" for unit, nouns in vocabulary["only_before"].items()]
    body = "|".join(parts)
    return re.compile(rf"(?P<unit>(?:{body})(?:/(?:{body}))?)")


_UNIT = _unit_pattern()
_CANONICAL: Mapping[str, str] = load("units")["canonical"]


_RUN = re.compile(rf"[0-9]+|[{CHINESE_CHARACTERS}半]+")
_RANGE = re.compile(r"\s?(?:-|—+|~|至|到)\s?")
_BOUNDARY = re.compile(r"\s*(?:[,。;、)\]\n!?]|$)")
_STATED = re.compile(r"(?:达到?|[为至到超逾]|突破|共计?|合计|总计|指数|得分|评分|系数|均分)\s?$")


def scan(text: str, zones: masks.Zones, cells: Mapping[int, str | None]) -> Scan:
    """Read every numeral of `text` from left to right.

    `cells` maps the offset of a bare number in a table to its unit, or to null where it is a row number.
    """
    quantities: list[Quantity] = []
    masked = masks.fixed_expressions(text, zones)
    taken = {offset for start, end, _ in masked for offset in range(start, end)}
    line_starts = {match.end() for match in re.finditer(r"(?:^|\n)[ ]*", text)}
    cursor = 0
    for match in _RUN.finditer(text):
        start = match.start()
        if start < cursor or start in taken:
            continue
        read = _arabic if match.group()[0] in "0123456789" else _chinese
        found = read(text, start, zones, cells, start in line_starts)
        if isinstance(found, Quantity):
            quantities.append(found)
            cursor = found.end
        elif found is not None:
            masked.append(found)
            cursor = found[1]
    return Scan(tuple(quantities), tuple(sorted(masked)))


def _arabic(text: str, start: int, zones: masks.Zones, cells: Mapping[int, str | None], opens_line: bool) -> Quantity | MaskedSpan | None:
    if start in cells and cells[start] is None:
        return start, _digits_end(text, start), "ordinal"
    masked = masks.numeral_at(text, start, zones, opens_line)
    if masked:
        return masked
    number = read_proportion(text, start) or read_arabic(text, start)
    if number is None:  # cannot be: a digit run is a number
        return start, _digits_end(text, start), "unexplained"
    found = _with_unit(text, start, number)
    if found:
        return found
    hotline = masks.hotline_end(text, start)
    if hotline:
        return start, hotline, "name"
    if number.percent:
        return _finish(text, start, number, number.end, "%")
    if start in cells:
        return _in_cell(text, start, number, cells[start] or "")
    before = text[max(0, start - 4) : start]
    if number.scaled or is_proportion(text, start) or (_STATED.search(before) and _BOUNDARY.match(text, number.end)):
        return _finish(text, start, number, number.end, "")
    return start, max(number.end, _digits_end(text, start)), "unexplained"


def _chinese(text: str, start: int, zones: masks.Zones, _cells: Mapping[int, str | None], _opens_line: bool) -> Quantity | None:
    before = text[start - 1 : start]
    if zones.at(start) or before in ("第", "数", "几", "周", "每", "."):
        return None
    number = read_chinese(text, start)
    if number is None:
        return None
    if number.percent:
        bare_half = (
            text.startswith("一半", start) and before not in ("占", "达", "过", "近", "超") and not text.startswith("一半以上", start)
        )
        return None if bare_half else _finish(text, start, number, number.end, "%")
    if number.value == 0:
        return _zero(text, start, number)
    found = _with_unit(text, start, number, chinese=True)
    if found is None or found.unit in ("年", "日", "岁", "周", "天", "个年度", "分", "度", "元/人"):
        return None
    return found if _reports_a_result(text, start, number, found) else None


def _reports_a_result(text: str, start: int, number: Number, found: Quantity) -> bool:
    """Whether a Chinese numeral reports a result (近百场, 三十五件, 会议四次) and is not said in passing (三个部门, 一位)."""
    numeral = text[start : number.end].rstrip("余多")
    if numeral in ("十", "百", "千", "万", "亿", "百万", "千万"):
        return number.exactness == "over" or found.start < start
    if number.value >= 10:
        return True
    before = text[:start][-1:]
    if numeral == "一" and (before in "每这那同另某任哪逐唯统各有成是为出" or text.startswith("一次", start)):
        return False
    if found.start < start:
        return True
    if found.unit in ("个工作日", "个月") and re.search("(?:压缩|缩短|减|降|升|延长|调整|增加)[至到为]$", text[max(0, start - 4) : start]):
        return True  # 压缩至五个工作日
    if (
        numeral != "一"
        and found.unit in ("支", "座", "所", "套")
        and re.search("(?:组建|建成|建立|新建|成立|设立)了?$", text[max(0, start - 4) : start])
    ):
        return True  # 组建六支小分队
    if _BOUNDARY.match(text, found.end):
        return bool(re.match(r"[\u4e00-\u9fff)”》]", before)) and found.unit in _RESULT_UNITS
    called = re.search(_CALLING + r"了?$", text[max(0, start - 5) : start])
    return numeral != "一" and called is not None and found.unit in ("次", "场", "期", "轮", "场次", "批次")


_RESULT_UNITS = frozenset(
    [
        "次",
        "场",
        "件",
        "项",
        "名",
        "人",
        "家",
        "个",
        "份",
        "支",
        "期",
        "起",
        "批",
        "篇",
        "部",
        "条",
        "例",
        "宗",
        "所",
        "座",
        "处",
        "批次",
        "场次",
        "人次",
        "户次",
        "家次",
    ]
)
_CALLING = alternation(["召开", "举办", "组织", "开展", "进行", "参加", "主持", "听取", "研究", "举行", "开", "讲授"])


def _in_cell(text: str, start: int, number: Number, unit: str) -> Quantity:
    """A bare number whose unit stands in the table's head or in another cell, with its scale: 120.5 万元."""
    plain = unit.lstrip("十百千万亿")
    scale = chinese_value(unit[: len(unit) - len(plain)])
    value = number.value * (scale[0] if scale else 1)
    return Quantity(start, number.end, start, value, None, _CANONICAL.get(plain, plain), "exact")


def _zero(text: str, start: int, number: Number) -> Quantity | None:
    """被纠错案件为零, 事故零起; not 零距离, 归零."""
    if text[start : number.end] != "零":
        return None
    if text[start - 1 : start] in ("为", "是") and _BOUNDARY.match(text, number.end):
        return _finish(text, start, number, number.end, "")
    found = _with_unit(text, start, number, chinese=True)
    return found if found and _BOUNDARY.match(text, found.end) else None


def _with_unit(text: str, start: int, number: Number, *, chinese: bool = False) -> Quantity | None:
    """The figure of `number` with its unit, and the high end of a range; null where no unit follows."""
    high = None if number.percent else _range_end(text, number, chinese)
    end = high.end if high else number.end
    unit = _UNIT.match(text, _skip(text, end))
    if unit is None:
        own = _UNIT.match(text, _skip(text, number.end)) if high else None
        if own is None:
            return None
        unit, high = own, None
    elif high is None and not number.percent and number.value_high is None:
        far = _range_with_units(text, number, unit, chinese)
        if far:
            high, unit = far
            number = replace(number, scaled=number.scaled or high.scaled)  # 2000元至1万元: each end has its own scale
    if high and high.value <= number.value * _shared_scale(number, high):
        high, unit = None, _UNIT.match(text, _skip(text, number.end)) or unit
    if high:
        low = number.value * _shared_scale(number, high)
        number = Number(low, high.end, high.value, high.exactness, scaled=number.scaled)
    name = unit["unit"]
    return _finish(text, start, number, unit.end(), _CANONICAL.get(name, name), chinese=chinese)


def _range_end(text: str, number: Number, chinese: bool) -> Number | None:
    """20 of 3—20家: a number behind a dash, 至 or 到."""
    joint = _RANGE.match(text, number.end)
    if joint is None:
        return None
    return (read_chinese if chinese else read_arabic)(text, joint.end())


def _range_with_units(text: str, number: Number, unit: re.Match[str], chinese: bool) -> tuple[Number, re.Match[str]] | None:
    """10% to 20%, 3个至5个: both ends carry the unit. 由30天到12天 is no range, it falls."""
    joint = _RANGE.match(text, unit.end())
    high = (read_chinese if chinese else read_arabic)(text, joint.end()) if joint else None
    same = _UNIT.match(text, _skip(text, high.end)) if high else None
    began = text[max(0, number.end - 12) : number.end]
    if high and same and same["unit"] == unit["unit"] and high.value > number.value and not re.search("[由从]", began):
        return high, same
    return None


def _shared_scale(low: Number, high: Number) -> Decimal:
    """3至5万元 means 30000 to 50000."""
    if high.scaled and not low.scaled:
        for multiplier in (10**12, 10**8, 10**4, 10**3, 100):
            if high.value >= multiplier:
                return Decimal(multiplier)
    return Decimal(1)


def _finish(text: str, start: int, number: Number, end: int, unit: str, *, chinese: bool = False) -> Quantity:
    """Take in the qualifier words on both sides."""
    begin, ahead = qualifiers.before(text, start, rounds=chinese and number.value >= 100)
    end, behind = qualifiers.after(text, end, unit)
    qualifier: Qualifier = ahead or behind or number.exactness
    return Quantity(begin, end, start, number.value, number.value_high, unit, qualifier, chinese)


def _digits_end(text: str, start: int) -> int:
    while start < len(text) and text[start] in "0123456789":
        start += 1
    return start


def _skip(text: str, at: int) -> int:
    return at + 1 if text.startswith(" ", at) else at
