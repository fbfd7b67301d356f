"""Read-only questions to a published warehouse: the command line, the picture book and exports ask through a `Reader`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from etl.errors import QueryError
from etl.publish.wording import one_line

Parameters = Sequence[Any] | Mapping[str, Any] | None


class Reader:
    """One read-only connection to one version of a warehouse: every answer comes from the same facts.

    All methods take one SQL statement with `?` or `$name` for parameters, and raise `QueryError` with DuckDB's own words on one line
    when it refuses the statement.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def query(self, sql: str, parameters: Parameters = None) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Column names and all rows."""
        try:
            result = self._connection.execute(sql, parameters)
            return [column[0] for column in result.description or ()], result.fetchall()
        except duckdb.Error as error:
            raise QueryError(one_line(error)) from error

    def rows(self, sql: str, parameters: Parameters = None) -> list[dict[str, Any]]:
        """All rows, each by the names of its columns."""
        columns, rows = self.query(sql, parameters)
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def batches(self, sql: str, parameters: Parameters = None, size: int = 10_000) -> pa.RecordBatchReader:
        """The rows as Arrow record batches of at most `size` rows, for results that should not be held whole."""
        try:
            return self._connection.execute(sql, parameters).to_arrow_reader(size)
        except duckdb.Error as error:
            raise QueryError(one_line(error)) from error
