"""How long whole runs take, each one process on a fresh folder. Figures are the median of several rounds, with minimum and maximum."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from etl.settings import PROJECT_DIR

ROUNDS = 5


def rows() -> Iterator[tuple[str, str, str, str, str]]:
    """What, median, minimum, maximum, note."""
    yield _row("import of the DAG file", _dag_import_times(), "without airflow.sdk, which the DAG processor has loaded")
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"ETL_HOME": home, "PYTHONPATH": str(PROJECT_DIR)}
        run_once = [sys.executable, "dags/run_once.py"]
        yield _row("make run: first, empty folder", [_command(run_once, environment)], "metadata database made")
        yield _row("make run: again, nothing new", [_command(run_once, environment) for _ in range(3)], "conditional requests only")
        rebuild = [sys.executable, "-m", "etl", "rebuild"]
        yield _row("etl rebuild", [_command(rebuild, environment) for _ in range(3)], "no Airflow, no network")


def _dag_import_times() -> list[float]:
    code = (
        "import sys, time; sys.path.insert(0, 'dags'); import airflow.sdk, pendulum; from airflow.sdk import dag, task, Asset, Param, "
        "CronTriggerTimetable; start = time.perf_counter(); import nightly_ingest; print(time.perf_counter() - start)"
    )
    command = [sys.executable, "-c", code]
    return [
        float(subprocess.run(command, cwd=PROJECT_DIR, capture_output=True, text=True, check=True).stdout.split()[-1])
        for _ in range(ROUNDS)
    ]


def _command(command: list[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=PROJECT_DIR, env=environment, capture_output=True, check=True)
    return time.perf_counter() - start


def _row(what: str, seconds: list[float], note: str) -> tuple[str, str, str, str, str]:
    median, low, high = (
        f"{1000 * figure:.1f} ms" if figure < 1 else f"{figure:.1f} s"
        for figure in (statistics.median(seconds), min(seconds), max(seconds))
    )
    return what, median, low, high, note
