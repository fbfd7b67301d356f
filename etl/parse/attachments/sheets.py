"""An XLSX read: of each sheet its name and its rows, as they are printed.

In: bytes. Out: `Reading`, or `Unreadable`. Values of formulas are those that were stored with the file. A cell that is merged
into another one is left out, as in HTML; empty rows and columns too, and hidden sheets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from etl.parse.attachments.packed import open_packed, size_of
from etl.parse.attachments.reading import Reading, Unreadable, row_line

MOST_ROWS = 2_000
MOST_COLUMNS = 100
MOST_SHEETS = 50
_MOST_UNPACKED = 20_000_000
"""Bytes of sheets; openpyxl holds them fifty times as large."""
_SIGNIFICANT = 15
"""Digits that spreadsheets keep of a number."""
_UNNAMED = re.compile(r"Sheet ?\d*|工作表 ?\d*", re.IGNORECASE)
_DECIMALS = re.compile(r"\.(0+)")
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


def read_xlsx(raw: bytes) -> Reading:
    """The lines of an XLSX.

    Raises:
        Unreadable: encrypted, broken, or too large.
    """
    with open_packed(raw) as archive:
        size = size_of(archive, "xl/")
    if size > _MOST_UNPACKED:
        raise Unreadable("unsupported", f"the sheets are too large: {size:,} bytes, and {_MOST_UNPACKED:,} are read")
    try:
        book = load_workbook(BytesIO(raw), data_only=True)
    except (InvalidFileException, KeyError, ValueError, SyntaxError) as error:  # errors of syntax are those of the XML
        raise Unreadable("damaged", f"the file is no whole XLSX: {error!r}") from error
    lines: list[str] = []
    left_out = []
    for sheet in book.worksheets[:MOST_SHEETS]:
        if sheet.sheet_state != "visible":
            left_out.append(f"the hidden sheet {sheet.title}")
            continue
        if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
            left_out.append(f"what lies beyond {MOST_ROWS:,} rows and {MOST_COLUMNS} columns of {sheet.title}")
        rows = list(_rows(sheet))
        if rows and not _UNNAMED.fullmatch(sheet.title.strip()):
            lines.append(sheet.title.strip())
        lines += rows
    return Reading(lines, " and ".join(left_out))


def _rows(sheet: Any) -> Iterator[str]:
    merged = _merged(sheet)
    last_row, last_column = min(sheet.max_row, MOST_ROWS), min(sheet.max_column, MOST_COLUMNS)
    table: list[list[str | None]] = [
        [None if (cell.row, cell.column) in merged else printed(cell.value, cell.number_format) for cell in row]
        for row in sheet.iter_rows(max_row=last_row, max_col=last_column)
    ]
    used = [j for j in range(last_column) if any(row[j] for row in table)]
    for row in table:
        cells = [row[j] for j in used]
        if any(cells):
            yield row_line(cells)


def _merged(sheet: Any) -> set[tuple[int, int]]:
    """The cells that belong to the one at the top left of a merged range."""
    merged: set[tuple[int, int]] = set()
    room = MOST_ROWS * MOST_COLUMNS
    for box in sheet.merged_cells.ranges:
        rows, columns = range(box.min_row, min(box.max_row, MOST_ROWS) + 1), range(box.min_col, min(box.max_col, MOST_COLUMNS) + 1)
        room -= len(rows) * len(columns)
        if room < 0:
            break
        merged |= {(row, column) for row in rows for column in columns}
        merged.discard((box.min_row, box.min_col))
    return merged


def printed(value: object, number_format: str = "General") -> str:
    """A value as a spreadsheet prints it: 0.958 as 95.8%, a date without its midnight, 0.1 + 0.2 as 0.3."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        has_time = value.time() != time(0)
        return f"{value.year}年{value.month}月{value.day}日" + (f"{value:%H:%M}" if has_time else "")
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value)


def _number(value: int | float, number_format: str) -> str:
    shown = _QUOTED.sub("", number_format.split(";")[0])
    number = Decimal(f"{value:.{_SIGNIFICANT}g}")
    percent = "%" in shown
    if percent:
        number *= 100
    decimals = _DECIMALS.search(shown)
    if decimals or percent or shown in ("0", "#,##0"):
        number = number.quantize(Decimal(1).scaleb(-len(decimals[1]) if decimals else 0))
    text = f"{number:,f}" if "," in shown else f"{number:f}"
    if not decimals and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text + ("%" if percent else "")
