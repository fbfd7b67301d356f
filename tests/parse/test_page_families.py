# ruff: noqa: E501 (markup)
"""Pages of every portal family, with the traps that each sets: text, title, day of publication, publisher."""

import json
from dataclasses import dataclass
from datetime import date

import pytest

from etl.errors import PageError
from etl.models import Sighting
from etl.parse.page import OwnSelectors, OwnTemplate, read_page
from etl.parse.stage import read_report

TITLE = "云河区司法局2023年度法治政府建设情况报告"
LINES = [
    "2023年，云河区司法局推进法治政府建设。",
    "一、主要举措和成效",
    "（一）规范执法。评查案卷168份，优秀率95.8%。",
    "二、存在的不足",
    "执法力量不足。",
]
BODY = "".join(f'<p style="text-indent:2em">&emsp;&emsp;{line}</p>' for line in LINES)
SEEN = Sighting("https://www.yunhe.test/a.html", TITLE, date(2024, 3, 6), date(2024, 4, 1))


def page(body, head="", title="云河区人民政府"):
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>{body}</body></html>"


def read(markup, sighting=SEEN, **options):
    return read_page(markup.encode(), "text/html; charset=utf-8", sighting, OwnTemplate(**options))


META = f'<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2024-03-05 10:28"><meta name="ContentSource" content="云河区司法局">'
CLOCK = "<div class=top>今天是2019年5月1日 星期三</div>"
PUDONG = f"""<div class=zw><table class=info><tr><td>索引号：</td><td>AA1234-2024-00017</td><td>发布机构：</td><td>云河区司法局</td></tr>
<tr><td>文件编号：</td><td></td><td>发布时间：</td><td>2024-03-05</td></tr></table><h1>{TITLE}</h1><div class=Article_content>{BODY}</div></div>"""
IN_COLUMNS = f"""<table><tr><th>索引号</th><th>发布机构</th><th>成文日期</th><th>发布时间</th></tr>
<tr><td>AA1</td><td>云河区司法局</td><td>2024-02-28</td><td>2024-03-05</td></tr></table><h2>{TITLE}</h2><div id=ivs_content>{BODY}</div>"""
BULLETS = f"""<h2>{TITLE}</h2><ul><li>索取号：A1</li><li>发布机构：云河区司法局</li><li>生成日期：2024-02-28</li><li>公开日期：2024.03.05</li></ul>
<div class=detail-content>{BODY}</div><div class=qrcode>扫一扫在手机打开当前页</div>"""
GKMLPT = {"SID": "755001", "DETAIL": {"id": 1, "title": TITLE, "content": BODY + "<p>附件：1</p>" * 20}}
ESCAPED = {"SID": "755001", "content": BODY.replace("<", "&lt;").replace(">", "&gt;") + " " * 200}
FAMILIES = {
    "shanghai-city": page(
        f"<div id=ivs_title>{TITLE}<small></small></div><div id=ivs_date>（2024年3月5日）</div><div id=ivs_content class=Article_content>{BODY}</div>"
    ),
    "doy": page(CLOCK + PUDONG),
    "index block in columns": page(IN_COLUMNS),
    "minhang": page(f"<h1>{TITLE}</h1><p>发布日期：2024 - 03 - 05</p><div class=xx_text1>{BODY}</div><div class=xx_attach><a href=a.pdf>附件</a></div>"),
    "id-query": page(BULLETS),
    "qingpu": page(f"<div class=con><h3>{TITLE}</h3><span class=rq>2024.03.05</span><div class=nr>{BODY}</div></div>"),
    "t-date": page(f'<div class=view><div class=TRS_UEDITOR>{BODY}<p>相关附件：</p></div></div>', META),
    "jcms": page(f"<!--<$[标题]>begin-->{TITLE}<!--<$[标题]>end--><p>发布时间：2024-03-05 10:28 浏览次数：<script>n()</script></p><div id=zoom>{BODY}</div>"),
    "gkmlpt box": page(f"<h1 class=title>{TITLE}</h1><p>发布日期：2024-03-05</p><div class=article-content>{BODY}</div>"),
    "gkmlpt script": page(f"<div class=article-content></div><p>发布日期：2024-03-05</p><script>window._CONFIG = {json.dumps(GKMLPT)};</script>"),
    "gkmlpt escaped": page(f"<p>发布日期：2024-03-05</p><script>window._CONFIG = {json.dumps(ESCAPED, ensure_ascii=False)}</script>"),
    "gd-post": page(f"<div id=zoomcon>{BODY}</div>", META),
    "ucap": page(f"<ucaptitle>{TITLE}</ucaptitle><ucapcontent>{BODY}</ucapcontent>", META),
    "epoint": page(f"<div class=mian-cont>{BODY}</div>", META),
    "unknown": page(f"<div class=l>{CLOCK}</div><div class=m><h1>{TITLE}</h1><p>发布时间：2024-03-05</p><div class=n>{BODY}</div></div><p>主办：区政府</p>"),
}  # fmt: skip


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_is_read(family):
    document, report = read_report(FAMILIES[family].encode(), None, SEEN)
    lines = [line for line in document.text.split("\n") if not line.startswith("附件")]
    assert lines == LINES
    assert (document.published_on, report.title, report.report_year) == (date(2024, 3, 5), TITLE, 2023)
    assert document.published_from in ("meta", "label")
    assert report.organization == "云河区司法局"
    assert [metric.quote for metric in report.metrics] == ["168份", "95.8%"]


