"""Hazards 16, 19 to 22 and 24: what pages hold. One night of odd pages."""

from datetime import date

import pytest
from hazard_nights import empty_site
from hazard_reports import REST, Pages, lines_of, page_of, plain, title_of

# 16 and 19 to 24: what pages hold; one night of odd pages


@pytest.fixture(scope="module")
def odd(make_night):
    """A portal on which every report is written in a way of its own, read in one night."""
    pages = Pages(make_night(empty_site()))
    for fill in (_charsets, _tables, _digits, _blanks, _dates):
        fill(pages)
    pages.night.run()
    return pages


def _charsets(pages):
    gbk = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    pages.add("教育局", page_of("教育局").encode("gbk"))
    pages.add("财政局", page_of("财政局", charset=gbk).encode("gbk"), content_type="text/html")
    pages.add("民政局", page_of("民政局", charset="").encode("gb18030"), content_type="text/html")
    pages.add("审计局", b"\xef\xbb\xbf" + page_of("审计局", charset=gbk).encode(), content_type="text/html; charset=gbk")
    # the portal's own database holds 法治 as 娉曟不
    pages.add("统计局", page_of("统计局", "".join(f"<p>{line.encode().decode('gb18030', 'replace')}</p>" for line in lines_of("统计局"))))


@pytest.mark.parametrize(
    ("name", "charset", "charset_from"),
    [("教育局", "gb18030", "fallback"), ("财政局", "gb18030", "meta"), ("民政局", "gb18030", "fallback"), ("审计局", "utf-8", "bom")],
)
def test_hazard_16_charsets(odd, name, charset, charset_from):
    """GBK body under a UTF-8 header, GBK only in meta, no charset; a mark that is right where header and meta are wrong."""
    text, *decided = odd.report(name, "body_text, charset, charset_from")
    assert plain(text) == plain("".join(lines_of(name)))
    assert decided == [charset, charset_from]


def test_hazard_16_mojibake_of_the_portal_is_named(odd):
    """Detect mojibake: it is named, and no report."""
    [(rule, reason)] = odd.quarantined("统计局")
    assert rule == "mojibake"
    assert "decoded as utf-8" in reason


def _tables(pages):
    lines = lines_of("商务委员会")
    cells = "".join(f"<tr><td>{line}</td></tr>" for line in lines)
    pages.add("商务委员会", page_of("商务委员会", f"<table><tbody>{cells}</tbody></table>"))
    pages.add("科学技术委员会", page_of("科学技术委员会", f"<!DOCTYPE html>{page_of('科学技术委员会')}"))
    text = "".join(f"<p>{line}</p>" for line in lines_of("体育局"))
    table = (
        "<table><tr><th>类别</th><th>事项</th><th>件数</th></tr><tr><td rowspan=2>行政处罚</td><td>警告</td><td>117</td></tr>"
        "<tr><td>罚款</td><td>223</td></tr><tr><td>行政许可</td><td><table><tr><td>准予</td></tr></table></td><td>1,311</td></tr></table>"
    )
    pages.add("体育局", page_of("体育局", text + f"<table><tr><td><table><tr><td>{table}</td></tr></table></td></tr></table>"))


@pytest.mark.parametrize("name", ["商务委员会", "科学技术委员会"])
def test_hazard_19_a_table_that_only_arranges_and_a_page_inside_the_page(odd, name):
    """Layout tables with one cell per paragraph, and a whole nested <html> in the box."""
    text = odd.report(name)
    assert text.splitlines()[-len(lines_of(name)) :] == lines_of(name)


def test_hazard_19_tables_in_tables(odd):
    """Tables inside the report: nested, rowspan."""
    found = {(quote, value) for quote, value, _ in odd.metrics("体育局")}
    assert {("117", 117), ("223", 223), ("1,311", 1311)} <= found
    text = odd.report("体育局")
    assert "警告 117" in text
    assert "罚款 223" in text


