"""Hazards 1 to 13 of portals, each met with by whole runs over HTTP."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hazard_nights import BASE, DEPARTMENTS, DISTRICT, JUSTICE, empty_site, publish, report_text

from etl.archive import Archive
from etl.errors import Blocked, EmptyList
from sample.behaviours import BEHAVIOURS
from sample.families import all_sites
from sample.families.base import STUB
from sample.families.id_query import IdQuerySite
from sample.families.trs import TrsSite
from sample.page import HTML
from sample.seed import full_site
from sample.seed_texts import Body

HOSTS = sorted(all_sites())
TITLE = "云河区司法局2023年度法治政府建设情况报告"
ITEM = '<li class="ewb-list-node clearfix"><a class="ewb-list-name" {link}>{title}</a><span class="ewb-list-date">{day}</span></li>'
BODY = "<div class='ewb-article-info' id='infoContentM'>{}</div>"
GOV_LIST = "/rest/lightfrontaction/getgovinfolist"
SEARCH = "/inteligentsearch/rest/esinteligentsearch/getFullTextDataNew"
A_LIST = f"/xxgk/002017/{DEPARTMENTS}/subpage.html"
# two figures that a report has, and only it
PENALTIES = "办结行政处罚案件"


def show_list(site, *items, path=A_LIST):
    """Put a list page of these items (link attributes, title, day) in the place of the site's own."""
    rows = "".join(ITEM.format(link=link, title=title, day=day) for link, title, day in items)
    site.add_file(path, f"<html><body><div id='categorypagingcontent'><ul>{rows}</ul></div></body></html>", HTML)


def show_page(site, path, body, title="云河区（虚构）政务示例"):
    """Put a page as it is at an address."""
    site.add_file(path, f"<html><head><title>{title}</title></head><body>{body}</body></html>", HTML)


def paragraphs(text):
    return "".join(f"<p>{line}</p>" for line in text.splitlines())


def gov(site, number=1, *, text=None, day=date(2024, 3, 4), column="JB0", **fields):
    """Publish a report in the disclosure system: its title outside of the body, a salutation above it."""
    path = f"/govxxgk/{column}/{day}/00000000-0000-4000-8000-{number:012}.html"
    text = "区委、区政府：\n" + (text or report_text())
    return publish(site, path, column=column, template="b", text=text, published_on=day, **fields)


def of_bodies(*codes):
    """Entries of the registry: the lists of bodies in the disclosure system, beside the column."""
    return ["/xxgk/002017/", *({"path": GOV_LIST, "kind": "json", "family": "epoint-gov", "options": {"deptcode": code}} for code in codes)]


def answers(night, **wanted):
    """Lines of the manifest."""
    lines = Archive(night.home / "archive").answers()
    return [line for line in lines if all(getattr(line, name) == value for name, value in wanted.items())]


@pytest.fixture(scope="module")
def family_nights(make_family_night):
    """Of each family a night up to the facts, made when it is first asked for."""
    nights = {}

    def of(host):
        if host not in nights:
            site = all_sites()[host]
            nights[host] = make_family_night(site), site
            nights[host][0].run(until="facts")
        return nights[host]

    return of


@pytest.fixture(scope="module")
def district(make_night):
    """A district of eight bodies and two years, by column lists, JSON lists and search: published."""
    site = full_site((2021, 2022), departments=5, streets=2)
    codes = [sub.code for column in site.columns if column.code == "govxxgk" for sub in column.subs]
    search = {"path": SEARCH, "kind": "search", "family": "epoint-gov", "options": {"categorynum": "002017"}}
    night = make_night(site, entries=[*of_bodies(*codes), search])
    night.run()
    return night, site


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


# 6


def test_hazard_06_other_annual_reports_are_listed_with_their_reason_and_never_fetched(district):
    """信息公开年报, 工作总结, 规划, 后评估报告 stand between the reports."""
    night, site = district
    reports = {one.url for one in site.expected} | set(site.twins.values())
    listed = night.sql("SELECT url, title, is_report, reason FROM ops_listed")
    assert {url for url, _, is_report, _ in listed if is_report} == reports
    others = {title: reason for _, title, is_report, reason in listed if not is_report}
    kinds = {"信息公开": "excluded", "工作总结": "not_matched", "规划": "excluded", "一图读懂": "excluded", "培训": "excluded"}
    for word, verdict in kinds.items():
        assert {reason.partition(":")[0] for title, reason in others.items() if word in title} == {verdict}, word
    fetched = {f"{BASE}{request.path}" for request in night.portal.requests}
    assert fetched.isdisjoint(url for url, _, is_report, _ in listed if not is_report)


