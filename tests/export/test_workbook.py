"""The workbook, as another program opens it."""

from datetime import date, datetime

import pytest
import xlsxwriter
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape
from xlsxwriter.exceptions import FileCreateError, FileSizeError

from etl.errors import ExportError
from etl.export import sheet_cells, workbook
from etl.export.relations import choose
from tests.export.conftest import BREAKS_XML, LONG, LOOKS_LIKE_A_NUMBER, RUNS


def cells(book):
    return (cell for sheet in book for row in sheet.iter_rows() for cell in row)


def column(sheet, head):
    index = [cell.value for cell in sheet[1]].index(head)
    return [row[index] for row in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize("zh", [False, True])
def test_a_sheet_for_each_table_and_view(exported, opened, sample, zh):
    book = opened(exported("xlsx", zh=zh))
    relations = choose(everything=True, zh=zh)
    names = [relation.title if zh else relation.name for relation in relations]
    assert book.sheetnames == [("说明" if zh else "about"), *names, ("字典" if zh else "dictionary")]
    with sample.read() as reader:
        for name, relation in zip(names, relations, strict=True):
            sheet = book[name]
            assert tuple(cell.value for cell in sheet[1]) == relation.heads
            rows = reader.query(relation.count_sql)[1][0][0]
            assert sheet.max_row == rows + 1
            assert sheet.freeze_panes == "A2"
            assert sheet.auto_filter.ref == f"A1:{get_column_letter(len(relation.heads))}{rows + 1}"
            assert all(cell.font.bold for cell in sheet[1])


def test_values_are_what_they_are(exported, opened, sample):
    sheet = opened(exported("xlsx"))["metrics"]
    with sample.read() as reader:
        rows = reader.rows(
            "FROM reporting.metrics ORDER BY district, organization, report_year, report_id, char_start, metric_code, rule, metric_id"
        )
    for head in ("organization", "report_year", "unit", "period", "is_sample", "sentence", "source_url", "metric_id"):
        assert [cell.value for cell in column(sheet, head)] == [None if row[head] == "" else row[head] for row in rows]
    values = column(sheet, "value")
    assert [cell.value for cell in values] == [float(row["value"]) for row in rows]
    assert {cell.number_format for cell in values} == {"#,##0", "#,##0.0#####"}
    assert all((cell.number_format == "#,##0") == (cell.value == int(cell.value)) for cell in values)
    ends = column(sheet, "period_end")
    assert [cell.value.date() if cell.value else None for cell in ends] == [row["period_end"] for row in rows]
    assert {cell.number_format for cell in ends if cell.value} == {"yyyy-mm-dd"}


def test_times_are_those_of_shanghai(exported, opened, sample):
    sheet = opened(exported("xlsx"))["dim_report"]
    with sample.read() as reader:
        seen = reader.query("SELECT first_seen_at FROM main.dim_report ORDER BY report_id")[1]
    shown = dict(
        zip((cell.value for cell in column(sheet, "report_id")), (cell.value for cell in column(sheet, "first_seen_at")), strict=True)
    )
    for (moment,), report_id in zip(seen, sorted(shown), strict=True):
        assert isinstance(shown[report_id], datetime)
        assert abs((shown[report_id] - moment.replace(tzinfo=None)).total_seconds()) < 1  # the reader's times are in Shanghai's zone


def test_the_dictionary_explains_every_column(exported, opened):
    book = opened(exported("xlsx", zh=True))
    rows = {(row[0], row[1]): row[2:] for row in book["字典"].iter_rows(min_row=2, values_only=True)}
    for sheet in book.sheetnames[1:-1]:
        for cell in book[sheet][1]:
            assert rows[sheet, cell.value][0] == cell.value
            assert all(rows[sheet, cell.value][4:])
        assert all(rows[sheet, None][3:])


def test_the_first_sheet_says_what_it_is(exported, opened, sample):
    about = {row[0]: row[1] for row in opened(exported("xlsx"))["about"].iter_rows(values_only=True)}
    current = sample.versions()[0]
    assert (about["run"], about["version"]) == (current.run_id, current.name)
    assert abs((about["published at"] - datetime.now()).days) <= 1  # noqa: DTZ005
    assert about["metrics"] == 1020
    assert about["NOTICE"]


def test_no_cell_is_a_formula(exported, export_views, opened, hostile):
    warehouse, labels = hostile
    for book in (opened(exported("xlsx")), opened(export_views(warehouse, "xlsx"))):
        assert not [cell.coordinate for cell in cells(book) if cell.data_type == "f"]
    shown = {unescape(cell.value): cell for cell in column(book["metrics"], "label")}
    for text in RUNS + LOOKS_LIKE_A_NUMBER:
        assert shown[text].data_type == "s"
    assert shown["=1+1"].quotePrefix
    assert not shown["0012"].quotePrefix
    assert len(shown) == len(labels)


def test_texts_that_break_sheets_are_kept(export_views, opened, hostile):
    shown = [unescape(cell.value) for cell in column(opened(export_views(hostile[0], "xlsx", "metrics"))["metrics"], "label")]
    for text in BREAKS_XML:
        assert text in shown or f"{text} " in shown


def test_long_texts_are_cut_with_a_mark_and_counted(export_views, opened, hostile):
    book = opened(export_views(hostile[0], "xlsx", "metrics"))
    (text,) = [cell.value for cell in column(book["metrics"], "label") if cell.value and cell.value.startswith("法治😀法治")]
    assert len(text.encode("utf-16-le")) // 2 <= 32_767
    assert text.endswith("…[已截断 cut]")
    assert LONG.startswith(text.removesuffix("…[已截断 cut]"))
    about = {row[0]: row[1] for row in book["about"].iter_rows(values_only=True)}
    assert about["long texts"].startswith("1 text ")


def test_a_number_with_more_digits_than_excel_keeps_is_a_text(export_views, opened, hostile):
    first = column(opened(export_views(hostile[0], "xlsx", "metrics"))["metrics"], "value")[0]
    assert (first.value, first.data_type) == ("12345678901234.123456", "s")


def test_addresses_are_links_as_long_as_excel_takes_them(exported, export_views, opened, sample, monkeypatch):
    links = column(opened(exported("xlsx"))["metrics"], "source_url")
    assert all(cell.hyperlink and cell.hyperlink.target == cell.value for cell in links)
    monkeypatch.setattr(workbook, "MOST_LINKS", 1000)
    plain = column(opened(export_views(sample, "xlsx", "metrics"))["metrics"], "source_url")
    assert [cell.value for cell in plain] == [cell.value for cell in links]
    assert not any(cell.hyperlink for cell in plain)


def test_more_rows_than_a_sheet_has_are_refused(export_views, sample, monkeypatch, tmp_path):
    monkeypatch.setattr(workbook, "MOST_ROWS", 1000)
    with pytest.raises(ExportError, match=r"^metrics has 1,020 rows, a sheet holds 999: use --format csv or --format parquet$"):
        export_views(sample, "xlsx", "metrics")
    assert not list(tmp_path.iterdir())
    assert sheet_cells.MOST_ROWS == 2**20


@pytest.mark.parametrize(
    ("fault", "said"), [(FileSizeError("ZIP64"), "too large for Excel: use"), (FileCreateError("disk full"), "cannot write")]
)
def test_a_workbook_that_cannot_be_closed_is_one_line(export_views, sample, monkeypatch, tmp_path, fault, said):
    def close(self):
        raise fault

    monkeypatch.setattr(xlsxwriter.Workbook, "close", close)
    with pytest.raises(ExportError, match=said):
        export_views(sample, "xlsx", "coverage")
    assert not list(tmp_path.iterdir())


def test_days_before_excels_calendar_are_texts(opened, tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "reports.xlsx"))
    sheet = book.add_worksheet()
    for row, day in enumerate((date(1899, 12, 31), date(1900, 2, 28), date(1900, 3, 1), date(1949, 10, 1))):
        sheet_cells.Cells(book).write(sheet, row, 0, day)
    book.close()
    shown = [row[0] for row in opened(tmp_path).active.iter_rows(values_only=True)]
    assert shown == ["1899-12-31", "1900-02-28", datetime(1900, 3, 1), datetime(1949, 10, 1)]  # noqa: DTZ001
