"""Hazards 1 to 5: one report at many addresses, days that differ, reports that come again."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hazard_nights import BASE, JUSTICE, empty_site, publish, report_text
from hazard_pages import (
    BODY,
    HOSTS,
    PENALTIES,
    TITLE,
    answers,
    gov,
    of_bodies,
    paragraphs,
    show_list,
    show_page,
)

from sample.families.id_query import IdQuerySite

# 1


def test_hazard_01_twins_of_one_page_are_one_document(make_night):
    """`?type=2` twin, http and https, host with and without www, bare IP: one document, one address in the archive, asked for once."""
    site = empty_site()
    path = publish(site)
    twins = [path, f"{path}?type=2", f"https://www.yunhe.test{path}", f"http://yunhe.test{path}", f"//192.0.2.7{path}?type=2"]
    show_list(site, *((f'href="{twin}"', TITLE, "2024-03-01") for twin in twins))
    night = make_night(site, hosts={}, source=None, **{"allow_loopback": True})
    night.change(hosts=("yunhe.test", "192.0.2.7"))
    night.run(until="facts")
    assert night.reports("source_url, revision, is_current") == [(BASE + path, 1, True)]
    assert night.ops("SELECT url, reason FROM ops_listed") == [(BASE + path, None)]
    assert {line.url for line in answers(night, page="article")} == {BASE + path}
    assert night.asked(path) == 1


def test_hazard_01_a_bare_address_that_nobody_registered_is_named_and_not_asked(make_night):
    """The allow-list is by host: a twin at an unknown one is listed with its reason."""
    site = empty_site()
    path = publish(site)
    show_list(site, (f'href="{path}"', TITLE, "2024-03-01"), (f'href="http://192.0.2.7{path}"', TITLE, "2024-03-01"))
    night = make_night(site)
    night.run(until="facts")
    assert night.ops("SELECT url, reason FROM ops_listed WHERE reason IS NOT NULL") == [
        (f"http://192.0.2.7{path}", "foreign_host:192.0.2.7")
    ]
    assert [line for line in night.portal.requests if line.host_name == "192.0.2.7"] == []


def test_hazard_01_links_by_the_bare_address_of_an_id_portal(make_family_night):
    """Baoshan's pages are reachable by bare IP too: the key is the query of the one host."""
    site = IdQuerySite(twin="192.0.2.7")
    night = make_family_night(site, allow_loopback=True, hosts=("192.0.2.7",))
    night.run(until="facts")
    assert {url for (url,) in night.reports("source_url")} == {one.url for one in site.expected}
    assert [line for line in night.portal.requests if line.host_name == "192.0.2.7"] == []


def test_hazard_01_a_portal_that_moved_to_https_gives_the_documents_that_it_had(make_night):
    """http and https of one page: the canonical address stays, whatever the portal redirects to."""
    site = empty_site()
    path = publish(site)
    night = make_night(site, secure=True, scheme_policy="either")
    night.run(until="facts")
    night.portal.redirects = True
    night.run("second", until="facts")
    assert night.reports("source_url, revision") == [(BASE + path, 1)]
    assert {request.is_secure for request in night.portal.requests} == {True, False}


def test_hazard_01_links_to_http_on_a_portal_of_https(make_night):
    """Links that still say http are asked for at https."""
    site = empty_site()
    path = publish(site)
    show_list(site, (f'href="http://www.yunhe.test{path}"', TITLE, "2024-03-01"), (f'href="{path}?type=2"', TITLE, "2024-03-01"))
    night = make_night(site, base_url="https://www.yunhe.test", secure=True)
    night.run(until="facts")
    assert night.reports("source_url") == [(f"https://www.yunhe.test{path}",)]
    assert all(request.is_secure for request in night.portal.requests)


# 2


@pytest.mark.parametrize("host", HOSTS)
def test_hazard_02_the_day_of_an_address_is_not_the_day_of_publication(family_nights, host):
    """Qingpu 20240301 for 19 February, Putuo's 106th day for 17 January, TRS t19700101: the page is believed."""
    night, site = family_nights(host)
    told = dict(night.reports("source_url, published_on"))
    assert {one.url: told.get(one.url) for one in site.expected} == {one.url: one.published_on for one in site.expected}
    assert {source for (source,) in night.reports("DISTINCT published_from")} <= {"meta", "label", "list"}


