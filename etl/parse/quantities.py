"""Finds figures: number, measure word and qualifier words, anchored at each numeral of the text.

In: folded text with its zones and what tables say of bare numbers. Out: `Quantity` spans with value, unit and qualifier, and the
spans of the numerals that are none. What a figure counts, when and whose it is, is decided elsewhere.

Arabic digits are a figure unless something speaks against it (`masks`); Chinese numerals only where something speaks for it
(`results`: 近百场, 三十五件, 工作例会四次, 九成), because most of them are idioms and names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from etl.models import NumeralClass, Qualifier
from etl.parse import masks, qualifiers
from etl.parse.idioms import OPENING_DIGITS, RUN, expression_at
from etl.parse.lexicon import load, prefix_tree, words
from etl.parse.numbers import read_number
from etl.parse.numerals import Number, chinese_value
from etl.parse.proportions import read_proportion
from etl.parse.results import BOUNDARY, reports_a_result
from etl.parse.shared_units import range_with_units, ranged, unit_in_full, unit_of_the_last
from etl.parse.units import Unit, read_unit
from etl.parse.zones import Zones

MaskedSpan = tuple[int, int, NumeralClass]


@dataclass(slots=True)
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


_CANONICAL: Mapping[str, str] = load("units")["canonical"]
# 总量达|3300万   指数为|2.85   零
_STATED = re.compile(r"(?:达到?|[为至到超逾]|突破|共计?|合计|总计|指数|得分|评分|系数|均分|数|量|保持|比)\s?\Z")
# 车辆|312,
_COUNT = re.compile(r"[\u4e00-\u9fff]{2}\Z")
_ENDS = re.compile(r"[,。;)]|\s*$")
# 2|个半小时
_AND_A_HALF = re.compile(r"个半(小时|月|工作日)")
# 500万元以上|项目, 2万—5万元|罚款案件: a class of case and no amount
_CLASS_OF_CASE = re.compile(prefix_tree(words("units", "classes", "nouns")))
_CELL = re.compile(r"[^\s|]+")
_SCALE = re.compile(" ?([十百千万亿]*)")
_CELL_END = re.compile(r"[\s|]|$")
_TRIVIAL_HALF = frozenset("占达过近超的约足")


def scan(text: str, zones: Zones, cells: Mapping[int, str], none: Mapping[int, NumeralClass]) -> Scan:
    """Read every numeral of `text` from left to right.

    `cells` maps the offset of a number in a table to its unit; `none` those that are no figures (row numbers, telephones) to what they are.
    """
    quantities: list[Quantity] = []
    masked: list[MaskedSpan] = []
    cursor = 0
    for match in RUN.finditer(text):
        start = match.start()
        if start < cursor:
            continue
        run = match.group()
        arabic = run[0] in "0123456789"
        found: Quantity | MaskedSpan | None = None
        if start in none:
            found = start, match.end(), none[start]
        elif start in cells:
            found = _in_cell(text, start, cells[start])
        elif not arabic or run in OPENING_DIGITS or text.startswith("大", match.end()):
            found = _expression(text, start, run, zones)
        if found is None:
            found = _arabic(text, start, match.end(), zones) if arabic else _chinese(text, start, zones)
        if isinstance(found, Quantity):
            quantities.append(found)
            cursor = found.end
        elif found is not None:
            masked.append(found)
            cursor = found[1]
    return Scan(tuple(quantities), tuple(sorted(masked)))


def _expression(text: str, start: int, run: str, zones: Zones) -> MaskedSpan | None:
    """十四五, 一件事, 进一步; 十分之一 is a share and no 十分."""
    end = start + len(run)
    if text.startswith("分之", end):
        return None
    found = expression_at(text, start, run)
    zone = zones.at(start) if found else None
    return (found[0], found[1], zone[2]) if found and zone else found


def _arabic(text: str, start: int, end: int, zones: Zones) -> Quantity | MaskedSpan:
    masked = masks.numeral_at(text, start, end, zones)
    if masked:
        return masked
    number = read_number(text, start, chinese=False)
    if number is None:  # more digits than any number has
        return start, end, "unexplained"
    found = _with_unit(text, start, number)
    left = masks.leftover_at(text, start, unit=found.unit if found else None)
    if left and not (number.scaled or number.percent):
        return left
    if found and found.unit == "元" and _is_a_class(text, found):
        return found.start, found.end, "name"
    return found or _without_unit(text, start, number) or (start, max(number.end, end), "unexplained")


def _without_unit(text: str, start: int, number: Number) -> Quantity | None:
    """A share, 总量达3300万, 办理2100余, 分别提高2.3和1.6个百分点."""
    if number.percent:
        return _finish(text, start, number, number.end, "%")
    last = unit_of_the_last(text, number)
    if last:
        return _of_series(text, start, number, number.end, last)
    if number.scaled or number.exactness != "exact" or _is_stated(text, start, number.end) or read_proportion(text, start):
        return _finish(text, start, number, number.end, "")
    bare = _finish(text, start, number, number.end, "")
    return bare if bare.qualifier != "exact" and BOUNDARY.match(text, bare.end) else None


def _chinese(text: str, start: int, zones: Zones) -> Quantity | MaskedSpan | None:
    before = text[start - 1 : start]
    if before in ("第", "数", "几", "周", "每", ".") or zones.at(start):
        return None
    number = read_number(text, start, chinese=True) or (Number(Decimal("0.5"), start + 1) if text[start] == "半" else None)
    if number is None:
        return None
    if number.percent:
        bare = text.startswith("一半", start) and number.exactness == "exact"
        share = _finish(text, start, ranged(text, number, chinese=True), number.end, "%", chinese=True)
        return None if bare and share.qualifier == "exact" and before not in _TRIVIAL_HALF else share
    if number.value == 0:
        return _zero(text, start, number)
    if masks.suffix_end(text, start, number.end):
        return start, masks.suffix_end(text, start, number.end) or number.end, "name"
    found = _with_unit(text, start, number, chinese=True)
    if found is None:
        bare_round = _finish(text, start, number, number.end, "", chinese=True)
        counted = bare_round.start < start and number.value >= 100 and BOUNDARY.match(text, number.end)
        return bare_round if counted else None
    if found.unit == "%":
        return found
    ahead = found.qualifier if found.start < start else None
    limit = found.qualifier if found.qualifier == "at_most" and found.unit not in ("个月", "周") else None
    return found if limit or reports_a_result(text, start, number, found.unit, found.end, ahead) else None


def _is_stated(text: str, start: int, end: int) -> bool:
    """Whether a bare number ends its clause behind a word that numbers follow (达, 指数) or behind what it counts (处罚车辆312)."""
    if not _ENDS.match(text, end):
        return False
    return _STATED.search(text, max(0, start - 4), start) is not None or _COUNT.search(text, max(0, start - 2), start) is not None


def _is_a_class(text: str, found: Quantity) -> bool:
    limited = found.value_high is not None or (found.qualifier in ("at_least", "at_most") and found.start == found.number_start)
    return limited and _CLASS_OF_CASE.match(text, found.end) is not None


def _in_cell(text: str, start: int, stated: str) -> Quantity | None:
    """The number of a cell with the unit behind it in the cell or in one of its own (52800 件), else with the `stated` one.

    A stated unit has its scale: 120.5 万元. The numbers of the next cells are others: 876 876.
    """
    cell = _CELL.match(text, start)
    number = read_number(cell.group(), 0, chinese=False) if cell else None
    if number is None:
        return None
    end = start + number.end
    if number.percent:
        return Quantity(start, end, start, number.value, None, "%", "exact")
    scaled = _SCALE.match(text, end)
    unit = read_unit(text, scaled.end()) if scaled else None
    if scaled and unit and _CELL_END.match(text, unit.end):
        return Quantity(start, unit.end, start, number.value * _factor(scaled[1]), None, unit.name, "exact")
    plain = stated.lstrip("十百千万亿")
    value = number.value * _factor(stated[: len(stated) - len(plain)])
    return Quantity(start, end, start, value, None, _CANONICAL.get(plain, plain), "exact")


def _factor(scale: str) -> Decimal:
    found = chinese_value(scale) if scale else None
    return found[0] if found else Decimal(1)


def _zero(text: str, start: int, number: Number) -> Quantity | None:
    """被纠错案件为零, 事故零起; not 零距离, 归零."""
    if text[start : number.end] != "零":
        return None
    if text[start - 1 : start] in ("为", "是", "持") and BOUNDARY.match(text, number.end):
        return _finish(text, start, number, number.end, "")
    found = _with_unit(text, start, number, chinese=True)
    return found if found and BOUNDARY.match(text, found.end) else None


def _with_unit(text: str, start: int, number: Number, *, chinese: bool = False) -> Quantity | None:
    """The figure of `number` with its unit, and the high end of a range; null where no unit follows."""
    unit = None if number.percent else read_unit(text, number.end)
    if unit is None or text.startswith("个半", unit.start):
        return _with_later_unit(text, start, number, chinese=chinese)
    last = unit_in_full(text, unit)
    if last:
        return _of_series(text, start, number, unit.end, last)
    far = range_with_units(text, number, unit, chinese=chinese)
    if far:
        number, unit = far
    return _finish(text, start, number, unit.end, unit.name, chinese=chinese)


def _with_later_unit(text: str, start: int, number: Number, *, chinese: bool) -> Quantity | None:
    """A number whose unit stands behind the far end of its range, and 两个半小时."""
    whole = ranged(text, number, chinese=chinese)
    if whole.percent:
        return _finish(text, start, whole, whole.end, "%", chinese=chinese) if whole is not number else None
    unit = read_unit(text, whole.end) if whole is not number else None
    half = None if unit else _AND_A_HALF.match(text, number.end)
    if half:
        whole = number._replace(value=number.value + Decimal("0.5"))
        unit = Unit(half[1].replace("月", "个月"), half.start(), half.end())
    unit = unit or read_unit(text, whole.end)
    return _finish(text, start, whole, unit.end, unit.name, chinese=chinese) if unit else None


def _of_series(text: str, start: int, number: Number, end: int, last: Unit) -> Quantity:
    """A member that has its unit, and the word behind it, from the last of its series: 控制在90个、60个工作日以内."""
    figure = _finish(text, start, number, end, last.name)
    shared = qualifiers.after(text, last.end, last.name)[1] if figure.qualifier == "exact" else None
    return replace(figure, qualifier=shared) if shared else figure


def _finish(text: str, start: int, number: Number, end: int, unit: str, *, chinese: bool = False) -> Quantity:
    """Take in the qualifier words on both sides."""
    begin, ahead = qualifiers.before(text, start, rounds=chinese and (number.value >= 100 or number.percent))
    end, behind = qualifiers.after(text, number.end if end < number.end else end, unit)
    qualifier: Qualifier = ahead or behind or number.exactness
    return Quantity(begin, end, start, number.value, number.value_high, unit, qualifier, chinese)
