"""A night without changes costs the portal its lists and a 304 for each page, and changes nothing here."""

from collections import Counter
from hashlib import sha256

import pytest
from whole_runs import BASE, Night

from bench.night import kind, tally
from etl.archive import Archive
from sample.seed import full_site
from sample.server import SamplePortal


def bodies(night):
    return {path: path.stat().st_mtime_ns for path in (night.home / "archive" / "raw").glob("??/*")}


def test_a_second_run_without_changes_writes_no_body_and_publishes_the_same_facts(make_night, published):
    night = make_night(home=published)
    facts, kept = night.facts(), bodies(night)
    counts = night.run("second")
    second = night.portal.requests
    assert bodies(night) == kept
    assert night.facts() == facts
    assert counts["reports"] == night.sql("SELECT count(DISTINCT (organization_id, report_year)) FROM main.dim_report")[0][0]
    articles = [request for request in second if kind(request) == "articles"]
    assert articles
    assert {(request.status, request.is_conditional) for request in articles} == {(304, True)}
    assert {kind(request) for request in second} == {"robots.txt", "list pages", "JSON lists", "articles", "files"}
    assert night.sql("SELECT fetched FROM main.ops_run WHERE run_id = 'second'") == [(0,)]


@pytest.fixture(scope="module")
def two_nights(tmp_path_factory):
    """The full district, 41 bodies over seven years, crawled twice: the home, the portal's site, the requests of both nights."""
    with SamplePortal(port=0, site=full_site()) as portal:
        night = Night(tmp_path_factory.mktemp("full") / "home", portal, source="yunhe", settings={"ETL_MIN_INTERVAL_S": "0.01"})
        first = night.crawl("first")
        kept = bodies(night)
        return night, first, night.crawl("second"), kept


def test_the_first_crawl_has_every_report_and_asks_for_each_once(two_nights):
    night, first, _, _ = two_nights
    site = night.portal.site
    expected = {each.url for way in ("list", "json") for each in site.expected_by(way)}
    versions = {version.url: version.raw_sha256 for version in Archive(night.home / "archive").inventory()}
    assert len(site.expected) == 287
    assert versions == {url: sha256(site.page(url.removeprefix(BASE)).body).hexdigest() for url in expected}
    asked = Counter(request.path for request in first if kind(request) in {"articles", "files"})
    assert set(asked.values()) == {1}


def test_a_night_without_changes_asks_for_lists_and_conditionally_for_the_rest(two_nights, record_property):
    night, first, second, kept = two_nights
    for name, requests in (("first crawl", first), ("night without changes", second)):
        record_property(name, {" ".join(key): count for key, count in sorted(tally(requests).items())})
    counts = tally(second)
    assert (
        counts["articles", "unchanged"]
        == tally(first)["articles", "whole"]
        == len(second.to("*")) - sum(count for (what, _), count in counts.items() if what != "articles")
    )
    assert counts["list pages", "whole"] == 0
    assert counts["robots.txt", "not there"] == 1
    assert all(request.is_conditional for request in second if request.status == 304)
    assert counts["files", "whole"] == 0, "what has no validators rests below a page that has not changed"
    assert any("downloadattach" in request.path for request in first)
    assert bodies(night) == kept
    assert len(second) < 1.3 * counts["articles", "unchanged"]


def test_both_nights_have_one_request_in_flight_and_keep_the_interval(two_nights):
    _, first, second, _ = two_nights
    for requests in (first, second):
        assert requests.max_in_flight() == 1
        assert min(requests.pauses()) >= 0.01
