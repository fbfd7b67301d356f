"""What follows from the schema: nothing that it declares is left unchecked."""

import pandas as pd
import pyarrow as pa
import pytest

from etl.schema import REPORT_TABLES, TABLES
from etl.validate import baseline


def frames(facts):
    return {name: pd.DataFrame(rows, columns=TABLES[name].column_names) for name, rows in facts.tables.items()}


def keys(facts, table):
    return {rule: checked.violations for rule, checked in baseline.check_keys(TABLES[table], frames(facts)).items() if checked.violations}


@pytest.mark.parametrize("name", REPORT_TABLES)
def test_every_declaration_of_a_table_has_its_rule(name):
    table = TABLES[name]
    rules = {e.rule for e in (*baseline.column_expectations(table), *baseline.null_expectations(table), *baseline.key_expectations(table))}
    wanted = {f"{name}_columns", f"{name}_types", f"{name}_key_unique"}
    wanted |= {f"{name}_{column.name}_not_null" for column in table.columns if not column.null}
    wanted |= {f"{name}_{c.name}_exists" for c in table.columns if c.references and c.references.split(".")[0] in REPORT_TABLES}
    assert rules == wanted
    assert f"{name}_report_id_not_null" in rules
    assert rules <= baseline.derived_rules()


@pytest.mark.parametrize("name", REPORT_TABLES)
def test_sound_facts_break_no_key(facts, name):
    facts.add("report-b")
    assert keys(facts, name) == {}


def test_a_doubled_key_names_all_its_rows(facts):
    facts.tables["fact_numeral"].append(facts.rows("fact_numeral")[0] | {"quote": "again"})
    [violations] = keys(facts, "fact_numeral").values()
    start = str(facts.rows("fact_numeral")[0]["char_start"])
    assert [(v.report_id, v.key) for v in violations] == [("report-a", start)] * 2


@pytest.mark.parametrize(
    ("table", "column"),
    [("fact_metric", "measure_id"), ("fact_metric", "section_id"), ("fact_measure", "section_id"), ("dim_section", "parent_section_id")],
)
def test_a_reference_into_another_report_is_dangling(facts, table, column):
    facts.add("report-b")
    target, key = next(c.references for c in TABLES[table].columns if c.name == column).split(".")
    row = facts.rows(table, "report-b")[1]
    row[column] = facts.rows(target, "report-a")[0][key]
    found = keys(facts, table)
    assert list(found) == [f"{table}_{column}_exists"]
    [violation] = found[f"{table}_{column}_exists"]
    assert (violation.report_id, violation.key) == ("report-b", row[TABLES[table].key[0]])


def test_what_was_done_must_stand_in_the_report_that_the_row_names(facts):
    facts.add("report-b")
    planned, done = facts.rows("fact_measure")[3], facts.rows("fact_measure", "report-b")[0]
    row = {"follow_through_id": "1", "report_id": "report-a", "measure_id": planned["measure_id"], "done_report_id": "report-b"}
    nothing_found = row | {"follow_through_id": "2"}
    facts.tables["fact_follow_through"] = [row | {"done_measure_id": done["measure_id"]}, nothing_found]
    assert keys(facts, "fact_follow_through") == {}
    facts.tables["fact_follow_through"] = [row | {"done_measure_id": planned["measure_id"]}, nothing_found | {"done_report_id": "report-c"}]
    found = keys(facts, "fact_follow_through")
    assert list(found) == ["fact_follow_through_done_report_id_exists", "fact_follow_through_done_measure_id_exists"]
    assert [v.key for violations in found.values() for v in violations] == ["2", "1"]


def test_a_reference_may_be_null_where_the_schema_says_so(facts):
    for row in facts.rows("fact_metric"):
        row["measure_id"] = row["section_id"] = None
    assert keys(facts, "fact_metric") == {}


def test_types_are_compared_column_by_column():
    table = TABLES["fact_numeral"]
    assert baseline.check_types(table, table.arrow).violations == []
    found = pa.schema([field.with_type(pa.int64()) if field.name == "char_end" else field for field in table.arrow])
    [violation] = baseline.check_types(table, found).violations
    assert violation.detail == "char_end is int64, not int32"
