"""The facts stage: parsed batches in, Parquet files of every report table out, one batch in memory at a time.

A first pass over the narrow columns places every text among the revisions of its report; a second one makes the rows; then the changes on
last year's figures are judged, since that takes two reports: the figures that they ask for are read back, and the files of their batches
are written again. So are plans put beside what the report of the year after says was done.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from etl.errors import StageError
from etl.facts.amend import Amendments
from etl.facts.follow_through import FollowThrough
from etl.facts.growth import YearOnYear, apply
from etl.facts.organizations import organization_row, parent_row
from etl.facts.revisions import ReadVersion, Revision, number_revisions
from etl.facts.rows import Provenance, report_rows
from etl.schema import REPORT_TABLES, TABLES
from etl.sources import Territory
from etl.staging import Row, Staging

_NARROW = [
    *("url", "source", "district", "organization", "report_year", "body_sha256", "core_sha256", "main_sha256"),
    *("published_on", "published_from", "fetched_at", "last_seen_at", "gone_at", "reason"),
]
_CARRIED = ("written_on", "charset", "charset_from", "body_from", "body_url")
_FIGURE = [
    *("report_id", "measure_id", "metric_code", "value", "value_high", "qualifier", "unit", "kind", "period"),
    *("quote", "label", "sentence"),
]
_NO_REPORT = "excluded_title"
Territories = Mapping[tuple[str, str], Territory]


def build_facts(staging: Staging, territories: Territories, amendments: Amendments | None = None) -> tuple[dict[str, int], list[Row]]:
    """Write `facts/<table>/<batch>.parquet` for all parsed batches.

    `territories` maps (source, district) of the registry; `amendments` are the corrections, and remember what became of them.
    Returns row counts by table, and the refused pages as rows of ops_quarantine (without run and stage).

    Raises:
        StageError: a page comes from a source or district that the registry does not know, or a correction fits twice.
    """
    batches = staging.batches("parsed")
    organizations: dict[str, Row] = {}
    revisions = _place_all(staging, batches, territories, organizations)
    amendments = amendments or Amendments()
    counts = dict.fromkeys(REPORT_TABLES, 0)
    refused: list[Row] = []
    growth, plans = YearOnYear(), FollowThrough()
    for batch in batches:
        tables: dict[str, list[Row]] = {name: [] for name in REPORT_TABLES}
        for index, row in enumerate(staging.read("parsed", batch)):
            revision = revisions.get((batch, index))
            if row["reason"] is not None:
                body = _body_of_unread(row, territories, organizations)
                refused.append(_refused(row, row["reason"], row["message"], body))
            elif revision is not None:
                report = _amended(row, revision, organizations, amendments)
                made = _rows(report, row, revision, refused, staging.parser_version)
                _take(made, tables, batch, growth, plans)
        for name, rows in tables.items():
            counts[name] += staging.write(f"facts/{name}", batch, rows, TABLES[name].arrow)
    _offer_figures(staging, batches, growth)
    counts["fact_finding"] += _write_judged(staging, growth)
    counts["fact_follow_through"] = _write_follow_through(staging, batches, plans)
    rows = sorted(organizations.values(), key=lambda row: row["organization_id"])
    counts["dim_organization"] = staging.write("facts/dim_organization", "all", rows, TABLES["dim_organization"].arrow)
    return counts, refused


def _place_all(
    staging: Staging, batches: list[str], territories: Territories, organizations: dict[str, Row]
) -> dict[tuple[str, int], Revision]:
    """The revision that each row of the batches is; gathers the organisations."""
    versions: list[ReadVersion] = []
    for batch in batches:
        for index, row in enumerate(staging.read("parsed", batch, _NARROW)):
            if row["reason"] is None:
                versions.append(_place(row, (batch, index), territories, organizations))
    return number_revisions(versions)


def _amended(row: Row, revision: Revision, organizations: Mapping[str, Row], amendments: Amendments) -> Row:
    name = organizations[revision.version.organization_id]["name"]
    return amendments.amend(json.loads(row["report"]), organization=name, source_url=row["url"], is_current=revision.is_current)


def _take(made: Mapping[str, list[Row]], tables: Mapping[str, list[Row]], batch: str, growth: YearOnYear, plans: FollowThrough) -> None:
    """Add the rows of one revision to those of its batch, and to what is compared with other years where it is current."""
    for name, rows in made.items():
        tables[name].extend(rows)
    if made and made["dim_report"][0]["is_current"]:
        growth.add(batch, made)
        plans.add(made["dim_report"][0], made["fact_measure"])


def _offer_figures(staging: Staging, batches: list[str], growth: YearOnYear) -> None:
    """Read back the figures of the reports whose next year's report says how they have changed."""
    for batch in batches:
        written = staging.read("facts/dim_report", batch, ["report_id", "organization_id", "report_year", "is_current"])
        reports = {row["report_id"]: row for row in written if row["is_current"] and growth.asks_for(row)}
        if not reports:
            continue
        measures = staging.read("facts/fact_measure", batch, ["measure_id", "part"])
        plans = {row["measure_id"] for row in measures if row["part"] == "plan"}
        for metric in staging.read("facts/fact_metric", batch, _FIGURE):
            if metric["report_id"] in reports and metric["metric_code"] and metric["measure_id"] not in plans:
                growth.offer(reports[metric["report_id"]], metric)


