"""The lines of a text as a reader would set them: marks of copied markdown off, run-together lines apart, broken headings whole.

In: folded text. Out: `Line`s in order, each a span of the text with the ordinal that opens it. A text that lost its line breaks
is cut in front of 一、…二、… and of run-in heads (一)标题。正文; a heading broken over two lines is one line again.
What a line is, is decided in `outline`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.parse import parts
from etl.parse.apart import Span, cut_apart
from etl.parse.ordinals import HAN, Opener, read_opener

# ## 一、标题   **一、标题**   > 引文   - 一是…; a bullet before plain text stays
_DECORATION = re.compile(rf"(?:#{{1,6}}\s+|>\s+|\*\*|__)+|[-*+]\s+(?=[{HAN}]{{1,2}}[是要]|\([{HAN}]|\*\*)")
_TRAILING = re.compile(r"(?:\*\*|__|\s#{1,6})$")
# a heading that cannot end here: 推进法治政府建设的|主要举措
_OPEN_END = re.compile(r"[的和与及、,以或对为把将从在(“《]$")
_STOP = re.compile("[。;:!?]")
_LONGEST_HEADING_LINE = 50
_LONGEST_SECOND_LINE = 30


class Line(NamedTuple):
    """`text` is the folded text from `start` to `end`, without blanks and markup at its ends; `opener` is its ordinal."""

    start: int
    end: int
    text: str
    opener: Opener | None


def read_lines(folded: str) -> list[Line]:
    """All lines that are not blank."""
    spans = [span for match in re.finditer(r"[^\n]+", folded) if (span := _trimmed(folded, match.start(), match.end()))]
    pieces = cut_apart(folded, spans)
    if len(pieces) > len(spans):
        pieces = [piece for cut in pieces if (piece := _trimmed(folded, *cut))]
    return _joined(folded, [_line(folded, *piece) for piece in pieces])


def _line(folded: str, start: int, end: int) -> Line:
    text = folded[start:end]
    return Line(start, end, text, read_opener(text))


def _trimmed(folded: str, start: int, end: int) -> Span | None:
    while start < end and folded[start] == " ":
        start += 1
    while end > start and folded[end - 1] == " ":
        end -= 1
    if start < end and folded[start] in "#>*_-+":
        decorated = _DECORATION.match(folded, start, end)
        if decorated:
            start = decorated.end()
    if end - start > 2 and folded[end - 1] in "*_#":
        trailing = _TRAILING.search(folded[max(start, end - 8) : end])
        if trailing:
            end -= len(trailing.group())
    if 4 < end - start < _LONGEST_HEADING_LINE and folded[start] == "【" and folded[end - 1] == "】":
        return start + 1, end - 1
    return (start, end) if start < end else None


def _joined(folded: str, lines: list[Line]) -> list[Line]:
    """Lines with headings that were broken in two made whole."""
    found: list[Line] = []
    for line in lines:
        if found and _continues(found[-1], line):
            found[-1] = _line(folded, found[-1].start, line.end)
        else:
            found.append(line)
    return found


def _continues(first: Line, second: Line) -> bool:
    """Whether a line is the rest of the heading before it."""
    if first.opener is None or second.opener is not None or "\n" in first.text or len(second.text) > _LONGEST_SECOND_LINE:
        return False
    if _STOP.search(second.text):
        return False
    heading = first.text[first.opener.end :]
    if not heading or _STOP.search(first.text) or len(first.text) > _LONGEST_HEADING_LINE:
        return not heading
    if _OPEN_END.search(heading):
        return True
    # 三、党政主要负责人履行推进法治建设|第一责任人职责情况
    top = first.opener.kind in ("part", "han")
    return top and not parts.is_complete(heading) and parts.is_complete(second.text) and parts.named_part(second.text) is not None
