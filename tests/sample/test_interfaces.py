"""What is asked by POST: the list of the disclosure system and the search; and pages that only scripts fill."""

import json
import re
from datetime import date
from urllib.parse import urlencode

import pytest

from sample.json_lists import GOV_LIST, PAGE_LIST, SEARCH
from sample.options import SITE_GUID

GOV = "/govxxgk/YH0/2025-02-24/21396060-068f-4c75-b011-f935682d8d53.html"
LIST = "/xxgk/002018/002018002/"


@pytest.fixture
def listed(ask):
    def listed(**query):
        reply = ask(GOV_LIST, "POST", json.dumps({"siteGuid": SITE_GUID, "pageSize": 2, **query}))
        assert (reply.status, reply.validators) == (200, (None, None))
        return json.loads(reply.body)["custom"]

    return listed


@pytest.fixture
def found(ask):
    def found(**query):
        return json.loads(ask(SEARCH, "POST", json.dumps({"pn": 0, "rn": 10, "wd": "", **query})).body)["result"]

    return found


def test_the_gov_list_gives_what_a_department_published(listed):
    custom = listed(deptcode="YH0", pageIndex=0)
    assert custom["total"] == 1
    assert custom["data"][0]["infourl"] == GOV
    assert custom["data"][0]["infodate"] == "2025-02-24"
    assert custom["data"][0]["deptname"] == "云河区人民政府"
    assert listed(deptcode="ZZ9") == {"data": [], "total": 0}


@pytest.mark.parametrize("base", [0, 1])
def test_pages_are_counted_from_0_or_1(portal, listed, base):
    portal.site.options.json_base = base
    pages = [[row["infourl"] for row in listed(pageIndex=number)["data"]] for number in range(base, base + 3)]
    assert [len(page) for page in pages] == [2, 1, 0]
    assert sorted(path for page in pages for path in page) == sorted(portal.site.articles("/govxxgk/*"))
    assert [row["infourl"] for row in listed(pageIndex=0)["data"]] == pages[0]


def test_a_wrong_guid_gets_nothing_and_status_200(listed):
    assert listed(siteGuid="x", pageIndex=0) == {"data": [], "total": 0}


def test_replies_differ_from_portal_to_portal(portal, ask, listed):
    portal.site.options.change({"json_string": True, "json_total": False})
    assert json.loads(listed(pageIndex=0)).keys() == {"data"}
    portal.site.options.change({"json_string": False, "json_params": True})
    assert listed(pageIndex=0)["data"] == []
    query = {"siteGuid": SITE_GUID, "pageIndex": 0, "pageSize": 2}
    for body in (json.dumps({"params": query}), urlencode({"params": json.dumps(query)})):
        assert len(json.loads(ask(GOV_LIST, "POST", body).body)["custom"]["data"]) == 2
    with pytest.raises(ValueError, match="no option 'x'"):
        portal.site.options.change({"x": 1})


def test_the_list_of_a_column_holds_what_is_below_it(ask):
    query = {
        "siteGuid": SITE_GUID,
        "categoryNum": "002018",
        "kw": "法治政府建设",
        "pageIndex": 0,
        "pageSize": 100,
        "startDate": "2024-01-01",
    }
    custom = json.loads(ask(PAGE_LIST, "POST", urlencode({"params": json.dumps(query)})).body)["custom"]
    assert len(custom["infodata"]) == custom["count"] > 9
    assert {row["categorynum"][:6] for row in custom["infodata"]} == {"002018"}
    assert min(row["infodate"] for row in custom["infodata"]) >= "2024-01-01"


def test_what_is_no_query_is_an_error_in_words(ask):
    assert json.loads(ask(GOV_LIST, "POST", "[1").body)["status"]["code"] == 0
    assert json.loads(ask(PAGE_LIST, "POST", "").body)["status"]["code"] == 0
    assert json.loads(ask(SEARCH, "POST", b"\xff").body)["code"] == 500
    assert ask(GOV_LIST).status == 404
    assert ask(GOV_LIST, "PUT", "{}").status == 405


