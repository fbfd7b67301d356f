"""The composition: text of a report in, `Report` out.

    fold -> title, year -> outline -> zones -> figures -> labels, kinds, periods, subjects -> codes -> audit

Each step is a module; this one only hands their results on and keeps the offsets straight. Every span of the result indexes
the text as given.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal

from etl.models import Finding, Kind, Measure, Metric, Numeral, Part, Report, Section
from etl.parse import arithmetic, audit, catalogue, citations, kinds, masks, measures, periods, sentences, subjects, themes, titles, years
from etl.parse.figures import Figure, surround
from etl.parse.folding import fold
from etl.parse.labels import Label, label_figures
from etl.parse.outline import Outline, page_numerals, read_outline
from etl.parse.quantities import scan
from etl.parse.tables import Cell, read_tables

_LARGEST = Decimal(10) ** 14  # what DECIMAL(20, 6) holds; a longer run of digits is a number of something else


def parse_text(text: str) -> Report:
    """A text whose first line is its title; offsets of the report count into the whole text."""
    return parse_report(titles.read_title(text), text)


def parse_report(title: str, text: str, *, publisher: str | None = None) -> Report:
    """Read a report.

    Args:
        title: the title, which may also be the first line of `text`.
        text: the body, kept as it is; every span of the result indexes it.
        publisher: what the page says of its publisher, used where title and signature name no body.
    """
    folded = fold(text)
    lines = [line.strip() for line in folded.split("\n") if line.strip()]
    headline = fold(title).strip()
    headline = headline if len(headline) <= 100 else ""
    stated = years.find_year(headline, folded)
    year = stated.year if stated else None
    outline = read_outline(folded, headline, year)
    found_measures = measures.read_measures(text, folded, outline, year)
    metrics, numerals, findings = _read_figures(text, folded, outline, found_measures, year)
    stated_sums = arithmetic.find_statements(text, folded, metrics)
    sections = tuple(_section(text, heading_index, outline) for heading_index in range(len(outline.sections)))
    return Report(
        title=title,
        organization=titles.find_organization(headline, _signature(folded, outline), lines[1] if len(lines) > 1 else "", publisher),
        report_year=year,
        text=text,
        sections=sections,
        measures=themes.with_themes(found_measures, sections, folded),
        metrics=metrics,
        citations=citations.find_citations(text, folded),
        numerals=numerals,
        findings=(*findings, *arithmetic.findings_of(stated_sums), *_year_findings(stated, text)),
        arithmetic=stated_sums,
    )


def _read_figures(
    text: str, folded: str, outline: Outline, found_measures: Sequence[Measure], year: int | None
) -> tuple[tuple[Metric, ...], tuple[Numeral, ...], tuple[Finding, ...]]:
    zones = masks.find_zones(folded)
    cells = read_tables(folded, outline)
    found = scan(folded, zones, {start: cell.unit for start, cell in cells.items()})
    places = _Places(outline, found_measures)
    quantities = [quantity for quantity in found.quantities if quantity.value < _LARGEST and not places.on_page(quantity.start)]
    split = sentences.split(folded)
    figures = surround(folded, split, quantities, [places.part(quantity.start) for quantity in quantities])
    metrics: list[Metric] = []
    sentence: tuple[int, int] | None = None
    wholes: dict[str, Kind] = {}
    scopes = [places.block(quantity.start) for quantity in quantities]
    actors = subjects.Subjects(folded, split)
    openings = [places.opening(quantity.start) for quantity in quantities]
    for figure, several in zip(figures, label_figures(folded, split, actors, figures, scopes, openings, year), strict=True):
        cell = cells.get(figure.quantity.number_start) or places.row_cell(folded, figure, cells)
        before = metrics[-1].kind if metrics and metrics[-1].char_start >= figure.sentence[0] else None
        if figure.sentence != sentence:
            sentence, wholes = figure.sentence, {}
        whole = wholes.get(figure.quantity.unit)
        metrics += [_metric(text, folded, actors, figure, label, cell, places, year, before, whole) for label in several]
        if not several[-1].sub:
            wholes[figure.quantity.unit] = metrics[-1].kind
    spans = [(metric.char_start, metric.char_end) for metric in metrics]
    numerals, findings = audit.account(text, folded, spans, [*found.masked, *page_numerals(folded, outline)])
    return tuple(metrics), numerals, findings


class _Places:
    """Sections and measures by offset."""

    def __init__(self, outline: Outline, found_measures: Sequence[Measure]) -> None:
        self._outline = outline
        self._measures = found_measures
        self._section_starts = [section.char_start for section in outline.sections]
        self._measure_starts = [measure.char_start for measure in found_measures]
        self._blocks = outline.blocks
        self._block_starts = [block.char_start for block in outline.blocks]

    def section(self, offset: int) -> int | None:
        """Index of the section that an offset lies in."""
        i = bisect_right(self._section_starts, offset) - 1
        return i if i >= 0 else None

    def measure(self, offset: int) -> int | None:
        """Index of the measure around an offset."""
        i = bisect_right(self._measure_starts, offset) - 1
        return i if i >= 0 and offset < self._measures[i].char_end else None

    def block(self, offset: int) -> int:
        """A number for the measure or block around an offset, within which figures may refer to each other."""
        measure = self.measure(offset)
        return -1 - measure if measure is not None else bisect_right(self._block_starts, offset)

    def opening(self, offset: int) -> int:
        """Where the measure or block around an offset starts."""
        measure = self.measure(offset)
        if measure is not None:
            return self._measures[measure].char_start
        block = bisect_right(self._block_starts, offset) - 1
        return self._blocks[block].char_start if block >= 0 else 0

    def on_page(self, offset: int) -> bool:
        """Whether an offset lies on a line that is set around the report: a telephone, a count of views."""
        i = bisect_right(self._block_starts, offset) - 1
        return i >= 0 and self._blocks[i].kind == "page" and offset < self._blocks[i].char_end

    def part(self, offset: int) -> Part:
        """Part of the measure, else of the block."""
        measure = self.measure(offset)
        if measure is not None:
            return self._measures[measure].part
        i = bisect_right(self._block_starts, offset) - 1
        return self._blocks[i].part if i >= 0 else "achievement"

    def row_cell(self, folded: str, figure: Figure, cells: dict[int, Cell]) -> Cell | None:
        """Label of a table row whose figure carries its own unit: 办理行政许可 52800 件."""
        i = bisect_right(self._block_starts, figure.quantity.start) - 1
        if i < 0 or self._blocks[i].kind != "row":
            return None
        label = folded[self._blocks[i].char_start : figure.quantity.start].strip()
        return Cell(figure.quantity.unit, label, None) if label and not cells.get(figure.quantity.start) else None

    def rest_of_measure(self, offset: int) -> tuple[int, int]:
        """Span of what stands behind an offset in its measure."""
        measure = self.measure(offset)
        return (offset, self._measures[measure].char_end) if measure is not None else (offset, offset)


def _metric(
    text: str,
    folded: str,
    actors: subjects.Subjects,
    figure: Figure,
    label: Label,
    cell: Cell | None,
    places: _Places,
    year: int | None,
    before: Kind | None,
    whole: Kind | None,
) -> Metric:
    quantity = figure.quantity
    start, end = figure.sentence
    name = cell.label if cell and cell.label else label.text
    kind, kind_rule = kinds.find_kind(figure, label, folded[start : quantity.start], before, whole)
    period, period_rule = periods.find_period(
        folded[start:end],
        quantity.start - start,
        max(0, quantity.start - len(figure.left) - start),
        max(0, figure.segment[0] - start),
        figure.part,
        year,
    )
    period = (cell.period if cell else None) or label.period or period
    if label.stage == "before" and period_rule not in ("last-year", "year") and quantity.unit not in ("%",):
        period = str(year) if year and figure.part != "plan" else period
    later = places.rest_of_measure(quantity.end)
    place = catalogue.Place(figure.part, label.sub, folded[start:end], folded[slice(*later)])
    mapped = catalogue.map_metric(name, quantity.unit, kind, period, place, year)
    return Metric(
        section=places.section(quantity.start),
        measure=places.measure(quantity.start),
        metric_code=mapped.code if mapped else None,
        label=name,
        value=_plain(quantity.value),
        value_high=None if quantity.value_high is None else _plain(quantity.value_high),
        unit=quantity.unit,
        qualifier=quantity.qualifier,
        kind=kind,
        period=period,
        subject=actors.subject(start, figure.clause[0]),
        quote=text[quantity.start : quantity.end],
        sentence=text[start:end],
        char_start=quantity.start,
        char_end=quantity.end,
        rule=f"label:{'table' if cell else label.rule} kind:{kind_rule} period:{period_rule}",
        metric_pattern=mapped.pattern if mapped else None,
    )


def _section(text: str, index: int, outline: Outline) -> Section:
    heading = outline.sections[index]
    return Section(
        level=heading.level,
        ordinal=text[slice(*heading.ordinal)] if heading.ordinal else None,
        heading=text[heading.char_start : heading.char_end],
        part=heading.part,
        char_start=heading.char_start,
        char_end=heading.char_end,
    )


def _signature(folded: str, outline: Outline) -> str | None:
    signed = [folded[block.char_start : block.char_end] for block in outline.blocks if block.kind == "signature"]
    return signed[-1] if signed else None


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent: 12000.0 -> 12000."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _year_findings(stated: years.ReportYear | None, text: str) -> tuple[Finding, ...]:
    """Nothing where title or opening name the year; else which words told it, or that none did."""
    if stated is None:
        message = "neither title, text nor signature says which year is reported on"
        return (Finding("no_report_year", message, text[:40], 0, min(40, len(text))),)
    return () if stated.rule in ("title", "opening") else (stated.finding(text),)
