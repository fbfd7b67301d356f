"""The verbs for people who read: `sql` answers one query, `status` says what the last run did."""

from __future__ import annotations

import csv
import json
import os
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from etl.settings import load_settings

_RUNS = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet take a text for a formula."""


class Format(StrEnum):
    """How `sql` prints its rows."""

    table = "table"
    csv = "csv"
    json = "json"


def sql(
    statement: Annotated[str, typer.Argument(help="One SQL statement; the views are in schema reporting.", metavar="SQL")],
    output: Annotated[
        Format,
        typer.Option(
            "--format", help="table for eyes, json for programs, csv for spreadsheets (texts that would run as formulas begin with ')."
        ),
    ] = Format.table,
) -> None:
    """Answer one query from the published warehouse, read-only."""
    from etl.publish.warehouses import open_warehouse

    with open_warehouse(load_settings()).read() as reader:
        columns, rows = reader.query(statement)
    if output is Format.csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(columns)
        writer.writerows([_to_cell(value) for value in row] for row in rows)
    elif output is Format.json:
        records = [dict(zip(columns, row, strict=True)) for row in rows]
        sys.stdout.write(json.dumps(records, ensure_ascii=False, default=_to_json) + "\n")
    else:
        print_rows(Console(), columns, rows)


def shell() -> None:
    """Open DuckDB's own shell on the published warehouse, read-only."""
    from etl.publish.warehouses import open_warehouse

    settings = load_settings()
    with open_warehouse(settings).read():
        version = settings.warehouse_path.resolve()
    duckdb_cli = Path(sys.executable).parent / "duckdb"
    os.execv(duckdb_cli, [str(duckdb_cli), "-readonly", str(version)])


def status() -> None:
    """Say what the last run did, what is published, and what is in quarantine."""
    from etl.cli.summary import print_status

    print_status(Console(), load_settings())


def print_rows(console: Console, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    """A table for the terminal; numbers to the right, no padding zeros."""
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for index, column in enumerate(columns):
        numeric = any(isinstance(row[index], int | float | Decimal) and not isinstance(row[index], bool) for row in rows)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(_to_text, row))
    console.print(table, highlight=False, markup=False)


def _to_cell(value: Any) -> Any:
    """A value that a spreadsheet shows and does not run: pages may hold =HYPERLINK(…). Numbers are no text, and stay."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_RUNS) else value


def _to_text(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, Decimal):
        return format(value.normalize(), ",f")
    if isinstance(value, datetime):
        return value.astimezone().isoformat(" ", "minutes")
    return str(value)


def _to_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
