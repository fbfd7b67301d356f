"""The manifest under kills, damage and several writers."""

import json
import logging
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from etl.archive.lines import Line, to_line
from etl.archive.manifest_file import ManifestFile
from etl.errors import ArchiveError
from etl.models import Answer

ROOT = Path(__file__).parents[2]
LINES = 500
WRITER = f"""
import sys
from pathlib import Path
from etl.archive import Archive
from etl.models import Answer

archive = Archive(Path(sys.argv[1]))
for number in range({LINES}):
    url = f"http://portal/{{sys.argv[2]}}/{{number}}"
    answer = Answer(url, url, "2024-03-25T01:00:00+00:00", 200, "town", "云河区", "article", sys.argv[2], title="报告" * 200)
    archive.put(answer, f"{{number}}".encode())
"""


@pytest.fixture
def manifest(tmp_path):
    return ManifestFile(tmp_path / "manifest.jsonl")


def answer(number):
    url = f"http://portal/{number}"
    return to_line(Answer(url, url, "2024-03-25T01:00:00+00:00", 200, "town", "云河区", "article", "r1", title="报告"))


def tear(manifest, keep):
    """Append `keep` bytes of a line, as a kill in the middle of a write would."""
    whole = ManifestFile(manifest.path.with_name("other.jsonl"))
    whole.append(answer(99))
    with manifest.path.open("ab") as file:
        file.write(whole.path.read_bytes()[:keep])


def test_a_torn_last_line_is_reported_and_ignored(manifest, caplog):
    manifest.append(answer(1))
    tear(manifest, 40)
    with caplog.at_level(logging.WARNING):
        assert list(manifest.lines()) == [answer(1)]
    assert "line 2 is torn" in caplog.text


@pytest.mark.parametrize("cut", [1, 40, "inside a character", "all but the newline"])
def test_the_next_append_goes_on_below_a_torn_line(manifest, caplog, cut):
    whole = ManifestFile(manifest.path.with_name("whole.jsonl"))
    whole.append(answer(99))
    line = whole.path.read_bytes()
    keep = {"inside a character": line.index("云".encode()) + 1, "all but the newline": len(line) - 1}.get(cut, cut)
    manifest.append(answer(1))
    tear(manifest, keep)
    torn = manifest.path.read_bytes()
    with caplog.at_level(logging.WARNING):
        manifest.append(answer(2))
    assert "the last line is torn" in caplog.text
    assert manifest.path.read_bytes().startswith(torn), "nothing is removed"
    caplog.clear()
    manifest.append(answer(3))
    assert list(manifest.lines()) == [answer(1), answer(2), answer(3)]
    assert not caplog.records, "a closed line is reported once"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2 is no JSON"),
        ("[]", "line 2 is no answer of this version"),
        ("", "line 2 is no JSON"),
        (json.dumps({"url": "http://portal/1"}), "line 2 is no answer of this version: Object missing required field"),
        (json.dumps({"url": "http://portal/1", "colour": "red"}), "line 2 is no answer of this version"),
        (json.dumps({"url": 1}), "line 2 is no answer of this version: Expected `str`"),
        ('{"url": "\udcff"}', "line 2 is no JSON"),
    ],
)
def test_any_other_bad_line_is_damage(manifest, line, message):
    manifest.append(answer(1))
    with manifest.path.open("a", encoding="utf-8", errors="surrogateescape") as file:
        file.write(line + "\n")
    manifest.append(answer(3))
    with pytest.raises(ArchiveError, match=message):
        list(manifest.lines())


def test_an_unreadable_file_is_an_error_of_the_archive(tmp_path):
    with pytest.raises(ArchiveError, match="cannot be read: Is a directory"):
        list(ManifestFile(tmp_path).lines())


def test_two_processes_append_without_loss(tmp_path):
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name], cwd=ROOT) for name in ("a", "b")]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    kept = list(ManifestFile(tmp_path / "manifest.jsonl").lines())
    for name in ("a", "b"):
        assert [a.url for a in kept if a.run_id == name] == [f"http://portal/{name}/{number}" for number in range(LINES)]
    assert len(kept) == 2 * LINES
    assert len(list((tmp_path / "raw").glob("??/*"))) == LINES, "equal bodies of both are kept once"


def test_a_killed_writer_leaves_an_archive_that_goes_on(tmp_path):
    with subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), "a"], cwd=ROOT) as writer:
        while not (tmp_path / "manifest.jsonl").exists() and writer.poll() is None:
            pass
        writer.kill()
    before = list(ManifestFile(tmp_path / "manifest.jsonl").lines())
    subprocess.run([sys.executable, "-c", WRITER, str(tmp_path), "b"], cwd=ROOT, check=True, timeout=120)
    kept = list(ManifestFile(tmp_path / "manifest.jsonl").lines())
    assert kept[: len(before)] == before
    assert len(kept) == len(before) + LINES


def test_a_line_has_the_fields_of_an_answer():
    assert set(Line.__struct_fields__) == {field.name for field in fields(Answer)}
