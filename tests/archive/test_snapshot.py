"""The index that is kept between processes: only a shortcut, never another truth."""

import json
import logging

import pytest

from etl.archive import Archive, manifest_file, snapshot
from etl.models import Answer

COUNT = 12


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(snapshot, "_WORTH_WRITING", 10)


@pytest.fixture
def root(tmp_path):
    put(tmp_path / "archive", range(COUNT))
    return tmp_path / "archive"


def put(root, numbers):
    archive = Archive(root)
    for number in numbers:
        url = f"http://portal/{number % 7}"
        time = f"2024-03-25T01:00:{number:02}+00:00"
        blocked = number == 5
        answer = Answer(
            url, url, time, 403 if blocked else 200, "town", "云河区", "article" if number % 2 else "list", f"r{number // 5}",
            title=f"报告{number}", headers={"etag": f'"{number}"'}, outcome="blocked" if blocked else "ok",
            retry_at="2024-03-26T00:00:00+00:00" if blocked else None,
        )  # fmt: skip
        archive.put(answer, None if blocked else f"{number}".encode())


def told(root):
    """All that the index tells."""
    archive = Archive(root)
    urls = [f"http://portal/{number}" for number in range(8)]
    return (
        [archive.latest(url) for url in urls],
        [archive.last_answer(url) for url in urls],
        [archive.list_bodies(url) for url in urls],
        archive.known("town"),
        [archive.requests_of(f"r{number}") for number in range(9)],
        archive.blocked_until("town"),
        archive.asked_at("town"),
    )


def anew(root):
    (root / "index.json").unlink(missing_ok=True)
    return told(root)


def test_it_tells_what_the_manifest_tells(root):
    first = anew(root)
    assert (root / "index.json").exists()
    assert told(root) == first
    put(root, range(COUNT, COUNT + 3))
    later = told(root)
    assert later != first
    assert later == anew(root)


def test_only_lines_below_it_are_read(root, monkeypatch):
    monkeypatch.setattr(manifest_file, "_MARKED", 100)
    whole = anew(root)
    lines = (root / "manifest.jsonl").read_bytes()
    (root / "manifest.jsonl").write_bytes(b"x" + lines[1:])
    assert told(root) == whole, "what is behind it is left to verify"


def test_few_new_lines_are_not_worth_writing(root):
    anew(root)
    before = (root / "index.json").read_bytes()
    put(root, range(COUNT, COUNT + 3))
    told(root)
    assert (root / "index.json").read_bytes() == before
    put(root, range(COUNT + 3, COUNT + 13))
    told(root)
    assert (root / "index.json").read_bytes() != before


def test_another_manifest_has_another_index(root, tmp_path, caplog):
    anew(root)
    put(tmp_path / "other", range(3, 3 + COUNT))
    (root / "manifest.jsonl").write_bytes((tmp_path / "other" / "manifest.jsonl").read_bytes())
    with caplog.at_level(logging.INFO):
        found = told(root)
    assert "not of this manifest" in caplog.text
    assert found == anew(root)


def test_a_shorter_manifest_has_another_index(root):
    anew(root)
    lines = (root / "manifest.jsonl").read_bytes().splitlines(keepends=True)
    (root / "manifest.jsonl").write_bytes(b"".join(lines[:4]))
    assert told(root) == anew(root)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"format": "0", "place": {}, "tail": "", "index": {}}'])
def test_a_damaged_or_old_index_is_passed_over(root, content):
    whole = anew(root)
    (root / "index.json").write_bytes(content)
    assert told(root) == whole


def test_an_index_of_another_format_is_passed_over(root):
    whole = anew(root)
    content = json.loads((root / "index.json").read_bytes())
    content["format"] = "0"
    content["index"]["addresses"] = {}
    (root / "index.json").write_text(json.dumps(content))
    assert told(root) == whole


def test_a_torn_last_line_is_read_when_it_is_closed(root):
    with (root / "manifest.jsonl").open("ab") as file:
        file.write(b'{"url":"http://por')
    first = anew(root)
    put(root, range(COUNT, COUNT + 1))
    assert told(root) == anew(root) != first


def test_a_folder_that_cannot_be_written_is_no_error(root, monkeypatch, caplog):
    def refuse(path, content):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("etl.storage.write_whole", refuse)
    with caplog.at_level(logging.INFO):
        assert told(root)
    assert "cannot be written (Permission denied)" in caplog.text
    assert [path.name for path in root.iterdir() if path.is_file()] == ["manifest.jsonl"]
