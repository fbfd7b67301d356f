"""What a person sees when a run has ended: counts, where the warehouse is, some rows, and what to try next."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rich.console import Console

from etl.cli.warehouse import print_rows
from etl.errors import QueryError
from etl.ops import OpsLog
from etl.publish.reading import Reader
from etl.publish.warehouses import open_warehouse
from etl.settings import Settings

_EXAMPLE_ROWS = """
    SELECT organization_short AS body, report_year AS year, label, quote, value, unit, kind
    FROM reporting.metrics
    WHERE NOT is_sample OR metric_code IS NOT NULL
    ORDER BY is_sample, metric_code IS NULL, abs(char_start - 3000)
    LIMIT 5
"""


_EXPIRED = """
    SELECT c.name AS correction, o.short_name AS body, report_year AS year, expect AS words, source_url AS url
    FROM main.fact_correction AS c JOIN main.dim_report USING (report_id) JOIN main.dim_organization AS o USING (organization_id)
    WHERE c.state = 'expired' ORDER BY c.name
"""
_HAS_CORRECTIONS = "SELECT 1 FROM duckdb_tables() WHERE table_name = 'fact_correction'"

_BROKEN_SUMS = """
    SELECT organization_short AS body, report_year AS year, expression, expected, coalesce(other_sentence || ' … ', '') || sentence AS words
    FROM reporting.arithmetic WHERE NOT holds ORDER BY ALL
"""


def print_summary(console: Console, settings: Settings) -> None:
    """Counts of the run just published, five rows of reporting.metrics, the next commands."""
    _print_counts(console, next(OpsLog(settings.ops_dir).runs()))
    warehouse = open_warehouse(settings)
    console.print(f"\nwarehouse  {warehouse.describe()}", highlight=False, soft_wrap=True)
    console.print("\nfive rows of reporting.metrics, the real report first:", style="bold")
    with warehouse.read() as reader:
        print_rows(console, *reader.query(_EXAMPLE_ROWS))
    console.print("\nnext", style="bold")
    for command, what in (
        ("make sql", "a read-only SQL shell on the warehouse"),
        ('make query SQL="FROM reporting.metric_trends LIMIT 9"', "one question"),
        ("make status", "what the last run did"),
        ("make test", "the tests"),
    ):
        console.print(f"  {command:<55} {what}", highlight=False, soft_wrap=True)


def print_status(console: Console, settings: Settings) -> None:
    """The last run, the last publication, what is in quarantine, and what the published reports leave to look at."""
    ops = OpsLog(settings.ops_dir)
    runs = list(ops.runs())
    if not runs:
        raise QueryError(f"no run below {settings.home} yet: run `make run` first")
    last = runs[0]
    console.print(
        f"last run   {last['run_id']}  {last['state']}  ({last['source']}, started {_minute(last['started_at'])})", highlight=False
    )
    if last["error"]:
        console.print(f"           {last['error']}", style="red", highlight=False, soft_wrap=True)
    unread = (last.get("unread_lists") or "").splitlines()
    if unread:
        console.print(f"           {len(unread)} optional lists could not be read", style="yellow", highlight=False)
        for line in unread:
            console.print(f"           {line}", highlight=False, markup=False, soft_wrap=True)
    warehouse = open_warehouse(settings)
    published = next((row for row in runs if row["state"] == "published"), None)
    if published is None:
        console.print("published  nothing yet")
    else:
        console.print(f"published  {warehouse.describe()}  ({_minute(published['ended_at'])})", highlight=False, soft_wrap=True)
        _print_counts(console, published)
    quarantine = ops.read("ops_quarantine", last["run_id"])
    if quarantine:
        console.print("\nin quarantine", style="bold")
        rows = [(row["title"], row["stage"], row["rule"], row["reason"], row["source_url"]) for row in quarantine]
        print_rows(console, ["title", "stage", "rule", "reason", "url"], rows)
    if warehouse.versions():
        with warehouse.read() as reader:
            _print_to_look_at(console, reader)


def _print_to_look_at(console: Console, reader: Reader) -> None:
    """Corrections that have expired, and sums that do not hold; none of it in a warehouse from before there were such tables."""
    if not reader.query(_HAS_CORRECTIONS)[1]:
        return
    for title, sql in (
        ("corrections that have expired: look whether the source was mended, then remove them", _EXPIRED),
        ("arithmetic of the reports that does not hold", _BROKEN_SUMS),
    ):
        columns, rows = reader.query(sql)
        if rows:
            console.print(f"\n{title}", style="bold")
            print_rows(console, columns, rows)


def _minute(time: datetime) -> str:
    return f"{time.astimezone():%Y-%m-%d %H:%M}"


def _print_counts(console: Console, row: dict[str, Any]) -> None:
    names = {"reports": "reports", "measures": "measures 举措", "metrics": "metrics 数字"}
    names |= {"quarantined": "quarantined", "warnings": "warnings"}
    console.print("  ".join(f"[bold]{row[key] or 0:,}[/] {name}" for key, name in names.items()), highlight=False)
