"""What only a lake promises: snapshots named by run, one Parquet file a table, travel in time, files that are cleaned up."""

import dataclasses
import os
import signal
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from multiprocessing import get_context

import duckdb
import pytest

from etl.errors import PublishError, QueryError
from etl.publish.attaching import attach_lake, connect
from etl.publish.ducklake import DuckLake
from etl.schema import TABLES, VIEWS
from etl.schema.model import SQL_TYPES


def files_of(lake, pattern="*.parquet"):
    return sorted(path for path in lake.folder.rglob(pattern) if path.is_file())


def rows_of(lake, sql, options="READ_ONLY"):
    """An answer as an analyst gets it who attaches the lake."""
    with connect() as connection:
        attach_lake(connection, lake.words, options)
        connection.execute("USE lake")
        return connection.execute(sql).fetchall()


def publish(lake, make_inputs, *values, keep=9):
    for value in values:
        lake.publish(f"run-{value}", make_inputs(f"run-{value}", value=value), keep=keep)


def test_a_publication_is_one_snapshot_named_by_its_run(lake, make_inputs):
    publish(lake, make_inputs, 1, 2)
    rows = rows_of(lake, "SELECT snapshot_id, author, commit_message FROM ducklake_snapshots('lake') ORDER BY 1")
    assert rows == [(1, "etl", "run-1"), (2, "etl", "run-2")]
    assert [version.name for version in lake.versions()] == ["snapshot 2", "snapshot 1"]


def test_a_rollback_is_a_new_snapshot_under_the_old_name(lake, make_inputs):
    publish(lake, make_inputs, 1, 2)
    assert lake.rollback().name == "snapshot 3"
    assert rows_of(lake, "SELECT commit_message FROM ducklake_snapshots('lake') ORDER BY snapshot_id DESC LIMIT 1") == [("run-1",)]
    assert rows_of(lake, "SELECT DISTINCT value::INTEGER FROM main.fact_metric") == [(1,)]
    assert lake.rollback("run-1").name == "snapshot 3", "it is current already"


def test_a_rollback_brings_back_tables_and_views_as_they_were(lake, make_inputs):
    publish(lake, make_inputs, 1)
    layout = (
        "SELECT table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns() WHERE database_name = 'lake' ORDER BY ALL"
    )
    views = "SELECT view_name, sql, comment FROM duckdb_views() WHERE schema_name = 'reporting' ORDER BY ALL"
    before = rows_of(lake, layout), rows_of(lake, views)
    publish(lake, make_inputs, 2)
    lake.rollback()
    assert (rows_of(lake, layout), rows_of(lake, views)) == before
    for view in VIEWS:
        rows_of(lake, f"FROM reporting.{view}")


def test_tables_keep_their_types_nulls_and_comments(lake, make_inputs):
    publish(lake, make_inputs, 1)
    stored = {"TIMESTAMPTZ": "TIMESTAMP WITH TIME ZONE", "DECIMAL(20, 6)": "DECIMAL(20,6)"}
    expected = {
        (table.name, column.name, stored.get(SQL_TYPES[column.type], SQL_TYPES[column.type]), column.null, column.comment)
        for table in TABLES.values()
        for column in table.columns
    }
    found = rows_of(
        lake,
        "SELECT table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns() "
        "WHERE database_name = 'lake' AND schema_name = 'main'",
    )
    assert set(found) == expected
    tables = dict(rows_of(lake, "SELECT table_name, comment FROM duckdb_tables() WHERE database_name = 'lake' AND schema_name = 'main'"))
    assert tables == {name: table.comment for name, table in TABLES.items()}
    views = dict(rows_of(lake, "SELECT view_name, comment FROM duckdb_views() WHERE schema_name = 'reporting'"))
    assert views == {name: view.comment for name, view in VIEWS.items()}


