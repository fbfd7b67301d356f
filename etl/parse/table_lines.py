"""Which lines are rows of a table that was flattened to lines.

In: the lines of a text. Out: the numbers of those that are rows: several short cells on a line, a name and a number on each of
some lines, or one cell a line below a head of known words. What the rows say is read in `tables`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from etl.parse.lexicon import words
from etl.parse.lines import Line

_CELL = re.compile(r"[^\s|]+")
_SENTENCE_MARK = re.compile("[。;,!?]")
_LONGEST_CELL = 16
_SHORTEST_TABLE = 3  # rows


def table_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Numbers of the lines that are rows of a table."""
    heads = table_heads()
    found = set()
    wide = [is_row(line.text) for line in lines]
    for number, line in enumerate(lines):
        beside = (number > 0 and wide[number - 1]) or (number + 1 < len(lines) and wide[number + 1])
        if wide[number] and (line.opener is None or beside):
            found.add(number)
    found |= _two_columns(lines)
    number = 0
    while number < len(lines):
        stop = number
        while stop < len(lines) and _is_cell(lines[stop]):
            stop += 1
        headed = [lines[i].text.split("(")[0] in heads for i in range(number, stop)]
        first = next((i for i, (one, other) in enumerate(pairwise(headed)) if one and other), None)
        if first is not None and stop - number - first >= 4:
            found.update(range(number + first, stop))
        number = max(stop, number + 1)
    return frozenset(found)


def is_row(line: str) -> bool:
    """A row of a flattened table: at least three cells, all short, no sentence: 办理行政许可 52800 件."""
    if _SENTENCE_MARK.search(line):
        return False
    cells = _CELL.findall(line)
    return len(cells) >= 3 and all(len(cell) <= 24 for cell in cells) and any(len(cell) > 1 for cell in cells)


def table_heads() -> frozenset[str]:
    """Words that may stand in the first line of a flattened table."""
    return frozenset(words("parts", "table", "heads"))


def _two_columns(lines: Sequence[Line]) -> set[int]:
    """Numbers of the lines of tables with two columns: runs of a name and a number (行政许可 5210), with the head above them."""
    found: set[int] = set()
    run: list[int] = []
    for number, line in enumerate([*lines, None]):
        cells = _CELL.findall(line.text) if line and len(line.text) <= _LONGEST_CELL * 2 and not _SENTENCE_MARK.search(line.text) else []
        if len(cells) == 2:
            run.append(number)
            continue
        numbers = [i for i in run if lines[i].text.split()[-1][:1].isdecimal()]
        if len(numbers) >= _SHORTEST_TABLE and len(run) - len(numbers) <= 1:
            found.update(run)
        run = []
    return found


def _is_cell(line: Line) -> bool:
    heads = line.opener is not None and line.opener.kind in ("part", "han", "han_bracket")
    return len(line.text) <= _LONGEST_CELL and not heads and not _SENTENCE_MARK.search(line.text)
