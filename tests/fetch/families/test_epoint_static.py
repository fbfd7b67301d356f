"""List pages as the epoint-static family writes them."""

from datetime import date

import pytest

from etl.fetch import discover_candidates
from etl.fetch.families import EpointStatic, Item

BASE = "https://www.example.gov.cn"
HERE = f"{BASE}/xxgk/002017/002017002/subpage.html"

LIST = """<!-- list --><!DOCTYPE html>\r
<html><head><meta charset="utf-8"><title>部门</title></head><body>\r
<div id="header"></div>\r
<div class="ewb-location">当前位置：<a href="/">首页</a> &gt; <a href="/xxgk/xxgk.html">信息公开</a> &gt;
 <span id="viewGuid" value="cate_002017002">部门</span></div>\r
<div class="menu"><ul><li><a href="javascript:void(0)">机构</a></li><li><a href=#>年报</a></li></ul></div>\r
<div id="categorypagingcontent"><ul class='ewb-list-items'>\r
\t<li class="ewb-list-node clearfix"><a class="ewb-list-name" target="_blank" title="云河区司法局2023年度法治政府建设情况报告"
 href="/xxgk/002017/002017002/20240325/a.html">云河区司法局2023年度法治政…</a><span class="ewb-list-date">2024-03-25</span></li>\r
\t<!-- <li class="ewb-list-node"><a href="/xxgk/002017/002017002/20230101/old.html">withdrawn</a><span>2023-01-01</span></li> -->\r
\t<li class="ewb-list-node clearfix"><a class="ewb-list-name" href="javascript:void(0)"
 onclick="linkToNew('5f0c1a52-0000','002017002')">教育局报告</a>
<span class="ewb-list-date">[2024-03-20]</span></li>\r
</ul><div class="ewb-page"><ul class="ewb-page-items clearfix">\r
 <li class="ewb-page-li current"><a>1</a></li><li class="ewb-page-li"><a href="/xxgk/002017/002017002/2.html">2</a></li>\r
 <li class="ewb-page-li ewb-page-num"><span id="index">1/3</span></li></ul></div></div>\r
<div id="footer"><a href="/about.html">关于 2024-01-01</a></div><script src="/js/webBuilderCommon.js"></script></body></html>"""


@pytest.fixture
def read(source):
    """Reads a page of the first entry of the made-up source."""
    family = EpointStatic(source, source.entries[0])
    return lambda body: family.read(body, HERE)


@pytest.fixture
def one(read):
    def one(row, box='<div id="categorypagingcontent"><ul>{}</ul></div>'):
        (item,) = read(box.format(row).encode()).items
        return item

    return one


def test_a_list_page_has_its_items_links_and_count(read):
    page = read(LIST.encode())
    assert page.items == (
        Item("云河区司法局2023年度法治政府建设情况报告", date(2024, 3, 25), f"{BASE}/xxgk/002017/002017002/20240325/a.html"),
        Item("教育局报告", date(2024, 3, 20), f"{BASE}/xxgk/002017/002017002/20240320/5f0c1a52-0000.html"),
    )
    assert page.page_count == 3
    paths = ("/", "/xxgk/xxgk.html", "/xxgk/002017/002017002/20240325/a.html", "/xxgk/002017/002017002/2.html", "/about.html")
    assert page.links == tuple(BASE + path for path in paths)


def test_what_is_commented_out_is_neither_item_nor_link(read):
    page = read(LIST.encode())
    assert not any("old.html" in link for link in page.links)
    assert "withdrawn" not in [item.title for item in page.items]


def test_a_gb18030_page_is_read(read):
    assert read(LIST.replace("utf-8", "gbk").encode("gb18030")).items == read(LIST.encode()).items


@pytest.mark.parametrize("raw", [b"", b"<html></html>", b"\xff\xfe\x00", b"%PDF-1.7", b'{"custom": []}'])
def test_what_is_no_list_has_no_items(read, raw):
    assert read(raw).items == ()


