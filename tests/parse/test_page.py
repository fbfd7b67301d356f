"""Pages as the portals write them, in both systems, and pages that are none."""

from datetime import date

import pytest

from etl.errors import PageError
from etl.parse.page import check_is_report, read_page

TITLE = "云河区司法局2023年度法治政府建设情况报告"
FORM = """<div class="error-form"><h4>纠错</h4><p>错误类别（必填）发布日期：2019-01-01</p><textarea>描述</textarea>
<p>使用说明：请输入验证码，说明很长很长，比正文还要长得多得多</p></div>"""

A = """<!-- page --><!DOCTYPE html>\r
<html>\r
<head>\r
\t<meta charset="utf-8"><title>PAGE TITLE</title><meta name="SiteName" content="云河区人民政府">\r
\t<meta name="SiteDomain" content="www.yunhe.test">\r
\t<meta name=ColumnName content='部门'><meta name="ArticleTitle" content="TITLE"><meta name="PubDate" content="2024-03-25 09:18">\r
\t<meta name="ContentSource" content="云河区司法局">\r
</head><body><div id="header"></div>\r
<div class="ewb-location">当前位置：<a href="/">首页</a></div><div class="ewb-article"><h3 class="article-title">BAND</h3>\r
<div class="info-source">【信息来源：云河区司法局办公室】【信息时间：2024-03-26】
【浏览次数：<span id="infoViewCount"></span>】【字号 <a href="javascript:setfont(18)">大</a>】</div>\r
<!--startprint--><div class="ewb-article-info" id="infoContentM">\r
\t<p style="text-indent:2em"><span>2023年，</span><span lang="EN-US">云河区</span>司法局评查案卷<span>1</span><span>68</span>份。\r
\t<p style="text-indent:2em">&emsp;&emsp;一是规范执法。<br>二是公开。\r
\t<table><tr><td>种类</td><td>件数</td></tr><tr><td>复议</td><td>12</td></tr></table>\r
\t<script>view()</script></div><!--endprint-->\r
<p class="ewb-article-add clearfix">附件：<a href="/shja_main/U/U/NAME.pdf">NAME.pdf</a></p></div>FORM\r
<div id="footer"><p>主办：云河区人民政府 发布日期：2018-01-01</p></div><script src="/js/webBuilderCommon.js"></script></body></html>"""
A = A.replace("FORM", FORM).replace("BAND", "云河区司法局2023年度<br>法治政府建设情况报告").replace('"TITLE"', f'"{TITLE}"')
A_TEXT = "2023年，云河区司法局评查案卷168份。\n一是规范执法。\n二是公开。\n种类 件数\n复议 12"

B = """<html><head><meta charset="utf-8"><title>云河区人民政府</title><meta name="SiteName" content="云河区人民政府"></head><body>
<div class="gov-head"><h2>2024年度法治政府建设情况报告</h2>
<div class="info-source">信息来源：平台发布 发布时间：2025-03-04 00:00 【字体：标准 加大 特大】</div></div>
<ul class="gov-meta"><li><label>索 引 号：</label><p></p></li>
 <li><label>主题分类：</label><p>综合政务</p></li><li><label>公开主体：</label><p>区政府</p></li>
 <li><label>发文字号：</label><p></p></li><li><label>成文日期：</label><p>2025-02-28</p></li><li><label>发布日期：</label><p>2025-03-05</p></li></ul>
<div id="ivs_content" class="ewb-article-info"><p>市委、市政府：</p><p>&emsp;&emsp;2024年，法治政府建设有进展。</p>
<p align="right">2025年2月28日</p></div>FORM
</body></html>""".replace("FORM", FORM)


def read(page, content_type="text/html; charset=utf-8"):
    return read_page(page.encode(), content_type)


def test_an_article_of_the_first_system_is_read_whole_and_alone():
    document = read(A)
    assert document.text == A_TEXT
    assert document.title == TITLE
    assert document.published_on == date(2024, 3, 25)
    assert document.publisher == "云河区司法局"
    assert (document.charset, document.charset_from, document.body_from) == ("utf-8", "utf8", "#infoContentM")


