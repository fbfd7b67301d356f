"""Tables flattened to lines: bare numbers whose unit and period stand in the head, and row numbers.

In: folded text and the outline's rows. Out: for each bare number its unit (null for a row number), its label and, where the head
names a year, its period. Two shapes are read: one row a line (办理行政许可 52800 件), and one cell a line behind a head of known
words (项目 / 数量 / 单位).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from etl.parse.outline import Block, Outline
from etl.parse.table_lines import table_heads

_NUMBER = re.compile(r"^[0-9][0-9,]*(?:\.[0-9]+)?$")
_UNIT_IN_HEAD = re.compile(r"\((?:单位:)?([^)0-9]{1,5})\)")
_YEAR_IN_HEAD = re.compile(r"((?:19|20)[0-9]{2})年?")
# 2023年   2023年度   上半年   第一季度   3月
_TIME_ONLY = re.compile(
    r"(?=.{2})(?:(?:(?:19|20)[0-9]{2}|[上去今本])年度?)?(?:[上下]半年|前[两二三23]个?季度|第?[一二三四1-4]季度|[0-9]{1,2}(?:[-—至][0-9]{1,2})?月份?|年?[底末])?"
)
# 截至2023年12月31日, on the lines above a table
_AS_OF_ABOVE = re.compile(r"截[至止]到?[0-9年月日底末上下半第一二三四季度报告期]{2,14}")
_CELL = re.compile(r"[^\s|]+")
# 单位:件   表1 执法情况(单位:件), on the lines above a table
_UNIT_ABOVE = re.compile(r"单位:\s?([^\s)、,。0-9]{1,6})")
_ABOVE = 60  # characters above a table in which its unit may stand
_SERIAL = ("序号", "编号")


@dataclass(frozen=True, slots=True)
class Cell:
    """A bare number of a table; `unit` is null for a row number, `when` the words of head or title that tell its time."""

    unit: str | None
    label: str
    when: str | None


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    text: str


def read_tables(text: str, outline: Outline) -> dict[int, Cell]:
    """Cells by the offset of their number."""
    cells: dict[int, Cell] = {}
    for rows in _runs(outline.blocks):
        stated = _UNIT_ABOVE.search(text, max(0, rows[0].char_start - _ABOVE), rows[0].char_start)
        pieces = [[_Piece(m.start(), m.group()) for m in _CELL.finditer(text, b.char_start, b.char_end)] for b in rows]
        if all(len(row) == 1 for row in pieces):
            pieces = _regrouped([row[0] for row in pieces])
        if len(pieces) > 1:
            dated = _AS_OF_ABOVE.search(text, max(0, rows[0].char_start - _ABOVE), rows[0].char_start)
            cells.update(_cells(pieces, stated[1] if stated else "", dated.group() if dated else None))
    return cells


def _runs(blocks: Iterable[Block]) -> list[list[Block]]:
    runs: list[list[Block]] = [[]]
    for block in blocks:
        if block.kind == "row":
            runs[-1].append(block)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _regrouped(pieces: list[_Piece]) -> list[list[_Piece]]:
    """One cell a line: the head is the leading cells of known words, every row has as many."""
    heads = table_heads()
    width = 0
    while width < len(pieces) and (pieces[width].text.split("(")[0] in heads or _is_time(pieces[width].text)):
        width += 1
    if width < 2 or (len(pieces) - width) % width:
        return []
    return [pieces[i : i + width] for i in range(0, len(pieces), width)]


def _cells(rows: list[list[_Piece]], stated: str, dated: str | None) -> dict[int, Cell]:
    """Cells of a table; `stated` and `dated` are the unit and the time of the line above it, where row and column give none."""
    head = [piece.text for piece in rows[0]]
    if any(_NUMBER.match(cell) for cell in head):
        head, body = [], rows
    else:
        body = rows[1:]
    cells = {}
    for row in body:
        aligned = head if len(head) == len(row) else [""] * len(row)
        label = next(
            (piece.text for piece, top in zip(row, aligned, strict=True) if not _NUMBER.match(piece.text) and top not in _SERIAL), ""
        )
        unit = next((piece.text for piece, top in zip(row, aligned, strict=True) if top.endswith("单位")), None)
        in_label = _UNIT_IN_HEAD.search(label)
        for position, (piece, top) in enumerate(zip(row, aligned, strict=True)):
            if not _NUMBER.match(piece.text):
                continue
            if top in _SERIAL or (position == 0 and len(row) > 2 and not top):
                cells[piece.start] = Cell(None, label, None)
                continue
            in_head = _UNIT_IN_HEAD.search(top)
            named = unit or (in_label[1] if in_label else in_head[1] if in_head else stated)
            counted, when = _label_and_time(_UNIT_IN_HEAD.sub("", label), _UNIT_IN_HEAD.sub("", top))
            cells[piece.start] = Cell(named, counted, when or dated)
    return cells


def _label_and_time(row: str, column: str) -> tuple[str, str | None]:
    """What a cell counts and when, by the names of its row and column: times stand in either, a plain 数量 says nothing."""
    for name, other in ((row, column), (column, row)):
        if _is_time(name):
            return other, name
    year = _YEAR_IN_HEAD.search(column)
    plain = column.rstrip("()") in table_heads() or bool(year) or not column
    return row if plain or column in row else row + column, f"{year[1]}年" if year else None


def _is_time(name: str) -> bool:
    return _TIME_ONLY.fullmatch(name) is not None or _YEAR_IN_HEAD.fullmatch(name) is not None
