"""Numbers of flattened tables whose unit and period stand in the head, in the title or in another cell, and row numbers.

In: folded text and the outline's rows. Out: for each number of a row its unit, its label and the words that tell its time, or what it
is where it is no figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.models import NumeralClass
from etl.parse.outline import Block, Outline
from etl.parse.tables import names
from etl.parse.tables.cells import Number, Piece, is_time, is_unit, split_row, with_empty
from etl.parse.tables.grid import Cells, Row, Table, read_grid
from etl.parse.tables.heads import Column, unit_in
from etl.parse.tables.stacked import find_stacks

# 单位:件   表1 执法情况(单位:件), above a table
_UNIT_ABOVE = re.compile(r"单位:\s?([^\s)、,。0-9]{1,6})")
# 填报单位:甲区司法局   制表人:李某
_FILLED_IN = re.compile("(?:填报|填表|制表|编制|报送|报表|统计|审核)[\u4e00-\u9fff]{0,4}:")
_ABOVE = re.compile(r"[^\n]*\S[^\n]*")
_YEAR = re.compile("(?:19|20)[0-9]{2}年")
_RATE = re.compile("(?:率|占比|比重|比例)$")
_CHANGE = re.compile("(?:增幅|降幅|增速|同比|同比增长|增长|环比)$")
_SHARES = ("%", "‰", "个百分点", "百分点")
_SENTENCE_MARK = re.compile("[。;!?]")
_LONGEST_TITLE = 60
_REACH = 200  # characters above a table in which its title and unit may stand
_LINES_ABOVE = 3
_PART = "其中"


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table; `when` are the words of head or title that tell its time, `none` says what it is where it is no figure."""

    unit: str
    label: str
    when: str | None = None
    none: NumeralClass | None = None


@dataclass(frozen=True, slots=True)
class _Above:
    """What the lines above a table say: what it is about, the words that may tell its time, and the unit; empty where they do not."""

    topic: names.Topic
    title: str
    unit: str


def read_tables(text: str, outline: Outline) -> dict[int, Cell]:
    """Cells by the offset of their number."""
    found: dict[int, Cell] = {}
    for blocks in _runs(outline.blocks):
        for table in read_grid(_lines(text, blocks)):
            found.update(_cells(table, _above(text, table.start)))
    return found


def _runs(blocks: Iterable[Block]) -> list[list[Block]]:
    runs: list[list[Block]] = [[]]
    for block in blocks:
        if block.kind == "row":
            runs[-1].append(block)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _lines(text: str, blocks: Sequence[Block]) -> list[Cells]:
    """The rows of some lines; where each holds one cell, the rows are those of the tables among them."""
    lines = [Cells(split_row(text, b.char_start, b.char_end), _spaced(text, b)) for b in blocks]
    lines = [line for line in lines if line.pieces]
    alone = [line.pieces[0] for line in lines if len(line.pieces) == 1]
    if len(alone) <= len(lines) // 2:
        return lines
    stacks = find_stacks([piece.text for piece in alone])
    return [Cells([alone[i] for i in row], []) for rows in stacks for row in rows]


def _spaced(text: str, block: Block) -> list[Piece]:
    spaced = text.find("  ", block.char_start, block.char_end) >= 0 and text.find("|", block.char_start, block.char_end) < 0
    return with_empty(text, block.char_start, block.char_end) if spaced else []


def _above(text: str, start: int) -> _Above:
    """What the three lines above a table say; a sentence says nothing of it."""
    lines = _ABOVE.findall(text, max(0, start - _REACH), start)[-_LINES_ABOVE:]
    unit = title = ""
    for line in reversed(lines):
        if _FILLED_IN.search(line):
            continue
        stated = _UNIT_ABOVE.search(line)
        said, bracket = unit_in(line)
        said = said.partition("单位:")[0].strip(" (")
        unit = unit or (stated[1] if stated and is_unit(stated[1]) else bracket)
        if _SENTENCE_MARK.search(line) or len(line) > _LONGEST_TITLE:
            break
        if said:
            title = said
            break
    return _Above(names.topic_of(title), title, unit)


def _cells(table: Table, above: _Above) -> Iterator[tuple[int, Cell]]:
    whole, left = "", Decimal(0)
    for at, row in enumerate(table.rows):
        for start, none in row.none:
            yield start, Cell("", "", none=none)
        value = _value(row.figures[0][1]) if row.figures else Decimal(0)
        if row.names and row.names[0].startswith(_PART) and at and table.rows[at - 1].figures:
            before = table.rows[at - 1]
            whole, left = "".join(before.names), _value(before.figures[0][1])
        left -= value
        whole = whole if left >= 0 else ""
        for column, number in row.figures:
            yield number.start, _cell(row, column, number, table, above, whole)


def _cell(row: Row, column: Column, number: Number, table: Table, above: _Above, whole: str) -> Cell:
    unit = number.unit or _unit(row, column, number, above.unit)
    label = names.label_of(row, column, table.columns, above.topic, unit.lstrip("十百千万亿"), whole)
    return Cell(unit, label, _when(row.when or column.when, above.title))


def _unit(row: Row, column: Column, number: Number, stated: str) -> str:
    """The unit of a bare number: that of its row, its column, its name (率, 人数), the title."""
    said = column.name or (row.names[-1] if row.names else "")
    if column.unit in _SHARES:
        return column.unit
    if _CHANGE.search(column.name):
        return column.unit or ("%" if "." in number.digits else "")
    named = row.unit or next((unit for name in row.names if (unit := unit_in(name)[1])), "") or column.unit
    return named or ("%" if _RATE.search(said) else column.counted or stated)


def _when(own: str | None, title: str) -> str | None:
    """上半年 below a title of 2022 is its first half."""
    if not own:
        return title or None
    year = _YEAR.search(title)
    return year.group() + own if year and is_time(own) and not own[0].isdecimal() and own[0] not in "上去今本" else own


def _value(number: Number) -> Decimal:
    return Decimal(number.digits.replace(",", ""))
