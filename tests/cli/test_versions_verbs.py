"""`etl versions` and `etl rollback`, on a warehouse that was published three times."""

import shutil

import pytest


@pytest.fixture(scope="module")
def home(sample_home, tmp_path_factory, etl_at):
    """A home of its own after the first run and two rebuilds."""
    home = tmp_path_factory.mktemp("versions") / "home"
    shutil.copytree(sample_home, home, symlinks=True)
    for _ in range(2):
        finished = etl_at(home, "rebuild")
        assert finished.returncode == 0, finished.stderr
    return home


@pytest.fixture(scope="module")
def runs(home):
    """The three runs, oldest first."""
    files = sorted((home / "warehouse").glob("reports-*.duckdb"), key=lambda path: path.stat().st_mtime_ns)
    return [path.stem.removeprefix("reports-") for path in files]


@pytest.fixture
def etl_there(home, etl_at):
    link = home / "warehouse" / "reports.duckdb"
    newest = link.readlink()
    yield lambda *arguments: etl_at(home, *arguments)
    link.unlink()
    link.symlink_to(newest)


def listed(finished):
    """Columns of each version: mark and run, then reports, metrics and the file's name."""
    lines = [line.split() for line in finished.stdout.splitlines()[1:]]
    return [(line[0], *line[-4:-2], line[-1]) for line in lines]


def test_versions_are_listed_newest_first_with_what_each_says_of_itself(etl_there, runs):
    rows = listed(etl_there("versions"))
    assert [row[-1] for row in rows] == [f"reports-{run}.duckdb" for run in reversed(runs)]
    assert [row[0] for row in rows] == ["*", runs[1], runs[0]]
    assert all(int(reports) > 5 and int(metrics.replace(",", "")) > 100 for _, reports, metrics, _ in rows)


def test_a_rollback_says_from_what_to_what_and_status_tells(etl_there, runs):
    first, second, third = runs
    assert etl_there("rollback").stdout.startswith(f"rolled back from {third} to {second};")
    assert [row[0] for row in listed(etl_there("versions"))] == [third, "*", first]
    assert "rolled back" in etl_there("status").stdout
    assert etl_there(
        "sql", "SELECT run_id AS run FROM main.ops_run ORDER BY started_at DESC LIMIT 1", "--format", "csv"
    ).stdout.split() == ["run", second]
    assert etl_there("rollback", third).stdout.startswith(f"rolled back from {second} to {third};")
    assert "rolled back" not in etl_there("status").stdout
    assert "already" in etl_there("rollback", third).stdout


def test_a_version_that_is_not_kept_is_one_line(etl_there, runs):
    finished = etl_there("rollback", "tenth")
    assert finished.returncode == 1
    assert finished.stderr.startswith("error: no version tenth of ")
    assert finished.stderr.strip().endswith("kept are " + ", ".join(reversed(runs)))
    assert finished.stderr.count("\n") == 1


def test_a_damaged_version_is_listed_and_not_gone_back_to(etl_there, home, runs):
    damaged = home / "warehouse" / f"reports-{runs[1]}.duckdb"
    whole = damaged.read_bytes()
    damaged.chmod(0o644)
    damaged.write_bytes(b"no database")
    try:
        assert "cannot open" in etl_there("versions").stdout
        finished = etl_there("rollback", runs[1])
        assert finished.returncode == 1
        assert finished.stderr.startswith("error: cannot open ")
        assert finished.stderr.count("\n") == 1
        assert str((home / "warehouse" / "reports.duckdb").readlink()) == f"reports-{runs[2]}.duckdb"
    finally:
        damaged.write_bytes(whole)


def test_without_a_warehouse_both_say_so_in_one_line(etl):
    for verb in ("versions", "rollback"):
        finished = etl(verb)
        assert finished.returncode == 1
        assert finished.stderr.startswith("error: no ")
        assert finished.stderr.count("\n") == 1
