"""The lines of a page of a PDF, told from where its characters stand.

In: the characters of a page, as pdfplumber gives them. Out: `PageLine`s from top to bottom. Characters are put together by their
place alone: word processors move each one on its own to fill the line, so that a gap is a blank only where it is wide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from etl.parse.blocks import clean_line

_SAME_LINE = 0.5
_GAP = 0.55
"""Widths of a character; between Chinese text and digits word processors leave a quarter."""
_LATIN_GAP = 0.18


class PageLine(NamedTuple):
    """A line of page number `page`; places and `size` are in points, from the top left corner."""

    text: str
    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


def page_lines(chars: Iterable[Mapping[str, Any]], page: int) -> list[PageLine]:
    """The lines that some characters of a page make; what does not stand upright is left out (stamps, watermarks)."""
    upright = sorted((char for char in chars if char["upright"] and char["text"]), key=_middle)
    rows: list[list[Mapping[str, Any]]] = []
    middle = size = 0.0
    for char in upright:
        if rows and _middle(char) - middle <= _SAME_LINE * max(size, char["size"]):
            rows[-1].append(char)
        else:
            rows.append([char])
            middle = size = 0.0
        if char["size"] >= size:  # a raised note does not move the line
            middle, size = _middle(char), char["size"]
    return [line for row in rows if (line := _line(sorted(row, key=lambda char: char["x0"]), page))]


def _middle(char: Mapping[str, Any]) -> float:
    return float(char["top"] + char["bottom"]) / 2


def _line(row: Sequence[Mapping[str, Any]], page: int) -> PageLine | None:
    shown = [char for char in row if not char["text"].isspace()]
    if not shown:
        return None
    pieces: list[str] = []
    last: Mapping[str, Any] | None = None
    for char in row:
        if last is not None and _is_gap(last, char):
            pieces.append(" ")
        pieces.append(char["text"])
        last = char
    sizes = sorted(char["size"] for char in shown)
    top, bottom = min(char["top"] for char in shown), max(char["bottom"] for char in shown)
    return PageLine(
        clean_line("".join(pieces)), page, shown[0]["x0"], max(char["x1"] for char in shown), top, bottom, sizes[len(sizes) // 2]
    )


def _is_gap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    gap = other["x0"] - one["x1"]
    latin = one["text"].isascii() and one["text"].isalpha() and other["text"].isascii() and other["text"].isalpha()
    return bool(gap > (_LATIN_GAP if latin else _GAP) * max(one["size"], other["size"]))
