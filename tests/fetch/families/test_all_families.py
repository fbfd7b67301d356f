"""Every family over real HTTP, against a small site of it: what the registry says is all that tells one portal from another."""

import pytest
from family_hosts import FAMILY

from etl.errors import EmptyList
from etl.fetch import PoliteClient, discover_candidates
from etl.settings import Settings
from etl.sources import Source, load_source
from sample.families import all_sites
from sample.families.gkmlpt import GkmlptSite
from sample.families.id_query import IdQuerySite
from sample.families.jcms import JcmsSite
from sample.families.minhang import SEARCH, MinhangSite
from sample.families.slug_id import PUBLICITY, SlugIdSite
from sample.families.trs import TrsSite
from sample.server import SamplePortal

HOSTS = sorted(all_sites())


def entry_of(site, **fields):
    """What the registry says of a site, as its file would."""
    return {
        "name": "town", "title": site.district, "base_url": f"http://{site.host}", "scheme_policy": "http", "family": FAMILY[site.host],
        "city": "临江市", "district": site.district, "invented": True, "entries": [{"path": path} for path in site.entries],
        "title_include": ["法治政府建设.*(报告|情况|工作)", "(报告|情况).*法治政府建设"],
        "title_exclude": load_source("jingan").title_exclude,
        "min_interval_s": 0, "jitter_s": 0, "max_requests": 500, "enabled": True, "status": "verified", "checked_at": "2025-06-01",
        **fields,
    }  # fmt: skip


@pytest.fixture
def run(archive):
    """Discovers a site under its own host name; `run.portal` serves it."""
    portals = {}

    def run(site, run_id="r1", source=None, **fields):
        if site.host not in portals:
            portals[site.host] = SamplePortal(port=0, hosts={site.host: site})
            portals[site.host].start()
        run.portal = portals[site.host]
        source = source or Source.model_validate(entry_of(site, **fields))
        settings = Settings(connect_to=run.portal.url.removeprefix("http://"), contact="data@example.org")
        with PoliteClient(source, settings, archive, run_id) as client:
            return discover_candidates(source, client)

    yield run
    for portal in portals.values():
        portal.stop()


def check(found, site):
    """The reports of the site are found, each once, with the day that the list shows; nothing else is taken for one.

    A title that the list cut and tells nowhere else is left to the page.
    """
    listed = [one.url for one in found]
    assert len(listed) == len(set(listed))
    reports = {one.url: one for one in found if one.is_report}
    expected = {one.url: one for one in site.expected}
    assert expected.keys() <= reports.keys()
    assert {url: reports[url].listed_on for url in expected} == {url: one.published_on for url, one in expected.items()}
    assert all(expected[url].title.startswith(reports[url].title.removesuffix("…")) for url in expected)
    further = [one.title for url, one in reports.items() if url not in expected]
    assert all(title.endswith("…") for title in further)
    if site.host != "doy.test":  # its lists hold no whole titles
        assert not further
        assert all(reports[url].title == expected[url].title for url in expected)


@pytest.mark.parametrize("host", HOSTS)
def test_a_registry_entry_is_all_that_a_portal_of_a_known_family_needs(run, host):
    site = all_sites()[host]
    check(run(site), site)


@pytest.mark.parametrize("host", HOSTS)
def test_a_second_night_finds_the_same(run, host):
    site = all_sites()[host]
    first = run(site)
    before = len(run.portal.requests)
    assert run(site, "r2") == first
    asked = [(request.method, request.path) for request in run.portal.requests[before:]]
    assert len([ask for ask in asked if ask[0] == "GET"]) == len({ask for ask in asked if ask[0] == "GET"}), "a quiet night asks once"


@pytest.mark.parametrize("host", HOSTS)
def test_an_emptied_list_is_an_alarm(run, host):
    site = all_sites()[host]
    run(site)
    site.empty()
    with pytest.raises(EmptyList, match="held items and now holds none"):
        run(site, "r2")
    site.empty(False)
    check(run(site, "r3"), site)


@pytest.mark.parametrize("past_end", ["stub", "last"])
@pytest.mark.parametrize("host", HOSTS)
def test_a_list_ends_where_nothing_new_comes(run, host, past_end):
    site = next(site for site in all_sites().values() if site.host == host)
    site.past_end = past_end
    check(run(site), site)


