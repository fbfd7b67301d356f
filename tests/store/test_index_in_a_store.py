"""The index that is kept in a store: a shortcut past the objects that it was made from, and never another truth."""

import logging
from datetime import UTC, datetime

import pytest

from etl import storage
from etl.archive import Archive, snapshot
from etl.models import Answer
from etl.storage import open_store

COUNT = 12


@pytest.fixture
def root(store, monkeypatch):
    monkeypatch.setattr(snapshot, "_WORTH_WRITING", 5)
    made = open_store(store) / "archive"
    put(made, range(COUNT))
    return made


@pytest.fixture
def read(monkeypatch):
    """Names of the objects of the manifest that are read."""
    names, read_all, read_bytes = [], storage.read_all, storage.read_bytes

    def all_(paths):
        names.extend(path.name for path in paths)
        return read_all(paths)

    def one(path):
        names.append(path.name)
        return read_bytes(path)

    monkeypatch.setattr(storage, "read_all", all_)
    monkeypatch.setattr(storage, "read_bytes", one)
    return names


def put(root, numbers):
    archive = Archive(root)
    for number in numbers:
        url = f"http://portal/{number % 5}"
        status = 404 if number == 9 else 200
        archive.put(Answer(url, url, f"2024-03-25T01:00:{number:02}+00:00", status, "town", "云河区", "article", f"r{number // 5}"), b"x")


def told(root):
    archive = Archive(root)
    return [archive.last_answer(f"http://portal/{number}") for number in range(5)], archive.known("town"), archive.requests_of("r1")


def manifest_of(names):
    return [name for name in names if name.endswith(".jsonl")]


def test_only_objects_behind_it_are_read(root, read):
    first = told(root)
    assert storage.exists(root / "index.json")
    assert len(manifest_of(read)) == COUNT
    read.clear()
    assert told(root) == first
    assert manifest_of(read) == []
    put(root, [COUNT])
    read.clear()
    told(root)
    assert len(manifest_of(read)) == 1


def test_objects_that_were_put_together_are_read_anew(root, read, caplog):
    first = told(root)
    Archive(root).settle()
    read.clear()
    with caplog.at_level(logging.INFO):
        assert told(root) == first
    assert "is not of this manifest" in caplog.text
    assert len(manifest_of(read)) == 1
    read.clear()
    assert told(root) == first
    assert manifest_of(read) == [], "it was kept again"


def test_an_answer_that_comes_late_is_in_it(root, monkeypatch):
    """Another process puts an answer under a time that lies before others."""
    told(root)
    names = list(storage.sizes(root / "manifest"))
    late = Archive(root)
    monkeypatch.setattr(late.manifest, "_now", lambda: late_time(names[2]))
    url = "http://portal/late"
    late.put(Answer(url, url, "2024-03-25T01:00:00+00:00", 200, "town", "云河区", "article", "r1"), b"x")
    archive = Archive(root)
    assert archive.latest(url) is not None
    assert archive.requests_of("r1") == 6


def late_time(name):
    return datetime.strptime(name.partition("-")[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
