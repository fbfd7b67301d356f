"""The picture book of a large warehouse: how long its pages take, kind by kind, and what the process holds at most.

In: a warehouse as `bench.warehouse` publishes it. The book is written whole, by `etl.report.book.write_book`, in a process of its own.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from bench.archive import Figure, apart
from bench.warehouse import of_publication
from etl.publish.duckdb_file import DuckDBFile
from etl.report.book import write_book


def of_book(folder: Path, reports: int) -> Iterator[Figure]:
    """Publish the warehouse unless it is there, then write its book."""
    if not (folder / "warehouse" / "reports.duckdb").exists():
        yield from of_publication(folder, reports)
    yield apart(_write_book, folder)


def _write_book(folder: Path) -> str:
    ends: dict[str, float] = {}
    start = time.perf_counter()

    def note_end(kind: str, _count: int) -> None:
        ends[kind] = time.perf_counter()

    with DuckDBFile(folder / "warehouse" / "reports.duckdb").read() as reader:
        counts = write_book(reader, folder / "book", note_end)
    starts = [start, *ends.values()]
    parts = (f"{count:,} {kind} {count / (ends[kind] - starts[i]):,.0f}/s" for i, (kind, count) in enumerate(counts.items()))
    size = sum(file.stat().st_size for file in (folder / "book").rglob("*") if file.is_file())
    shutil.rmtree(folder / "book")
    return f"{size / 1e6:,.0f} MB; {', '.join(parts)}"
