"""Lines that are no content: titles, salutations, signatures, dates, closing words, notes of the page, rows of tables.

In: the lines of a text. Out: for each line a kind or null; null lines are headings and bodies, which `outline` tells apart. How
such lines are worded is data (`[furniture]` of `lexicon/parts.toml`); where they may stand is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from etl.parse.lexicon import load
from etl.parse.lines import Line
from etl.parse.tables.lines import table_lines

BlockKind = Literal["title", "salutation", "body", "row", "signature", "date", "closing", "note", "page", "letter"]

_FURNITURE = load("parts")["furniture"]
_NAMES = ("salutation", "closing", "date", "note", "page", "report_title", "signature", "page_number")
_SALUTATION, _CLOSING, _DATE, _NOTE, _PAGE, _REPORT_TITLE, _SIGNATURE, _PAGE_NUMBER = (
    re.compile("|".join(_FURNITURE[name])) for name in _NAMES
)
# 云河区人民政府 2024年2月8日
_SIGNED_AND_DATED = re.compile(r"([^\s。;:,0-9]{4,40})\s+(\S{6,12})$")
_APPENDIX = re.compile(r"附\s?[件表录]\s?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})?\s*[:.、]?\s*")
_CONTENTS = re.compile(r"目\s{0,6}录$")
_LEADERS = re.compile(r"[.…·\s]*[0-9]{1,3}$")  # ……12
_LISTED = re.compile(r"[0-9]{1,2}[.、]")
_SENTENCE_MARK = re.compile("[。;,!?]")
# 现将情况报告如下:   主要做法有: are no salutations
_LEAD_IN = re.compile("如下|主要|以下|方面|情况|工作:")
_LONGEST_SIGNATURE = 40
_LONGEST_TITLE = 60
_LONGEST_DATE = 30
_TITLE_STARTS, _TITLE_LINES = 3, 4
_LONGEST_LINE = 120
_LISTS = 3  # rank of 1., which may also list appendices; higher ordinals open headings and measures only
_TAIL = 6  # lines that a signature with its notes may take


class Furniture:
    """Answers for the lines of one text; everything that needs the whole text is found once."""

    def __init__(self, lines: Sequence[Line], title: str) -> None:
        self._lines = lines
        self._title = _squeezed(title)
        self._title_lines = _title_lines(lines, self._title)
        longest = max((i for i, line in enumerate(lines) if len(line.text) > _LONGEST_SIGNATURE), default=-1)
        self._tail = max(longest + 1, len(lines) - _TAIL)
        self._rows = table_lines(lines)
        self._contents = _contents(lines)

    def kind(self, number: int, *, in_text: bool, in_sections: bool) -> BlockKind | None:
        """What line `number` is, or null for a heading or a body; whether a body or a heading was met before decides on salutations."""
        line = self._lines[number]
        text = line.text
        if number in self._contents:
            return "page"
        if self._is_title(number, in_text=in_text, in_sections=in_sections):
            return "title"
        if number in self._rows and not (_PAGE.match(text) or (_PAGE_NUMBER.match(text) and not text.isdecimal()) or _is_date(text)):
            return "row"
        if len(text) > _LONGEST_LINE or (line.opener is not None and line.opener.rank < _LISTS):
            return None
        if _CLOSING.search(text):
            return "closing"
        if _is_date(text):
            return "date"
        if _PAGE.match(text) or _PAGE_NUMBER.match(text):
            return "page"
        if _NOTE.match(text) or self.is_list_of_appendices(number) or (not in_sections and self._is_attached(number)):
            return "note"
        if not in_text and number < 8 and line.opener is None and _SALUTATION.match(text) and not _LEAD_IN.search(text):
            return "salutation"
        return "signature" if self._is_signature(number) else None

    def signed_and_dated(self, number: int) -> tuple[int, int] | None:
        """Where the date begins on a line that holds a signature and a date, as (end of the signature, start of the date)."""
        line = self._lines[number]
        match = _SIGNED_AND_DATED.match(line.text)
        if match is None or not _DATE.match(match[2]) or not _SIGNATURE.search(match[1]):
            return None
        return line.start + match.end(1), line.start + match.start(2)

    def appendix(self, number: int) -> bool:
        """Whether an appendix begins here: 附表:主要数据, with something below it."""
        line = self._lines[number]
        head = _APPENDIX.match(line.text)
        return head is not None and 0 < number < len(self._lines) - 1 and len(line.text) <= _LONGEST_TITLE

    def appendix_title(self, number: int) -> bool:
        """Whether a line is the title below an 附件 that stands alone on its line."""
        if number >= len(self._lines) or number in self._rows or not number:
            return False
        line = self._lines[number]
        return (
            _is_appendix_alone(self._lines[number - 1].text)
            and line.opener is None
            and len(line.text) <= _LONGEST_TITLE
            and not _SENTENCE_MARK.search(line.text)
        )

    def is_list_of_appendices(self, number: int) -> bool:
        """Whether an 附件 line, or an entry below it, only names what is attached: a signature or nothing follows the list."""
        at = number
        while at and number - at < 8 and _LISTED.match(self._lines[at].text):
            at -= 1
        if not _APPENDIX.match(self._lines[at].text):
            return False
        for line in self._lines[number + 1 : number + 12]:
            if _LISTED.match(line.text) or _APPENDIX.match(line.text):
                continue
            return bool(_is_date(line.text) or _is_note(line.text) or self._signs(line))
        return True

    def _signs(self, line: Line) -> bool:
        bare = line.text.replace(" ", "")
        return len(bare) <= _LONGEST_SIGNATURE and not _SENTENCE_MARK.search(bare) and _SIGNATURE.search(bare) is not None

    def _is_attached(self, number: int) -> bool:
        """Whether an 附件 alone on its line stands over the report itself, below a cover letter."""
        below = self._lines[number + 1].text if number + 1 < len(self._lines) else ""
        return _is_appendix_alone(self._lines[number].text) and len(below) <= _LONGEST_TITLE and _REPORT_TITLE.search(below) is not None

    def _is_title(self, number: int, *, in_text: bool, in_sections: bool) -> bool:
        """The title at the top, on up to three lines, or again below a cover letter."""
        text = self._lines[number].text
        if number in self._title_lines:
            return True
        if "。" in text or len(text) > 100 or self._lines[number].opener is not None:
            return False
        titled = len(text) <= _LONGEST_TITLE and _REPORT_TITLE.search(text) is not None and text[-1] not in ":,;"
        if number < 3 and not in_text:
            return titled
        if not titled:
            return False
        above = self._lines[number - 1].text
        return bool(_is_date(above) or _is_note(above) or (not in_sections and (_APPENDIX.match(above) or _CLOSING.search(above))))

    def _is_signature(self, number: int) -> bool:
        line = self._lines[number]
        if not number or line.opener is not None or not self._signs(line) or any(mark in line.text for mark in ":0123456789"):
            return False
        following = [below.text.replace(" ", "") for below in self._lines[number + 1 : number + 3]]
        dated = any(_DATE.match(text) for text in following)
        last = all(_is_note(text) or _SIGNATURE.search(text) for text in following)
        return dated or (last and number >= self._tail)


def _title_lines(lines: Sequence[Line], title: str) -> frozenset[int]:
    """Numbers of the first lines that are the title, whole or broken over several: 云河区司法局2023年度|法治政府建设情况报告."""
    for start in range(min(_TITLE_STARTS, len(lines))):
        joined = ""
        for number in range(start, min(start + _TITLE_LINES, len(lines))):
            joined += _squeezed(lines[number].text)
            if joined == title:
                return frozenset(range(start, number + 1))
            if not title.startswith(joined):
                break
    return frozenset()


def _is_date(text: str) -> bool:
    return len(text) <= _LONGEST_DATE and _DATE.match(text.replace(" ", "")) is not None


def _is_note(text: str) -> bool:
    return _NOTE.match(text) is not None or _PAGE.match(text) is not None or _PAGE_NUMBER.match(text) is not None


def _contents(lines: Sequence[Line]) -> frozenset[int]:
    """Numbers of the lines of a table of contents: below 目录, as long as they stand again further down."""
    start = next((i for i, line in enumerate(lines) if _CONTENTS.match(line.text)), None)
    if start is None:
        return frozenset()
    last = {_entry(line.text): i for i, line in enumerate(lines)}
    stop = start + 1
    while stop < len(lines) and last[_entry(lines[stop].text)] > stop:
        stop += 1
    return frozenset(range(start, stop))


def _entry(text: str) -> str:
    """一、主要举措……1 -> 一、主要举措."""
    return _squeezed(_LEADERS.sub("", text.partition("。")[0]))


def _is_appendix_alone(text: str) -> bool:
    match = _APPENDIX.match(text)
    return match is not None and match.end() == len(text)


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
