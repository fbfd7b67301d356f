"""Fill an empty catalogue from the Parquet files of a run: tables, rows, views, and what the run says of itself.

In: a connection whose default catalogue is empty and can be written; facts, ops rows and the metric catalogue as files.
Out: tables, comments and views in schemas main and reporting of that catalogue. Everything is made anew each time; nothing of an
older warehouse is read. Where the catalogue lies and how it becomes the published one is the business of whoever opened it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

import duckdb

from etl.publish.inputs import Inputs
from etl.publish.wording import QUIET
from etl.schema import REPORT_TABLES, TABLES, VIEWS, Table, ddl
from etl.settings import PROJECT_DIR

WAREHOUSE_DIR = PROJECT_DIR / "warehouse"
_CATALOGUE = ("dim_metric", "dim_theme", "dim_denominator")

STORED_VIEWS = ("citations", "changes", "findings")
"""Views whose rows are worked out when they are published: over a million figures each question would take too long."""

_LATEST_LEFT_IS_CURRENT = """
    UPDATE main.dim_report SET is_current = true
    FROM (SELECT document_id, max(revision) AS revision FROM main.dim_report GROUP BY document_id HAVING NOT bool_or(is_current)) AS latest
    WHERE dim_report.document_id = latest.document_id AND dim_report.revision = latest.revision
"""
# A revision in quarantine leaves the last good one current.

_REPORTS_IN_ORDER = """
    SELECT report_id, row_number() OVER (ORDER BY organization_id, report_year, revision, report_id)::INTEGER AS place FROM main.dim_report
"""


def fill(connection: duckdb.DuckDBPyConnection, inputs: Inputs, *, stored: Collection[str] = STORED_VIEWS) -> dict[str, int]:
    """Make and load all tables, make the views (those of `stored` as tables), and return the counts of `count_facts`.

    Raises:
        duckdb.Error: the rows break the schema (types, nulls), or a view cannot be made.
    """
    connection.execute(QUIET)
    connection.execute("SET TimeZone = 'UTC'")
    # one transaction: else each of some hundred statements would be synced to disk by itself
    connection.execute("BEGIN")
    connection.execute(ddl(keys=False))  # declared keys cost a third of the time; `etl.publish.checks` counts them
    connection.execute("COMMIT")
    for table in TABLES.values():
        if table.layer != "derived":
            _load_table(connection, table, inputs)
    if inputs.excluded_reports:
        connection.execute(_LATEST_LEFT_IS_CURRENT)
    for table in TABLES.values():
        if table.layer == "derived":
            _derive(connection, table)
    _create_views(connection, stored)
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
    source, parameters = _source(table, inputs)
    if source is None:
        return
    columns = ", ".join(f't."{name}"' for name in table.column_names)
    where = ""
    if table.name in REPORT_TABLES and inputs.excluded_reports:
        # a plan beside a report that is left out has no place either
        reports = dict.fromkeys(["report_id", *(column.name for column in table.columns if column.references == "dim_report.report_id")])
        where = "WHERE " + " AND ".join(f"NOT list_contains(?, t.{name})" for name in reports)
        parameters += [sorted(inputs.excluded_reports)] * len(reports)
    join, order = _order(table)
    connection.execute(f"INSERT INTO main.{table.name} SELECT {columns} FROM {source} AS t {join} {where} ORDER BY {order}", parameters)


def _derive(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """What takes long to find in the facts and depends on which revisions are current: a query of warehouse/derived, asked once."""
    query = (WAREHOUSE_DIR / "derived" / f"{table.name}.sql").read_text(encoding="utf-8")
    connection.execute(f"INSERT INTO main.{table.name} BY NAME {query}")


def _source(table: Table, inputs: Inputs) -> tuple[str | None, list[object]]:
    """What a table is read from, and the parameters of it; no source where no run has left a file."""
    if table.name in _CATALOGUE:
        file = WAREHOUSE_DIR / "catalogue" / f"{table.name.removeprefix('dim_')}s.csv"
        return "read_csv(?, header = true, all_varchar = true)", [str(file)]
    folder = inputs.ops_dir if table.layer == "ops" else inputs.facts_dir
    files = sorted(str(file) for file in (folder / table.name).glob("*.parquet"))
    if not files:
        return None, []
    if table.layer == "ops":
        # what happened in runs of older versions lacks columns of today, perhaps in every file
        return f"(FROM main.{table.name} UNION ALL BY NAME FROM read_parquet(?, union_by_name = true))", [files]
    return "read_parquet(?)", [files]


def _order(table: Table) -> tuple[str, str]:
    """A join and an ORDER BY: facts lie by body, year and place in the text, so that what is asked for together lies together."""
    key = [f't."{name}"' for name in table.key]
    if table.name == "dim_report":
        return "", "t.organization_id, t.report_year, t.revision, t.report_id"
    if table.name in REPORT_TABLES:
        start = ["t.char_start"] if "char_start" in table.column_names else []
        return f"LEFT JOIN ({_REPORTS_IN_ORDER}) AS r USING (report_id)", ", ".join(["r.place", *start, *key])
    run = ["t.run_id"] if "run_id" in table.column_names else []
    return "", ", ".join([*run, *key])


def _create_views(connection: duckdb.DuckDBPyConnection, stored: Collection[str]) -> None:
    connection.execute("BEGIN")
    connection.execute("CREATE SCHEMA reporting")
    for view in VIEWS.values():
        connection.execute(view.to_sql(stored=view.name in stored))
    connection.execute("COMMIT")


def _close_run(connection: duckdb.DuckDBPyConnection, run_id: str, counts: dict[str, int]) -> None:
    """The new version says of its own run that it published, since nobody sees the version unless it did."""
    connection.execute(
        "UPDATE main.ops_run SET state = 'published', ended_at = ?, reports = ?, measures = ?, metrics = ? WHERE run_id = ?",
        [datetime.now(UTC), counts["reports"], counts["measures"], counts["metrics"], run_id],
    )
