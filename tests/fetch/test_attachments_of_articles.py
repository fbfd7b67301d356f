"""The files that an article links: which are asked for, when, and how many."""

from dataclasses import replace
from datetime import timedelta

import pytest
from three_articles import BASE, CANDIDATES, candidate, text

from etl.fetch import fetch_candidates

PDF = b"%PDF-1.7\n" + bytes(range(256))


def linking(name, *hrefs):
    return text(name) + "".join(f'<p>附件：<a href="{href}">{href.rpartition("/")[2]}</a></p>' for href in hrefs)


def test_attachments_of_an_article_are_fetched_after_it(articles, client, archive):
    articles.page("/a.html", linking("a", "/files/report.pdf", "table.xlsx"))
    articles.page("/files/report.pdf", PDF, Content_Type="application/pdf")
    articles.page("/table.xlsx", b"PK\x03\x04xlsx")
    answers = list(fetch_candidates(CANDIDATES[:2], client))
    assert [(a.page, a.url.removeprefix(BASE)) for a in answers] == [
        ("article", "/a.html"),
        ("attachment", "/files/report.pdf"),
        ("attachment", "/table.xlsx"),
        ("article", "/b.html"),
    ]
    assert (answers[1].parent, answers[1].title, answers[1].district) == (f"{BASE}/a.html", "report.pdf", "云河区")
    assert archive.read(answers[1].sha256) == PDF
    assert answers[1].charset is None
    version = next(version for version in archive.inventory("town") if version.url == f"{BASE}/a.html")
    assert [attachment.url for attachment in version.attachments] == [f"{BASE}/files/report.pdf", f"{BASE}/table.xlsx"]


def test_attachments_are_asked_for_conditionally(articles, make_client):
    articles.page("/a.html", linking("a", "/report.pdf"), ETag='"a"')
    articles.page("/report.pdf", PDF, ETag='"p"')
    list(fetch_candidates(CANDIDATES[:1], make_client()))
    assert [a.status for a in fetch_candidates(CANDIDATES[:1], make_client(run_id="r2"))] == [304, 304]


def test_a_file_without_validators_rests_below_a_page_that_has_not_changed(articles, make_client):
    articles.page("/a.html", linking("a", "/down?attachGuid=1&name=x.pdf"), ETag='"a"')
    articles.page("/down?attachGuid=1&name=x.pdf", PDF, Content_Type="application/pdf")
    asked = []
    for run_id, page in (("r1", None), ("r2", None), ("r3", linking("a", "/down?attachGuid=1&name=x.pdf") + "<p>!</p>"), ("r4", None)):
        if page is not None:
            articles.page("/a.html", page, ETag='"a2"')
        before = len(articles.paths())
        list(fetch_candidates(CANDIDATES[:1], make_client(run_id=run_id)))
        asked.append(any("attachGuid" in path for path in articles.paths()[before:]))
    assert asked == [True, False, True, False]


def test_a_file_without_validators_is_asked_for_once_a_month(articles, make_client, monkeypatch):
    articles.page("/a.html", linking("a", "/a.pdf"), ETag='"a"')
    articles.page("/a.pdf", PDF, Content_Type="application/pdf")
    list(fetch_candidates(CANDIDATES[:1], make_client()))
    monkeypatch.setattr("etl.fetch.articles._REST", timedelta(0))
    list(fetch_candidates(CANDIDATES[:1], make_client(run_id="r2")))
    assert articles.paths().count("/a.pdf") == 2


@pytest.mark.parametrize("href", ["https://evil.example/a.pdf", "http://127.0.0.1:1/a.pdf", "/a.doc", "/a.zip", "/a.wps", "/b.html"])
def test_only_files_that_can_be_read_on_own_hosts_are_asked_for(articles, client, href):
    articles.page("/a.html", linking("a", href))
    assert len(list(fetch_candidates(CANDIDATES[:1], client))) == 1
    assert articles.paths() == ["/robots.txt", "/a.html"]


def test_a_download_whose_kind_nobody_tells_is_asked_for(articles, client):
    path = "/EpointWebBuilder/webbuildermis/attach/downloadattach?attachGuid=7"
    articles.page("/a.html", text("a") + f'<a href="{path}">附件</a>')
    articles.page(path, PDF)
    assert [a.status for a in fetch_candidates(CANDIDATES[:1], client)] == [200, 200]


def test_of_many_attachments_the_first_ten_are_fetched(articles, client, caplog):
    articles.page("/a.html", linking("a", *(f"/{number}.pdf" for number in range(12))))
    for number in range(12):
        articles.page(f"/{number}.pdf", PDF + b"%d" % number)
    assert len(list(fetch_candidates(CANDIDATES[:1], client))) == 11
    assert "links 12 files; the first 10 are fetched" in caplog.text


def test_an_attachment_has_a_limit_of_its_own(articles, make_client, archive, caplog):
    articles.page("/a.html", linking("a", "/a.pdf", "/b.pdf"))
    articles.page("/a.pdf", PDF * 10)
    articles.page("/b.pdf", PDF * 100)
    answers = list(fetch_candidates(CANDIDATES[:1], make_client(max_page_bytes=1000, max_attachment_bytes=10_000)))
    assert [a.url[-5:] for a in answers] == [".html", "a.pdf"]
    assert "b.pdf: the portal sends 26500 bytes, more than 10000: not kept; the limit is ETL_MAX_ATTACHMENT_BYTES" in caplog.text
    assert archive.last_answer(f"{BASE}/b.pdf").outcome == "too_large"


def test_an_attachment_that_is_not_there_is_named(articles, client, caplog):
    articles.page("/a.html", linking("a", "/a.pdf"))
    assert [a.status for a in fetch_candidates(CANDIDATES[:2], client)] == [200, 404, 200]
    assert f"a.pdf: linked in {BASE}/a.html, but not there (404)" in caplog.text


def test_an_item_that_is_a_file_is_fetched_as_one(articles, make_client):
    articles.page("/a.pdf", PDF * 10, Content_Type="application/pdf")
    file = replace(candidate("a"), url=f"{BASE}/a.pdf")
    (answer,) = fetch_candidates([file], make_client(max_page_bytes=1000))
    assert (answer.page, answer.outcome, answer.size) == ("article", "ok", 2650)


def test_markup_nested_without_end_is_not_searched(articles, client, caplog):
    articles.page("/a.html", text("a") + "<div>" * 3000)
    assert len(list(fetch_candidates(CANDIDATES[:1], client))) == 1
    assert "its attachments are not looked for" in caplog.text
