"""The schema of the warehouse, defined once, and everything that is derived from it.

In: `tables.toml`, `views.toml`, and the heads of warehouse/views/*.sql. Out: `TABLES`, `VIEWS`, DDL with comments, Parquet schemas, the
data dictionary. `warehouse/schema.sql` and `docs/data_dictionary.md` are generated, and checked in so that a reviewer sees a change;
tests hold them together.
"""

from __future__ import annotations

from etl.schema.model import Column, Table, View
from etl.schema.reading import read_tables, read_views

TABLES: dict[str, Table] = read_tables()
"""All tables of schema `main`, by name, in the order in which they can be built."""

VIEWS: dict[str, View] = read_views(TABLES)
"""All views of schema `reporting`, by name, in the order in which they can be built."""

REPORT_TABLES = (
    *("dim_report", "dim_section", "fact_measure", "fact_metric", "fact_citation", "fact_numeral"),
    *("fact_arithmetic", "fact_correction", "fact_finding", "fact_follow_through"),
)
"""Tables whose rows belong to one revision of a report; they travel between the stages as Parquet, one file a batch."""


def ddl(*, keys: bool = True) -> str:
    """The DDL of all tables: as checked in at warehouse/schema.sql, or without primary keys, as they are loaded."""
    head = "-- Generated from etl/schema/tables.toml by `make docs`; do not edit.\n\n"
    return head + "\n".join(table.to_sql(keys=keys) for table in TABLES.values())


__all__ = ["REPORT_TABLES", "TABLES", "VIEWS", "Column", "Table", "View", "ddl"]
