"""The schema of the warehouse, read from `schema.toml`, and everything that is derived from it.

In: the TOML definition of each table and column. Out: `TABLES`, DDL with comments, Parquet schemas. `warehouse/schema.sql` is
the generated DDL, checked in so that a reviewer sees a change; a test holds both together.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

import pyarrow as pa

_SQL_TYPES = {
    "id": "VARCHAR",
    "text": "VARCHAR",
    "int": "INTEGER",
    "bool": "BOOLEAN",
    "decimal": "DECIMAL(20, 6)",
    "date": "DATE",
    "timestamp": "TIMESTAMPTZ",
}
_ARROW_TYPES = {
    "id": pa.string(),
    "text": pa.string(),
    "int": pa.int32(),
    "bool": pa.bool_(),
    "decimal": pa.decimal128(20, 6),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us", tz="UTC"),
}


@dataclass(frozen=True)
class Column:
    """One column: `type` is a key of the schema file, `references` is "table.column" or null."""

    name: str
    type: str
    zh: str
    en: str
    key: bool = False
    null: bool = False
    unit: str | None = None
    references: str | None = None

    @property
    def comment(self) -> str:
        unit = f" [{self.unit}]" if self.unit else ""
        return f"{self.zh}{unit} | {self.en}"

    def to_sql(self) -> str:
        return f'"{self.name}" {_SQL_TYPES[self.type]}{"" if self.null else " NOT NULL"}'

    def to_arrow(self) -> pa.Field:
        return pa.field(self.name, _ARROW_TYPES[self.type], nullable=self.null)


@dataclass(frozen=True)
class Table:
    """One table: `layer` is dimension, fact or ops."""

    name: str
    layer: str
    zh: str
    en: str
    grain: str
    columns: tuple[Column, ...]

    @property
    def comment(self) -> str:
        return f"{self.zh} | {self.en}. Grain: {self.grain}."

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the columns that identify a row: the grain."""
        return tuple(column.name for column in self.columns if column.key)

    @cached_property
    def arrow(self) -> pa.Schema:
        return pa.schema([column.to_arrow() for column in self.columns])

    def to_sql(self) -> str:
        """CREATE TABLE and COMMENT statements, each ended by a semicolon."""
        lines = [column.to_sql() for column in self.columns]
        lines.append(f"PRIMARY KEY ({', '.join(self.key)})")
        body = ",\n    ".join(lines)
        comments = [f"COMMENT ON TABLE {self.name} IS {_quoted(self.comment)};"]
        comments += [f'COMMENT ON COLUMN {self.name}."{c.name}" IS {_quoted(c.comment)};' for c in self.columns]
        return f"CREATE TABLE {self.name} (\n    {body}\n);\n" + "\n".join(comments) + "\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _load() -> dict[str, Table]:
    raw = tomllib.loads(files("etl").joinpath("schema.toml").read_text(encoding="utf-8"))
    return {
        name: Table(name=name, columns=tuple(Column(**column) for column in table.pop("columns")), **table) for name, table in raw.items()
    }


TABLES: dict[str, Table] = _load()
"""All tables of schema `main`, by name, in the order in which they can be built."""

REPORT_TABLES = (
    *("dim_report", "dim_section", "fact_measure", "fact_metric", "fact_citation", "fact_numeral"),
    *("fact_arithmetic", "fact_correction", "fact_finding"),
)
"""Tables whose rows belong to one revision of a report; they travel between the stages as Parquet, one file a batch."""


def ddl() -> str:
    """The DDL of all tables, as checked in at warehouse/schema.sql."""
    head = "-- Generated from etl/schema.toml by `make docs`; do not edit.\n\n"
    return head + "\n".join(table.to_sql() for table in TABLES.values())
