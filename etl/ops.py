"""What happened, run by run: rows of the ops tables, one small Parquet file a run and table under `ops/`.

They outlive the staging of their run and are loaded into every new warehouse, failed runs too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etl.facts.parquet import read_rows, write_rows
from etl.schema import TABLES

Row = dict[str, Any]


class OpsLog:
    """The ops rows under one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, table: str, run_id: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Replace what this run has in `table`."""
        write_rows(self._file(table, run_id), rows, TABLES[table].arrow, run_id=run_id)

    def read(self, table: str, run_id: str) -> list[Row]:
        """The rows of this run; none where it has left none."""
        file = self._file(table, run_id)
        return list(read_rows(file)) if file.exists() else []

    def update_run(self, run_id: str, **changes: Any) -> Row:
        """Merge changes into the run's row of ops_run (made at first) and return it."""
        rows = self.read("ops_run", run_id)
        row = rows[0] if rows else {"run_id": run_id, "started_at": datetime.now(UTC), "state": "running"}
        row.update(changes)
        self.write("ops_run", run_id, [row])
        return row

    def runs(self) -> Iterator[Row]:
        """All runs, newest first."""
        files = self.folder.joinpath("ops_run").glob("*.parquet")
        rows = [row for file in files for row in read_rows(file)]
        yield from sorted(rows, key=lambda row: row["started_at"], reverse=True)

    def _file(self, table: str, run_id: str) -> Path:
        return self.folder / table / f"{run_id}.parquet"
