"""Lines of cells as tables: which are the head, and which column a cell of a row belongs to, where cells were left out too.

In: the cells of the rows, line by line. Out: `Table`s of `Row`s with what names them, their figures and the numbers that are
none. What the figures are called is put together in `names`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.models import NumeralClass
from etl.parse.lexicon import words
from etl.parse.tables import cells
from etl.parse.tables.cells import Number, Piece
from etl.parse.tables.heads import Column, read_columns
from etl.parse.tables.stacked import is_head

_TOTALS = frozenset(words("tables", "heads", "totals"))
_MANY = 2
_LEADING = ("serial", "name", "time")
_GROUP = re.compile("[一二三四五六七八九十]{1,3}|[(][一二三四五六七八九十]{1,3}[)]")
_GROUP_MARK = re.compile("^(?:[一二三四五六七八九十]{1,3}[、.]|[(][一二三四五六七八九十]{1,3}[)])")


class Cells(NamedTuple):
    """The cells of a line; `spaced` are they with the empty ones that two blanks in a row may stand for, if there are any."""

    pieces: list[Piece]
    spaced: list[Piece]


@dataclass(slots=True)
class Row:
    """A row: its names from left to right, its time and unit, and its numbers, figures by their column.

    `sort` is what the head calls the names (案件类型), `group` what a line above says of this row and others.
    """

    names: list[str] = field(default_factory=list)
    sort: str = ""
    group: str = ""
    when: str | None = None
    unit: str = ""
    figures: list[tuple[Column, Number]] = field(default_factory=list)
    none: list[tuple[int, NumeralClass]] = field(default_factory=list)

    @property
    def is_total(self) -> bool:
        """Whether it sums up the others."""
        return any(name in _TOTALS for name in self.names)


@dataclass(frozen=True, slots=True)
class Table:
    """A table from the offset `start` on; `columns` is empty where it has no head."""

    start: int
    columns: Sequence[Column]
    rows: Sequence[Row]


def read_grid(lines: Sequence[Cells]) -> list[Table]:
    """The tables that some lines hold one below the other."""
    parts: list[tuple[list[Cells], list[Cells]]] = [([], [])]
    for line in lines:
        head, body = parts[-1]
        texts = _texts(line.pieces)
        if not body and any("单位:" in text for text in texts):  # 表1 执法人员情况 单位:人
            head.clear()
            continue
        figures = any(map(cells.number_of, texts)) and not (not body and _names_years(texts))
        if body and not figures and len(texts) > 1 and "" not in texts and any(map(is_head, texts)) and not _GROUP.fullmatch(texts[0]):
            parts.append(([line], []))
        elif figures or body or (head and _GROUP.fullmatch(texts[0])):
            body.append(line)
        else:
            head.append(line)
    return [_table(head, body) for head, body in parts if any(map(_counts, body))]


def _counts(line: Cells) -> bool:
    return any(map(cells.number_of, _texts(line.pieces)))


def _names_years(texts: Sequence[str]) -> bool:
    """项目 2021 2022 2023: a head."""
    return len(texts) > _MANY and not cells.number_of(texts[0]) and all(map(cells.is_year, texts[1:]))


def _texts(pieces: Sequence[Piece]) -> list[str]:
    return [piece.text for piece in pieces]


def _table(head: list[Cells], body: list[Cells]) -> Table:
    heads = [_texts(line.pieces) for line in head if len(line.pieces) > 1][-_MANY:]
    width = _width(heads, body)
    full = [found for line in body if (found := _of_width(line, width))]
    columns = read_columns(heads, [_texts(row) for row in full], width) or []
    rows: list[Row] = []
    group = ""
    keeps_empty = any(line.spaced for line in (*head, *body))
    for line in body:
        texts = [text for text in _texts(line.pieces) if not cells.is_empty(text)]
        if not any(map(cells.number_of, texts)):
            group = _group(texts) if len(texts) <= _MANY else group
            continue
        for row in _rows(line, columns, width, rows[-1] if rows else None, keeps_empty=keeps_empty):
            row.group = "" if row.is_total else group
            rows.append(row)
    first = next((line for line in head if len(line.pieces) > 1), body[0])
    return Table(first.pieces[0].start, columns, rows)


def _width(heads: Sequence[Sequence[str]], body: Sequence[Cells]) -> int:
    """How many cells a whole row has: as many as the head if any row does, else as many as most rows have."""
    widths = Counter(len(line.pieces) for line in body)
    for head in reversed(heads):
        if any(len(head) in (len(line.pieces), len(line.spaced)) for line in body):
            return len(head)
    return widths.most_common(1)[0][0]


def _of_width(line: Cells, width: int) -> list[Piece]:
    return next((pieces for pieces in line if len(pieces) == width), [])


def _group(texts: Sequence[str]) -> str:
    """The name in 一 规范性文件, 二、行政执法; empty for anything else."""
    name = texts[-1] if texts else ""
    return _GROUP_MARK.sub("", name).rstrip(":") if not _GROUP.fullmatch(name) else ""


def _rows(line: Cells, columns: Sequence[Column], width: int, above: Row | None, *, keeps_empty: bool) -> list[Row]:
    """The row of a line, where its cells stand in no known columns one for each name in it.

    Cells that are missing are names that a row above has, or else remarks; where lines keep empty cells all that stand at the end.
    """
    pieces = _of_width(line, width)
    if columns and pieces:
        return [_aligned(pieces, columns, above)]
    pieces, kept = line.pieces, line.spaced or line.pieces
    ahead, behind = columns[: max(0, width - len(pieces))], columns[len(kept) :]
    if ahead and all(column.role in _LEADING for column in ahead) and _fit(pieces, columns[len(ahead) :]):
        return [_aligned([Piece(0, "")] * len(ahead) + pieces, columns, above)]
    if behind and (keeps_empty or all(column.role == "remark" for column in behind)) and _fit(kept, columns):
        return [_aligned(kept, columns[: len(kept)], above)]
    return _loose(pieces, {column.unit for column in columns if column.role == "figure"})


def _fit(pieces: Sequence[Piece], columns: Sequence[Column]) -> bool:
    """Whether cells hold what their columns do."""
    pairs = [(piece.text, column.role in ("figure", "serial", "code")) for piece, column in zip(pieces, columns, strict=False)]
    return all(cells.is_empty(text) or (cells.number_of(text) is not None) == numeric for text, numeric in pairs)


def _aligned(pieces: Sequence[Piece], columns: Sequence[Column], above: Row | None) -> Row:
    """The row of cells that stand in their columns; a name left out is that of the row above."""
    row = Row()
    for piece, column in zip(pieces, columns, strict=True):
        number = cells.number_at(piece)
        if column.role == "name":
            row.names.append("" if cells.is_empty(piece.text) else piece.text)
            row.sort = column.name
        elif column.role == "time" and not cells.is_empty(piece.text):
            row.when = piece.text + ("年" if cells.is_year(piece.text) else "")
        elif column.role == "unit":
            row.unit = piece.text
        elif number and column.role == "figure":
            row.figures.append((column, number))
        if number and column.role in ("serial", "code"):
            row.none.append((number.start, "ordinal" if column.role == "serial" else "name"))
    if above and len(above.names) == len(row.names) and row.names and row.names[-1] and not row.is_total and not above.is_total:
        row.names = [name or before for name, before in zip(row.names, above.names, strict=True)]
    return row


def _loose(pieces: Sequence[Piece], units: set[str]) -> list[Row]:
    """A line whose cells belong to no column that is known: names with the figures behind them (一般程序 386 简易程序 1204).

    A number in front of more than one cell is its row number. `units` are those of the columns of its table: one that all share holds.
    """
    unknown = Column("", "figure", units.pop() if len(units) == 1 else "")
    rows = [Row()]
    for position, piece in enumerate(pieces):
        number = cells.number_at(piece)
        if number and position == 0 and len(pieces) > _MANY and not number.unit:
            rows[-1].none.append((number.start, "ordinal"))
        elif number:
            rows[-1].figures.append((unknown, number))
        elif cells.is_unit(piece.text) and rows[-1].figures:
            rows[-1].unit = piece.text
        elif not cells.is_empty(piece.text):
            if rows[-1].figures:
                rows.append(Row())
            if cells.is_time(piece.text):
                rows[-1].when = piece.text
            else:
                rows[-1].names.append(piece.text)
    return [row for row in rows if row.figures or row.none]
