"""Read the definitions: two TOML files beside this module, and the heads of the views' SQL files.

A view's file begins with a comment of six entries, in any order, each continued by indented lines, and holds one CREATE VIEW statement:

    -- 问题:     各机构报告里有哪些数字?
    -- Question: which figures do the reports state, and in
    --           which words?
    -- 粒度 / Grain, 注意 / Caveats likewise
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Any

from etl.schema.model import Column, Table, View
from etl.settings import PROJECT_DIR

VIEWS_DIR = PROJECT_DIR / "warehouse" / "views"

_ENTRIES = {
    "问题": "question_zh",
    "Question": "question_en",
    "粒度": "grain_zh",
    "Grain": "grain_en",
    "注意": "caveats_zh",
    "Caveats": "caveats_en",
}
# -- Question: which figures …
_ENTRY = re.compile(r"-- (?P<name>[^\s:]+):\s*(?P<text>.*)")


def read_tables() -> dict[str, Table]:
    """Tables by name, in the order of their file."""
    return {
        name: Table(name=name, columns=tuple(Column(**column) for column in table.pop("columns")), **table)
        for name, table in _definitions("tables.toml").items()
    }


def read_views(tables: dict[str, Table]) -> dict[str, View]:
    """Views by name, in the order of their file, which is the order in which they can be made.

    Raises:
        ValueError: a head lacks an entry, or a column is like none.
    """
    views: dict[str, View] = {}
    for name, view in _definitions("views.toml").items():
        text = (VIEWS_DIR / f"{name}.sql").read_text(encoding="utf-8")
        head, body = split_head(text)
        columns = tuple(_column(entry, tables, views) for entry in view["columns"])
        views[name] = View(name=name, columns=columns, sql=body, **_entries(head, name))
    return views


def split_head(text: str) -> tuple[list[str], str]:
    """The comment that an SQL file begins with, line by line, and the rest."""
    lines = text.splitlines()
    end = next((number for number, line in enumerate(lines) if not line.startswith("--")), len(lines))
    return lines[:end], "\n".join(lines[end:]).strip() + "\n"


def _entries(head: list[str], view: str) -> dict[str, str]:
    found: dict[str, str] = {}
    name = None
    for line in head:
        entry = _ENTRY.fullmatch(line)
        if entry and entry["name"] in _ENTRIES:
            name = _ENTRIES[entry["name"]]
            found[name] = entry["text"].strip()
        elif name is not None:
            more = line.removeprefix("--").strip()
            found[name] += more if name.endswith("_zh") else f" {more}"
    missing = [entry for entry, field in _ENTRIES.items() if not found.get(field)]
    if missing:
        raise ValueError(f"warehouse/views/{view}.sql: its head lacks {', '.join(missing)}")
    return found


def _column(entry: dict[str, Any], tables: dict[str, Table], views: dict[str, View]) -> Column:
    """A column of a view: `like` a column of a table or of a view above, with what differs, or on its own."""
    like = entry.pop("like", None)
    if like is None:
        return Column(**entry)
    of, _, name = like.partition(".")
    source = tables.get(of) or views.get(of)
    column = next((column for column in source.columns if column.name == name), None) if source else None
    if column is None:
        raise ValueError(f"views.toml: {entry.get('name', name)} is like {like}, which is no column")
    inherited = {"name": name, "type": column.type, "zh": column.zh, "en": column.en, "null": column.null, "unit": column.unit}
    return Column(**inherited | entry)


def _definitions(file: str) -> dict[str, Any]:
    return tomllib.loads(files("etl.schema").joinpath(file).read_text(encoding="utf-8"))
