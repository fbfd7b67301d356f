"""Bytes and answers go in, and come out as they were; damage and unusable folders say so."""

import os
from dataclasses import replace
from hashlib import sha256

import pytest
from answers import URL, answer, on_disk_and_in_store

from etl.archive import Archive
from etl.errors import ArchiveError, SettingsError

PAGE = "云河区司法局2023年度法治政府建设情况报告".encode("gb18030")


def files(archive):
    return sorted(path for path in archive.root.rglob("*") if path.is_file())


def test_a_body_lies_under_its_hash_and_is_read_back(archive):
    kept = archive.put(answer(), PAGE)
    digest = sha256(PAGE).hexdigest()
    assert kept == replace(answer(), sha256=digest, size=len(PAGE))
    path = archive.root / "raw" / digest[:2] / digest
    assert path.read_bytes() == PAGE
    assert path.stat().st_mode & 0o777 == 0o444
    assert archive.read(digest) == PAGE


@on_disk_and_in_store
def test_answers_come_back_in_order_and_whole(archive):
    kept = [
        archive.put(answer(headers={"etag": 'W/"1"'}, etag='W/"1"', elapsed_ms=12), PAGE),
        archive.put(answer(status=304, hour=2), None),
        archive.put(answer(url=URL + "l", status=404, hour=3, title=None), "不存在".encode()),
    ]
    assert list(Archive(archive.root).answers()) == kept
    assert [a.status for a in kept] == [200, 304, 404]
    assert kept[1].sha256 is None
    assert kept[1].size is None


def test_the_manifest_is_readable_for_people(archive):
    archive.put(answer(), PAGE)
    line = (archive.root / "manifest.jsonl").read_text(encoding="utf-8")
    assert line.endswith("\n")
    assert line.count("\n") == 1
    assert "云河区" in line


def test_the_same_body_is_kept_once(archive):
    archive.put(answer(), PAGE)
    before = [(path, path.stat().st_mtime_ns) for path in files(archive) if "raw" in path.parts]
    archive.put(answer(hour=2), PAGE)
    assert [(path, path.stat().st_mtime_ns) for path in files(archive) if "raw" in path.parts] == before
    assert len(list(archive.answers())) == 2


@on_disk_and_in_store
def test_an_empty_body_is_a_body(archive):
    kept = archive.put(answer(), b"")
    assert kept.size == 0
    assert archive.read(kept.sha256) == b""


@on_disk_and_in_store
def test_a_new_archive_is_empty_and_makes_no_folder(archive):
    assert list(archive.answers()) == []
    assert archive.latest(URL) is None
    assert archive.inventory() == []
    assert archive.verify() == []
    assert not archive.root.exists()


@on_disk_and_in_store
def test_latest_is_the_last_200_with_a_body_and_is_kept_in_step(archive):
    assert archive.latest(URL) is None
    first = archive.put(answer(), PAGE)
    archive.put(answer(status=304, hour=2), None)
    archive.put(answer(status=503, hour=3), b"busy")
    archive.put(answer(hour=4), None)  # larger than the limit: no body was kept
    assert archive.latest(URL) == first
    second = archive.put(answer(hour=5), PAGE + b"!")
    assert archive.latest(URL) == second
    assert Archive(archive.root).latest(URL) == second
    assert archive.latest(URL + "?") is None


def test_changed_bytes_are_damage(archive):
    digest = archive.put(answer(), PAGE).sha256
    path = archive.root / "raw" / digest[:2] / digest
    path.chmod(0o644)
    path.write_bytes(PAGE + b" ")
    with pytest.raises(ArchiveError, match="do not match their hash") as caught:
        archive.read(digest)
    assert str(path) in str(caught.value)


@on_disk_and_in_store
def test_missing_bytes_are_damage(archive):
    with pytest.raises(ArchiveError, match="cannot be read: No such file"):
        archive.read("ab" * 32)


def test_a_damaged_body_is_healed_by_the_same_bytes(archive):
    digest = archive.put(answer(), PAGE).sha256
    path = archive.root / "raw" / digest[:2] / digest
    path.chmod(0o644)
    path.write_bytes(b"")
    archive.put(answer(hour=2), PAGE)
    assert archive.read(digest) == PAGE


def test_verify_names_each_problem_and_its_address(archive):
    good, changed, missing = (archive.put(answer(url=f"{URL}?{n}"), PAGE + bytes([n])).sha256 for n in range(3))
    path = archive.root / "raw" / changed[:2] / changed
    path.chmod(0o644)
    path.write_bytes(b"?")
    (archive.root / "raw" / missing[:2] / missing).unlink()
    problems = archive.verify()
    assert len(problems) == 2
    assert not any(good in problem for problem in problems)
    assert any(changed in problem and "do not match" in problem and f"{URL}?1" in problem for problem in problems)
    assert any(missing in problem and "are missing" in problem and f"{URL}?2" in problem for problem in problems)


def test_verify_looks_at_bodies_that_no_answer_names(archive):
    kept = archive.put(answer(), PAGE)
    (archive.root / "manifest.jsonl").unlink()
    assert archive.verify() == []  # left by a kill between body and line: no harm
    path = archive.root / "raw" / kept.sha256[:2] / kept.sha256
    path.chmod(0o644)
    path.write_bytes(b"?")
    (problem,) = archive.verify()
    assert "no answer names it" in problem


def test_a_kill_while_a_body_is_written_leaves_nothing_that_counts(archive, monkeypatch):
    def die(descriptor):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", die)
        with pytest.raises(KeyboardInterrupt):
            archive.put(answer(), PAGE)
    assert list(archive.answers()) == []
    assert archive.verify() == []
    kept = archive.put(answer(), PAGE)
    assert archive.read(kept.sha256) == PAGE


def test_the_bytes_are_stored_before_the_line(archive, monkeypatch):
    def die(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("etl.archive.manifest_file.os.write", die)
    with pytest.raises(KeyboardInterrupt):
        archive.put(answer(), PAGE)
    assert archive.read(sha256(PAGE).hexdigest()) == PAGE
    assert list(archive.answers()) == []
    assert archive.latest(URL) is None


def test_a_folder_that_is_a_file_is_one_line(tmp_path):
    (tmp_path / "var").write_text("")
    with pytest.raises(SettingsError, match=r"cannot write the archive .*: Not a directory; check ETL_HOME") as caught:
        Archive(tmp_path / "var" / "archive").put(answer(), PAGE)
    assert "\n" not in str(caught.value)


def test_a_read_only_folder_is_one_line(archive, monkeypatch):
    def refuse(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("etl.archive.manifest_file.os.open", refuse)
    with pytest.raises(SettingsError, match="Permission denied; check ETL_HOME, its rights"):
        archive.put(answer(), PAGE)
    assert archive.latest(URL) is None


def test_a_full_disk_is_one_line_and_the_torn_line_no_answer(archive, monkeypatch):
    write = os.write
    archive.put(answer(), PAGE)
    with monkeypatch.context() as patch:
        patch.setattr("etl.archive.manifest_file.os.write", lambda descriptor, line: write(descriptor, line[:20]))
        with pytest.raises(SettingsError, match="the disk is full"):
            archive.put(answer(hour=2), PAGE)
    third = archive.put(answer(hour=3), PAGE)
    assert [a.time for a in archive.answers()] == [answer().time, third.time]
