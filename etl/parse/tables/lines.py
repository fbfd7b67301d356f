"""Which lines are rows of a table that was flattened to lines.

In: the lines of a text. Out: the numbers of those that are rows: several short cells on a line, a name and a number on each of
some lines, or one cell a line below a head. What the rows say is read in `grid`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.parse.lines import Line
from etl.parse.tables import cells
from etl.parse.tables.stacked import find_stacks, is_head

_CELL = re.compile(r"[^\s|]+")
# the comma of 1,240 is none
_SENTENCE_MARK = re.compile("[。;!?]|,(?![0-9]{3})")
_LONGEST_CELL = 24
_LONGEST_PAIR = 32
_SHORTEST_TABLE = 3  # rows of two columns without a head
_SHORTEST_HEADED = 2
_PAIR = 2
_SERIAL = re.compile("[0-9]{1,3}|[一二三四五六七八九十]{1,3}")


def table_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Numbers of the lines that are rows of a table."""
    split = [_cells(line.text) for line in lines]
    wide = [_is_wide(row) for row in split]
    found = set()
    for number, line in enumerate(lines):
        beside = (number > 0 and wide[number - 1]) or (number + 1 < len(lines) and wide[number + 1])
        if wide[number] and (line.opener is None or beside):
            found.add(number)
    found |= _two_columns(split)
    below = _below(split, found)
    found |= {number for number in below if lines[number].opener is None or number + 1 in found or number + 1 in below}
    return frozenset(found | _stacked(lines, split))


def _cells(line: str) -> list[str]:
    """The cells of a line, none for a line that holds a sentence or a long cell."""
    if _SENTENCE_MARK.search(line):
        return []
    found = _CELL.findall(line)
    return found if all(len(cell) <= _LONGEST_CELL for cell in found) else []


def _is_wide(row: Sequence[str]) -> bool:
    """A row that needs no other: at least three cells, of more than one character some."""
    return len(row) > _PAIR and any(len(cell) > 1 for cell in row)


def _two_columns(split: Sequence[Sequence[str]]) -> set[int]:
    """Numbers of the lines of tables with two columns: runs of a name and a number (行政许可 5210), with the head above them."""
    found: set[int] = set()
    run: list[int] = []
    for number, row in enumerate([*split, []]):
        if len(row) == _PAIR and len(row[0]) + len(row[1]) < _LONGEST_PAIR:
            run.append(number)
            continue
        numbers = [i for i in run if split[i][-1][:1].isdecimal()]
        headed = bool(run) and run[0] not in numbers and any(map(is_head, split[run[0]]))
        if len(numbers) >= (_SHORTEST_HEADED if headed else _SHORTEST_TABLE) and len(run) - len(numbers) <= 1:
            found.update(run)
        run = []
    return found


def _below(split: Sequence[Sequence[str]], found: set[int]) -> set[int]:
    """Numbers of the lines below a row that are shorter rows of its table: 合计 582 98.8, 受理 126, 二 行政执法, (件) (次).

    The lower line of a head is one in front of another row: 序号 事项 数量(件) above 2022年 2023年.
    """
    more: set[int] = set()
    for number in range(1, len(split)):
        row = split[number]
        above = number - 1 in found or number - 1 in more
        if above and number not in found and len(row) == _PAIR and (_is_short_row(row) or (number + 1 in found and all(map(is_head, row)))):
            more.add(number)
    return more


def _is_short_row(row: Sequence[str]) -> bool:
    return cells.number_of(row[-1]) is not None or _SERIAL.fullmatch(row[0]) is not None or all(cell[0] == "(" for cell in row)


def _stacked(lines: Sequence[Line], split: Sequence[Sequence[str]]) -> set[int]:
    """Numbers of the lines of tables that have one cell a line."""
    found: set[int] = set()
    number = 0
    while number < len(lines):
        stop = number
        while stop < len(lines) and len(split[stop]) == 1 and _is_cell(lines[stop]):
            stop += 1
        if stop - number > _SHORTEST_TABLE:
            stacks = find_stacks([line.text for line in lines[number:stop]])
            found.update(number + i for rows in stacks for row in rows for i in row)
        number = max(stop, number + 1)
    return found


def _is_cell(line: Line) -> bool:
    heads = line.opener is not None and line.opener.kind in ("part", "han", "han_bracket")
    return not heads and not line.text.endswith(":")
