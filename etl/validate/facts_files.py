"""Reading staged facts: in pieces of bounded size, batch by batch with their text, or narrow columns of all batches at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl.errors import StageError
from etl.schema import REPORT_TABLES, TABLES

if TYPE_CHECKING:
    import pandas as pd

_PIECE_ROWS = {"dim_report": 1_000}
_PIECE_ROWS_OTHERWISE = 50_000
# A report carries its text, about 10,000 characters; other rows are short.


class FactsFiles:
    """The Parquet files below one `facts/` folder; batches are in the order of their names."""

    def __init__(self, folder: Path) -> None:
        """Take stock of the folder.

        Raises:
            StageError: there is no batch, or a table lacks the file of a batch.
        """
        self.folder = folder
        self.batches = sorted({path.stem for name in REPORT_TABLES for path in (folder / name).glob("*.parquet")})
        if not self.batches:
            raise StageError(f"{folder} holds no facts: run the facts stage first")
        for name in REPORT_TABLES:
            for batch in self.batches:
                if not self._path(name, batch).exists():
                    raise StageError(f"{self._path(name, batch)} is missing: run the facts stage again")

    def schema(self, table: str, batch: str) -> pa.Schema:
        """The columns and types of one file."""
        return pq.read_schema(self._path(table, batch))

    def rows(self, table: str, batch: str, columns: Sequence[str]) -> list[dict[str, Any]]:
        """Rows of one batch, as plain values (null is None)."""
        rows: list[dict[str, Any]] = pq.read_table(self._path(table, batch), columns=list(columns)).to_pylist()
        return rows

    def narrow(self, table: str, columns: Sequence[str]) -> pd.DataFrame:
        """Some columns of all batches."""
        parts = [pq.read_table(self._path(table, batch), columns=list(columns)) for batch in self.batches]
        return _joined(parts)

    def pieces(self, table: str) -> Iterator[pd.DataFrame]:
        """All columns, several small batches together; an empty table gives one empty frame."""
        limit = _PIECE_ROWS.get(table, _PIECE_ROWS_OTHERWISE)
        gathered = [TABLES[table].arrow.empty_table()]
        count = given = 0
        for batch in self.batches:
            with pq.ParquetFile(self._path(table, batch)) as file:
                for part in file.iter_batches(batch_size=limit):
                    if count + part.num_rows > limit:
                        yield _joined(gathered)
                        gathered, count, given = [], 0, given + 1
                    gathered.append(pa.Table.from_batches([part]))
                    count += part.num_rows
        if count or not given:
            yield _joined(gathered)

    def _path(self, table: str, batch: str) -> Path:
        return self.folder / table / f"{batch}.parquet"


def _joined(tables: list[pa.Table]) -> pd.DataFrame:
    frame: pd.DataFrame = pa.concat_tables(tables, promote_options="default").to_pandas()
    return frame
