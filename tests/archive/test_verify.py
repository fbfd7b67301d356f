"""What verify finds: damage, and what a killed process has left over."""

import os

import pytest
from answers import on_disk_and_in_store

from etl.archive.verify import Verification
from etl.models import Answer

URL = "http://portal/a.html"


def put(archive, body=b"text", url=URL, **fields):
    return archive.put(
        Answer(url, url, "2024-03-25T01:00:00+00:00", 200 if body else 304, "town", "云河区", "article", "r1", **fields), body
    )


def look(archive):
    verification = Verification(archive.manifest, archive.bodies)
    return [(problem.is_damage, problem.words) for problem in verification.problems()], verification


def break_(path, content=b"?"):
    path.chmod(0o644)
    path.write_bytes(content)


@on_disk_and_in_store
def test_a_whole_archive_is_counted(archive):
    put(archive)
    put(archive, None)
    put(archive, b"other", url=URL + "x")
    problems, verification = look(archive)
    assert problems == []
    assert (verification.lines, verification.checked, verification.size) == (3, 2, 9)
    assert (verification.damage, verification.leftovers) == (0, 0)


def test_an_empty_archive_is_whole(archive):
    assert look(archive)[0] == []


def test_damaged_lines_are_all_named_and_the_rest_is_looked_at(archive):
    put(archive)
    with archive.manifest.path.open("ab") as file:
        file.write(b'{"url": 1}\nnonsense\n')
    kept = put(archive, b"other", url=URL + "x")
    archive.bodies.path(kept.sha256).unlink()
    problems, verification = look(archive)
    assert [is_damage for is_damage, _ in problems] == [True, True, True]
    assert "line 2 is no answer of this version" in problems[0][1]
    assert "line 3 is no JSON" in problems[1][1]
    assert problems[2][1].endswith(f"the archived bytes are missing; restore them from a backup ({URL}x)")
    assert (verification.lines, verification.checked, verification.damage) == (2, 1, 3)


def test_torn_lines_are_no_damage(archive, caplog):
    put(archive)
    with archive.manifest.path.open("ab") as file:
        file.write(b'{"url":')
    assert look(archive)[0] == []
    put(archive, None)
    problems, verification = look(archive)
    assert problems == []
    assert verification.lines == 2


def test_altered_bytes_are_damage_whether_named_or_not(archive):
    first, second = put(archive), put(archive, b"other", url=URL + "x")
    for kept in (first, second):
        break_(archive.bodies.path(kept.sha256))
    lines = archive.manifest.path.read_bytes().splitlines(keepends=True)
    archive.manifest.path.write_bytes(lines[0])
    problems, _ = look(archive)
    assert sorted(words.rpartition("(")[2] for _, words in problems) == [f"{URL})", "no answer names it)"]
    assert all(is_damage for is_damage, _ in problems)


def test_what_a_killed_process_leaves_is_told_and_harmless(archive, monkeypatch):
    def die(*arguments):
        raise KeyboardInterrupt

    put(archive)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", die)
        with pytest.raises(KeyboardInterrupt):
            put(archive, b"cut off", url=URL + "x")
    with monkeypatch.context() as patch:
        patch.setattr("etl.archive.manifest_file.os.write", die)
        with pytest.raises(KeyboardInterrupt):
            put(archive, b"no line", url=URL + "y")
    (archive.root / "raw" / "notes.txt").write_text("who put this here?")
    (archive.root / ".index.json.7.part").touch()
    problems, verification = look(archive)
    assert [is_damage for is_damage, _ in problems] == [False, False, False, False]
    assert sum("no answer names these bytes" in words for _, words in problems) == 1
    assert sum(words.endswith(".part: no body: left by a killed process, or put there by somebody") for _, words in problems) == 2
    assert sum("notes.txt: no body" in words for _, words in problems) == 1
    assert (verification.damage, verification.leftovers) == (0, 4)
    assert archive.verify() == []


def test_a_name_that_is_no_hash_is_missing_bytes(archive):
    put(archive)
    raw = archive.manifest.path.read_bytes()
    digest = next(archive.bodies.digests())
    archive.manifest.path.write_bytes(raw.replace(digest.encode(), b"../../etc/passwd"))
    problems, _ = look(archive)
    assert [is_damage for is_damage, _ in problems] == [False, True]
    assert "../../etc/passwd" in problems[1][1]


def test_progress_is_told(archive):
    put(archive)
    put(archive, b"other", url=URL + "x")
    told = []
    verification = Verification(archive.manifest, archive.bodies)
    assert list(verification.problems(lambda done, total: told.append((done, total)))) == []
    assert told == [(0, 2), (1, 2), (2, 2)]
