"""From columns to candidates, over real HTTP on loopback."""

from datetime import date

import pytest

from etl.errors import Blocked, EmptyList, NotAllowed
from etl.fetch import discover_candidates
from etl.models import Candidate
from etl.sources import Entry

BASE = "https://www.example.gov.cn"
REPORT = "云河区{}2023年度法治政府建设情况报告"


def item(name, title=None, folder="/xxgk/002017/002017002", day="20240325", href=None):
    address = href if href is not None else f"{folder}/{day}/{name}.html"
    return f'<li><a href="{address}" title="{title or REPORT.format(name)}">…</a><span>{day[:4]}-{day[4:6]}-{day[6:]}</span></li>'


def page(*items, links=(), count=None):
    pages = "".join(f'<li><a href="{link}">&gt;</a></li>' for link in links) + (f'<span id="index">{count}</span>' if count else "")
    rows = f'<div id="categorypagingcontent"><ul>{"".join(items)}</ul>{pages}</div>'
    return f'<html><body><a href="/xxgk/xxgk.html">信息公开</a>{rows}</body></html>'


@pytest.fixture
def lists(portal):
    """A column of two sub-columns, the second with two pages; pages past the end are not there."""
    first, second = "/xxgk/002017/002017001/", "/xxgk/002017/002017002/"
    menu = f'<a href="{first}subpage.html">区政府</a><a href="{second}subpage.html">部门</a>'
    portal.page("/xxgk/002017/", status=302, Location=f"{first}subpage.html")
    portal.page(f"{first}subpage.html", menu + page(item("区政府", folder=first[:-1])))
    portal.page(f"{second}subpage.html", page(item("司法局"), item("教育局"), links=[f"{second}2.html"], count="1/2"))
    portal.page(f"{second}2.html", page(item("民政局", day="20240301"), links=[f"{second}1.html"], count="2/2"))
    return portal


def titles(found):
    return [candidate.title for candidate in found]


def test_every_item_of_every_list_is_a_candidate(lists, client, source):
    found = discover_candidates(source, client)
    assert titles(found) == [REPORT.format(name) for name in ("区政府", "司法局", "教育局", "民政局")]
    assert found[3] == Candidate(
        source="town",
        url=f"{BASE}/xxgk/002017/002017002/20240301/民政局.html",
        title=REPORT.format("民政局"),
        list_url=f"{BASE}/xxgk/002017/002017002/2.html",
        listed_on=date(2024, 3, 1),
        district="云河区",
        is_report=True,
    )


def test_a_list_of_several_pages_that_changed_is_read_again_and_everything_else_once(lists, make_client, source):
    discover_candidates(source, make_client())
    pages = [f"/xxgk/002017/002017002/{name}.html" for name in ("subpage", "2", "3")]
    assert lists.paths()[-6:] == pages * 2, "the end is where nothing new comes"
    assert len(lists.paths()[:-6]) == len(set(lists.paths()[:-6]))
    lists.requests.clear()
    discover_candidates(source, make_client(run_id="r2"))
    assert len(lists.paths()) == len(set(lists.paths())), "a quiet night asks once"


def test_an_item_that_moves_to_a_page_already_read_is_not_lost(lists, client, source):
    """教育局 is withdrawn while page 2 is read: 民政局 moves to page 1, which was read before."""
    second = "/xxgk/002017/002017002/"
    lists.page(f"{second}subpage.html", page(item("司法局"), item("教育局"), links=[f"{second}2.html"], count="1/2"))
    lists.then(f"{second}subpage.html", page(item("司法局"), item("民政局"), links=[f"{second}2.html"], count="1/2"))
    lists.page(f"{second}2.html", page(item("档案局")))
    assert {REPORT.format("民政局"), REPORT.format("教育局")} < set(titles(discover_candidates(source, client)))


def test_sub_columns_are_found_on_the_navigation_page_too(lists, make_client, make_source):
    lists.page("/xxgk/002017/002017001/subpage.html", page(item("区政府")))
    lists.page("/xxgk/xxgk.html", '<a href="/xxgk/002017/002017002/subpage.html">部门</a><a href="/xxgk/002099/subpage.html">别的</a>')
    source = make_source(navigation=("/xxgk/xxgk.html",))
    assert REPORT.format("民政局") in titles(discover_candidates(source, make_client(source=source)))
    assert "/xxgk/002099/subpage.html" not in lists.paths()


def test_a_missing_navigation_page_is_a_warning(lists, make_client, make_source, caplog):
    source = make_source(navigation=("/xxgk/xxgk.html",))
    assert len(discover_candidates(source, make_client(source=source))) == 4
    assert "xxgk.html: the navigation page is not there (404)" in caplog.text


def test_sub_columns_of_sub_columns_are_read(lists, client, source):
    deep = "/xxgk/002017/002017002/002017002001/"
    lists.page("/xxgk/002017/002017002/subpage.html", page(item("司法局"), links=[f"{deep}moreinfo.html"]))
    lists.page(f"{deep}moreinfo.html", page(item("档案局", folder=deep[:-1])))
    assert REPORT.format("档案局") in titles(discover_candidates(source, client))


