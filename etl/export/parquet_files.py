"""Parquet, a file a table or view: typed columns, each with its explanation in its metadata."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from etl.export.relations import Relation
from etl.publish.reading import Reader

_ROWS_A_GROUP = 50_000


def write_parquet(folder: Path, reader: Reader, relations: Sequence[Relation], tell: Callable[[int], None]) -> dict[str, int]:
    """Write NAME.parquet for each relation; rows by relation. `tell` is told how many rows were written just now."""
    counts = {}
    for relation in relations:
        schema, rows = arrow_schema(relation), 0
        with pq.ParquetWriter(folder / f"{relation.name}.parquet", schema, compression="zstd") as writer:
            for batch in reader.batches(relation.sql, size=_ROWS_A_GROUP):
                writer.write_batch(batch.rename_columns(list(relation.heads)).cast(schema))
                rows += len(batch)
                tell(len(batch))
        counts[relation.name] = rows
    return counts


def arrow_schema(relation: Relation) -> pa.Schema:
    """Fields with metadata name, name_zh, comment_zh, comment_en and unit; the same of the whole on the schema. Times are in UTC."""
    fields = []
    for head, column in zip(relation.heads, relation.columns, strict=True):
        about = {
            "name": column.name,
            "name_zh": column.name_zh,
            "comment_zh": column.zh,
            "comment_en": column.en,
            "unit": column.unit or "",
        }
        fields.append(column.to_arrow().with_name(head).with_nullable(True).with_metadata(about))
    whole = {"name": relation.name, "name_zh": relation.title, "comment_zh": relation.of.zh, "comment_en": relation.of.en}
    return pa.schema(fields, metadata=whole)
