"""A read report laid out for people: its lines as blocks of sentences, each sentence as pieces of text with the marks on them.

In: a `Report`. Out: `Layout`, which holds every character of the text once and every figure once, at its place. Pure; how a mark looks
is left to `terminal` and `page`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from etl.marks import Mark, Marks, Span, Stretch, merged
from etl.models import Numeral, Report
from etl.parse import sentences
from etl.parse.folding import fold
from etl.visible import visible


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
    marks = _Marked(report)
    ends = sentences.split(fold(report.text)).sentence_ends
    lines: list[list[Span]] = []
    start = 0
    for line in report.text.splitlines(keepends=True):
        lines.append(_cut(start, start + len(line.rstrip()), ends, marks))
        start += len(line)
    spans = [span for spans in lines for span in spans]
    findings = _by_sentence([finding.char_start for finding in report.findings], spans)
    statements = _by_sentence([statement.char_start for statement in report.arithmetic], spans)

    def sentence(span: Span) -> Sentence:
        return Sentence(*marks.pieces(*span), findings.get(span, ()), statements.get(span, ()))

    return Layout(report, tuple(Block(marks.level(spans), tuple(map(sentence, spans))) for spans in lines))


class _Marked:
    """The marks of a report's records, for one stretch of its text after the other."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._marks = Marks(_marks(report))

    def level(self, spans: list[Span]) -> int:
        """Level of the first heading in a line, else 0."""
        stretches = self._marks.stretches(spans[0][0], spans[-1][1]) if spans else ()
        first = next((mark for stretch in stretches for mark in stretch.of("heading") if stretch.opens(mark)), None)
        return self._report.sections[first.key].level if first else 0

    def is_inside_figure(self, offset: int) -> bool:
        return any(mark.kind == "figure" and mark.start < offset for mark in self._marks.around(offset))

    def pieces(self, start: int, end: int) -> tuple[tuple[Piece, ...], tuple[int, ...]]:
        """The pieces of text[start:end], and the indexes of the figures that begin in it."""
        pieces = tuple(self._piece(stretch) for stretch in self._marks.stretches(start, end))
        return pieces, tuple(index for piece in pieces if piece.opens for index in piece.metrics)

    def _piece(self, stretch: Stretch) -> Piece:
        figures, numerals, headings = stretch.of("figure"), stretch.of("numeral"), stretch.of("heading")
        cited, found = stretch.of("citation"), stretch.of("finding")
        return Piece(
            text=visible(self._report.text[stretch.start : stretch.end]),
            metrics=tuple(mark.key for mark in figures),
            opens=any(map(stretch.opens, figures)),
            closes=any(map(stretch.closes, figures)),
            numeral=next((mark.key for mark in numerals if stretch.closes(mark)), None),
            cited=bool(cited),
            citation_opens=any(map(stretch.opens, cited)),
            citation_closes=any(map(stretch.closes, cited)),
            finding=bool(found),
            finding_opens=any(map(stretch.opens, found)),
            section=headings[0].key if headings else None,
            section_opens=any(map(stretch.opens, headings)),
        )


def _marks(report: Report) -> Iterator[Mark]:
    """A mark for each record; citations and findings that overlap are one."""
    yield from (Mark(one.char_start, one.char_end, "figure", index) for index, one in enumerate(report.metrics))
    yield from (Mark(one.char_start, one.char_end, "numeral", one) for one in report.numerals)
    yield from (Mark(one.char_start, one.char_end, "heading", index) for index, one in enumerate(report.sections))
    for kind, records in (("citation", report.citations), ("finding", report.findings)):
        yield from (Mark(start, end, kind, None) for start, end in merged((one.char_start, one.char_end) for one in records))


def _cut(start: int, stop: int, ends: tuple[int, ...], marks: _Marked) -> list[Span]:
    """text[start:stop] by sentences, none of which ends inside a figure."""
    inner = [end for end in ends[bisect_right(ends, start) : bisect_right(ends, stop - 1)] if not marks.is_inside_figure(end)]
    return list(pairwise([start, *inner, stop])) if start < stop else []


def _by_sentence(offsets: list[int], spans: list[Span]) -> dict[Span, tuple[int, ...]]:
    """Indexes of the records of each sentence, told by where they begin; what stands between sentences belongs to the one before."""
    starts = [start for start, _ in spans]
    found: dict[Span, tuple[int, ...]] = {}
    for index, offset in enumerate(offsets if spans else ()):
        span = spans[max(0, bisect_right(starts, offset) - 1)]
        found[span] = (*found.get(span, ()), index)
    return found
