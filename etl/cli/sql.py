"""The verb `sql`: one question to the published warehouse, read-only, printed batch by batch."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from etl.cli.tables import print_rows
from etl.errors import QueryError
from etl.export.cells import csv_cell, json_line, rows_of
from etl.settings import load_settings

_TABLE_ROWS = 100


class Format(StrEnum):
    """How `sql` prints its rows."""

    table = "table"
    csv = "csv"
    json = "json"
    jsonl = "jsonl"


def sql(
    statement: Annotated[
        str | None, typer.Argument(help="One SQL statement, or - to read it from standard input.", metavar="SQL|-")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="Read the statement from this file (- is standard input).", metavar="F")
    ] = None,
    output: Annotated[
        Format,
        typer.Option(
            "--format",
            help="table for eyes; csv for spreadsheets (texts that would run as formulas begin with '); "
            "json: one array; jsonl: one object a line.",
        ),
    ] = Format.table,
    limit: Annotated[
        int | None,
        typer.Option(min=0, help=f"Rows to print at most; 0: all. Default: {_TABLE_ROWS} for a table, else all.", show_default=False),
    ] = None,
) -> None:
    """Answer one query from the published warehouse, read-only: etl sql "FROM reporting.metrics WHERE report_year = 2023".

    The views for readers are in schema reporting, the tables behind them in schema main; SHOW ALL TABLES lists both, and
    DESCRIBE reporting.metrics lists columns. Errors are in DuckDB's words.
    """
    from etl.publish.warehouses import open_warehouse

    words = _statement(statement, file)
    if limit is None:
        limit = _TABLE_ROWS if output is Format.table else 0
    with open_warehouse(load_settings()).read() as reader:
        answer = reader.batches(words)
        rows = (row for batch in answer for row in rows_of(batch))
        _WRITERS[output](list(answer.schema.names), islice(rows, limit or None))
        if next(rows, None) is not None:
            sys.stdout.flush()
            sys.stderr.write(f"only the first {limit:,} rows are shown, there are more: --limit 0 prints all\n")


def _statement(statement: str | None, file: Path | None) -> str:
    """The SQL, from the argument, a file or standard input."""
    if (statement is None) == (file is None):
        raise typer.BadParameter("give one of: the SQL statement, - for standard input, --file F")
    place = file if file is not None else Path("-") if statement == "-" else None
    if place is None:
        words = statement or ""
    else:
        try:
            raw = sys.stdin.buffer.read() if place == Path("-") else place.read_bytes()
            words = raw.decode("utf-8-sig")
        except OSError as error:
            raise QueryError(f"{place}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise QueryError(f"{place}: not UTF-8 (byte {error.start}); save it as UTF-8 first") from error
    return words


def _write_table(columns: list[str], rows: Iterator[tuple[Any, ...]]) -> None:
    print_rows(Console(), columns, list(rows))


def _write_csv(columns: list[str], rows: Iterator[tuple[Any, ...]]) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(map(csv_cell, columns))
    writer.writerows(map(csv_cell, row) for row in rows)


def _write_json(columns: list[str], rows: Iterator[tuple[Any, ...]]) -> None:
    sys.stdout.write("[")
    for number, row in enumerate(rows):
        sys.stdout.write((",\n" if number else "") + json_line(columns, row))
    sys.stdout.write("]\n")


def _write_jsonl(columns: list[str], rows: Iterator[tuple[Any, ...]]) -> None:
    sys.stdout.writelines(json_line(columns, row) + "\n" for row in rows)


_WRITERS = {Format.table: _write_table, Format.csv: _write_csv, Format.json: _write_json, Format.jsonl: _write_jsonl}
