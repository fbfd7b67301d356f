"""Publications that are killed, that run out of disk, that come two at a time: the version before stays, and the next one succeeds."""

import fcntl
import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from etl.errors import PublishError
from etl.publish.duckdb_file import DuckDBFile
from etl.settings import PROJECT_DIR


def value_of(link):
    with DuckDBFile(link).read() as reader:
        return reader.query("SELECT DISTINCT value::INTEGER FROM reporting.metrics")[1]


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_publication_killed_at_any_step_leaves_a_whole_version_and_does_not_hinder_the_next(make_inputs, link):
    for number in (1, 2):
        DuckDBFile(link).publish(f"run-{number}", make_inputs(f"run-{number}", value=number), keep=2)
    inputs = make_inputs("run-3", value=3)
    command = [sys.executable, str(Path(__file__).with_name("killing.py")), link, inputs.facts_dir, inputs.ops_dir, "run-3"]
    finished = subprocess.run(command, cwd=PROJECT_DIR, env={"PYTHONPATH": str(PROJECT_DIR)}, capture_output=True, text=True, check=True)
    lives = [json.loads(line) for line in finished.stdout.splitlines()]
    *killed, last = lives
    assert last["status"] == 0, finished.stderr
    assert {life["status"] for life in killed} == {-9}
    steps = " ".join(life["before"] for life in killed)
    for step in ("after fill", "after check", "os.chmod", "os.rename", "os.symlink", "os.remove reports-run-1.duckdb"):
        assert step in steps
    values = [life["found"]["values"] for life in lives]
    assert values == sorted(values)  # once a reader was led to the new version, all are
    assert values[0] == [2]
    assert values[-1] == [3]
    for life in lives:
        number = life["found"]["values"][0]
        assert f"run-{number}" in life["found"]["runs"]
        assert f"run-{number}" in life["found"]["kept"]
    assert names_in(link.parent) == [".publish.lock", "reports-run-2.duckdb", "reports-run-3.duckdb", "reports.duckdb"]


def test_a_full_disk_is_one_line_and_leaves_the_last_version(make_inputs, link):
    DuckDBFile(link).publish("run-1", make_inputs("run-1", value=1), keep=5)
    inputs = make_inputs("run-2", value=2)
    code = (
        "import sys; from pathlib import Path; from etl.errors import EtlError; from etl.publish.duckdb_file import DuckDBFile\n"
        "from etl.publish.inputs import Inputs\n"
        "try: DuckDBFile(Path(sys.argv[1])).publish('run-2', Inputs(Path(sys.argv[2]), Path(sys.argv[3]), (), 'run-2'), keep=5)\n"
        "except EtlError as error: print(error)"
    )
    for limit in (1_000, 500_000):
        finished = subprocess.run(
            [sys.executable, "-c", code, link, inputs.facts_dir, inputs.ops_dir],
            cwd=PROJECT_DIR,
            preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
            capture_output=True,
            text=True,
        )
        assert finished.returncode == 0, finished.stderr
        assert "could not be built" in finished.stdout
        assert finished.stdout.count("\n") == 1
        assert value_of(link) == [(1,)]
        assert names_in(link.parent) == [".publish.lock", "reports-run-1.duckdb", "reports.duckdb"]


def test_two_publications_at_once_are_one_line(make_inputs, link):
    DuckDBFile(link).publish("run-1", make_inputs("run-1", value=1), keep=5)
    with (link.parent / ".publish.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for change in (lambda: DuckDBFile(link).publish("run-2", make_inputs("run-2"), keep=5), DuckDBFile(link).rollback):
            with pytest.raises(PublishError, match="another run is publishing") as caught:
                change()
            assert "\n" not in str(caught.value)
    assert value_of(link) == [(1,)]


def test_leftovers_of_other_runs_go_and_a_log_of_the_same_run_is_not_replayed(make_inputs, link):
    link.parent.mkdir()
    (link.parent / ".reports-run-0.duckdb.part").write_bytes(b"half a file")
    spilled = link.parent / ".reports-run-0.duckdb.part.tmp"
    spilled.mkdir()
    (spilled / "duckdb_temp_storage-0.tmp").write_bytes(b"rows")
    link.with_name("reports-run-1.duckdb.wal").write_bytes(b"a log that somebody left")
    DuckDBFile(link).publish("run-1", make_inputs("run-1", value=1), keep=5)
    assert value_of(link) == [(1,)]
    assert names_in(link.parent) == [".publish.lock", "reports-run-1.duckdb", "reports.duckdb"]


def test_what_the_link_points_to_is_never_pruned(make_inputs, link):
    warehouse = DuckDBFile(link)
    for number in range(3):
        warehouse.publish(f"run-{number}", make_inputs(f"run-{number}", value=number), keep=5)
    warehouse.rollback("run-0")
    with warehouse.read() as reader:
        warehouse.publish("run-3", make_inputs("run-3", value=3), keep=1)
        assert reader.query("SELECT DISTINCT value::INTEGER FROM reporting.metrics")[1] == [(0,)]
    assert value_of(link) == [(3,)]
    assert [version.run_id for version in warehouse.versions()] == ["run-3"]


def test_an_older_version_can_be_read_by_its_run(make_inputs, link):
    warehouse = DuckDBFile(link)
    for number in (1, 2):
        warehouse.publish(f"run-{number}", make_inputs(f"run-{number}", value=number), keep=5)
    with warehouse.read("run-1") as reader:
        assert reader.query("SELECT DISTINCT value::INTEGER FROM reporting.metrics")[1] == [(1,)]
    with pytest.raises(PublishError, match="no version run-9"), warehouse.read("run-9"):
        pass
