"""From one read report to its rows in every table of the schema.

In: the `Report` as the parse contract gives it (plain JSON values) and where it came from. Out: rows by table, ids included.
Revision numbers need all reports at once and are given by `etl.facts.revisions`; nothing here looks at a second report.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from etl.facts.periods import period_bounds
from etl.ids import stable_id
from etl.parse.citations import normalized_title

Row = dict[str, Any]

_LIMIT = Decimal(10) ** 14  # DECIMAL(20, 6) holds 14 digits before the point
_MILLIONTH = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a revision came from, and which one it is."""

    report_id: str
    document_id: str
    organization_id: str
    source_url: str
    portal: str
    published_on: date | None
    first_seen_at: datetime
    fetched_at: datetime
    revision: int
    is_current: bool
    body_sha256: str
    raw_sha256: str
    parser_version: str
    published_from: str | None = None
    written_on: date | None = None
    gone_at: datetime | None = None
    charset: str | None = None
    charset_from: str | None = None
    body_from: str | None = None
    body_url: str | None = None


def report_rows(report: dict[str, Any], origin: Provenance) -> dict[str, list[Row]]:
    """All rows of one revision, by table name. `report` may carry `corrections`, as `etl.facts.amend` leaves them.

    Raises:
        ValueError: a period that is none (see `period_bounds`), or a value of 10^14 and more.
    """
    report_id = origin.report_id
    section_ids = [stable_id(report_id, "section", s["char_start"]) for s in report["sections"]]
    measure_ids = [stable_id(report_id, "measure", m["char_start"]) for m in report["measures"]]
    metric_ids = _metric_ids(report["metrics"], report_id)
    return {
        "dim_report": [_report_row(report, origin)],
        "dim_section": list(_section_rows(report["sections"], report_id, section_ids)),
        "fact_measure": list(_measure_rows(report["measures"], report_id, section_ids, measure_ids)),
        "fact_metric": list(_metric_rows(report["metrics"], report_id, section_ids, measure_ids, metric_ids)),
        "fact_citation": list(_citation_rows(report, report_id, measure_ids)),
        "fact_numeral": [{"report_id": report_id, **numeral} for numeral in report["numerals"]],
        "fact_arithmetic": list(_arithmetic_rows(report, report_id, metric_ids)),
        "fact_correction": list(_correction_rows(report.get("corrections", []), report_id, metric_ids)),
        "fact_finding": list(_finding_rows(report["findings"], report_id)),
    }


def _report_row(report: dict[str, Any], origin: Provenance) -> Row:
    return {
        "report_id": origin.report_id,
        "document_id": origin.document_id,
        "organization_id": origin.organization_id,
        "report_year": report["report_year"],
        "title": report["title"],
        "source_url": origin.source_url,
        "portal": origin.portal,
        "published_on": origin.published_on,
        "published_from": origin.published_from,
        "written_on": origin.written_on,
        "first_seen_at": origin.first_seen_at,
        "fetched_at": origin.fetched_at,
        "gone_at": origin.gone_at,
        "revision": origin.revision,
        "is_current": origin.is_current,
        "body_sha256": origin.body_sha256,
        "raw_sha256": origin.raw_sha256,
        "charset": origin.charset,
        "charset_from": origin.charset_from,
        "body_from": origin.body_from,
        "body_url": origin.body_url,
        "char_count": len(report["text"]),
        "parser_version": origin.parser_version,
        "body_text": report["text"],
    }


def _section_rows(sections: list[Row], report_id: str, ids: list[str]) -> Iterator[Row]:
    above: list[tuple[int, str]] = []
    for position, (section, section_id) in enumerate(zip(sections, ids, strict=True), start=1):
        while above and above[-1][0] >= section["level"]:
            above.pop()
        parent = above[-1][1] if above else None
        above.append((section["level"], section_id))
        yield {**section, "section_id": section_id, "report_id": report_id, "parent_section_id": parent, "position": position}


