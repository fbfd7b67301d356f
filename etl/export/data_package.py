"""datapackage.json (Data Package 1.0, https://specs.frictionlessdata.io): what the files of an export hold, for programs and catalogues."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from etl.export.origin import Origin, notice
from etl.export.relations import Relation
from etl.schema import Column

_TYPES = {
    "id": "string",
    "text": "string",
    "int": "integer",
    "bool": "boolean",
    "decimal": "number",
    "date": "date",
    "timestamp": "datetime",
}
_FORMATS = {
    "csv": {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"},
    "parquet": {"format": "parquet", "mediatype": "application/vnd.apache.parquet"},
}
_SHANGHAI = ZoneInfo("Asia/Shanghai")


def write_package(folder: Path, kind: str, relations: Sequence[Relation], rows: Mapping[str, int], origin: Origin) -> None:
    """Write datapackage.json and NOTICE beside the files of a kind, csv or parquet."""
    (folder / "NOTICE").write_text(notice(), encoding="utf-8")
    package = describe(folder, kind, relations, rows, origin)
    (folder / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def describe(folder: Path, kind: str, relations: Sequence[Relation], rows: Mapping[str, int], origin: Origin) -> dict[str, Any]:
    """The descriptor of a package whose files lie in `folder`."""
    published = origin.published_at.astimezone(_SHANGHAI)
    sources = [{"title": title} | ({"path": address} if address else {}) for title, address in origin.portals]
    return {
        "profile": "data-package",
        "name": "rule-of-law-reports",
        "title": "法治政府建设情况报告:举措与数字",
        "description": "Measures and figures of annual reports on building a law-based government, each with its words and its address. "
        f"Read from version {origin.version} (run {origin.run_id}), published {published:%Y-%m-%d %H:%M %z}. "
        "Texts that a spreadsheet would run as a formula begin with an apostrophe in CSV files.",
        "version": origin.run_id,
        "created": origin.made_at.isoformat(timespec="seconds"),
        "licenses": [{"name": "notspecified", "path": "NOTICE", "title": "Public documents of their publishers: see NOTICE"}],
        "sources": sources,
        "resources": [_resource(folder, kind, relation, relations, rows[relation.name]) for relation in relations],
    }


def _resource(folder: Path, kind: str, relation: Relation, relations: Sequence[Relation], rows: int) -> dict[str, Any]:
    path = f"{relation.name}.{kind}"
    schema: dict[str, Any] = {
        "fields": [_field(head, column) for head, column in zip(relation.heads, relation.columns, strict=True)],
        "missingValues": [""],
    }
    if relation.key:
        schema["primaryKey"] = list(relation.key)
    if references := _references(relation, relations):
        schema["foreignKeys"] = references
    dialect = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}
    return {
        "profile": "tabular-data-resource",
        "name": relation.name,
        "path": path,
        "title": relation.title,
        "description": f"{relation.of.zh} | {relation.of.en}",
        **_FORMATS[kind],
        **({"dialect": dialect} if kind == "csv" else {}),
        "bytes": (folder / path).stat().st_size,
        "rows": rows,
        "schema": schema,
    }


def _field(head: str, column: Column) -> dict[str, Any]:
    """A column; required only where an empty cell cannot be an empty text."""
    field: dict[str, Any] = {"name": head, "type": _TYPES[column.type], "title": column.name_zh, "description": column.comment}
    if column.type == "bool":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    if column.unit:
        field["unit"] = column.unit
    if not column.null and (column.key or column.type != "text"):
        field["constraints"] = {"required": True}
    return field


def _references(relation: Relation, relations: Sequence[Relation]) -> list[dict[str, Any]]:
    """Foreign keys to what is in the package too; "" is the resource itself."""
    there = {each.name: each for each in relations if each.schema == "main"}
    keys = []
    for head, column in zip(relation.heads, relation.columns, strict=True):
        table, _, target = (column.references or "").partition(".")
        if table in there and relation.schema == "main":
            resource = "" if table == relation.name else table
            keys.append({"fields": [head], "reference": {"resource": resource, "fields": [there[table].head(target)]}})
    return keys
