"""Epoint's JSON lists and its search, over real HTTP on loopback, with everything in which portals differ."""

import json
import logging
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qs

import pytest

from etl.errors import Blocked, EmptyList, SourceError
from etl.fetch import discover_candidates
from etl.fetch.families import EpointGov, Item, family_of
from etl.sources import Entry

BASE = "https://www.example.gov.cn"
GUID = "7eb5f7f1-9041-43ad-8e13-8fcb82ea831a"
OTHER = "11111111-2222-4333-8444-555555555555"
GOV = "/EWB-FRONT/rest/lightfrontaction/getgovinfolist"
COLUMN = "/EWB-FRONT/rest/frontAppCustomAction/getPageInfoListNew"
SEARCH = "/inteligentsearch/rest/esinteligentsearch/getFullTextDataNew"
SCRIPT = "/js/webBuilderCommon.js"
SITE_INFO = 'var siteInfo = {"siteGuid":"%s","projectName":"/EWB-FRONT","webVersion":"5.0","vname":""};'
JSON = {"Content-Type": "application/json;charset=UTF-8"}


def row(number, **fields):
    title = f"云河区第{number}局2023年度法治政府建设情况报告"
    return {
        "title": title,
        "infourl": f"/govxxgk/JB0/2024-03-{number:02}/{number:08}-uuid.html",
        "infodate": f"2024-03-{number:02}",
        **fields,
    }


@dataclass
class Epoint:
    """The interfaces of one portal: `rows` in order, and its habits."""

    rows: list = field(default_factory=list)
    base: int = 0
    base_page_0: str = "first"  # what a portal that counts from 1 gives for page 0: "first" or "empty"
    guid: str = GUID
    cap: int = 100
    text: bool = False
    total: bool = True
    data: bool = True
    wrapped: bool = False
    last_repeats: bool = False
    instead: object = None
    asked: list = field(default_factory=list)

    def answer(self, path, content_type, body):
        if path == COLUMN:
            assert content_type == "application/x-www-form-urlencoded"
            (body,) = parse_qs(body, keep_blank_values=True)["params"]
        else:
            assert content_type == "application/json; charset=utf-8"
        query = json.loads(body)
        self.asked.append(query)
        if self.instead is not None:
            return self.instead
        return self.search(query) if path == SEARCH else self.list(query.get("params", query), path)

    def list(self, query, path):
        size = min(query["pageSize"], self.cap)
        number = query["pageIndex"] - self.base
        rows = self.rows if query["siteGuid"] == self.guid else []
        if number < 0:
            rows, number = rows if self.base_page_0 == "first" else [], 0
        start = number * size
        if self.last_repeats:
            start = min(start, (len(rows) - 1) // size * size)
        data, total = ("infodata", "count") if path == COLUMN else ("data", "total")
        custom = {data: rows[start : start + size]} if self.data or rows[start : start + size] else {}
        if self.total:
            custom[total] = len(rows)
        custom = json.dumps(custom, ensure_ascii=False) if self.text else custom
        return {"controls": [], "custom": custom, "status": {"code": 1, "text": "ok"}}

    def search(self, query):
        size = min(query["rn"], self.cap)
        result = {"totalcount": len(self.rows), "records": self.rows[query["pn"] : query["pn"] + size]}
        result = json.dumps(result) if self.text else result
        return {"code": 200, "content": json.dumps({"result": result})} if self.wrapped else {"result": result}


@pytest.fixture
def epoint(portal):
    site = Epoint(rows=[row(number) for number in range(1, 8)])
    paths, static = {GOV, COLUMN, SEARCH}, portal.answer

    def answer(path):
        if path not in paths or not portal.posted or portal.posted[-1][0] != path:
            return static(path)
        found = site.answer(*portal.posted[-1])
        return 200, JSON, found if isinstance(found, bytes) else json.dumps(found, ensure_ascii=False).encode()

    portal.answer = answer
    portal.page(SCRIPT, SITE_INFO % GUID)
    return site


@pytest.fixture
def listed(make_source, make_client, epoint):
    """The candidates of a source with one entry."""

    def listed(path="/rest/lightfrontaction/getgovinfolist", kind="json", run_id="r1", source_options=None, optional=False, **options):
        own = {"deptcode": "JB0", "page_size": 3} if kind == "json" and "getgov" in path else {"categorynum": "002017", "page_size": 3}
        entry = Entry(path=path, kind=kind, options=own | options, optional=optional, district="云河区", city="临江市", invented=True)
        source = make_source(family="epoint-gov", entries=(entry,), options=source_options or {})
        return discover_candidates(source, make_client(source=source, run_id=run_id))

    return listed


def urls(found):
    return sorted(candidate.url for candidate in found)


ALL = [f"{BASE}/govxxgk/JB0/2024-03-{number:02}/{number:08}-uuid.html" for number in range(1, 8)]


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


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"<html><body>login</body></html>", "the answer is no JSON, it is '<html><body>login</body></html>'"),
        (b"", "the answer is no JSON, it is empty"),
        (b"[" * 5000, "the answer is no JSON"),
        ([], "the answer is no object, it is '[]'"),
        ({"status": {"code": 0, "text": "token 已过期"}}, """has no 'custom', it is '{"status": {"code": 0, "text": "token 已过期"}}'"""),
        ({"custom": "", "status": {"code": 0, "text": "参数错误"}}, "the portal answers with an error: 参数错误"),
        ({"custom": "<html>"}, "'custom' is no JSON, it is '<html>'"),
        ({"custom": 7}, "'custom' is no object, it is '7'"),
        ({"custom": {"data": {"a": 1}}}, "'data' is no list of objects"),
        ({"custom": {"data": ["a"]}}, "'data' is no list of objects"),
    ],
)
def test_an_answer_that_is_no_list_is_an_error_that_names_the_address(epoint, listed, answer, said):
    epoint.instead = answer
    with pytest.raises(EmptyList) as caught:
        listed()
    assert str(caught.value).startswith(BASE + GOV)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_list_in_place_of_a_later_page_is_an_error_too(epoint, listed):
    answered = epoint.list
    epoint.list = lambda query, path: b"<html>" if query["pageIndex"] == 1 else answered(query, path)
    with pytest.raises(EmptyList, match="the answer is no JSON, it is '<html>', and there should be a page 2"):
        listed()