def test_an_article_of_the_second_system_is_read_from_its_labels():
    document = read(B)
    assert document.text == "市委、市政府：\n2024年，法治政府建设有进展。\n2025年2月28日"
    assert document.title == "2024年度法治政府建设情况报告"
    assert document.published_on == date(2025, 3, 5)
    assert document.publisher == "区政府"
    assert document.body_from == "#ivs_content"


def test_a_gb18030_page_is_the_same_document():
    document = read_page(A.replace("utf-8", "gb2312").encode("gb18030"), "text/html")
    assert (document.text, document.title, document.charset, document.charset_from) == (A_TEXT, TITLE, "gb18030", "meta")


@pytest.mark.parametrize(
    ("old", "new", "title"),
    [
        (TITLE, "文章标题", TITLE),
        (TITLE, "", TITLE),
        (TITLE, "${title}", TITLE),
        ('name="ArticleTitle"', "name='articletitle'", TITLE),
        (TITLE, "&lt;font color=red&gt;2023年度&lt;/font&gt;法治政府建设情况报告", "2023年度法治政府建设情况报告"),
    ],
)
def test_the_title_is_that_of_the_meta_tag_or_of_the_band(old, new, title):
    assert old in A
    assert read(A.replace(old, new)).title == title


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (f"{TITLE}_云河区人民政府", TITLE),
        (f"{TITLE} - 云河区人民政府", TITLE),
        (f"{TITLE}|法治政府", TITLE),
        (TITLE, TITLE),
        ("云河区人民政府", ""),
        ("标题", ""),
        ("", ""),
        ("2023年法治政府建设情况报告-云河区", "2023年法治政府建设情况报告"),
        ("2023年法治政府建设情况报告——云河区人民政府门户网站", "2023年法治政府建设情况报告"),
        ("云河区法治政府建设情况报告（2021-2023年）", "云河区法治政府建设情况报告（2021-2023年）"),
    ],
)
def test_without_both_the_title_of_the_window_counts_unless_it_is_the_site_s(title, expected):
    page = B.replace('<div class="gov-head"><h2>2024年度法治政府建设情况报告</h2>', "<div>")
    page = page.replace("<title>云河区人民政府</title>", f"<title>{title}</title>")
    assert read(page).title == expected


@pytest.mark.parametrize(
    ("content", "day"),
    [
        ("2024-03-25 09:18:30", date(2024, 3, 25)),
        ("2024/3/5", date(2024, 3, 5)),
        ("2024.02.19", date(2024, 2, 19)),
        ("2024年2月19日", date(2024, 2, 19)),
        ("2024——02——19 10：00", date(2024, 2, 19)),
        ("2024- 03- 14  11: 18", date(2024, 3, 14)),
        ("２０２４－０３－１４", date(2024, 3, 14)),
        ("PubDate", date(2024, 3, 26)),
        ("1970-01-01 08:00", date(2024, 3, 26)),
        ("2024-13-45", date(2024, 3, 26)),
        ("", date(2024, 3, 26)),
    ],
)
def test_the_date_of_the_meta_tag_is_validated_and_labels_stand_in(content, day):
    assert read(A.replace("2024-03-25 09:18", content)).published_on == day


def test_a_page_without_a_date_has_none():
    page = B.replace("<p>2025-03-05</p>", "<p></p>").replace("发布时间：2025-03-04 00:00", "")
    assert read(page).published_on is None


def test_dates_in_the_text_are_not_taken_for_the_day_of_publication():
    page = B.replace("市委、市政府：", "发布日期：2001-01-01").replace("发布日期：</label><p>2025-03-05</p>", "")
    assert read(page).published_on == date(2025, 3, 4)


@pytest.mark.parametrize(
    ("old", "new", "publisher"),
    [
        ('content="云河区司法局"', 'content="ContentSource"', "云河区司法局办公室"),
        ('content="云河区司法局"', 'content="本站"', "云河区司法局办公室"),
        ('content="云河区司法局"', 'content=""', "云河区司法局办公室"),
    ],
)
def test_the_publisher_is_that_of_the_meta_tag_or_of_a_label(old, new, publisher):
    assert read(A.replace(old, new)).publisher == publisher


