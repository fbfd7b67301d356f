"""Tables for the terminal, as all verbs print them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from etl.export.cells import plain


def print_rows(console: Console, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """A table for the terminal; numbers to the right, no padding zeros, times in UTC as the machine's own, others in their zone."""
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for index, column in enumerate(columns):
        numeric = any(isinstance(row[index], int | float | Decimal) and not isinstance(row[index], bool) for row in rows)
        table.add_column(Text(column), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_to_text(value)) for value in row))
    console.print(table)


def _to_text(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return format(Decimal(plain(value)), ",f")
    if isinstance(value, datetime):
        return (value.astimezone() if value.tzinfo is UTC else value).isoformat(" ", "minutes")
    return str(value)