def test_hazard_06_the_bureau_of_planning_reports_too(make_night):
    """规划 in a title excludes, unless it is the name of the body."""
    site = empty_site()
    body = Body("JB0", "department", "云河区规划和自然资源局", "云河区规划和自然资源局", "空间规划")
    publish(site, title=f"{body.name}2023年度法治政府建设情况报告", text=report_text(body), publisher=body.name)
    publish(site, number=2, title="云河区法治政府建设实施规划（2021－2025年）", text=report_text(body))
    publish(site, number=3, title="云河区2023年度法治政府建设情况报告后评估报告", text=report_text(body))
    night = make_night(site)
    night.run(until="facts")
    assert night.reports("title") == [(f"{body.name}2023年度法治政府建设情况报告",)]
    reasons = night.ops("SELECT reason FROM ops_listed WHERE reason IS NOT NULL")
    assert len(reasons) == 2
    assert all(reason.startswith("excluded:") for (reason,) in reasons)


def test_hazard_06_a_title_that_leaves_it_open_is_decided_by_its_page(make_night):
    """2023年度工作报告 may be one: its page says no, and so does the list of the next run, without asking."""
    site = empty_site()
    publish(site)
    other = publish(site, number=2, title="2023年度工作报告", text="一年来，全局上下团结一心，食堂工作再上台阶。\n" * 20)
    maybe = publish(
        site, number=3, title="云河区民政局依法行政工作报告", text=report_text(replace(JUSTICE, name="云河区民政局", short="云河区民政局"))
    )
    night = make_night(site)
    night.run(until="facts")
    verdicts = "SELECT decided_by, is_report, reason FROM ops_listed WHERE url = '{}'"
    assert night.ops(verdicts.format(BASE + other)) == [("page", False, "not_a_report")]
    assert night.ops(verdicts.format(BASE + maybe)) == [("page", True, None)]
    assert night.ops("SELECT count(*) FROM ops_quarantine") == [(0,)]
    night.run("second", until="facts")
    assert (night.asked(other), night.asked(maybe)) == (1, 2)


def test_hazard_06_a_title_that_the_list_cut_is_judged_by_that_of_the_page(family_nights):
    """Lists that cut 《…情况报告》解读 and 关于…的通知 with …: the page's own title excludes it."""
    night, site = family_nights("doy.test")
    assert {url for (url,) in night.reports("source_url")} == {one.url for one in site.expected}
    assert night.ops("SELECT count(*) FROM ops_listed WHERE NOT is_report AND decided_by = 'page' AND reason IS NULL") == [(0,)]


# 7

NAMELESS = "2023年法治政府建设情况报告"


@pytest.mark.parametrize(
    ("listed", "page", "title"),
    [
        (TITLE, BODY.format("{text}"), TITLE),
        (TITLE, f"<h3 class='article-title'>{TITLE}</h3>" + BODY.format(f"<p>{TITLE}</p>{{text}}"), TITLE),
        (TITLE, BODY.format("<p>云河区司法局</p><p>2023年度法治政府建设情况报告</p>{text}"), TITLE),
        (
            "云河区司法局2023年度法治政府建设…",
            "<h3 class='article-title'>云河区司法局<br>2023年度法治政府建设<br/>情况报告</h3>" + BODY.format("{text}"),
            TITLE,
        ),
        ("云河区司法局法治政府建设情况报告", BODY.format("{text}"), "云河区司法局法治政府建设情况报告"),
        (NAMELESS, f"<h3 class='article-title'>{NAMELESS}</h3><p>【信息来源：云河区司法局】</p>" + BODY.format("{text}"), NAMELESS),
        (NAMELESS, f"<h3 class='article-title'>{NAMELESS}</h3>" + BODY.format("{text}"), NAMELESS),
        (TITLE, f"<div class='t1'>{TITLE}</div>" + BODY.format("{text}"), TITLE),
    ],
    ids=["absent", "repeated", "split-in-body", "split-in-band", "no-year", "no-body-but-source", "no-body-but-signature", "unknown-band"],
)
def test_hazard_07_titles_absent_repeated_split_without_year_or_body(make_night, listed, page, title):
    """Title absent from the body, repeated inside it, split over lines, without the year or the body: column, source or opening tell."""
    site = empty_site()
    path = f"/xxgk/002017/{DEPARTMENTS}/20240301/a.html"
    show_page(site, path, page.format(text=paragraphs(report_text())))
    show_list(site, (f'href="{path}"', listed, "2024-03-01"))
    night = make_night(site)
    night.run(until="facts")
    assert night.reports("title, report_year") == [(title, 2023)]
    assert night.sql("SELECT o.name FROM dim_report JOIN dim_organization o USING (organization_id)") == [("临江市云河区司法局（示例）",)]
    assert night.sql(f"SELECT count(*) FROM fact_measure WHERE text LIKE '%{TITLE}%'") == [(0,)]


