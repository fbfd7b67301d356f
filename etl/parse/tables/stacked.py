"""Tables of which every cell stands on a line of its own, as copies from Word leave them.

In: the texts of some lines, short ones. Out: the rows of the tables among them, as numbers of lines. What gives a table away is
that numbers come back every so many lines, below as many lines of words: 序号|项目|数量|1|行政许可|520|2|行政处罚|33.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from etl.parse.lexicon import words
from etl.parse.tables import cells

Rows = tuple[tuple[int, ...], ...]

_WIDEST = 12
_PAIR = 2
_SHORTEST_HEADLESS = 3  # rows
_TOTALS = frozenset(words("tables", "heads", "totals"))
_HEADS = frozenset(words("tables", "heads", "known"))


def find_stacks(lines: Sequence[str]) -> list[Rows]:
    """The tables among some lines, in order: numbers of the lines of each row, the head first."""
    shape = "".join(map(_shape, lines))
    known = list(accumulate(map(is_head, lines), initial=0))  # how many of the lines in front of each are like cells of a head
    found: list[Rows] = []
    low = at = 0
    while (first := shape.find("n", at)) >= 0:
        rows = _best(lines, shape, known, low, first)
        if rows:
            found.append(rows)
            low = at = rows[-1][-1] + 1
        else:
            at = first + 1
    return found


def is_head(cell: str) -> bool:
    """Whether a cell is like one of a head: 数量, 收案(件), 2023年."""
    name, bracket, rest = cell.partition("(")
    unit = rest.rstrip(")").removeprefix("单位:")
    return name in _HEADS or cells.is_time(cell) or (bool(bracket) and cells.is_unit(unit))


def _shape(line: str) -> str:
    """A letter for what a line holds: n a figure, y one that may be a year, e nothing, t words or a time."""
    if cells.number_of(line):
        return "y" if cells.is_year(line) else "n"
    return "e" if cells.is_empty(line) else "t"


def _best(lines: Sequence[str], shape: str, known: Sequence[int], low: int, first: int) -> Rows:
    """The rows of the table around the first number at `first` that takes most lines; no line in front of `low` is its."""
    best: Rows = ()
    taken = 0
    for width in range(2, min(_WIDEST, first - low + 1) + 1):
        for begin in range(max(low, first - width + 1), first + 1):
            top = max(low, begin - width)
            like_heads = known[begin] - known[top]
            head = _head(lines[top:begin], shape, low, begin, width) if like_heads or width > _PAIR else ()
            if head is None:
                continue  # before its body is read: it may be long, and be tried again from the next number on
            body = _body(lines, shape, begin, width)
            fewest = _SHORTEST_HEADLESS if not head else 2 if like_heads < 2 else 1
            size = sum(map(len, body))
            if len(body) >= fewest and size > taken:
                best, taken = (*head, *body), size
    return best


def _body(lines: Sequence[str], shape: str, begin: int, width: int) -> Rows:
    """The rows from `begin` on that are alike: numbers and words stand in the same columns, row numbers count up."""
    pattern = shape[begin : begin + width]
    numbered = cells.is_serial(lines[begin], 1)
    if not ("t" in pattern or pattern.startswith("y")) or ("n" not in pattern and not numbered):
        return ()
    rows: list[tuple[int, ...]] = []
    at = begin
    while _alike(shape[at : at + width], pattern) and (not numbered or cells.is_serial(lines[at], len(rows) + 1)):
        rows.append(tuple(range(at, at + width)))
        at += width
    if numbered and rows and at < len(lines) and lines[at] in _TOTALS and _alike(shape[at : at + width - 1], pattern[1:]):
        rows.append(tuple(range(at, at + width - 1)))
    return tuple(rows)


def _alike(own: str, pattern: str) -> bool:
    """Whether two rows may be of one table: an empty cell may hold anything, a year may be a figure."""
    pairs = zip(own.replace("y", "n"), pattern.replace("y", "n"), strict=False)
    return len(own) == len(pattern) and all(one == other or "e" in (one, other) for one, other in pairs)


def _head(heads: Sequence[str], shape: str, low: int, begin: int, width: int) -> Rows | None:
    """The head above a body, null where the lines there can be none.

    It has one line, or two where the names of the lower one come twice: 乡镇|纠纷|信访 above 受理|办结|受理|办结.
    """
    start = begin - width
    if start < low or shape[start] != "t" or not set(shape[start:begin]) <= {"t", "y"}:
        return None
    lower, times = _repeated(heads)
    top = begin - width - times
    if times and lower < width and top >= low and set(shape[top:start]) == {"t"}:
        return tuple(range(top, begin - lower)), tuple(range(begin - lower, begin))
    return (tuple(range(start, begin)),)


def _repeated(head: Sequence[str]) -> tuple[int, int]:
    """How many cells at the end of a head make blocks that share a name, and how many blocks: 乡镇|受理|化解|受理|办结 -> 4, 2."""
    for size in range(2, len(head) // 2 + 1):
        last, times = head[-size:], 1
        while (times + 1) * size <= len(head):
            block = head[len(head) - (times + 1) * size : len(head) - times * size]
            if not any(one == other for one, other in zip(block, last, strict=True)):
                break
            times += 1
        if times > 1:
            return times * size, times
    return 0, 0
