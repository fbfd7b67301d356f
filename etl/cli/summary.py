"""What a person sees when a run has ended: counts, where the warehouse is, some rows, and what to try next."""

from __future__ import annotations

from typing import Any

from rich.console import Console

from etl.cli.tables import print_rows
from etl.ops import OpsLog
from etl.publish.warehouses import open_warehouse
from etl.settings import Settings

_EXAMPLE_ROWS = """
    SELECT organization_short AS body, report_year AS year, label, quote, value, unit, kind
    FROM reporting.metrics
    WHERE NOT is_sample OR metric_code IS NOT NULL
    ORDER BY is_sample, metric_code IS NULL, abs(char_start - 3000)
    LIMIT 5
"""


def print_summary(console: Console, settings: Settings) -> None:
    """Counts of the run just published, five rows of reporting.metrics, the next commands."""
    print_counts(console, next(OpsLog(settings.ops_dir).runs()))
    warehouse = open_warehouse(settings)
    console.print(f"\nwarehouse  {warehouse.describe()}", highlight=False, soft_wrap=True)
    if (book := settings.report_dir / "index.html").is_file():
        console.print(f"picture book 图册  {book.resolve()}", highlight=False, soft_wrap=True)
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


def print_counts(console: Console, row: dict[str, Any]) -> None:
    """One line: the counts of a row of ops_run."""
    names = {"reports": "reports", "measures": "measures 举措", "metrics": "metrics 数字"}
    names |= {"quarantined": "quarantined", "warnings": "warnings"}
    console.print("  ".join(f"[bold]{row[key] or 0:,}[/] {name}" for key, name in names.items()), highlight=False, soft_wrap=True)
