"""The lines of a text as a reader would set them: marks of copied markdown off, run-together lines apart, broken headings whole.

In: folded text. Out: `Line`s in order, each a span of the text with the ordinal that opens it. A text that lost its line breaks
is cut in front of 一、…二、… and of run-in heads (一)标题。正文; a heading broken over two lines is one line again.
What a line is, is decided in `outline`.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from etl.parse import parts
from etl.parse.ordinals import HAN, Opener, read_opener

Span = tuple[int, int]

# ## 一、标题   **一、标题**   > 引文   - 一是…; a bullet before plain text stays
_DECORATION = re.compile(rf"(?:#{{1,6}}\s+|>\s+|\*\*|__)+|[-*+]\s+(?=[{HAN}]{{1,2}}[是要]|\([{HAN}]|\*\*)")
_TRAILING = re.compile(r"(?:\*\*|__|\s#{1,6})$")
# …报告如下:一、主要举措   …98.6%。二、存在问题
_INLINE_HAN = re.compile(rf"(?:^|(?<=[。;:!?\s]))([{HAN}]{{1,3}})、(?![{HAN}][级类等号期季、是])")
# …(二)规范执法。全年…, but not 第二条第(二)项
_INLINE_BRACKET = re.compile(rf"(?<![第条款])\(([{HAN}]{{1,3}})\)")
_RUN_IN_HEAD = re.compile(r"[、.\s]{0,2}[^。;:]{2,40}[。:](?=\s?[^\s(])")
# a heading that cannot end here: 推进法治政府建设的|主要举措
_OPEN_END = re.compile(r"[的和与及、,以或对为把将从在(“《]$")
_STOP = re.compile("[。;:!?]")
_LONGEST_HEADING_LINE = 50
_LONGEST_SECOND_LINE = 30


@dataclass(frozen=True, slots=True)
class Line:
    """`text` is the folded text from `start` to `end`, without blanks and markup at its ends; `opener` is its ordinal."""

    start: int
    end: int
    text: str
    opener: Opener | None


def read_lines(folded: str) -> list[Line]:
    """All lines that are not blank."""
    spans = [span for match in re.finditer(r"[^\n]+", folded) if (span := _trimmed(folded, match.start(), match.end()))]
    return _joined(folded, [_line(folded, *span) for span in _apart(folded, spans)])


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


def _apart(folded: str, spans: list[Span]) -> list[Span]:
    """Lines that hold several headings cut in front of each."""
    numbered = sum(1 for start, _ in spans if _INLINE_HAN.match(folded, start))
    found = []
    for start, end in spans:
        pieces = [(start, end)]
        own = _INLINE_HAN.match(folded, start) is not None
        if numbered <= own and folded.find("二、", start, end) >= 0:
            pieces = _cut(folded, start, end, _sequence(folded, start, end, _INLINE_HAN))
        if folded.find("(二)", start, end) >= 0:
            pieces = [part for piece in pieces for part in _cut(folded, *piece, _run_in_heads(folded, *piece))]
        found += pieces
    return found


def _cut(folded: str, start: int, end: int, at: list[int]) -> list[Span]:
    borders = [start, *(offset for offset in at if offset > start), end]
    pieces = (_trimmed(folded, a, b) for a, b in itertools.pairwise(borders))
    return [piece for piece in pieces if piece]


def _sequence(folded: str, start: int, end: int, pattern: re.Pattern[str]) -> list[int]:
    """Where ordinals count up from 一 without a gap, at least to 二."""
    found: list[int] = []
    for match in pattern.finditer(folded, start, end):
        if _number(match[1]) == len(found) + 1:
            found.append(match.start())
    return found if len(found) > 1 else []


def _run_in_heads(folded: str, start: int, end: int) -> list[int]:
    """Offsets of (一), (二) … on one line where a heading and a body stand behind each of them."""
    at = _sequence(folded, start, end, _INLINE_BRACKET)
    if not at or (at[0] != start and read_opener(folded[start : start + 8]) is None):
        return []
    for offset, stop in zip(at, [*at[1:], end], strict=True):
        close = folded.index(")", offset) + 1
        if _RUN_IN_HEAD.match(folded, close, stop) is None:
            return []
    return at


def _number(numeral: str) -> int:
    """一 to 九十九; 0 for what is no numeral (三一)."""
    tens, ten, ones = numeral.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    value = HAN.index(ones) + 1 if ones else 0
    return value + (10 * (HAN.index(tens) + 1 if tens else 1) if ten else 0)


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
