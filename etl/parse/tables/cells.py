"""The cells of a line, and what sort of thing stands in one: a figure, a time, nothing, or words.

In: folded text. Out: `Piece`s with their place. What a cell means within its table is read in `grid`.

    52800   86.7%   1,240人次   —   2023年   第一季度   行政许可
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from etl.parse.units import read_unit

_CELL = re.compile(r"\S+")
_BAR = re.compile(r"[^|]+|(?<=\|)(?=\|)")  # what stands between bars, nothing too
_RULE = re.compile(r"[\s|:+=-]*-[\s|:+=-]*")  # | --- | :-: |
_NUMBER = re.compile(r"[-+±]?(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<unit>[^\s0-9]{0,6})")
_EMPTY = frozenset(("", "—", "——", "———", "-", "--", "/", "\\", "//", "无", "…", "……", "*", "~"))
# 2023年   2023年度   上半年   第一季度   3月   1-6月   上年同期
_TIME = re.compile(
    r"(?=.{2})(?:(?:(?:19|20)[0-9]{2}|[上去今本])年度?)?"
    r"(?:[上下]半年|前[两二三23]个?季度|第?[一二三四1-4]季度|[0-9]{1,2}(?:[-—至][0-9]{1,2})?月份?|年?[底末]|全年|同期)?"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_LARGEST_SERIAL = 3  # digits


class Piece(NamedTuple):
    """The text of a cell and where it begins."""

    start: int
    text: str


class Number(NamedTuple):
    """A figure of a cell: the offset of its first digit, its digits, and the unit behind them, empty for a bare number."""

    start: int
    digits: str
    unit: str


def split_row(text: str, start: int, end: int) -> list[Piece]:
    """The cells of a line: between bars, empty ones too, else between blanks; none for the rule below a head of bars."""
    if text.find("|", start, end) < 0:
        return [Piece(match.start(), match.group()) for match in _CELL.finditer(text, start, end)]
    if _RULE.fullmatch(text, start, end):
        return []
    return [_stripped(match.start(), match.group()) for match in _BAR.finditer(text, start, end) if match.group() or match.start() > start]


def with_empty(text: str, start: int, end: int) -> list[Piece]:
    """The cells of a line of tabs, of which empty ones leave two blanks in a row."""
    pieces, at = [], start
    for cell in text[start:end].split(" "):
        pieces.append(Piece(at, cell))
        at += len(cell) + 1
    return pieces


@lru_cache(maxsize=256)  # asked several times a cell
def number_of(cell: str) -> tuple[int, str, str] | None:
    """Offset of the first digit, digits and unit of a cell that is a figure, else null: 2023年 is a time and no figure."""
    match = _NUMBER.fullmatch(cell)
    if match is None:
        return None
    unit = match["unit"]
    if unit and unit not in "%‰" and (is_time(cell) or not is_unit(unit)):
        return None
    return match.start("number"), match["number"], unit


def number_at(piece: Piece) -> Number | None:
    """The figure of a cell, null where it holds something else."""
    found = number_of(piece.text)
    return Number(piece.start + found[0], found[1], found[2]) if found else None


def is_bare(cell: str) -> bool:
    """Whether a cell is a number without a unit."""
    found = number_of(cell)
    return found is not None and not found[2]


def is_serial(cell: str, number: int) -> bool:
    """Whether a cell is the row number `number`."""
    return len(cell) <= _LARGEST_SERIAL and cell.isdecimal() and int(cell) == number


def is_empty(cell: str) -> bool:
    """Whether a cell says that there is nothing: —, /, or is left blank."""
    return cell in _EMPTY


def is_time(cell: str) -> bool:
    """Whether a cell is a time and nothing else."""
    return _TIME.fullmatch(cell) is not None


def is_year(cell: str) -> bool:
    """Whether a bare number may be a year: 2023."""
    return _YEAR.fullmatch(cell) is not None


@lru_cache(maxsize=64)
def is_unit(word: str) -> bool:
    """Whether a word is a measure word with or without a scale: 件, 万元, %."""
    plain = word.lstrip("十百千万亿")
    found = read_unit(plain, 0)
    return word in ("%", "‰") or (found is not None and found.end == len(plain))


def _stripped(start: int, text: str) -> Piece:
    bare = text.lstrip()
    return Piece(start + len(text) - len(bare), bare.rstrip())
