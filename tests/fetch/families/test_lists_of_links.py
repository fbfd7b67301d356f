"""Lists of links, read by what the addresses of their articles look like."""

from datetime import date

import pytest

from etl.fetch.families import FAMILIES, Item
from etl.sources import Entry, Selectors

BASE = "https://www.example.gov.cn"
HERE = f"{BASE}/zwgk/fzjs/index.html"


@pytest.fixture
def read(make_source):
    def read(body, family="t-date", path="/zwgk/fzjs/", url=HERE, **fields):
        entry = Entry(path=path, options=fields.pop("options", {}))
        source = make_source(family=family, entries=(entry,), **fields)
        return FAMILIES[family](source, source.entries[0]).read(body.encode() if isinstance(body, str) else body, url)

    return read


ROW = '<li><a href="./202403/t20240325_1.html" title="报告一">报告…</a><span>2024-03-25</span></li>'
ONE = Item("报告一", date(2024, 3, 25), f"{BASE}/zwgk/fzjs/202403/t20240325_1.html")


@pytest.mark.parametrize(
    "markup",
    [
        f"<ul>{ROW}</ul>",
        f"<ul>{ROW}<!-- {ROW.replace('_1', '_2')} --></ul>",
        f"<ul class=menu><li><a href=/a.html>首页</a><li><a href='#'>2024</a></ul><ul>{ROW}</ul>",
        f"<ul>{ROW}</ul><div class=hot><ul><li><a href=/xwzx/1.shtml>新闻</a> 2024-03-01</ul></div>",
        "<div><div><a href=./202403/t20240325_1.html>报告一</a><em>2024年3月25日</em></div><div><a href=/b.html>别的</a></div></div>",
        "<dl><dd><a href=./202403/t20240325_1.html>报告一</a> <i>2024.03.25</i></dl>",
        "<table><tr><td><ul><li><a href=./202403/t20240325_1.html>报告一</a>（2024/3/25）</ul></table>",
        "<ul><li><a href=./202403/t20240325_1.html><p>报告一</p><span>2024-03-25</span></a></ul>",
        "<ul><li><a href=./202403/t20240325_1.html><b>报告一</b><i>[ 2024-03-25 09:18 ]</i></a></ul>",
        "<ul><li><a href=./202403/t20240325_1.html title='报告…'>报告一</a><span>2024- 03- 25</span></ul>",
    ],
    ids=["plain", "commented", "menu", "news", "divs", "dl", "layout", "inside", "inside-timed", "cut-title"],
)
def test_an_item_is_found_in_every_template_and_nothing_else(read, markup):
    assert read(f"<body><div><a href='/'>首页</a></div>{markup}<div>2020-01-01</div></body>").items == (ONE,)


@pytest.mark.parametrize(
    "link",
    [
        "<a href=./202403/t20240325_1.html>报告一</a>",
        '<a href="javascript:void(0)" onclick="window.open(\'./202403/t20240325_1.html\')">报告一</a>',
    ],
    ids=["undated", "click"],
)
def test_an_item_without_a_day_beside_it_has_none(read, link):
    assert read(f"<ul><li>{link}</ul>").items == (Item("报告一", None, ONE.url),)


def test_what_stands_in_the_same_list_with_a_date_is_an_item_too(read):
    rows = (
        "<li><a href='/upload/a.pdf'>报告二</a><span>2024-03-01</span></li>"
        "<li><a href='javascript:void(0)'>报告三</a><span>2024-02-01</span></li>"
        "<li><a href='https://mp.weixin.qq.com/s/1'>报告四</a><span>2024-01-01</span></li><li><a href='/more/'>更多</a></li>"
    )
    found = [(item.title, item.url) for item in read(f"<ul>{ROW}{rows}</ul>").items]
    assert found[1:] == [("报告二", f"{BASE}/upload/a.pdf"), ("报告三", None), ("报告四", "https://mp.weixin.qq.com/s/1")]


def test_a_list_of_files_alone_is_a_list(read):
    rows = "<ul><li><a href='/upload/a.pdf'>报告</a><span>2024-03-01</span></li></ul><ul><li><a href='/xwzx/1.html'>新闻</a>2024-03-01</ul>"
    assert [item.title for item in read(rows).items] == ["报告"]


def test_a_day_before_2000_is_none(read):
    rows = "<ul><li><a href='./197001/t19700101_9.html'>报告</a></li><li><a href='./197001/t19700101_8.html'>报告</a><b>1970-01-01</b></ul>"
    assert [item.listed_on for item in read(rows).items] == [None, None]


