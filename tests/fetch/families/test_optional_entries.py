"""Entries that a source can do without."""

import pytest
from epoint_portal import BASE, GOV, GUID, SCRIPT, SITE_INFO

from etl.errors import Blocked
from etl.fetch import discover_candidates
from etl.sources import Entry

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
