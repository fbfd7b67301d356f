"""A folder of pages that a person has saved, as a source."""

import csv
import os
from datetime import UTC, datetime

import pytest

from etl.archive import Archive
from etl.archive.feeding import Feeder, Report
from etl.archive.saved_pages import SavedPages
from etl.errors import StageError
from etl.fetch.addresses import Addresses
from etl.sources import load_source

BASE = "http://127.0.0.1:8799"
URL = f"{BASE}/xxgk/002017/a.html"
TITLE = "云河区司法局2023年度法治政府建设情况报告"
SAVED_AT = datetime(2024, 3, 25, 1, 0, 0, 250_000, tzinfo=UTC)
NOW = datetime(2028, 1, 1, tzinfo=UTC)
LIMIT = 100_000


@pytest.fixture
def save(tmp_path):
    def write(name, content="<p>报告</p>", saved_at=SAVED_AT):
        path = tmp_path / "saved" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        os.utime(path, (saved_at.timestamp(), saved_at.timestamp()))
        return path

    return write


def bring(archive, folder, district="云河区", source="sample", limit=LIMIT):
    report, entry = Report(), load_source(source)
    Feeder(archive, entry, Addresses(entry), NOW, district=district).feed(SavedPages(folder, entry.base_url, limit, report), report)
    return report


def saved_from(url):
    return f"<!DOCTYPE html>\r\n<!-- saved from url=({len(url):04}){url} -->\r\n<html><p>报告"


def test_each_page_becomes_an_article(archive, save, tmp_path):
    save(f"{TITLE} (1).pdf", b"%PDF-1.7")
    save("2024/报告.docx", b"PK\x03\x04")
    save("2024/page.htm", saved_from(URL + "?type=2"))
    save("plain.HTML")
    report = bring(archive, tmp_path / "saved")
    assert (report.added, report.refused, report.skipped) == (4, [], {})
    found = {each.url.removeprefix(BASE): each for each in archive.answers()}
    named = "%E6%8A%A5%E5%91%8A"
    page, word = found["/xxgk/002017/a.html"], found[f"/imported/2024/{named}.docx"]
    pdf = next(each for path, each in found.items() if path.endswith("%20%281%29.pdf"))
    assert set(found) >= {"/xxgk/002017/a.html", f"/imported/2024/{named}.docx", "/imported/plain.HTML"}
    assert {each.page for each in found.values()} == {"article"}
    assert {each.time for each in found.values()} == {"2024-03-25T01:00:00.250000+00:00"}
    assert {each.run_id for each in found.values()} == {"import-20280101T000000"}
    assert (pdf.content_type, pdf.title) == ("application/pdf", TITLE)
    assert (word.title, word.content_type.rpartition(".")[2]) == ("报告", "document")
    assert (page.content_type, page.title, page.requested_url) == ("text/html", None, URL + "?type=2")
    assert archive.read(pdf.sha256) == b"%PDF-1.7"
    assert [known.url for known in archive.known("sample")] == [URL], "the portal is never asked for the others"


def test_the_same_folder_again_adds_nothing(archive, save, tmp_path):
    save("a.html", saved_from(URL))
    assert bring(archive, tmp_path / "saved").added == 1
    lines = (archive.root / "manifest.jsonl").read_bytes()
    assert (bring(archive, tmp_path / "saved").known, bring(Archive(archive.root), tmp_path / "saved").added) == (1, 0)
    save("a.html", saved_from(URL), saved_at=datetime(2025, 1, 1, tzinfo=UTC))
    assert bring(archive, tmp_path / "saved").known == 1, "a copy has another time, and is the same page"
    assert (archive.root / "manifest.jsonl").read_bytes() == lines
    save("a.html", saved_from(URL) + "!")
    assert bring(archive, tmp_path / "saved").added == 1


def test_urls_csv_tells_where_pages_come_from(archive, save, tmp_path):
    save("a.html", saved_from("https://www.jingan.gov.cn/other.html"))
    save("sub/b.html")
    save("urls.csv", f"file,url,title,district\na.html,{URL},{TITLE},静安区\nsub\\b.html,/xxgk/002018/b.html,,\nc.html,/c.html,,\n")
    report = bring(archive, tmp_path / "saved")
    first, second = archive.answers()
    assert (first.url, first.title, first.district) == (URL, TITLE, "静安区")
    assert (second.url, second.title, second.district) == (f"{BASE}/xxgk/002018/b.html", None, "云河区")
    assert report.refused == [("c.html", "named in urls.csv, but not in the folder")]


def test_urls_csv_may_come_from_a_spreadsheet(archive, save, tmp_path):
    save("报告.html")
    for raw in (
        "\ufefffile,url,title\r\n报告.html,/a.html,司法局\r\n".encode(),
        "file,url,title\r\n报告.html,/b.html,司法局\r\n".encode("gb18030"),
    ):
        save("urls.csv", raw)
        assert bring(archive, tmp_path / "saved").added == 1
    assert [(each.url, each.title) for each in archive.answers()] == [(f"{BASE}/a.html", "司法局"), (f"{BASE}/b.html", "司法局")]


