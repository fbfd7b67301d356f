"""Warehouses for the tests of views and queries: one made by hand for each test, and one of two nights of the sample for all."""

import duckdb
import pytest
from made_up import MadeUp


@pytest.fixture
def made(tmp_path):
    return MadeUp(tmp_path)


@pytest.fixture
def ask(made):
    """`ask("SELECT … ")`: the rows as tuples, after what `made` holds was published."""
    opened = []

    def answer(sql):
        if not opened:
            opened.append(duckdb.connect(str(made.build()), read_only=True))
        return opened[0].execute(sql).fetchall()

    yield answer
    for connection in opened:
        connection.close()
