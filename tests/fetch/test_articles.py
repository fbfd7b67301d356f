"""The articles of the candidates: what goes on, and what stops."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from etl.errors import Blocked, PortalUnreachable
from etl.fetch import Ask, fetch_candidates
from etl.models import Candidate

BASE = "https://www.example.gov.cn"


class Later(datetime):
    """A clock twelve hours ahead, and a minute."""

    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) + timedelta(hours=12, minutes=1)


def waits_hours(answer):
    return (datetime.fromisoformat(answer.retry_at) - datetime.fromisoformat(answer.time)).total_seconds() / 3600


def candidate(name, is_report=True):
    title = f"{name}2023年度法治政府建设情况报告"
    return Candidate(
        "town", f"{BASE}/{name}.html", title, f"{BASE}/list", date(2024, 3, 25), "云河区", is_report, None if is_report else "not_matched"
    )


def text(name):
    return f"<h1>{name}2023年度法治政府建设情况报告</h1><p>2023年，{name}办理行政复议案件7件，开展法治培训12场。</p>"


@pytest.fixture
def articles(portal):
    for name in "abc":
        portal.page(f"/{name}.html", text(name), ETag=f'"{name}"')
    return portal


CANDIDATES = [candidate(name) for name in "abc"]


def test_reports_are_fetched_in_order_with_title_and_district(articles, client, archive):
    answers = list(fetch_candidates(CANDIDATES, client))
    assert [(a.url, a.title, a.district, a.page, a.status) for a in answers] == [
        (c.url, c.title, "云河区", "article", 200) for c in CANDIDATES
    ]
    assert [version.title for version in archive.inventory("town")] == [c.title for c in CANDIDATES]


def test_what_is_no_report_is_not_fetched(articles, client):
    assert len(list(fetch_candidates([candidate("a", is_report=False), candidate("b")], client))) == 1
    assert "/a.html" not in articles.paths()


def test_a_second_run_gets_304_and_stores_nothing(articles, make_client, archive):
    list(fetch_candidates(CANDIDATES, make_client()))
    bodies = sorted((archive.root / "raw").glob("??/*"))
    assert [a.status for a in fetch_candidates(CANDIDATES, make_client(run_id="r2"))] == [304] * 3
    assert sorted((archive.root / "raw").glob("??/*")) == bodies
    assert len(archive.inventory("town")) == 3


@pytest.mark.parametrize("status", [404, 410])
def test_an_article_that_is_gone_is_recorded_and_the_next_one_fetched(articles, make_client, archive, caplog, status):
    list(fetch_candidates(CANDIDATES, make_client()))
    articles.page("/b.html", status=status)
    assert [a.status for a in fetch_candidates(CANDIDATES, make_client(run_id="r2"))] == [304, status, 304]
    assert f"b.html: listed in {BASE}/list, but not there ({status})" in caplog.text
    assert [version.gone_at is not None for version in archive.inventory("town", {"town": 1})] == [False, True, False]
    assert not any(version.gone_at for version in archive.inventory("town")), "once may be an accident"
    assert [archive.last_answer(c.url).outcome for c in CANDIDATES] == ["not_modified", "gone", "not_modified"]


@pytest.mark.parametrize(
    ("fields", "body", "recorded"),
    [({"status": 302, "Location": "https://evil.example/"}, "", 302), ({"status": 200}, "行政复议" * 500, 200)],
)
def test_an_article_that_may_not_be_kept_is_logged_recorded_and_passed_over(articles, make_client, archive, caplog, fields, body, recorded):
    articles.page("/b.html", body, **fields)
    answers = list(fetch_candidates(CANDIDATES, make_client(max_page_bytes=1000)))
    assert [a.url for a in answers] == [f"{BASE}/a.html", f"{BASE}/c.html"]
    assert "b.html" in caplog.text
    (answer,) = [a for a in archive.answers() if a.url.endswith("/b.html")]
    assert (answer.status, answer.sha256) == (recorded, None)


@pytest.mark.parametrize("status", [403, 412, 429])
def test_a_portal_that_refuses_stops_the_fetch_after_what_came_before(articles, client, archive, status):
    articles.page("/b.html", status=status)
    answers = []
    with pytest.raises(Blocked):
        answers.extend(fetch_candidates(CANDIDATES, client))
    assert "/c.html" not in articles.paths()
    assert [a.status for a in archive.answers() if a.page == "article"] == [200, status]


@pytest.mark.parametrize(
    ("status", "outcome", "words"), [(500, "unreachable", "answers 500"), (400, "unexpected", "answers 400, which is")]
)
def test_one_article_that_does_not_answer_is_named_and_the_next_one_fetched(articles, client, archive, caplog, status, outcome, words):
    articles.page("/b.html", status=status)
    assert [a.url[-6:] for a in fetch_candidates(CANDIDATES, client)] == ["a.html", "c.html"]
    assert f"b.html: the portal {words}" in caplog.text
    last = archive.last_answer(f"{BASE}/b.html")
    assert (last.outcome, last.status) == (outcome, status)
    assert waits_hours(last) == pytest.approx(12, abs=0.01)


def test_three_in_a_row_are_a_portal_that_is_ill(articles, client, archive):
    for name in "bcd":
        articles.page(f"/{name}.html", status=500)
    articles.page("/e.html", text("e"))
    with pytest.raises(PortalUnreachable, match=r"d\.html: the portal answers 500.*3 addresses in a row failed") as caught:
        list(fetch_candidates([candidate(name) for name in "abcde"], client))
    assert "\n" not in str(caught.value)
    assert "/e.html" not in articles.paths()
    assert {a.outcome for a in archive.answers() if a.url[-6] in "bcd"} == {"unreachable"}


def test_failures_that_are_not_in_a_row_stop_nothing(articles, client):
    for name in "bcef":
        articles.page(f"/{name}.html", status=500)
    for name in "dg":
        articles.page(f"/{name}.html", text(name))
    assert [a.url[-6] for a in fetch_candidates([candidate(name) for name in "abcdefg"], client)] == ["a", "d", "g"]


def test_without_robots_no_article_is_asked_for(articles, client):
    articles.page("/robots.txt", status=500)
    with pytest.raises(PortalUnreachable, match=r"robots\.txt"):
        list(fetch_candidates(CANDIDATES, client))
    assert set(articles.paths()) == {"/robots.txt"}


def test_an_article_that_should_wait_is_passed_over_by_name(articles, make_client, caplog):
    articles.page("/b.html", status=500)
    list(fetch_candidates(CANDIDATES, make_client()))
    articles.page("/b.html", text("b"))
    articles.requests.clear()
    assert [a.url[-6] for a in fetch_candidates(CANDIDATES, make_client(run_id="r2"))] == ["a", "c"]
    assert "/b.html" not in articles.paths()
    assert "b.html: passed over until " in caplog.text
    assert [a.url[-6] for a in fetch_candidates(CANDIDATES, make_client(run_id="r3", refetch=True))] == ["a", "b", "c"]


def test_the_wait_ends(articles, make_client, archive, monkeypatch):
    articles.page("/b.html", status=500)
    list(fetch_candidates(CANDIDATES, make_client()))
    articles.page("/b.html", text("b"))
    monkeypatch.setattr("etl.fetch.past.datetime", Later)
    assert [a.url[-6] for a in fetch_candidates(CANDIDATES, make_client(run_id="r2"))] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("<html><title>页面不存在</title><p>抱歉，您访问的页面不存在或已删除，请返回首页。</p></html>", "soft_404"),
        ("ok", "stub"),
        ("", "stub"),
    ],
)
def test_a_200_without_the_article_keeps_its_bytes_and_is_no_version(articles, make_client, archive, caplog, body, outcome):
    list(fetch_candidates(CANDIDATES, make_client()))
    articles.page("/b.html", body)
    answer = list(fetch_candidates(CANDIDATES, make_client(run_id="r2")))[1]
    assert (answer.status, answer.outcome) == (200, outcome)
    assert archive.read(answer.sha256) == body.encode()
    assert waits_hours(answer) == pytest.approx(7 * 24, abs=0.01)
    assert len(archive.inventory("town")) == 3
    assert archive.latest(f"{BASE}/b.html").outcome == "ok"
    assert "b.html: listed in" in caplog.text


def test_the_home_page_in_place_of_an_article_is_told_by_its_bytes(articles, client, archive):
    home = "<html><title>云河区人民政府</title><p>" + "云河区召开会议，部署重点工作，推进项目建设。" * 100 + "</p></html>"
    articles.page("/", home)
    articles.page("/b.html", home)
    client.get(Ask(f"{BASE}/", "list"))
    answers = list(fetch_candidates(CANDIDATES, client))
    assert [a.outcome for a in answers] == ["ok", "soft_404", "ok"]
    assert answers[1].detail == f"gives the very bytes of {BASE}/ in place of the article"


def test_the_home_page_is_asked_for_once_when_a_page_is_not_what_its_list_says(articles, client, archive):
    home = "<html><title>云河区人民政府</title><p>" + "云河区召开会议，部署重点工作，推进项目建设。" * 100 + "</p></html>"
    articles.page("/", home)
    articles.page("/b.html", home)
    articles.page("/c.html", home)
    answers = list(fetch_candidates(CANDIDATES, client))
    assert [a.outcome for a in answers] == ["ok", "soft_404", "soft_404"]
    assert answers[1].detail == f"gives the very bytes of {BASE}/ in place of the article"
    assert articles.paths() == ["/robots.txt", "/a.html", "/b.html", "/", "/c.html"]


def test_a_home_page_that_cannot_be_had_makes_no_article_fail(articles, client, caplog):
    articles.page("/b.html", text("d"))
    articles.page("/", status=500)
    assert [a.outcome for a in fetch_candidates(CANDIDATES, client)] == ["ok"] * 3
    assert "whether it stands in place of an article is not known" in caplog.text


def test_a_home_page_that_refuses_us_stops_what_follows(articles, client, archive):
    articles.page("/b.html", text("d"))
    articles.page("/", status=403)
    with pytest.raises(Blocked, match=r"c\.html: not asked"):
        list(fetch_candidates(CANDIDATES, client))
    assert archive.last_answer(f"{BASE}/b.html").outcome == "ok"


def test_an_article_that_leads_to_the_home_page_is_not_there(articles, client):
    articles.page("/", text("首页"))
    articles.page("/b.html", status=302, Location="/")
    assert [a.outcome for a in fetch_candidates(CANDIDATES, client)] == ["ok", "soft_404", "ok"]


def test_one_page_for_all_addresses_is_not_the_article(articles, client):
    articles.page("/b.html", text("a"))
    articles.page("/c.html", text("a"))
    answers = list(fetch_candidates(CANDIDATES, client))
    assert [a.outcome for a in answers] == ["ok", "soft_404", "soft_404"]
    assert f"very bytes of {BASE}/a.html" in answers[1].detail


def test_one_report_at_two_addresses_is_one_report(articles, client):
    articles.page("/a2.html", text("a"))
    twin = replace(candidate("a"), url=f"{BASE}/a2.html")
    assert [a.outcome for a in fetch_candidates([candidate("a"), twin], client)] == ["ok", "ok"]


def test_a_fetch_killed_in_the_middle_goes_on_where_it_was(articles, make_client, archive):
    fetching = fetch_candidates(CANDIDATES, make_client())
    next(fetching)
    fetching.close()
    assert [a.status for a in fetch_candidates(CANDIDATES, make_client())] == [200, 200, 200]
    assert [articles.paths().count(f"/{name}.html") for name in "abc"] == [1, 1, 1]
    assert len(archive.inventory("town")) == 3


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
