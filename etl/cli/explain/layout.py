"""A read report laid out for people: its lines as blocks of sentences, each sentence as pieces of text with the marks on them.

In: a `Report`. Out: `Layout`, which holds every character of the text once and every figure once, at its place. Pure; how a mark looks
is left to `terminal` and `page`. Control characters become visible signs, since a text may try to steer the terminal that shows it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from etl.cli.explain.names import metric_name, name
from etl.models import Metric, Numeral, Report, Section
from etl.parse import sentences
from etl.parse.folding import fold

Span = tuple[int, int]

# ESC and NUL, but neither tab nor line feed
_VISIBLE = {code: 0x2400 + code for code in range(32) if code not in (9, 10)} | {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)


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
    section: int | None = None
    section_opens: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the indexes of the figures and findings in it."""

    pieces: tuple[Piece, ...]
    metrics: tuple[int, ...]
    findings: tuple[int, ...]


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
    findings = _by_sentence(report, [span for spans in lines for span in spans])
    return Layout(
        report,
        tuple(
            Block(marks.level(spans), tuple(Sentence(*marks.pieces(*span), findings.get(span, ())) for span in spans)) for spans in lines
        ),
    )


def fields(report: Report, metric: Metric) -> dict[str, tuple[str, str]]:
    """What was read of a figure: field -> (its name, its value), codes in both languages; what is absent is left out."""
    section = None if metric.section is None else report.sections[metric.section]
    measure = None if metric.measure is None else report.measures[metric.measure]
    values = {
        "label": metric.label,
        "value": format_value(metric),
        "unit": metric.unit,
        "qualifier": name("qualifier", metric.qualifier),
        "kind": name("kind", metric.kind),
        "period": metric.period,
        "subject": metric.subject,
        "metric_code": metric_name(metric.metric_code),
        "metric_pattern": metric.metric_pattern,
        "section": section and f"{heading(section)}（{name('part', section.part)}）",
        "measure": measure and f"{measure.enumerator or ''}{measure.title or _shortened(measure.text)}",
        "rule": metric.rule,
    }
    return {field: (name("field", field), visible(value)) for field, value in values.items() if value}


def heading(section: Section) -> str:
    """The heading with its ordinal, as it is printed: 一、主要举措, (一)规范执法, 1.监督."""
    ordinal = section.ordinal or ""
    return visible(f"{ordinal}{'、' if ordinal.isalnum() else ''}{section.heading}")


def format_value(metric: Metric) -> str:
    """12000, or 3 … 5 for a range."""
    values = [metric.value] if metric.value_high is None else [metric.value, metric.value_high]
    return " … ".join(f"{value:,f}" for value in values)


def counts(report: Report) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """The summary: groups of (name, count), figures by kind, codes, numerals by class, citations, findings by rule."""
    mapped = sum(metric.metric_code is not None for metric in report.metrics)
    kinds = Counter(metric.kind for metric in report.metrics)
    classes = Counter(numeral.class_ for numeral in report.numerals)
    rules = Counter(finding.rule for finding in report.findings)
    yield (
        f"{name('page', 'figures')} {len(report.metrics)}",
        [(f"{name('sign', kind)} {name('kind', kind)}", count) for kind, count in kinds.most_common()]
        + [(name("page", "mapped"), mapped), (name("page", "unmapped"), len(report.metrics) - mapped)],
    )
    yield (
        f"{name('page', 'numerals')} {len(report.numerals)}",
        [(name("class", class_), count) for class_, count in classes.most_common()],
    )
    yield f"{name('page', 'measures')} {len(report.measures)}", []
    yield f"{name('page', 'citations')} {len(report.citations)}", []
    yield f"{name('page', 'findings')} {len(report.findings)}", list(rules.most_common())


def visible(text: str) -> str:
    """The text with control characters as signs, a character for a character."""
    return text.translate(_VISIBLE)


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
        heading, citation = self._heading_spans.around(start), self._cited.around(start)
        return Piece(
            text=visible(self._report.text[start:end]),
            metrics=tuple(self._metrics[figure]) if figure else (),
            opens=figure is not None and figure[0] == start,
            closes=figure is not None and figure[1] == end,
            numeral=self._numerals[numeral] if numeral and numeral[1] == end else None,
            cited=citation is not None,
            citation_opens=citation is not None and citation[0] == start,
            citation_closes=citation is not None and citation[1] == end,
            finding=self._found.around(start) is not None,
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


def _by_sentence(report: Report, spans: list[Span]) -> dict[Span, tuple[int, ...]]:
    """Indexes of the findings of each sentence; one that stands between sentences belongs to the one before."""
    starts = [start for start, _ in spans]
    found: dict[Span, tuple[int, ...]] = {}
    for index, finding in enumerate(report.findings if spans else ()):
        span = spans[max(0, bisect_right(starts, finding.char_start) - 1)]
        found[span] = (*found.get(span, ()), index)
    return found


def _shortened(text: str) -> str:
    line = text.partition("\n")[0]
    return line if len(line) <= 30 else line[:30] + "…"