def _digits(pages):
    inner = (
        "<p>2023年，云河区农业农村委员会坚持法治政府建设。现将情况报告如下。</p><p>一、主要举措和成效</p>"
        "<p>一是规范执法。办理案件<span>1</span><span>3</span>7<span>件</span>，罚没款１２.５万元，检查２，１８０家次，"
        "评查案卷1\r\n\t\t68份，优秀率９５．８％，受理申请1,204件，调解纠纷<b>4</b><i>5</i><font>6</font>件。</p>"
        + REST
        + "<p>云河区农业农村委员会</p><p><span>2024</span><span>年</span><span>2</span>月<span>2</span><span>0</span>日</p>"
    )
    pages.add("农业农村委员会", page_of("农业农村委员会", inner))
    years = (
        "<p>二○二三年，云河区档案局全面推进法治政府建设，现将二〇二三年情况报告如下。</p><p>一、二零二三年主要举措</p>"
        "<p>一是依法履职。二O二三年办理案件137件，二〇二二年办理案件121件；到二○三五年基本建成法治政府。</p>"
        + REST
        + "<p>云河区档案局</p><p>二○二四年二月二十日</p>"
    )
    pages.add(
        "档案局",
        page_of("档案局", years).replace("档案局2023年度", "档案局二○二三年度"),
        title="云河区档案局二○二三年度法治政府建设情况报告",
    )


def test_hazard_20_digits_are_joined_and_quoted_as_they_stand(odd):
    """Digits split over spans or broken by a newline, full-width digits, thousands commas, ％."""
    found = {(quote, value, unit) for quote, value, unit in odd.metrics("农业农村委员会")}
    expected = {
        ("137件", 137, "件"), ("１２.５万元", 125000, "元"), ("２，１８０家次", 2180, "家次"), ("168份", 168, "份"),
        ("９５．８％", 95.8, "%"), ("1,204件", 1204, "件"), ("456件", 456, "件"),
    }  # fmt: skip
    assert expected <= found
    assert "2024年2月20日" in odd.report("农业农村委员会")


def test_hazard_21_years_in_chinese_numerals_with_look_alike_zeros(odd):
    """Chinese numerals for years with look-alike zeros (二○二一, 二 〇 三五): ○ 〇 零 O mixed."""
    assert odd.report("档案局", "report_year, organization_id IS NOT NULL") == (2023, True)
    periods = odd.metrics("档案局", "value::INTEGER, period")
    assert (137, "2023") in periods
    assert (121, "2022") in periods


def _blanks(pages):
    lines = lines_of("水务局")
    cover = "&nbsp;<br>" * 30 + "\u3000\u3000\u200b<br>" * 10
    inner = cover + "<br>".join(f"&emsp;&emsp;\u200b&nbsp;\u3000{line}&nbsp;&nbsp;" for line in lines) + "<br>" * 20
    pages.add("水务局", page_of("水务局", f"<div>{inner}</div>"))


def test_hazard_22_blanks_of_all_kinds_and_breaks_in_place_of_paragraphs(odd):
    """&nbsp;, &emsp;, U+3000, U+200B indents, <br> instead of <p>, long blank runs from a cover page."""
    assert odd.report("水务局").splitlines() == lines_of("水务局")


def _dates(pages):
    clock = '<div class="topbar">今天是：2019年5月6日 星期一</div>'
    body = page_of("信访办", info="发布时间：2024-03-05 来源：云河区信访办").replace('<div id="header"></div>', clock)
    pages.add("信访办", body)
    body = page_of(
        "司法局",
        head='<meta name="PubDate" content="${publishDate}"><meta name="ArticleTitle" content="文章标题">',
        info="成文日期：2024-02-20 发布日期：2024-03-06",
    )
    pages.add("司法局", body)
    body = page_of("城管局", head='<meta name="PubDate" content="2024-03-07 09:18">', info="【信息时间：2024-03-09】")
    pages.add("城管局", body)
    pages.add("住建委", page_of("住建委", info="【信息时间：】"), published_on=date(2024, 3, 11))


def test_hazard_24_a_frozen_clock_is_no_day_of_publication(odd):
    """Decoy dates: header clock frozen at another year (2019 above a 2024 report)."""
    assert odd.report("信访办", "published_on, published_from") == (date(2024, 3, 5), "label")


def test_hazard_24_the_day_of_writing_is_another_one_and_placeholders_are_none(odd):
    """信息时间 vs 发布时间 vs 成文日期; placeholder meta."""
    found = odd.report("司法局", "published_on, published_from, written_on, title")
    assert found == (date(2024, 3, 6), "label", date(2024, 2, 20), title_of("司法局"))
    assert odd.report("城管局", "published_on, published_from") == (date(2024, 3, 7), "meta")
    assert odd.report("住建委", "published_on, published_from") == (date(2024, 3, 11), "list")