def test_a_shell_whose_list_is_written_by_script_has_no_items(read):
    shell = (
        "<body><div id='categorypagingcontent'></div><script>write('<li><a href=/xxgk/20240325/abcdefgh.html>x</a></li>')</script></body>"
    )
    assert read(shell.encode()).items == ()


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("title=\"2024年度<em style='color:red'>法治政府建设</em>情况报告\"", "2024年度法治政府建设情况报告"),
        ('title="&lt;font color=red&gt;2024年度&lt;/font&gt;报告"', "2024年度报告"),
        ('title=" 2024年度\n报告 "', "2024年度 报告"),
        ('title=""', "文字"),
        ("", "文字"),
        ('title="投入<3亿元"', "投入<3亿元"),
    ],
)
def test_titles_are_whole_and_without_markup(one, markup, title):
    assert one(f"<li><a {markup} href='/a.html'><font color=red>文</font>字</a><span>2024-03-25</span></li>").title == title


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-25", date(2024, 3, 25)),
        ("[2024-03-25]", date(2024, 3, 25)),
        ("2024/3/5", date(2024, 3, 5)),
        ("2024.03.05", date(2024, 3, 5)),
        ("2024年3月5日", date(2024, 3, 5)),
        ("2024- 03- 05", date(2024, 3, 5)),
        ("2024-03-05 09:18", date(2024, 3, 5)),
    ],
)
def test_dates_are_read_in_every_form(one, text, day):
    assert one(f"<li><a href='/a.html'>报告</a><span>{text}</span></li>").listed_on == day


def test_a_date_in_the_title_is_not_the_date_of_the_item(one):
    assert one("<li><a href='/a.html'>截至2023年12月31日的报告</a><span>2024-03-25</span></li>").listed_on == date(2024, 3, 25)


@pytest.mark.parametrize("href", ["/xxgk/002017/20240325/5f0c1a52-0000.html", "/govxxgk/JB0/2025-03-03/5f0c1a52-0000.html"])
def test_an_address_with_a_day_is_an_item_s_but_the_day_is_the_list_s_to_tell(one, href):
    assert one(f"<li><a href='{href}'>报告</a></li>") == Item("报告", None, BASE + href)


def test_an_impossible_date_is_none(one):
    item = one("<li><a href='/xxgk/002017/20241399/5f0c1a52-0000.html'>报告</a></li>")
    assert item.listed_on is None


def test_an_item_may_lead_nowhere(one):
    assert one("<li><a href='#'>报告</a><span>2024-03-25</span></li>") == Item("报告", date(2024, 3, 25), None)


def test_a_href_wins_over_a_click(one):
    item = one("<li><a href='/a.html' onclick=\"linkToNew('5f0c1a52','002017002')\">报告</a><span>2024-03-25</span></li>")
    assert item.url == f"{BASE}/a.html"


@pytest.mark.parametrize(
    "row",
    [
        "<ul class='wb-data-item'><li class='wb-data-list'><div><a href='/a.html'>报告</a></div><span>2024-03-25</span></li></ul>",
        "<table><tr class=trfont><td><a href='/a.html'>报告</a><td>2024-03-25</table>",
        "<div class=ewb-catalog-table><table><tr><td><a class='ewb-infoname' href='/a.html'>报告</a></td><td>2024-03-25</td></tr></table>",
    ],
)
def test_other_templates_of_the_family_are_read(one, row):
    assert one(row, "<body>{}</body>") == Item("报告", date(2024, 3, 25), f"{BASE}/a.html")


CATALOGUE = """<body><div class="ewb-catalog-table"><table><tr><th>序号</th><th>名称</th><th>生成日期</th></tr>
<tr><td>1</td><td><a class="ewb-infoname" onclick="linkToNew('5f0c1a52-0000','002017002')">司法局2023年度法治政府建设情况报告</a>
 <div class="drop" style="display:none"><p>索引号：JB0-2024-001</p><p>信息分类：部门</p>
  <p>生成日期：2024-03-20</p><p>文号：〔2024〕3号</p></div></td>
 <td>2024-03-20</td></tr></table></div></body>"""


def test_a_catalogue_table_whose_items_have_no_href_is_read(read):
    address = f"{BASE}/xxgk/002017/002017002/20240320/5f0c1a52-0000.html"
    assert read(CATALOGUE.encode()).items == (Item("司法局2023年度法治政府建设情况报告", date(2024, 3, 20), address),)


def test_a_catalogue_in_an_iframe_below_the_entry_is_followed(portal, client, source):
    portal.page("/xxgk/002017/", '<body><div class="shell"><iframe src="/xxgk/002017/002017002/infolist.html"></iframe></div></body>')
    portal.page("/xxgk/002017/002017002/infolist.html", CATALOGUE)
    assert [found.url for found in discover_candidates(source, client)] == [f"{BASE}/xxgk/002017/002017002/20240320/5f0c1a52-0000.html"]
