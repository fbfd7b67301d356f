"""Lines that hold several headings, cut in front of each: a text that lost its line breaks, or some of them.

In: folded text and the spans of its lines. Out: the spans of what stood on lines of its own. Ordinals cut only where they count up
from 一, so that 第二条第(二)项 and 一、二级公路 cut nothing; a list (一)…;(二)… stays whole and is split into measures later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from etl.parse.ordinals import HAN, read_opener

Span = tuple[int, int]

# …报告如下:一、主要举措   …98.6%。二、存在问题
_HAN_MARK = re.compile(rf"(?:^|(?<=[。;:!?)”\s]))([{HAN}]{{1,3}})\s?、(?![{HAN}][级类等号期季、是])")
# …(二)规范执法。全年…, but not 第二条第(二)项
_BRACKETED = re.compile(rf"(?<![第条款项])\(([{HAN}]{{1,3}})\)")
# what follows (一) where it heads a text: 规范执法。全年   规范执法 全年   规范执法一是
_RUN_IN_HEAD = re.compile(r"[、.\s]{0,2}[^。;:]{2,50}?(?:[。:!](?=\s?[^\s(])|\s(?=[\u4e00-\u9fff“0-9①])|(?<!统)(?=一是))")
# where two paragraphs were joined: …成效明显。 区司法局…
_JOINT = re.compile(r"(?<=[。!;:]) +(?=[\u4e00-\u9fff“(\[0-9①])")
_SHORTEST = 30  # a shorter line holds no two headings with their texts
_LONGEST_PARAGRAPH = 1000  # characters; in a longer one a blank behind a full stop stands for a line break


def cut_apart(folded: str, spans: Sequence[Span]) -> list[Span]:
    """`spans` with every line that holds several headings cut into pieces; pieces may have blanks at their ends."""
    numbered = sum(1 for start, end in spans if _opens(folded, start, end))
    found: list[Span] = []
    for start, end in spans:
        if end - start < _SHORTEST or not _may_hold_several(folded, start, end):
            found.append((start, end))
            continue
        own = _opens(folded, start, end)
        tops = _sequence(folded, start, end, _HAN_MARK, "二、") if numbered <= own else []
        for piece in _cut(start, end, tops):
            parts = _cut(*piece, _heads(folded, *piece, lost=bool(tops)))
            joined = tops or len(parts) > 1 or end - start > _LONGEST_PARAGRAPH
            found += [part for whole in parts for part in (_cut(*whole, _joints(folded, *whole)) if joined else [whole])]
    return found


def _may_hold_several(folded: str, start: int, end: int) -> bool:
    """Whether a second ordinal stands on a line, or it is too long for one paragraph: all others are passed by."""
    return end - start > _LONGEST_PARAGRAPH or any(folded.find(second, start, end) >= 0 for second in ("二、", "(二)", "二 、"))


def _opens(folded: str, start: int, end: int) -> bool:
    return folded[start] in HAN and _HAN_MARK.match(folded, start, end) is not None


def _cut(start: int, end: int, at: list[int]) -> list[Span]:
    return list(pairwise([start, *(offset for offset in at if start < offset < end), end]))


def _joints(folded: str, start: int, end: int) -> list[int]:
    return [match.end() for match in _JOINT.finditer(folded, start, end)]


def _sequence(folded: str, start: int, end: int, pattern: re.Pattern[str], second: str) -> list[int]:
    """Where ordinals count up from 一 without a gap, at least to 二."""
    if folded.find(second[0], start, end) < 0:
        return []
    found: list[int] = []
    for match in pattern.finditer(folded, start, end):
        if _number(match[1]) == len(found) + 1:
            found.append(match.start())
    return found if len(found) > 1 else []


def _heads(folded: str, start: int, end: int, *, lost: bool) -> list[int]:
    """Offsets of (一), (二) … on one line where a heading and a body stand behind each of them, or where all line breaks are `lost`."""
    if folded.find("(二)", start, end) < 0:
        return []
    at = _sequence(folded, start, end, _BRACKETED, "二")
    if not at or (at[0] != start and read_opener(folded[start : start + 8]) is None):
        return []
    if lost:
        return at
    for offset, stop in pairwise([*at, end]):
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