@pytest.mark.parametrize("family", ["doy", "index block in columns", "id-query"])
def test_index_blocks_name_the_publisher_and_the_day_of_writing(family):
    document = read(FAMILIES[family])
    assert document.publisher == "云河区司法局"
    assert document.written_on == (None if family == "doy" else date(2024, 2, 28))


def test_a_source_may_bring_its_own_selectors():
    markup = page(
        f"<b class=t>{TITLE}</b><i class=d>2024/3/7</i><u class=p>区司法局</u><div id=zoom>别处的话。</div><div class=own>{BODY}</div>"
    )
    own = OwnSelectors(body=".own", title=".t", published_on=".d", publisher=".p")
    document = read(markup, selectors=own)
    assert (document.text.split("\n"), document.title, document.publisher) == (LINES, TITLE, "区司法局")
    assert (document.published_on, document.published_from, document.body_from) == (date(2024, 3, 7), "label", ".own")


def test_what_a_portal_sets_around_the_text_inside_its_box_is_left_out():
    before = "<p>按Tab键进入正文区域</p><p>发布时间：2024-03-05 来源：云河区司法局 浏览次数：3187</p><p>【字体：大 中 小】</p>"
    behind = """<p>责任编辑：李某</p><p>扫一扫在手机打开当前页</p><p>分享到：微信 微博</p><p>【打印】【关闭】</p><p>上一篇：2023年政府信息公开年报</p>
    <p>下一篇：2024年工作要点</p><div class=share>分享</div><form><p>我要纠错</p><input></form><p style="display:none">内部88号</p><p>浏览次数：3188次</p>"""
    document = read(page(f"<div id=zoom>{before}{BODY}{behind}</div>", META))
    assert document.text.split("\n") == LINES


def test_such_words_in_the_middle_of_a_text_are_its_own():
    lines = [*LINES * 5, "来源：区司法局", *LINES * 5]
    assert read(page(f"<div id=zoom>{''.join(f'<p>{line}</p>' for line in lines)}</div>", META)).text.split("\n") == lines


def test_tabs_that_are_not_shown_are_not_read():
    tabs = f'<div id=zoom><div class=tab>{BODY}</div><div class=tab style="display: none;"><p>解读：出台35条。</p></div></div>'
    assert "35" not in read(page(tabs, META)).text


def test_a_text_in_several_boxes_of_one_kind_is_read_from_all_of_them():
    halves = "".join(f"<div class=TRS_Editor><p>{line}</p></div>" for line in LINES)
    assert read(page(halves, META)).text.split("\n") == LINES


