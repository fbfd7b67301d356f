"""How things stand: the last run, the current version, what is new in it, what is in quarantine, and how old the data is.

Read from the ops rows on disk, and from the warehouse where there are none: an analyst may have nothing but the warehouse.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from etl.errors import QueryError
from etl.ops import OpsLog, Row
from etl.publish.reading import Reader
from etl.publish.warehouses import Version, Warehouse

OLD_DAYS = 2
"""Data of so many days is called old: more than one night has failed, or a version was gone back to."""

_NEWEST = "SELECT max(published_on) FROM main.dim_report WHERE is_current"
_NEW = """
    SELECT o.short_name AS body, r.report_year AS year, r.revision, r.published_on, r.title, r.source_url AS url
    FROM main.dim_report AS r JOIN main.dim_organization AS o USING (organization_id)
    WHERE r.is_current AND r.first_seen_at > ?
    ORDER BY r.published_on DESC NULLS LAST, r.report_year DESC, o.name
"""
_CHANGED_FIGURES = (
    "SELECT count(*) FROM reporting.changes JOIN main.dim_report USING (report_id) WHERE is_current AND changes.first_seen_at > ?"
)
_EXPIRED = """
    SELECT c.name AS correction, o.short_name AS body, report_year AS year, expect AS words, source_url AS url
    FROM main.fact_correction AS c JOIN main.dim_report USING (report_id) JOIN main.dim_organization AS o USING (organization_id)
    WHERE c.state = 'expired' ORDER BY c.name
"""
_BROKEN_SUMS = """
    SELECT organization_short AS body, report_year AS year, expression, expected, coalesce(other_sentence || ' … ', '') || sentence AS words
    FROM reporting.arithmetic WHERE NOT holds ORDER BY ALL
"""
_IS_THERE = "SELECT count(*) FROM information_schema.tables WHERE table_name = ?"


@dataclass(frozen=True, slots=True)
class News:
    """What the current version has that the publication before it (`run_id`) had not; `more` by how much each count grew.

    `changed_figures` is null in a version from before there was a view of them.
    """

    run_id: str
    since: datetime
    reports: list[Row]
    revisions: list[Row]
    changed_figures: int | None
    more: dict[str, int]


@dataclass(frozen=True, slots=True)
class Contents:
    """The current version: what is in it, how old it is, and what a person should look at."""

    version: Version
    newest_version: Version
    counts: dict[str, int]
    asked_at: datetime
    newest_report_on: date | None
    news: News | None
    expired_corrections: list[Row]
    broken_sums: list[Row]

    def days_old(self, now: datetime) -> int:
        """Whole days since the portal was asked for what is in this version."""
        return max(0, (now - self.asked_at) // timedelta(days=1))


@dataclass(frozen=True, slots=True)
class State:
    """The last run, what it left in quarantine, and the current version; each may be missing."""

    last_run: Row | None
    quarantine: list[Row]
    contents: Contents | None


def read_state(ops: OpsLog, warehouse: Warehouse) -> State:
    """How things stand now.

    Raises:
        QueryError: the warehouse cannot be read.
    """
    last = next(ops.runs(), None)
    quarantine = ops.read("ops_quarantine", last["run_id"]) if last else []
    versions = warehouse.versions()
    try:
        with warehouse.read() as reader:
            if last is None:
                last = reader.rows("FROM main.ops_run ORDER BY started_at DESC LIMIT 1")[0]
                quarantine = reader.rows("FROM main.ops_quarantine WHERE run_id = ? ORDER BY ALL", [last["run_id"]])
            return State(last, quarantine, _contents(reader, version_of(reader, versions), versions))
    except QueryError:
        if versions:
            raise
        return State(last, quarantine, None)


def version_of(reader: Reader, versions: list[Version]) -> Version:
    """The version that is read. A copy of a file lies beside no others: what it holds says of which run it is."""
    current = next((version for version in versions if version.is_current), None)
    if current is not None:
        return current
    rows = reader.rows("FROM main.ops_run WHERE state = 'published' ORDER BY started_at DESC LIMIT 1")
    if not rows:
        raise QueryError("the warehouse holds no row of the run that published it: publish again")
    return Version(rows[0]["run_id"], rows[0]["run_id"], rows[0]["ended_at"], is_current=True)


def _contents(reader: Reader, current: Version, versions: list[Version]) -> Contents:
    published = reader.rows("FROM main.ops_run WHERE state = 'published' ORDER BY started_at DESC")
    this = next((run for run in published if run["run_id"] == current.run_id), None)
    if this is None:
        raise QueryError(f"version {current.name} holds no row of its own run {current.run_id}: publish again")
    before = next((run for run in published if run["started_at"] < this["started_at"]), None)
    # a rebuild reads again what is archived already: the data is as old as the last run that asked the portal
    asked = next((run for run in published if run["listed"] is not None), this)
    return Contents(
        version=current,
        newest_version=versions[0] if versions else current,
        counts=_counts(this),
        asked_at=asked["started_at"],
        newest_report_on=reader.query(_NEWEST)[1][0][0],
        news=_news(reader, this, before) if before else None,
        expired_corrections=reader.rows(_EXPIRED) if _is_there(reader, "fact_correction") else [],
        broken_sums=reader.rows(_BROKEN_SUMS) if _is_there(reader, "arithmetic") else [],
    )


def _news(reader: Reader, this: Row, before: Row) -> News:
    since = before["ended_at"] or before["started_at"]
    new = reader.rows(_NEW, [since])
    counts = _counts(before)
    return News(
        run_id=before["run_id"],
        since=since,
        reports=[row for row in new if row["revision"] == 1],
        revisions=[row for row in new if row["revision"] > 1],
        changed_figures=reader.query(_CHANGED_FIGURES, [since])[1][0][0] if _is_there(reader, "changes") else None,
        more={name: count - counts[name] for name, count in _counts(this).items()},
    )


def _counts(run: Row) -> dict[str, int]:
    return {name: run[name] or 0 for name in ("reports", "measures", "metrics", "quarantined", "warnings")}


def _is_there(reader: Reader, name: str) -> bool:
    """Whether a version has a table or view: one that was gone back to may be from before there was such a thing."""
    return bool(reader.query(_IS_THERE, [name])[1][0][0])
