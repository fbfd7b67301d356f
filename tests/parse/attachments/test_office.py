"""DOCX and XLSX files read: what is printed, in its order."""

from datetime import date, datetime

import making
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from etl.parse.attachments import read_attachment
from etl.parse.attachments.numbering import in_format, in_han
from etl.parse.attachments.sheets import printed

TITLE = "云河区司法局2023年度法治政府建设情况报告"


def word(build):
    found = read_attachment(making.word(build=build), "a.docx")
    assert (found.kind, found.state) == ("docx", "read"), found.detail
    return found


def test_paragraphs_and_tables_in_their_order():
    def build(document):
        document.add_paragraph(TITLE)
        document.add_paragraph("　　全年办结 2180 件。")
        table = document.add_table(3, 3)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "部门"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "行政许可（件）"
        for column, texts in enumerate((("", "合 计"), ("申请", "1,240"), ("办结", ""))):
            for row, text in enumerate(texts, 1):
                if text:
                    table.cell(row, column).text = text
        document.add_paragraph("以上报告。")

    found = word(build)
    assert found.lines == (TITLE, "全年办结 2180 件。", "部门 行政许可（件）", "申请 办结", "合计 1,240", "以上报告。")
    assert found.title == TITLE


def test_a_table_that_only_arranges_text_is_text():
    def build(document):
        cells = document.add_table(1, 2).rows[0].cells
        for cell, words in zip(cells, ("左", "右"), strict=True):
            for number in range(4):
                cell.add_paragraph(f"{words}{number}")

    assert word(build).lines == ("左0", "左1", "左2", "左3", "右0", "右1", "右2", "右3")


def test_automatic_numbers_are_printed():
    def build(document):
        numbered, circled = making.add_list(document, "chinese"), making.add_list(document, "circled")
        for text, level in (("举措", 0), ("规范", 1), ("培训", 2), ("监督", 2), ("化解", 1), ("考试", 2), ("问题", 0), ("力量", 1)):
            numbered(text, level)
        circled("甲")
        circled("乙")
        document.add_paragraph("不编号")

    assert word(build).lines == (
        "一、举措", "（一）规范", "1.培训", "2.监督", "（二）化解", "1.考试", "二、问题", "（一）力量", "①甲", "②乙", "不编号",
    )  # fmt: skip


def test_a_style_may_number():
    def build(document):
        making.add_list(document, "chinese")
        number = document.part.numbering_part.element.findall("{*}num")[-1].numId
        style = document.styles["Heading 1"].element.get_or_add_pPr()
        style.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="{number}"/></w:numPr>'))
        document.add_heading("主要举措", 1)
        document.add_heading("存在问题", 1)

    assert word(build).lines == ("一、主要举措", "二、存在问题")


def test_changes_that_are_recorded_are_read_as_accepted():
    def build(document):
        paragraph = document.add_paragraph("办结")._p
        paragraph.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>100</w:delText></w:r></w:del>"))
        paragraph.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>120</w:t></w:r></w:ins>"))
        paragraph.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>件</w:t><w:tab/><w:t>占比</w:t><w:br/><w:t>次行</w:t></w:r>"))

    assert word(build).lines == ("办结120件 占比", "次行")


def test_headers_text_boxes_and_notes_are_left_out_and_told():
    box = (
        f'<w:r {nsdecls("w")}><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r><w:t>框中文字</w:t>'
        "</w:r></w:p></w:txbxContent></v:textbox></w:pict><w:footnoteReference w:id='2'/></w:r>"
    )

    def build(document):
        document.sections[0].header.paragraphs[0].text = "页眉"
        document.sections[0].footer.paragraphs[0].text = "— 1 —"
        document.add_paragraph("正文")._p.append(parse_xml(box))

    found = word(build)
    assert found.lines == ("正文",)
    assert "1 text boxes" in found.detail
    assert "1 notes" in found.detail


