"""PDF files read: the text of the report that they were made of, without what is printed around it."""

import re
import zlib
from io import BytesIO

import making
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import EncodedStreamObject, NameObject
from test_real import REPORT

from etl.parse.attachments import pdf as reader
from etl.parse.attachments import read_attachment
from etl.parse.attachments.pdf_guard import MOST_CONTENT

LINES = REPORT.split("\n")
BODY = "2023年，云河区司法局全年办理行政复议案件2180件，审结2100件，按时办结率达到98.6%，组织开展各类法治宣传活动120场次。"
TITLE = "云河区司法局2023年度法治政府建设情况报告"


def lines(raw):
    found = read_attachment(raw, "a.pdf")
    assert (found.kind, found.state) == ("pdf", "read"), found.detail
    return list(found.lines)


def test_the_fixture_is_readable_by_others():
    assert "行政复议" in PdfReader(BytesIO(making.pdf(f"{TITLE}\n{BODY}"))).pages[0].extract_text()


@pytest.mark.parametrize(
    "layout",
    [
        {},
        {"justified": False},
        {"size": 10.5},
        {"size": 14, "title_size": 14},
        {"head": "静安区法治政府建设情况报告 第3稿", "numbers": "{}"},
        {"numbers": "第 {} 页"},
        {"size": 12, "indent": 0},
    ],
    ids=str,
)
def test_paragraphs_are_whole(layout):
    found = read_attachment(making.pdf(REPORT, **layout), "a.pdf")
    assert list(found.lines) == LINES
    assert found.title == LINES[0]


ROWS = [
    ["部门", "行政许可（件）", "", "优秀率"],
    ["", "申请", "办结", ""],
    ["市场监\n管局", "1,240", "1,200", "95.8%"],
    ["合 计", "2 180", "", "96%"],
]
SPANS = [((1, 0), (2, 0)), ((0, 0), (0, 1)), ((3, 0), (3, 1))]


def test_tables_stand_in_their_place_as_lines():
    raw = making.pdf("\n".join([TITLE, BODY, "表1 执法情况", BODY]), tables=[(2, ROWS, SPANS)])
    rows = ["部门 行政许可（件） 优秀率", "申请 办结", "市场监管局 1,240 1,200 95.8%", "合计 2180  96%"]
    assert lines(raw) == [TITLE, BODY, "表1 执法情况", *rows, BODY]


def test_a_frame_around_text_is_no_table():
    def draw(canvas):
        canvas.rect(70, 500, 450, 300)
        for number in range(6):
            canvas.drawString(80, 760 - 28 * number, whole[24 * number : 24 * (number + 1)])

    whole = "坚持以习近平法治思想为指导，" * 9 + "全面推进依法行政。"
    assert lines(making.drawn(draw)) == [whole]


def test_characters_printed_twice_to_be_bold_are_read_once():
    def draw(canvas):
        canvas.drawString(80, 700, "一、主要举措和工作成效开展情况如下请审阅")
        canvas.drawString(80.3, 700, "一、主要举措和工作成效开展情况如下请审阅")

    assert lines(making.drawn(draw)) == ["一、主要举措和工作成效开展情况如下请审阅"]


def test_figures_broken_over_a_page_are_whole():
    paragraphs = [f"2023年第{number}次会议研究议题{number * 137}项，{BODY}" for number in range(1, 60)]
    assert lines(making.pdf("\n".join([TITLE, *paragraphs]))) == [TITLE, *paragraphs]


def test_columns_and_upright_writing_do_no_harm():
    def draw(canvas):
        for number in range(20):
            canvas.drawString(60, 780 - 28 * number, "左栏文字内容若干")
            canvas.drawString(320, 780 - 28 * number, "右栏文字内容若干")
        canvas.rotate(90)
        canvas.drawString(100, -560, "竖排的水印文字")

    assert "左栏文字内容若干 右栏文字内容若干" in "".join(lines(making.drawn(draw)))


