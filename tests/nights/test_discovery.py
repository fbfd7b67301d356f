"""Every report of the portal is found once, by each way to it, and also while the lists change under the reader."""

from collections import Counter
from datetime import date
from functools import partial

import pytest
from whole_runs import BASE

from etl import pipeline
from etl.sources import Entry, load_source
from sample.json_lists import SEARCH
from sample.seed import full_site

OF_YUNHE = {"district": "云河区", "city": "临江市", "invented": True}
LIST, JSON = load_source("yunhe").entries
WAYS = {
    "list": (LIST,),
    "json": (JSON,),
    "search": (Entry(path=SEARCH, kind="search", family="epoint-gov", options={"categorynum": "002017"}, **OF_YUNHE),),
}
DEPARTMENTS = "002017002"
NEW = f"/xxgk/002017/{DEPARTMENTS}/20260401/1b0a3a52-0000-4000-8000-000000000001.html"


def discover(night, run_id="first"):
    """The addresses of reports that a night's discovery gives to the fetch."""
    with night.opened(run_id) as run:
        pipeline.discover(run)
        return [row["url"] for row in run.staging.read("listed", "all") if row["is_report"]]


@pytest.fixture
def only_by(monkeypatch):
    def only_by(way):
        source = load_source("yunhe").model_copy(update={"entries": WAYS[way]})
        monkeypatch.setattr("etl.run.load_source", lambda name: source)

    return only_by


@pytest.fixture(scope="module")
def everywhere():
    """The full district, and each way leads to everything."""
    return full_site(everywhere=True)


@pytest.mark.parametrize("way", WAYS)
def test_every_report_is_found_once_by_list_by_json_and_by_search_alike(make_night, only_by, everywhere, way):
    only_by(way)
    found = discover(make_night(everywhere))
    assert sorted(found) == sorted(each.url for each in everywhere.expected_by(way))
    titles = {each.url: each.title for each in everywhere.expected_by(way)}
    assert {titles[url] for url in found} == {each.title for each in everywhere.expected}


def test_all_ways_together_find_each_address_once(make_night):
    site = full_site()
    found = discover(make_night(site))
    assert sorted(found) == sorted({each.url for way in ("list", "json") for each in site.expected_by(way)})
    assert len(site.expected) == 41 * 7
    assert {each.url for each in site.expected} <= set(found)


def changing():
    """Lists of several pages, small enough to read them many times."""
    return full_site([2020, 2021, 2022, 2023, 2024, 2025], departments=12, streets=1)


def publish(site):
    title, text = "云河区司法局2025年度法治政府建设情况报告（补充）", "一、主要举措\n2025年，办理行政复议案件7件。\n" * 20
    site.add(NEW, title=title, text=text, column=DEPARTMENTS, publisher="云河区司法局", published_on=date(2026, 4, 1))


def test_a_report_published_and_one_withdrawn_between_any_two_requests_lose_and_double_nothing(make_night):
    still = make_night(changing())
    expected = set(discover(still))
    assert still.portal.site.page(f"/xxgk/002017/{DEPARTMENTS}/3.html")
    for at in range(1, len(still.portal.requests) + 1):
        site = changing()
        night = make_night(site)
        withdrawn = next(each.url for each in site.expected if each.year == 2025 and DEPARTMENTS in each.url)
        night.portal.after(at, partial(publish, site))
        night.portal.after(at + 1, partial(site.remove, withdrawn.removeprefix(BASE)))
        first, second = discover(night), discover(night, "second")
        assert max(Counter(first).values()) == max(Counter(second).values()) == 1
        assert expected - {withdrawn} <= set(first), f"what stood there all the time is found, also with a change after request {at}"
        assert set(first) <= expected | {BASE + NEW}
        assert set(second) - {withdrawn} == expected - {withdrawn} | {BASE + NEW}, "and what is new by the next night"
        night.portal.stop()
