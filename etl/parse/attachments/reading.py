"""What a reader of one kind of file hands back, and how cells become the line of a row.

`Unreadable` is raised by readers for a file that they know they cannot read; `read` makes an `AttachmentText` of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from etl.parse.blocks import clean_line
from etl.parse.unwrap import glue

Kind = Literal["pdf", "docx", "xlsx", "doc", "xls", "wps", "ofd", "zip", "rar", "image", "html", "text", "unknown"]
State = Literal["read", "unsupported", "no_text", "damaged"]

MOST_CHARACTERS = 2_000_000
"""Of one file; a long report has 50,000."""

# 合 计: typists space out short words; 2 180: a thousand
_SPACED = re.compile(r"(?<=[^\x00-\x7f])[ \u3000]+(?=[^\x00-\x7f])|(?<=\d)[ ](?=\d{3}(?!\d))")


class Reading(NamedTuple):
    """The lines of a file and, in words, what of it was not read; empty where nothing was left out."""

    lines: list[str]
    left_out: str = ""


class Unreadable(Exception):
    """A file that cannot be read, for a reason that is known."""

    def __init__(self, state: State, detail: str) -> None:
        super().__init__(detail)
        self.state: State = state
        self.detail = detail


def row_line(cells: Iterable[str | None]) -> str:
    """The line of a row, as `etl.parse.blocks` makes it from HTML: cells joined by a blank, an empty one between two others leaves two.

    A cell that belongs to the one beside or above it is null, and left out.
    """
    return " ".join(cell_text(cell) for cell in cells if cell is not None).strip()


def cell_text(text: str) -> str:
    """The text of a cell on one line, without the blanks that would make two cells of it."""
    whole = ""
    for line in text.split("\n"):
        whole = glue(whole, clean_line(line)) if whole else clean_line(line)
    return _SPACED.sub("", whole)


def cut(lines: Sequence[str]) -> tuple[list[str], str]:
    """Lines up to the limit of characters, and what was left out."""
    left = MOST_CHARACTERS
    for number, line in enumerate(lines):
        left -= len(line)
        if left < 0:
            return list(lines[:number]), f"{len(lines) - number:,} lines beyond {MOST_CHARACTERS:,} characters"
    return list(lines), ""
