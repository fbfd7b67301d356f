"""The verdict on one night's facts: results for ops_validation, rows for quarantine, and whether publication may go on.

In: outcomes of all expectations and an index of the reports. Out: `Verdict`; `judge` turns one that is too bad into an error, after the
caller has recorded it. A critical failure costs the reports whose rows fail; one that belongs to no report stops the night.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from etl.errors import ValidationStop
from etl.schema import TABLES
from etl.validate.baseline import fact_key
from etl.validate.engine import Outcome

Row = dict[str, Any]

_SAMPLE_CHARACTERS = 300
_SHOWN_CHARACTERS = 80
_QUOTE_COLUMNS = {
    "dim_section": "heading",
    "fact_measure": "text",
    "fact_metric": "quote",
    "fact_citation": "title",
    "fact_numeral": "quote",
}
"""The column that holds the words which a row stands for."""
_HALF = 0.5


@dataclass(frozen=True)
class Verdict:
    """What the checks have shown.

    Attributes:
        results: rows of ops_validation, without the run.
        quarantine: rows of ops_quarantine, without run and stage, and with the rule's severity; one a failing row.
        quarantined_reports: revisions to leave out.
        warnings: expectations of severity warning that failed.
        stops: failures that belong to no report, as "rule: what was seen".
        revisions: number of revisions checked.
        reports_left: number of reports (body x year) of which a revision is left.
    """

    results: list[Row]
    quarantine: list[Row]
    quarantined_reports: frozenset[str]
    warnings: int
    stops: tuple[str, ...]
    revisions: int
    reports_left: int


def identity_columns(table: str) -> list[str]:
    """Columns that name a failing row: its key, its report, and the words it stands for."""
    quote = [_QUOTE_COLUMNS[table]] if table in _QUOTE_COLUMNS else []
    return list(dict.fromkeys([*TABLES[table].key, "report_id", *quote]))


def make_verdict(outcomes: Sequence[Outcome], reports: Mapping[str, Row]) -> Verdict:
    """The verdict; `reports` maps report_id to its document_id, body, year, source_url, title and raw_sha256."""
    quarantine: dict[tuple[str, str, str | None], Row] = {}
    stops: list[str] = []
    for outcome in outcomes:
        # an expectation that could not be evaluated says nothing of the data, whatever its severity
        if outcome.error or (_is_critical(outcome) and _has_homeless_rows(outcome, reports)):
            stops.append(f"{outcome.expectation.rule} ({_sample(outcome)})")
        if _is_critical(outcome) and not outcome.error:
            for row in _quarantine_rows(outcome, reports):
                quarantine.setdefault((row["report_id"], row["rule"], row["fact_id"]), row)
    out = frozenset(report_id for report_id, _, _ in quarantine)
    return Verdict(
        results=[_result(outcome) for outcome in outcomes],
        quarantine=list(quarantine.values()),
        quarantined_reports=out,
        warnings=sum(not outcome.success and outcome.expectation.severity == "warning" for outcome in outcomes),
        stops=tuple(stops),
        revisions=len(reports),
        reports_left=len({row["document_id"] for report_id, row in reports.items() if report_id not in out}),
    )


def judge(verdict: Verdict, *, max_quarantine_share: float, previous_reports: int | None = None, already_quarantined: int = 0) -> None:
    """Let the night go on, or not. `already_quarantined` pages could not be read and were never checked.

    Raises:
        ValidationStop: a critical rule failed that no report can be blamed for, or could not be evaluated; nothing is left; the share of
            quarantined revisions is above the limit; or fewer than half of the reports published before are left.
    """
    reasons = [f"the whole run fails {stop}" for stop in verdict.stops]
    if not verdict.reports_left and not reasons:
        reasons.append(f"no report is left of {verdict.revisions}")
    quarantined = len(verdict.quarantined_reports) + already_quarantined
    total = verdict.revisions + already_quarantined
    if total and quarantined / total > max_quarantine_share:
        share = f"{quarantined} of {total} pages are in quarantine, more than {max_quarantine_share:.0%}"
        reasons.append(f"{share} ({_causes(verdict, already_quarantined)})")
    if previous_reports and verdict.reports_left < previous_reports * _HALF:
        reasons.append(f"{verdict.reports_left} reports are left, {previous_reports} were published before")
    if reasons:
        raise ValidationStop("; ".join(reasons) + ": nothing is published, the last warehouse stays")


def _is_critical(outcome: Outcome) -> bool:
    return not outcome.success and outcome.expectation.severity == "critical"


def _has_homeless_rows(outcome: Outcome, reports: Mapping[str, Row]) -> bool:
    """Whether a failure belongs to no report: it is the whole table's, rows are not all named, or a row's report is unknown."""
    rows = outcome.rows
    return not rows or len(rows) < outcome.unexpected or any(row.get("report_id") not in reports for row in rows)


def _causes(verdict: Verdict, unread: int) -> str:
    """What quarantined most reports, with the number of reports."""
    counts = Counter(rule for _, rule in {(row["report_id"], row["rule"]) for row in verdict.quarantine})
    causes = [f"{rule} {count}" for rule, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:3]]
    return ", ".join([*causes, *([f"unreadable {unread}"] if unread else [])])


def _quarantine_rows(outcome: Outcome, reports: Mapping[str, Row]) -> Iterator[Row]:
    expectation = outcome.expectation
    for row in outcome.rows:
        report = reports.get(row.get("report_id", ""))
        if report is None:
            continue
        yield {
            "report_id": row["report_id"],
            "source_url": report["source_url"],
            "title": report["title"],
            "organization_id": report["organization_id"],
            "report_year": report["report_year"],
            "raw_sha256": report["raw_sha256"],
            "rule": expectation.rule,
            "severity": expectation.severity,
            "reason": f"{expectation.notes}: {_detail(outcome, row)}",
            "fact_id": _fact_id(outcome, row),
            "quote": _quote(outcome, row),
        }


def _result(outcome: Outcome) -> Row:
    return {
        "suite": outcome.expectation.suite,
        "rule": outcome.expectation.rule,
        "expectation": outcome.expectation.type,
        "severity": outcome.expectation.severity,
        "success": outcome.success,
        "evaluated": None if outcome.error else outcome.evaluated,
        "unexpected": None if outcome.error else outcome.unexpected,
        "sample": None if outcome.success else _sample(outcome),
    }


def _sample(outcome: Outcome) -> str:
    if outcome.error:
        return f"could not be evaluated: {outcome.error}"[:_SAMPLE_CHARACTERS]
    if not outcome.rows:
        return outcome.seen or "no row"
    row = outcome.rows[0]
    fact_id, quote = _fact_id(outcome, row), _quote(outcome, row)
    where = [f"report {row.get('report_id')}", *([f"fact {fact_id}"] if fact_id else []), *([f"“{quote}”"] if quote else [])]
    return f"{_detail(outcome, row)} ({', '.join(where)})"[:_SAMPLE_CHARACTERS]


def _fact_id(outcome: Outcome, row: Row) -> str | None:
    if "key" in row:
        key: str | None = row["key"]
        return key
    return "/".join(str(row[name]) for name in fact_key(TABLES[outcome.expectation.suite])) or None


def _quote(outcome: Outcome, row: Row) -> str | None:
    quote = row.get("quote", row.get(_QUOTE_COLUMNS.get(outcome.expectation.suite, "quote")))
    return quote[:_SAMPLE_CHARACTERS] if isinstance(quote, str) else None


def _detail(outcome: Outcome, row: Row) -> str:
    """What is wrong with the row: the rule's own words, or the values that were looked at."""
    if "detail" in row:
        return str(row["detail"])
    looked_at = [outcome.expectation.kwargs[name] for name in ("column", "column_A", "column_B") if name in outcome.expectation.kwargs]
    return ", ".join(f"{name}={_shown(row.get(name))}" for name in looked_at)


def _shown(value: Any) -> str:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)[:_SHOWN_CHARACTERS]
