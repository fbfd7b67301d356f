"""An XLSX read: of each sheet its name and its rows, as they are printed.

In: bytes. Out: `Reading`, or `Unreadable`. Values of formulas are those that were stored with the file. A cell that is merged
into another one is left out, as in HTML; empty rows and columns too, and hidden sheets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from etl.parse.attachments.packed import open_packed, size_of
from etl.parse.attachments.reading import Reading, Unreadable, row_line

MOST_ROWS = 2_000
MOST_COLUMNS = 100
MOST_SHEETS = 50
_MOST_UNPACKED = 20_000_000
"""Bytes of sheets and of the strings in them, which are held."""
_SIGNIFICANT = 15
"""Digits that spreadsheets keep of a number."""
# <mergeCell ref="B1:C1"/>
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*?\bref=["'](?P<range>[A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})["']""")
_EXACT = Context(prec=100)
_UNNAMED = re.compile(r"Sheet ?\d*|工作表 ?\d*", re.IGNORECASE)
_DECIMALS = re.compile(r"\.(0+)")
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


def read_xlsx(raw: bytes) -> Reading:
    """The lines of an XLSX.

    Raises:
        Unreadable: encrypted, broken, or too large.
    """
    archive = open_packed(raw)
    size = size_of(archive, "xl/")
    if size > _MOST_UNPACKED:
        raise Unreadable("unsupported", f"the sheets are too large: {size:,} bytes, and {_MOST_UNPACKED:,} are read")
    try:
        # as a stream: otherwise a merged range of a million rows becomes as many cells
        book = load_workbook(BytesIO(raw), data_only=True, read_only=True)
    except (InvalidFileException, KeyError, ValueError, SyntaxError) as error:  # errors of syntax are those of the XML
        raise Unreadable("damaged", f"the file is no whole XLSX: {error!r}") from error
    lines: list[str] = []
    left_out = []
    for sheet in book.worksheets[:MOST_SHEETS]:
        if sheet.sheet_state != "visible":
            left_out.append(f"the hidden sheet {sheet.title}")
            continue
        if (sheet.max_row or 0) > MOST_ROWS or (sheet.max_column or 0) > MOST_COLUMNS:
            left_out.append(f"what lies beyond {MOST_ROWS:,} rows and {MOST_COLUMNS} columns of {sheet.title}")
        # a sheet read as a stream knows nothing of merged cells, only where it stands
        rows = list(_rows(sheet, _merged(archive.read(sheet._worksheet_path))))
        if rows and not _UNNAMED.fullmatch(sheet.title.strip()):
            lines.append(sheet.title.strip())
        lines += rows
    return Reading(lines, " and ".join(left_out))


def _rows(sheet: Any, merged: set[tuple[int, int]]) -> Iterator[str]:
    sheet.reset_dimensions()  # what a sheet says of its size may be wrong
    table: list[list[str | None]] = [
        [None if (row, column) in merged else printed(cell.value, cell.number_format) for column, cell in enumerate(cells, 1)]
        for row, cells in enumerate(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS), 1)
    ]
    used = [j for j in range(MOST_COLUMNS) if any(j < len(row) and row[j] for row in table)]
    for row in table:
        cells = [row[j] if j < len(row) else "" for j in used]
        if any(cells):
            yield row_line(cells)


def _merged(xml: bytes) -> set[tuple[int, int]]:
    """The cells (row, column) that belong to the one at the top left of a merged range."""
    merged: set[tuple[int, int]] = set()
    room = MOST_ROWS * MOST_COLUMNS
    for match in _MERGED.finditer(xml):
        try:
            left, top, right, bottom = range_boundaries(match["range"].decode("ascii"))
        except ValueError:
            continue
        rows, columns = range(top, min(bottom, MOST_ROWS) + 1), range(left, min(right, MOST_COLUMNS) + 1)
        room -= len(rows) * len(columns)
        if room < 0:
            break
        merged |= {(row, column) for row in rows for column in columns}
        merged.discard((top, left))
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
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{_SIGNIFICANT}g}")
    if not number.is_finite() or abs(number.adjusted()) > 2 * _SIGNIFICANT:
        return str(number)
    percent = "%" in shown
    if percent:
        number *= 100
    decimals = _DECIMALS.search(shown)
    if decimals or percent or shown in ("0", "#,##0"):
        number = number.quantize(Decimal(1).scaleb(-min(len(decimals[1]), _SIGNIFICANT) if decimals else 0), ROUND_HALF_UP, _EXACT)
    text = f"{number:,f}" if "," in shown else f"{number:f}"
    if not decimals and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text + ("%" if percent else "")