def test_hazard_07_a_disclosure_page_has_its_title_outside_of_the_body(make_night):
    """The stored text of govxxgk pages begins at the salutation: the title is that of the band."""
    site = empty_site()
    gov(site, text=report_text(DISTRICT), title="云河区2023年度法治政府建设情况报告", publisher="区政府", also_in=(DEPARTMENTS,))
    night = make_night(site)
    night.run(until="facts")
    [(title, start)] = night.reports("title, body_text[:8]")
    assert title == "云河区2023年度法治政府建设情况报告"
    assert start.startswith("区委、区政府：")


@pytest.mark.parametrize("host", HOSTS)
def test_hazard_07_titles_of_all_families_are_whole_and_without_the_name_of_the_site(family_nights, host):
    """Bands, meta tags, `<title>` with the portal's name behind it, titles that the list cut."""
    night, site = family_nights(host)
    told = dict(night.reports("source_url, title"))
    assert {one.url: told.get(one.url) for one in site.expected} == {one.url: one.title for one in site.expected}


# 8

REQUEST = """关于上报《云河区司法局2023年度法治政府建设情况报告》的请示
区委依法治区办：
我局召开会议17次，征求意见29条，形成了《2023年度法治政府建设情况报告》，现将报告上报。
妥否，请批示。
云河区司法局
2024年2月1日
"""
LETTER = """关于报送2023年度法治政府建设情况报告的函
区司法局：
按照要求，我局召开会议17次，征求意见29条，现将报告随函报送，请查收。
附件：云河区司法局2023年度法治政府建设情况报告
云河区司法局
2024年2月1日
附件
"""


@pytest.mark.parametrize("before", [REQUEST, LETTER], ids=["请示", "函"])
def test_hazard_08_a_letter_before_the_report_gives_no_facts(make_night, before):
    """Changning's 请示 and Putuo's 函 + 附件: the report starts in mid-page."""
    site = empty_site()
    publish(site, text=f"{before}{TITLE}\n{report_text()}")
    plain = empty_site()
    publish(plain)
    nights = [make_night(each) for each in (site, plain)]
    for night in nights:
        night.run(until="facts")
    with_letter, without = nights
    assert with_letter.reports("title, report_year") == [(TITLE, 2023)]
    assert with_letter.sql("SELECT quote FROM fact_metric WHERE quote IN ('17次', '29条')") == []
    told = "SELECT label, quote, period, sentence FROM fact_metric ORDER BY char_start"
    assert with_letter.sql(told) == without.sql(told)
    measures = "SELECT part, text FROM fact_measure ORDER BY ordinal"
    assert with_letter.sql(measures) == without.sql(measures)
    assert "征求意见29条" in with_letter.reports("body_text")[0][0], "it is read, and left out of the facts"


# 9


