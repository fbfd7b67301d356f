"""Columns, tables and views as they are defined, and the statements, Parquet schemas and comments that follow from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

SQL_TYPES = {
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
# 限定:准确、约、近 … -> 限定; 标题文字(不含序号) -> 标题文字
_REST_OF_COMMENT = re.compile(r"[:;,(：；，（].*")


@dataclass(frozen=True)
class Column:
    """One column: `type` is a key of the schema file, `references` is "table.column" or null.

    `report` names the column that says which report the row referred to belongs to, where it is not the row's own.
    """

    name: str
    type: str
    zh: str
    en: str
    key: bool = False
    null: bool = False
    unit: str | None = None
    references: str | None = None
    report: str = "report_id"

    @property
    def name_zh(self) -> str:
        """The Chinese name, for heads of sheets: what stands in the comment before the first colon, comma or bracket."""
        return _REST_OF_COMMENT.sub("", self.zh)

    @property
    def comment(self) -> str:
        unit = f" [{self.unit}]" if self.unit else ""
        return f"{self.zh}{unit} | {self.en}"

    def to_sql(self) -> str:
        return f'"{self.name}" {SQL_TYPES[self.type]}{"" if self.null else " NOT NULL"}'

    def to_arrow(self) -> pa.Field:
        return pa.field(self.name, _ARROW_TYPES[self.type], nullable=self.null)


@dataclass(frozen=True)
class Table:
    """One table of schema `main`: `layer` is dimension, fact, derived (from the others at publication) or ops."""

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

    def to_sql(self, *, keys: bool = True) -> str:
        """CREATE TABLE (without its primary key for a catalogue that declares none) and COMMENT statements, each ended by a semicolon."""
        lines = [column.to_sql() for column in self.columns]
        if keys:
            lines.append(f"PRIMARY KEY ({', '.join(self.key)})")
        body = ",\n    ".join(lines)
        return f"CREATE TABLE {self.name} (\n    {body}\n);\n" + _comments("TABLE", self.name, self.comment, self.columns)


@dataclass(frozen=True)
class View:
    """One view of schema `reporting`: the question that it answers, its grain and its caveats in both languages.

    `sql` is the one CREATE VIEW statement of its file.
    """

    name: str
    question_zh: str
    question_en: str
    grain_zh: str
    grain_en: str
    caveats_zh: str
    caveats_en: str
    sql: str
    columns: tuple[Column, ...]

    @property
    def zh(self) -> str:
        return f"{self.question_zh} 粒度:{self.grain_zh} 注意:{self.caveats_zh}"

    @property
    def en(self) -> str:
        return f"{self.question_en} Grain: {self.grain_en} Caveats: {self.caveats_en}"

    @property
    def comment(self) -> str:
        return f"{self.zh} | {self.en}"

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def to_sql(self, *, stored: bool = False) -> str:
        """CREATE VIEW and COMMENT statements, each ended by a semicolon; CREATE TABLE where the rows are stored."""
        kind = "TABLE" if stored else "VIEW"
        made = self.sql.replace("CREATE VIEW", f"CREATE {kind}", 1)
        return f"{made}\n{_comments(kind, f'reporting.{self.name}', self.comment, self.columns)}"


def _comments(kind: str, name: str, comment: str, columns: tuple[Column, ...]) -> str:
    """COMMENT statements, each ended by a semicolon; `kind` is TABLE or VIEW."""
    lines = [f"COMMENT ON {kind} {name} IS {_quoted(comment)};"]
    lines += [f'COMMENT ON COLUMN {name}."{column.name}" IS {_quoted(column.comment)};' for column in columns]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
