"""Whether memory stays flat over many reports, and whether the caches of the reading are bounded.

Reads one report after the other in a process of its own, batches of rows written as in the facts stage, and notes what the process holds
after the first hundred, after a tenth and at the end. Every round of the mix has other figures.
"""

from __future__ import annotations

import functools
import gc
import resource
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from bench import reading


@dataclass(frozen=True, slots=True)
class Point:
    """After `reports` reports: memory held and the most so far, in MB, and the sizes of all caches of the product by name."""

    reports: int
    held: float
    peak: float
    caches: dict[str, tuple[int, int | None]]


def run(count: int) -> list[Point]:
    """Points after 100, a tenth of `count` and `count` reports."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measure, count).result()


def growing(points: list[Point]) -> list[str]:
    """Caches without a bound that hold more at the end than after a tenth."""
    before, after = points[-2].caches, points[-1].caches
    return [f"{name} {size:,}" for name, (size, bound) in after.items() if bound is None and size > before.get(name, (0, None))[0]]


def _measure(count: int) -> list[Point]:
    wanted = {100, count // 10, count}
    points = []
    with tempfile.TemporaryDirectory() as folder:
        for tally in reading.in_batches(0, count, Path(folder)):
            if wanted and tally.reports >= min(wanted):
                wanted -= {n for n in wanted if n <= tally.reports}
                points.append(Point(tally.reports, _held(), reading.peak_memory(), _caches()))
    return points


def _held() -> float:
    """Memory held now, in MB; where the system does not tell it in a file, the most so far."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return reading.peak_memory()
    return int(statm.read_text().split()[1]) * resource.getpagesize() / (1 << 20)


def _caches() -> dict[str, tuple[int, int | None]]:
    found = {}
    for item in gc.get_objects():
        if isinstance(item, functools._lru_cache_wrapper) and item.__module__.startswith("etl."):
            found[f"{item.__module__}.{item.__qualname__}"] = (item.cache_info().currsize, item.cache_info().maxsize)
    return found
