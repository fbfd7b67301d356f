"""Hazards 10 to 13: pages of lists, lists that are empty, challenges and circles."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hazard_nights import BASE, DEPARTMENTS, DISTRICT, JUSTICE, empty_site, publish, report_text
from hazard_pages import (
    A_LIST,
    HOSTS,
    answers,
    of_bodies,
)

from etl.errors import Blocked, EmptyList
from sample.behaviours import BEHAVIOURS
from sample.families import all_sites
from sample.families.base import STUB
from sample.families.trs import TrsSite
from sample.page import HTML
from sample.seed import full_site

# 10


@pytest.mark.parametrize("host", HOSTS)
def test_hazard_10_every_page_rule_leads_to_every_report_once(family_nights, host):
    """2.html, index_1 = page 2, index_2 = page 2, counting down, base 0 and 1: all pages are read."""
    night, site = family_nights(host)
    assert sorted(night.reports("source_url, revision")) == sorted((one.url, 1) for one in site.expected)
    urls = [url for (url,) in night.ops("SELECT url FROM ops_listed")]
    assert len(urls) == len(set(urls))


@pytest.mark.parametrize("past_end", ["404", "stub", "last", "empty"])
@pytest.mark.parametrize("host", ["trs.test", "shcity.test", "mh.test", "generic-number.test", "slug-id.test"])
def test_hazard_10_pages_past_the_end_may_be_anything(make_family_night, host, past_end):
    """Pages past the end repeat, are stubs, empty or missing: the list ends where no new address comes."""
    site = all_sites()[host]
    site.past_end = past_end
    night = make_family_night(site)
    night.run(until="discover")
    listed = {url for (url,) in night.ops("SELECT url FROM ops_listed WHERE is_report")}
    assert listed >= {one.url for one in site.expected}
    lists = night.portal.requests.by_path()
    assert max(lists.values()) <= 2, "no page is asked for over and over"


@pytest.mark.parametrize("past_end", ["404", "last", "empty"])
@pytest.mark.parametrize("base", [0, 1])
def test_hazard_10_json_lists_count_pages_from_0_or_from_1(make_night, base, past_end):
    """Three clients count pageIndex from 0, one from 1."""
    site = full_site((2021, 2022, 2023), departments=3, streets=1, everywhere=True)
    site.options.change({"json_base": base, "json_total": False, "past_end": past_end})
    codes = [sub.code for column in site.columns if column.code == "govxxgk" for sub in column.subs]
    entries = [{**entry, "options": {**entry["options"], "page_size": 2}} for entry in of_bodies(*codes)[1:]]
    night = make_night(site, entries=entries)
    night.run(until="discover")
    listed = night.ops("SELECT url FROM ops_listed WHERE is_report")
    assert {url for (url,) in listed} == {one.url for one in site.expected_by("json")}


def test_hazard_10_a_count_of_pages_that_lies(make_night):
    """Stop on no new address, never on count alone: a list that says 1/1 and has three pages, one that says 1/9 and has one."""
    site = empty_site()
    for number in range(45):
        publish(site, number=number, title=f"云河区第{number}局2023年度法治政府建设情况报告")
    for number in (1, 2, 3):
        path = A_LIST if number == 1 else A_LIST.replace("subpage", str(number))
        site.add_file(path, site.page(path).body.decode().replace(f"{number}/3", "1/1"), HTML)
    night = make_night(site)
    night.run(until="discover")
    assert night.ops("SELECT count(*) FROM ops_listed WHERE is_report") == [(45,)]


# 11


def test_hazard_11_lists_in_a_frame_of_the_portal_are_read(make_night):
    """Lists in a same-host iframe: 200 and a good shell, no items; two such lists have one address but for its query."""
    site = empty_site()
    name = "云河区青石街道办事处"
    street = replace(JUSTICE, name=name, short=name)
    paths = {
        publish(site, number=1),
        publish(site, number=2, column="002017003", title=f"{name}2023年度法治政府建设情况报告", text=report_text(street), publisher=name),
    }
    site.options.list_style.update({DEPARTMENTS: "iframe", "002017003": "iframe"})
    night = make_night(site)
    night.run(until="facts")
    assert {url for (url,) in night.reports("source_url")} == {BASE + path for path in paths}


def test_hazard_11_a_list_whose_markup_is_written_by_script_is_read(make_family_night):
    """document.writeln with the items as they are, as TRS lists have it."""
    site = TrsSite(written_by_script=True)
    night = make_family_night(site)
    night.run(until="facts")
    assert {url for (url,) in night.reports("source_url")} == {one.url for one in site.expected}


def test_hazard_11_a_list_that_a_script_puts_together_is_an_alarm(make_night):
    """No script is run: a list that it makes from variables has no items, and no item is an alarm."""
    site = empty_site()
    publish(site)
    site.options.list_style[DEPARTMENTS] = "script"
    night = make_night(site)
    with pytest.raises(EmptyList, match="no report among them"):
        night.run()


def test_hazard_11_such_a_list_among_good_ones_is_named(make_night, caplog):
    """A list that never held anything may be an empty column: it ends no run, and the log says which one it is."""
    site = empty_site()
    publish(site)
    district = {
        "column": "002017001",
        "title": "云河区2023年度法治政府建设情况报告",
        "text": report_text(DISTRICT),
        "publisher": DISTRICT.name,
    }
    path = publish(site, number=2, **district)
    site.options.list_style[DEPARTMENTS] = "script"
    night = make_night(site)
    night.run(until="facts")
    assert night.reports("source_url") == [(BASE + path,)]
    assert f"{BASE}{A_LIST}: a list without items (status 200)" in caplog.text


SHELL = "<html><head><title>部门</title></head><body><div id='app'></div><script src='/js/list.js'></script></body></html>"


@pytest.mark.parametrize("what", ["empty", "shell", "stub"])
def test_hazard_11_zero_items_on_the_first_night_are_an_alarm(make_night, what):
    """Zero items must alarm, not pass: no warehouse is made of nothing."""
    site = empty_site()
    publish(site)
    night = make_night(site)
    _empty(night, what)
    with pytest.raises(EmptyList, match="no report among them"):
        night.run()
    assert night.ops("SELECT state FROM ops_run") == [("failed",)]


@pytest.mark.parametrize("what", ["empty", "shell", "stub"])
def test_hazard_11_a_list_that_held_items_and_holds_none_is_an_alarm(make_night, what):
    """The run stops and says so, the last warehouse stays, and the next good night goes on."""
    site = empty_site()
    publish(site)
    publish(
        site, number=2, column="002017001", title="云河区2023年度法治政府建设情况报告", text=report_text(DISTRICT), publisher=DISTRICT.name
    )
    night = make_night(site)
    until = "publish" if what == "empty" else "facts"
    night.run(until=until)
    before = night.reports("report_id")
    _empty(night, what)
    with pytest.raises(EmptyList, match="held items and now holds none"):
        night.run("second")
    assert night.reports("report_id") == before
    [(state, error)] = night.ops("SELECT state, error FROM ops_run WHERE run_id = 'second'")
    assert (state, A_LIST in error) == ("failed", True)
    night.portal.heal()
    night.run("third", until=until)
    assert night.reports("report_id") == before


def _empty(night, what):
    bodies = {"shell": SHELL, "stub": STUB.decode()}
    path = f"/xxgk/002017/{DEPARTMENTS}/*"
    if what == "empty":
        night.portal.empty_list(path)
    else:
        answer = {"do": "answer", "status": 200, "body": bodies[what], "headers": {"Content-Type": HTML}}
        night.portal.scenario(path, answer)


# 12, 13

CHALLENGES = {"412js": 412, "521js": 521, "512js": 512, "challenge200": 200, "302cookie": 302}
HAZARD_OF = {name: "13" if name == "302cookie" else "12" for name in CHALLENGES}


def blocked_night(make_night, challenge, at):
    site = empty_site()
    path = publish(site)
    night = make_night(site)
    night.portal.scenario({"list": A_LIST, "article": path, "robots": "/robots.txt"}[at], challenge)
    with pytest.raises(Blocked) as blocked:
        night.run()
    return night, path, str(blocked.value)


def check_blocked(night, challenge, message):
    """Named, with a day of its own, and neither solved nor asked again before that."""
    [line] = answers(night, outcome="blocked")
    assert line.status == CHALLENGES[challenge]
    assert line.url in message
    until = datetime.fromisoformat(line.retry_at) - datetime.now(UTC)
    assert timedelta(hours=23) < until < timedelta(hours=25)
    assert f"not asked before {line.retry_at:.16}" in message
    [(state, error)] = night.ops("SELECT state, error FROM ops_run")
    assert (state, error) == ("failed", message)
    asked = len(night.portal.requests)
    for run_id, options in {"second": {}, "third": {"refetch": True}}.items():
        with pytest.raises(Blocked, match="not asked"):
            night.run(run_id, **options)
    assert len(night.portal.requests) == asked, "not one request before that day"
    assert {request.cookie for request in night.portal.requests} == {None}
    assert night.portal.requests.posts() == []


@pytest.mark.parametrize("at", ["list", "article", "robots"])
@pytest.mark.parametrize("challenge", ["412js", "521js", "512js", "challenge200"])
def test_hazard_12_challenges_are_refusals_that_are_never_solved(make_night, challenge, at):
    """412 with script and cookie, 521 or 512 with three rounds, challenge markup inside a 200 page."""
    night, path, message = blocked_night(make_night, challenge, at)
    check_blocked(night, challenge, message)
    assert night.asked({"list": A_LIST, "article": path, "robots": "/robots.txt"}[at]) == 1


@pytest.mark.parametrize("at", ["list", "article", "robots"])
def test_hazard_13_a_cookie_loop_is_a_refusal(make_night, at):
    """302 to itself with Set-Cookie: no endless redirect, and no cookie jar either."""
    night, path, message = blocked_night(make_night, "302cookie", at)
    assert "redirects in a circle" in message
    check_blocked(night, "302cookie", message)
    assert night.asked({"list": A_LIST, "article": path, "robots": "/robots.txt"}[at]) <= 2


@pytest.mark.parametrize("challenge", CHALLENGES)
def test_hazard_12_and_13_a_challenge_after_a_good_night_costs_no_report(make_night, challenge, monkeypatch):
    """No challenge becomes a version of the report, and after the pause the portal is asked again."""
    site = empty_site()
    path = publish(site)
    night = make_night(site)
    night.run(until="facts")
    before = night.reports("report_id, revision")
    night.portal.scenario(path, challenge)
    with pytest.raises(Blocked):
        night.run("second")
    assert night.reports("report_id, revision") == before
    [outcome] = answers(night, outcome="blocked")
    night.portal.heal()
    with pytest.raises(Blocked, match="not asked"):
        night.run("too-early")

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=2)

    monkeypatch.setattr("etl.fetch.past.datetime", Later)
    night.run("later", until="facts")
    assert night.reports("report_id, revision") == before
    told = "SELECT outcome, retry_at IS NOT NULL FROM ops_fetch WHERE run_id = 'later' AND page = 'article'"
    assert night.sql(told) == [("not_modified", False)]
    assert outcome.retry_at is not None


def test_hazard_12_every_challenge_of_the_portal_is_met():
    """A challenge that the replica learns is one that these tests should meet."""
    assert {name for name in BEHAVIOURS if name.endswith(("js", "cookie")) or name.startswith("challenge")} == set(CHALLENGES)