@pytest.mark.parametrize(
    ("content", "message"),
    [("name;url\n", "its first line must be file,url"), ("file,url,colour\n", "must be file,url"), ("", "must be file,url"),
     ("file,url\n" + "a" * 200_000 + ",b\n", "is no CSV: field larger")],
)  # fmt: skip
def test_a_wrong_urls_csv_is_one_line(archive, save, tmp_path, content, message):
    csv.field_size_limit(131_072)  # Python's own, which libraries of other tests lift
    save("urls.csv", content)
    with pytest.raises(StageError, match=message) as caught:
        bring(archive, tmp_path / "saved")
    assert "\n" not in str(caught.value)


def test_what_is_no_page_of_the_source_is_named(archive, save, tmp_path):
    save("foreign.html", saved_from("https://www.jingan.gov.cn/a.html"))
    save("one-file.mht")
    save("old.doc")
    save("table.xlsx")
    save("empty.html", b"")
    save("large.html", b"x" * (LIMIT + 1))
    save("future.html", saved_at=datetime(2030, 1, 1, tzinfo=UTC))
    save("urls.csv", "file,url,district\nwrong.html,/a.html,浦东新区\n")
    save("wrong.html")
    (tmp_path / "saved" / "link.html").symlink_to(tmp_path / "secret.html")
    (tmp_path / "secret.html").write_text("secret")
    report = bring(archive, tmp_path / "saved")
    assert report.added == 0
    assert dict(report.refused) == {
        "empty.html": "it is empty",
        "foreign.html": "www.jingan.gov.cn is none of the hosts of source sample",
        "future.html": "its time lies in the future (2030-01-01 00:00)",
        "large.html": f"it is larger than ETL_MAX_PAGE_BYTES={LIMIT}",
        "link.html": "a link or a device, not a file",
        "old.doc": "an old Word file: save it as .docx",
        "one-file.mht": "saved as one file with its pictures: save it as “web page, HTML only”",
        "table.xlsx": "neither .html, .htm, .pdf, .docx",
        "wrong.html": "source sample has no district 浦东新区",
    }


def test_what_a_browser_saves_beside_a_page_is_left_out(archive, save, tmp_path):
    save("报告.html", saved_from(URL))
    save("报告_files/frame.html")
    save("报告.files/style.css")
    save(".hidden/a.html")
    save(".DS_Store", b"x")
    save("other_files/b.html")
    report = bring(archive, tmp_path / "saved")
    assert (report.added, report.refused) == (2, [])
    assert [each.url for each in archive.answers()] == [f"{BASE}/imported/other_files/b.html", URL]


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0014)about:internet -->",
        "<!-- saved from url=(9999)http://127.0.0.1:8799/a.html -->",
        "<!-- saved from url=(0010)http://127.0.0.1:8799/a.html -->",
        "<!-- saved from url=(0023)javascript:alert(1)//// -->",
        "<!-- saved from url=()http://127.0.0.1:8799/a.html -->",
        " " * 5000 + "<!-- saved from url=(0028)http://127.0.0.1:8799/a.html -->",
    ],
)
def test_a_comment_that_says_nothing_is_none(archive, save, tmp_path, comment):
    save("a.html", comment)
    bring(archive, tmp_path / "saved")
    assert [each.url for each in archive.answers()] == [f"{BASE}/imported/a.html"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a..%2f..%2fetc.html", "/imported/a..%252f..%252fetc.html"),
        ("a#b?c=d.html", "/imported/a%23b%3Fc%3Dd.html"),
        ("a b'\"<script>.html", "/imported/a%20b%27%22%3Cscript%3E.html"),
        ("a\nb.html", "/imported/a%0Ab.html"),
        (b"\xff\xfe.html", "/imported/%FF%FE.html"),
    ],
)
def test_names_are_never_paths(archive, tmp_path, name, path):
    folder = tmp_path / "saved"
    folder.mkdir()
    place = os.path.join(os.fsencode(folder), os.fsencode(name))  # noqa: PTH118
    with open(place, "wb") as file:  # noqa: PTH123
        file.write(b"<p>")
    report = bring(archive, folder)
    assert report.refused == []
    (kept,) = archive.answers()
    assert kept.url == BASE + path
    assert {each.name for each in archive.root.iterdir()} == {"manifest.jsonl", "raw"}
    assert archive.verify() == []


def test_a_folder_that_cannot_be_read_is_one_line(archive, save, tmp_path, monkeypatch):
    save("a.html")

    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(StageError, match="cannot be read: Permission denied"):
        bring(archive, tmp_path / "saved")
