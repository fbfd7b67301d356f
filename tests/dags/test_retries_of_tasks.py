"""What real Airflow does with the retries of the DAG: a portal that is ill is asked again, one that refuses is not."""

import sqlite3

import pytest

from sample.server import SamplePortal

RUN = """
import sys
from datetime import timedelta
sys.path.insert(0, "dags")
from airflow.utils.db import initdb
from airflow.models.pool import Pool
initdb()
Pool.create_or_update_pool("portal", 1, "", include_deferred=False)
from nightly_ingest import nightly_ingest_dag as dag
for task in dag.tasks:
    task.retry_delay, task.retry_exponential_backoff = timedelta(0), 0
dag.test(run_conf={})
"""


@pytest.fixture
def tries(run_python, tmp_path):
    """How often `discover` was tried on a portal with a scenario, and how it ended."""

    def run(*steps):
        with SamplePortal(port=0) as portal:
            portal.scenario("/xxgk/xxgk.html", *steps)
            places = {"AIRFLOW_HOME": str(tmp_path / "airflow"), "ETL_HOME": str(tmp_path / "var"), "ETL_PORTAL_URL": portal.url}
            run_python("-c", RUN, **places)
        with sqlite3.connect(tmp_path / "airflow" / "airflow.db") as database:
            return database.execute("SELECT try_number, state FROM task_instance WHERE task_id = 'discover'").fetchone()

    return run


def test_a_portal_that_refuses_is_asked_once(tries):
    assert tries("403ua") == (1, "failed")


def test_a_portal_that_is_down_for_a_while_is_asked_again(tries):
    ill = {"do": "answer", "status": 502, "times": 4}  # as often as one try of the task asks
    number, state = tries(ill, "ok")
    assert (number, state) == (2, "success")
