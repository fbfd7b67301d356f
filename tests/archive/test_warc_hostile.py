"""WARC files that are broken, or say what cannot be."""

import gzip

import pytest
from warc_files import BASE, PAGE, answer, bring, page, write

from etl.archive import Archive
from etl.archive.feeding import Report
from etl.archive.warc_export import export_warc
from etl.errors import StageError


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"url": "https://www.jingan.gov.cn/a.html"}, "is no address of source sample"),
        ({"parent": "https://www.jingan.gov.cn/a.html", "page": "attachment"}, "is no address of source sample"),
        ({"district": "浦东新区"}, "has no district 浦东新区"),
        ({"run_id": "../../x"}, "a run id or a time cannot be"),
        ({"retry_at": "soon"}, "a run id or a time cannot be"),
        ({"listed_on": "2024-02-30"}, "a run id or a time cannot be"),
        ({"retry_at": "2024-03-26T04:00:00"}, "a run id or a time cannot be"),
        ({"time": "2030-01-01T00:00:00+00:00"}, "lies in the future"),
    ],
)
def test_metadata_is_not_believed_blindly(archive, tmp_path, change, reason):
    archive.put(answer(**change), PAGE)
    export_warc(archive, tmp_path / "a.warc")
    copy = Archive(tmp_path / "copy")
    report = bring(copy, tmp_path / "a.warc")
    assert report.added == 0
    assert reason in report.refused[0][1]
    assert not copy.root.exists()


@pytest.mark.parametrize(
    ("metadata", "reason"),
    [
        ("{", "its metadata is no answer"),
        ('{"url": 1}', "its metadata is no answer"),
        ("[]", "its metadata is no answer"),
    ],
)
def test_metadata_that_is_none(archive, tmp_path, metadata, reason):
    report = bring(archive, write(tmp_path / "a.warc", page(**{"WARC-JSON-Metadata": metadata})))
    assert reason in report.refused[0][1]


def test_metadata_of_other_bytes_is_refused(full, tmp_path):
    export_warc(full, tmp_path / "a.warc")
    raw = (tmp_path / "a.warc").read_bytes()
    (tmp_path / "a.warc").write_bytes(raw.replace(PAGE, PAGE[:-1] + b"?"))
    report = bring(Archive(tmp_path / "copy"), tmp_path / "a.warc")
    assert [reason for _, reason in report.refused] == [
        "its bytes are not those that its metadata names",
        "it refers to bytes that neither the file nor the archive holds",
    ]


HEAD = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://127.0.0.1:8799/xxgk/002017/a.html\r\nWARC-Date: 2024-03-25T01:00:00Z\r\n"
)
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>"
BROKEN = {
    "empty lines": b"\r\n\r\n",
    "no WARC": b"hello\r\nworld\r\n\r\n",
    "html": b"<html>" * 1000,
    "zip": b"PK\x03\x04" + b"\0" * 500,
    "cut off": HEAD + b"Content-Length: 900\r\n\r\n" + HTTP,
    "cut off in its headers": HEAD[:60],
    "too long": HEAD + b"Content-Length: 30\r\n\r\n" + HTTP * 9 + b"\r\n\r\n" + HEAD,
    "negative length": HEAD + b"Content-Length: -5\r\n\r\n" + HTTP,
    "no length": HEAD + b"\r\n" + HTTP,
    "a word as length": HEAD + b"Content-Length: many\r\n\r\n" + HTTP,
    "huge length": HEAD + b"Content-Length: 99999999999999999999\r\n\r\n" + HTTP,
    "no address": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 60\r\n\r\n" + HTTP + b"x" * 20 + b"\r\n\r\n",
    "no type": b"WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n" + b"x",
    "a header without end": HEAD + b"X: " + b"a" * 3_000_000,
    "headers without end": HEAD + b"X: a\r\n" * 500_000,
    "http headers without end": HEAD + b"Content-Length: 9000000\r\n\r\nHTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 900_000,
    "gzip cut off": gzip.compress(HEAD + b"Content-Length: 47\r\n\r\n" + HTTP + b"\r\n\r\n")[:-20],
    "gzip altered": bytes([*gzip.compress(HEAD * 90)[:90], 0, 1, 2, *gzip.compress(HEAD * 90)[93:]]),
    "gzip of zeros": gzip.compress(b"\0" * 30_000_000),
    "gzip of a header without end": gzip.compress(HEAD + b"X: " + b"a" * 30_000_000),
    "one gzip of two records": gzip.compress((HEAD + b"Content-Length: 47\r\n\r\n" + HTTP + b"\r\n\r\n") * 2),
    "garbage behind": gzip.compress(HEAD + b"Content-Length: 47\r\n\r\n" + HTTP + b"\r\n\r\n") + b"garbage" * 9,
    "nul": b"\0" * 1000,
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_broken_files_are_one_line(archive, tmp_path, capfd, content):
    (tmp_path / "a.warc.gz").write_bytes(content)
    with pytest.raises(StageError) as caught:
        bring(archive, tmp_path / "a.warc.gz", district="静安区")
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 600
    assert str(caught.value).startswith(f"{tmp_path / 'a.warc.gz'}: record ")
    assert capfd.readouterr() == ("", "")


def test_what_stands_before_the_damage_is_imported(archive, tmp_path):
    path = write(tmp_path / "a.warc.gz", page(), page(f"{BASE}/xxgk/002018/b.html"), page(f"{BASE}/xxgk/002018/c.html"))
    raw = path.read_bytes()
    path.write_bytes(raw[:-60])
    with pytest.raises(StageError, match=r"record 4 cannot be read: .*; what stands before it is imported"):
        bring(archive, path)
    assert len(list(archive.answers())) == 2


def test_what_is_no_answer_of_the_web_is_skipped(archive, tmp_path):
    (tmp_path / "a.warc").write_bytes(HEAD + b"Content-Length: 9\r\n\r\nnot http.\r\n\r\n")
    assert bring(archive, tmp_path / "a.warc").skipped == {"status http.": 1}


def test_an_empty_file_brings_nothing(archive, tmp_path):
    (tmp_path / "a.warc").write_bytes(b"")
    assert bring(archive, tmp_path / "a.warc") == Report()
    with pytest.raises(StageError, match="No such file"):
        bring(archive, tmp_path / "b.warc")