@pytest.mark.parametrize("past_the_end", ["repeats", "is empty", "is not there"])
def test_pages_end_where_nothing_new_comes(lists, client, source, past_the_end):
    last = lists.pages["/xxgk/002017/002017002/2.html"]
    if past_the_end == "repeats":
        lists.pages["/xxgk/002017/002017002/3.html"] = last
    elif past_the_end == "is empty":
        lists.page("/xxgk/002017/002017002/3.html", page())
    assert len(discover_candidates(source, client)) == 4
    assert "/xxgk/002017/002017002/4.html" not in lists.paths()


def test_a_count_that_lies_ends_nothing(lists, client, source):
    lists.page("/xxgk/002017/002017002/subpage.html", page(item("司法局"), count="1/1"))
    assert REPORT.format("民政局") in titles(discover_candidates(source, client))


def test_an_item_pushed_to_the_next_page_between_two_requests_is_listed_once(lists, client, source):
    lists.page("/xxgk/002017/002017002/2.html", page(item("教育局"), item("民政局", day="20240301")))
    found = discover_candidates(source, client)
    assert sorted(titles(found)) == sorted(REPORT.format(name) for name in ("区政府", "司法局", "教育局", "民政局"))


def test_twins_are_one_candidate(lists, client, source):
    path = "/xxgk/002017/002017002/20240325/a.html"
    hrefs = [path, path + "?type=2", path + "#top", BASE + path, "http://www.example.gov.cn" + path, "https://example.gov.cn" + path]
    hrefs.append(lists.url + path)
    lists.page("/xxgk/002017/002017002/subpage.html", page(*(item("司法局", href=href) for href in hrefs)))
    found = [candidate for candidate in discover_candidates(source, client) if candidate.title == REPORT.format("司法局")]
    assert [candidate.url for candidate in found] == [BASE + path]


def test_an_address_listed_twice_keeps_its_title_as_a_report(lists, client, source):
    lists.page("/xxgk/002017/002017001/subpage.html", page(item("司法局", title="年度报告"), links=["/xxgk/002017/002017002/subpage.html"]))
    (found,) = [candidate for candidate in discover_candidates(source, client) if "司法局" in candidate.url]
    assert (found.title, found.is_report) == (REPORT.format("司法局"), True)


def test_clicks_lead_to_the_address_by_the_rule_of_the_registry(lists, client, source):
    click = "href=\"javascript:void(0)\" onclick=\"linkToNew('5f0c1a52','002017002')\""
    row = f"<li><a {click}>{REPORT.format('司法局')}</a><span>[2024-03-20]</span></li>"
    lists.page("/xxgk/002017/002017002/subpage.html", page(row))
    (found,) = [candidate for candidate in discover_candidates(source, client) if candidate.title == REPORT.format("司法局")]
    assert (found.url, found.is_report) == (f"{BASE}/xxgk/002017/002017002/20240320/5f0c1a52.html", True)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (item("a", title="2023年政府信息公开工作年度报告"), "excluded:信息公开"),
        (item("a", title="法治政府建设 规 划（2021-2025年）情况"), "excluded:规划"),
        (item("a", title="教育局2023年工作总结"), "not_matched"),
        (item("a", href="https://www.shanghai.gov.cn/nw12344/20250121/a.html"), "foreign_host:www.shanghai.gov.cn"),
        (item("a", href="https://[evil/a.html"), "foreign_host:https://[evil/a.html"),
        (item("a", href="#"), "no_address"),
        (item("a", href="/gate/big5/www.example.gov.cn/xxgk/002017/20240325/a.html"), "excluded_path:/gate/"),
        (item("a", href="/xxgk/002099/20240325/a.html"), "robots"),
    ],
)
def test_what_is_not_fetched_is_listed_with_its_reason(lists, client, source, row, reason):
    lists.page("/robots.txt", "User-agent: *\nDisallow: /xxgk/002099/\n")
    lists.page("/xxgk/002017/002017002/subpage.html", page(item("司法局"), row))
    found = discover_candidates(source, client)
    assert [(c.reason, c.is_report) for c in found if c.reason] == [(reason, False)]
    assert len(found) == 4


def test_a_cut_title_is_left_to_the_page_itself(lists, client, source):
    lists.page("/xxgk/002017/002017002/subpage.html", page(item("司法局", title="关于云河区司法局2023年度法治…")))
    assert all(candidate.is_report for candidate in discover_candidates(source, client))


def test_a_second_run_asks_conditionally_and_finds_the_same(lists, make_client, source, archive):
    for path, answers in lists.pages.items():
        lists.pages[path] = [(status, {**headers, "ETag": f'"{path}"'}, body) for status, headers, body in answers]
    first = discover_candidates(source, make_client())
    bodies = sorted((archive.root / "raw").glob("??/*"))
    assert discover_candidates(source, make_client(run_id="r2")) == first
    statuses = [answer.status for answer in archive.answers() if answer.run_id == "r2" and answer.page == "list"]
    assert set(statuses) == {302, 304, 404}
    assert sorted((archive.root / "raw").glob("??/*")) == bodies


