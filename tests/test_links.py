"""Which links of a page are attachments, and what they are called."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.links import filename_of, find_attachments, find_parts
from etl.models import Link

PAGE = "https://www.jingan.test/xxgk/002017/20240325/a.html"


def found(body):
    return find_attachments(f"<html><body>{body}<p>{'报告正文。' * 50}</p></body></html>", PAGE)


@pytest.mark.parametrize(
    ("markup", "url", "name"),
    [
        ('<a href="/f/%E6%8A%A5%E5%91%8A.pdf?v=1#p2">报告全文.pdf</a>', "/f/%E6%8A%A5%E5%91%8A.pdf?v=1", "报告全文.pdf"),
        ('<a href="/f/%E6%8A%A5%E5%91%8A.PDF">点击下载</a>', "/f/%E6%8A%A5%E5%91%8A.PDF", "报告.PDF"),
        ('<a href="/f/a%B7%A8.doc">下载</a>', "/f/a%B7%A8.doc", "a法.doc"),
        ('<a href="x.docx" title="2023年度报告.docx">2023年…</a>', "/xxgk/002017/20240325/x.docx", "2023年度报告.docx"),
        ('<a href="/attach/downloadattach?attachGuid=ab-1">附表.xlsx</a>', "/attach/downloadattach?attachGuid=ab-1", "附表.xlsx"),
        ('<a href="/down.jsp?fileName=b.wps">附件2</a>', "/down.jsp?fileName=b.wps", "附件2"),
        ("""<a href="javascript:void(0)" onclick="window.open('/f/b.zip')">附件</a>""", "/f/b.zip", "b.zip"),
        ('<iframe src="/pdfjs/web/viewer.html?file=%2Ff%2Fr.pdf"></iframe>', "/f/r.pdf", "r.pdf"),
        ('<embed src="../e.pdf">', "/xxgk/002017/e.pdf", "e.pdf"),
        ('<object data="/o.ofd"></object>', "/o.ofd", "o.ofd"),
        ('<div class="pdf-content" data-url="/p/q.pdf"></div>', "/p/q.pdf", "q.pdf"),
        ('<div class="pdf-content"><script>show("/p/q.pdf")</script></div>', "/p/q.pdf", "q.pdf"),
        ('<p class="ewb-article-add">附件：<a href="/a.rar">a.rar</a></p>', "/a.rar", "a.rar"),
    ],
)  # fmt: skip
def test_attachments(markup, url, name):
    assert found(markup) == [Link("https://www.jingan.test" + url, name)]


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="/news/1.html">新闻</a>',
        '<a href="mailto:a@b.pdf">邮箱</a>',
        '<a href="http://[bad/x.pdf">坏</a>',
        '<a href="javascript:void(0)">附件</a>',
        '<div id="footer"><a href="/help.pdf">网站帮助</a></div>',
        '<div class="nav-box"><ul><li><a href="/app.zip">客户端</a></ul></div>',
        "<header><a href='/form.doc'>表格</a></header>",
        '<!-- <a href="/withdrawn.pdf">旧稿</a> -->',
    ],
)
def test_no_attachments(markup):
    assert found(markup) == []


def test_a_file_is_told_once_under_its_best_name():
    assert [link.name for link in found('<a href="/a.pdf">附件</a><a href="/a.pdf">报告.pdf</a>')] == ["报告.pdf"]


def test_a_box_around_the_whole_page_is_no_frame_whatever_its_name():
    assert len(found(f'<div class="header-fixed menu">{"正文。" * 200}<a href="/a.pdf">附件</a></div>')) == 1


def test_a_page_may_name_its_base():
    assert find_attachments('<head><base href="/files/"></head><a href="a.pdf">a</a>', PAGE)[0].url == "https://www.jingan.test/files/a.pdf"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="a.pdf"', "a.pdf"),
        ("attachment; filename=x.pdf; filename*=UTF-8''%E6%B3%95%E6%B2%BB.pdf", "法治.pdf"),
        ("attachment; filename*=GBK''%B7%A8.pdf", "法.pdf"),
        ("attachment;filename=" + "法治报告.doc".encode("gbk").decode("latin-1"), "法治报告.doc"),
        ('attachment; filename="' + "法治.pdf".encode().decode("latin-1") + '"', "法治.pdf"),
        ("attachment; filename=法治.pdf", "法治.pdf"),
        ("attachment; filename=%E6%B3%95.pdf", "法.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\a\\\\b.pdf"', "b.pdf"),
        ('attachment; filename="a\u202efdp.exe\r\nX: 1"', "afdp.exeX: 1"),
        ('attachment; filename=""', None),
        ("inline", None),
        ("", None),
    ],
)
def test_names_in_headers(header, name):
    assert filename_of(header) == name


@given(st.text(max_size=300))
def test_a_name_is_one_line_without_folders(header):
    name = filename_of(f"attachment; filename={header}")
    assert name is None or (0 < len(name) <= 200 and not set("/\\") & set(name))
    assert not any(unicodedata.category(char) in ("Cc", "Cf") for char in name or "")


@given(st.text(alphabet="<>\"= ahrefpdfc:/?#[]%.\\'", max_size=120))
def test_any_markup_can_be_given(markup):
    assert all(link.url.startswith(("http://", "https://")) for link in find_attachments(markup, PAGE))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<a href="a_2.html">3</a><a href="a_1.html">2</a><a href="a_1.html">下一页</a>', ["a_1.html", "a_2.html"]),
        ('<a href="/xxgk/002017/20240325/a_1.shtml?v=1#top">2</a>', ["a_1.shtml?v=1"]),
        ('<a href="b_1.html">b</a><a href="/a_1.html">x</a><a href="a_100.html">x</a><a href="a_0.html">1</a><a href="a.html">1</a>', []),
        ('<a href="a_1.pdf">附件</a><a>下一页</a><a href="javascript:void(0)">下一页</a>', []),
    ],
)
def test_further_pages_of_an_article_are_known_by_their_names(markup, expected):
    assert find_parts(markup, PAGE, PAGE) == [PAGE.replace("a.html", name) for name in expected]


def test_an_address_without_a_suffix_has_no_further_pages():
    page = "https://www.jingan.test/publicity/fzzfjs/160717"
    assert find_parts('<a href="160717_1.html">2</a>', page, page) == []