def test_hazard_09_links_without_an_address_are_resolved_or_named(make_night):
    """`onclick` without href, `javascript:void(0)`, `#`, commented-out items."""
    site = empty_site()
    names = ["云河区民政局", "云河区教育局", "云河区财政局", "云河区审计局", "云河区统计局", "云河区水务局"]
    titles = [f"{name}2023年度法治政府建设情况报告" for name in names]
    paths = [
        publish(site, number=number, title=title, text=report_text(replace(JUSTICE, name=name, short=name)), publisher=name)
        for number, (name, title) in enumerate(zip(names, titles, strict=True))
    ]
    click = "onclick=\"linkToNew('00000000-0000-4000-8000-{:012}','002017002')\"".format
    rows = [
        (f'href="{paths[0]}"', titles[0], "2024-03-01"),
        (click(1), titles[1], "2024-03-01"),
        (f'href="javascript:void(0)" {click(2)}', titles[2], "[2024-03-01]"),
        ('href="javascript:void(0)"', titles[3], "2024-03-01"),
        ('href="#"', titles[4], "2024-03-01"),
    ]
    show_list(site, *rows, (f'href="{paths[5]}"', titles[5], "2024-03-01"))
    shown = site.page(A_LIST).body.decode()
    at = shown.rindex("<li ")
    site.add_file(A_LIST, f"{shown[:at]}<!-- {shown[at:].replace('</li>', '</li> -->', 1)}", HTML)
    night = make_night(site)
    night.run(until="facts")
    assert {url for (url,) in night.reports("source_url")} == {BASE + path for path in paths[:3]}
    listed = dict(night.ops("SELECT title, reason FROM ops_listed"))
    assert listed == dict(zip(titles[:5], [None, None, None, "no_address", "no_address"], strict=True))
    assert night.asked(paths[5]) == 0


def test_hazard_09_click_items_and_withdrawn_ones_of_a_district(district):
    """Items that only a click leads to are reports like others; those commented out are not asked for."""
    night, site = district
    clicks = [path for path in site.articles("/xxgk/002017/*") if site.article(path).click]
    assert clicks
    told = {url for (url,) in night.reports("source_url")}
    assert {BASE + path for path in clicks} <= told
    assert night.sql("SELECT count(*) FROM ops_listed WHERE title LIKE '%征求意见稿%'") == [(0,)]


# 10


@pytest.mark.parametrize("host", HOSTS)
def test_hazard_10_every_page_rule_leads_to_every_report_once(family_nights, host):
    """2.html, index_1 = page 2, index_2 = page 2, counting down, base 0 and 1: all pages are read."""
    night, site = family_nights(host)
    assert sorted(night.reports("source_url, revision")) == sorted((one.url, 1) for one in site.expected)
    urls = [url for (url,) in night.ops("SELECT url FROM ops_listed")]
    assert len(urls) == len(set(urls))


@pytest.mark.parametrize("past_end", ["404", "stub", "last", "empty"])
@pytest.mark.parametrize("host", ["trs.test", "shcity.test", "mh.test", "generic-number.test", "slug-id.test"])
def test_hazard_10_pages_past_the_end_may_be_anything(make_family_night, host, past_end):
    """Pages past the end repeat, are stubs, empty or missing: the list ends where no new address comes."""
    site = all_sites()[host]
    site.past_end = past_end
    night = make_family_night(site)
    night.run(until="discover")
    listed = {url for (url,) in night.ops("SELECT url FROM ops_listed WHERE is_report")}
    assert listed >= {one.url for one in site.expected}
    lists = night.portal.requests.by_path()
    assert max(lists.values()) <= 2, "no page is asked for over and over"


@pytest.mark.parametrize("past_end", ["404", "last", "empty"])
@pytest.mark.parametrize("base", [0, 1])
def test_hazard_10_json_lists_count_pages_from_0_or_from_1(make_night, base, past_end):
    """Three clients count pageIndex from 0, one from 1."""
    site = full_site((2021, 2022, 2023), departments=3, streets=1, everywhere=True)
    site.options.change({"json_base": base, "json_total": False, "past_end": past_end})
    codes = [sub.code for column in site.columns if column.code == "govxxgk" for sub in column.subs]
    entries = [{**entry, "options": {**entry["options"], "page_size": 2}} for entry in of_bodies(*codes)[1:]]
    night = make_night(site, entries=entries)
    night.run(until="discover")
    listed = night.ops("SELECT url FROM ops_listed WHERE is_report")
    assert {url for (url,) in listed} == {one.url for one in site.expected_by("json")}


