"""Read-only questions to a published warehouse: the command line, the picture book and exports ask through a `Reader`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from etl.errors import QueryError
from etl.publish.wording import QUIET, one_line, picture

Parameters = Sequence[Any] | Mapping[str, Any] | None


class Reader:
    """One read-only connection to one version of a warehouse: every answer comes from the same facts.

    All methods take one SQL statement with `?` or `$name` for parameters, and raise `QueryError` with DuckDB's own words on one line
    when it refuses the statement, or where there is none or more than one.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        connection.execute(QUIET)

    def query(self, sql: str, parameters: Parameters = None) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Column names and all rows."""
        try:
            result = self._execute(sql, parameters)
            return [column[0] for column in result.description or ()], result.fetchall()
        except duckdb.Error as error:
            raise _refusal(error) from error

    def rows(self, sql: str, parameters: Parameters = None) -> list[dict[str, Any]]:
        """All rows, each by the names of its columns."""
        columns, rows = self.query(sql, parameters)
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def batches(self, sql: str, parameters: Parameters = None, size: int = 10_000) -> pa.RecordBatchReader:
        """The rows as Arrow record batches of at most `size` rows, for results that should not be held whole."""
        try:
            answer = self._execute(sql, parameters).to_arrow_reader(size)
        except duckdb.Error as error:
            raise _refusal(error) from error
        return pa.RecordBatchReader.from_batches(answer.schema, _told(answer))

    def _execute(self, sql: str, parameters: Parameters) -> duckdb.DuckDBPyConnection:
        statements = [each for each in self._connection.extract_statements(sql) if not _is_made(each)]
        if len(statements) != 1:
            raise QueryError(f"{len(statements) or 'no'} SQL statements: ask one at a time")
        return self._connection.execute(sql, parameters)


def _is_made(statement: duckdb.Statement) -> bool:
    """Whether DuckDB made the statement itself: for PIVOT it creates a type first, which nobody has written."""
    return statement.type == duckdb.StatementType.CREATE and not statement.query


def _told(answer: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    """The batches; what DuckDB finds while it makes them (a text that is no number, in row 900,000) arrives as an OSError."""
    try:
        yield from answer
    except OSError as error:
        raise _refusal(error) from error


def _refusal(error: Exception) -> QueryError:
    return QueryError(one_line(error), picture(error))