def test_an_empty_label_does_not_take_the_next_one_for_its_value():
    assert read(B.replace("<p>区政府</p>", "<p></p>")).publisher is None


def test_an_unknown_template_falls_back_to_the_block_with_the_most_text():
    unknown = A.replace('class="ewb-article-info" id="infoContentM"', 'class="box"').replace('class="article-title"', "")
    document = read(unknown)
    assert document.body_from == "trafilatura"
    assert document.text == A_TEXT
    assert document.published_on == date(2024, 3, 25)


def test_the_fallback_reads_text_that_is_broken_by_br_only():
    text = "2023年法治政府建设。<br>一是执法。<br>二是公开。<br>三是监督。"
    page = f"<body><ul><li><a>首页</a></li></ul><table><tr><td>导航</td><td>{text}</td></tr></table></body>"
    assert read(page).text == "2023年法治政府建设。\n一是执法。\n二是公开。\n三是监督。"


def test_labels_around_a_fallback_are_read():
    page = "<body><div class=info-source>发布时间：2025.03.04 来源：云河区司法局 字号</div><div><p>2024年法治政府建设。</p></div></body>"
    document = read(page)
    assert (document.text, document.published_on, document.publisher) == ("2024年法治政府建设。", date(2025, 3, 4), "云河区司法局")


def test_an_info_line_inside_the_box_is_no_text_but_read():
    page = "<div id=zoom><div class=info-source>发布时间：2025-03-04</div><p>2024年法治政府建设。</p></div>"
    document = read(page)
    assert (document.text, document.published_on) == ("2024年法治政府建设。", date(2025, 3, 4))


def test_a_whole_document_pasted_into_the_box_is_read():
    pasted = "<html><head><title>Word</title><style>p{}</style></head><body><p>粘贴的正文。</p></body></html>"
    assert read(B.replace("<p>市委、市政府：</p>", pasted)).text.startswith("粘贴的正文。\n2024年")


def test_an_empty_box_before_the_full_one_is_passed_over():
    page = '<div id="infoContentM"></div><div class="TRS_Editor"><p>2024年法治政府建设。</p></div>'
    assert read(page).body_from == ".TRS_Editor"


def test_traditional_and_rare_characters_stay_as_they_are():
    assert "二〇二四年，㐀" in read(B.replace("市委、市政府：", "二〇二四年，㐀")).text


def test_reading_twice_gives_the_same():
    assert read(A) == read(A)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty_page"),
        (b" \r\n", "empty_page"),
        (b"<html><body></body></html>", "empty_page"),
        (b'<div id="infoContentM"><p>&nbsp;</p><script>load()</script></div><p>footer</p>', "empty_page"),
        (b"<html><head><script>location.reload()</script></head><body></body></html>", "challenge_page"),
        (b"<html><script src=/a.js></script><noscript>enable JavaScript</noscript></html>", "challenge_page"),
        (b'<html><meta id="x" content="{qtYwJ9a"><script r=\'m\'>$_ts={}</script><body>...</body></html>', "challenge_page"),
        ("<body><p>请开启JavaScript并刷新该页</p><script>go()</script></body>".encode(), "challenge_page"),
        (b"%PDF-1.7\n<html>", "not_html"),
        (b"PK\x03\x04 <html>", "not_html"),
        (b'{"custom": {"data": []}}', "not_html"),
        ("法治政府建设情况报告".encode(), "not_html"),
        (b"ok\n", "not_html"),
        ("<title>页面</title><div><p>您访问的页面不存在或已删除，请返回首页。</p></div>".encode(), "soft_404"),
        ("<div id=zoom><p>您访问的信息不存在或已被删除。</p></div>".encode(), "soft_404"),
        (f"<p>{TITLE}</p>".encode() + "锟斤拷".encode(), "mojibake"),
        (f"<div id=zoom><p>{TITLE * 30}".encode()[:-1] + b"</p></div>", "mojibake"),
    ],
)
def test_a_page_without_text_says_why(raw, reason):
    with pytest.raises(PageError) as caught:
        read_page(raw, "text/html")
    assert caught.value.reason == reason
    assert "\n" not in str(caught.value)


