"""Export tables and views of the current version into a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from etl.export.csv_files import write_csv
from etl.export.data_package import write_package
from etl.export.folder import filled_at_once
from etl.export.origin import Origin, read_origin
from etl.export.parquet_files import write_parquet
from etl.export.relations import Relation
from etl.export.workbook import check_sizes, write_workbook
from etl.publish.warehouses import Warehouse

Progress = Callable[[int, int], None]
"""Is told how many rows are written, and of how many."""

_MOST_SORTED = 200_000
"""Rows that are sorted for people; more stream as the warehouse holds them, since a sort would hold them all in memory."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: rows by table or view, the size of all files, and the version that was read."""

    rows: dict[str, int]
    size: int
    origin: Origin


def export(warehouse: Warehouse, folder: Path, kind: str, relations: Sequence[Relation], *, force: bool, progress: Progress) -> Exported:
    """Write the relations as `kind` (xlsx, csv or parquet) into `folder`.

    Raises:
        ExportError: the folder cannot be written or is not empty, or a sheet cannot hold so many rows.
        QueryError: there is no warehouse, or it lacks a view or column: it is of an older version.
    """
    with warehouse.read() as reader, filled_at_once(folder, force=force) as fresh:
        origin = read_origin(reader, warehouse.versions(), datetime.now(UTC))
        expected = {relation.name: int(reader.query(relation.count_sql)[1][0][0]) for relation in relations}
        relations = [replace(relation, ordered=expected[relation.name] <= _MOST_SORTED) for relation in relations]
        done, total = 0, sum(expected.values())

        def tell(more: int) -> None:
            nonlocal done
            done += more
            progress(done, total)

        if kind == "xlsx":
            check_sizes(expected)
            rows = write_workbook(fresh, reader, relations, expected, origin, tell)
        else:
            rows = (write_csv if kind == "csv" else write_parquet)(fresh, reader, relations, tell)
            write_package(fresh, kind, relations, rows, origin)
        size = sum(file.stat().st_size for file in fresh.iterdir())
    return Exported(rows, size, origin)