@pytest.mark.parametrize(
    ("family", "here", "href"),
    [
        ("shanghai-city", "/nw1/index.html", f"/nw1/20250121/{'3f' * 16}.html"),
        ("doy", "/zhengwu/fzzfjs-qzf/index.html", "/zhengwu/fzzfjs-qzf/2024/59/23001.html"),
        ("doy", "/zhengwu/fzzfjs-qzf/index.html", "/zhengwu/fzzfjs-qzf/2023/366/23001.html"),
        ("minhang-cms", "/m/c/List/list_0.htm", "/m/c/content/5f0c1a52-0000-4000-8000-1c2d3e4f5a6b.htm"),
        ("slug-id", "/publicity/a/b", "/publicity/a/b/160717"),
        ("slug-id", "/shqp/fzjs/qzf/", "/shqp/fzjs/qzf/20250208/1190003.html"),
        ("hash-month", "/a/list.shtml", f"/a/202403/{'3f' * 16}.shtml"),
        ("hash-month", "/a/list.shtml", f"/a/2024/3/5/{'3f' * 16}.shtml"),
        ("hash-month", "/columns/x/", "/columns/x/202403/05/5f0c1a52-0000-4000-8000-1c2d3e4f5a6b.html"),
        ("jcms", "/art/", "/art/2024/3/5/art_1229063_4070001.html"),
        ("gd-gkmlpt", "/zwgk/", "/zwgk/content/post_9870012.html"),
        ("generic", "/zwgk/fzjs/", "/zwgk/fzjs/2024-03-05/abc.html"),
    ],
)
def test_addresses_tell_articles_but_the_day_is_the_list_s_to_tell(read, family, here, href):
    body = f"<ul><li><a href={href}>报告</a></ul><ul><li><a href=/elsewhere{href}>别的</a></ul>"
    assert read(body, family, path=here, url=BASE + here).items == (Item("报告", None, BASE + href),)


@pytest.mark.parametrize("href", ["/article.html?infoid=5f0c1a52", "/a/details?id=5f0c1a52", "/xxgk/portal/article/detail?x=1&id=5f0c1a52"])
def test_the_query_tells_articles_only_with_a_date(read, href):
    body = f"<ul><li><a href='{href}-1'>制度</a></ul><table><tr><td><a href='{href}'>报告</a><td>2024-03-25</table>"
    assert read(body, "id-query").items == (Item("报告", date(2024, 3, 25), BASE + href),)


def test_generic_items_carry_a_date_and_lie_below_the_entry(read):
    rows = "<li><a href='a.shtml'>报告</a>2024-03-25</li><li><a href='b.shtml'>简介</a></li><li><a href='index_2.html'>2024-01-01</a></li>"
    body = f"<ul>{rows}</ul><ul><li><a href='/xwzx/c.shtml'>新闻</a>2024-03-25</ul>"
    assert [item.title for item in read(body, "generic").items] == ["报告"]
    assert [item.title for item in read(body, "generic", options={"prefix": "/xwzx/"}).items] == ["新闻"]


def test_the_registry_may_name_addresses_and_selectors(read):
    body = "<ul><li><a href='/show-12.html'>报告</a><i>2020-01-01</i><b>2024-03-25</b><u>2021-01-01</u></ul>"
    assert read(body).items == ()
    by_address = read(body, options={"article": r"/show-\d+\.html"}, selectors=Selectors(date="b")).items
    assert (
        by_address
        == read(body, selectors=Selectors(item="li a", date="b")).items
        == (Item("报告", date(2024, 3, 25), f"{BASE}/show-12.html"),)
    )


@pytest.mark.parametrize(
    ("script", "titles"),
    [
        (r'document.writeln("<li><a href=\"./202403/t20240325_1.html\">报告<\/a><\/li>");', ["报告"]),
        (r"document.write('<li>' + '<a href=./202403/t20240325_1.html>\u62a5\u544a</a></li>')", ["报告"]),
        ('document.write("<li><a href=\'" + url + "\'>" + title + "</a></li>");', []),
        ("// document.writeln('<li><a href=./202403/t20240325_1.html>报告</a></li>');", []),
        ("/* document.writeln('<li><a href=./202403/t20240325_1.html>报告</a></li>'); */", []),
        ("document.writeln('<!--');document.writeln('<li><a href=./202403/t20240325_1.html>报告</a></li>');document.writeln('-->')", []),
    ],
    ids=["escaped", "joined", "variables", "line-comment", "block-comment", "html-comment"],
)
def test_what_a_script_writes_is_read_where_it_stands_in_it(read, script, titles):
    assert [item.title for item in read(f"<ul><script>\n{script}\n</script></ul>").items] == titles


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("共 3 页", 3),
        ("共<b>12</b>页", 12),
        ("<script>createPageHTML(4, 0, 'index', 'html');</script>", 4),
        ("<script>x({ totalPage: 5, currentPage: 1 })</script>", 5),
        ("<script>var pageCount = '6';</script>", 6),
        ("第一页", None),
    ],
)
def test_a_page_says_how_many_there_are(read, text, count):
    assert read(f"<ul>{ROW}</ul>{text}").page_count == count


def test_a_page_links_others(read):
    page = read("<a href=a.html>1</a><a href=b.html> 2 </a><a href=c.html>下一页</a><a href=d.html>2024</a><iframe src=/list/></iframe>")
    assert page.numbered == {1: f"{BASE}/zwgk/fzjs/a.html", 2: f"{BASE}/zwgk/fzjs/b.html"}
    assert page.next_url == f"{BASE}/zwgk/fzjs/c.html"
    assert page.links[-1] == f"{BASE}/list/"
    assert page.lists == ()
    assert read("<iframe src=/list/></iframe>", "generic").lists == (f"{BASE}/list/",)
    years = read("<a href=/nw1-2023/>2023年</a><a href=/nw2/>2022年及以前</a><a href=/x/>2021年工作报告</a>", "shanghai-city")
    assert years.lists == (f"{BASE}/nw1-2023/", f"{BASE}/nw2/")


def test_a_row_that_holds_the_whole_page_is_none(read):
    """An old page is one cell of a layout table; its only date is not that of every link."""
    links = "".join(f"<a href='/zwgk/fzjs/{number}.shtml'>链接{number}</a>" for number in range(20_000))
    assert read(f"<table><tr><td>{links} 2024-03-25</td></tr></table>", "generic").items == ()
