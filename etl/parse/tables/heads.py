"""The head of a table: what each column is called, its unit, its time, and what sort of cells it holds.

In: the cells of one or two lines of a head and those of the rows below. Out: `Column`s.

    序号  部门  评查案卷数(卷)  优秀率(%)  ->  serial, name, figures in 卷, figures in %
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from etl.parse.lexicon import words
from etl.parse.tables import cells

Role = Literal["figure", "name", "serial", "code", "unit", "time", "remark"]

_BRACKET = re.compile(r"\((?:单位:)?(?P<unit>[^)0-9]{1,6})\)")
_REMARK = re.compile(r"(?<=..)\([^)]*\)$")  # 受理数(含上年结转)
_BEHIND = re.compile(r"(?<=..)[/:](?P<unit>[^/:()0-9]{1,4})$")  # 金额/万元
# 件数   持证人数   收案数量 has no unit
_COUNTED = re.compile("(?P<unit>[件人次场户份宗起条项个家名期篇部])数$|(?P<whole>人次|场次|批次|户次|件次)数?$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年?度?")
_SERIAL = frozenset(words("tables", "heads", "serial"))
_CODES = words("tables", "heads", "names")
_REMARKS = frozenset(words("tables", "heads", "remarks"))
_TRAILING = _REMARKS | frozenset(words("tables", "heads", "totals"))
_NAMES = ("name", "time", "serial", "unit")
_SHORTEST_SPAN = 2


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is without unit and time; `unit` is empty and `when` null where the head states none. `counted` is 件 of 件数."""

    name: str
    role: Role
    unit: str = ""
    when: str | None = None
    counted: str = ""


def read_columns(head: Sequence[Sequence[str]], body: Sequence[Sequence[str]], width: int) -> list[Column] | None:
    """The columns of a table of `width` cells a row, null where its head has another number of cells.

    Args:
        head: the cells of its one or two lines.
        body: the cells of the rows that have all.
        width: how many they have.
    """
    names = _names(head, width)
    if names is None:
        return None
    figures = [j for j in range(width) if any(cells.number_of(row[j]) for row in body)]
    roles: list[Role] = []
    for j, name in enumerate(names):
        roles.append(_role(name[-1], [row[j] for row in body], "name" not in roles or not _any_before(figures, roles, j)))
    return [_column(name, role) for name, role in zip(names, roles, strict=True)]


def unit_in(name: str) -> tuple[str, str]:
    """A name without the unit that it states, and the unit: 罚没金额(万元), 金额/万元."""
    for pattern in (_BRACKET, _BEHIND):
        match = pattern.search(name)
        if match and (cells.is_unit(match["unit"]) or "单位:" in match.group()):
            return name[: match.start()] + name[match.end() :], match["unit"]
    return name, ""


def _names(head: Sequence[Sequence[str]], width: int) -> list[list[str]] | None:
    """For each column its names from top to bottom; null where they do not fit."""
    if not head:
        return None
    lower = head[-1]
    upper = head[-2] if len(head) > 1 else None
    if upper and len(upper) == width and len(lower) <= width and all(map(_is_bracket, lower)):
        return _with_units(upper, lower)
    if upper and len(upper) == len(lower) == width:
        filled = list(upper)
        for j in range(1, width):
            filled[j] = filled[j] or (filled[j - 1] if lower[j] else "")
        return [[name for name in dict.fromkeys(pair) if name] or [""] for pair in zip(filled, lower, strict=True)]
    if len(lower) == width:
        return [[name] for name in lower]
    if upper and len(upper) == width:
        return [[name] for name in upper]
    return _spanned(upper, lower, width) if upper else None


def _is_bracket(name: str) -> bool:
    """Whether a cell of a head holds a unit and nothing else: (件)."""
    return not name or (name[0] == "(" and not unit_in(name)[0])


def _with_units(upper: Sequence[str], lower: Sequence[str]) -> list[list[str]]:
    """执法主体 行政许可 行政检查 above (件) (次): the units of the columns behind the first; what stands above has none of its own."""
    first = 0 if len(lower) == len(upper) else 1
    units = ["", *lower] if first else list(lower)
    units += [""] * (len(upper) - len(units))
    return [[name + unit] for name, unit in zip(upper, units, strict=False)]


def _spanned(upper: Sequence[str], lower: Sequence[str], width: int) -> list[list[str]] | None:
    """部门 行政许可 行政处罚 above 申请 办结 立案 结案: what stands alone in the upper line, and cells that span equally many."""
    alone = width - len(lower)
    spanning = len(upper) - alone
    if alone < 0 or spanning < 1 or len(lower) % spanning or len(lower) // spanning < _SHORTEST_SPAN:
        return None
    size = len(lower) // spanning
    behind = 1 if alone and upper[-1] in _TRAILING else 0
    first = alone - behind
    spread = [[upper[first + i // size], name] for i, name in enumerate(lower)]
    return [*([name] for name in upper[:first]), *spread, *([name] for name in upper[len(upper) - behind :])]


def _any_before(figures: Sequence[int], roles: Sequence[Role], column: int) -> bool:
    return any(j < column and roles[j] == "figure" for j in figures)


def _role(name: str, body: Sequence[str], leading: bool) -> Role:
    """What sort of cells a column holds, by its name and its cells; `leading` says that it may name the rows."""
    name = unit_in(name)[0]
    said = [cell for cell in body if not cells.is_empty(cell)]
    if name in _SERIAL or (not name and said and all(map(cells.is_bare, said)) and cells.is_serial(said[0], 1)):
        return "serial"
    if name.endswith(_CODES) and not any(cells.number_of(cell) and not cells.is_bare(cell) for cell in said):
        return "code"
    if name.endswith("单位") and said and all(map(cells.is_unit, said)):
        return "unit"
    if name in _REMARKS:
        return "remark"
    if said and all(cells.is_time(cell) or cells.is_year(cell) for cell in said) and leading:
        return "time"
    if any(map(cells.number_of, said)):
        return "figure"
    return "name" if leading else "remark"


def _column(names: Sequence[str], role: Role) -> Column:
    unit, when, told = "", None, []
    for name in names:
        bare, stated = unit_in(name)
        unit = stated or unit
        if cells.is_time(bare) or cells.is_year(bare):
            when = (when or "") + bare + ("年" if cells.is_year(bare) else "")
            continue
        year = _YEAR.match(bare)
        if year and year.end() < len(bare):  # 2023年收案
            when, bare = year.group(), bare[year.end() :]
        told.append(bare)
    text = _REMARK.sub("", "".join(told))
    counted = _COUNTED.search(text)
    return Column(text, role, unit, when, (counted["unit"] or counted["whole"]) if counted else "")
