"""Readers in other processes, while one publication follows another."""

import multiprocessing
import time
from dataclasses import replace
from datetime import timedelta

import duckdb
import pytest

from etl.publish.attaching import attach_lake, connect
from etl.publish.duckdb_file import DuckDBFile

PUBLICATIONS = {"file": 100, "lake": 10}


def look(connection):
    """Ask twice; both answers must come whole from one version."""
    values = connection.execute("SELECT DISTINCT value::INTEGER FROM reporting.metrics").fetchall()
    run = connection.execute("SELECT max(run_id) FROM main.ops_run WHERE metrics IS NOT NULL").fetchone()
    if len(values) != 1 or run != (f"run-{values[0][0]:02}",):
        raise AssertionError(f"mixed load: {values} in {run}")


def looks_at_a_file(link):
    """Open, ask, close: a file that is open stays the old one."""
    while True:
        with duckdb.connect(str(link), read_only=True) as connection:
            yield look(connection)


def looks_at_a_lake(words):
    """Attach once, and ask in one transaction after the other: each sees the newest snapshot."""
    with connect() as connection:
        attach_lake(connection, words, "READ_ONLY")
        connection.execute("USE lake")
        while True:
            connection.execute("BEGIN")
            yield look(connection)
            connection.execute("COMMIT")


def read_in_a_loop(warehouse, stop, reads, results):
    """What a reader does, without anything of ours but the extensions of the lake."""
    looks = looks_at_a_file(warehouse.link) if isinstance(warehouse, DuckDBFile) else looks_at_a_lake(warehouse.words)
    try:
        while not stop.is_set():
            next(looks)
            reads.value += 1
            stop.wait(0.1)  # the publisher needs a processor too
        results.put(None)
    except Exception as error:  # noqa: BLE001 - whatever a reader meets is a failure of the test
        results.put(repr(error))


@pytest.fixture
def patient(warehouse):
    """A warehouse that takes nothing from a reader that has just been opened."""
    return warehouse if isinstance(warehouse, DuckDBFile) else replace(warehouse, grace=timedelta(minutes=10))


def test_four_readers_never_see_an_error_or_half_a_load_and_a_fifth_keeps_what_it_opened(patient, make_inputs):
    publications = PUBLICATIONS["file" if isinstance(patient, DuckDBFile) else "lake"]
    patient.publish("run-00", make_inputs("run-00", value=0), keep=3)
    context = multiprocessing.get_context("spawn")
    stop, results, reads = context.Event(), context.Queue(), [context.Value("i", 0) for _ in range(4)]
    readers = [context.Process(target=read_in_a_loop, args=(patient, stop, count, results)) for count in reads]
    for reader in readers:
        reader.start()
    with patient.read() as kept:
        for number in range(1, publications + 1):
            before = [count.value for count in reads]
            patient.publish(f"run-{number:02}", make_inputs(f"run-{number:02}", value=number), keep=3)
            while results.empty() and any(count.value == old for count, old in zip(reads, before, strict=True)):
                time.sleep(0.01)  # every reader reads between any two publications
        assert kept.query("SELECT DISTINCT value::INTEGER FROM reporting.metrics")[1] == [(0,)]
    stop.set()
    assert [results.get(timeout=60) for _ in readers] == [None] * 4
    for reader in readers:
        reader.join(timeout=60)
    assert min(count.value for count in reads) >= publications
    with patient.read() as reader:
        assert reader.query("SELECT DISTINCT value::INTEGER FROM reporting.metrics")[1] == [(publications,)]
