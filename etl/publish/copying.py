"""Replace everything in a lake by what another catalogue holds: tables with types, NOT NULL and rows, views, comments.

In: a connection with both catalogues attached and a transaction begun. What is copied is a file just filled, or an older snapshot of
the lake itself. Every table becomes one Parquet file, since its rows are written once and in one statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import duckdb

from etl.publish.attaching import quoted


class ViewText(NamedTuple):
    """A view of schema reporting: its name, its CREATE VIEW statement, its comment."""

    name: str
    statement: str
    comment: str | None


def replace_all(connection: duckdb.DuckDBPyConnection, source: str, target: str, views: Sequence[ViewText]) -> None:
    """Empty `target`, copy the tables of `source` into it, and make `views`, which stand in the order in which that can be done.

    The views come as texts and not from `source`: a DuckDB file that was closed tells `a CROSS JOIN b LEFT JOIN c` as
    `a, b LEFT JOIN c`, which binds differently.

    Primary keys are left behind, and comments on columns of views: DuckLake knows neither.
    """
    _drop_all(connection, target)
    tables = connection.execute(
        "SELECT table_name, comment FROM duckdb_tables() WHERE database_name = ? AND schema_name = 'main' ORDER BY table_name", [source]
    ).fetchall()
    for table, comment in tables:
        _copy_table(connection, source, target, table, comment)
    connection.execute(f"CREATE SCHEMA {target}.reporting")
    for view in views:
        _make_view(connection, target, view)


def views_of_snapshot(connection: duckdb.DuckDBPyConnection, name: str, order: Sequence[str]) -> list[ViewText]:
    """The views of an attached snapshot, in the order of those names: DuckLake does not know which was made first."""
    query = "SELECT view_name, sql, comment FROM duckdb_views() WHERE database_name = ? AND schema_name = 'reporting'"
    return sorted((ViewText(*row) for row in connection.execute(query, [name]).fetchall()), key=lambda view: order.index(view.name))


def _drop_all(connection: duckdb.DuckDBPyConnection, target: str) -> None:
    connection.execute(f"DROP SCHEMA IF EXISTS {target}.reporting CASCADE")
    old = "SELECT table_name FROM duckdb_tables() WHERE database_name = ? AND schema_name = 'main'"
    for (table,) in connection.execute(old, [target]).fetchall():
        connection.execute(f'DROP TABLE {target}.main."{table}"')


def _copy_table(connection: duckdb.DuckDBPyConnection, source: str, target: str, table: str, comment: str | None) -> None:
    columns = connection.execute(
        "SELECT column_name, data_type, is_nullable, comment FROM duckdb_columns() "
        "WHERE database_name = ? AND schema_name = 'main' AND table_name = ? ORDER BY column_index",
        [source, table],
    ).fetchall()
    place = f'{target}.main."{table}"'
    body = ", ".join(f'"{name}" {kind}{"" if nullable else " NOT NULL"}' for name, kind, nullable, _ in columns)
    connection.execute(f"CREATE TABLE {place} ({body})")
    _comment(connection, f"TABLE {place}", comment)
    for name, _, _, words in columns:
        _comment(connection, f'COLUMN {place}."{name}"', words)
    connection.execute(f'INSERT INTO {place} FROM {source}.main."{table}"')


def _make_view(connection: duckdb.DuckDBPyConnection, target: str, view: ViewText) -> None:
    """The statement names no catalogue, and is bound within that of the view, whatever a reader calls it."""
    place = f'{target}.reporting."{view.name}"'
    connection.execute(re.sub(r"CREATE VIEW \S+", f"CREATE VIEW {place}", view.statement, count=1))
    _comment(connection, f"VIEW {place}", view.comment)


def _comment(connection: duckdb.DuckDBPyConnection, what: str, words: str | None) -> None:
    if words is not None:
        connection.execute(f"COMMENT ON {what} IS {quoted(words)}")
