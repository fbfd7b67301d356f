"""Copies of the sample's warehouse, changed by SQL: what a warehouse may hold that the sample does not."""

import shutil
from contextlib import contextmanager

import duckdb

from etl.publish.duckdb_file import DuckDBFile


@contextmanager
def changed(warehouse, folder, *statements):
    """A reader of a copy of the warehouse on which the statements were run."""
    copy = folder / "reports.duckdb"
    shutil.copyfile(warehouse.link.resolve(), copy)
    with duckdb.connect(str(copy)) as connection:
        for statement in statements:
            connection.execute(statement)
    with DuckDBFile(copy).read() as reader:
        yield reader
