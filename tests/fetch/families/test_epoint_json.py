"""Epoint's JSON lists and its search, over HTTP, with everything in which portals differ."""

import json
from datetime import date

import pytest
from epoint_portal import ALL, BASE, GOV, GUID, SCRIPT, SEARCH, row, urls

from etl.fetch.families import EpointGov, Item
from etl.sources import Entry


def test_a_list_is_read_to_its_end_by_what_the_portal_tells_of_itself(epoint, listed, portal):
    found = listed()
    assert urls(found) == ALL
    assert (found[0].title, found[0].listed_on, found[0].way) == ("云河区第1局2023年度法治政府建设情况报告", date(2024, 3, 1), "json")
    assert epoint.asked[0] == {"deptcode": "JB0", "categorynum": "", "pageIndex": 0, "pageSize": 3, "siteGuid": GUID}
    assert {path for path, _, _ in portal.posted} == {GOV}


@pytest.mark.parametrize(
    "habits",
    [
        {},
        {"base": 1},
        {"base": 1, "base_page_0": "empty"},
        {"text": True},
        {"total": False},
        {"data": False},
        {"base": 1, "base_page_0": "empty", "data": False, "total": False, "text": True},
        {"last_repeats": True},
        {"last_repeats": True, "total": False},
        {"cap": 2},
        {"cap": 1, "base": 1},
    ],
    ids=str,
)
def test_every_habit_gives_the_same_reports(epoint, listed, habits):
    for name, value in habits.items():
        setattr(epoint, name, value)
    assert urls(listed()) == ALL
    assert len(epoint.asked) < 40


@pytest.mark.parametrize("base", [0, 1])
def test_a_base_that_is_known_is_not_tried_out(epoint, listed, base):
    epoint.base = base
    assert urls(listed(page_base=base)) == ALL
    assert min(query["pageIndex"] for query in epoint.asked) == base


def test_a_wrapped_query(epoint, listed):
    assert urls(listed(wrap_params=True)) == ALL
    assert set(epoint.asked[0]) == {"params"}


def test_a_column_is_asked_by_a_form_field(epoint, listed):
    found = listed("/rest/frontAppCustomAction/getPageInfoListNew", since="2024-01-01", keyword="法治")
    assert urls(found) == ALL
    asked = {
        "siteGuid": GUID,
        "categoryNum": "002017",
        "kw": "法治",
        "startDate": "2024-01-01",
        "endDate": "",
        "pageIndex": 0,
        "pageSize": 3,
    }
    assert epoint.asked[0] == asked


@pytest.mark.parametrize("habits", [{}, {"wrapped": True}, {"text": True}, {"wrapped": True, "text": True}, {"cap": 2}], ids=str)
def test_a_search_pages_by_offset(epoint, listed, habits):
    for name, value in habits.items():
        setattr(epoint, name, value)
    found = listed(SEARCH, "search")
    assert urls(found) == ALL
    assert {candidate.way for candidate in found} == {"search"}
    step = habits.get("cap", 3)
    assert [query["pn"] for query in epoint.asked][:3] == [0, step, 2 * step]


def test_what_a_search_asks_for(epoint, listed, portal):
    listed(SEARCH, "search", since="2024-01-01", until="2024-12-31")
    assert epoint.asked[0] == {
        "pn": 0, "rn": 3, "wd": "法治政府建设", "cnum": "001", "sort": '{"webdate":"0"}',
        "condition": [{"fieldName": "categorynum", "equal": "002017", "isLike": True, "likeType": 2}],
        "time": [{"fieldName": "webdate", "startTime": "2024-01-01 00:00:00", "endTime": "2024-12-31 23:59:59"}],
    }  # fmt: skip
    assert SCRIPT not in portal.paths(), "a search needs no siteGuid"


def test_what_a_search_finds_in_several_columns_is_one_candidate_and_ends_nothing(epoint, listed):
    again = [row(1), row(2), row(3)]  # a whole page of what is known
    epoint.rows = [row(1), row(2), row(3), *again, row(4), row(5), row(6), row(7)]
    assert urls(listed(SEARCH, "search")) == ALL


def test_a_search_that_finds_too_much_is_cut_off_and_says_so(epoint, listed, caplog):
    epoint.rows = [row(1, linkurl=f"/a/{number}.html", infourl="") for number in range(200)]
    assert len(listed(SEARCH, "search")) == 40 * 3
    assert "more than 40 pages found: cut it into entries by since and until" in caplog.text


def test_a_list_is_read_only_as_far_as_the_registry_wants(epoint, listed):
    assert urls(listed(max_pages=1)) == ALL[:3]


@pytest.mark.parametrize(
    ("fields", "item"),
    [
        ({"title": "截短…", "realtitle": "2024年度法治政府建设情况报告"}, Item("2024年度法治政府建设情况报告", date(2024, 3, 1), ALL[0])),
        ({"title": "<em style='color:red'>法治政府建设</em>情况报告"}, Item("法治政府建设情况报告", date(2024, 3, 1), ALL[0])),
        ({"title": "&lt;font color=red&gt;法治&lt;/font&gt;&nbsp;报告"}, Item("法治 报告", date(2024, 3, 1), ALL[0])),
        ({"title": None}, Item("", date(2024, 3, 1), ALL[0])),
        ({"title": "报告", "infourl": "", "visiturl": "a/b.html?x=1&amp;y=2"}, Item("报告", date(2024, 3, 1), f"{BASE}/a/b.html?x=1&y=2")),
        ({"title": "报告", "infourl": None, "linkurl": "https://a.gov.cn/a.html"}, Item("报告", date(2024, 3, 1), "https://a.gov.cn/a.html")),
        ({"title": "报告", "infourl": "javascript:void(0)"}, Item("报告", date(2024, 3, 1), None)),
        ({"title": "报告", "infodate": "2025-02-27 10:12:00"}, Item("报告", date(2025, 2, 27), ALL[0])),
        ({"title": "报告", "infodate": None, "handsdate": "2025年2月7日"}, Item("报告", date(2025, 2, 7), ALL[0])),
        ({"title": "报告", "infodate": None, "webdate": "2025/2/7"}, Item("报告", date(2025, 2, 7), ALL[0])),
        ({"title": "报告", "infodate": 0}, Item("报告", None, ALL[0])),
    ],
)  # fmt: skip
def test_rows_become_items(make_source, fields, item):
    entry = Entry(path="/rest/lightfrontaction/getgovinfolist", kind="json", options={"deptcode": "JB0"}, district="云河区", city="临江市")
    family = EpointGov(make_source(), entry)
    body = json.dumps({"custom": {"data": [row(1, **fields)], "total": "1"}}).encode()
    page = family.read(body, BASE + GOV)
    assert (page.items, page.page_count, page.fault) == ((item,), 1, None)


def test_a_quiet_night_asks_for_each_page_once(epoint, listed):
    first = listed()
    epoint.asked.clear()
    assert listed(run_id="r2") == first
    assert [query["pageIndex"] for query in epoint.asked] == [0, 1, 2, 3]
