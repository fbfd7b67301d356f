"""Families that ask an interface: jcms (XML records), gkmlpt and the search of Minhang (JSON). What is no list is a fault."""

import json
from datetime import date

import pytest

from etl.errors import EmptyList, SourceError
from etl.fetch import discover_candidates
from etl.fetch.families import FAMILIES, Item
from etl.fetch.families.days import epoch_day
from etl.sources import Entry

BASE = "https://www.example.gov.cn"
REPORT = "云河区{}2023年度法治政府建设情况报告"


@pytest.fixture
def family(make_source):
    def family(name, path, kind="list", /, **options):
        source = make_source(family=name, entries=(Entry(path=path, kind=kind, options=options),))
        return FAMILIES[name](source, source.entries[0])

    return family


# jcms

VALUES = "col=1&appid=1&{}&page=1"
LINK = "<a href='/module/web/jpage/dataproxy.jsp?page=1&amp;webid=3&amp;path=/&amp;columnid=7&amp;unitid=9&amp;permissiontype=0'></a>"
SCRIPT = "$('#9').jpage({params:{col:1,'webid':'3',path:'/',columnid:7,unitid:\"9\",permissiontype:0}})"
OTHER = SCRIPT.replace("columnid:7", "columnid:8").replace('unitid:"9"', "unitid:10")


@pytest.mark.parametrize("body", [LINK, f"<script>{SCRIPT}</script>", f"<script>{OTHER};{SCRIPT}</script>"], ids=["link", "script", "two"])
def test_a_column_of_jcms_tells_how_it_is_asked(family, body):
    ask = family("jcms", "/col/col7/index.html").first(lambda url: body.encode())
    assert ask.url == f"{BASE}/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45&perpage=45"
    assert dict(part.split("=") for part in ask.payload.split("&")) == {
        "col": "1", "appid": "1", "path": "%2F", "permissiontype": "0", "webid": "3", "columnid": "7", "unitid": "9", "page": "1",
    }  # fmt: skip
    assert ask.payload_type == "application/x-www-form-urlencoded"


def test_options_override_what_jcms_tells(family):
    asked = family("jcms", "/col/col7/index.html", unitid=11, perpage=15).first(lambda url: LINK.encode())
    assert "unitid=11" in asked.payload
    assert "columnid=7" in asked.payload
    assert asked.url.endswith("endrecord=15&perpage=15")
    every = {"columnid": 1, "unitid": 2, "webid": 3, "path": "/x", "permissiontype": 0}
    assert "path=%2Fx" in family("jcms", "/col/col7/index.html", **every).first(lambda url: pytest.fail("not asked for")).payload


@pytest.mark.parametrize("body", [None, b"", b"<html>404</html>"])
def test_a_column_that_tells_nothing_is_one_line(family, body):
    with pytest.raises(SourceError, match=r"/col/col7/index.html: the page does not tell columnid, unitid, webid: set these options"):
        family("jcms", "/col/col7/index.html").first(lambda url: body)


def test_a_column_that_holds_all_its_records_is_read_as_it_is(family):
    row = '<record><![CDATA[<a href="/art/2024/3/5/art_7_1.html" title="报告">报…</a><b>2024-3-5</b>]]></record>'
    body = f"<html><script type='text/xml'><datastore><recordset>{row}</recordset></datastore></script></html>".encode()
    column = family("jcms", "/col/col7/index.html")
    ask = column.first(lambda url: body)
    assert (ask.url, ask.payload) == (f"{BASE}/col/col7/index.html", None)
    page = column.read(body, ask.url)
    assert page.items == (Item("报告", date(2024, 3, 5), f"{BASE}/art/2024/3/5/art_7_1.html"),)
    assert column.later(ask.url, page, 2) == ()


# gkmlpt

TREE = [
    {"id": 1, "name": "机构"},
    {"id": 2, "name": "法治政府建设", "children": [{"id": 3, "name": "法治政府建设年度报告", "children": []}]},
]


def index(tree=TREE, sid="'200016'"):
    script = f"window._CONFIG = {{ SID: {sid}, TREE: {json.dumps(tree, ensure_ascii=False)}, X: 1 }}"
    return f"<html><title>政府信息公开</title><body><h1>云河区政府信息公开平台</h1><script>{script}</script></body></html>".encode()


@pytest.mark.parametrize(
    ("path", "options", "url"),
    [
        ("/gkmlpt/index", {}, "/gkmlpt/api/all/3?page=0&sid=200016"),
        ("/bmj/gkmlpt/index", {"category": "年度报告"}, "/bmj/gkmlpt/api/all/3?page=0&sid=200016"),
        ("/gkmlpt/index", {"category": 44}, "/gkmlpt/api/all/44?page=0&sid=200016"),
        ("/gkmlpt/index", {"sid": 7, "api": "/x/gkmlpt"}, "/x/gkmlpt/api/all/3?page=0&sid=7"),
    ],
)
def test_the_platform_tells_its_number_and_categories(family, path, options, url):
    assert family("gd-gkmlpt", path, **options).first(lambda asked: index()).url == BASE + url


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (None, "tells no SID"),
        (b"<html>404</html>", "tells no SID"),
        (b"<script>SID: '1'</script>", "tells no TREE"),
        (b"<script>SID: '1', TREE: [oops]</script>", "is no JSON"),
        (index([{"id": 1, "name": "机构"}]), "no category for '法治政府建设'"),
        (
            index([{"id": 1, "name": "法治政府建设甲"}, {"id": 2, "name": "法治政府建设乙"}]),
            r"法治政府建设甲 \(1\), 法治政府建设乙 \(2\) for",
        ),
    ],
)
def test_what_the_platform_does_not_tell_is_one_line(family, body, message):
    with pytest.raises(SourceError, match=message):
        family("gd-gkmlpt", "/gkmlpt/index").first(lambda url: body)


