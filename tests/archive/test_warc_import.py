"""WARC files of other crawlers as a source."""

import gzip
import zlib
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from answers import on_disk_and_in_store
from warc_files import BASE, LIMIT, PAGE, URL, bring, page, write

from etl.errors import StageError


@on_disk_and_in_store
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


@on_disk_and_in_store
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
