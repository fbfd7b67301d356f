"""What a crawler meets: navigation, column pages, paged lists, and every address that they name."""

import re
from datetime import date

import pytest

COLUMNS = {"/xxgk/002017/": 20, "/xxgk/002018/": 5}
SUBS = ("001", "002", "003")
LISTS = [f"{column}{column[-7:-1]}{sub}/" for column in COLUMNS for sub in SUBS]


def pages(ask, folder):
    """The pages of a list, from the first until the end."""
    found = [ask(folder + "subpage.html")]
    while (reply := ask(f"{folder}{len(found) + 1}.html")).status == 200:
        found.append(reply)
    return found


def items(reply):
    return reply.html.css("#categorypagingcontent li.ewb-list-node")


def address(item, folder):
    """Where an item leads, also when only a click leads there."""
    anchor = item.css_first("a.ewb-list-name")
    if click := re.search(r"linkToNew\('([\w-]+)','(\d+)'\)", anchor.attributes.get("onclick") or ""):
        day = re.sub(r"\D", "", item.css_first(".ewb-list-date").text())
        return f"/xxgk/{click[2][:6]}/{click[2]}/{day}/{click[1]}.html"
    return anchor.attributes["href"]


def test_the_navigation_links_the_columns_and_has_entries_that_lead_nowhere(ask):
    hrefs = [node.attributes["href"] for node in ask("/xxgk/xxgk.html").html.css("a[href]")]
    assert set(COLUMNS) <= set(hrefs)
    assert {"javascript:void(0)", "#"} <= set(hrefs)
    assert ask("/").body == ask("/xxgk/xxgk.html").body


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_leads_to_its_first_list_and_each_list_links_all_of_them(ask, column):
    reply = ask(column)
    folders = [folder for folder in LISTS if folder.startswith(column)]
    assert (reply.status, reply.headers["Location"]) == (302, folders[0] + "subpage.html")
    for folder in folders:
        linked = [node.attributes["href"] for node in ask(folder + "subpage.html").html.css("ul.ewb-left-nav a")]
        assert linked == [f"{each}subpage.html" for each in folders] + ["javascript:void(0)"]


@pytest.mark.parametrize("folder", LISTS)
def test_every_item_of_every_list_leads_to_an_article_with_its_title_and_date(ask, folder):
    for page in pages(ask, folder):
        for item in items(page):
            anchor, day = item.css_first("a"), item.css_first(".ewb-list-date").text().strip("[]")
            reply = ask(address(item, folder))
            assert reply.status == 200
            title = reply.html.css_first(".article-title, .gov-head h2").text()
            assert anchor.attributes["title"] == title
            assert anchor.text() == title or (anchor.text().endswith("…") and title.startswith(anchor.text()[:-1]))
            assert day in reply.html.css_first(".info-source").text()


def test_every_article_is_listed_once(portal, ask):
    listed = [address(item, folder) for folder in LISTS for page in pages(ask, folder) for item in items(page)]
    assert sorted(listed) == sorted(portal.site.articles())
    assert len(listed) > 40


@pytest.mark.parametrize("folder", LISTS)
def test_lists_are_newest_first_in_pages_of_the_columns_size(ask, folder):
    found = pages(ask, folder)
    size = COLUMNS[folder[:13]]
    assert [len(items(page)) for page in found[:-1]] == [size] * (len(found) - 1)
    assert 0 < len(items(found[-1])) <= size
    days = [date.fromisoformat(item.css_first(".ewb-list-date").text().strip("[]")) for page in found for item in items(page)]
    assert days == sorted(days, reverse=True)
    assert [page.html.css_first("#index").text() for page in found] == [f"{number}/{len(found)}" for number in range(1, len(found) + 1)]


@pytest.mark.parametrize("folder", LISTS)
def test_the_first_page_has_two_names_and_past_the_end_is_nothing(ask, folder):
    assert ask(folder + "1.html").body == ask(folder + "subpage.html").body
    assert [ask(folder + name).status for name in ("0.html", "99.html", "moreinfo.html", "")] == [404] * 4


@pytest.mark.parametrize("folder", [folder for folder in LISTS if "002018" in folder])
def test_the_made_up_lists_go_on_with_reports_on_later_pages(ask, folder):
    later = pages(ask, folder)[1:]
    assert later
    assert any("法治政府建设" in item.css_first("a").attributes["title"] for page in later for item in items(page))
    for number, page in enumerate(later, start=2):
        links = [node.attributes["href"] for node in page.html.css(".ewb-page-li a[href]")]
        assert folder + "1.html" in links
        assert f"{folder}{number}.html" not in links, "the current page is no link"


def test_one_item_is_only_reached_by_a_click(ask):
    clicked = [
        item for folder in LISTS for page in pages(ask, folder) for item in items(page) if "onclick" in item.css_first("a").attributes
    ]
    assert len(clicked) == 1
    assert clicked[0].css_first("a").attributes["href"] == "javascript:void(0)"
    assert re.fullmatch(r"\[\d{4}-\d\d-\d\d\]", clicked[0].css_first(".ewb-list-date").text())


def test_a_withdrawn_item_is_commented_out_and_gone(ask):
    page = ask("/xxgk/002018/002018002/subpage.html")
    comment = re.search(r"<!-- <li.*?href=\"(?P<path>[^\"]+)\".*?-->", page.text)
    assert comment["path"] not in {address(item, "") for item in items(page)}
    assert ask(comment["path"]).status == 404


@pytest.mark.parametrize(
    "path", ["/robots.txt", "/xxgk/", "/xxgk/002017", "/xxgk/002019/", "/xxgk/002017/002018001/subpage.html", "/a.html"]
)
def test_what_is_not_there_is_not_found(ask, path):
    reply = ask(path)
    assert reply.status == 404
    assert reply.headers["ETag"] is None


def test_the_stock_script_names_the_site(ask):
    reply = ask("/js/webBuilderCommon.js")
    assert "var siteInfo = {" in reply.text
    assert '"projectName": "/EWB-FRONT"' in reply.text
    assert reply.headers["Content-Type"].startswith("application/javascript")


def test_no_page_links_to_anywhere_else(portal, ask):
    addresses = ["/xxgk/xxgk.html", *(folder + "subpage.html" for folder in LISTS), *portal.site.articles()]
    for path in addresses:
        for node in ask(path).html.css("[href], [src], [action]"):
            for name in ("href", "src", "action"):
                target = node.attributes.get(name) or ""
                assert not target.startswith(("http:", "https:", "//")), (path, target)
