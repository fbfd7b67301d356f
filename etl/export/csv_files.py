"""CSV (RFC 4180, UTF-8 with a byte order mark so that Excel shows Chinese), a file a table or view, and datapackage.json beside them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

from etl.export.cells import csv_cell, rows_of
from etl.export.relations import Relation
from etl.publish.reading import Reader


def write_csv(folder: Path, reader: Reader, relations: Sequence[Relation], tell: Callable[[int], None]) -> dict[str, int]:
    """Write NAME.csv for each relation; rows by relation. `tell` is told how many rows were written just now."""
    counts = {}
    for relation in relations:
        rows = 0
        with (folder / f"{relation.name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(relation.heads)
            for batch in reader.batches(relation.sql):
                writer.writerows([*map(csv_cell, row)] for row in rows_of(batch))
                rows += len(batch)
                tell(len(batch))
        counts[relation.name] = rows
    return counts
