"""`make run` as a person sees it: the DAG in a real Airflow, on the sample portal."""

import json
import re
import sqlite3
from pathlib import Path

import pytest

from etl.settings import PROJECT_DIR

RUN_ONCE = str(PROJECT_DIR / "dags" / "run_once.py")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("run-once") / "var"


@pytest.fixture(scope="module")
def finished(run_python, home):
    return run_python(RUN_ONCE, ETL_HOME=str(home), ETL_BATCH_SIZE="6")


def in_airflow(home, query):
    with sqlite3.connect(home / "airflow" / "airflow.db") as database:
        return database.execute(query).fetchall()


def test_it_ends_well_with_a_line_for_each_task(finished):
    assert finished.returncode == 0, finished.stdout + finished.stderr
    stages = re.findall(r"^✓ (\w+)", finished.stdout, re.MULTILINE)
    assert list(dict.fromkeys(stages)) == ["discover", "fetch", "archive", "parse", "facts", "validate", "publish", "report"]
    assert stages.count("fetch") == stages.count("parse") == 3
    assert finished.stderr == ""


def test_the_flood_goes_to_a_file_that_is_named(finished, home):
    named = re.search(r"Airflow's log: (\S+)", finished.stdout)[1]
    assert "nightly_ingest" in Path(named).read_text()
    assert len(finished.stdout.splitlines()) < 45


def test_the_summary_shows_counts_the_warehouse_rows_and_what_to_try_next(finished, home):
    assert re.search(r"16 reports +\d+ measures 举措 +[\d,]+ metrics 数字 +0 quarantined", finished.stdout)
    assert str(home / "warehouse" / "reports.duckdb") in finished.stdout
    assert "make sql" in finished.stdout
    assert "静安区" in finished.stdout


def test_airflow_knows_the_run_with_readable_batches(finished, home):
    rows = in_airflow(home, "SELECT task_id, rendered_map_index, state FROM task_instance WHERE task_id = 'parse' ORDER BY map_index")
    assert [state for _, _, state in rows] == ["success"] * 3
    assert all(re.fullmatch(r"batch-00\d · .*[云静].* · \d+", label) for _, label, _ in rows)


def test_the_pool_of_the_portal_has_one_slot(finished, home):
    assert in_airflow(home, "SELECT slots FROM slot_pool WHERE pool = 'portal'") == [(1,)]


def test_the_event_of_the_asset_carries_the_counts(finished, home):
    (extra,) = in_airflow(home, "SELECT extra FROM asset_event")[0]
    counts = json.loads(extra)
    assert (counts["reports"], counts["quarantined"]) == (16, 0)
    assert counts["measures"] > 200
    assert counts["metrics"] > 500


def test_a_failed_run_is_red_and_leaves_the_last_warehouse(finished, run_python, home):
    before = (home / "warehouse" / "reports.duckdb").resolve()
    failed = run_python(RUN_ONCE, ETL_HOME=str(home), ETL_PORTAL_URL="http://127.0.0.1:9")
    assert failed.returncode == 1
    assert "✗ discover" in failed.stdout
    assert failed.stderr.startswith("error: the run failed; nothing was published")
    assert (home / "warehouse" / "reports.duckdb").resolve() == before
    assert in_airflow(home, "SELECT state FROM dag_run ORDER BY id")[-1] == ("failed",)


def test_a_book_that_cannot_be_written_is_red_and_the_night_is_published(finished, run_python, home):
    before = (home / "warehouse" / "reports.duckdb").resolve()
    assert (home / "report" / "index.html").is_file()
    (home / "report" / "book.json").unlink()  # now it might be anybody's folder
    failed = run_python(RUN_ONCE, ETL_HOME=str(home))
    assert failed.returncode == 1
    assert "✓ publish" in failed.stdout
    assert "holds no picture book" in failed.stdout
    assert failed.stderr.startswith("error: the run failed; only the picture book is of an older one")
    assert (home / "warehouse" / "reports.duckdb").resolve() != before


def test_a_wrong_setting_is_one_line(run_python, home):
    failed = run_python(RUN_ONCE, ETL_HOME=str(home), ETL_BATCH_SIZE="0")
    assert failed.returncode == 1
    assert failed.stderr.count("\n") == 1
    assert "ETL_BATCH_SIZE" in failed.stderr
