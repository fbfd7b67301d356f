"""Each family from its registry entry to the warehouse: every report is there with its facts, and nothing else is."""

from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from hazard_nights import Night, source_of_family

from etl.sources import Source
from sample.families import all_sites
from sample.families.generic import HOSTS, GenericSite
from sample.families.gkmlpt import PLATFORM
from sample.server import SamplePortal


def _sites():
    """A site of each family. Those of no family get districts of their own: the same report at five addresses would be one report."""
    sites = all_sites()
    for (rule, host), district in zip(HOSTS.items(), ("松隐区", "苇塘区", "芦汀区", "荻浦区", "蓼岸区"), strict=True):
        sites[host] = type("GenericSite", (GenericSite,), {"district": district})(rule)
    return sites


SITES = _sites()


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    """One warehouse of all families: each portal is asked under its own name, then all that was fetched is read at once."""
    with SamplePortal(0, hosts=SITES) as portal:
        sources = [source_of_family(site, name=host.removesuffix(".test")) for host, site in SITES.items()]
        night = Town(tmp_path_factory.mktemp("families") / "var", portal, sources[0], sources=sources)
        for source in sources[:-1]:
            night.source = source
            night.run(source.name, until="fetch")
        night.source = sources[-1]
        night.run(sources[-1].name)
        yield night


@dataclass
class Town(Night):
    """Nights on portals of which each is a source."""

    sources: list[Source] = field(default_factory=list)

    @contextmanager
    def at_home(self):
        with super().at_home(), pytest.MonkeyPatch.context() as patch:
            patch.setattr("etl.pipeline.load_sources", lambda: {source.name: source for source in self.sources})
            yield


def bare(text):
    return "".join(text.split())


@pytest.mark.parametrize("host", SITES)
def test_every_report_of_a_family_is_in_the_warehouse(night, host):
    site = SITES[host]
    columns = "source_url, name, report_year, title, published_on"
    found = night.sql(
        f"SELECT {columns} FROM main.dim_report JOIN main.dim_organization USING (organization_id) "
        f"WHERE source_url LIKE 'http://{host}/%' ORDER BY source_url"
    )
    expected = [(one.url, f"临江市{one.organization}（示例）", one.year, one.title, one.published_on) for one in site.expected]
    assert found == sorted(expected)


@pytest.mark.parametrize("host", SITES)
def test_the_text_of_a_report_is_whole_and_nothing_but_it(night, host):
    site = SITES[host]
    texts = {site.url(one): one for one in site.documents}
    for url, body in night.sql(f"SELECT source_url, body_text FROM main.dim_report WHERE source_url LIKE 'http://{host}/%'"):
        document = texts[url]
        if getattr(site, "has_letter", lambda _: False)(document):
            body = bare(body).partition("报送贵局，请予审阅。")[2].removeprefix(f"附件：{document.title}{document.organization}")
        assert bare(body).removeprefix(bare(document.title)) == bare(document.text), url


def test_nothing_is_in_quarantine_and_what_is_no_report_is_listed_as_such(night):
    assert night.sql("SELECT source_url, rule, reason FROM main.ops_quarantine") == []
    reports = {url for (url,) in night.sql("SELECT url FROM main.ops_listed WHERE is_report AND url LIKE '%.test/%'")}
    assert reports == {one.url for site in SITES.values() for one in site.expected}


def test_texts_come_from_where_each_family_keeps_them(night):
    shcity, doy, gkml = SITES["shcity.test"], SITES["doy.test"], SITES["gkml.test"]
    in_files = {shcity.url(one) for one in shcity.documents if one.year and (shcity.is_file(one) or shcity.shows_file(one))}
    in_files |= {doy.url(one) for one in doy.documents if one.year and doy.is_only_attached(one)}
    in_scripts = {gkml.url(one) for one in gkml.documents if one.year and gkml.column_of(one) == PLATFORM and one.key % 2 == 0}
    found = night.sql("SELECT source_url, body_from FROM main.dim_report WHERE body_from IN ('pdf', 'window._CONFIG')")
    assert found
    assert {url for url, body_from in found if body_from == "pdf"} == in_files
    assert {url for url, body_from in found if body_from == "window._CONFIG"} == in_scripts


def test_a_page_whose_whole_title_is_no_reports_is_not_asked_for_again(night):
    """《麓溪区2023年度法治政府建设情况报… goes on as 》解读: the list had cut it, its page tells."""
    cut = night.sql("SELECT url FROM main.ops_listed WHERE url LIKE 'http://doy.test/%' AND reason = 'not_a_report'")
    assert cut
    night.source = next(source for source in night.sources if source.name == "doy")
    before = len(night.portal.requests)
    night.run("again", until="fetch")
    asked = {f"http://doy.test{request.path}" for request in night.portal.requests[before:]}
    assert not asked & {url for (url,) in cut}
    assert asked > {one.url for one in SITES["doy.test"].expected}
