"""`make bench`: how long the parts take on this machine. Prints a table, asserts nothing.

Each figure is the median of several rounds, with minimum and maximum. A whole run is one process on a fresh folder.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

from rich.console import Console
from rich.table import Table

from etl.parse.report import parse_text
from etl.settings import PROJECT_DIR

ROUNDS = 5


def main() -> None:
    """Measure and print."""
    table = Table("what", "median", "min", "max", "", box=None, pad_edge=False)
    text = (PROJECT_DIR / "sample" / "content" / "jingan" / "2023.txt").read_text(encoding="utf-8")
    seconds = _times(lambda: parse_text(text))
    _row(table, "read the real report", seconds, f"{1 / statistics.median(seconds):.0f} reports/s a core, {len(text)} characters")
    _row(table, "import of the DAG file", _dag_import_times(), "without airflow.sdk, which the DAG processor has loaded")
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"ETL_HOME": home, "PYTHONPATH": str(PROJECT_DIR)}
        run_once = [sys.executable, "dags/run_once.py"]
        _row(table, "make run: first, empty folder", [_command(run_once, environment)], "metadata database made")
        _row(table, "make run: again, nothing new", [_command(run_once, environment) for _ in range(3)], "conditional requests only")
        rebuild = [sys.executable, "-m", "etl", "rebuild"]
        _row(table, "etl rebuild", [_command(rebuild, environment) for _ in range(3)], "no Airflow, no network")
    Console().print(table)


def _times(function: Callable[[], object]) -> list[float]:
    function()
    found = []
    for _ in range(ROUNDS * 4):
        start = time.perf_counter()
        function()
        found.append(time.perf_counter() - start)
    return found


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


def _row(table: Table, what: str, seconds: list[float], note: str) -> None:
    figures = (statistics.median(seconds), min(seconds), max(seconds))
    table.add_row(what, *(f"{1000 * figure:.1f} ms" if figure < 1 else f"{figure:.1f} s" for figure in figures), note)


if __name__ == "__main__":
    main()
