"""Airflow for the tests: a home and a metadata database of their own, made before Airflow is imported."""

import os
import subprocess
import sys

import pytest

from etl.settings import PROJECT_DIR


@pytest.fixture(scope="session")
def airflow_environment(tmp_path_factory):
    """The environment of a process that imports Airflow or runs the DAG, with a home of its own."""
    home = tmp_path_factory.mktemp("airflow-home")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("ETL_", "AIRFLOW"))}
    return inherited | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT_DIR / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "PYTHONPATH": str(PROJECT_DIR),
    }


@pytest.fixture(scope="session")
def run_python(airflow_environment):
    """`run_python("code", NAME="value")`: the finished process of a Python that knows the project and Airflow's settings."""

    def run(*arguments, **environment):
        command = [sys.executable, *arguments]
        return subprocess.run(command, env=airflow_environment | environment, cwd=PROJECT_DIR, capture_output=True, text=True, timeout=300)

    return run
