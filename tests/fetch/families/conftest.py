"""An Epoint portal on loopback, and what is discovered on it."""

import json

import pytest
from epoint_portal import COLUMN, GOV, GUID, JSON, SCRIPT, SEARCH, SITE_INFO, Epoint, row

from etl.fetch import discover_candidates
from etl.sources import Entry


@pytest.fixture
def epoint(portal):
    site = Epoint(rows=[row(number) for number in range(1, 8)])
    paths, static = {GOV, COLUMN, SEARCH}, portal.answer

    def answer(path):
        if path not in paths or not portal.posted or portal.posted[-1][0] != path:
            return static(path)
        found = site.answer(*portal.posted[-1])
        return 200, JSON, found if isinstance(found, bytes) else json.dumps(found, ensure_ascii=False).encode()

    portal.answer = answer
    portal.page(SCRIPT, SITE_INFO % GUID)
    return site


@pytest.fixture
def listed(make_source, make_client, epoint):
    """The candidates of a source with one entry."""

    def listed(path="/rest/lightfrontaction/getgovinfolist", kind="json", run_id="r1", source_options=None, optional=False, **options):
        own = {"deptcode": "JB0", "page_size": 3} if kind == "json" and "getgov" in path else {"categorynum": "002017", "page_size": 3}
        entry = Entry(path=path, kind=kind, options=own | options, optional=optional, district="云河区", city="临江市", invented=True)
        source = make_source(family="epoint-gov", entries=(entry,), options=source_options or {})
        return discover_candidates(source, make_client(source=source, run_id=run_id))

    return listed
