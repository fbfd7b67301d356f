"""Paragraphs out of lines that are as long as a page is wide: text saved from a PDF, or read from one.

In: lines as they are set. Out: lines as the rest of the parser wants them, a paragraph each. A line that is as long as the page is
wide goes on in the next one, unless that one opens with an indent, an ordinal or 一是; nothing stands between the two, so that 2 180|件
is whole again. Text in which lines do not end at one width is left as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from etl.parse import parts
from etl.parse.folding import fold
from etl.parse.lexicon import load
from etl.parse.ordinals import HAN, read_opener

_STOPS = ("。", "；", "：", "！", "？", ";", ":", "!", "?", "。”", "。）")
_COMMAS = ("，", "、", ",", "（", "(", "《", "“", "第")
# 一是…   二要…   首先，…   ①…
_ENUMERATOR = re.compile(rf"[{HAN}]{{1,2}}是(?!否)|[{HAN}]要(?![求素点件])|首先[，,]|第[{HAN}][，,]|其[{HAN}][，,]|[①-⑳]")
# what no typesetter parts: 2,180.5   《规定   件）。
_UNIT = re.compile(r"[（(《“‘【\[]*(?:[0-9０-９A-Za-z.,%]+|\S)[，。；：！？、）)》”’】\],.;:!?…％%]*")
# what cannot be the first of a list
_NEXT_ITEM = re.compile(rf"(?:^|(?<=[。；;：:，,]))[{HAN[1:]}]是(?!否)")
_REPORT_TITLE = re.compile("|".join(load("parts")["furniture"]["report_title"]))
_MARK = re.compile("[，。；、,;]")
_SENTENCE_MARK = re.compile("[。；！？，;!?]")
_PAGE_NUMBER = re.compile("|".join(load("parts")["furniture"]["page_number"]))
_BLANKS = " \t\u3000\u00a0\u2002\u2003"

_NARROWEST = 12
_WIDEST = 80
_SPREAD = 2.5
"""Widths by which full lines differ: what does not fit into a line is carried over whole."""
_FEWEST = 5
_SHARE = 0.3
_LONGER = 0.05
_OPEN = 0.3
"""Of the full lines so many end in mid-sentence, and hold a comma; headings, signatures and rows of like length are fewer."""
_SLACK = 1.0
_OVERHANG = 1.5
"""A full stop may stand beyond the end of a line, and blanks between letters make some a little longer."""
_INDENT = (1.2, 5.0)
_DROPPED_INDENT = 2.0
_ROW = 3
_TITLE_LINES = 3
_OPENS = 12


Measure = Callable[[str], float]


class SetLine(NamedTuple):
    """A line as it is set: its text, how far it is indented and how much room its right end leaves, in widths of a Chinese character.

    `apart` says that a blank line or a wider space stands above it; what is `alone` (a title, a row) neither goes on nor is gone on with.
    """

    text: str
    indent: float
    room: float
    apart: bool = False
    alone: bool = False


def unwrap(lines: Sequence[str]) -> list[str]:
    """Whole paragraphs; lines of a text that is not wrapped come back as they are, blank ones too."""
    filled = [line for line in lines if line.strip()]
    measured = max(((_page_width(filled, measure), measure) for measure in (width, _count)), key=lambda found: found[0][1])
    (page, _), measure = measured
    if not page:
        return list(lines)
    set_lines: list[SetLine] = []
    blank = False
    for line in lines:
        text = line.strip()
        if text:
            indent = measure(line[: len(line) - len(line.lstrip())].strip("\n\r\f\v"))
            set_lines.append(SetLine(text, indent, page - indent - measure(text), blank or line.startswith("\f")))
        blank = not text
    return join(set_lines)


def join(lines: Sequence[SetLine]) -> list[str]:
    """The paragraphs of set lines; page numbers that stand in the middle of one are left out."""
    page = _Page(lines)
    found: list[str] = []
    first = last = None
    for number, line in enumerate(lines):
        if _is_page_number(line, last):
            continue
        if last is None or first is None or page.is_row(number) or not page.goes_on(first, last, line):
            found.append(line.text)
            first = line
        else:
            found[-1] = glue(found[-1], line.text)
        last = line
        if page.is_row(number):
            first = None
    return found


def glue(one: str, other: str) -> str:
    """Two pieces of a paragraph; a blank stands only between Latin words."""
    one, other = one.rstrip(_BLANKS), other.lstrip(_BLANKS)
    latin = one[-1:].isascii() and one[-1:].isalpha() and other[:1].isascii() and other[:1].isalpha()
    return one + (" " if latin else "") + other


def width(text: str) -> float:
    """Width in Chinese characters; digits and Latin letters take half of one."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def _count(text: str) -> float:
    return float(len(text))


