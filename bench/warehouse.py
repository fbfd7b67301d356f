"""A warehouse of a million figures: what it costs to publish, and how long the questions of warehouse/queries take on it.

In: Parquet as `bench.warehouse_rows` makes it. Each step runs in a process of its own, so that its peak memory is its own too.
The bar: published within 30 s and 2 GB on two cores, each query below 200 ms (median).
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest import mock

from bench import warehouse_rows
from bench.archive import Figure, apart
from etl.publish import build
from etl.publish.duckdb_file import DuckDBFile
from etl.publish.inputs import Inputs
from etl.settings import PROJECT_DIR

BAR_MS = 200
QUERIES = PROJECT_DIR / "warehouse" / "queries"


@dataclass(frozen=True, slots=True)
class Timing:
    """One query: rows of its answer, and milliseconds over all rounds but a first one."""

    name: str
    rows: int
    median: float
    low: float
    high: float


def of_publication(folder: Path, reports: int) -> Iterator[Figure]:
    """Make the rows (unless they are there), then publish them twice: the second version takes the place of the first."""
    if not (folder / "facts").exists():
        yield apart(_make_rows, folder, reports)
    yield apart(_publish, folder)
    yield apart(_publish_again, folder)


def of_queries(folder: Path, rounds: int) -> list[Timing]:
    """Every file of warehouse/queries, on one connection that is open and warm."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_ask_all, folder, rounds).result()


def _make_rows(folder: Path, reports: int) -> str:
    facts, _ = warehouse_rows.write(folder, reports)
    files = list(facts.glob("*/*.parquet"))
    return f"{len(files):,} Parquet files, {sum(file.stat().st_size for file in files) / 1e6:,.0f} MB"


def _publish(folder: Path) -> str:
    spent: dict[str, float] = {}
    with mock.patch.object(build, "fill", _timed(spent, build.fill)), mock.patch.object(build, "check", _timed(spent, build.check)):
        warehouse = DuckDBFile(folder / "warehouse" / "reports.duckdb")
        run = warehouse_rows.RUN
        counts = warehouse.publish(run, Inputs(folder / "facts", folder / "ops", (), run), keep=2)
    size = warehouse.link.resolve().stat().st_size / 1e6
    parts = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in spent.items())
    return f"{counts['metrics']:,} metrics of {counts['reports']:,} reports, {size:,.0f} MB; {parts}"


def _publish_again(folder: Path) -> str:
    return _publish(folder)


def _timed(spent: dict[str, float], function: Callable[..., Any]) -> Callable[..., Any]:
    def call(*arguments: Any) -> Any:
        start = time.perf_counter()
        try:
            return function(*arguments)
        finally:
            spent[function.__name__] = time.perf_counter() - start

    return call


def _ask_all(folder: Path, rounds: int) -> list[Timing]:
    found = []
    with DuckDBFile(folder / "warehouse" / "reports.duckdb").read() as reader:
        for file in sorted(QUERIES.glob("*.sql")):
            sql, times, rows = file.read_text(encoding="utf-8"), [], 0
            for _ in range(rounds + 1):
                start = time.perf_counter()
                rows = len(reader.query(sql)[1])
                times.append(1000 * (time.perf_counter() - start))
            found.append(Timing(file.stem, rows, statistics.median(times[1:]), min(times[1:]), max(times[1:])))
    return found