def test_a_box_that_holds_next_to_nothing_is_not_the_box():
    assert read(page(f"<div class=TRS_Editor>公章</div><div id=zoom>{BODY}</div>", META)).body_from == "#zoom"


LAYOUTS = {
    "nested document": f"<html><head><title>Word</title><style>p{{}}</style><meta charset=gb2312></head><body lang=ZH-CN>{BODY}</body></html>",
    "layout table": "<table>" + "".join(f"<tr><td><p>{line}</p></td></tr>" for line in LINES) + "</table>",
    "two layout tables": f"<table><tr><td><table><tr><td>{BODY}</td></tr></table></td><td></td></tr></table>",
    "breaks": "<br>\r\n<br/>".join(f"&nbsp;&nbsp;&nbsp;\u3000{line}\u200b" for line in LINES),
    "cover page": f"<p>{'&nbsp;' * 400}</p>{'<p><br></p>' * 60}<p>&emsp;\u3000\u200b</p>{BODY}",
    "spans": "<p>" + "</p><p>".join("".join(f"<span>{c}</span>" for c in line) for line in LINES) + "</p>",
    "source breaks": "<p>" + "</p><p>".join(line.replace("168", "16\r\n\t\t8") for line in LINES) + "</p>",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_however_the_text_is_laid_out_it_is_the_same(layout):
    assert read(page(f"<div id=zoom>{LAYOUTS[layout]}</div>", META)).text.split("\n") == LINES


def test_tables_in_the_text_are_lines_of_rows():
    table = """<table border=1><tr><td rowspan=2>案件</td><td>一般</td><td>１，２０６</td></tr><tr><td>简易</td><td>98％</td></tr>
    <tr><td colspan=3><table><tr><td>复议</td><td>12</td></tr></table></td></tr></table>"""
    assert read(page(f"<div id=zoom>{BODY}{table}</div>", META)).text.split("\n")[len(LINES) :] == [
        "案件 一般 １，２０６",
        "简易 98％",
        "复议 12",
    ]


def test_figures_in_full_width_and_with_commas_keep_their_words_and_give_their_value():
    _, report = read_report(page(f"<div id=zoom>{BODY}<p>办理复议案件１，２０６件，占２５．５％。</p></div>", META).encode(), None, SEEN)
    assert [(metric.quote, str(metric.value)) for metric in report.metrics[-2:]] == [("１，２０６件", "1206"), ("２５．５％", "25.5")]


@pytest.mark.parametrize("year", ["二○二三年", "二〇二三年", "二零二三年", "二O二三年", "二 〇 二 三 年"])
def test_a_year_in_chinese_numerals_may_write_its_zero_as_it_likes(year):
    markup = page(
        f"<div id=zoom><p>{year}，云河区司法局推进法治政府建设。</p>{BODY.replace('2023年，', '')}</div>", META.replace("2023年度", "")
    )
    assert read_report(markup.encode(), None, Sighting())[1].report_year == 2023


# title in the meta tag, in the band, in the list, in the text; the title that the report gets
TITLES = {
    "meta": (TITLE, "", None, "", TITLE),
    "band": ("", TITLE, None, "", TITLE),
    "band over lines": ("", TITLE.replace("年度", "年度<br>"), None, "", TITLE),
    "placeholder": ("文章标题", "", TITLE, "", TITLE),
    "tags": (TITLE.replace("2023年度", "&lt;font color=red&gt;2023年度&lt;/font&gt;"), "", None, "", TITLE),
    "site's name": ("云河区人民政府", "", TITLE, "", TITLE),
    "without year": ("云河区司法局法治政府建设情况报告", "", TITLE, "", TITLE),
    "without the body": ("2023年度法治政府建设情况报告", "", TITLE, "", TITLE),
    "list's is cut": ("2023年度法治政府建设情况报告", "", TITLE[:12] + "…", "", "2023年度法治政府建设情况报告"),
    "meta is cut": (TITLE[:14] + "...", TITLE, None, "", TITLE),
    "only in the text": ("", "", None, "<p>云河区司法局2023年度</p><p>法治政府建设情况报告</p>", "云河区司法局2023年度法治政府建设情况报告"),
    "twice": (TITLE, TITLE, TITLE, f"<p align=center>{TITLE}</p>", TITLE),
}  # fmt: skip


@pytest.mark.parametrize("case", TITLES)
def test_the_title_is_found_wherever_it_stands(case):
    in_meta, band, listed, inside, expected = TITLES[case]
    markup = page(
        f"<h3 class=article-title>{band}</h3><div id=zoom>{inside}{BODY}</div>",
        f'<meta name=SiteName content=云河区人民政府><meta name=ArticleTitle content="{in_meta}"><meta name=ContentSource content=云河区司法局>',
    )
    _, report = read_report(markup.encode(), None, Sighting(title=listed))
    assert (report.title, report.organization, report.report_year) == (expected, "云河区司法局", 2023)
    assert [section.heading for section in report.sections] == ["主要举措和成效", "规范执法", "存在的不足"]
    assert not any("情况报告" in measure.text for measure in report.measures)


@dataclass(frozen=True)
class Told:
    meta: str = ""
    label: str = ""
    listed: date | None = None
    url: str = "https://www.yunhe.test/a.html"


DATES = {
    "meta first": (Told("2024-03-05 09:18", "2024-03-06", date(2024, 3, 7), "https://h/20240308/u.html"), date(2024, 3, 5), "meta"),
    "then the label": (Told("", "2024-03-06", date(2024, 3, 7), "https://h/20240308/u.html"), date(2024, 3, 6), "label"),
    "then the list": (Told("PubDate", "", date(2024, 3, 7), "https://h/20240308/u.html"), date(2024, 3, 7), "list"),
    "then the address": (Told(url="https://h/xxgk/002017/20240308/u.html?x=1"), date(2024, 3, 8), "address"),
    "hyphens": (Told(url="https://h/govxxgk/JB0/2024-03-08/u.html"), date(2024, 3, 8), "address"),
    "TRS": (Told(url="https://h/zw/202403/t20240308_123.html"), date(2024, 3, 8), "address"),
    "jcms": (Told(url="https://h/art/2024/3/8/art_1_2.html"), date(2024, 3, 8), "address"),
    "month and day": (Told(url="https://h/columns/u/202403/08/u.html"), date(2024, 3, 8), "address"),
    "day of the year": (Told(url="https://h/zwgk/fzzf/2024/59/123.html"), date(2024, 2, 28), "address"),
    "no such day of the year": (Told(url="https://h/zwgk/fzzf/2023/366/123.html"), None, None),
    "a month is no day": (Told(url="https://h/zw/202403/abc.shtml"), None, None),
    "1970": (Told("1970-01-01 08:00", url="https://h/t19700101_1.html"), None, None),
    "in the future": (Told("2024-09-05", "2024-03-06"), date(2024, 3, 6), "label"),
    "today in Shanghai, tomorrow in UTC": (Told("2024-04-02 07:00"), date(2024, 4, 2), "meta"),
    "before the year reported on": (Told("2022-03-05", "2024-03-06"), date(2024, 3, 6), "label"),
    "before it, and nothing else": (Told("2022-03-05"), date(2022, 3, 5), "meta"),
    "in the year itself": (Told("2023-12-09"), date(2023, 12, 9), "meta"),
    "no day": (Told("2024-02-30", "2024年3月6日"), date(2024, 3, 6), "label"),
}


@pytest.mark.parametrize("case", DATES)
def test_the_day_of_publication_is_that_of_the_best_possible_witness(case):
    told, day, source = DATES[case]
    markup = page(
        f"{CLOCK}<p>成文日期：2024-01-31</p><p>发布日期：{told.label}</p><div id=zoom>{BODY}</div>",
        f'<meta name=pubdate content="{told.meta}">',
    )
    document = read(markup, Sighting(told.url, TITLE, told.listed, date(2024, 4, 1)))
    assert (document.published_on, document.published_from) == (day, source)
    assert document.written_on == date(2024, 1, 31)


def test_a_source_may_order_the_witnesses_otherwise():
    markup = page(f"<p>发布日期：2024-03-06</p><div id=zoom>{BODY}</div>", META)
    assert read(markup, date_order=("list", "meta")).published_on == date(2024, 3, 6)
    sighting = Sighting("https://h/20240301/1.html", TITLE, None, None)
    assert read(markup, sighting, date_order=("address", "label")).published_on == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("title", "day", "year"),
    [
        ("云河区司法局2025年度法治政府建设情况报告", "2025-12-17", 2025),
        ("云河区司法局2025年法治政府建设工作报告", "2026-02-03", 2025),
        ("云河区司法局法治政府建设情况报告", "2026-02-03", 2023),
    ],
)
def test_the_year_reported_on_is_that_of_the_title_or_the_opening_never_of_a_date(title, day, year):
    markup = page(
        f"<div id=zoom>{BODY.replace('2023年', '2025年') if '2025' in title else BODY}</div>",
        META.replace(TITLE, title).replace("2024-03-05", day),
    )
    sighting = Sighting("https://h/20240301/2024/60/1.html", None, None, date(2026, 3, 1))
    document, report = read_report(markup.encode(), None, sighting)
    assert (report.report_year, str(document.published_on)) == (year, day)


