"""The composition: text of a report in, `Report` out.

    fold -> title, year -> outline -> zones -> figures -> records (label, kind, period, subject, code) -> audit

Each step is a module; this one only hands their results on and keeps the offsets straight. Every span of the result indexes
the text as given.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from etl.models import Finding, Measure, Metric, Numeral, Report, Section
from etl.parse import arithmetic, audit, citations, measures, sentences, themes, titles, years
from etl.parse.figures import surround
from etl.parse.folding import fold
from etl.parse.outline import Outline, page_numerals, read_outline
from etl.parse.places import Places
from etl.parse.quantities import scan
from etl.parse.records import Recorder
from etl.parse.tables.read import read_tables
from etl.parse.zones import find_zones

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
    zones = find_zones(folded)
    cells = read_tables(folded, outline)
    units = {start: cell.unit for start, cell in cells.items() if not cell.none}
    found = scan(folded, zones, units, {start: cell.none for start, cell in cells.items() if cell.none})
    places = Places(outline, found_measures)
    placed = [(quantity, places.at(quantity.start)) for quantity in found.quantities if quantity.value < _LARGEST]
    placed = [(quantity, spot) for quantity, spot in placed if not spot.on_page(quantity.start)]
    split = sentences.split(folded)
    figures = surround(folded, split, [quantity for quantity, _ in placed], [spot.part for _, spot in placed])
    metrics = Recorder(text, folded, split, places, cells, year).record(figures, [spot for _, spot in placed])
    spans = [(metric.char_start, metric.char_end) for metric in metrics]
    numerals, findings = audit.account(text, folded, spans, [*found.masked, *page_numerals(folded, outline)])
    return tuple(metrics), numerals, findings


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


def _year_findings(stated: years.ReportYear | None, text: str) -> tuple[Finding, ...]:
    """Nothing where title or opening name the year; else which words told it, or that none did."""
    if stated is None:
        message = "neither title, text nor signature says which year is reported on"
        return (Finding("no_report_year", message, text[:40], 0, min(40, len(text))),)
    return () if stated.rule in ("title", "opening") else (stated.finding(text),)
