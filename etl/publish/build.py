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


def build_warehouse(path: Path, inputs: Inputs) -> dict[str, int]:
    """Build the file at `path` (which must not exist) and return the counts of its facts.

    Raises:
        PublishError: the rows break the schema (types, nulls, keys, references), or a table or view cannot be read.
    """
    try:
        with duckdb.connect(str(path)) as connection:
            connection.execute("SET memory_limit = '1GB'")  # what needs more is sorted on disk, beside the file
            counts = fill(connection, inputs)
            connection.execute("CHECKPOINT")
        if path.with_name(path.name + ".wal").exists():
            raise PublishError(f"{path} was not closed cleanly (a .wal is left): not published")
        with duckdb.connect(str(path), read_only=True) as connection:
            check(connection)
    except duckdb.Error as error:
        raise PublishError(f"the new warehouse could not be built: {one_line(error)}") from error
    return counts
