import multiprocessing
import stat
import time

import duckdb
import pytest

from etl.errors import PublishError, QueryError
from etl.publish.duckdb_file import DuckDBFile


def value_of(link):
    return query(link, "SELECT DISTINCT value::INTEGER FROM reporting.metrics")


def query(link, sql):
    with DuckDBFile(link).read() as reader:
        return reader.query(sql)[1]


def test_a_publication_is_a_new_read_only_file_behind_the_link(make_inputs, link):
    DuckDBFile(link).publish("run-1", make_inputs("run-1", value=1), keep=5)
    assert link.is_symlink()
    assert link.resolve().name == "reports-run-1.duckdb"
    assert stat.S_IMODE(link.resolve().stat().st_mode) == 0o444
    assert value_of(link) == [(1,)]
    assert not [path for path in link.parent.iterdir() if path.suffix in {".wal", ".part", ".next"}]


def test_the_last_versions_are_kept(make_inputs, link):
    for number in range(5):
        DuckDBFile(link).publish(f"run-{number}", make_inputs(f"run-{number}", value=number), keep=3)
    assert [version.name for version in DuckDBFile(link).versions()] == [f"reports-run-{number}.duckdb" for number in (4, 3, 2)]


def test_a_run_published_twice_replaces_its_version(make_inputs, link):
    for value in (1, 2):
        DuckDBFile(link).publish("run-1", make_inputs("run-1", value=value), keep=5)
    assert value_of(link) == [(2,)]
    assert len(DuckDBFile(link).versions()) == 1


def test_a_failed_build_leaves_the_last_warehouse(make_inputs, link):
    DuckDBFile(link).publish("run-1", make_inputs("run-1", value=1), keep=5)
    broken = make_inputs("run-2", break_rows=lambda tables: tables["fact_metric"].append(tables["fact_metric"][0]))
    with pytest.raises(PublishError):
        DuckDBFile(link).publish("run-2", broken, keep=5)
    assert value_of(link) == [(1,)]
    assert [version.name for version in DuckDBFile(link).versions()] == ["reports-run-1.duckdb"]
    assert not list(link.parent.glob(".reports-*"))


def test_what_a_killed_publication_left_is_no_hindrance(make_inputs, link):
    link.parent.mkdir()
    partial = link.with_name(".reports-run-1.duckdb.part")
    partial.write_bytes(b"half a file")
    partial.with_name(partial.name + ".wal").write_bytes(b"half a log")
    link.with_name(".reports.duckdb.next").symlink_to("nowhere")
    DuckDBFile(link).publish("run-1", make_inputs("run-1", value=1), keep=5)
    assert value_of(link) == [(1,)]


def test_a_rollback_goes_to_the_version_before_or_to_the_one_named(make_inputs, link):
    warehouse = DuckDBFile(link)
    for number in range(3):
        warehouse.publish(f"run-{number}", make_inputs(f"run-{number}", value=number), keep=5)
    assert warehouse.rollback().run_id == "run-1"
    assert value_of(link) == [(1,)]
    assert warehouse.rollback().run_id == "run-0"
    with pytest.raises(PublishError, match="no version before the current one"):
        warehouse.rollback()
    assert warehouse.rollback("run-2").is_current
    assert value_of(link) == [(2,)]
    with pytest.raises(PublishError, match=r"no version run-9 .* kept are run-2, run-1, run-0"):
        warehouse.rollback("run-9")


def test_a_file_in_place_of_the_link_is_never_overwritten(make_inputs, link):
    link.parent.mkdir()
    link.write_text("somebody's file")
    with pytest.raises(PublishError, match="is a file and not a link"):
        DuckDBFile(link).publish("run-1", make_inputs("run-1"), keep=5)
    assert link.read_text() == "somebody's file"


def test_an_analyst_cannot_write_or_read_other_files(make_inputs, link, tmp_path):
    DuckDBFile(link).publish("run-1", make_inputs("run-1"), keep=5)
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    for statement in (
        "DELETE FROM main.fact_metric",
        "CREATE TABLE t (a INT)",
        f"FROM '{secret}'",
        f"COPY main.fact_metric TO '{tmp_path}/x.csv'",
    ):
        with pytest.raises(QueryError):
            query(link, statement)


def test_no_warehouse_yet_is_said_in_one_line(link):
    with pytest.raises(QueryError, match="make run"):
        query(link, "SELECT 1")


def read_in_a_loop(link, stop, reads, results):
    """A reader as analysts write them: open, ask twice, close; every answer must come whole from one version."""
    try:
        while not stop.is_set():
            with duckdb.connect(str(link), read_only=True) as warehouse:
                values = warehouse.execute("SELECT DISTINCT value::INTEGER FROM reporting.metrics").fetchall()
                run = warehouse.execute("SELECT max(run_id) FROM main.ops_run WHERE metrics IS NOT NULL").fetchone()
            if len(values) != 1 or run != (f"run-{values[0][0]:02}",):
                raise AssertionError(f"mixed load: {values} in {run}")
            reads.value += 1
        results.put(None)
    except Exception as error:  # noqa: BLE001 - whatever a reader meets is a failure of the test
        results.put(repr(error))


def test_four_readers_never_see_an_error_or_half_a_load_during_ten_publications(make_inputs, link):
    DuckDBFile(link).publish("run-00", make_inputs("run-00", value=0), keep=20)
    context = multiprocessing.get_context("spawn")
    stop, results, reads = context.Event(), context.Queue(), [context.Value("i", 0) for _ in range(4)]
    readers = [context.Process(target=read_in_a_loop, args=(link, stop, count, results)) for count in reads]
    for reader in readers:
        reader.start()
    for number in range(1, 11):
        before = [count.value for count in reads]
        DuckDBFile(link).publish(f"run-{number:02}", make_inputs(f"run-{number:02}", value=number), keep=20)
        while results.empty() and any(count.value == old for count, old in zip(reads, before, strict=True)):
            time.sleep(0.01)  # every reader reads between any two publications
    stop.set()
    assert [results.get(timeout=60) for _ in readers] == [None] * 4
    for reader in readers:
        reader.join(timeout=60)
    assert min(count.value for count in reads) >= 10
    assert value_of(link) == [(10,)]
