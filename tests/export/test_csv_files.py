"""CSV and its datapackage.json, as other programs read them."""

import csv
import json

import pytest
from frictionless import Package

from etl.export.cells import csv_cell
from etl.export.relations import choose
from tests.export.conftest import RUNS


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_files_are_utf8_with_a_mark_and_rfc_4180(exported):
    for path in exported("csv").glob("*.csv"):
        raw = path.read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert not raw.startswith(b"\xef\xbb\xbf\xef\xbb\xbf")
        head, _, _ = raw.partition(b"\r\n")
        assert b"\n" not in head
        assert raw.endswith(b"\r\n")


@pytest.mark.parametrize("relation", choose(everything=True), ids=lambda relation: relation.name)
def test_rows_are_those_of_the_warehouse(exported, sample, relation):
    head, *rows = read(exported("csv") / f"{relation.name}.csv")
    with sample.read() as reader:
        columns, known = reader.query(relation.sql)
    assert head == columns
    assert sorted(rows) == sorted([str(csv_cell(value)) for value in row] for row in known)


@pytest.mark.parametrize("zh", [False, True])
def test_the_package_is_valid_with_all_its_data(exported, zh):
    report = Package(str(exported("csv", zh=zh) / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "note", "rowNumber", "fieldName"])[:5]
    assert report.stats["tasks"] == len(choose(everything=True))


def test_the_package_says_what_is_in_it(exported, sample):
    folder = exported("csv")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == sample.versions()[0].run_id
    assert {source["title"] for source in package["sources"]}
    assert (folder / package["licenses"][0]["path"]).read_text(encoding="utf-8").startswith("rule-of-law-reports")
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert resources["metrics"]["rows"] == len(read(folder / "metrics.csv")) - 1
    assert resources["metrics"]["bytes"] == (folder / "metrics.csv").stat().st_size
    fact = resources["fact_metric"]["schema"]
    assert fact["primaryKey"] == ["metric_id"]
    assert {"fields": ["report_id"], "reference": {"resource": "dim_report", "fields": ["report_id"]}} in fact["foreignKeys"]
    fields = {field["name"]: field for field in fact["fields"]}
    assert (fields["value"]["type"], fields["period_end"]["type"], fields["value"]["title"]) == ("number", "date", "数值")
    assert fields["metric_id"]["constraints"] == {"required": True}
    assert "constraints" not in fields["unit"], "a number without a unit has an empty text"


def test_a_part_of_the_tables_refers_to_no_other(sample, export_views):
    folder = export_views(sample, "csv", "metrics", "coverage")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["name"] for resource in package["resources"]] == ["metrics", "coverage"]
    assert Package(str(folder / "datapackage.json")).validate().valid


def test_hostile_texts_are_guarded_and_break_no_type(export_views, hostile):
    folder = export_views(hostile[0], "csv", "metrics")
    head, *rows = read(folder / "metrics.csv")
    labels = [row[head.index("label")] for row in rows]
    for text in RUNS:
        assert (f"'{text}" if not text.startswith(("{", "'")) else text) in labels
    assert {row[head.index("unit")] for row in rows} == {"'-件"}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert Package(str(folder / "datapackage.json")).validate().valid
