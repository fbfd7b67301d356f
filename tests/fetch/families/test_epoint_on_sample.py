"""The three ways to a report on the sample portal: list, JSON and search find the same ones, however the portal behaves."""

from dataclasses import replace
from datetime import date

import pytest

from etl.archive import Archive
from etl.fetch import PoliteClient, discover_candidates
from etl.settings import Settings
from etl.sources import Entry
from sample.content import SubColumn, load_content
from sample.server import SamplePortal
from sample.site import Site

REPORTS = 45  # of columns with 20 to a page
OURS = "00000000-0000-4000-8000-"  # the portal has others of its own
GOV = "/rest/lightfrontaction/getgovinfolist"
SEARCH = "/inteligentsearch/rest/esinteligentsearch/getFullTextDataNew"
WAYS = {
    "list": {"path": "/xxgk/002017/", "family": "epoint-static"},
    "json": {"path": GOV, "kind": "json", "options": {"deptcode": "JB0"}},
    "search": {"path": SEARCH, "kind": "search", "options": {"categorynum": "002017002"}},
}


@pytest.fixture
def sample():
    content = load_content()
    gov = replace(content.columns[0], code="govxxgk", root="", subs=(SubColumn("JB0", "司法局"),), is_listed=False)
    with SamplePortal(port=0, site=Site(replace(content, columns=(*content.columns, gov)))) as portal:
        for number in range(REPORTS):
            title = f"静安区第{number}局{2019 + number % 6}年度法治政府建设情况报告"
            day = date(2020 + number % 6, 2, 1 + number % 28)
            path = f"/xxgk/002017/002017002/{day:%Y%m%d}/{OURS}{number:012}.html"
            text = {"title": title, "text": "一、主要举措", "publisher": "静安区", "published_on": day}
            portal.site.add(path, column="002017002", also_in=("JB0",), **text)
        yield portal


@pytest.fixture
def found_by(sample, make_source, tmp_path):
    """The addresses of those reports that entries find."""

    def found_by(*ways, run_id="r1", **options):
        entries = []
        for way in ways:
            own = {"options": {}, **WAYS[way]}
            own["options"] = own["options"] | (options if way == "json" else {})
            entries.append(Entry(**own, district="静安区", city="上海市"))
        source = make_source(family="epoint-gov", entries=tuple(entries), max_requests=500)
        archive = Archive(tmp_path / "-".join(ways))
        with PoliteClient(source, Settings(portal_url=sample.url, contact="data@example.org"), archive, run_id) as client:
            found = discover_candidates(source, client)
        return sorted(each.url for each in found if each.is_report and OURS in each.url)

    return found_by


def test_list_json_and_search_find_the_same_reports(found_by):
    listed = found_by("list")
    assert len(listed) == REPORTS
    assert found_by("json") == listed
    assert found_by("search") == listed
    assert found_by("list", "json", "search") == listed


@pytest.mark.parametrize("past_end", ["404", "last", "empty"])
def test_whatever_stands_past_the_end_of_a_list(sample, found_by, past_end):
    sample.site.options.past_end = past_end
    assert len(found_by("list")) == REPORTS


@pytest.mark.parametrize("base", [0, 1])
@pytest.mark.parametrize("as_string", [False, True])
@pytest.mark.parametrize("total", [False, True])
def test_whatever_the_envelope_and_the_number_of_the_first_page(sample, found_by, base, as_string, total):
    sample.site.options.change({"json_base": base, "json_string": as_string, "json_total": total})
    assert len(found_by("json")) == REPORTS


def test_a_portal_that_wants_its_query_wrapped(sample, found_by):
    sample.site.options.json_params = True
    assert len(found_by("json", wrap_params=True)) == REPORTS


def test_a_search_whose_reply_is_wrapped(sample, found_by):
    sample.site.options.search_string = True
    assert len(found_by("search")) == REPORTS


def test_a_guid_that_the_portal_changed_is_told_by_its_script(sample, found_by):
    sample.site.options.site_guid = "00000000-1111-4222-8333-444444444444"
    assert len(found_by("json")) == REPORTS


def test_nothing_but_lists_is_posted(sample, found_by):
    found_by("list", "json", "search")
    posted = {request.path for request in sample.requests if request.method == "POST"}
    assert posted == {"/EWB-FRONT/rest/lightfrontaction/getgovinfolist", SEARCH}