def test_a_broken_character_outside_title_and_text_does_no_harm():
    raw = A.replace('content="云河区司法局"', 'content="云河区司法局CUT"').encode().replace(b"CUT", "办".encode()[:2])
    assert read_page(raw, None).text == A_TEXT


def test_a_page_with_scripts_and_text_is_no_challenge():
    assert read("<div><p>2024年法治政府建设。</p></div><script>count()</script>").body_from == "trafilatura"


@pytest.mark.parametrize(
    "page", [A.replace("2023年，", "2023年依法履职，"), B, A.replace(TITLE, "年度报告").replace("2023年，", "2023年法治建设，")]
)
def test_a_report_is_known_by_title_or_opening(page):
    check_is_report(read(page))


def test_a_body_that_nowhere_speaks_of_law_is_no_report_whatever_its_title():
    with pytest.raises(PageError) as caught:
        check_is_report(
            read(A.replace("法治", "").replace('<meta name="ArticleTitle" content="', f'<meta name="ArticleTitle" content="{TITLE}'))
        )
    assert caught.value.reason == "not_a_report"


@pytest.mark.parametrize(
    "text", ["各部门职责分工如下，请遵照执行，确保落实到位。", "2023年政府信息公开工作年度报告" + "公开" * 300 + "法治政府建设"]
)
def test_another_page_is_not_a_report(text):
    document = read(f"<title>页面</title><div><p>{text}</p></div>")
    with pytest.raises(PageError, match="neither title") as caught:
        check_is_report(document)
    assert caught.value.reason == "not_a_report"


def test_a_source_may_bring_its_own_patterns():
    document = read("<div><p>2023年依法行政工作情况。</p></div>")
    check_is_report(document, ["依法行政.*情况"])
    with pytest.raises(PageError):
        check_is_report(document, ["法治"])


def test_words_broken_by_blanks_are_known():
    check_is_report(read("<div><p>2024年 法治 政府 建设 情况</p></div>"))


def test_without_a_known_box_the_block_with_the_most_text_of_its_own_is_read_and_menus_are_not():
    menu = "<div>" + "".join(f"<a href='/{n}'>法治政府建设专栏第{n}栏</a>" for n in range(50)) + "</div>"
    body = "<div><h1>报告</h1><p>2023年，<b>云河区司法局</b>评查案卷168份。</p><span>法治政府建设取得新成效。</span></div>"
    document = read(f"<html><body>{menu}<section><div><div>{body}</div></div></section><footer><p>{'页脚' * 90}</p></footer></body></html>")
    assert document.body_from == "trafilatura"
    assert document.text == "报告\n2023年，云河区司法局评查案卷168份。\n法治政府建设取得新成效。"


@pytest.mark.parametrize("mark", ["\ufffd", "锟斤拷"])
def test_what_was_decoded_wrongly_before_is_refused(mark):
    with pytest.raises(PageError, match="decoded as utf-8") as caught:
        read(A.replace("一是规范执法", f"一是{mark}执法"))
    assert caught.value.reason == "mojibake"


@pytest.mark.parametrize("line", ["<p>{}</p>", "{}<br>"])
def test_a_text_pasted_from_a_pdf_line_by_line_has_its_paragraphs_again(line):
    paragraph = "2023年，云河区司法局坚持依法行政，全年办理行政复议案件2180件，审结2100件，按时办结率达到百分之九十八，"
    whole = paragraph * 3 + "参与法治宣传活动的群众3万余人次。"
    pasted = "".join(line.format(whole[at : at + 29]) for at in range(0, len(whole), 29))
    page = f'<html><meta name="ArticleTitle" content="{TITLE}"><div id="infoContentM">{pasted}</div></html>'
    assert read_page(page.encode(), None).text == whole
