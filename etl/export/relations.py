"""What can be exported: the views of schema reporting and the tables of schema main, with the names of their columns in two languages."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from etl.errors import ExportError
from etl.schema import TABLES, VIEWS, Column, Table, View

_ORDER = ("district", "organization", "report_year", "ordinal", "started_at", "suite", "report_id", "char_start", "metric_code", "rule")


@dataclass(frozen=True)
class Relation:
    """A table or view, and how it is called in an export: `heads` are the names of its columns, in English or Chinese.

    `ordered` sorts its rows by body, year and place in the report, as far as it has them.
    """

    schema: str
    of: Table | View
    zh: bool
    ordered: bool = False

    @property
    def name(self) -> str:
        return self.of.name

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.of.columns

    @property
    def title(self) -> str:
        """Its Chinese name."""
        return _names()[self.schema].get(self.name, self.name)

    @property
    def heads(self) -> tuple[str, ...]:
        return tuple(column.name_zh if self.zh else column.name for column in self.columns)

    @property
    def key(self) -> tuple[str, ...]:
        """Heads of the columns that identify a row; none for a view."""
        return tuple(head for head, column in zip(self.heads, self.columns, strict=True) if column.key)

    @property
    def sql(self) -> str:
        columns = ", ".join(f'"{column.name}"' for column in self.columns)
        order = ", ".join(f'"{name}"' for name in self._order) if self.ordered else ""
        return f'SELECT {columns} FROM {self.schema}."{self.name}"{f" ORDER BY {order}" if order else ""}'

    @property
    def count_sql(self) -> str:
        return f'SELECT count(*) FROM {self.schema}."{self.name}"'

    @property
    def _order(self) -> list[str]:
        names = {column.name for column in self.columns}
        rest = [column.name for column in self.columns if column.key or (column.type == "id" and self.schema == "reporting")]
        return list(dict.fromkeys([name for name in _ORDER if name in names] + rest))

    def head(self, name: str) -> str:
        """The head of a column by its name."""
        return next(head for head, column in zip(self.heads, self.columns, strict=True) if column.name == name)


def choose(tables: Sequence[str] = (), views: Sequence[str] = (), *, everything: bool = False, zh: bool = False) -> list[Relation]:
    """The tables and views of these names, views first; without names the views, and all tables too on request.

    Raises:
        ExportError: there is no such table or view; the message names those that there are.
    """
    wanted_views = _known("view", views, VIEWS, "reporting")
    wanted_tables = _known("table", tables, TABLES, "main")
    if everything or not (views or tables):
        wanted_views = list(VIEWS)
    if everything:
        wanted_tables = list(TABLES)
    chosen = [Relation("reporting", VIEWS[name], zh) for name in wanted_views]
    return chosen + [Relation("main", TABLES[name], zh) for name in wanted_tables]


def _known(kind: str, names: Sequence[str], known: dict[str, Table] | dict[str, View], schema: str) -> list[str]:
    """The names without their schema, each once, in the order given."""
    short = list(dict.fromkeys(name.removeprefix(f"{schema}.") for name in names))
    for name in short:
        if name not in known:
            raise ExportError(f"there is no {kind} {name}: {', '.join(known)}")
    return short


@cache
def _names() -> dict[str, dict[str, str]]:
    names: dict[str, dict[str, str]] = tomllib.loads(files("etl.export").joinpath("names.toml").read_text(encoding="utf-8"))
    return names