@pytest.mark.parametrize(("base", "page_0"), [(0, "first"), (1, "first"), (1, "empty")])
def test_a_wrong_site_guid_is_a_warning_at_first_and_an_alarm_once_the_list_held_items(epoint, listed, caplog, base, page_0):
    epoint.base, epoint.base_page_0, epoint.guid = base, page_0, OTHER
    with pytest.raises(EmptyList, match="no report among them"):
        listed()
    (warning,) = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert f"siteGuid {GUID} (told by {SCRIPT})" in warning
    epoint.guid = GUID
    assert urls(listed(run_id="r2")) == ALL
    epoint.guid = OTHER
    with pytest.raises(EmptyList, match=f"the list held items and now holds none .*wrong siteGuid {GUID}"):
        listed(run_id="r3")


def test_a_site_guid_that_the_portal_changed_for_the_worse_is_an_alarm_too(epoint, listed, portal):
    listed()
    portal.page(SCRIPT, SITE_INFO % OTHER)
    with pytest.raises(EmptyList, match=f"the list held items and now holds none .*wrong siteGuid {OTHER}"):
        listed(run_id="r2")


@pytest.mark.parametrize(
    ("scripts", "path"),
    [
        ({SCRIPT: SITE_INFO % GUID}, GOV),
        ({SCRIPT: "var siteInfo = {siteGuid: '%s', projectName: 'EWB-FRONT/'}" % GUID}, GOV),  # noqa: UP031
        ({SCRIPT: f"// siteGuid: '{OTHER}'\n/* siteGuid: '{OTHER}' */\n" + SITE_INFO % GUID}, GOV),
        ({SCRIPT: 'var siteInfo = {"projectName":"/EWB-FRONT"}', "/js/ajaxReq.js": f'var siteGuid = "{GUID}";'}, GOV),
    ],
)
def test_the_portal_tells_its_guid_and_its_project(epoint, listed, portal, scripts, path):
    portal.pages.pop(SCRIPT)
    for script, text in scripts.items():
        portal.page(script, text)
    assert urls(listed()) == ALL
    assert {asked for asked, _, _ in portal.posted} == {path}


def test_a_portal_that_tells_no_guid_is_one_line_that_says_what_to_set(listed, portal):
    portal.pages.pop(SCRIPT)
    with pytest.raises(
        SourceError, match=r"^sources\.toml: town: entry /rest/.*getgovinfolist: .* tell no siteGuid: .*set options\.site_guid"
    ):
        listed()


def test_what_the_registry_says_of_the_site_is_not_asked_for(epoint, listed, portal):
    epoint.guid = OTHER
    assert urls(listed(source_options={"site_guid": OTHER, "project": "/EWB-FRONT", "columnid": "of another family"})) == ALL
    assert urls(listed(GOV, site_guid=OTHER, run_id="r2")) == ALL
    assert SCRIPT not in portal.paths()


