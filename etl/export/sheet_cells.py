"""Values as cells of a workbook: numbers, dates and addresses as such, and every text as a text, whatever it looks like."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from etl.export.cells import guarded, plain

MOST_ROWS = 1_048_576
"""Rows of a sheet, with its head (https://support.microsoft.com: Excel specifications and limits)."""
MOST_LINKS = 65_530
_MOST_IN_LINK = 2_079
_MOST_IN_CELL = 32_767  # UTF-16 units
_MOST_DIGITS = 15
_CUT = "…[已截断 cut]"
_FIRST_DAY = date(1900, 3, 1)  # Excel has a 29 February 1900, so days before it are wrong
_SHANGHAI = ZoneInfo("Asia/Shanghai")
# https://www.example.org/a.html, and nothing that a click would run
_ADDRESS = re.compile(r"https?://[^\s\"<>]+")


class Cells:
    """Writes values into sheets of one workbook. `cut` counts the texts that were too long for a cell."""

    def __init__(self, workbook: Workbook) -> None:
        self.cut = 0
        self._text = workbook.add_format({"valign": "top"})
        # Excel takes what is edited for typed anew: with the apostrophe of its own, =1+1 stays a text even then
        self._quoted = workbook.add_format({"valign": "top", "quote_prefix": True})
        self._link = workbook.add_format({"valign": "top", "font_color": "#0563C1", "underline": 1})
        self._whole = workbook.add_format({"valign": "top", "num_format": "#,##0"})
        self._plain = workbook.add_format({"valign": "top", "num_format": "0"})
        self._fraction = workbook.add_format({"valign": "top", "num_format": "#,##0.0#####"})
        self._date = workbook.add_format({"valign": "top", "num_format": "yyyy-mm-dd"})
        self._time = workbook.add_format({"valign": "top", "num_format": "yyyy-mm-dd hh:mm:ss"})

    def write(self, sheet: Worksheet, row: int, column: int, value: Any, *, as_link: bool = False) -> None:
        """One value; null leaves the cell empty."""
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value, self._text)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self._plain)
        elif isinstance(value, Decimal):
            self._write_decimal(sheet, row, column, value)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, column, value.astimezone(_SHANGHAI).replace(tzinfo=None), self._time)
        elif isinstance(value, date) and value >= _FIRST_DAY:
            sheet.write_datetime(row, column, value, self._date)
        elif as_link and len(value) <= _MOST_IN_LINK and _ADDRESS.fullmatch(value):
            sheet.write_url(row, column, value, self._link, value)
        else:
            self.write_text(sheet, row, column, str(value))

    def write_text(self, sheet: Worksheet, row: int, column: int, text: str, style: Format | None = None) -> None:
        """A text as it is, an empty one as an empty cell; one that is too long is cut and ends in a mark."""
        if not text:
            return
        if _length(text) > _MOST_IN_CELL:
            self.cut += 1
            text = _cut(text, _MOST_IN_CELL - len(_CUT)) + _CUT
        if text.startswith("<r>") and text.endswith("</r>"):
            text += " "  # the library takes it for its own mark-up, and would write it into the sheet as such
        sheet.write_string(row, column, text, style or (self._text if guarded(text) == text else self._quoted))

    def _write_decimal(self, sheet: Worksheet, row: int, column: int, value: Decimal) -> None:
        digits = plain(value)
        if sum(map(str.isdigit, digits)) > _MOST_DIGITS:
            self.write_text(sheet, row, column, digits)  # Excel keeps 15 digits of a number
        else:
            sheet.write_number(row, column, float(digits), self._fraction if "." in digits else self._whole)


def shown_width(value: Any) -> int:
    """How many columns of a terminal, and about so many of a sheet, a value takes: 2 for a Chinese character."""
    if isinstance(value, Decimal):
        return len(plain(value)) + len(plain(value)) // 3
    if isinstance(value, datetime):
        return 19
    first_line = str(value if value is not None else "").partition("\n")[0][:80]
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in first_line)


def _length(text: str) -> int:
    return len(text) if text.isascii() or len(text) * 2 <= _MOST_IN_CELL else len(text.encode("utf-16-le")) // 2


def _cut(text: str, units: int) -> str:
    """The beginning of a text, at most so many UTF-16 units."""
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", errors="ignore")
