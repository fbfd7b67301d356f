"""Whatever a portal does wrong ends in a named outcome, never in an empty or a wrong document, and the page comes once it is healed.

The table has a row for every behaviour that the sample portal knows. Each one happens to an article that nobody has seen yet, to a list
that has changed since a good night, and to robots.txt. A page that is asked for again before its time is a failure, one that is not asked
for after it too.
"""

import ssl
import urllib.request
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

import pytest
import trustme
from whole_runs import BASE, Night, tiny_site

from etl.archive import Archive
from etl.errors import FetchError
from etl.sources import load_source
from sample.behaviours import BEHAVIOURS
from sample.server import SamplePortal

ARTICLE = "/xxgk/002017/002017002/20240201/b991c31c-73a4-4121-82af-f443f57b06cd.html"
LIST = "/xxgk/002017/002017002/subpage.html"
ROBOTS = "/robots.txt"
NEW = "/xxgk/002017/002017002/20240328/1b0a3a52-0000-4000-8000-000000000001.html"


class End(NamedTuple):
    """What comes of a request: the outcome in the manifest, whether the run stops, whether a time to ask again is named."""

    outcome: str
    stops: bool = False
    waits: bool = False


OK = End("ok")
BLOCKED = End("blocked", stops=True, waits=True)
GONE, GONE_AND_STOPS = End("gone"), End("gone", stops=True)
PASSED_OVER = {name: End(name, waits=True) for name in ("unreachable", "too_large", "soft_404", "stub", "not_allowed")}
STOPS = {name: End(name, stops=True, waits=True) for name in PASSED_OVER}
NO_LIST = End("ok", stops=True)
"""A good page, and no list: it held items the night before."""

# behaviour, its parameters, and what comes of it on an article, a list, and robots.txt
TABLE = {
    "ok": ({}, OK, OK, OK),
    "slow": ({"seconds": 2}, PASSED_OVER["unreachable"], STOPS["unreachable"], STOPS["unreachable"]),
    "answer": ({"status": 418}, BLOCKED, BLOCKED, BLOCKED),
    "emptylist": ({}, OK, NO_LIST, OK),
    "403ua": ({}, BLOCKED, BLOCKED, BLOCKED),
    "403https": ({}, BLOCKED, BLOCKED, BLOCKED),
    "404noreferer": ({}, GONE, GONE_AND_STOPS, GONE),
    "405block": ({}, BLOCKED, BLOCKED, BLOCKED),
    "429": ({"retry_after": 60}, BLOCKED, BLOCKED, BLOCKED),
    "503": ({"retry_after": 90000}, PASSED_OVER["unreachable"], STOPS["unreachable"], STOPS["unreachable"]),
    "ban60": ({"requests": 1, "ban_s": 3600}, BLOCKED, BLOCKED, BLOCKED),
    "412js": ({}, BLOCKED, BLOCKED, BLOCKED),
    "521js": ({}, BLOCKED, BLOCKED, BLOCKED),
    "512js": ({}, BLOCKED, BLOCKED, BLOCKED),
    "302cookie": ({}, BLOCKED, BLOCKED, BLOCKED),
    "challenge200": ({}, BLOCKED, BLOCKED, BLOCKED),
    "soft404": ({}, PASSED_OVER["soft_404"], STOPS["soft_404"], OK),
    "home200": ({}, PASSED_OVER["soft_404"], NO_LIST, OK),
    "stub200": ({}, PASSED_OVER["stub"], STOPS["stub"], OK),
    "scriptpage": ({}, GONE, GONE_AND_STOPS, GONE),
    "wrongtype": ({}, OK, OK, OK),
    "elsewhere": ({}, PASSED_OVER["not_allowed"], STOPS["not_allowed"], STOPS["not_allowed"]),
    "truncate": ({}, PASSED_OVER["unreachable"], STOPS["unreachable"], STOPS["unreachable"]),
    "slowdrip": ({"piece_bytes": 1, "pause_s": 0.2}, PASSED_OVER["too_large"], STOPS["too_large"], STOPS["too_large"]),
    "reset": ({}, PASSED_OVER["unreachable"], STOPS["unreachable"], STOPS["unreachable"]),
    "gzip-forced": ({}, OK, OK, OK),
    "bomb": ({"megabytes": 8}, PASSED_OVER["too_large"], STOPS["too_large"], STOPS["too_large"]),
}
LATE = {"slow", "slowdrip"}
IN_PLACE_OF_ROBOTS = {"soft404", "home200", "stub200"}
"""A web page there means that nothing is excluded; its detail says what it is."""


