"""Where the text of a report is: in the page, or in a file that the page links, and what is said of each file."""

import making
import pytest

from etl.errors import PageError
from etl.models import Sighting
from etl.parse.gather import File, gather

TITLE = "云河区司法局2023年度法治政府建设情况报告"
BODY = [
    "2023年，我局坚持以习近平法治思想为指导，推进法治政府建设。",
    "一、主要举措和成效",
    "（一）规范行政执法。办理行政复议案件168件，同比增长20.9%，评查案卷231份。" * 4,
    "二、存在的不足",
    "执法监督有待加强。" * 12,
    "三、下一步工作",
    "2024年，开展培训12场。" * 10,
]
SCAN = making.drawn(lambda canvas: canvas.rect(100, 100, 200, 300, fill=1))
SEEN = Sighting("http://portal.test/xxgk/20240305/a.html", TITLE)


def page(*lines, links=()):
    anchors = "".join(f'<p>附件：<a href="{href}">{name}</a></p>' for href, name in links)
    text = "".join(f"<p>{line}</p>" for line in lines)
    head = f'<head><meta name="ArticleTitle" content="{TITLE}"></head>'
    return f"<html>{head}<body><div id=zoom>{text}{anchors}</div></body></html>".encode()


def file(raw, name="a.docx", href="/files/a.docx"):
    return File(f"http://portal.test{href}", name, None, "c" * 64, raw)


@pytest.fixture(scope="module")
def report_docx():
    def build(document):
        for line in (TITLE, *BODY):
            document.add_paragraph(line)

    return making.word(build=build)


def test_a_page_without_files_is_its_own_text():
    gathered = gather(page(*BODY), "text/html", SEEN)
    assert (gathered.body_url, gathered.fates, gathered.problem) == (None, (), None)
    assert gathered.document.body_from == "#zoom"
    assert gathered.document.text.splitlines() == BODY


def test_a_page_that_only_refers_to_a_file_has_the_file_s_text(report_docx):
    raw = page("报告全文详见附件。", links=[("/files/a.docx", f"{TITLE}.docx")])
    gathered = gather(raw, "text/html", SEEN, files=[file(report_docx)])
    assert (gathered.body_url, gathered.document.body_from, gathered.problem) == ("http://portal.test/files/a.docx", "docx", None)
    assert BODY[2] in gathered.document.text
    (fate,) = gathered.fates
    assert (fate.name, fate.kind, fate.state, fate.raw_sha256) == (f"{TITLE}.docx", "docx", "used_as_body", "c" * 64)


def test_a_page_without_any_text_may_have_a_file(report_docx):
    gathered = gather(page(links=[("/files/a.docx", "全文.docx")]), "text/html", SEEN, files=[file(report_docx)])
    assert (gathered.document.body_from, gathered.problem) == ("docx", None)


@pytest.mark.parametrize(
    ("href", "name", "state"),
    [("/files/a.doc", "全文.doc", "unsupported"), ("/files/a.wps", "全文.wps", "unsupported"), ("/files/a.pdf", "全文.pdf", "not_fetched")],
)
def test_a_report_in_a_file_that_is_not_read_is_a_problem_with_its_address(href, name, state):
    gathered = gather(page("报告全文详见附件。", links=[(href, name)]), "text/html", SEEN)
    assert [fate.state for fate in gathered.fates] == [state]
    assert gathered.problem.reason == "report_in_unread_file"
    assert f"http://portal.test{href}" in str(gathered.problem)


def test_a_scan_is_a_problem_too():
    gathered = gather(
        page("报告全文详见附件。", links=[("/files/a.pdf", "全文.pdf")]),
        "text/html",
        SEEN,
        files=[file(SCAN, "a.pdf", "/files/a.pdf")],
    )
    assert [(fate.kind, fate.state) for fate in gathered.fates] == [("pdf", "no_text")]
    assert gathered.problem.reason == "report_in_unread_file"


def test_the_same_report_to_print_is_not_taken_twice(report_docx):
    raw = page(*BODY, links=[("/files/a.docx", f"{TITLE}.docx"), ("/files/b.wps", "汇总表.wps")])
    gathered = gather(raw, "text/html", SEEN, files=[file(report_docx)])
    assert [fate.state for fate in gathered.fates] == ["same_text", "unsupported"]
    assert (gathered.body_url, gathered.problem) == (None, None)
    assert gathered.document.text.splitlines()[: len(BODY)] == BODY
    assert gathered.document.text.count("168件") == 4


def test_an_appendix_of_tables_stands_below_the_text():
    def fill(book):
        for row in (["事项", "件数"], ["行政许可", 1240], ["行政处罚", 168]):
            book.active.append(row)

    sheet = making.sheets(fill)
    raw = page(*BODY, links=[("/files/t.xlsx", "附件1：执法情况统计表.xlsx")])
    gathered = gather(raw, "text/html", SEEN, files=[file(sheet, "t.xlsx", "/files/t.xlsx")])
    assert [fate.state for fate in gathered.fates] == ["appended"]
    lines = gathered.document.text.splitlines()
    assert "附件：执法情况统计表" in lines
    assert "行政许可 1240" in lines


def test_an_address_of_a_list_may_be_a_file(report_docx):
    gathered = gather(report_docx, "application/octet-stream", Sighting("http://portal.test/a/20240305/b.docx", TITLE))
    assert (gathered.document.body_from, gathered.document.charset, gathered.body_url) == ("docx", None, None)
    assert gathered.document.published_from == "address"


@pytest.mark.parametrize(("raw", "reason"), [(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unsupported_file"), (None, "no_text")])
def test_a_file_that_cannot_be_read_is_a_reason(raw, reason):
    with pytest.raises(PageError) as caught:
        gather(raw or SCAN, None, Sighting("http://portal.test/a.doc", TITLE))
    assert caught.value.reason == reason


def paged(lines, *further):
    """A page of an article that is divided, with links to others of its pages."""
    return page(*lines).replace(b"</body>", b"".join(b'<a href="a_%d.html">%d</a>' % (one, one + 1) for one in further) + b"</body>")


def part(number, raw):
    return file(raw, name=TITLE, href=f"/xxgk/20240305/a_{number}.html")


def test_an_article_on_several_pages_is_one_text_in_their_order():
    first, second, third = paged(BODY[:3], 1), paged(BODY[3:5], 2), paged(BODY[5:])
    gathered = gather(first, None, SEEN, files=[part(2, third), part(1, second)])
    assert gathered.document.text.splitlines() == BODY
    assert {(fate.url[-8:], fate.kind, fate.state) for fate in gathered.fates} == {
        ("a_1.html", "html", "appended"),
        ("a_2.html", "html", "appended"),
    }


def test_a_first_page_that_has_a_second_name_is_not_read_twice():
    gathered = gather(paged(BODY, 1), None, SEEN, files=[part(1, paged(BODY, 1))])
    assert gathered.document.text.splitlines() == BODY
    assert [fate.state for fate in gathered.fates] == ["same_text"]


@pytest.mark.parametrize("files", [[], [part(1, b"<html><body>404</body></html>")]], ids=["missing", "no text"])
def test_a_text_that_goes_on_elsewhere_is_not_taken_for_whole(files):
    with pytest.raises(PageError, match=r"goes on at http://portal.test/xxgk/20240305/a_1.html") as caught:
        gather(paged(BODY[:3], 1), None, SEEN, files=files)
    assert caught.value.reason == "continues_elsewhere"