def test_hazard_02_a_page_that_was_moved_and_one_that_says_nothing(make_night):
    """A migrated page of 2018-01-16 stands below 2020-01-15; a page without a date has the list's, not the one of its address."""
    site = empty_site()
    moved, bare = "/govxxgk/JB0/2020-01-15/a.html", "/xxgk/002017/002017002/20240305/b.html"
    publish(
        site, moved, title="云河区司法局2017年度法治政府建设情况报告", text=report_text(year=2017, signed_on=date(2018, 1, 10)),
        template="b", published_on=date(2018, 1, 16),
    )  # fmt: skip
    show_page(site, bare, BODY.format(paragraphs(report_text())))
    show_list(site, (f'href="{moved}"', site.article(moved).title, "2018-01-16"), (f'href="{bare}"', TITLE, "2024-03-01"))
    night = make_night(site)
    night.run(until="facts")
    assert night.reports("report_year, published_on, published_from, written_on") == [
        (2017, date(2018, 1, 16), "label", date(2018, 1, 10)),
        (2023, date(2024, 3, 1), "list", None),
    ]


def test_hazard_02_a_day_that_only_the_address_tells_is_said_to_be_its(make_night):
    """The address is the weakest witness of the day of publication: published_from must name it."""
    site = empty_site()
    path = "/xxgk/002017/002017002/20240305/b.html"
    show_page(site, path, BODY.format(paragraphs(report_text())))
    show_list(site, (f'href="{path}"', TITLE, ""))
    night = make_night(site)
    night.run(until="facts")
    assert night.reports("published_on, published_from") == [(date(2024, 3, 5), "address")]


# 3


@pytest.mark.parametrize(
    ("published", "signed", "title"),
    [
        (date(2025, 12, 2), date(2025, 12, 1), "云河区司法局2025年度法治政府建设情况报告"),
        (date(2025, 12, 9), date(2025, 12, 5), "云河区司法局法治政府建设情况报告"),
        (date(2025, 12, 17), date(2025, 12, 17), "云河区司法局关于法治政府建设情况的报告"),
        (date(2026, 2, 11), date(2026, 2, 1), "云河区司法局2025年度法治政府建设情况报告"),
        (date(2026, 2, 11), date(2026, 2, 1), "云河区司法局法治政府建设情况报告"),
    ],
)
def test_hazard_03_the_year_reported_on_is_not_the_year_of_publication_less_one(make_night, published, signed, title):
    """Reports for 2025 dated 2 to 17 December 2025, some with figures of January to October; others of February 2026."""
    site = empty_site()
    text = report_text(year=2025, signed_on=signed)
    figures = "2025年1月至10月，共受理举报投诉317件。\n"
    publish(site, title=title, text=text.replace("\n", f"\n{figures}", 1), published_on=published)
    night = make_night(site)
    night.run(until="facts")
    assert night.reports("report_year, published_on") == [(2025, published)]
    assert night.sql("SELECT value, period FROM fact_metric WHERE quote = '317件'") == [(317, "2025-01/2025-10")]


# 4


def republished(make_night, *, day, number=2, **fields):
    """A report, and after the first run the same one under a new address with another figure."""
    site = empty_site()
    first = publish(site, number=1, published_on=date(2024, 3, 1))
    night = make_night(site, **fields)
    night.run(until="facts")
    figure = night.sql("SELECT quote FROM fact_metric WHERE sentence LIKE '%办结行政处罚案件%' AND quote LIKE '%件' LIMIT 1")[0][0]
    text = report_text().replace(f"{PENALTIES}{figure}", f"{PENALTIES}9876件")
    assert "9876件" in text
    second = publish(site, number=number, published_on=day, text=text)
    return night, site, first, second, figure


@pytest.mark.parametrize(
    ("day", "number"), [(date(2024, 4, 2), 2), (date(2024, 3, 1), 2), (date(2024, 3, 1), 0)], ids=["later", "same-day", "asked-for-first"]
)
def test_hazard_04_republished_under_a_new_address_while_the_old_page_stays(make_night, day, number):
    """Two revisions of one report, the latest wins, the old one stays queryable; the order of requests decides nothing."""
    night, _, first, second, figure = republished(make_night, day=day, number=number)
    for run_id in ("second", "third"):
        night.run(run_id, until="publish" if (run_id, number) == ("third", 2) else "facts")
        assert night.reports("source_url, revision, is_current, gone_at") == [
            (BASE + first, 1, False, None),
            (BASE + second, 2, True, None),
        ]
    assert night.sql("SELECT count(DISTINCT document_id) FROM dim_report") == [(1,)]
    of_figure = "SELECT revision FROM fact_metric JOIN dim_report USING (report_id) WHERE quote = '{}' AND sentence LIKE '%{}%'"
    assert night.sql(of_figure.format(figure, PENALTIES)) == [(1,)]
    assert night.sql(of_figure.format("9876件", PENALTIES)) == [(2,)]
    if number == 2:
        shown = f"SELECT value FROM reporting.metrics WHERE sentence LIKE '%{PENALTIES}%' AND quote IN ('{figure}', '9876件')"
        assert night.sql(shown) == [(9876,)]


