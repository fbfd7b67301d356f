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


@pytest.mark.parametrize("status", [404, 410])
def test_without_robots_nothing_is_excluded_unless_the_registry_requires_them(portal, make_client, make_source, archive, status):
    portal.page("/robots.txt", status=status)
    portal.page(PATH, TEXT)
    assert get(make_client()).answer.status == 200
    robots = archive.last_answer(f"{BASE}/robots.txt")
    assert (robots.outcome, robots.detail) == ("gone", "without robots.txt nothing is excluded (RFC 9309)")
    with pytest.raises(NotAllowed, match=r"the portal has no robots\.txt, and the registry requires one"):
        get(make_client(source=make_source(robots_policy="require"), run_id="r2"))


def test_a_page_in_place_of_robots_does_not_meet_the_requirement(portal, make_client, make_source):
    portal.page("/robots.txt", "<html><body>首页 这里是云河区人民政府门户网站的首页内容</body></html>")
    with pytest.raises(NotAllowed, match="requires one"):
        get(make_client(source=make_source(robots_policy="require")))


def test_a_page_in_place_of_robots_that_quotes_rules_is_no_rule(portal, client):
    portal.page("/robots.txt", "<html><body><pre>\nUser-agent: *\nDisallow: /\n</pre>这里是云河区人民政府门户网站的首页内容</body></html>")
    portal.page(PATH, TEXT)
    assert get(client).answer.status == 200


def test_rules_are_rules_whatever_type_they_are_sent_as(portal, client):
    portal.page("/robots.txt", "\ufeffUser-agent: *\nDisallow: /xxgk/\n")
    with pytest.raises(NotAllowed):
        get(client)


def test_a_redirect_to_what_robots_exclude_is_not_followed(portal, client):
    portal.page("/robots.txt", "User-agent: *\nDisallow: /private/\n")
    portal.page(PATH, status=302, Location="/private/a.html")
    with pytest.raises(NotAllowed, match=r"which robots\.txt asks not to fetch"):
        get(client)
    assert portal.paths() == ["/robots.txt", PATH]


@pytest.mark.parametrize(
    ("value", "interval_s"), [("0", 0), ("2.5", 2.5), ("-3", 0), ("inf", 0), ("nan", 0), ("999999", 3600), ("soon", 0)]
)
def test_a_crawl_delay_is_bounded(portal, client, value, interval_s):
    portal.page("/robots.txt", f"User-agent: *\nCrawl-delay: {value}\n")
    client.may_fetch(URL)
    assert client._pace.interval_s == interval_s


def test_robots_without_end_are_read_to_a_limit(portal, client):
    portal.page("/robots.txt", "User-agent: *\nDisallow: /xxgk/002099/\n" + "# nothing\n" * 100_000)
    assert not client.may_fetch(f"{BASE}/xxgk/002099/a.html")
    assert client.may_fetch(URL)


def test_an_answer_to_robots_that_nobody_expects_is_taken_for_none(portal, client, caplog):
    portal.page("/robots.txt", status=400)
    portal.page(PATH, TEXT)
    assert get(client).answer.status == 200
    assert "taken for none" in caplog.text
