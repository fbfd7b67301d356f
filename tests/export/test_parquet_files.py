"""Parquet with types and explanations."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from frictionless import Package

from etl.export.relations import choose


@pytest.mark.parametrize("relation", choose(everything=True), ids=lambda relation: relation.name)
def test_rows_are_those_of_the_warehouse(exported, sample, relation):
    table = pq.read_table(exported("parquet") / f"{relation.name}.parquet")
    with sample.read() as reader:
        known = reader.batches(relation.sql).read_all()
    assert table.column_names == list(relation.heads)
    assert sorted(map(repr, table.cast(known.schema).to_pylist())) == sorted(map(repr, known.to_pylist()))


def test_columns_have_types_and_explanations(exported):
    schema = pq.read_schema(exported("parquet", zh=True) / "fact_metric.parquet")
    value = schema.field("数值")
    assert value.type == pa.decimal128(20, 6)
    assert value.metadata[b"name"].decode() == "value"
    assert value.metadata[b"comment_zh"].decode().startswith("数值")
    assert schema.field("时期末日").type == pa.date32()
    assert schema.metadata[b"name_zh"].decode().startswith("数字")


def test_the_package_describes_the_files(exported):
    folder = exported("parquet")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["path"] for resource in package["resources"]} == {path.name for path in folder.glob("*.parquet")}
    Package.from_descriptor(package)
