"""One workbook (XLSX) with a sheet about itself, one a table or view, and a dictionary; written row by row, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError, FileSizeError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from etl.errors import ExportError
from etl.export.cells import rows_of
from etl.export.origin import Origin, notice
from etl.export.relations import Relation
from etl.export.sheet_cells import MOST_LINKS, MOST_ROWS, Cells, shown_width
from etl.publish.reading import Reader

FILE = "reports.xlsx"

_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# rows wait on disk until the workbook is closed: beside it, since /tmp may be memory
_NARROWEST, _WIDEST = 8, 60
_ABOUT, _DICTIONARY = {True: "说明", False: "about"}, {True: "字典", False: "dictionary"}
_DICTIONARY_HEADS = {
    True: ("表", "列", "中文名", "类型", "单位", "说明", "英文说明"),
    False: ("table", "column", "中文名", "type", "unit", "说明", "explanation"),
}


class _Book:
    """The workbook, its formats, and whether names are Chinese."""

    def __init__(self, path: Path, *, zh: bool) -> None:
        self.zh = zh
        self.workbook = xlsxwriter.Workbook(str(path), _OPTIONS | {"tmpdir": str(path.parent)})
        self.cells = Cells(self.workbook)
        self.head = self.workbook.add_format({"bold": True, "bg_color": "#DDE6F0", "bottom": 1, "text_wrap": True, "valign": "top"})
        self.bold = self.workbook.add_format({"bold": True, "valign": "top"})
        self.wrapped = self.workbook.add_format({"text_wrap": True, "valign": "top"})

    def sheet(self, name: str, heads: Sequence[str] = ()) -> Worksheet:
        sheet = self.workbook.add_worksheet(name)
        for column, head in enumerate(heads):
            self.cells.write_text(sheet, 0, column, head, self.head)
        if heads:
            sheet.freeze_panes(1, 0)
        return sheet

    def name_of(self, relation: Relation) -> str:
        return relation.title if self.zh else relation.name


def check_sizes(counts: Mapping[str, int]) -> None:
    """Refuse, before anything is written, what no sheet can hold.

    Raises:
        ExportError: more rows than a sheet has.
    """
    for name, rows in counts.items():
        if rows >= MOST_ROWS:
            raise ExportError(f"{name} has {rows:,} rows, a sheet holds {MOST_ROWS - 1:,}: use --format csv or --format parquet")


def write_workbook(
    folder: Path, reader: Reader, relations: Sequence[Relation], counts: Mapping[str, int], origin: Origin, tell: Callable[[int], None]
) -> dict[str, int]:
    """Write reports.xlsx; rows by relation. `counts` are the rows to be expected, `tell` is told how many were written just now."""
    zh = any(relation.zh for relation in relations)
    book = _Book(folder / FILE, zh=zh)
    about = book.sheet(_ABOUT[zh])  # stands first, and is filled last: it says what was cut
    rows = {relation.name: _write_relation(book, reader, relation, counts[relation.name], tell) for relation in relations}
    _write_dictionary(book, relations)
    _write_about(book, about, relations, rows, origin)
    book.workbook.set_properties({"title": "法治政府建设情况报告", "comments": f"version {origin.version}, run {origin.run_id}"})
    try:
        book.workbook.close()
    except FileSizeError as error:
        # a sheet of 2 GiB before it is packed; at a container that holds more (ZIP64) Excel offers a repair
        raise ExportError(f"{FILE} would be too large for Excel: use --format csv or --format parquet, or fewer views") from error
    except FileCreateError as error:
        raise ExportError(f"cannot write {FILE}: {error}; check the free space") from error
    return rows


def _write_relation(book: _Book, reader: Reader, relation: Relation, expected: int, tell: Callable[[int], None]) -> int:
    sheet = book.sheet(book.name_of(relation), relation.heads)
    addresses = {index for index, column in enumerate(relation.columns) if column.name.endswith("url")}
    if expected * len(addresses) > MOST_LINKS:
        addresses = set()
    widths = [shown_width(head) for head in relation.heads]
    rows = 0
    for batch in reader.batches(relation.sql):
        for row in rows_of(batch):
            rows += 1
            for index, value in enumerate(row):
                book.cells.write(sheet, rows, index, value, as_link=index in addresses)
                if rows <= 200:
                    widths[index] = max(widths[index], shown_width(value))
        tell(len(batch))
    for index, width in enumerate(widths):
        sheet.set_column(index, index, min(max(width + 2, _NARROWEST), _WIDEST))
    sheet.autofilter(0, 0, rows, len(widths) - 1)
    return rows


def _write_dictionary(book: _Book, relations: Sequence[Relation]) -> None:
    heads = _DICTIONARY_HEADS[book.zh]
    sheet = book.sheet(_DICTIONARY[book.zh], heads)
    number = 0
    for relation in relations:
        lines: list[tuple[str, ...]] = [(book.name_of(relation), "", relation.title, "", "", relation.of.zh, relation.of.en)]
        for head, column in zip(relation.heads, relation.columns, strict=True):
            lines.append((book.name_of(relation), head, column.name_zh, column.type, column.unit or "", column.zh, column.en))
        for line_number, line in enumerate(lines):
            number += 1
            for index, text in enumerate(line):
                style: Format = book.bold if line_number == 0 and index < 3 else book.wrapped
                book.cells.write_text(sheet, number, index, text, style)
    for index, width in enumerate((18, 26, 20, 10, 8, 60, 60)):
        sheet.set_column(index, index, width)
    sheet.autofilter(0, 0, number, len(heads) - 1)


def _write_about(book: _Book, sheet: Worksheet, relations: Sequence[Relation], rows: Mapping[str, int], origin: Origin) -> None:
    def say(zh: str, en: str) -> str:
        return zh if book.zh else en

    lines: list[tuple[Any, ...]] = [
        (say("内容", "what"), say("法治政府建设情况报告的举措与数字", "measures and figures of 法治政府建设情况报告")),
        (say("导出时间", "made at"), origin.made_at),
        (say("版本", "version"), origin.version),
        (say("运行", "run"), origin.run_id),
        (say("发布时间", "published at"), origin.published_at),
        (say("时间", "times"), say("均为北京时间", "in Asia/Shanghai")),
        *((say("来源", "source"), " ".join(portal)) for portal in origin.portals),
        (
            say("过长的文字", "long texts"),
            say(
                f"{book.cells.cut}处文字超过单元格上限,已截断",
                f"{book.cells.cut} text{'' if book.cells.cut == 1 else 's'} cut at the end of a cell; csv and parquet hold them whole",
            ),
        ),
        (
            say("过长的数", "long numbers"),
            say("超过15位有效数字的数以文字保存", "numbers of more than 15 digits are kept as texts: Excel would round them"),
        ),
        (),
        (say("工作表", "sheet"), say("行数", "rows"), say("回答的问题与注意事项", "question and caveats")),
        *((book.name_of(each), rows[each.name], say(each.of.zh, each.of.en)) for each in relations),
        (),
        *((("NOTICE" if number == 0 else ""), line) for number, line in enumerate(notice().splitlines()) if line),
    ]
    for number, line in enumerate(lines):
        for index, value in enumerate(line):
            if isinstance(value, str):
                book.cells.write_text(sheet, number, index, value, (book.bold, None, book.wrapped)[index])
            else:
                book.cells.write(sheet, number, index, value)
    for index, width in enumerate((20, 44, 100)):
        sheet.set_column(index, index, width)