@pytest.mark.parametrize(
    ("seconds", "day"),
    [(1711296000, date(2024, 3, 25)), (1711296000000, date(2024, 3, 25)), ("1711296000", date(2024, 3, 25))]
    + [(other, None) for other in (0, None, "x", float("inf"), 1e300)],
)
def test_seconds_are_a_day_in_shanghai(seconds, day):
    assert epoch_day(seconds) == day


def test_articles_of_the_platform_are_items(family):
    api = f"{BASE}/gkmlpt/api/all/3?page=0&sid=1"
    rows = [
        {"title": "<b>报告</b>", "url": "/gkmlpt/content/9/9870/post_9870001.html", "date": 1700000000, "create_time": 1711296000},
        {"title": "旧报告", "post_url": "/gkmlpt/content/9/9870/post_1.html", "create_time": 0, "created_at": "2023-03-01 00:30:00"},
        {"title": "无", "url": "", "display_publish_time": 0},
    ]
    page = family("gd-gkmlpt", "/gkmlpt/index").read(json.dumps({"total": 7, "articles": rows}).encode(), api)
    assert page.items == (
        Item("报告", date(2024, 3, 25), f"{BASE}/gkmlpt/content/9/9870/post_9870001.html"),
        Item("旧报告", date(2023, 3, 1), f"{BASE}/gkmlpt/content/9/9870/post_1.html"),
        Item("无", None, None),
    )
    assert page.page_count == 3


# answers that are no lists

FAULTS = [
    b"",
    b"<html>error</html>",
    b"[]",
    b"null",
    b'{"code": 500}',
    b'{"articles": {}, "list": {}}',
    b'{"articles": ["x"], "list": ["x"]}',
]


@pytest.mark.parametrize("body", FAULTS)
def test_an_answer_of_another_shape_is_a_fault(family, body):
    gkml = family("gd-gkmlpt", "/gkmlpt/index").read(body, f"{BASE}/gkmlpt/api/all/3?page=0&sid=1")
    search = family("minhang-cms", "/m/searchindex/searchByDB", "search").read(body, f"{BASE}/m/searchindex/searchByDB?keyword=x")
    assert gkml.fault
    assert search.fault
    assert gkml.items == search.items == ()


@pytest.mark.parametrize("body", [b"", b"<html>error</html>", b'{"a": 1}'])
def test_an_answer_without_a_datastore_is_a_fault(family, body):
    assert family("jcms", "/col/col7/index.html").read(body, f"{BASE}/module/web/jpage/dataproxy.jsp?startrecord=1").fault


@pytest.fixture
def platform(portal, make_source, make_client):
    """The lists of a platform over HTTP; `pages` are answers by number."""

    def discover(pages, run_id="r1"):
        portal.page("/gkmlpt/index", index())
        for number, body in pages.items():
            text = body if isinstance(body, str) else json.dumps({"total": 99, "articles": [article(name) for name in body]})
            portal.page(f"/gkmlpt/api/all/3?page={number}&sid=200016", text, Content_Type="application/json")
        source = make_source(family="gd-gkmlpt", entries=(Entry(path="/gkmlpt/index"),))
        return [one.title for one in discover_candidates(source, make_client(source=source, run_id=run_id))]

    return discover


def article(name):
    return {"title": REPORT.format(name), "url": f"/gkmlpt/content/9/{name}/post_1.html", "create_time": 1711296000}


@pytest.mark.parametrize(
    "pages",
    [
        {0: "甲乙", 1: "甲乙", 2: "丙", 3: []},
        {0: "甲乙", 1: "丙", 2: []},
        {0: "甲乙", 1: "甲乙", 2: "丙", 3: "丙"},
        {0: "甲乙", 1: [], 2: "丙", 3: []},
    ],
    ids=["0 and 1 the same", "from 0", "repeats at the end", "a hole"],
)
def test_the_platform_is_read_to_the_end_whatever_it_counts_from(platform, pages):
    asked = {number: list(names) for number, names in pages.items()}
    assert platform(asked) == [REPORT.format(name) for name in "甲乙丙"]


@pytest.mark.parametrize("body", ["<html>维护中</html>", '{"code": 1}', ""])
def test_an_error_page_in_place_of_a_list_is_an_error_on_the_first_night_too(platform, body):
    with pytest.raises(EmptyList, match=r"/gkmlpt/api/all/3\?page=0&sid=200016: .*: look at the portal"):
        platform({0: body})


def test_an_error_page_in_place_of_a_later_page_is_an_error(platform):
    with pytest.raises(EmptyList, match="and there should be a page 2"):
        platform({0: ["甲"], 1: "<html>维护中</html>"})


def test_articles_that_are_gone_are_an_alarm(platform):
    platform({0: ["甲"], 1: ["甲"], 2: []})
    with pytest.raises(EmptyList, match="held items and now holds none"):
        platform({0: [], 1: [], 2: []}, "r2")
