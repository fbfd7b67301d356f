"""Numbers that share a unit: ranges whose ends both carry it, and series whose last member has it for all.

In: folded text, a number and the unit behind it, if there is one. Out: the number with its high end, or the unit of the last
member. Ranges whose first end has no unit (3—20家) are part of the number grammar (`numbers`).

    10%至20%  2000元至1万元   分别压缩至3、2和1个工作日   提高4.1个、7.5个百分点
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from etl.parse.lexicon import load
from etl.parse.numbers import JOINT, JOINTS, range_end, read_number, with_range
from etl.parse.numerals import Number
from etl.parse.units import Unit, read_unit

_MOST_MEMBERS = 8
_AND = r"\s?(?:、|和|及|与|以及)\s?"
# 2.3|和1.6个百分点   3|、2和1个工作日
_MEMBER = re.compile(rf"{_AND}[0-9]{{1,9}}(?:\.[0-9]{{1,9}})?")
# 4.1个|、7.5个百分点   90个|、60个工作日
_IN_FULL = re.compile(rf"(?:{_AND}[0-9.]{{1,9}}个){{0,{_MOST_MEMBERS}}}(?:{_AND}|{JOINT.pattern})[0-9.]{{1,9}}")
_SHORT_FOR: Mapping[str, frozenset[str]] = {short: frozenset(units.split()) for short, units in load("units")["short_for"].items()}


def ranged(text: str, number: Number, *, chinese: bool) -> Number:
    """3—20 of 3—20家, 六至七成; the number itself where no range follows."""
    high = range_end(text, number, chinese=chinese)
    return (with_range(number, high) or number) if high else number


def range_with_units(text: str, number: Number, unit: Unit, *, chinese: bool) -> tuple[Number, Unit] | None:
    """10% to 20%, 3个至5个, 2000元至1万元: both ends carry the unit. 由30天到12天 is no range, it falls."""
    joint = JOINT.match(text, unit.end) if text[unit.end : unit.end + 1] in JOINTS and number.value_high is None else None
    if joint is None:
        return None
    high = read_number(text, joint.end(), chinese=chinese)
    same = read_unit(text, high.end) if high else None
    began = text[max(0, number.end - 12) : number.end]
    if high and same and same.name == unit.name and high.value > number.value and "由" not in began and "从" not in began:
        return number._replace(end=high.end, value_high=high.value, exactness=high.exactness), same
    return None


def unit_in_full(text: str, unit: Unit) -> Unit | None:
    """The unit that 个 is short for in a series whose last member has it in full; null where there is none."""
    units = _SHORT_FOR.get(unit.name)
    series = _IN_FULL.match(text, unit.end) if units else None
    last = read_unit(text, series.end()) if series else None
    return last if units and last and last.name in units else None


def unit_of_the_last(text: str, number: Number) -> Unit | None:
    """The unit that a series of numbers has at its end alone; null where none follows within a few members."""
    at = number.end
    for _ in range(_MOST_MEMBERS):
        member = _MEMBER.match(text, at)
        if member is None:
            return None
        at = member.end()
        unit = read_unit(text, at)
        if unit:
            return unit
    return None