def test_several_entries_ask_for_the_scripts_once(epoint, make_source, make_client, portal):
    entries = tuple(
        Entry(
            path="/rest/lightfrontaction/getgovinfolist",
            kind="json",
            options={"deptcode": code},
            district="云河区",
            city="临江市",
            invented=True,
        )
        for code in ("JA0", "JB0")
    )
    source = make_source(family="epoint-gov", entries=entries)
    discover_candidates(source, make_client(source=source))
    assert portal.paths().count(SCRIPT) == 1


def test_a_quiet_night_asks_for_each_page_once(epoint, listed):
    first = listed()
    epoint.asked.clear()
    assert listed(run_id="r2") == first
    assert [query["pageIndex"] for query in epoint.asked] == [0, 1, 2, 3]


def test_robots_count_for_interfaces_too(listed, portal):
    portal.page("/robots.txt", "User-agent: *\nDisallow: /EWB-FRONT/\n")
    assert listed_error(listed).endswith("robots.txt asks not to fetch it")
    assert not portal.posted


def listed_error(listed):
    with pytest.raises(Exception, match="robots") as caught:
        listed()
    return str(caught.value)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"path": "/rest/x/getPageInfoListNewYzm"}, "must end in getgovinfolist, getPageInfoListNew or getFullTextDataNew"),
        ({"path": "/govxxgk/", "kind": "list"}, "must end in getgovinfolist"),
        ({"path": SEARCH}, 'kind must be "search" for getFullTextDataNew'),
        ({"options": {}}, "options must say which list it is: deptcode or categorynum"),
        ({"options": {"deptcode": "JB0", "keyword": "法治"}}, "options.keyword is of no use there; options: categorynum, deptcode, "),
        ({"options": {"categorynum": 2017}}, "options.categorynum: Input should be a valid string"),
        ({"options": {"deptcode": "JB0", "page_base": 2}}, "options.page_base: Input should be 0 or 1"),
        ({"options": {"deptcode": "JB0", "page_size": 0}}, "options.page_size: .*greater than or equal to 1"),
        ({"options": {"deptcode": "JB0", "project": "EWB"}}, "options.project: "),
        ({"path": SEARCH, "kind": "search", "options": {"since": "2024"}}, "options.since: "),
    ],
)  # fmt: skip
def test_an_entry_that_does_not_fit_is_one_line(make_source, entry, message):
    own = {"path": "/rest/lightfrontaction/getgovinfolist", "kind": "json", "district": "云河区", "city": "临江市", **entry}
    with pytest.raises(SourceError, match=message) as caught:
        family_of(make_source(family="epoint-gov"), Entry(**own))
    assert str(caught.value).startswith(f"sources.toml: town: entry {own['path']}: ")
    assert "\n" not in str(caught.value)


PAGE = '<div id="categorypagingcontent"><ul><li><a href="/xxgk/002017/20240325/abcdefgh.html">法治政府建设情况报告</a></li></ul></div>'


@pytest.fixture
def two_ways(portal, make_source, make_client):
    """A source with a list of pages and an optional JSON list; its candidates, and what was not read."""
    portal.page("/xxgk/002017/", PAGE)
    common = {"district": "云河区", "city": "临江市", "invented": True}
    gov = Entry(
        path="/rest/lightfrontaction/getgovinfolist", kind="json", family="epoint-gov", options={"deptcode": "JB0"}, optional=True, **common
    )
    source = make_source(entries=(Entry(path="/xxgk/002017/", **common), gov))

    def two_ways():
        unread = []
        return discover_candidates(source, make_client(source=source), unread=unread), unread

    return two_ways


def test_what_goes_wrong_with_an_optional_entry_is_a_warning(epoint, two_ways, portal, caplog):
    epoint.instead = b"<html>"
    found, unread = two_ways()
    assert [candidate.url for candidate in found] == [f"{BASE}/xxgk/002017/20240325/abcdefgh.html"]
    (line,) = unread
    assert line.startswith(BASE + GOV)
    assert f"optional entry not read: {line}" in caplog.text


@pytest.mark.parametrize("answer", [{"status": 404}, {"status": 500}, {"body": "var x = 1"}])
def test_an_optional_entry_may_be_missing_altogether(two_ways, portal, answer):
    portal.page(SCRIPT, **answer)
    found, unread = two_ways()
    assert (len(found), len(unread)) == (1, 1)


def test_an_optional_entry_that_works_is_read(epoint, two_ways):
    found, unread = two_ways()
    assert (len(found), unread) == (8, [])


def test_a_refusal_ends_the_run_whoever_is_refused(two_ways, portal):
    portal.page(SCRIPT, SITE_INFO % GUID)
    portal.page(GOV, status=403)
    with pytest.raises(Blocked):
        two_ways()