def test_hazard_10_a_count_of_pages_that_lies(make_night):
    """Stop on no new address, never on count alone: a list that says 1/1 and has three pages, one that says 1/9 and has one."""
    site = empty_site()
    for number in range(45):
        publish(site, number=number, title=f"云河区第{number}局2023年度法治政府建设情况报告")
    for number in (1, 2, 3):
        path = A_LIST if number == 1 else A_LIST.replace("subpage", str(number))
        site.add_file(path, site.page(path).body.decode().replace(f"{number}/3", "1/1"), HTML)
    night = make_night(site)
    night.run(until="discover")
    assert night.ops("SELECT count(*) FROM ops_listed WHERE is_report") == [(45,)]


# 11


def test_hazard_11_lists_in_a_frame_of_the_portal_are_read(make_night):
    """Lists in a same-host iframe: 200 and a good shell, no items; two such lists have one address but for its query."""
    site = empty_site()
    name = "云河区青石街道办事处"
    street = replace(JUSTICE, name=name, short=name)
    paths = {
        publish(site, number=1),
        publish(site, number=2, column="002017003", title=f"{name}2023年度法治政府建设情况报告", text=report_text(street), publisher=name),
    }
    site.options.list_style.update({DEPARTMENTS: "iframe", "002017003": "iframe"})
    night = make_night(site)
    night.run(until="facts")
    assert {url for (url,) in night.reports("source_url")} == {BASE + path for path in paths}


def test_hazard_11_a_list_whose_markup_is_written_by_script_is_read(make_family_night):
    """document.writeln with the items as they are, as TRS lists have it."""
    site = TrsSite(written_by_script=True)
    night = make_family_night(site)
    night.run(until="facts")
    assert {url for (url,) in night.reports("source_url")} == {one.url for one in site.expected}


def test_hazard_11_a_list_that_a_script_puts_together_is_an_alarm(make_night):
    """No script is run: a list that it makes from variables has no items, and no item is an alarm."""
    site = empty_site()
    publish(site)
    site.options.list_style[DEPARTMENTS] = "script"
    night = make_night(site)
    with pytest.raises(EmptyList, match="no report among them"):
        night.run()


def test_hazard_11_such_a_list_among_good_ones_is_named(make_night, caplog):
    """A list that never held anything may be an empty column: it ends no run, and the log says which one it is."""
    site = empty_site()
    publish(site)
    district = {
        "column": "002017001",
        "title": "云河区2023年度法治政府建设情况报告",
        "text": report_text(DISTRICT),
        "publisher": DISTRICT.name,
    }
    path = publish(site, number=2, **district)
    site.options.list_style[DEPARTMENTS] = "script"
    night = make_night(site)
    night.run(until="facts")
    assert night.reports("source_url") == [(BASE + path,)]
    assert f"{BASE}{A_LIST}: a list without items (status 200)" in caplog.text


SHELL = "<html><head><title>部门</title></head><body><div id='app'></div><script src='/js/list.js'></script></body></html>"


@pytest.mark.parametrize("what", ["empty", "shell", "stub"])
def test_hazard_11_zero_items_on_the_first_night_are_an_alarm(make_night, what):
    """Zero items must alarm, not pass: no warehouse is made of nothing."""
    site = empty_site()
    publish(site)
    night = make_night(site)
    _empty(night, what)
    with pytest.raises(EmptyList, match="no report among them"):
        night.run()
    assert night.ops("SELECT state FROM ops_run") == [("failed",)]


@pytest.mark.parametrize("what", ["empty", "shell", "stub"])
def test_hazard_11_a_list_that_held_items_and_holds_none_is_an_alarm(make_night, what):
    """The run stops and says so, the last warehouse stays, and the next good night goes on."""
    site = empty_site()
    publish(site)
    publish(
        site, number=2, column="002017001", title="云河区2023年度法治政府建设情况报告", text=report_text(DISTRICT), publisher=DISTRICT.name
    )
    night = make_night(site)
    until = "publish" if what == "empty" else "facts"
    night.run(until=until)
    before = night.reports("report_id")
    _empty(night, what)
    with pytest.raises(EmptyList, match="held items and now holds none"):
        night.run("second")
    assert night.reports("report_id") == before
    [(state, error)] = night.ops("SELECT state, error FROM ops_run WHERE run_id = 'second'")
    assert (state, A_LIST in error) == ("failed", True)
    night.portal.heal()
    night.run("third", until=until)
    assert night.reports("report_id") == before


