"""What only a warehouse that is a file behind a link promises: modes, logs, links."""

import stat

import pytest

from etl.errors import PublishError
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


def test_a_file_in_place_of_the_link_is_never_overwritten(make_inputs, link):
    link.parent.mkdir()
    link.write_text("somebody's file")
    with pytest.raises(PublishError, match="is a file and not a link"):
        DuckDBFile(link).publish("run-1", make_inputs("run-1"), keep=5)
    assert link.read_text() == "somebody's file"
