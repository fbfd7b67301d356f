"""The data dictionary, docs/data_dictionary.md: every table and view with its grain and every column, in Chinese and English.

`python -m etl.schema.dictionary` prints it; `make docs` writes it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from etl.schema import TABLES, VIEWS, Column, Table, View
from etl.schema.model import SQL_TYPES

_HEAD = """# 数据字典 Data dictionary

Generated from `etl/schema/tables.toml`, `etl/schema/views.toml` and the heads of `warehouse/views/*.sql` by `make docs`; do not edit.

The same words are in the warehouse itself: `SELECT table_name, comment FROM duckdb_tables()`, `… FROM duckdb_views()`,
`SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'metrics'`.

- 分析请用 `reporting` 中的视图:只含各报告的现行版本。Analysts use the views of `reporting`: they hold current revisions only.
- `main` 中的表含全部版本。The tables of `main` hold every revision; a fact belongs to one (`report_id`).
- 数值为 DECIMAL(20,6),以基本单位计;日期为 DATE;时间为 TIMESTAMPTZ。Values are decimals in the base unit, never floats.
- 字符位置从0起,终点不含:`body_text[char_start + 1 : char_end]` 即原文。Offsets count characters of `dim_report.body_text` from 0.
"""


def dictionary() -> str:
    """The whole page, as checked in at docs/data_dictionary.md."""
    return "\n".join([_HEAD, *_contents(), *map(_view, VIEWS.values()), *map(_table, TABLES.values())])


def _contents() -> Iterator[str]:
    yield "| 视图 view | 回答的问题 question |\n|---|---|"
    for view in VIEWS.values():
        yield f"| [{view.name}](#reporting{view.name}) | {view.question_zh} {view.question_en} |"
    yield "\n| 表 table | 内容 content |\n|---|---|"
    for table in TABLES.values():
        yield f"| [{table.name}](#main{table.name}) | {table.zh} {table.en} |"
    yield ""


def _view(view: View) -> str:
    lines = [
        f"## reporting.{view.name}\n",
        f"**{view.question_zh}** {view.question_en}\n",
        f"- 粒度 grain: {view.grain_zh} {view.grain_en}",
        f"- 注意 caveats: {view.caveats_zh} {view.caveats_en}\n",
    ]
    return "\n".join([*lines, _columns(view.columns)])


def _table(table: Table) -> str:
    key = ", ".join(f"`{name}`" for name in table.key)
    return f"## main.{table.name}\n\n**{table.zh}** {table.en}\n\n- grain: {table.grain}; key {key}\n\n" + _columns(table.columns)


def _columns(columns: Iterable[Column]) -> str:
    lines = ["| column | 中文名 | type | null | 说明 | explanation |", "|---|---|---|---|---|---|"]
    for column in columns:
        unit = f" [{column.unit}]" if column.unit else ""
        to = f" → `{column.references}`" if column.references else ""
        null = "yes" if column.null else ""
        cells = (f"`{column.name}`", column.name_zh, SQL_TYPES[column.type], null, f"{column.zh}{unit}", f"{column.en}{to}")
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(dictionary())
