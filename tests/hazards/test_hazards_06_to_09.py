"""Hazards 6 to 9: what is a report, and where its title, its text and its address are."""

from dataclasses import replace

import pytest
from hazard_nights import BASE, DEPARTMENTS, DISTRICT, JUSTICE, empty_site, publish, report_text
from hazard_pages import (
    A_LIST,
    BODY,
    HOSTS,
    TITLE,
    gov,
    paragraphs,
    show_list,
    show_page,
)

from sample.page import HTML
from sample.seed_texts import Body

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
