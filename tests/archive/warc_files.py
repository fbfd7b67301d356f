"""WARC files that tests write, and the answers of the sample's portal that an archive holds."""

import io
from datetime import UTC, datetime

import answers
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl.archive.feeding import Feeder, Report
from etl.archive.warc_import import WarcPages
from etl.fetch.addresses import Addresses
from etl.sources import load_source

BASE = "http://127.0.0.1:8799"  # the sample's
URL = f"{BASE}/xxgk/002017/a.html"
FILE = f"{BASE}/shja_main/附件.pdf"
PAGE = "<html><title>云河区司法局2023年度法治政府建设情况报告</title>".encode("gb18030")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
LIMIT = 100_000


def answer(url=URL, status=200, hour=1, **fields):
    return answers.answer(url, status, hour, **{"source": "sample", "district": "静安区", "run_id": "manual-1", **fields})


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