def test_values_dates_and_times_are_what_they_were(lake, make_inputs):
    lake.publish("run-1", make_inputs("run-1", value="0.123456"), keep=9)
    assert rows_of(lake, "SELECT DISTINCT value FROM main.fact_metric") == [(Decimal("0.123456"),)]
    row = "SELECT published_on, first_seen_at AT TIME ZONE 'UTC' FROM main.dim_report"
    assert rows_of(lake, row) == [(date(2024, 2, 1), datetime(2024, 3, 1))]  # noqa: DTZ001 - the question was for UTC


def test_a_table_is_one_parquet_file_a_snapshot(lake, make_inputs):
    publish(lake, make_inputs, 1, 2)
    counts = {}
    for path in files_of(lake):
        counts[path.parent.name] = counts.get(path.parent.name, 0) + 1
    filled = [table for table in TABLES if rows_of(lake, f"SELECT count(*) FROM main.{table}") != [(0,)]]
    assert counts == dict.fromkeys(filled, 2)


def test_one_travels_in_time_by_snapshot_and_by_hour(lake, make_inputs):
    publish(lake, make_inputs, 1)
    time.sleep(0.01)
    between = datetime.now(UTC)
    publish(lake, make_inputs, 2)
    question = "SELECT DISTINCT value::INTEGER FROM reporting.metrics"
    assert rows_of(lake, question) == [(2,)]
    assert rows_of(lake, f"{question} AT (VERSION => 1)") == [(1,)]
    assert rows_of(lake, f"{question} AT (TIMESTAMP => TIMESTAMPTZ '{between.isoformat()}')") == [(1,)]
    assert rows_of(lake, question, "SNAPSHOT_VERSION 1") == [(1,)]


def test_what_is_not_kept_loses_its_snapshot_and_its_files(lake, make_inputs):
    publish(lake, make_inputs, 1)
    one = len(files_of(lake))
    publish(lake, make_inputs, 2, 3, 4, keep=2)
    assert [version.run_id for version in lake.versions()] == ["run-4", "run-3"]
    assert len(files_of(lake)) == 2 * one


def test_the_current_version_is_kept_even_when_it_is_old(lake, make_inputs):
    publish(lake, make_inputs, 1, 2, 3)
    lake.rollback("run-1")
    with pytest.raises(PublishError):
        lake.publish("run-4", make_inputs("run-4", excluded={"report-1"}), keep=1)
    assert rows_of(lake, "SELECT DISTINCT value::INTEGER FROM main.fact_metric") == [(1,)]


def test_within_the_grace_nothing_is_taken_from_an_open_reader(lake, make_inputs):
    patient = dataclasses.replace(lake, grace=timedelta(hours=1))
    publish(patient, make_inputs, 1, keep=1)
    with patient.read() as reader:
        publish(patient, make_inputs, 2, 3, keep=1)
        assert reader.query("SELECT DISTINCT value::INTEGER FROM reporting.metrics")[1] == [(1,)]
    publish(lake, make_inputs, 4, keep=1)
    assert [version.run_id for version in lake.versions()] == ["run-4"]


def test_a_reader_of_an_expired_snapshot_is_told(lake, make_inputs):
    publish(lake, make_inputs, 1, keep=1)
    with lake.read() as reader:
        publish(lake, make_inputs, 2, keep=1)
        with pytest.raises(QueryError, match="No snapshot found at version 1"):
            reader.query("FROM main.fact_metric")


def test_a_failed_publication_leaves_no_files(lake, make_inputs):
    publish(lake, make_inputs, 1)
    before = files_of(lake)
    with pytest.raises(PublishError, match="holds no report"):
        lake.publish("run-2", make_inputs("run-2", excluded={"report-1"}), keep=9)
    assert files_of(lake) == before
    assert list(lake.scratch.iterdir()) == []


