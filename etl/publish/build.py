"""Build a new warehouse file from the Parquet files of a run, and check it before anyone sees it.

In: what `etl.publish.fill` reads. Out: a closed, checkpointed DuckDB file that was opened again, as readers open it, and checked.
The swap is `etl.publish.duckdb_file`.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from etl.errors import PublishError
from etl.publish.checks import check
from etl.publish.fill import fill
from etl.publish.inputs import Inputs
from etl.publish.wording import one_line

MEMORY_LIMIT = "1GB"
"""What needs more is sorted on disk, beside the file."""


def build_warehouse(path: Path, inputs: Inputs) -> dict[str, int]:
    """Build the file at `path` (which must not exist) and return the counts of its facts.

    Raises:
        PublishError: the rows break the schema (types, nulls, keys, references), or a table or view cannot be read.
    """
    config: dict[str, str | bool | int | float | list[str]] = {"memory_limit": MEMORY_LIMIT, "temp_directory": f"{path}.tmp"}
    try:
        with duckdb.connect(str(path), config=config) as connection:
            counts = fill(connection, inputs)
            connection.execute("CHECKPOINT")
        if path.with_name(path.name + ".wal").exists():
            raise PublishError(f"{path} was not closed cleanly (a .wal is left): not published")
        with duckdb.connect(str(path), read_only=True, config=config) as connection:
            check(connection)
    except duckdb.Error as error:
        raise PublishError(f"the new warehouse could not be built: {one_line(error)}") from error
    return counts
