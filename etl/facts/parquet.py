"""Parquet files between the stages: one file a batch, written whole or not at all (`etl.storage`).

Each file says in its metadata which run and which parser version made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl import storage
from etl.errors import SettingsError
from etl.storage import StorePath


def write_rows(path: StorePath, rows: Iterable[Mapping[str, Any]], schema: pa.Schema, *, run_id: str, parser_version: str = "") -> int:
    """Write rows (missing keys become null) and return how many.

    Raises:
        SettingsError: the folder cannot be written.
    """
    table = _to_table(list(rows), schema)
    table = table.replace_schema_metadata({"run_id": run_id, "parser_version": parser_version})
    made = pa.BufferOutputStream()
    pq.write_table(table, made, compression="zstd")
    try:
        storage.write_whole(path, made.getvalue().to_pybytes())
    except OSError as error:
        raise SettingsError(f"cannot write {path}: {error.strerror or error}; {storage.advice(path)}") from error
    return int(table.num_rows)


def _to_table(rows: list[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    """As `pa.Table.from_pylist`, at half its cost."""
    columns = [pa.array([row.get(name) for row in rows], kind) for name, kind in zip(schema.names, schema.types, strict=True)]
    return pa.Table.from_arrays(columns, schema=schema)


def read_rows(path: StorePath, columns: list[str] | None = None) -> Iterator[dict[str, Any]]:
    """The rows of one file, one record batch in memory at a time; of a store the whole file, as it is compressed.

    Raises:
        SettingsError: the store cannot be read.
    """
    if isinstance(path, Path):
        yield from _rows_of(path, columns)
        return
    try:
        content = storage.read_bytes(path)
    except OSError as error:
        raise SettingsError(f"cannot read {path}: {error.strerror}; {storage.advice(path)}") from error
    yield from _rows_of(pa.BufferReader(content), columns)


def read_all_rows(paths: list[StorePath]) -> Iterator[dict[str, Any]]:
    """The rows of many small files, in their order.

    Raises:
        SettingsError: one cannot be read.
    """
    try:
        for content in storage.read_all(paths):
            yield from _rows_of(pa.BufferReader(content), None)
    except OSError as error:
        raise SettingsError(f"cannot read {paths[0].parent}: {error.strerror or error}; {storage.advice(paths[0])}") from error


def _rows_of(source: Path | pa.BufferReader, columns: list[str] | None) -> Iterator[dict[str, Any]]:
    with pq.ParquetFile(source) as file:
        for batch in file.iter_batches(batch_size=256, columns=columns):
            yield from batch.to_pylist()
