"""Read-only queries of the published warehouse, for the command line and the summaries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from etl.errors import QueryError
from etl.publish.build import one_line


@contextmanager
def open_warehouse(link: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the version that the link points to now, with no access to other files.

    Raises:
        QueryError: there is no warehouse yet, or it cannot be opened.
    """
    if not link.exists():
        raise QueryError(f"no warehouse at {link}: run `make run` first")
    try:
        connection = duckdb.connect(str(link.resolve()), read_only=True, config={"enable_external_access": "false"})
    except duckdb.Error as error:
        raise QueryError(f"cannot open {link}: {one_line(error)}") from error
    with connection:
        connection.execute("SET TimeZone = 'Asia/Shanghai'")
        yield connection


def query(link: Path, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Column names and all rows of one statement.

    Raises:
        QueryError: DuckDB refuses the statement, or it returns nothing to show.
    """
    with open_warehouse(link) as connection:
        try:
            result = connection.execute(sql)
            return [column[0] for column in result.description or ()], result.fetchall()
        except duckdb.Error as error:
            raise QueryError(one_line(error)) from error
