"""Pages that a portal gives in place of an article, with status 200."""

from dataclasses import replace

import pytest
from three_articles import BASE, CANDIDATES, candidate, text, waits_hours

from etl.errors import Blocked
from etl.fetch import Ask, fetch_candidates


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
