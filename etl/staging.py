"""What the stages hand to each other: Parquet files below `staging/<run>/`, and the folders of old runs pruned.

listed/all.parquet           every item of the lists, with the reason why it is no report
candidates/<batch>.parquet   addresses to fetch                (discover -> fetch)
versions/<batch>.parquet     archived bytes to read            (archive -> parse)
parsed/<batch>.parquet       one row a page: report as JSON, or why it cannot be read   (parse -> facts)
facts/<table>/<batch>.parquet                                  (facts -> validate, publish)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypedDict

import pyarrow as pa

from etl import storage
from etl.errors import StageError
from etl.facts.parquet import read_rows, write_rows
from etl.storage import StorePath

Row = dict[str, Any]

_TEXT, _TIME = pa.string(), pa.timestamp("us", tz="UTC")
_ATTACHMENTS = pa.list_(pa.struct([("url", _TEXT), ("title", _TEXT), ("sha256", _TEXT), ("content_type", _TEXT)]))
_READ_ATTACHMENTS = pa.list_(pa.struct([(name, _TEXT) for name in ("url", "name", "kind", "state", "detail", "raw_sha256")]))
SCHEMAS = {
    "listed": pa.schema(
        {"source": _TEXT, "url": _TEXT, "title": _TEXT, "list_url": _TEXT, "listed_on": pa.date32(), "district": _TEXT}
        | {"is_report": pa.bool_(), "reason": _TEXT, "decided_by": _TEXT, "way": _TEXT}
    ),
    "versions": pa.schema(
        {"url": _TEXT, "title": _TEXT, "district": _TEXT, "source": _TEXT, "raw_sha256": _TEXT, "content_type": _TEXT}
        | {"fetched_at": _TIME, "last_seen_at": _TIME, "gone_at": _TIME, "listed_on": pa.date32(), "attachments": _ATTACHMENTS}
    ),
    "parsed": pa.schema(
        {"url": _TEXT, "listed_title": _TEXT, "title": _TEXT, "district": _TEXT, "source": _TEXT, "raw_sha256": _TEXT}
        | {"fetched_at": _TIME, "published_on": pa.date32(), "organization": _TEXT, "report_year": pa.int32()}
        | {"last_seen_at": _TIME, "gone_at": _TIME, "published_from": _TEXT, "written_on": pa.date32(), "charset": _TEXT}
        | {
            "charset_from": _TEXT,
            "body_from": _TEXT,
            "body_url": _TEXT,
            "core_sha256": _TEXT,
            "main_sha256": _TEXT,
            "attachments": _READ_ATTACHMENTS,
        }
        | {"body_sha256": _TEXT, "report": _TEXT, "reason": _TEXT, "message": _TEXT}
    ),
}
SCHEMAS["candidates"] = SCHEMAS["listed"]


class Batch(TypedDict):
    """A batch as it passes between tasks: its name, a label for people, the number of rows. The rows are in its file."""

    batch: str
    label: str
    count: int


class Staging:
    """The folder of one run."""

    def __init__(self, root: StorePath, run_id: str, parser_version: str) -> None:
        self.root = root
        self.run_id = run_id
        self.parser_version = parser_version
        self.folder = root / run_id

    def write(self, stage: str, batch: str, rows: Iterable[Mapping[str, Any]], schema: pa.Schema | None = None) -> int:
        """Write one batch of a stage and return its rows' number. `stage` is a folder of the list above."""
        path = self.folder / stage / f"{batch}.parquet"
        return write_rows(path, rows, schema or SCHEMAS[stage], run_id=self.run_id, parser_version=self.parser_version)

    def read(self, stage: str, batch: str, columns: list[str] | None = None) -> Iterator[Row]:
        """The rows of one batch.

        Raises:
            StageError: the stage before has not written it.
        """
        path = self.folder / stage / f"{batch}.parquet"
        if not storage.exists(path):
            raise StageError(f"{path} is missing: run the stage that writes {stage}/ first, with --run-id {self.run_id}")
        yield from read_rows(path, columns)

    def batches(self, stage: str) -> list[str]:
        """Names of the batches of a stage, in order.

        Raises:
            StageError: there is none.
        """
        found = [name.removesuffix(".parquet") for name in storage.sizes(self.folder / stage) if name.endswith(".parquet")]
        if not found:
            raise StageError(f"{self.folder / stage} holds no batch: run the stage that writes it first, with --run-id {self.run_id}")
        return found

    def split(self, stage: str, rows: Iterable[Row], size: int, label: str) -> list[Batch]:
        """Write rows in batches of `size`; `label` is the column that names a batch for people (its values, in order)."""
        storage.remove_tree(self.folder / stage)
        batches: list[Batch] = []
        left = iter(rows)
        while part := list(islice(left, size)):
            name = f"batch-{len(batches):03}"
            names = "、".join(dict.fromkeys(row[label] for row in part))
            self.write(stage, name, part)
            batches.append({"batch": name, "label": f"{name} · {names} · {len(part)}", "count": len(part)})
        return batches

    def prune(self, keep: int) -> None:
        """Remove the folders of older runs, the last `keep` stay."""
        for folder in storage.folders_by_age(self.root)[keep:]:
            if folder != self.folder:
                storage.remove_tree(folder)
