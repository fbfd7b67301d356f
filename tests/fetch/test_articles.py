"""The articles of the candidates: what goes on, and what stops."""

from datetime import date

import pytest

from etl.errors import Blocked, FetchError, PortalUnreachable
from etl.fetch import fetch_candidates
from etl.models import Candidate

BASE = "https://www.example.gov.cn"


def candidate(name, is_report=True):
    title = f"{name}2023年度法治政府建设情况报告"
    return Candidate(
        "town", f"{BASE}/{name}.html", title, f"{BASE}/list", date(2024, 3, 25), "云河区", is_report, None if is_report else "not_matched"
    )


@pytest.fixture
def articles(portal):
    for name in "abc":
        portal.page(f"/{name}.html", f"<p>{name}</p>", ETag=f'"{name}"')
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
    assert [a.status for a in fetch_candidates(CANDIDATES, make_client())] == [304, status, 304]
    assert f"b.html: listed in {BASE}/list, but not there ({status})" in caplog.text
    assert [version.gone_at is not None for version in archive.inventory("town", {"town": 1})] == [False, True, False]
    assert not any(version.gone_at for version in archive.inventory("town")), "once may be an accident"


@pytest.mark.parametrize(
    ("fields", "body", "recorded"), [({"status": 302, "Location": "https://evil.example/"}, "", 302), ({"status": 200}, "x" * 2000, 200)]
)
def test_an_article_that_may_not_be_kept_is_logged_recorded_and_passed_over(articles, make_client, archive, caplog, fields, body, recorded):
    articles.page("/b.html", body, **fields)
    answers = list(fetch_candidates(CANDIDATES, make_client(max_page_bytes=1000)))
    assert [a.url for a in answers] == [f"{BASE}/a.html", f"{BASE}/c.html"]
    assert "b.html" in caplog.text
    (answer,) = [a for a in archive.answers() if a.url.endswith("/b.html")]
    assert (answer.status, answer.sha256) == (recorded, None)


@pytest.mark.parametrize(("status", "error"), [(403, Blocked), (412, Blocked), (429, Blocked), (500, PortalUnreachable), (400, FetchError)])
def test_a_portal_that_refuses_or_fails_stops_the_fetch_after_what_came_before(articles, client, archive, status, error):
    articles.page("/b.html", status=status)
    answers = []
    with pytest.raises(error):
        answers.extend(fetch_candidates(CANDIDATES, client))
    assert "/c.html" not in articles.paths()
    assert [a.status for a in archive.answers() if a.page == "article"] == [200, status]


def test_a_fetch_killed_in_the_middle_goes_on_where_it_was(articles, make_client, archive):
    fetching = fetch_candidates(CANDIDATES, make_client())
    next(fetching)
    fetching.close()
    assert [a.status for a in fetch_candidates(CANDIDATES, make_client())] == [304, 200, 200]
    assert len(archive.inventory("town")) == 3