def test_a_scan_has_no_text():
    def draw(canvas):
        canvas.rect(50, 50, 400, 600, fill=1)
        canvas.showPage()
        canvas.rect(50, 50, 400, 600, fill=1)

    found = read_attachment(making.drawn(draw), "a.pdf")
    assert (found.state, found.lines) == ("no_text", ())
    assert "pictures" in found.detail


def test_pages_without_text_among_others_are_told():
    def draw(canvas):
        for number in range(6):
            canvas.drawString(80, 760 - 28 * number, BODY[24 * number : 24 * (number + 1)])
        canvas.showPage()
        canvas.rect(50, 50, 400, 600, fill=1)

    assert "1 of 2 pages" in read_attachment(making.drawn(draw), "a.pdf").detail


@pytest.mark.parametrize(("password", "state"), [("geheim", "damaged"), ("", "read")])
@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_encrypted(password, state, algorithm):
    writer = PdfWriter(clone_from=BytesIO(making.pdf(f"{TITLE}\n{BODY}")))
    writer.encrypt(user_password=password, owner_password="owner", algorithm=algorithm)
    found = read_attachment(saved(writer), "a.pdf")
    assert found.state == state
    assert ("encrypted" in found.detail) == (state == "damaged")


def saved(writer):
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("kept", [9, 200, 3000, 0.5, 0.9])
def test_cut_off_files_are_damaged_or_read(kept):
    raw = making.pdf(REPORT)
    found = read_attachment(raw[: kept if kept > 1 else int(kept * len(raw))], "a.pdf")
    assert found.kind == "pdf"
    assert found.state in ("damaged", "no_text", "read")
    assert bool(found.lines) == (found.state == "read")
    assert found.state == "read" or found.detail


def with_content(content, page=None):
    writer = PdfWriter(clone_from=BytesIO(making.drawn(lambda canvas: canvas.drawString(80, 700, TITLE))))
    stream = EncodedStreamObject()
    stream._data = zlib.compress(content, 9)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    return saved(writer)


@pytest.mark.parametrize(
    "content",
    [
        b" " * 90_000_000,
        b" " * (MOST_CONTENT + 1),
        b"BT /F1 16 Tf " + b"(" + b"a" * 100 + b") Tj " * 1_000 + b"(" + b"a" * 100_000 + b") Tj ET",
        b"0 0 m 1 1 l S " * 70_000,
        b"q " * 100_000,
    ],
    ids=["packed", "long", "characters", "strokes", "states"],
)
def test_bombs_are_named_and_not_set_off(content):
    found = read_attachment(with_content(content), "a.pdf")
    assert found.state == "damaged"
    assert "too large" in found.detail or "draw more" in found.detail


def test_forms_within_forms_are_read_and_counted():
    def draw(canvas):
        canvas.beginForm("f0")
        canvas.setFont(making.FONT, 16)
        canvas.drawString(80, 700, TITLE)
        canvas.endForm()
        canvas.doForm("f0")

    def bomb(canvas):
        for number in range(8):
            canvas.beginForm(f"f{number}")
            for _ in range(10):
                canvas.doForm(f"f{number - 1}") if number else canvas.drawString(80, 700, TITLE)
            canvas.endForm()
        canvas.doForm("f7")

    assert lines(making.drawn(draw)) == [TITLE]
    assert read_attachment(making.drawn(bomb), "a.pdf").state == "damaged"


def test_pages_beyond_the_limit_are_told(monkeypatch):
    monkeypatch.setattr(reader, "MOST_PAGES", 2)
    found = read_attachment(making.pdf(REPORT), "a.pdf")
    pages = len(PdfReader(BytesIO(making.pdf(REPORT))).pages)
    assert found.state == "read"
    assert f"{pages - 2} of {pages} pages" in found.detail
    assert not re.search("以上报告", found.lines[-1])