def _measure_rows(measures: list[Row], report_id: str, section_ids: list[str], ids: list[str]) -> Iterator[Row]:
    for ordinal, (measure, measure_id) in enumerate(zip(measures, ids, strict=True), start=1):
        section_id = _at(section_ids, measure["section"])
        row = {**measure, "measure_id": measure_id, "report_id": report_id, "section_id": section_id, "ordinal": ordinal}
        del row["section"]
        yield row


def _metric_ids(metrics: list[Row], report_id: str) -> list[str]:
    """An id for each figure: of its span, and of its place among those that share it."""
    seen: dict[tuple[int, int], int] = {}
    ids = []
    for metric in metrics:
        span = (metric["char_start"], metric["char_end"])
        nth = seen[span] = seen.get(span, -1) + 1
        ids.append(stable_id(report_id, "metric", *span, nth))
    return ids


def _metric_rows(
    metrics: list[Row], report_id: str, section_ids: list[str], measure_ids: list[str], metric_ids: list[str]
) -> Iterator[Row]:
    for metric, metric_id in zip(metrics, metric_ids, strict=True):
        period_start, period_end = period_bounds(metric["period"])
        high = metric["value_high"]
        row = {
            **metric,
            "metric_id": metric_id,
            "report_id": report_id,
            "section_id": _at(section_ids, metric["section"]),
            "measure_id": _at(measure_ids, metric["measure"]),
            "value": _stored(metric["value"]),
            "value_high": None if high is None else _stored(high),
            "period_start": period_start,
            "period_end": period_end,
        }
        del row["section"], row["measure"]
        yield row


def _citation_rows(report: dict[str, Any], report_id: str, measure_ids: list[str]) -> Iterator[Row]:
    spans = [(m["char_start"], m["char_end"]) for m in report["measures"]]
    for citation in report["citations"]:
        start = citation["char_start"]
        at = bisect_right(spans, (start, len(report["text"]))) - 1  # measures are in order and never overlap
        title = citation["title"]
        yield {
            **citation,
            "citation_id": stable_id(report_id, "citation", start),
            "report_id": report_id,
            "measure_id": _at(measure_ids, at if at >= 0 and start < spans[at][1] else None),
            "title_normalized": None if title is None else normalized_title(title),
        }


def _arithmetic_rows(report: Row, report_id: str, metric_ids: list[str]) -> Iterator[Row]:
    for statement in report["arithmetic"]:
        terms = [metric_ids[index] for index in statement["metrics"]]
        expected = statement["expected"]
        row = {
            **statement,
            "arithmetic_id": stable_id(report_id, "arithmetic", statement["rule"], *terms),
            "report_id": report_id,
            "metric_id": terms[-1],
            "metric_ids": " ".join(terms),
            "stated": _stored(statement["stated"]),
            "expected": None if expected is None or abs(Decimal(expected)) >= _LIMIT else _stored(expected),
            "unit": report["metrics"][statement["metrics"][-1]]["unit"],
            "other_report_id": None,
        }
        del row["metrics"]
        yield row


def _correction_rows(corrections: list[Row], report_id: str, metric_ids: list[str]) -> Iterator[Row]:
    for correction in corrections:
        correction_id = stable_id(report_id, "correction", correction["name"], correction["field"])
        row = {**correction, "correction_id": correction_id, "report_id": report_id, "metric_id": _at(metric_ids, correction["metric"])}
        del row["metric"]
        yield row


def _finding_rows(findings: list[Row], report_id: str) -> Iterator[Row]:
    for nth, finding in enumerate(findings):
        finding_id = stable_id(report_id, "finding", finding["rule"], finding["char_start"], nth)
        yield {**finding, "finding_id": finding_id, "report_id": report_id}


def _stored(value: str) -> Decimal:
    """The value as DECIMAL(20, 6) keeps it."""
    stored = Decimal(value).quantize(_MILLIONTH)
    if abs(stored) >= _LIMIT:
        raise ValueError(f"value too large: {value}")
    return stored


def _at(ids: list[str], index: int | None) -> str | None:
    return None if index is None else ids[index]
