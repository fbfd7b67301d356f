"""A run that goes on where it stopped: what it has asked for is not asked again."""

from datetime import date

import pytest

from etl.fetch import fetch_candidates
from etl.models import Candidate

BASE = "https://www.example.gov.cn"


@pytest.fixture
def candidates(portal):
    """Two reports that are there, and one that is not."""
    found = []
    for name in "abc":
        title = f"{name}2023年度法治政府建设情况报告"
        if name != "c":
            portal.page(f"/{name}.html", f"<h1>{title}</h1><p>2023年，{name}办理行政复议案件7件，开展法治培训12场。</p>", ETag=f'"{name}"')
        found.append(Candidate("town", f"{BASE}/{name}.html", title, f"{BASE}/list", date(2024, 3, 25), "云河区", is_report=True))
    return found


def articles(portal):
    return [path for path in portal.paths() if path != "/robots.txt"]


def test_the_same_run_gives_its_answers_again_without_asking(portal, candidates, make_client):
    first = list(fetch_candidates(candidates[:2], make_client()))
    again = list(fetch_candidates(candidates, make_client()))
    assert again[:2] == first
    assert [answer.status for answer in again] == [200, 200, 404]
    assert articles(portal) == ["/a.html", "/b.html", "/c.html"]
    assert list(fetch_candidates(candidates, make_client())) == again, "one that is gone is not asked again either"
    assert len(articles(portal)) == 3


def test_another_run_asks_and_what_it_was_told_is_current_stays_so(portal, candidates, make_client):
    list(fetch_candidates(candidates[:2], make_client()))
    for _ in range(2):
        assert [answer.status for answer in fetch_candidates(candidates[:2], make_client(run_id="r2"))] == [304, 304]
    assert len(articles(portal)) == 4


def test_the_body_of_what_was_answered_is_the_archived_one(candidates, make_client, archive):
    from etl.fetch import Ask

    client = make_client()
    (answer,) = fetch_candidates(candidates[:1], client)
    asked = Ask(candidates[0].url, "article")
    assert client.answered(asked).body == archive.read(answer.sha256)
    second = make_client(run_id="r2")
    list(fetch_candidates(candidates[:1], second))
    assert second.answered(asked).body == archive.read(answer.sha256)


def test_a_refetch_asks_for_everything(portal, candidates, make_client):
    list(fetch_candidates(candidates[:2], make_client()))
    assert [answer.status for answer in fetch_candidates(candidates[:2], make_client(refetch=True))] == [200, 200]
    assert len(articles(portal)) == 4


def test_an_article_whose_bytes_were_lost_is_asked_for_again(portal, candidates, make_client, archive):
    (answer,) = fetch_candidates(candidates[:1], make_client())
    archive.bodies.path(answer.sha256).unlink()
    assert [answer.status for answer in fetch_candidates(candidates[:1], make_client())] == [200]
    assert archive.read(answer.sha256)
    assert len(articles(portal)) == 2