def test_hazard_04_republished_under_a_new_address_and_the_old_page_vanishes(make_night):
    """The old page is gone after so many 404s in a row; its revision and its figures stay."""
    night, site, first, second, figure = republished(make_night, day=date(2024, 4, 2), gone_after=2)
    site.remove(first)
    night.run("second", until="facts")
    assert night.reports("revision, is_current, gone_at") == [(1, False, None), (2, True, None)]
    night.run("third", until="facts")
    [(gone_at,)] = night.reports("gone_at", "revision = 1")
    assert gone_at is not None
    [at] = [line.time for line in answers(night, url=BASE + first, run_id="second")]
    assert gone_at.replace(tzinfo=gone_at.tzinfo or UTC) == datetime.fromisoformat(at)
    asked = night.asked(first)
    night.run("fourth", until="facts")
    assert night.asked(first) == asked, "what is gone is not asked for any more"
    assert night.reports("source_url, revision, is_current, gone_at IS NULL") == [
        (BASE + first, 1, False, False),
        (BASE + second, 2, True, True),
    ]
    assert night.sql(
        f"SELECT count(*) > 0 FROM fact_metric JOIN dim_report USING (report_id) WHERE revision = 1 AND quote = '{figure}'"
    ) == [(True,)]


def test_hazard_04_what_vanished_without_a_successor_stays_current(make_night):
    """A page taken away takes no report away."""
    site = empty_site()
    path = publish(site)
    publish(
        site,
        number=2,
        title="云河区教育局2023年度法治政府建设情况报告",
        text=report_text(replace(JUSTICE, name="云河区教育局", short="云河区教育局")),
    )
    night = make_night(site, gone_after=2)
    night.run(until="facts")
    site.remove(path)
    for run_id in ("second", "third"):
        night.run(run_id, until="facts")
    assert night.reports("is_current, gone_at IS NULL", f"source_url = '{BASE}{path}'") == [(True, False)]


# 5


def test_hazard_05_one_report_in_two_systems_is_one_revision(make_night):
    """The same report in xxgk and govxxgk, differing in title band, salutation and signature only."""
    site = empty_site()
    listed = publish(site, text=f"{TITLE}\n{report_text()}")
    other = gov(
        site,
        text=report_text(replace(JUSTICE, name="中共云河区司法局党组"), signed_on=date(2024, 2, 8)).replace(f"\n{JUSTICE.name}\n", "\n"),
    )
    night = make_night(site, entries=of_bodies("JB0"))
    night.run(until="facts")
    assert {url for (url,) in night.ops("SELECT url FROM ops_listed WHERE is_report")} == {BASE + listed, BASE + other}
    assert len({line.sha256 for line in answers(night, page="article")}) == 2
    assert night.reports("revision, is_current, published_on") == [(1, True, date(2024, 3, 1))]


def test_hazard_05_a_figure_that_differs_between_two_systems_is_a_revision(make_night):
    """Only what a portal sets around a text is left out: no figure is."""
    site = empty_site()
    publish(site)
    gov(site, text=report_text().replace(PENALTIES, f"{PENALTIES}1"))
    night = make_night(site, entries=of_bodies("JB0"))
    night.run(until="facts")
    assert sorted(night.reports("published_on, is_current")) == [(date(2024, 3, 1), False), (date(2024, 3, 4), True)]
    assert night.sql("SELECT count(DISTINCT document_id), max(revision) FROM dim_report") == [(1, 2)]


def test_hazard_05_a_district_in_both_systems_has_each_report_once(district):
    """Lists, JSON and search together: every report once, twins and all; where one system has an annex, that one counts."""
    night, site = district
    assert site.twins
    scans = {url for (url,) in night.sql("SELECT source_url FROM ops_quarantine WHERE rule = 'report_in_unread_file'")}
    found = night.sql("SELECT o.name, r.report_year FROM dim_report r JOIN dim_organization o USING (organization_id) WHERE r.is_current")
    assert len(found) == len(set(found)) == len({one.url for one in site.expected} - scans)
    told = {url for (url,) in night.reports("source_url")}
    assert not [one for one, twin in site.twins.items() if {one, twin} <= told]
    with_annex = {one for one in site.twins if site.article(one.removeprefix(BASE)).attachments}
    assert with_annex
    assert with_annex <= told