def _write_judged(staging: Staging, growth: YearOnYear) -> int:
    """Write anew what last year's reports decide, and return the number of findings."""
    found = 0
    for batch, judgements in growth.judged().items():
        statements = apply(staging.read("facts/fact_arithmetic", batch), judgements)
        staging.write("facts/fact_arithmetic", batch, statements, TABLES["fact_arithmetic"].arrow)
        findings = [*staging.read("facts/fact_finding", batch), *judgements.findings]
        staging.write("facts/fact_finding", batch, findings, TABLES["fact_finding"].arrow)
        found += len(judgements.findings)
    return found


def _write_follow_through(staging: Staging, batches: list[str], plans: FollowThrough) -> int:
    """Put each plan beside the report of the year after, in the batch of that report, and return the number of rows."""
    count = 0
    for batch in batches:
        written = staging.read("facts/dim_report", batch, ["report_id", "organization_id", "report_year", "is_current"])
        reports = {row["report_id"]: row for row in written if row["is_current"] and plans.asks_for(row)}
        if not reports:
            continue
        measures: dict[str, list[Row]] = {report_id: [] for report_id in reports}
        for measure in staging.read("facts/fact_measure", batch, ["measure_id", "report_id", "part", "text", "theme_code"]):
            if measure["report_id"] in reports:
                measures[measure["report_id"]].append(measure)
        rows = [row for report_id, report in reports.items() for row in plans.rows(report, measures[report_id])]
        count += staging.write("facts/fact_follow_through", batch, rows, TABLES["fact_follow_through"].arrow)
    return count


def _place(row: Row, place: tuple[str, int], territories: Territories, organizations: dict[str, Row]) -> ReadVersion:
    territory = territories.get((row["source"], row["district"]))
    if territory is None:
        raise StageError(f"{row['url']}: the registry has no district {row['district']} in source {row['source']}")
    parent, organization = parent_row(territory), organization_row(row["organization"], territory)
    organizations |= {parent["organization_id"]: parent, organization["organization_id"]: organization}
    return ReadVersion(
        row=place,
        organization_id=organization["organization_id"],
        report_year=row["report_year"],
        body_sha256=row["body_sha256"],
        url=row["url"],
        published_on=row["published_on"],
        fetched_at=row["fetched_at"],
        core_sha256=row["core_sha256"],
        main_sha256=row["main_sha256"],
        published_from=row["published_from"],
        last_seen_at=row["last_seen_at"],
        gone_at=row["gone_at"],
    )


def _rows(report: Row, row: Row, revision: Revision, refused: list[Row], parser_version: str) -> dict[str, list[Row]]:
    """The rows of one revision by table; none, and a refusal, where a value cannot be."""
    version = revision.version
    origin = Provenance(
        report_id=version.report_id,
        document_id=version.document_id,
        organization_id=version.organization_id,
        source_url=row["url"],
        portal=row["source"],
        published_on=version.published_on,
        published_from=version.published_from,
        gone_at=version.gone_at,
        first_seen_at=version.fetched_at,
        fetched_at=row["fetched_at"],
        revision=revision.number,
        is_current=revision.is_current,
        body_sha256=row["body_sha256"],
        raw_sha256=row["raw_sha256"],
        parser_version=parser_version,
        **{name: row[name] for name in _CARRIED},
    )
    try:
        return report_rows(report, origin)
    except ValueError as error:
        refused.append(_refused(row, "impossible_value", str(error), version.organization_id))
        return {}


def _body_of_unread(row: Row, territories: Territories, organizations: dict[str, Row]) -> str | None:
    """Id of the body that the title of a page names which is a report and could not be read; the body is gathered with the others.

    A title may begin with anything, so that only a name counts that ends as names of bodies do.
    """
    territory = territories.get((row["source"], row["district"]))
    if territory is None or row["organization"] is None or row["reason"] == _NO_REPORT:
        return None
    organization = organization_row(row["organization"], territory)
    if organization["level"] == "other":
        return None
    parent = parent_row(territory)
    organizations |= {parent["organization_id"]: parent, organization["organization_id"]: organization}
    found: str = organization["organization_id"]
    return found


def _refused(row: Row, rule: str, reason: Any, organization_id: str | None) -> Row:
    return {
        "report_id": None,
        "source_url": row["url"],
        "title": row["title"] or row["listed_title"],
        "organization_id": organization_id,
        "report_year": row["report_year"],
        "raw_sha256": row["raw_sha256"],
        "rule": rule,
        "reason": reason,
    }
