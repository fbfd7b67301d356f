"""Values as they are written into files and shown to people: one place for numbers, times, and texts that would run as formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import msgspec
import pyarrow as pa

_RUNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet take a text for a formula; Excel in Chinese takes the wide ones too."""
_LEADING = "\t\r\n "
"""What some spreadsheets cut off before they look; a tab or carriage return alone is enough for others."""

_JSON = msgspec.json.Encoder(decimal_format="number", enc_hook=str)


def guarded(text: str) -> str:
    """A text that a spreadsheet shows and does not run: '=HYPERLINK(…) for =HYPERLINK(…), which a page may hold."""
    if text[:1] in {"\t", "\r", "\n"} or text.lstrip(_LEADING).startswith(_RUNS):
        return f"'{text}"
    return text


def plain(number: Decimal) -> str:
    """All digits without padding zeros or powers: 12000.000000 is 12000, 95.800000 is 95.8."""
    digits = format(number, "f")
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if digits == "-0" else digits


def csv_cell(value: Any) -> Any:
    """A value as a CSV file holds it: null empty, ISO dates and times with their zone, true and false, texts guarded."""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, Decimal):
        return plain(value)
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return guarded(str(value))


def json_line(columns: Sequence[str], row: Sequence[Any]) -> str:
    """A row as one JSON object: numbers with all their digits, times as ISO with their zone. Columns of one name keep the last."""
    return _JSON.encode({column: _exact(value) for column, value in zip(columns, row, strict=True)}).decode()


def _exact(value: Any) -> Any:
    if isinstance(value, Decimal):
        return Decimal(plain(value))
    return value


def rows_of(batch: pa.RecordBatch) -> Iterator[tuple[Any, ...]]:
    """The rows of a batch as Python values."""
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)
