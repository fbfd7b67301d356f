"""Expectations that follow from the schema, so that nobody writes them down twice.

In: `etl.schema.TABLES`. Out: for each table its column set and types, no nulls where none may be, keys that identify a row, references
that lead to a row of the same report, or of the one that the row names. Domain rules are the hand-written suites; references to other
dimensions are checked when the warehouse is built.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pyarrow as pa

from etl.schema import REPORT_TABLES, TABLES, Column, Table
from etl.validate.suites import NO_VIOLATION, Expectation
from etl.validate.violations import Checked, Violation

if TYPE_CHECKING:
    import pandas as pd

NO_REPORT = ""
"""Stands for the report of a violation that belongs to none."""


def column_expectations(table: Table) -> tuple[Expectation, ...]:
    """The table has exactly the columns of the schema. Asked first: without it nothing else can be."""
    kwargs = {"column_set": list(table.column_names), "exact_match": True}
    notes = "列与定义一致 | The columns are those of the schema"
    types = _derived(table, "types", NO_VIOLATION, {"value": 0}, "列类型与定义一致 | The types are those of the schema")
    return (_derived(table, "columns", "expect_table_columns_to_match_set", kwargs, notes), types)


def null_expectations(table: Table) -> tuple[Expectation, ...]:
    """No nulls in columns that the schema declares without."""
    notes = "必填 | Must not be null"
    return tuple(
        _derived(table, f"{column.name}_not_null", "expect_column_values_to_not_be_null", {"column": column.name}, notes)
        for column in table.columns
        if not column.null
    )


def key_expectations(table: Table) -> tuple[Expectation, ...]:
    """The key identifies a row, over all batches, and references lead to a row of the right report."""
    key = _derived(table, "key_unique", NO_VIOLATION, {"value": 0}, "主键不重复 | The key identifies one row")
    notes = "引用的行存在且属所指报告 | The row referred to exists, in the report that it should be of"
    return key, *(_derived(table, f"{c.name}_exists", NO_VIOLATION, {"value": 0}, notes) for c in references(table))


def derived_rules() -> frozenset[str]:
    """All rule ids that are derived; a hand-written rule may not take one of them."""
    tables = [TABLES[name] for name in REPORT_TABLES]
    return frozenset(e.rule for t in tables for e in (*column_expectations(t), *null_expectations(t), *key_expectations(t)))


def references(table: Table) -> list[Column]:
    """Columns of the table that refer to tables which travel with the reports."""
    return [column for column in table.columns if column.references and column.references.split(".")[0] in REPORT_TABLES]


def narrow_columns(table: Table) -> list[str]:
    """Key, reports and references: what `check_keys` looks at."""
    return list(dict.fromkeys([*table.key, "report_id", *(name for column in references(table) for name in (column.name, column.report))]))


def check_types(table: Table, found: pa.Schema) -> Checked:
    """Columns whose type in a file is not the schema's. Missing ones are `column_expectations`' to name."""
    wrong = [
        Violation(NO_REPORT, field.name, None, f"{field.name} is {found.field(field.name).type}, not {field.type}")
        for field in table.arrow
        if field.name in found.names and found.field(field.name).type != field.type
    ]
    return Checked(len(table.columns), wrong)


def check_keys(table: Table, frames: Mapping[str, pd.DataFrame]) -> dict[str, Checked]:
    """Doubled keys and dangling references, by rule. `frames` holds `narrow_columns` of all report tables."""
    frame = frames[table.name]
    doubled = frame[frame.duplicated(list(table.key), keep=False)]
    found = {f"{table.name}_key_unique": Checked(len(frame), _rows(table, doubled, "this key is used by more than one row"))}
    for column in references(table):
        target, _, key = str(column.references).partition(".")
        filled = frame[frame[column.name].notna()]
        places = frames[target].set_index(list(dict.fromkeys([key, "report_id"]))).index
        index = filled.set_index(list(dict.fromkeys([column.name, column.report]))).index
        dangling = filled[~index.isin(places)]
        detail = f"{column.name} leads to no row of {target} in {'this' if column.report == 'report_id' else 'that'} report"
        found[f"{table.name}_{column.name}_exists"] = Checked(len(filled), _rows(table, dangling, detail))
    return found


def fact_key(table: Table) -> list[str]:
    """The part of the key that names a row inside its report; empty for the report itself."""
    return [name for name in table.key if name != "report_id"]


def _rows(table: Table, frame: pd.DataFrame, detail: str) -> list[Violation]:
    names = fact_key(table)
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [Violation(row["report_id"] or NO_REPORT, "/".join(str(row[n]) for n in names) or None, None, detail) for row in rows]


def _derived(table: Table, name: str, type_: str, kwargs: dict[str, object], notes: str) -> Expectation:
    return Expectation(table.name, f"{table.name}_{name}", type_, kwargs, "critical", notes)
