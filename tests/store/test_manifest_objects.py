"""The manifest in a store: whatever is killed, and whoever works at the same time, each line is there once."""

from datetime import UTC, datetime, timedelta

import pytest

from etl import storage
from etl.archive import manifest_objects
from etl.archive.lines import encode_line, to_line
from etl.archive.manifest import Place
from etl.archive.manifest_objects import ManifestObjects
from etl.errors import ArchiveError
from etl.models import Answer
from etl.storage import open_store

COUNT = 7


class Killed(BaseException):
    pass


def line(number):
    url = f"http://portal/{number}"
    return to_line(Answer(url, url, "2024-03-25T01:00:00+00:00", 200, "town", "云河区", "article", "r1", title="报告"))


def numbers(lines):
    return [int(each.url.rpartition("/")[2]) for each in lines]


@pytest.fixture
def path(store):
    return open_store(store) / "archive" / "manifest"


@pytest.fixture
def manifest(path):
    made = ManifestObjects(path)
    for number in range(COUNT):
        made.append(line(number))
    return made


def test_answers_are_put_together_once_and_stay_in_order(manifest, path):
    assert len(storage.sizes(path)) == COUNT
    assert numbers(manifest.lines()) == list(range(COUNT))
    assert manifest.settle() == COUNT
    (name,) = storage.sizes(path)
    assert storage.read_bytes(path / name) == b"".join(encode_line(line(number)) for number in range(COUNT)), "plain lines"
    assert manifest.settle() == 0
    manifest.append(line(COUNT))
    assert numbers(ManifestObjects(path).lines()) == list(range(COUNT + 1))


def test_one_answer_alone_stays_as_it_is(path):
    manifest = ManifestObjects(path)
    assert manifest.settle() == 0
    manifest.append(line(0))
    before = storage.sizes(path)
    manifest.settle()
    assert storage.sizes(path) == before


def test_a_clock_that_is_set_back_does_not_turn_the_order(path):
    times = iter(datetime(2026, 3, 1, tzinfo=UTC) - timedelta(hours=hour) for hour in range(3))
    manifest = ManifestObjects(path, now=lambda: next(times))
    for number in range(3):
        manifest.append(line(number))
    assert numbers(manifest.lines()) == [0, 1, 2]


@pytest.mark.parametrize("removed", [None, 0, 1, 3, COUNT - 1, COUNT])
def test_killed_while_answers_are_put_together_nothing_is_lost_or_doubled(manifest, path, monkeypatch, removed):
    """`removed` objects were gone when the process was killed; null: it was killed before it had put the one for all."""
    put, remove = storage.write_whole, storage.remove

    def write_whole(place, content):
        if removed is None:
            raise Killed
        put(place, content)

    def remove_some(paths):
        remove(list(paths)[:removed])
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(storage, "write_whole", write_whole)
        patch.setattr(storage, "remove", remove_some)
        with pytest.raises(Killed):
            manifest.settle()
    assert numbers(manifest.lines()) == list(range(COUNT))
    manifest.append(line(COUNT))
    assert numbers(manifest.lines()) == list(range(COUNT + 1))
    manifest.settle()
    assert numbers(manifest.lines()) == list(range(COUNT + 1))
    assert len(storage.sizes(path)) == (1 if removed is None else 2)


def test_two_that_put_together_at_once_double_nothing(manifest, path, monkeypatch):
    put = storage.write_whole

    def other_first(place, content):
        monkeypatch.setattr(storage, "write_whole", put)
        other = ManifestObjects(path)
        other.append(line(COUNT))
        other.settle()
        put(place, content)

    monkeypatch.setattr(storage, "write_whole", other_first)
    manifest.settle()
    assert len(storage.sizes(path)) == 2, "both have put what they found"
    manifest.append(line(COUNT + 1))
    manifest.settle()
    assert numbers(ManifestObjects(path).lines()) == list(range(COUNT + 2))


def test_who_comes_second_leaves_it_to_the_first(manifest, path, monkeypatch):
    read = storage.read_all

    def other_first(paths):
        monkeypatch.setattr(storage, "read_all", read)
        ManifestObjects(path).settle()
        return read(paths)

    monkeypatch.setattr(storage, "read_all", other_first)
    manifest.settle()
    assert len(storage.sizes(path)) == 1
    assert numbers(manifest.lines()) == list(range(COUNT))


@pytest.mark.parametrize("read_before", [0, 1, 3, COUNT])
def test_a_reader_goes_on_while_answers_are_put_together(manifest, path, monkeypatch, read_before):
    manifest.settle()
    for number in range(COUNT, 2 * COUNT):
        manifest.append(line(number))
    monkeypatch.setattr(manifest_objects, "_READ_AT_ONCE", 1)
    place = Place()
    reading = manifest.lines(place=place)
    begun = [next(reading) for _ in range(COUNT + read_before)]
    other = ManifestObjects(path)
    other.append(line(2 * COUNT))
    other.settle()
    found = numbers([*begun, *reading])
    assert found[: 2 * COUNT] == list(range(2 * COUNT))
    assert found[2 * COUNT :] in ([], [2 * COUNT]), "what was put meanwhile may be seen or not"
    assert not place.mark or read_before == COUNT, "no index is kept of a reading that was disturbed"


def test_an_object_that_comes_late_is_not_lost(manifest, path):
    """A process that was slow puts an answer under a time at which others were already put together."""
    manifest.settle()
    (name,) = storage.sizes(path)
    first, last = (datetime.strptime(time, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC) for time in name.split("-")[:2])
    slow = ManifestObjects(path, now=lambda: first + (last - first) / 2)
    slow.append(line(COUNT))
    assert sorted(numbers(manifest.lines())) == list(range(COUNT + 1))
    manifest.append(line(COUNT + 1))
    manifest.settle()
    assert sorted(numbers(manifest.lines())) == list(range(COUNT + 2))


def test_a_manifest_of_a_disk_may_be_copied_there(manifest, path):
    manifest.settle()
    content = b"".join(encode_line(line(number)) for number in range(100, 200))
    storage.write_whole(path / "0-from-disk.jsonl", content)
    assert numbers(manifest.lines()) == [*range(100, 200), *range(COUNT)]
    manifest.settle()
    assert storage.read_bytes(path / "0-from-disk.jsonl") == content


def test_large_objects_are_read_in_pieces(path, monkeypatch):
    content = b"".join(encode_line(line(number)) for number in range(300))
    storage.write_whole(path / "0.jsonl", content)
    monkeypatch.setattr(manifest_objects, "_READ_AT_ONCE", 1000)
    assert numbers(ManifestObjects(path).lines()) == list(range(300))


def test_a_damaged_line_is_named_with_its_object(manifest, path):
    storage.write_whole(path / "0.jsonl", encode_line(line(0)) + b"nonsense\n")
    with pytest.raises(ArchiveError, match=r"s3://.*/0\.jsonl: line 2 is no JSON"):
        list(manifest.lines())


def test_what_is_no_manifest_is_a_leftover(manifest, path):
    storage.write_whole(path / "notes.txt", b"?")
    assert [str(each) for each in manifest.leftovers()] == [f"{path}/notes.txt"]
    assert numbers(manifest.lines()) == list(range(COUNT))
