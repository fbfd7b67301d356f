"""What all family sites have in common, over HTTP: reports at their addresses, validators, lists that move, lists without items."""

import io
import re
from datetime import date
from urllib.parse import urljoin

import pypdf
import pytest
from family_walks import walk

from sample.families import all_sites
from sample.families.trs import TrsSite


@pytest.fixture(params=sorted(all_sites()))
def site(request):
    return all_sites()[request.param]


def spoken(reply):
    """The text of a page or a PDF without blanks; markup that a script holds as a string is read too."""
    if reply.headers["Content-Type"] == "application/pdf":
        text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(reply.body)).pages)
    else:
        held = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), reply.text)
        text = re.sub(r"<[^>]+>", "", held)
    return re.sub(r"\s", "", text)


def test_a_site_holds_ten_reports_among_other_items(site):
    assert 25 <= len(site.documents) <= 60
    assert len({report.url for report in site.expected}) == len(site.expected) == 10
    assert {report.year for report in site.expected} == {2021, 2022, 2023, 2024}
    assert len({report.organization for report in site.expected}) == 3


def test_every_address_answers_over_http(site, serve):
    visit = serve(site)
    for document in site.documents:
        reply = visit(site.url(document))
        assert reply.status == 200
        assert document.title in spoken(reply)


def test_a_report_says_its_figures_in_its_page_or_attachment(site, serve):
    visit = serve(site)
    for report in site.expected:
        reply = visit(report.url)
        text = spoken(reply)
        for file in re.findall(r'href="([^"]+\.pdf)"', "" if reply.body.startswith(b"%PDF") else reply.text):
            text += spoken(visit(urljoin(report.url, file)))
        assert f"一、{report.year}年法治政府建设的主要举措和成效" in text
        assert re.search(r"作出行政处罚决定\d+件", text)


def test_static_pages_have_validators_and_others_none(site, serve):
    visit = serve(site)
    for target in (*site.entries, site.expected[0].url):
        reply = visit(target)
        assert reply.status == 200
        if site.has_validators:
            assert visit(target, If_None_Match=reply.validators[0]).status == 304
            assert visit(target, If_Modified_Since=reply.validators[1]).status == 304
        else:
            assert reply.validators == (None, None)


def test_what_is_not_there_is_404_and_nothing_is_taken(site, serve):
    visit = serve(site)
    assert visit("/robots.txt").status == 404
    assert visit("/nothing/here.html").status == 404
    assert visit(site.entries[0], method="POST", body=b"x=1").status == 405
    assert visit(site.entries[0], method="PUT", body=b"x").status == 405


def test_an_added_report_stands_first_and_a_removed_one_is_gone(site, serve):
    visit = serve(site)
    before = site.expected
    url = site.add("关于2025年度法治政府建设情况的报告", year=2025, published_on=date(2026, 1, 15))
    added = site.expected[0]
    assert (added.url, added.published_on, added.year) == (url, date(2026, 1, 15), 2025)
    assert site.expected[1:] == before
    assert visit(url).status == 200
    site.remove(url)
    assert site.expected == before
    # pages made by the server say in 200 that there is nothing
    assert visit(url).status == (404 if site.has_validators else 200)
    with pytest.raises(KeyError):
        site.remove(url)


def test_a_changed_text_is_another_page(site, serve):
    visit = serve(site)
    report = next(report for report in site.expected if report.year == 2021)
    before = visit(report.url)
    site.replace_text(report.url, "存在的不足和原因", "不足和原因")
    after = visit(report.url)
    assert after.body != before.body
    assert not site.has_validators or after.validators[0] != before.validators[0]
    with pytest.raises(ValueError, match="does not hold"):
        site.replace_text(report.url, "存在的不足和原因", "")


def test_lists_without_items_are_good_pages(site, serve):
    visit = serve(site)
    full = [visit(entry) for entry in site.entries]
    site.empty()
    for entry in site.entries:
        reply = visit(entry)
        assert reply.status == 200
        assert not any(document.title in reply.text for document in site.documents)
    site.empty(False)
    assert [visit(entry).body for entry in site.entries] == [reply.body for reply in full]


def test_two_processes_serve_the_same(site):
    other = all_sites()[site.host]
    assert other.expected == site.expected
    for target in (*site.entries, site.expected[0].url.removeprefix(f"http://{site.host}")):
        assert other.answer("GET", target, b"", site.host) == site.answer("GET", target, b"", site.host)


def test_a_page_says_outside_of_its_text_that_it_is_invented(site, serve):
    visit = serve(site)
    for report in site.expected:
        reply = visit(report.url)
        assert reply.body.startswith(b"%PDF") or reply.html.css_first(".footer").text() == "离线样例站：机构、数字和文字均为虚构。"


def test_a_list_that_grows_while_it_is_read_shows_an_item_twice_and_one_that_shrinks_hides_one(serve):
    site = all_sites()["trs.test"]
    visit = serve(site)
    first, second = (f"{site.entries[0]}{name}" for name in ("index.html", "index_1.html"))
    last_of_first = walk(visit, site, [first])[-1]
    added = site.add("关于开展行政执法检查的通知")
    assert walk(visit, site, [second])[0] == last_of_first
    first_of_second = walk(visit, site, [second])[0]
    site.remove(added)
    assert first_of_second not in walk(visit, site, [second])


def test_pages_may_be_in_an_older_charset_that_only_they_name(serve):
    site = TrsSite(charset="gbk")
    visit = serve(site)
    for target in (site.entries[0], site.expected[0].url):
        reply = visit(target)
        assert reply.headers["Content-Type"] == "text/html"
        assert b"charset=gb2312" in reply.body
        assert site.expected[0].title in reply.body.decode("gb18030")
        with pytest.raises(UnicodeDecodeError):
            reply.body.decode("utf-8")
