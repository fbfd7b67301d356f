"""Sentences, segments and clauses as spans.

In: folded text. Out: for an offset, the sentence (up to 。!? or the line end), the segment (also ends at ;) and the clause (also
at , and :) around it. Commas inside numbers (1,234), brackets, titles and quotations do not end a clause.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

Span = tuple[int, int]

_MARKS = re.compile(r"[。!?\n;,:(\[)\]“《「”》」]")
_OPENING, _CLOSING = frozenset("([“《「"), frozenset(")]”》」")
LONGEST = 1000
"""A sentence without an end is cut at so many characters: every figure carries its sentence, and would carry the whole text."""

# 1,|234
_GROUP = re.compile("[0-9]{3}(?![0-9])")
_SENTENCE, _SEGMENT = frozenset("。!?\n"), frozenset("。!?\n;")


@dataclass(frozen=True, slots=True)
class Sentences:
    """Ends of sentences, segments and clauses, sorted; a span runs from the end before it, behind its mark."""

    text: str = field(repr=False)
    sentence_ends: tuple[int, ...]
    segment_ends: tuple[int, ...]
    clause_ends: tuple[int, ...]

    def sentence(self, offset: int) -> Span:
        """Sentence around `offset`, without blanks at its ends, with its final mark."""
        start, end = self._around(self.sentence_ends, offset)
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end

    def segment(self, offset: int) -> Span:
        """Part of the sentence between semicolons."""
        return self._around(self.segment_ends, offset)

    def clause(self, offset: int) -> Span:
        """Part of the segment between commas and colons, with its final mark."""
        return self._around(self.clause_ends, offset)

    def clauses(self, start: int, end: int) -> list[Span]:
        """The clauses of text[start:end], the first and last cut to it."""
        spans = []
        at = start
        while at < end:
            stop = min(self._around(self.clause_ends, at)[1], end)
            spans.append((at, stop))
            at = stop
        return spans

    def _around(self, ends: tuple[int, ...], offset: int) -> Span:
        i = bisect_right(ends, offset)
        return (ends[i - 1] if i else 0), (ends[i] if i < len(ends) else len(self.text))


def split(text: str) -> Sentences:
    """Find all ends once."""
    sentences, segments, clauses = [], [], []
    depth = end = 0
    pieces = _MARKS.split(text)
    pieces.pop()  # no mark stands behind the last one
    for piece in pieces:
        end += len(piece) + 1
        mark = text[end - 1]
        if mark in _OPENING:
            depth += 1
        elif mark in _CLOSING:
            depth -= depth > 0
        elif mark == "\n" or depth == 0:
            if mark == "," and piece[-1:].isdigit() and _GROUP.match(text, end):
                continue
            depth = 0 if mark == "\n" else depth
            if mark in _SENTENCE:
                sentences.append(end)
            if mark in _SEGMENT:
                segments.append(end)
            clauses.append(end)
    cuts = _cuts(sentences, clauses, len(text))
    if cuts:
        sentences, segments, clauses = (sorted({*ends, *cuts}) for ends in (sentences, segments, clauses))
    return Sentences(text, tuple(sentences), tuple(segments), tuple(clauses))


def _cuts(sentence_ends: list[int], clause_ends: list[int], length: int) -> list[int]:
    """Where sentences longer than `LONGEST` are cut: at the last clause end before, else just there."""
    cuts = []
    start = 0
    for end in (*sentence_ends, length):
        while end - start > LONGEST:
            i = bisect_right(clause_ends, start + LONGEST) - 1
            start = clause_ends[i] if i >= 0 and clause_ends[i] > start else start + LONGEST
            cuts.append(start)
        start = end
    return cuts