class Editing:
    """A site that is edited when its n-th list page is asked for."""

    def __init__(self, site, edit, at):
        self._site, self._edit, self._at = site, edit, at
        self.asked = 0

    def __getattr__(self, name):
        return getattr(self._site, name)

    def answer(self, method, target, body, host):
        if target != "/robots.txt":
            self.asked += 1
            if self.asked == self._at:
                self._edit(self._site)
        return self._site.answer(method, target, body, host)


def _add(site):
    column = {"shcity.test": "government"}.get(site.host, "departments")
    site.add(f"{site.district}司法局2025年度法治政府建设情况报告", year=2025, column=column)


def _remove(site):
    site.remove(site.expected[0].url)


@pytest.mark.parametrize("at", [2, 4])
@pytest.mark.parametrize("edit", [_add, _remove], ids=["added", "withdrawn"])
@pytest.mark.parametrize("host", HOSTS)
def test_what_moves_between_pages_while_they_are_read_is_neither_lost_nor_doubled(run, host, edit, at):
    site = Editing(all_sites()[host], edit, at)
    before = {one.url for one in site.expected}
    found = run(site)
    listed = [one.url for one in found]
    assert len(listed) == len(set(listed))
    assert set(listed) >= before & {one.url for one in site.expected}, "what was there all the time is found"
    check(run(site, "r2"), site)


@pytest.mark.parametrize(
    "site",
    [
        TrsSite(written_by_script=True),
        TrsSite(written_by_script=True, page_size=4, past_end="last"),
        TrsSite(stub_from=3, page_size=6),
        JcmsSite(ignores_start=True),
        JcmsSite(most_records=7),
        JcmsSite(encrypted=True),
        MinhangSite(page_size=3),
        GkmlptSite(page_size=4),
        SlugIdSite(page_size=1),
    ],
    ids=["writeln", "writeln-repeats", "stubs", "from-the-start", "cut", "encrypted", "eighteen-pages", "json-pages", "one-a-page"],
)
def test_the_traps_of_a_family(run, site):
    check(run(site), site)


def test_a_twin_under_a_bare_address_is_the_same_page(run):
    site = IdQuerySite(twin="192.0.2.7")
    check(run(site, hosts=["192.0.2.7"], allow_loopback=True), site)


def test_a_column_above_the_lists_leads_to_them(run):
    """The tabs of a list of 嘉定 link the others."""
    site = SlugIdSite()
    above = {"path": f"{PUBLICITY}qzffzzfjsbg", "options": {"lists": r"/publicity/jggk/fzzfjs/\w+"}}
    found = run(site, entries=[above])
    wanted = {one.url for one in site.expected_in("government") + site.expected_in("departments")}
    assert {one.url for one in found if one.is_report} == wanted


def test_the_search_of_minhang_finds_what_its_lists_do(run):
    site = MinhangSite()
    found = run(site, entries=[{"path": SEARCH, "kind": "search", "options": {"sitecode": "mh_xxgk", "keyword": "法治政府建设"}}])
    check(found, site)
    assert {one.way for one in found} == {"search"}


def test_a_portal_of_a_known_family_is_an_entry_of_the_registry_file(run, tmp_path):
    registry = tmp_path / "sources.toml"
    registry.write_text(
        """
[xingwan]
title = "星湾区人民政府"
base_url = "http://trs.test"
scheme_policy = "http"
family = "t-date"
city = "临江市"
district = "星湾区"
title_include = ['法治政府建设.*(报告|情况|工作)', '(报告|情况).*法治政府建设']
title_exclude = ["信息公开", "规划", "工作要点", "责任分工", "后评估", "通知", "解读", "实施意见"]
min_interval_s = 0
jitter_s = 0
max_requests = 100
enabled = true
status = "unverified"
confirm = ["how its lists go on"]
checked_at = 2025-06-01

[[xingwan.entries]]
path = "/gongkai/fzzfjsbg/"
""",
        encoding="utf-8",
    )
    site = TrsSite()
    check(run(site, source=load_source("xingwan", registry)), site)