def test_the_search_pages_by_offset_and_matches_by_prefix(found):
    condition = [{"fieldName": "categorynum", "equal": "002018", "isLike": True, "likeType": 2}]
    first = found(wd="法治政府建设", condition=condition, rn=5)
    second = found(wd="法治政府建设", condition=condition, rn=5, pn=5)
    assert len(first["records"]) == len(second["records"]) == 5
    assert not {each["linkurl"] for each in first["records"]} & {each["linkurl"] for each in second["records"]}
    assert all(each["categorynum"].startswith("002018") for each in first["records"])
    assert "<em style='color:red'>法治政府建设</em>" in first["records"][0]["title"]
    assert found(wd="法治政府建设", condition=json.dumps(condition), pn=first["totalcount"])["records"] == []


def test_the_search_knows_days(found):
    time = [{"fieldName": "webdate", "startTime": "2025-01-01 00:00:00", "endTime": "2025-12-31 23:59:59"}]
    records = found(time=time, rn=100)["records"]
    assert records
    assert {each["infodate"][:4] for each in records} == {"2025"}


def test_a_document_in_two_columns_is_found_twice(portal, found):
    path = "/xxgk/002018/002018001/20260101/00000000-0000-4000-8000-000000000000.html"
    portal.site.add(
        path, title="双栏报告", text="一。", column="002018001", publisher="云河区", published_on=date(2026, 1, 1), also_in=("002018002",)
    )
    assert [each["categorynum"] for each in found(wd="双栏")["records"] if each["linkurl"] == path] == ["002018001", "002018002"]


def test_the_search_may_wrap_its_reply(portal, ask):
    portal.site.options.search_string = True
    reply = json.loads(ask(SEARCH, "POST", '{"pn":0,"rn":1}').body)
    assert reply["code"] == 200
    assert len(json.loads(reply["content"])["result"]["records"]) == 1


def test_the_entry_of_the_disclosure_system_is_a_shell(portal, ask):
    reply = ask("/dynamic/infoOpenFile.html")
    assert reply.status == 200
    assert "getgovinfolist" in reply.text
    assert "法治政府建设" not in reply.text
    portal.site.options.site_guid = "11111111-1111-4111-8111-111111111111"
    assert re.search(r'"siteGuid": "([^"]+)"', ask("/js/webBuilderCommon.js").text)[1] == portal.site.options.site_guid


@pytest.mark.parametrize(("past_end", "status", "items"), [("404", 404, 0), ("last", 200, None), ("empty", 200, 0)])
def test_what_is_past_the_end(portal, ask, past_end, status, items):
    portal.site.options.past_end = past_end
    reply = ask(LIST + "99.html")
    assert reply.status == status
    shown = [item.html for item in reply.html.css("li.ewb-list-node")]
    assert shown == shown[:items]
    assert bool(shown) is (past_end == "last")


def test_a_list_may_be_in_an_iframe(portal, ask):
    portal.site.options.list_style["002018002"] = "iframe"
    shell = ask(LIST + "subpage.html")
    assert shell.html.css("li.ewb-list-node") == []
    frame = ask(shell.html.css_first("iframe").attributes["src"])
    anchors = frame.html.css("table.ewb-catalog-table a.ewb-infoname")
    assert len(anchors) == len([path for path in portal.site.articles() if portal.site.article(path).column == "002018002"])
    assert any("href" not in each.attributes and "linkToNew(" in each.attributes["onclick"] for each in anchors)


def test_a_list_may_be_written_by_script(portal, ask):
    portal.site.options.list_style["002018002"] = "script"
    reply = ask(LIST + "subpage.html")
    assert reply.html.css("li.ewb-list-node") == []
    assert "document.writeln" in reply.text


def test_files_with_names_of_their_own(portal, ask):
    target = "/EpointWebBuilder/webbuildermis/attach/downloadattach?attachGuid=a1"
    portal.site.add_bytes(target, b"x", "application/pdf", 'attachment;filename="报告.pdf"'.encode("gbk").decode("latin-1"))
    portal.site.add_bytes("/shja_main/u/u/%E6%8A%A5%E5%91%8A.pdf", b"y", "application/pdf")
    reply = ask(target)
    assert reply.headers["Content-Disposition"].encode("latin-1").decode("gbk") == 'attachment;filename="报告.pdf"'
    assert reply.validators == (None, None)
    assert ask(target.replace("a1", "a2")).status == 404
    assert ask("/shja_main/u/u/%e6%8a%a5%e5%91%8a.pdf").body == b"y"
