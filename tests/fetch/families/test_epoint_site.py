"""What an Epoint portal tells of itself, and what the registry's entry may say."""

import pytest
from epoint_portal import ALL, GOV, GUID, OTHER, SCRIPT, SEARCH, SITE_INFO, urls

from etl.errors import SourceError
from etl.fetch import discover_candidates
from etl.fetch.families import family_of
from etl.sources import Entry


@pytest.mark.parametrize(
    ("scripts", "path"),
    [
        ({SCRIPT: SITE_INFO % GUID}, GOV),
        ({SCRIPT: "var siteInfo = {siteGuid: '%s', projectName: 'EWB-FRONT/'}" % GUID}, GOV),  # noqa: UP031
        ({SCRIPT: f"// siteGuid: '{OTHER}'\n/* siteGuid: '{OTHER}' */\n" + SITE_INFO % GUID}, GOV),
        ({SCRIPT: 'var siteInfo = {"projectName":"/EWB-FRONT"}', "/js/ajaxReq.js": f'var siteGuid = "{GUID}";'}, GOV),
    ],
)
def test_the_portal_tells_its_guid_and_its_project(epoint, listed, portal, scripts, path):
    portal.pages.pop(SCRIPT)
    for script, text in scripts.items():
        portal.page(script, text)
    assert urls(listed()) == ALL
    assert {asked for asked, _, _ in portal.posted} == {path}


def test_a_portal_that_tells_no_guid_is_one_line_that_says_what_to_set(listed, portal):
    portal.pages.pop(SCRIPT)
    with pytest.raises(
        SourceError, match=r"^sources\.toml: town: entry /rest/.*getgovinfolist: .* tell no siteGuid: .*set options\.site_guid"
    ):
        listed()


def test_what_the_registry_says_of_the_site_is_not_asked_for(epoint, listed, portal):
    epoint.guid = OTHER
    assert urls(listed(source_options={"site_guid": OTHER, "project": "/EWB-FRONT", "columnid": "of another family"})) == ALL
    assert urls(listed(GOV, site_guid=OTHER, run_id="r2")) == ALL
    assert SCRIPT not in portal.paths()


def test_several_entries_ask_for_the_scripts_once(epoint, make_source, make_client, portal):
    entries = tuple(
        Entry(
            path="/rest/lightfrontaction/getgovinfolist",
            kind="json",
            options={"deptcode": code},
            district="云河区",
            city="临江市",
            invented=True,
        )
        for code in ("JA0", "JB0")
    )
    source = make_source(family="epoint-gov", entries=entries)
    discover_candidates(source, make_client(source=source))
    assert portal.paths().count(SCRIPT) == 1


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"path": "/rest/x/getPageInfoListNewYzm"}, "must end in getgovinfolist, getPageInfoListNew or getFullTextDataNew"),
        ({"path": "/govxxgk/", "kind": "list"}, "must end in getgovinfolist"),
        ({"path": SEARCH}, 'kind must be "search" for getFullTextDataNew'),
        ({"options": {}}, "options must say which list it is: deptcode or categorynum"),
        ({"options": {"deptcode": "JB0", "keyword": "法治"}}, "options.keyword is of no use there; options: categorynum, deptcode, "),
        ({"options": {"categorynum": 2017}}, "options.categorynum: Input should be a valid string"),
        ({"options": {"deptcode": "JB0", "page_base": 2}}, "options.page_base: Input should be 0 or 1"),
        ({"options": {"deptcode": "JB0", "page_size": 0}}, "options.page_size: .*greater than or equal to 1"),
        ({"options": {"deptcode": "JB0", "project": "EWB"}}, "options.project: "),
        ({"path": SEARCH, "kind": "search", "options": {"since": "2024"}}, "options.since: "),
    ],
)  # fmt: skip
def test_an_entry_that_does_not_fit_is_one_line(make_source, entry, message):
    own = {"path": "/rest/lightfrontaction/getgovinfolist", "kind": "json", "district": "云河区", "city": "临江市", **entry}
    with pytest.raises(SourceError, match=message) as caught:
        family_of(make_source(family="epoint-gov"), Entry(**own))
    assert str(caught.value).startswith(f"sources.toml: town: entry {own['path']}: ")
    assert "\n" not in str(caught.value)
