"""DuckDB's messages, as they are told."""

from __future__ import annotations

QUIET = "SET enable_progress_bar = false"
"""For every connection: after two seconds DuckDB draws a bar on standard output, which carries the answer, also where that is a file."""


def one_line(error: Exception) -> str:
    """DuckDB's message up to the picture of the statement, on one line."""
    return " ".join(str(error).split("\n\nLINE")[0].split())


def picture(error: Exception) -> str:
    """The line of the statement with a caret below the word in question, as DuckDB draws it; empty where it draws none."""
    _, found, drawn = str(error).partition("\n\nLINE")
    return f"LINE{drawn}" if found else ""