def test_nobody_writes_beside_the_files_of_the_lake(lake, make_inputs):
    publish(lake, make_inputs, 1, 2)
    before = files_of(lake, "*")
    copy = f"COPY main.fact_metric TO '{lake.folder}/x.csv'"
    with lake.read() as reader:
        for statement in (
            copy,
            f"EXPLAIN ANALYZE {copy}",
            f"PREPARE p AS {copy}",
            f"EXPORT DATABASE '{lake.folder}/x'",
            f"ATTACH '{lake.folder}/x.duckdb'",
            "CALL ducklake_expire_snapshots('lake', versions => [1])",
            "CALL postgres_execute('__ducklake_metadata_lake', 'DROP TABLE public.ducklake_view')",
        ):
            with pytest.raises(QueryError) as caught:
                reader.query(statement)
            assert "\n" not in str(caught.value)
            with pytest.raises(QueryError):
                reader.batches(statement)
        assert reader.query("SELECT count(*) FROM reporting.metrics")[1] == [(2,)]
    assert files_of(lake, "*") == before


def publish_and_wait(lake, inputs, reached):
    """A publication that stops before it commits, for a test to kill it there or to come second."""

    def wait(connection):
        reached.set()
        time.sleep(120)

    import etl.publish.ducklake as module

    module.check = wait
    lake.publish(inputs.run_id, inputs, keep=9)


@pytest.fixture
def halfway(lake, make_inputs):
    """A process that has written everything of run-2 and not committed."""
    publish(lake, make_inputs, 1)
    context = get_context("spawn")
    reached = context.Event()
    process = context.Process(target=publish_and_wait, args=(lake, make_inputs("run-2", value=2), reached))
    process.start()
    assert reached.wait(60)
    yield process
    process.kill()
    process.join(60)


def test_two_publishers_at_once_are_one_too_many(lake, make_inputs, halfway):
    with pytest.raises(PublishError, match=r"another run is publishing to ducklake:postgres:.*: wait for it"):
        publish(lake, make_inputs, 3)
    assert rows_of(lake, "SELECT DISTINCT value::INTEGER FROM main.fact_metric") == [(1,)]
    assert (lake.scratch / ".lake.duckdb.part").exists(), "the file of the first is left alone"


def test_what_a_killed_publication_left_is_cleaned_by_the_next(lake, make_inputs, halfway):
    published = set(files_of(lake))
    os.kill(halfway.pid, signal.SIGKILL)
    halfway.join(60)
    assert [version.run_id for version in lake.versions()] == ["run-1"]
    left = [path for path in files_of(lake) if rows_of(lake, f"SELECT count(*) FROM ducklake_list_files('lake', '{path.parent.name}')")]
    assert left
    deadline = time.monotonic() + 60
    while True:
        try:
            publish(lake, make_inputs, 3)
            break
        except PublishError:  # the server has not noticed yet that its client is gone
            assert time.monotonic() < deadline
            time.sleep(0.1)
    filled = len({path.parent for path in published})
    assert len(files_of(lake)) == 2 * filled
    assert list(lake.scratch.iterdir()) == []


def test_a_snapshot_of_somebody_else_is_no_version(lake, make_inputs):
    """Readers keep to publications, and the next one removes what it has not made."""
    publish(lake, make_inputs, 1)
    with connect() as connection:
        attach_lake(connection, lake.words, "DATA_INLINING_ROW_LIMIT 0")
        connection.execute("CREATE TABLE lake.main.notes (a INTEGER)")
    assert [version.is_current for version in lake.versions()] == [True]
    assert lake.versions()[0].run_id == "run-1"
    with lake.read() as reader, pytest.raises(QueryError, match="notes"):
        reader.query("FROM main.notes")
    publish(lake, make_inputs, 2)
    with lake.read() as reader, pytest.raises(QueryError, match="notes"):
        reader.query("FROM main.notes")


def test_the_catalogue_knows_where_the_files_are(lake, make_inputs, tmp_path):
    publish(lake, make_inputs, 1)
    elsewhere = DuckLake(lake.words, tmp_path / "another" / "lake", tmp_path / "another")
    with elsewhere.read() as reader:
        assert reader.query("SELECT DISTINCT value::INTEGER FROM reporting.metrics")[1] == [(1,)]
    with duckdb.connect() as plain:
        pattern = str(lake.folder / "main" / "fact_metric" / "*.parquet")
        assert plain.execute("SELECT DISTINCT value::INTEGER FROM read_parquet(?)", [pattern]).fetchall() == [(1,)]
