"""What the portal sees of us: one request at a time and never too soon, on its own hosts, nothing posted but questions, no cookies."""

import json
from urllib.parse import urlsplit

import pytest
from whole_runs import Night, small_site

from bench.night import kind
from sample.json_lists import GOV_LIST
from sample.server import SamplePortal

INTERVAL_S = 0.05
ELSEWHERE = "http://elsewhere.test/xxgk/1.html"


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    """Two nights; robots.txt sets a cookie and so does one article, another one leads to another host."""
    site = small_site()
    reports = [path for path in site.articles("/xxgk/002017/002017002/*") if "法治政府建设" in site.article(path).title]
    page = {"do": "answer", "status": 200, "headers": {"Set-Cookie": "session=1; Path=/"}}
    with SamplePortal(port=0, site=site) as portal:
        portal.scenario("/robots.txt", {**page, "body": "User-agent: *\nDisallow: /zmhd/\n"})
        portal.scenario(reports[0], {"do": "elsewhere", "to": ELSEWHERE})
        portal.scenario(reports[1], {**page, "body": site.page(reports[1]).body})
        night = Night(tmp_path_factory.mktemp("polite") / "home", portal, "yunhe", {"ETL_MIN_INTERVAL_S": str(INTERVAL_S)})
        night.crawl("first")
        night.crawl("second")
        yield night


def test_there_is_never_more_than_one_request_in_flight_and_the_interval_is_kept(night):
    requests = night.portal.requests
    assert requests.max_in_flight() == 1
    assert min(requests.pauses()) >= INTERVAL_S


def test_several_processes_keep_the_interval_together(make_night):
    night = make_night(ETL_MIN_INTERVAL_S=str(INTERVAL_S))
    night.crawl("first")
    before = len(night.portal.requests)
    processes = [night.start("fetch", "--run-id", "first", "--refetch") for _ in range(2)]
    for process in processes:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    requests = night.portal.requests[before:]
    assert len({request.path for request in requests}) < len(requests), "both have asked"
    assert requests.max_in_flight() == 1
    assert min(requests.pauses()) >= INTERVAL_S


def test_no_request_leaves_the_hosts_of_the_source(night):
    """Every connection leads to this portal, whatever the host: one to another host would be in its log."""
    assert {request.host_name for request in night.portal.requests} == {"www.yunhe.test"}
    assert not [request for request in night.portal.requests if urlsplit(ELSEWHERE).path in request.path]


def test_nothing_is_posted_but_questions_to_the_list(night):
    posts = night.portal.requests.posts()
    assert posts
    assert {(request.method, request.path) for request in posts} == {("POST", GOV_LIST)}
    for request in posts:
        assert json.loads(request.body).keys() == {"deptcode", "categorynum", "pageIndex", "pageSize", "siteGuid"}


def test_the_form_for_corrections_is_on_the_pages_and_never_asked_for(night):
    article = next(request.path for request in night.portal.requests if kind(request) == "articles")
    assert "纠错" in night.portal.site.page(article).body.decode()
    known = {"robots.txt", "list pages", "JSON lists", "articles", "files"}
    assert {kind(request) for request in night.portal.requests} == known
    assert {request.method for request in night.portal.requests} == {"GET", "POST"}


def test_cookies_are_never_sent_back(night):
    assert [request for request in night.portal.requests if request.cookie is not None] == []
    assert [request for request in night.portal.requests if request.authorization is not None] == []


def test_we_say_who_we_are(night):
    assert {request.user_agent for request in night.portal.requests} == {"rule-of-law-reports/0.1"}
