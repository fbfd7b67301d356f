"""robots.txt: fetched once a run, obeyed, and an answer that is none stops the run."""

import pytest

from etl.errors import NotAllowed, PortalUnreachable
from etl.fetch import Ask

BASE = "https://www.example.gov.cn"
PATH = "/xxgk/002017/002017002/20240325/5f0c1a52.html"
URL = BASE + PATH
TEXT = "<p>法治政府建设情况报告</p>"


def get(client, url=URL, **fields):
    return client.get(Ask(url, **{"page": "article", "district": "云河区", "title": "报告", **fields}))


def test_robots_are_fetched_once_and_obeyed(portal, client):
    portal.page("/robots.txt", "User-agent: *\nDisallow: /xxgk/002099/\n", Content_Type="text/plain")
    portal.page(PATH, TEXT)
    get(client)
    with pytest.raises(NotAllowed, match=r"robots\.txt asks not to fetch it"):
        get(client, BASE + "/xxgk/002099/20240325/a.html")
    get(client)
    assert portal.paths() == ["/robots.txt", PATH, PATH]


def test_robots_may_speak_of_us_alone(portal, client):
    portal.page("/robots.txt", "User-agent: *\nDisallow:\n\nUser-agent: rule-of-law-reports\nDisallow: /\n")
    with pytest.raises(NotAllowed):
        get(client)


def test_a_crawl_delay_slows_down(portal, client):
    portal.page("/robots.txt", "User-agent: *\nCrawl-delay: 3\n")
    assert client.may_fetch(URL)
    assert client._pace.interval_s == 3


def test_a_page_in_place_of_robots_is_no_rule(portal, client):
    portal.page("/robots.txt", "<html><body>首页 Disallow: /</body></html>")
    portal.page(PATH, TEXT)
    assert get(client).answer.status == 200


def test_without_an_answer_on_robots_nothing_is_fetched(portal, client):
    portal.page("/robots.txt", status=500)
    with pytest.raises(PortalUnreachable, match=r"robots\.txt: the portal answers 500"):
        get(client)
    assert set(portal.paths()) == {"/robots.txt"}


def test_the_second_run_asks_for_robots_anew(portal, make_client):
    portal.page(PATH, TEXT)
    for run_id in ("r1", "r2"):
        get(make_client(run_id=run_id))
    assert portal.paths().count("/robots.txt") == 2