def site():
    """With a robots.txt that excludes something."""
    made = tiny_site()
    made.add_file(ROBOTS, "User-agent: *\nDisallow: /xxgk/002099/\n")
    return made


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    authority = trustme.CA()
    path = tmp_path_factory.mktemp("authority") / "authority.pem"
    authority.cert_pem.write_to_path(path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("www.yunhe.test").configure_cert(context)
    return context, path


@pytest.fixture
def night(tmp_path, certificates, mode, monkeypatch):
    """The portal speaks https where only that is refused."""
    context, ca_file = certificates
    if mode == "403https":
        source = load_source("yunhe").model_copy(update={"base_url": BASE.replace("http:", "https:"), "scheme_policy": "https"})
        monkeypatch.setattr("etl.run.load_source", lambda name: source)
    with SamplePortal(port=0, site=site(), tls=context) as portal:
        plain, secure = (url.partition("://")[2] for url in (portal.url, portal.secure_url))
        places = {"ETL_CONNECT_TO": f"80={plain},443={secure}", "ETL_CA_FILE": str(ca_file)}
        if mode in LATE:
            places["ETL_TIMEOUT_S"] = "0.5"
        yield Night(tmp_path / "home", portal, source="yunhe", settings=places)


def happens(night, mode, path, run_id="bad"):
    """A night in which the behaviour meets every request for a path: what came of it, and the answer in the manifest."""
    night.portal.scenario(path, {"do": mode, **TABLE[mode][0]})
    if mode == "ban60":  # somebody at our address was too fast before us
        with urllib.request.urlopen(night.portal.url + path) as answer:
            answer.read()
    error = crawl_error(night, run_id)
    assert "\n" not in error
    last = [each for each in archive(night).answers(run_id) if each.url.endswith(path)][-1]
    return End(last.outcome, error != "", last.retry_at is not None), last


def crawl_error(night, run_id):
    """The words with which a night stops; "" for one that does not."""
    try:
        night.crawl(run_id)
    except FetchError as error:
        return str(error)
    return ""


def heal(night, clock, answer):
    """The portal is well again, and the time has come to ask."""
    night.portal.heal()
    if answer.retry_at is not None:
        clock.ahead = datetime.fromisoformat(answer.retry_at) - datetime.now(UTC) + timedelta(minutes=1)


def archive(night):
    return Archive(night.home / "archive")


def versions(night):
    """Hashes of all bodies that count as versions, by path."""
    found = {}
    for version in archive(night).inventory():
        found.setdefault(version.url.partition("yunhe.test")[2], []).append(version.raw_sha256)
    return found


def served(night):
    """The same of the portal as it is."""
    paths = {each.url.partition("yunhe.test")[2] for each in night.portal.site.expected} | {
        path for path in (NEW,) if night.portal.site.articles(path)
    }
    return {path: [sha256(night.portal.site.page(path).body).hexdigest()] for path in paths}


def test_the_table_has_every_behaviour():
    assert TABLE.keys() == BEHAVIOURS.keys()


@pytest.mark.parametrize("mode", TABLE)
def test_an_article_that_goes_wrong_is_no_document_and_comes_when_the_portal_is_healed(night, clock, mode):
    end, answer = happens(night, mode, ARTICLE)
    assert end == TABLE[mode][1]
    assert answer.detail or end in (OK, GONE)
    if end != OK:
        assert ARTICLE not in versions(night)
        assert all(bodies == served(night)[path] for path, bodies in versions(night).items())
    if not end.stops:
        assert versions(night).keys() | {ARTICLE} == served(night).keys(), "the others are fetched all the same"
    if end.waits and not end.stops:
        assert ARTICLE not in [request.path for request in night.crawl("soon")]
    heal(night, clock, answer)
    night.crawl("healed")
    assert versions(night) == served(night)
    happens(night, mode, ARTICLE, "again")
    assert versions(night) == served(night), "nor does it harm the version that there is"


@pytest.mark.parametrize("mode", TABLE)
def test_a_list_that_goes_wrong_costs_no_report_and_is_read_when_the_portal_is_healed(night, clock, mode):
    night.crawl("first")
    before = versions(night)
    title, text = "云河区司法局2023年度法治政府建设情况报告", "一、主要举措\n2023年，办理行政复议案件7件。\n" * 20
    night.portal.site.add(NEW, title=title, text=text, column="002017002", publisher="云河区司法局", published_on=date(2024, 3, 28))
    end, answer = happens(night, mode, LIST)
    assert end == TABLE[mode][2]
    assert answer.detail or end in (OK, NO_LIST, GONE_AND_STOPS)
    assert versions(night) == (before if end.stops else served(night))
    heal(night, clock, answer)
    night.crawl("healed")
    assert versions(night) == served(night)


@pytest.mark.parametrize("mode", TABLE)
def test_robots_txt_that_goes_wrong_is_not_taken_for_a_permission_it_did_not_give(night, clock, mode):
    end, answer = happens(night, mode, ROBOTS)
    assert end == TABLE[mode][3]
    if end.stops:
        assert {request.path for request in night.portal.requests} == {ROBOTS}
        assert versions(night) == {}
    else:
        assert versions(night) == served(night)
    assert answer.detail or (end == OK and mode not in IN_PLACE_OF_ROBOTS)
    heal(night, clock, answer)
    night.crawl("healed")
    assert versions(night) == served(night)
