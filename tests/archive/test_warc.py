"""The archive as a WARC file and back; WARC files of others; broken and hostile ones."""

import gzip
import io
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl.archive import Archive
from etl.archive.feeding import Feeder, Report
from etl.archive.warc_export import export_warc
from etl.archive.warc_import import WarcPages
from etl.errors import ArchiveError, StageError
from etl.fetch.addresses import Addresses
from etl.models import Answer
from etl.sources import load_source

BASE = "http://127.0.0.1:8799"  # the sample's
URL = f"{BASE}/xxgk/002017/a.html"
FILE = f"{BASE}/shja_main/附件.pdf"
PAGE = "<html><title>云河区司法局2023年度法治政府建设情况报告</title>".encode("gb18030")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
LIMIT = 100_000


def answer(url=URL, status=200, hour=1, **fields):
    values = {
        "url": url, "requested_url": url, "time": f"2024-03-25T{hour:02}:00:00.000000+00:00", "status": status, "source": "sample",
        "district": "静安区", "page": "article", "run_id": "manual-1", "title": "报告", "content_type": "text/html",
    }  # fmt: skip
    return Answer(**{**values, **fields})


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path / "archive")


@pytest.fixture
def full(archive):
    """An archive with everything that may stand in one."""
    headers = {"content-type": "text/html; charset=gbk", "content-encoding": "gzip", "transfer-encoding": "chunked", "etag": '"1"'}
    query = f'{BASE}/EWB-FRONT/rest/lightfrontaction/getgovinfolist#{{"deptcode":"静安 1"}}'
    for each, body in (
        (answer(f"{BASE}/robots.txt", 404, page="robots", district="", outcome="gone", title=None), None),
        (answer(query, page="list", outcome="ok", title=None, content_type="application/json"), b'{"custom":{}}'),
        (answer(outcome="redirected", status=302, headers={"location": "/b.html"}), None),
        (answer(hour=2, headers=headers, outcome="ok", charset="gb18030", charset_from="header", listed_on="2024-03-20"), PAGE),
        (answer(FILE, page="attachment", parent=URL, hour=2, outcome="ok", content_type="application/pdf"), b"%PDF-1.7"),
        (answer(hour=3, status=304, outcome="not_modified", headers={"etag": '"1"', "server": "x"}), None),
        (answer(hour=4, status=0, outcome="unreachable", detail="timed out\nafter 30 s", retry_at="2024-03-26T04:00:00+00:00"), None),
        (answer(hour=5, status=412, outcome="blocked", retry_at="2024-03-26T04:00:00+00:00"), None),
        (answer(hour=6, outcome="soft_404"), b"<title>404</title>"),
        (answer(hour=7, outcome="ok"), PAGE),
        (answer(hour=8, outcome="ok"), b""),
    ):
        archive.put(each, body)
    return archive


def bring(archive, path, source="sample", limit=LIMIT, **options):
    report, entry = Report(), load_source(source)
    Feeder(archive, entry, Addresses(entry), NOW, **options).feed(WarcPages(path, archive, limit, report), report)
    return report


