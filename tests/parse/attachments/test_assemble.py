"""The text of a report out of a page and its attachments: which of them is the report, what is added, what is the same again."""

import making
import pytest
from test_real import REPORT, figures

from etl.parse import parse_report
from etl.parse.attachments import AttachmentText, Named, assemble, is_referral, read_attachment

TITLE, *PARAGRAPHS = REPORT.split("\n")
REFERRAL = ("静安区2023年度法治政府建设情况报告全文详见附件。", "附件：2023年度法治政府建设情况报告.pdf")
TABLE = ["单位：件", "部门 行政许可 行政处罚", "市场监管局 1240 86", "生态环境局 320 127"]
NOTICE = [f"第{number}条解读：为什么要开展第{number}项工作，怎样理解其中的第{number}个要求。" for number in range(1, 30)]


def named(name, lines, kind="pdf", title=None):
    return Named(name, AttachmentText(kind, tuple(lines), title, "read", ""))


def refused(name, state="unsupported", kind="doc"):
    return Named(name, AttachmentText(kind, (), None, state, "why"))


def roles(assembled):
    return [use.role for use in assembled.used]


REPORT_PDF = named("2023年度法治政府建设情况报告.pdf", [TITLE, *PARAGRAPHS], title=TITLE)
REPORT_DOCX = named("附件.docx", [TITLE, *PARAGRAPHS], kind="docx", title=TITLE)
APPENDIX = named("附件1：执法情况统计表.xlsx", TABLE, kind="xlsx")


def test_a_page_alone_is_the_text():
    assert assemble(PARAGRAPHS, []) == (tuple(PARAGRAPHS), "page", (), len(PARAGRAPHS))
    assert assemble(REFERRAL, []).body_from == "page"


def test_the_file_that_a_page_refers_to_is_the_text():
    lines, body_from, used, _ = assemble(REFERRAL, [REPORT_PDF])
    assert (lines, body_from) == (REPORT_PDF.text.lines, REPORT_PDF.name)
    assert [use.role for use in used] == ["used_as_body"]


def test_the_report_is_told_by_its_title_then_by_its_length():
    longer = named("解读.pdf", NOTICE * 20)
    assert assemble(REFERRAL, [longer, REPORT_PDF]).body_from == REPORT_PDF.name
    untitled = named("1.pdf", PARAGRAPHS)
    assert assemble(REFERRAL, [named("2.pdf", NOTICE), untitled]).body_from == "1.pdf"


def test_of_pdf_and_docx_of_one_report_the_docx_is_taken():
    assembled = assemble(REFERRAL, [REPORT_PDF, REPORT_DOCX])
    assert assembled.body_from == REPORT_DOCX.name
    assert roles(assembled) == ["same_text", "used_as_body"]


@pytest.mark.parametrize("state", ["unsupported", "no_text", "damaged"])
def test_a_page_that_refers_to_a_file_that_cannot_be_read_is_no_report(state):
    assembled = assemble(REFERRAL, [refused("报告.doc", state)])
    assert assembled.body_from is None
    assert assembled.lines == REFERRAL
    assert assembled.used == (("报告.doc", state, "why"),)


def test_a_page_with_its_own_text_stays_the_text():
    assembled = assemble(PARAGRAPHS, [REPORT_PDF, refused("报告.wps", kind="wps")])
    assert assembled.body_from == "page"
    assert assembled.lines == tuple(PARAGRAPHS)
    assert roles(assembled) == ["same_text", "unsupported"]


def test_a_page_that_shows_the_beginning_of_a_file_is_not_the_report():
    assembled = assemble(PARAGRAPHS[:6], [REPORT_PDF])
    assert assembled.body_from == REPORT_PDF.name


def test_appendix_tables_are_read_as_a_part_of_the_report():
    assembled = assemble(PARAGRAPHS, [APPENDIX])
    assert roles(assembled) == ["appended"]
    assert assembled.lines == (*PARAGRAPHS, "附件：执法情况统计表", *TABLE)
    report = parse_report(TITLE, "\n".join(assembled.lines))
    assert figures(report)[:29] == figures(parse_report(TITLE, "\n".join(PARAGRAPHS)))
    assert [(m.label, m.value, m.unit) for m in report.metrics[29:]] == [
        ("市场监管局行政许可", 1240, "件"),
        ("市场监管局行政处罚", 86, "件"),
        ("生态环境局行政许可", 320, "件"),
        ("生态环境局行政处罚", 127, "件"),
    ]


def test_of_a_file_that_is_no_appendix_only_the_tables_are_added():
    assembled = assemble(PARAGRAPHS, [named("数据.docx", [*NOTICE[:3], "表1 执法情况", *TABLE[1:], *NOTICE[3:5]], kind="docx")])
    assert assembled.lines[len(PARAGRAPHS) :] == ("附件：数据", "表1 执法情况", *TABLE[1:])


def test_what_belongs_to_no_report_is_read_and_left():
    other = named("另一单位2023年度法治政府建设情况报告.pdf", NOTICE)
    assert roles(assemble(PARAGRAPHS, [named("解读.pdf", NOTICE), other])) == ["read", "read"]


def test_an_appendix_given_twice_is_added_once():
    assert roles(assemble(PARAGRAPHS, [APPENDIX, APPENDIX])) == ["appended", "same_text"]


@pytest.mark.parametrize(
    ("lines", "refers"),
    [
        (REFERRAL, True),
        ([], True),
        (PARAGRAPHS, False),
        (["区委、区政府：", *NOTICE[:8], "现将报告全文附后，请审阅。"], True),
        (["区委、区政府：", *NOTICE[:8]], False),
        (["一、主要举措", *NOTICE[:8], "详见附件。"], False),
    ],
)
def test_referrals(lines, refers):
    assert is_referral(lines) is refers


def test_files_as_they_are_read():
    pdf = Named("报告.pdf", read_attachment(making.pdf(REPORT), "报告.pdf"))
    word = Named("报告.docx", read_attachment(making.word(REPORT.split("\n")), "报告.docx"))
    assert assemble(REFERRAL, [pdf, word]).body_from == "报告.docx"
    assert assemble(PARAGRAPHS, [pdf, word]).lines == tuple(PARAGRAPHS)
