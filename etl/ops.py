"""What happened, run by run: rows of the ops tables, one small Parquet file a run and table under `ops/`.

They outlive the staging of their run and are loaded into every new warehouse, failed runs too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from etl import storage
from etl.facts.parquet import read_all_rows, read_rows, write_rows
from etl.ids import stable_id
from etl.models import Answer
from etl.schema import TABLES
from etl.storage import StorePath

Row = dict[str, Any]


class OpsLog:
    """The ops rows under one folder."""

    def __init__(self, folder: StorePath) -> None:
        self.folder = folder

    def write(self, table: str, run_id: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Replace what this run has in `table`."""
        write_rows(self._file(table, run_id), rows, TABLES[table].arrow, run_id=run_id)

    def read(self, table: str, run_id: str) -> list[Row]:
        """The rows of this run; none where it has left none."""
        file = self._file(table, run_id)
        return list(read_rows(file)) if storage.exists(file) else []

    def update_run(self, run_id: str, **changes: Any) -> Row:
        """Merge changes into the run's row of ops_run (made at first) and return it."""
        rows = self.read("ops_run", run_id)
        row = rows[0] if rows else {"run_id": run_id, "started_at": datetime.now(UTC), "state": "running"}
        row.update(changes)
        self.write("ops_run", run_id, [row])
        return row

    def runs(self) -> Iterator[Row]:
        """All runs, newest first."""
        folder = self.folder / "ops_run"
        files = [folder / name for name in storage.sizes(folder) if name.endswith(".parquet")]
        yield from sorted(read_all_rows(files), key=lambda row: row["started_at"], reverse=True)

    def last_published(self, but: str) -> Row:
        """The newest run that published, except one; empty if there is none."""
        return next((row for row in self.runs() if row["state"] == "published" and row["run_id"] != but), {})

    def last_asked(self, source: str) -> datetime | None:
        """When the last run began that listed a source and published; null if there is none."""
        asked = (row for row in self.runs() if row["source"] == source and row["state"] == "published" and row["listed"] is not None)
        return next((row["started_at"] for row in asked), None)

    def _file(self, table: str, run_id: str) -> StorePath:
        return self.folder / table / f"{run_id}.parquet"


def fetch_row(answer: Answer) -> Row:
    """The row of ops_fetch for one answer."""
    return {
        "fetch_id": stable_id(answer.run_id, answer.url, answer.time),
        "run_id": answer.run_id,
        "url": answer.url,
        "page": answer.page,
        "fetched_at": datetime.fromisoformat(answer.time),
        "status": answer.status,
        "outcome": answer.outcome,
        "detail": answer.detail,
        "retry_at": None if answer.retry_at is None else datetime.fromisoformat(answer.retry_at),
        "sha256": answer.sha256,
        "bytes": answer.size,
        "elapsed_ms": answer.elapsed_ms,
    }


def quarantine_row(run_id: str, stage: str, row: Row) -> Row:
    """A row of ops_quarantine with its id; `row` has all other columns."""
    key = (run_id, stage, row["source_url"], row.get("raw_sha256"), row["rule"], row.get("fact_id"))
    return {"quarantine_id": stable_id(*key), "run_id": run_id, "stage": stage, **row}
