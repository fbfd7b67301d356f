"""How fast pages become rows: page -> text -> full records -> fact rows, written as Parquet in batches as the facts stage does.

`throughput` runs worker processes that start measuring together; `stages` takes one process apart. Both give CPU time as well, because
on a shared machine the clock on the wall says more about the neighbours. The bar: 300 reports a second on two processes.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from bench import mix
from etl.facts.parquet import write_rows
from etl.facts.rows import Provenance, report_rows
from etl.models import Report
from etl.parse.stage import read_report
from etl.schema import REPORT_TABLES, TABLES

BATCH = 25  # the default of ETL_BATCH_SIZE
BAR = 300

Rows = dict[str, list[dict[str, Any]]]

_TIME = datetime(2024, 3, 1, tzinfo=UTC)
_PROVENANCE: dict[str, Any] = {
    "document_id": "d" * 16, "organization_id": "o" * 16, "source_url": "http://portal/a.html", "portal": "bench", "published_on": None,
    "first_seen_at": _TIME, "fetched_at": _TIME, "revision": 1, "is_current": True, "body_sha256": "b" * 64, "raw_sha256": "a" * 64,
    "parser_version": "bench",
}  # fmt: skip

_barrier: Barrier | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """What one process has done. Times in seconds, memory in MB."""

    reports: int
    characters: int
    figures: int
    rows: int
    wall: float
    cpu: float
    peak: float


def throughput(processes: int, reports_each: int, which: mix.Mix) -> list[Tally]:
    """Read that many pages of a mix in each of several processes, after one warm round of it."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(processes)
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_share, initargs=(barrier,)) as pool:
        return list(pool.map(_measured, [1000 * number for number in range(processes)], [reports_each] * processes, [which] * processes))


def in_batches(first: int, count: int, folder: Path, which: mix.Mix = "dense") -> Iterator[Tally]:
    """Read `count` pages from number `first` of the rotation on, and say after each batch what has been done so far."""
    pages = mix.pages(which)
    wall = cpu = 0.0
    made: Rows = {name: [] for name in REPORT_TABLES}
    characters = figures = rows = 0
    for start in range(first, first + count, BATCH):
        numbers = range(start, min(start + BATCH, first + count))
        raws = [raw_page(pages, number) for number in numbers]  # making them is no part of reading them
        began = time.perf_counter(), time.process_time()
        for number, raw in zip(numbers, raws, strict=True):
            _, report = read_report(raw, None)
            collect(made, report, number)
            characters += len(report.text)
            figures += len(report.metrics)
        rows += write(made, folder)
        wall, cpu = wall + time.perf_counter() - began[0], cpu + time.process_time() - began[1]
        yield Tally(numbers.stop - first, characters, figures, rows, wall, cpu, peak_memory())


def raw_page(pages: list[str], number: int) -> bytes:
    """The page of that number in the rotation: another report each time, other figures in each round."""
    return mix.variant(pages[number % len(pages)], number // len(pages)).encode()


def collect(made: Rows, report: Report, number: int) -> None:
    """Add a report's rows to the batch."""
    for name, rows in report_rows(report.to_json(), Provenance(report_id=f"{number:016}", **_PROVENANCE)).items():
        made[name].extend(rows)


def write(made: Rows, folder: Path) -> int:
    """Write the batch and empty it; returns the number of rows."""
    count = 0
    for name, rows in made.items():
        count += write_rows(folder / name / "batch.parquet", rows, TABLES[name].arrow, run_id="bench")
        rows.clear()
    return count


def peak_memory() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _share(barrier: Barrier) -> None:
    global _barrier
    _barrier = barrier


def _measured(first: int, count: int, which: mix.Mix) -> Tally:
    with tempfile.TemporaryDirectory() as name:
        for _ in in_batches(first, len(mix.reports(which)), Path(name), which):
            pass
        if _barrier is not None:
            _barrier.wait()
        *_, tally = in_batches(first + 500, count, Path(name), which)
    return tally