def write(path, *records, compressed=True):
    """A WARC of somebody else: (url, http headers, payload, WARC headers)."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=compressed)
        writer.write_record(writer.create_warcinfo_record("crawl.warc.gz", {"software": "a crawler"}))
        for url, headers, payload, extra in records:
            status = extra.pop("status", "200 OK")
            http = StatusAndHeaders(status, list(headers.items()), "HTTP/1.1")
            record = writer.create_warc_record(
                url, extra.pop("type", "response"), io.BytesIO(payload), len(payload),
                http_headers=http, warc_headers_dict={"WARC-Date": "2024-03-25T01:00:00Z"} | extra,
            )  # fmt: skip
            writer.write_record(record)
    return path


def page(url=URL, payload=PAGE, headers=None, **extra):
    return (url, {"Content-Type": "text/html"} | (headers or {}), payload, extra)


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


def test_pages_of_another_crawler_become_articles(archive, tmp_path):
    path = write(
        tmp_path / "a.warc.gz",
        page("http://127.0.0.1:8799/xxgk/002017/a.html?type=2", headers={"Content-Type": "text/html; charset=gbk", "ETag": '"7"'}),
        page(f"{BASE}/xxgk/002018/%E6%8A%A5%E5%91%8A.pdf", b"%PDF", {"Content-Type": "application/pdf"}),
        page(f"{BASE}/a.png", b"PNG", {"Content-Type": "image/png"}),
        page(f"{BASE}/xxgk/002017/none.html", status="404 Not Found"),
    )
    report = bring(archive, path)
    assert (report.added, report.skipped) == (2, {"image/png": 1, "status 404": 1})
    first, second = archive.answers()
    assert (first.url, first.requested_url) == (URL, URL + "?type=2")
    assert (first.page, first.status, first.outcome, first.district) == ("article", 200, "ok", "静安区")
    assert (first.time, first.run_id) == ("2024-03-25T01:00:00.000000+00:00", "import-20260101T000000")
    assert (first.content_type, first.headers["etag"], first.title) == ("text/html; charset=gbk", '"7"', None)
    assert archive.read(first.sha256) == PAGE
    assert (second.district, second.title) == ("云河区", "报告")
    assert bring(archive, path).known == 2
    assert len(list(archive.answers())) == 2


@pytest.mark.parametrize("packed", ["gzip", "deflate", "bare deflate", "chunked", "chunked gzip", "said but not done"])
def test_packed_pages_are_unpacked(archive, tmp_path, packed):
    payload, headers = PAGE * 50, {}
    if "gzip" in packed:
        payload, headers = gzip.compress(payload), {"Content-Encoding": "gzip"}
    elif "deflate" in packed:
        packer = zlib.compressobj(wbits=-15 if "bare" in packed else 15)
        payload, headers = packer.compress(payload) + packer.flush(), {"Content-Encoding": "deflate"}
    elif packed == "said but not done":
        headers = {"Content-Encoding": "gzip"}
    if "chunked" in packed:
        payload, headers = b"%x\r\n%b\r\n0\r\n\r\n" % (len(payload), payload), headers | {"Transfer-Encoding": "chunked"}
    bring(archive, write(tmp_path / "a.warc", page(payload=payload, headers=headers), compressed=False))
    assert archive.read(archive.latest(URL).sha256) == PAGE * 50


def test_revisits_tell_until_when_a_text_stood(archive, tmp_path):
    digest = "sha1:AAAA"
    path = write(
        tmp_path / "a.warc",
        page(**{"WARC-Payload-Digest": digest}),
        page(payload=PAGE + b"!", **{"WARC-Date": "2024-04-01T00:00:00Z"}),
        page(payload=b"", type="revisit", **{"WARC-Date": "2024-05-01T00:00:00Z", "WARC-Payload-Digest": digest}),
        page(payload=b"", type="revisit", **{"WARC-Date": "2024-06-01T00:00:00Z", "WARC-Payload-Digest": "sha1:BBBB"}),
        page(payload=b"", type="revisit", **{
            "WARC-Date": "2024-07-01T00:00:00Z", "WARC-Profile": "http://netpreserve.org/warc/1.1/revisit/server-not-modified",
        }),
        page(f"{BASE}/x", payload=b"", type="revisit", **{"WARC-Profile": "http://netpreserve.org/warc/1.1/revisit/server-not-modified"}),
    )  # fmt: skip
    report = bring(archive, path, district="静安区")
    assert (report.added, report.skipped) == (4, {"revisit of what is not imported": 1, "unchanged, but never imported": 1})
    first, changed = archive.inventory()
    assert first.raw_sha256 == sha256(PAGE).hexdigest()
    assert first.last_seen_at == datetime(2024, 7, 1, tzinfo=UTC)
    assert changed.last_seen_at == datetime(2024, 4, 1, tzinfo=UTC)


def test_what_is_not_of_the_source_is_refused_by_name(archive, tmp_path):
    path = write(
        tmp_path / "a.warc",
        page("https://www.jingan.gov.cn/a.html"),
        page("https://127.0.0.1:8799.example.com/a.html"),
        page("file:///etc/passwd"),
        page("../../../../etc/passwd"),
        page(**{"WARC-Date": "2030-01-01T00:00:00Z"}),
        page(**{"WARC-Date": "yesterday"}),
        page(payload=b"x" * (LIMIT + 1)),
        page(payload=gzip.compress(b"x" * (LIMIT + 1)), headers={"Content-Encoding": "gzip"}),
        page(payload=gzip.compress(PAGE * 9)[:-12], headers={"Content-Encoding": "gzip"}),
        page(payload=PAGE, headers={"Content-Encoding": "zstd"}),
    )
    report = bring(archive, path, district="静安区")
    assert report.added == 0
    reasons = [reason for _, reason in report.refused]
    assert reasons == [
        "www.jingan.gov.cn is none of the hosts of source sample",
        "127.0.0.1:8799.example.com is none of the hosts of source sample",
        "it has no HTTP headers, or its address is not of the web",
        "it has no HTTP headers, or its address is not of the web",
        "its time lies in the future (2030-01-01 00:00)",
        "its date cannot be read ('yesterday')",
        f"it is larger than ETL_MAX_PAGE_BYTES={LIMIT}",
        f"it unpacks to more than ETL_MAX_PAGE_BYTES={LIMIT}",
        "its compressed bytes are cut off",
        "it is packed in a way that is not read here (zstd)",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["a.warc"]


def test_a_district_is_asked_for_where_nothing_tells_it(archive, tmp_path):
    path = write(tmp_path / "a.warc", page(f"{BASE}/elsewhere/a.html"))
    with pytest.raises(StageError, match="has the districts 云河区, 静安区: say --district"):
        bring(archive, path)
    with pytest.raises(StageError, match="has no district 浦东新区"):
        bring(archive, path, district="浦东新区")
    assert bring(archive, path, district="云河区").added == 1


def test_only_what_is_asked_for(archive, tmp_path):
    path = write(tmp_path / "a.warc", page(), page(f"{BASE}/xxgk/002018/b.html"))
    report = bring(archive, path, only="*/002018/*")
    assert (report.added, report.skipped) == (1, {"not asked for by --only": 1})


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
