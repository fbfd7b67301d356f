"""The archive as a WARC file, and back."""

from dataclasses import replace
from hashlib import sha256

import pytest
from answers import on_disk_and_in_store
from warc_files import PAGE, URL, answer, bring
from warcio.archiveiterator import ArchiveIterator

from etl.archive import Archive
from etl.archive.warc_export import export_warc
from etl.errors import ArchiveError, StageError


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_an_export_is_a_warc_that_says_what_came(full, tmp_path, name):
    exported = export_warc(full, tmp_path / name)
    assert exported.counts == {"response": 8, "revisit": 2, "metadata": 1}
    assert (tmp_path / name).read_bytes()[:2] == (b"\x1f\x8b" if name.endswith("gz") else b"WA")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [name], "nothing is left beside it"
    with (tmp_path / name).open("rb") as file:
        records = [
            (record, record.content_stream().read(), record.digest_checker.problems) for record in ArchiveIterator(file, check_digests=True)
        ]
    assert not any(problems for _, _, problems in records)
    types = [record.rec_type for record, _, _ in records]
    assert types == ["warcinfo", *["response"] * 5, "revisit", "metadata", *["response"] * 2, "revisit", "response"]
    article, body, _ = records[4]
    assert body == PAGE
    assert article.rec_headers["WARC-Target-URI"] == URL
    assert article.rec_headers["WARC-Date"] == "2024-03-25T02:00:00.000000Z"
    assert article.rec_headers["WARC-Payload-Digest"] == f"sha256:{sha256(PAGE).hexdigest()}"
    assert article.http_headers.get_statuscode() == "200"
    assert article.http_headers["etag"] == '"1"'
    assert article.http_headers["Content-Length"] == str(len(PAGE))
    assert article.http_headers["content-encoding"] is None, "the bytes are kept decoded"
    assert article.http_headers["X-Archive-Orig-content-encoding"] == "gzip"
    not_modified, again = records[6][0], records[10][0]
    assert not_modified.rec_headers["WARC-Profile"].endswith("server-not-modified")
    assert again.rec_headers["WARC-Profile"].endswith("identical-payload-digest")
    for revisit in (not_modified, again):
        assert revisit.rec_headers["WARC-Refers-To-Target-URI"] == URL
        assert revisit.rec_headers["WARC-Refers-To-Date"] == "2024-03-25T02:00:00.000000Z"
    assert b"timed out after 30 s" in records[7][1]
    assert records[2][0].rec_headers["WARC-Target-URI"].isascii()


@on_disk_and_in_store
def test_an_export_that_is_imported_is_the_same_archive(full, tmp_path):
    export_warc(full, tmp_path / "a.warc.gz")
    copy = Archive(tmp_path / "copy")
    report = bring(copy, tmp_path / "a.warc.gz")
    assert (report.added, report.known, report.refused, report.skipped) == (11, 0, [], {})
    assert list(copy.answers()) == [replace(each, run_id="import-manual-1") for each in full.answers()]
    assert copy.inventory() == full.inventory()
    assert copy.verify() == []
    assert bring(copy, tmp_path / "a.warc.gz").added == 0
    assert bring(full, tmp_path / "a.warc.gz").added == 0, "nor where it came from"
    again = export_warc(copy, tmp_path / "b.warc")
    assert again.counts == {"response": 8, "revisit": 2, "metadata": 1}
    third = Archive(tmp_path / "third")
    bring(third, tmp_path / "b.warc")
    assert list(third.answers()) == list(copy.answers()), "an import of an import keeps its run id"


def test_an_export_may_be_of_one_source(full, tmp_path):
    full.put(answer("https://www.jingan.gov.cn/a.html", source="jingan"), b"other")
    assert sum(export_warc(full, tmp_path / "a.warc", "jingan").counts.values()) == 1
    report = bring(Archive(tmp_path / "copy"), tmp_path / "a.warc")
    assert report.refused == [("https://www.jingan.gov.cn/a.html", "it is of source jingan, not of sample")]


def test_exports_that_cannot_be_are_one_line(full, tmp_path):
    with pytest.raises(StageError, match=r"call it \.warc"):
        export_warc(full, tmp_path / "a.zip")
    with pytest.raises(StageError, match="holds no answer of source jingan"):
        export_warc(full, tmp_path / "a.warc", "jingan")
    full.bodies.path(sha256(PAGE).hexdigest()).unlink()
    with pytest.raises(ArchiveError, match="cannot be read"):
        export_warc(full, tmp_path / "a.warc")
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


def test_a_header_cannot_break_out_of_its_line(archive, tmp_path):
    archive.put(answer(URL + "\r\nWARC-Type: x", headers={"server": "a\r\n\r\n<script>"}), PAGE)
    export_warc(archive, tmp_path / "a.warc")
    with (tmp_path / "a.warc").open("rb") as file:
        _, record = ((each, each.content_stream().read()) for each in ArchiveIterator(file))
    assert record[1] == PAGE
    assert record[0].http_headers["server"] == "a <script>"
