"""Figures as a person writes them: 约 1,200 件, about 1,200 件; and changes with their sign."""

from __future__ import annotations

from decimal import Decimal

from etl.report.pages import Words
from etl.report.render import named, number


def qualifier_of(code: str) -> Words:
    """约, about; nothing for an exact figure."""
    return Words("", "") if code == "exact" else named("qualifier", code)


def shown(value: Decimal, unit: str, qualifier: str = "exact", high: Decimal | None = None) -> Words:
    """The figure with its unit and qualifier, in both languages; a range as 3–5 件. Units are those of the reports in both."""
    written = number(value) if high is None else f"{number(value)}–{number(high)}"
    written += unit if unit in ("%", "‰") else f" {unit}" if unit else ""
    words = qualifier_of(qualifier)
    return Words(f"{words.zh} {written}".strip(), f"{words.en} {written}".strip())


def signed(value: Decimal | float, unit: str = "") -> str:
    """+12.5% or −3: with the sign of arithmetic, which screen readers read."""
    size = -value if value < 0 else value
    return f"{'+' if value > 0 else '−' if value < 0 else '±'}{number(size)}{unit}"
