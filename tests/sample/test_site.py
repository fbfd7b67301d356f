"""Validators come from the content, and edits move them."""

import shutil
from datetime import UTC, date, datetime

import pytest

from sample.content import CONTENT_DIR, ContentError, load_content
from sample.site import Site

REAL = "/xxgk/002017/002017001/20240202/b911578a-aa55-4262-afd1-00d13af96a80.html"
STREETS = "/xxgk/002018/002018003/"
NEW = {
    "title": "竹山乡2024年度法治政府建设情况报告",
    "text": "2024年，竹山乡依法行政。",
    "column": "002018003",
    "publisher": "竹山乡人民政府",
}


@pytest.fixture
def site():
    return Site()


def validators(site, path):
    page = site.page(path)
    return page.etag, page.last_modified


def test_validators_are_made_from_bytes_and_day_of_publication(site):
    etag, last_modified = validators(site, REAL)
    assert etag.startswith('W/"')
    digest, _, size = etag[3:-1].partition("-")
    assert int(digest, 16) > 0
    assert int(size, 16) == len(site.page(REAL).body)
    assert last_modified == datetime(2024, 2, 2, 1, 18, tzinfo=UTC)


def test_two_checkouts_serve_the_same_validators(site, tmp_path):
    shutil.copytree(CONTENT_DIR, tmp_path / "content", copy_function=shutil.copyfile)
    other = Site(load_content(tmp_path / "content"))
    paths = [*site.articles(), "/xxgk/xxgk.html", "/js/webBuilderCommon.js", STREETS + "subpage.html", STREETS + "2.html"]
    assert [site.page(path) for path in paths] == [other.page(path) for path in paths]
    assert len({site.page(path).etag for path in paths}) == len(paths)


def test_a_changed_figure_changes_both_validators_of_that_page_only(site):
    other = site.articles("/govxxgk/*")[0]
    before, before_other = validators(site, REAL), validators(site, other)
    site.replace_text(REAL, "231件", "232件")
    after = validators(site, REAL)
    assert after[0] != before[0]
    assert after[1] > before[1]
    assert validators(site, other) == before_other
    assert "232件" in site.article(REAL).text
    assert "231件" not in site.article(REAL).text


def test_a_text_put_back_has_its_etag_again_but_is_newer(site):
    before = validators(site, REAL)
    site.replace_text(REAL, "231件", "232件")
    site.replace_text(REAL, "232件", "231件")
    assert validators(site, REAL)[0] == before[0]
    assert validators(site, REAL)[1] > before[1]


def test_an_edit_that_would_change_nothing_is_an_error(site):
    with pytest.raises(ValueError, match="does not hold '999件'"):
        site.replace_text(REAL, "999件", "1件")
    with pytest.raises(KeyError):
        site.replace_text("/nowhere.html", "a", "b")


def test_a_body_can_be_emptied(site):
    site.replace_body(REAL, "")
    assert '<div class="ewb-article-info" id="infoContentM">\r\n\t</div>' in site.page(REAL).body.decode()


def test_a_removed_article_is_gone_from_its_list_too(site):
    path = site.articles(STREETS + "2025*")[0]
    list_page = STREETS + "subpage.html"
    before = validators(site, list_page)
    assert path in site.page(list_page).body.decode()
    site.remove(path)
    assert site.page(path) is None
    assert path not in site.page(list_page).body.decode()
    assert validators(site, list_page)[0] != before[0]
    assert validators(site, list_page)[1] > before[1], "also when the newest item went"


def test_a_new_article_pushes_the_others_on(site):
    before = [site.page(f"{STREETS}{number}.html").body.decode() for number in (1, 2)]
    moved = [path for path in site.articles() if path in before[0]][-1]
    site.add(f"{STREETS}20250501/5f0c1a52-0000-4000-8000-1c2d3e4f5a6b.html", published_on=date(2025, 5, 1), **NEW)
    first, second = (site.page(f"{STREETS}{number}.html").body.decode() for number in (1, 2))
    assert "竹山乡" in first
    lost = [path for path in site.articles() if path in before[0] and path not in first]
    assert len(lost) == 1
    assert lost[0] in second
    assert moved in first + second
    assert validators(site, STREETS + "2.html")[1] == datetime(2025, 5, 1, 1, 18, tzinfo=UTC)


def test_nothing_is_added_twice_or_to_no_list(site):
    with pytest.raises(ValueError, match="already there"):
        site.add(REAL, published_on=date(2025, 5, 1), **NEW)
    with pytest.raises(ValueError, match="no sub-column 002099001"):
        site.add("/new.html", published_on=date(2025, 5, 1), **NEW | {"column": "002099001"})


def test_a_list_without_articles_is_an_empty_first_page(site):
    for path in site.articles(STREETS + "*") + site.articles("/govxxgk/YE3/*"):
        site.remove(path)
    assert b"ewb-list-node" not in site.page(STREETS + "subpage.html").body
    assert site.page(STREETS + "2.html") is None


def test_robots_can_be_put_there(site):
    site.add_file("/robots.txt", "User-agent: *\nDisallow: /xxgk/002018/\n")
    page = site.page("/robots.txt")
    assert (page.status, page.body[:10]) == (200, b"User-agent")
    assert page.content_type.startswith("text/plain")


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(CONTENT_DIR, tmp_path / "content")
    return tmp_path / "content"


def break_content(folder, old, new):
    index = folder / "articles.toml"
    text = index.read_text(encoding="utf-8")
    assert old in text
    index.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('column = "002018001"', 'column = "002099001"', "no column has the sub-column 002099001"),
        ('template = "b"', 'template = "c"', "template 'c' is neither a nor b"),
        ("published_on = 2025-03-14", "published_on = 2025-03-15", "a click leads to an address made of column and date"),
    ],
)
def test_content_that_contradicts_itself_is_refused(folder, old, new, said):
    break_content(folder, old, new)
    with pytest.raises(ContentError, match=said):
        load_content(folder)


def test_two_articles_at_one_address_are_refused(folder):
    first, second = load_content(folder).articles[:2]
    break_content(folder, second.path, first.path)
    with pytest.raises(ContentError, match="two articles"):
        load_content(folder)