def test_a_list_that_held_items_and_holds_none_is_an_alarm(lists, make_client, source):
    discover_candidates(source, make_client())
    lists.page("/xxgk/002017/002017002/subpage.html", page())
    for _ in range(2):  # the empty page of the first alarm must not become the measure of the next night
        with pytest.raises(EmptyList, match=r"002017002/subpage.html: the list held items and now holds none"):
            discover_candidates(source, make_client())


@pytest.mark.parametrize(("body", "status"), [("<html>moved</html>", 404), (page(), 200)])
def test_a_promised_page_that_vanished_is_an_alarm(lists, make_client, source, body, status):
    discover_candidates(source, make_client())
    lists.page("/xxgk/002017/002017002/2.html", body, status=status)
    with pytest.raises(EmptyList, match=r"2\.html: the list held items"):
        discover_candidates(source, make_client())


def test_a_list_that_became_shorter_is_none(lists, make_client, source):
    discover_candidates(source, make_client())
    lists.page("/xxgk/002017/002017002/subpage.html", page(item("司法局"), item("民政局"), count="1/1"))
    del lists.pages["/xxgk/002017/002017002/2.html"]
    assert len(discover_candidates(source, make_client())) == 3


def test_a_list_behind_the_column_s_redirect_is_watched_as_well(lists, make_client, source):
    discover_candidates(source, make_client())
    lists.page("/xxgk/002017/002017001/subpage.html", page(links=["/xxgk/002017/002017002/subpage.html"]))
    with pytest.raises(EmptyList, match="/xxgk/002017/: the list held items"):
        discover_candidates(source, make_client())


def test_a_list_that_nothing_links_to_any_more_is_still_read(lists, make_client, source):
    first = discover_candidates(source, make_client())
    lists.page("/xxgk/002017/002017001/subpage.html", page(item("区政府", folder="/xxgk/002017/002017001")))
    assert discover_candidates(source, make_client()) == first


def test_a_list_that_is_neither_linked_nor_there_is_a_warning(lists, make_client, source, caplog):
    discover_candidates(source, make_client())
    lists.page("/xxgk/002017/002017001/subpage.html", page(item("区政府", folder="/xxgk/002017/002017001")))
    del lists.pages["/xxgk/002017/002017002/subpage.html"]
    assert titles(discover_candidates(source, make_client())) == [REPORT.format("区政府")]
    assert "002017002/subpage.html: a list without items (status 404)" in caplog.text


def test_a_list_that_is_linked_but_not_there_is_an_alarm(lists, make_client, source):
    discover_candidates(source, make_client())
    del lists.pages["/xxgk/002017/002017002/subpage.html"]
    with pytest.raises(EmptyList, match=r"now holds none \(status 404\)"):
        discover_candidates(source, make_client())


def test_a_list_that_never_held_items_is_a_warning(lists, client, source, caplog):
    lists.page("/xxgk/002017/002017001/subpage.html", page(links=["/xxgk/002017/002017002/subpage.html"]))
    assert len(discover_candidates(source, client)) == 3
    assert "a list without items (status 200)" in caplog.text


def test_a_source_without_any_report_is_an_alarm(lists, client, source):
    for name in ("002017001/subpage", "002017002/subpage", "002017002/2"):
        lists.page(f"/xxgk/002017/{name}.html", page(item("a", title="教育局2023年工作总结")))
    with pytest.raises(EmptyList, match="1 items in /xxgk/002017/, and no report among them"):
        discover_candidates(source, client)


def test_an_entry_page_that_is_gone_is_an_alarm(lists, client, source):
    del lists.pages["/xxgk/002017/"]
    with pytest.raises(EmptyList, match=r"/xxgk/002017/: the entry page is gone \(404\)"):
        discover_candidates(source, client)


def test_each_entry_gives_its_district(lists, make_client, make_source):
    lists.page("/xxgk/002018/", page(item("静安区", folder="/xxgk/002018")))
    entries = (
        Entry(path="/xxgk/002017/", district="云河区", city="临江市", invented=True),
        Entry(path="/xxgk/002018/", district="静安区", city="上海市"),
    )
    source = make_source(entries=entries)
    found = discover_candidates(source, make_client(source=source))
    assert [candidate.district for candidate in found] == ["云河区"] * 4 + ["静安区"]


def test_an_entry_that_robots_exclude_is_not_read(lists, client, source):
    lists.page("/robots.txt", "User-agent: *\nDisallow: /xxgk/\n")
    with pytest.raises(NotAllowed):
        discover_candidates(source, client)
    assert lists.paths() == ["/robots.txt"]


def test_a_refusal_ends_discovery(lists, client, source):
    lists.page("/xxgk/002017/002017002/subpage.html", status=412)
    with pytest.raises(Blocked):
        discover_candidates(source, client)