def test_tables_nested_deeply_do_no_harm():
    def build(document):
        document.add_paragraph(TITLE)
        cell = document.add_table(1, 1).cell(0, 0)
        for _ in range(30):
            cell = cell.add_table(1, 1).cell(0, 0)
        cell.text = "深处"

    assert word(build).lines == (TITLE,)


def test_a_sheet_is_its_name_and_its_rows():
    def build(book):
        sheet = book.active
        sheet.title = "附表1 执法情况"
        sheet.append(["部门", "行政许可", None, "优秀率", "截至", "金额（万元）"])
        sheet.append([None, "申请", "办结"])
        for merged in ("A1:A2", "B1:C1", "D1:D2", "E1:E2", "F1:F2"):
            sheet.merge_cells(merged)
        sheet.append(["市场监管局", 1240, 1200.0, 0.958, date(2023, 12, 31), 0.1 + 0.2])
        sheet["B3"].number_format, sheet["D3"].number_format = "#,##0", "0.0%"
        sheet["A6"], sheet["B6"], sheet["D6"] = "合 计", 1240, 0.96
        sheet["D6"].number_format = "0%"
        book.create_sheet("Sheet2").append(["行政检查", 30])
        hidden = book.create_sheet("底稿")
        hidden.append(["草稿"])
        hidden.sheet_state = "hidden"

    found = read_attachment(making.sheets(build), "a.xlsx")
    assert found.lines == (
        "附表1 执法情况",
        "部门 行政许可 优秀率 截至 金额（万元）",
        "申请 办结",
        "市场监管局 1,240 1200 95.8% 2023年12月31日 0.3",
        "合计 1240  96%",
        "行政检查 30",
    )
    assert "底稿" in found.detail


def test_a_sheet_of_a_million_rows_is_cut():
    def build(book):
        book.active["A1"], book.active["A1048576"], book.active["XFD1"] = "甲", "乙", "丙"
        book.active.merge_cells("B2:C2")

    raw = making.replaced(making.sheets(build), "xl/worksheets/sheet1.xml", b"B2:C2", b"B2:XFD1048576")
    found = read_attachment(raw, "a.xlsx")
    assert found.lines == ("甲",)
    assert "beyond" in found.detail


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0.1 + 0.2, "General", "0.3"),
        (0.958, "0.0%", "95.8%"),
        (0.07, "0%", "7%"),
        (1, "0.00%", "100.00%"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (1234.5, "#,##0", "1,235"),
        (5.0, "General", "5"),
        (1e15, "General", "1000000000000000"),
        (12, '0"件"', "12"),
        (-3, "0_);[Red](0)", "-3"),
        (1e300, "0", "1E+300"),
        (float("inf"), "0", "Infinity"),
        (2**70, "0.000%", "118059162071741130342400.000%"),
        (True, "General", "是"),
        (None, "General", ""),
        (datetime(2023, 12, 31), "yyyy-mm-dd", "2023年12月31日"),  # noqa: DTZ001
        (datetime(2023, 12, 31, 8, 5), "yyyy-mm-dd", "2023年12月31日08:05"),  # noqa: DTZ001
        ("〇八", "@", "〇八"),
    ],
)
def test_values_are_printed_as_spreadsheets_do(value, form, text):
    assert printed(value, form) == text


@given(st.floats(), st.text(max_size=12))
def test_any_number_and_format_give_a_text(value, form):
    assert printed(value, form)


@pytest.mark.parametrize(("count", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (31, "三十一"), (100, "100"), (0, "零")])
def test_chinese_numbers(count, text):
    assert in_han(count) == text


@pytest.mark.parametrize(
    ("form", "text"),
    [("decimal", "3"), ("chineseCounting", "三"), ("decimalEnclosedCircle", "③"), ("upperLetter", "C"), ("bullet", ""), ("hebrew1", "3")],
)
def test_formats_of_numbers(form, text):
    assert in_format(3, form) == text
