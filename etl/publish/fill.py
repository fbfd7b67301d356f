"""Fill an empty catalogue from the Parquet files of a run: tables, rows, views, and what the run says of itself.

In: a connection whose default catalogue is empty and can be written; facts, ops rows and the metric catalogue as files.
Out: tables, comments and views in schemas main and reporting of that catalogue. Everything is made anew each time; nothing of an
older warehouse is read. Where the catalogue lies and how it becomes the published one is the business of whoever opened it.
"""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb

from etl.publish.inputs import Inputs
from etl.schema import REPORT_TABLES, TABLES, VIEWS, Table, ddl
from etl.settings import PROJECT_DIR

WAREHOUSE_DIR = PROJECT_DIR / "warehouse"

_LATEST_LEFT_IS_CURRENT = """
    UPDATE main.dim_report SET is_current = true
    FROM (SELECT document_id, max(revision) AS revision FROM main.dim_report GROUP BY document_id HAVING NOT bool_or(is_current)) AS latest
    WHERE dim_report.document_id = latest.document_id AND dim_report.revision = latest.revision
"""
# A revision in quarantine leaves the last good one current.


def fill(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> dict[str, int]:
    """Make and load all tables, make the views, and return the counts of `count_facts`.

    Raises:
        duckdb.Error: the rows break the schema (types, nulls, keys), or a view cannot be made.
    """
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(ddl())
    for table in TABLES.values():
        _load_table(connection, table, inputs)
    if inputs.excluded_reports:
        connection.execute(_LATEST_LEFT_IS_CURRENT)
    _create_views(connection)
    counts = count_facts(connection)
    _close_run(connection, inputs.run_id, counts)
    return counts


def count_facts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Current reports, their measures and figures, and all revisions."""
    query = """
        SELECT
            (SELECT count(*) FROM main.dim_report WHERE is_current) AS reports,
            (SELECT count(*) FROM main.dim_report) AS revisions,
            (SELECT count(*) FROM reporting.measures) AS measures,
            (SELECT count(*) FROM reporting.metrics) AS metrics
    """
    result = connection.execute(query)
    names = [column[0] for column in result.description or ()]
    return dict(zip(names, result.fetchone() or (), strict=True))


def _load_table(connection: duckdb.DuckDBPyConnection, table: Table, inputs: Inputs) -> None:
    columns = ", ".join(f'"{name}"' for name in table.column_names)
    order = ", ".join(f'"{name}"' for name in table.key)
    parameters: list[object]
    if table.name in {"dim_metric", "dim_theme", "dim_denominator"}:
        file = WAREHOUSE_DIR / "catalogue" / f"{table.name.removeprefix('dim_')}s.csv"
        source = "read_csv(?, header = true, all_varchar = true)"
        parameters = [str(file)]
    else:
        folder = inputs.ops_dir if table.layer == "ops" else inputs.facts_dir
        files = sorted(str(file) for file in (folder / table.name).glob("*.parquet"))
        if not files:
            return
        # what happened in runs of older versions lacks columns of today
        source = "read_parquet(?, union_by_name = true)" if table.layer == "ops" else "read_parquet(?)"
        parameters = [files]
    where = ""
    if table.name in REPORT_TABLES and inputs.excluded_reports:
        where = "WHERE NOT list_contains(?, report_id)"
        parameters.append(sorted(inputs.excluded_reports))
    connection.execute(f"INSERT INTO main.{table.name} ({columns}) SELECT {columns} FROM {source} {where} ORDER BY {order}", parameters)


def _create_views(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("CREATE SCHEMA reporting")
    for view in VIEWS.values():
        connection.execute(view.to_sql())


def _close_run(connection: duckdb.DuckDBPyConnection, run_id: str, counts: dict[str, int]) -> None:
    """The new version says of its own run that it published, since nobody sees the version unless it did."""
    connection.execute(
        "UPDATE main.ops_run SET state = 'published', ended_at = ?, reports = ?, measures = ?, metrics = ? WHERE run_id = ?",
        [datetime.now(UTC), counts["reports"], counts["measures"], counts["metrics"], run_id],
    )