def _empty(night, what):
    bodies = {"shell": SHELL, "stub": STUB.decode()}
    path = f"/xxgk/002017/{DEPARTMENTS}/*"
    if what == "empty":
        night.portal.empty_list(path)
    else:
        answer = {"do": "answer", "status": 200, "body": bodies[what], "headers": {"Content-Type": HTML}}
        night.portal.scenario(path, answer)


# 12, 13

CHALLENGES = {"412js": 412, "521js": 521, "512js": 512, "challenge200": 200, "302cookie": 302}
HAZARD_OF = {name: "13" if name == "302cookie" else "12" for name in CHALLENGES}


def blocked_night(make_night, challenge, at):
    site = empty_site()
    path = publish(site)
    night = make_night(site)
    night.portal.scenario({"list": A_LIST, "article": path, "robots": "/robots.txt"}[at], challenge)
    with pytest.raises(Blocked) as blocked:
        night.run()
    return night, path, str(blocked.value)


def check_blocked(night, challenge, message):
    """Named, with a day of its own, and neither solved nor asked again before that."""
    [line] = answers(night, outcome="blocked")
    assert line.status == CHALLENGES[challenge]
    assert line.url in message
    until = datetime.fromisoformat(line.retry_at) - datetime.now(UTC)
    assert timedelta(hours=23) < until < timedelta(hours=25)
    assert f"not asked before {line.retry_at:.16}" in message
    [(state, error)] = night.ops("SELECT state, error FROM ops_run")
    assert (state, error) == ("failed", message)
    asked = len(night.portal.requests)
    for run_id, options in {"second": {}, "third": {"refetch": True}}.items():
        with pytest.raises(Blocked, match="not asked"):
            night.run(run_id, **options)
    assert len(night.portal.requests) == asked, "not one request before that day"
    assert {request.cookie for request in night.portal.requests} == {None}
    assert night.portal.requests.posts() == []


@pytest.mark.parametrize("at", ["list", "article", "robots"])
@pytest.mark.parametrize("challenge", ["412js", "521js", "512js", "challenge200"])
def test_hazard_12_challenges_are_refusals_that_are_never_solved(make_night, challenge, at):
    """412 with script and cookie, 521 or 512 with three rounds, challenge markup inside a 200 page."""
    night, path, message = blocked_night(make_night, challenge, at)
    check_blocked(night, challenge, message)
    assert night.asked({"list": A_LIST, "article": path, "robots": "/robots.txt"}[at]) == 1


@pytest.mark.parametrize("at", ["list", "article", "robots"])
def test_hazard_13_a_cookie_loop_is_a_refusal(make_night, at):
    """302 to itself with Set-Cookie: no endless redirect, and no cookie jar either."""
    night, path, message = blocked_night(make_night, "302cookie", at)
    assert "redirects in a circle" in message
    check_blocked(night, "302cookie", message)
    assert night.asked({"list": A_LIST, "article": path, "robots": "/robots.txt"}[at]) <= 2


@pytest.mark.parametrize("challenge", CHALLENGES)
def test_hazard_12_and_13_a_challenge_after_a_good_night_costs_no_report(make_night, challenge, monkeypatch):
    """No challenge becomes a version of the report, and after the pause the portal is asked again."""
    site = empty_site()
    path = publish(site)
    night = make_night(site)
    night.run(until="facts")
    before = night.reports("report_id, revision")
    night.portal.scenario(path, challenge)
    with pytest.raises(Blocked):
        night.run("second")
    assert night.reports("report_id, revision") == before
    [outcome] = answers(night, outcome="blocked")
    night.portal.heal()
    with pytest.raises(Blocked, match="not asked"):
        night.run("too-early")

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=2)

    monkeypatch.setattr("etl.fetch.past.datetime", Later)
    night.run("later", until="facts")
    assert night.reports("report_id, revision") == before
    told = "SELECT outcome, retry_at IS NOT NULL FROM ops_fetch WHERE run_id = 'later' AND page = 'article'"
    assert night.sql(told) == [("not_modified", False)]
    assert outcome.retry_at is not None


def test_hazard_12_every_challenge_of_the_portal_is_met():
    """A challenge that the replica learns is one that these tests should meet."""
    assert {name for name in BEHAVIOURS if name.endswith(("js", "cookie")) or name.startswith("challenge")} == set(CHALLENGES)
