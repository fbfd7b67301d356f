"""The articles of the candidates: what goes on, and what stops."""

from datetime import datetime, timedelta

import pytest
from three_articles import BASE, CANDIDATES, candidate, text, waits_hours

from etl.errors import Blocked, PortalUnreachable
from etl.fetch import fetch_candidates


class Later(datetime):
    """A clock twelve hours ahead, and a minute."""

    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) + timedelta(hours=12, minutes=1)


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


def test_a_fetch_killed_in_the_middle_goes_on_where_it_was(articles, make_client, archive):
    fetching = fetch_candidates(CANDIDATES, make_client())
    next(fetching)
    fetching.close()
    assert [a.status for a in fetch_candidates(CANDIDATES, make_client())] == [200, 200, 200]
    assert [articles.paths().count(f"/{name}.html") for name in "abc"] == [1, 1, 1]
    assert len(archive.inventory("town")) == 3
