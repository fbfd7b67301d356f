"""A read report laid out for people: its lines as blocks of sentences, each sentence as pieces of text with the marks on them.

In: a `Report`. Out: `Layout`, which holds every character of the text once and every figure once, at its place. Pure; how a mark looks
is left to `terminal` and `page`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from etl.cli.explain.wording import visible
from etl.models import Numeral, Report
from etl.parse import sentences
from etl.parse.folding import fold

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the same marks. `metrics` are indexes of the figures that it belongs to; they open and close with it."""

    text: str
    metrics: tuple[int, ...] = ()
    opens: bool = False
    closes: bool = False
    numeral: Numeral | None = None
    cited: bool = False
    citation_opens: bool = False
    citation_closes: bool = False
    finding: bool = False
    finding_opens: bool = False
    section: int | None = None
    section_opens: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the indexes of the figures, findings and statements of arithmetic in it."""

    pieces: tuple[Piece, ...]
    metrics: tuple[int, ...]
    findings: tuple[int, ...]
    statements: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the text. `level` is that of the heading that it begins with, else 0."""

    level: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of a report, and the report."""

    report: Report
    blocks: tuple[Block, ...]


def lay_out(report: Report) -> Layout:
    """Blocks, sentences and pieces of a report."""
    marks = _Marks(report)
    ends = sentences.split(fold(report.text)).sentence_ends
    lines: list[list[Span]] = []
    start = 0
    for line in report.text.splitlines(keepends=True):
        lines.append(_cut(start, start + len(line.rstrip()), ends, marks.figures))
        start += len(line)
    spans = [span for spans in lines for span in spans]
    findings = _by_sentence([finding.char_start for finding in report.findings], spans)
    statements = _by_sentence([statement.char_start for statement in report.arithmetic], spans)

    def sentence(span: Span) -> Sentence:
        return Sentence(*marks.pieces(*span), findings.get(span, ()), statements.get(span, ()))

    return Layout(report, tuple(Block(marks.level(spans), tuple(map(sentence, spans))) for spans in lines))


class _Marks:
    """The spans of a report's records, for one stretch of its text after the other."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._metrics: dict[Span, list[int]] = {}
        for index, metric in enumerate(report.metrics):
            self._metrics.setdefault((metric.char_start, metric.char_end), []).append(index)
        self._numerals = {(one.char_start, one.char_end): one for one in report.numerals}
        self._headings = {(one.char_start, one.char_end): index for index, one in enumerate(report.sections)}
        self.figures = _Cover(self._metrics)
        self._numeral_spans, self._heading_spans = _Cover(self._numerals), _Cover(self._headings)
        self._cited = _Cover(_merged((one.char_start, one.char_end) for one in report.citations))
        self._found = _Cover(_merged((one.char_start, one.char_end) for one in report.findings))
        covers = (self.figures, self._numeral_spans, self._heading_spans, self._cited, self._found)
        self._bounds = sorted({bound for cover in covers for span in cover.spans for bound in span})

    def level(self, spans: list[Span]) -> int:
        """Level of the first heading in a line, else 0."""
        heading = self._heading_spans.first_in(spans[0][0], spans[-1][1]) if spans else None
        return self._report.sections[self._headings[heading]].level if heading else 0

    def pieces(self, start: int, end: int) -> tuple[tuple[Piece, ...], tuple[int, ...]]:
        """The pieces of text[start:end], and the indexes of the figures that begin in it."""
        inner = self._bounds[bisect_right(self._bounds, start) : bisect_right(self._bounds, end - 1)]
        pieces = tuple(self._piece(a, b) for a, b in pairwise([start, *inner, end]))
        return pieces, tuple(index for piece in pieces if piece.opens for index in piece.metrics)

    def _piece(self, start: int, end: int) -> Piece:
        figure, numeral = self.figures.around(start), self._numeral_spans.around(start)
        heading = self._heading_spans.around(start)
        citation, finding = self._cited.around(start), self._found.around(start)
        return Piece(
            text=visible(self._report.text[start:end]),
            metrics=tuple(self._metrics[figure]) if figure else (),
            opens=figure is not None and figure[0] == start,
            closes=figure is not None and figure[1] == end,
            numeral=self._numerals[numeral] if numeral and numeral[1] == end else None,
            cited=citation is not None,
            citation_opens=citation is not None and citation[0] == start,
            citation_closes=citation is not None and citation[1] == end,
            finding=finding is not None,
            finding_opens=finding is not None and finding[0] == start,
            section=self._headings[heading] if heading else None,
            section_opens=heading is not None and heading[0] == start,
        )


class _Cover:
    """Spans that do not overlap: which of them lies around an offset, which begins in a stretch."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = sorted(spans)
        self._starts = [start for start, _ in self.spans]

    def around(self, offset: int) -> Span | None:
        i = bisect_right(self._starts, offset) - 1
        return self.spans[i] if i >= 0 and offset < self.spans[i][1] else None

    def first_in(self, start: int, end: int) -> Span | None:
        i = bisect_right(self._starts, start - 1)
        return self.spans[i] if i < len(self.spans) and self._starts[i] < end else None


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The spans with those joined that overlap."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _cut(start: int, stop: int, ends: tuple[int, ...], figures: _Cover) -> list[Span]:
    """text[start:stop] by sentences, none of which ends inside a figure."""
    inner = [end for end in ends[bisect_right(ends, start) : bisect_right(ends, stop - 1)] if not _is_inside(end, figures)]
    return list(pairwise([start, *inner, stop])) if start < stop else []


def _is_inside(offset: int, figures: _Cover) -> bool:
    span = figures.around(offset)
    return span is not None and span[0] < offset


def _by_sentence(offsets: list[int], spans: list[Span]) -> dict[Span, tuple[int, ...]]:
    """Indexes of the records of each sentence, told by where they begin; what stands between sentences belongs to the one before."""
    starts = [start for start, _ in spans]
    found: dict[Span, tuple[int, ...]] = {}
    for index, offset in enumerate(offsets if spans else ()):
        span = spans[max(0, bisect_right(starts, offset) - 1)]
        found[span] = (*found.get(span, ()), index)
    return found