LETTER = """<p>关于上报《云河区司法局2023年法治政府建设情况报告》的请示</p><p>区委依法治区办：</p><p>我局召开会议3次，形成了《2023年法治政府建设情况报告》，现将报告上报。</p>
<p>妥否，请批示。</p><p>附件：2023年法治政府建设情况报告</p><p>云河区司法局</p><p>2024年1月15日</p>"""
COVER = """<p>关于报送2023年度法治政府建设情况的函</p><p>区依法治区办：</p><p>现将我局2023年度法治政府建设情况报送贵办，共12页，请查收。</p>
<p>云河区司法局</p><p>2024年1月15日</p><p>附件</p>"""


@pytest.mark.parametrize("letter", [LETTER, COVER, LETTER.partition("<p>附件")[0]])
def test_a_cover_letter_is_no_part_of_the_report_below_it(letter):
    markup = page(f"<div id=zoom>{letter}<p>{TITLE}</p>{BODY}</div>", META)
    _, report = read_report(markup.encode(), None, SEEN)
    assert (report.organization, report.report_year) == ("云河区司法局", 2023)
    assert [metric.quote for metric in report.metrics] == ["168份", "95.8%"]
    assert [measure.text for measure in report.measures] == ["评查案卷168份，优秀率95.8%。", "执法力量不足。"]
    assert not [finding for finding in report.findings if finding.rule == "unexplained_numeral"]


@pytest.mark.parametrize(
    "damage", [lambda text: text.encode().decode("gb18030", errors="ignore"), lambda text: text.encode().decode("latin-1")]
)
def test_text_that_the_portal_decoded_wrongly_is_refused_and_not_guessed_at(damage):
    markup = page(f"<div id=zoom>{''.join(f'<p>{damage(line)}</p>' for line in LINES)}</div>", META)
    with pytest.raises(PageError, match="decoded as utf-8") as caught:
        read(markup)
    assert caught.value.reason == "mojibake"


@pytest.mark.parametrize(
    ("charset", "header", "told_by"), [("gb18030", "utf-8", "fallback"), ("gb18030", "gbk", "header"), ("utf-8", "gbk", "utf8")]
)
def test_pages_are_read_whatever_their_header_says(charset, header, told_by):
    document = read_page(page(f"<div id=zoom>{BODY}</div>", META).encode(charset), f"text/html; charset={header}", SEEN)
    assert (document.text.split("\n"), document.charset, document.charset_from) == (LINES, charset, told_by)