def _page_width(lines: Sequence[str], measure: Measure) -> tuple[float, int]:
    """The width of the page and how many lines fill it to the end; (0, 0) where lines do not end at one width."""
    prose = [line.rstrip() for line in lines if len(line.split()) <= _ROW or _SENTENCE_MARK.search(line)]
    widths = [measure(line) for line in prose]
    counted = Counter(widths)
    pages = sorted(found for found in counted if _NARROWEST <= found <= _WIDEST)
    tight = {found: sum(counted[found - less] for less in (0.0, 0.5, 1.0)) for found in pages}
    page = max(pages, key=tight.__getitem__, default=0.0)
    full = [line for line, found in zip(prose, widths, strict=True) if -_OVERHANG <= page - found <= _SPREAD]
    longer = sum(found > page + _OVERHANG for found in widths)
    is_open = sum(not line.endswith(_STOPS) and _MARK.search(line) is not None for line in full)
    is_wrapped = is_open >= max(_FEWEST, _OPEN * len(full)) and longer <= _LONGER * len(widths) and len(full) >= _SHARE * len(widths)
    return (page, tight[page]) if is_wrapped else (0.0, 0)


class _Page:
    """What the lines of a text have in common, and whether one of them goes on in the next."""

    def __init__(self, lines: Sequence[SetLine]) -> None:
        self._lines = lines
        indents = sum(_INDENT[0] <= line.indent <= _INDENT[1] for line in lines)
        self._indented = 1 < indents < len(lines)  # whether paragraphs begin with an indent
        self._spaced = sum(line.apart for line in lines) * 2 < len(lines)
        self._title: SetLine | None = next((line for line in lines[:_TITLE_LINES] if _REPORT_TITLE.search(fold(line.text))), None)
        listed = sum(_NEXT_ITEM.match(line.text) is not None for line in lines)
        self._runs_in = sum(len(_NEXT_ITEM.findall(line.text[1:])) for line in lines) > listed

    def goes_on(self, first: SetLine, last: SetLine, line: SetLine) -> bool:
        """Whether `last`, which belongs to the paragraph that begins with `first`, goes on in the line below it."""
        if last.alone or line.alone or not self._is_full(first, last, line) or (self._indented and line.indent >= _INDENT[0]):
            return False
        opener = read_opener(fold(line.text[:_OPENS]))
        if opener is not None:
            # 完成3|1、… is no ordinal
            return last.text.endswith(_COMMAS) or (opener.kind in ("arabic", "arabic_bracket") and last.text[-1].isdecimal())
        enumerated = _ENUMERATOR.match(line.text) is not None
        if not last.text.endswith(_STOPS):
            return not (last is first and self._heads(last, line, enumerated=enumerated))
        if self._spaced and line.apart:
            return False
        # below a full stop a short line without one is a signature or a heading
        ends = line.text.endswith(_STOPS) or line.room < _SLACK + _DROPPED_INDENT
        return ends and not (enumerated and not self._runs_in)

    def is_row(self, number: int) -> bool:
        """Whether a line is a row of a table: several cells, and as many in the line above or below."""
        cells = _cells(self._lines[number])
        near = [i for i in (number - 1, number + 1) if 0 <= i < len(self._lines)]
        return cells >= _ROW and any(_cells(self._lines[i]) == cells for i in near)

    def _is_full(self, first: SetLine, last: SetLine, line: SetLine) -> bool:
        """Whether what the next line begins with had no room in this one; where indents were dropped, first lines are as much shorter."""
        unit = _UNIT.match(line.text)
        slack = _SLACK + (_DROPPED_INDENT if last is first and not self._indented else 0.0)
        return last.room < slack + (width(unit.group()) if unit else 1.0)

    def _heads(self, line: SetLine, below: SetLine, *, enumerated: bool) -> bool:
        """Whether a line that fills the page is a heading or the title nevertheless."""
        if line is self._title:
            return True
        folded = fold(line.text)
        opener = read_opener(folded)
        if opener is None or opener.kind in ("arabic", "arabic_bracket") or _SENTENCE_MARK.search(folded[:-1].replace(",", "")):
            return False
        if enumerated:
            return True
        # 三、党政主要负责人履行推进法治建设第一责任人职责|情况
        is_rest = below.room > _DROPPED_INDENT and parts.is_complete(fold(below.text)) and not _SENTENCE_MARK.search(below.text)
        heading = folded[opener.end :]
        return not self._indented and not is_rest and parts.is_complete(heading) and parts.named_part(heading) is not None


def _is_page_number(line: SetLine, last: SetLine | None) -> bool:
    """— 3 —, or a bare 3 below a line that goes on."""
    if not _PAGE_NUMBER.search(fold(line.text)):
        return False
    return not line.text.isdecimal() or (last is not None and last.room < _ROW and not last.text.endswith(_STOPS))


def _cells(line: SetLine) -> int:
    return 0 if _SENTENCE_MARK.search(line.text) else len(line.text.split())
