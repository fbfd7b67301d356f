"""DuckDB's messages, as they are told."""

from __future__ import annotations


def one_line(error: Exception) -> str:
    """DuckDB's message up to the picture of the statement, on one line."""
    return " ".join(str(error).split("\n\nLINE")[0].split())
