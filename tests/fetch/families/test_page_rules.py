"""Where page n is: rules are data, of the family or of the registry."""

import pytest

from etl.errors import SourceError
from etl.fetch.families import FAMILIES, ListPage
from etl.sources import Entry

BASE = "https://www.example.gov.cn"


@pytest.fixture
def later(make_source):
    def later(family, path, page=None, number=2, options=None, **fields):
        source = make_source(family=family, entries=(Entry(path=path, options=options or {}),), **fields)
        asks = FAMILIES[family](source, source.entries[0]).later(BASE + path, page or ListPage(()), number)
        return [ask and ask.url.removeprefix(BASE) for ask in asks]

    return later


@pytest.mark.parametrize(
    ("family", "path", "second"),
    [
        ("t-date", "/a/", "/a/index_1.html"),
        ("t-date", "/a/index.htm", "/a/index_1.htm"),
        ("shanghai-city", "/nw1/index.html", "/nw1/index_2.html"),
        ("doy", "/zhengwu/a/", "/zhengwu/a/index_2.html"),
        ("id-query", "/infoDirectory.html?type=dept&dept=003006", "/infoDirectory.html?type=dept&dept=003006&page=2"),
        ("id-query", "/organizationArticle?code=a&page=1", "/organizationArticle?code=a&page=2"),
        ("hash-month", "/a/list.shtml", "/a/list_2.shtml"),
        ("hash-month", "/a/", "/a/index_2.shtml"),
        ("gd-gkmlpt", "/zwgk/fzzfjs/", "/zwgk/fzzfjs/index_2.html"),
    ],
)
def test_a_family_knows_its_second_page(later, family, path, second):
    assert later(family, path)[0] == second


def test_the_name_of_pages_is_taken_from_their_links(later):
    page = ListPage((), links=(f"{BASE}/b/x_1.jsp", f"{BASE}/a/list_1.shtml"))
    assert later("t-date", "/a/", page) == ["/a/list_1.shtml"]


def test_the_name_stays_when_later_pages_link_nothing(make_source):
    source = make_source(family="t-date", entries=(Entry(path="/a/"),))
    family = FAMILIES["t-date"](source, source.entries[0])
    family.later(f"{BASE}/a/", ListPage((), links=(f"{BASE}/a/index_1.htm",)), 2)
    assert [ask.url for ask in family.later(f"{BASE}/a/", ListPage(()), 3)] == [f"{BASE}/a/index_2.htm"]


def test_the_registry_overrides_the_rule(later):
    assert later("t-date", "/a/", page_rule="{folder}{n}.shtml") == ["/a/2.shtml"]
    rule = {"page_rule": "{path}?{query}p={n}"}
    assert later("t-date", "/a/x.jsp?c=1", options=rule, page_rule="{folder}{n}.shtml") == ["/a/x.jsp?c=1&p=2"]
    assert later("minhang-cms", "/a/List/list_0.htm", options={"page_rule": "{folder}list_{before}.htm"}) == ["/a/List/list_1.htm"]


@pytest.mark.parametrize("rule", ["{page}", "{", "{folder"])
def test_a_rule_that_cannot_be_is_one_line(later, rule):
    with pytest.raises(SourceError, match="page_rule"):
        later("t-date", "/a/", options={"page_rule": rule})


@pytest.mark.parametrize("name", ["lists", "article"])
def test_a_pattern_that_cannot_be_is_one_line(make_source, name):
    source = make_source(family="t-date", entries=(Entry(path="/a/", options={name: "("}),))
    with pytest.raises(SourceError, match=f"option {name} = '\\('"):
        FAMILIES["t-date"](source, source.entries[0]).lists([f"{BASE}/a/b/"])


def test_generic_guesses_only_what_the_page_links_or_promises(later):
    assert later("generic", "/a/") == [None] * 5
    assert later("generic", "/a/", ListPage((), page_count=2))[1:] == ["/a/index_1.html", "/a/index_2.html", "/a/2.html", "/a/?page=2"]
    assert later("generic", "/a/", ListPage((), links=(f"{BASE}/a/2.html",))) == [None, None, None, "/a/2.html", None]
    assert later("generic", "/a/", ListPage((), numbered={2: f"{BASE}/x?y=2"}, next_url=f"{BASE}/z"))[0] == "/x?y=2"
    assert later("generic", "/a/", page_rule="{folder}{n}.html") == ["/a/2.html"]


@pytest.mark.parametrize(
    ("path", "lists"),
    [
        ("/zwgk/fzjs/", ["/zwgk/fzjs/qzf/index.html", "/zwgk/fzjs/bm/jyj/"]),
        ("/zwgk/fzjs/index.html", ["/zwgk/fzjs/qzf/index.html", "/zwgk/fzjs/bm/jyj/"]),
        ("/zwgk/", []),
        ("/index.html", []),
    ],
)
def test_lists_below_the_entry_are_read_too_but_never_half_the_portal(make_source, path, lists):
    links = ("/zwgk/fzjs/qzf/index.html", "/zwgk/fzjs/qzf/", "/zwgk/fzjs/bm/jyj/", "/zwgk/fzjs/202403/", "/zwgk/fzjs/qzf/index_1.html")
    links += ("/zwgk/other/", "/zwgk/fzjs/qzf/202403/t20240325_1.html", "/zwgk/fzjs/")
    source = make_source(family="t-date", entries=(Entry(path=path),))
    found = FAMILIES["t-date"](source, source.entries[0]).lists([BASE + link for link in links])
    assert [url.removeprefix(BASE) for url in found.values()] == lists


def test_a_section_leads_to_the_columns_of_every_year(make_source):
    source = make_source(family="doy", entries=(Entry(path="/zhengwu/zwgk-fzzfjs/index.html"),))
    links = ("/zhengwu/fzzfjs-qzf/index.html", "/zhengwu/2025nd-jdzfzzfjsqkbg/", "/zhengwu/zfxxgkzn-zfxxgk/index.html", "/other/fzzfjs/")
    found = FAMILIES["doy"](source, source.entries[0]).lists([BASE + link for link in links])
    assert [url.removeprefix(BASE) for url in found.values()] == list(links[:2])


@pytest.mark.parametrize(
    ("links", "told", "pages"),
    [
        (("/c/List/list_140.htm", "/c/List/list_139.htm", "/c/List/list_1.htm", "/d/List/list_900.htm"), None, [140, 139, 138]),
        ((), 4, [3, 2, 1, None]),
        ((), None, [None]),
    ],
)
def test_pages_of_minhang_count_down(make_source, links, told, pages):
    source = make_source(family="minhang-cms", entries=(Entry(path="/c/List/list_0.htm"),))
    family = FAMILIES["minhang-cms"](source, source.entries[0])
    page = ListPage((), links=tuple(BASE + link for link in links), page_count=told)
    for number, wanted in enumerate(pages, 2):
        asked = [ask.url for ask in family.later(f"{BASE}/c/List/list_0.htm", page, number)]
        assert asked == ([f"{BASE}/c/List/list_{wanted}.htm"] if wanted else [])
        page = ListPage(())
