"""Check a filled catalogue before anyone is led to it: every table and view can be read, grain and references hold, reports are there.

In: a connection as readers get it (read-only will do). Out: nothing, or a `PublishError` that names the first fault.
"""

from __future__ import annotations

import duckdb

from etl.errors import PublishError
from etl.publish.wording import QUIET
from etl.schema import TABLES, VIEWS, Table


def check(connection: duckdb.DuckDBPyConnection) -> None:
    """Read everything once.

    Grain and references are counted here whatever the catalogue declares: DuckDB's foreign keys would forbid the order-free load, and
    a DuckLake knows no keys at all.

    Raises:
        PublishError: a doubled key, a reference to nothing, or no report.
        duckdb.Error: a table or view cannot be read.
    """
    connection.execute(QUIET)
    for table in TABLES.values():
        _read_all(connection, f"main.{table.name}")
        _check_grain(connection, table)
        _check_references(connection, table)
    for name in VIEWS:
        _read_all(connection, f"reporting.{name}")
    if not _number(connection, "SELECT count(*) FROM main.dim_report"):
        raise PublishError("the new warehouse holds no report")


def _read_all(connection: duckdb.DuckDBPyConnection, relation: str) -> None:
    """Read every column of every row: a count would be answered from statistics."""
    connection.execute(f"SELECT bit_xor(hash(*COLUMNS(*))) FROM {relation}").fetchone()


def _check_grain(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    key = ", ".join(f'"{name}"' for name in table.key)
    query = f"SELECT coalesce(sum(n) - count(*), 0) FROM (SELECT count(*) AS n FROM main.{table.name} GROUP BY {key})"
    if doubled := _number(connection, query):
        raise PublishError(f"{doubled} rows of {table.name} repeat a key ({', '.join(table.key)}): its grain is {table.grain}")


def _check_references(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    for column in table.columns:
        if column.references is None:
            continue
        target, _, key = column.references.partition(".")
        orphans = _number(
            connection,
            f'SELECT count(*) FROM main.{table.name} AS t WHERE "{column.name}" IS NOT NULL '
            f'AND NOT EXISTS (SELECT 1 FROM main.{target} AS p WHERE p."{key}" = t."{column.name}")',
        )
        if orphans:
            raise PublishError(f"{orphans} rows of {table.name}.{column.name} point to no row of {column.references}")


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
