"""Whether a line is a heading: where it ends, whether a list or a text stands below it, whether it needs no ordinal.

In: the lines of a text. Out: answers for one line; what was read before it is told by `outline`, which asks. A numbered line that
only lists (1.能力不足;) is a measure, one that something hangs on is a heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.parse import parts
from etl.parse.furniture import Furniture
from etl.parse.lexicon import word_pattern
from etl.parse.lines import Line
from etl.parse.ordinals import HAN

# 一是 at the start of a line
_RUN_IN = re.compile(rf"([{HAN}]{{1,2}}是)\s*(?=\S)")
# an enumerator behind a head: 1.加强领导。一是学习;二是考试。
_INNER = re.compile(rf"[。:;]\s*(?:[{HAN}]{{1,3}}是|①|\(1\)|⑴|1[.、](?![0-9])|首先|一要|其一)")
# what may follow a colon that ends a head: 工作情况:一是…
_ENUMERATED = re.compile(r"\s*(?:一是|一要|首先|第一|其一|①|\(1\)|⑴|1[.、](?![0-9])|\(一\))")
_LISTED = re.compile(rf"[{HAN}]{{1,2}}[是要]|第[{HAN}][,、:]|其[{HAN}][,、:]|首先|[①-⑳]")
# 优化营商环境   “关键少数”述法   2024年工作安排
_HEAD_START = re.compile("[\u4e00-\u9fff“]|(?:19|20)[0-9]{2}年")
_BULLETS = "◆◇■□●○★▲►※◎ "
_SENTENCE = re.compile("[。;!?:]")
# 一、主要举措和成效 2023年,…: the blank ends the heading, but not in 检查 120 家次
_BLANK_END = re.compile(r"[^\s。;:]{3,40}(?<![0-9,、])(?= +(?:[\u4e00-\u9fff“]|(?:19|20)[0-9]{2}年|[0-9]{1,2}[.、]|①)[^。]{8,})")
# (一)规范执法一是…: the enumerator ends it
_LIST_END = re.compile(r"[^。;:]{2,50}?(?<!统)(?=\s?(?:一是|首先,|①|一要[^求素]))")
_NAME_END = re.compile(word_pattern("parts", "complete", "ends") + "(?![和及与、的或])")
_TOPS = 2  # rank of (一), which heads rather than lists
_LONGEST_HEADING = 50
_LONGEST_TITLE = 40
_LONGEST_BARE = 30
_LONGEST_LINE = 80  # a longer line without a full stop is no heading


class Headings:
    """Answers for the lines of one text."""

    def __init__(self, lines: Sequence[Line], furniture: Furniture) -> None:
        self._lines = lines
        self._furniture = furniture

    def is_item(self, number: int, level: int, stop: int, rest: int | None, *, listed: bool) -> bool:
        """Whether a numbered line is a measure of a list rather than a heading."""
        line = self._lines[number]
        opener = line.opener
        assert opener
        length = stop - opener.end
        if not line.text[opener.end : stop].strip("。:! "):
            return True
        if rest is not None:
            if level < 3 or opener.kind == "han_bracket":
                return length > _LONGEST_HEADING
            return length > _LONGEST_TITLE or not _INNER.search(line.text, stop)
        unstopped = level == 1 and stop == len(line.text)
        if length > (_LONGEST_LINE if unstopped else _LONGEST_HEADING) or line.text.endswith(";"):
            return True
        if level == 1:
            return parts.named_part(line.text) is None and self._in_list(number) and not self.opens_body(number, listed=listed)
        if opener.kind in ("han_bracket", "han"):
            return (line.text.endswith(("。", "!")) or self._in_list(number)) and not self.opens_body(number, listed=listed)
        return length > _LONGEST_TITLE or line.text.endswith(":") or ":" in line.text or not self.opens_body(number, listed=listed)

    def opens_body(self, number: int, *, listed: bool) -> bool:
        """Whether text or a deeper list follows a line, so that the line can head it; a list of short items is a list of measures."""
        if number + 1 >= len(self._lines):
            return False
        line, below = self._lines[number], self._lines[number + 1]
        if line.opener and listed and self._kind(number - 1) == line.opener.kind:
            return False
        if below.opener is not None:
            return line.opener is not None and below.opener.rank > line.opener.rank
        if self._furniture.kind(number + 1, in_text=True, in_sections=True) in ("signature", "date", "closing", "note", "page", "title"):
            return False
        return not self._furniture.appendix(number + 1) and (line.opener is not None or not _RUN_IN.match(below.text))

    def bare_start(self, number: int, *, after_stop: bool) -> int | None:
        """Where a short line without ordinal and stop that heads the text below it begins: 存在的主要问题, ◆优化营商环境."""
        line = self._lines[number]
        if not 2 <= len(line.text) <= _LONGEST_HEADING or not number or number + 1 >= len(self._lines) or not after_stop:
            return None
        start = len(line.text) - len(line.text.lstrip(_BULLETS))
        text = line.text[start:]
        if not text or _SENTENCE.search(text) or text[-1] in ",、-—" or " " in text or not _HEAD_START.match(text):
            return None
        return start if self._heads_below(number, text) else None

    def _heads_below(self, number: int, text: str) -> bool:
        below = self._lines[number + 1]
        if parts.names_part(text):
            return True
        if len(text) > _LONGEST_BARE or any(digit in text for digit in "0123456789"):
            return False
        if below.opener:
            return below.opener.rank > _TOPS
        return bool(_LISTED.match(below.text) or (len(below.text) > _LONGEST_BARE and _SENTENCE.search(below.text)))

    def _in_list(self, number: int) -> bool:
        """Whether a line of the same kind of ordinal stands directly before or behind."""
        return self._kind(number) in (self._kind(number - 1), self._kind(number + 1))

    def _kind(self, number: int) -> str | None:
        opener = self._lines[number].opener if 0 <= number < len(self._lines) else None
        return opener.kind if opener else None


def _named_end(text: str, start: int, stop: int, level: int) -> int | None:
    """Where the name of a part ends that runs into its text without any mark: 存在问题|回顾一年来的工作,仍有不足."""
    heading = text[start:stop]
    if level > 1 or stop == len(text) or parts.is_complete(heading) or ("," not in heading and len(heading) <= _LONGEST_BARE):
        return None
    for end in _NAME_END.finditer(heading):
        if parts.names_part(heading[: end.end()]):
            return start + end.end()
    return None


def head_end(text: str, start: int, level: int) -> tuple[int, int | None]:
    """Where a heading that begins at `start` ends, and where the body behind it on the same line begins, if there is any."""
    stop = min((at for at in (text.find(mark, start) for mark in "。!") if at >= 0), default=len(text))
    if level < 3:
        colon = text.find(":", start, stop)
        behind = text[colon + 1 :].strip()
        body = not behind or behind.endswith(("。", ";", "!")) or _ENUMERATED.match(behind) is not None
        if 0 < colon - start <= _LONGEST_TITLE and body and "," not in text[start:colon]:
            stop = colon
        elif blank := _BLANK_END.match(text, start, stop):
            stop = blank.end()
        elif named := _named_end(text, start, stop, level):
            stop = named
        elif listed := _LIST_END.match(text, start, stop):
            stop = listed.end()
    rest = stop + (stop < len(text) and text[stop] in "。!:")
    while rest < len(text) and text[rest] == " ":
        rest += 1
    return stop, (rest if rest < len(text) else None)
