"""Sentences, segments and clauses as spans.

In: folded text. Out: for an offset, the sentence (up to 。!? or the line end), the segment (also ends at ;) and the clause (also
at , and :) around it. Commas inside numbers (1,234), brackets, titles and quotations do not end a clause.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

Span = tuple[int, int]

_MARKS = re.compile(r"[。!?\n;,:]|[(\[]|[)\]]|[“《「]|[”》」]")
LONGEST = 1000
"""A sentence without an end is cut at so many characters: every figure carries its sentence, and would carry the whole text."""

_SENTENCE, _SEGMENT, _CLAUSE = "。!?\n", "。!?\n;", "。!?\n;,:"


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
    depth = 0
    for match in _MARKS.finditer(text):
        mark, end = match.group(), match.end()
        if mark in "([“《「":
            depth += 1
        elif mark in ")]”》」":
            depth = max(0, depth - 1)
        elif mark == "\n" or depth == 0:
            if mark == "," and _thousands(text, match.start()):
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


def _thousands(text: str, comma: int) -> bool:
    return text[comma - 1 : comma].isdigit() and re.match(r"[0-9]{3}(?![0-9])", text[comma + 1 : comma + 5]) is not None
