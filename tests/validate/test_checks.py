"""All checks together, on files as the facts stage leaves them: what passes, what is quarantined, what stops the night."""

import json
import shutil
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.errors import StageError, ValidationStop
from etl.schema import REPORT_TABLES, TABLES
from etl.validate import judge, run_checks, validate
from etl.validate.baseline import derived_rules
from etl.validate.checks import load_checked_suites


@pytest.fixture
def check(tmp_path, expectations_dir):
    """The verdict on facts."""
    return lambda facts: run_checks(facts.write(tmp_path), expectations_dir=expectations_dir)


def failed(verdict):
    return {row["rule"] for row in verdict.results if not row["success"]}


def result(verdict, rule):
    return next(row for row in verdict.results if row["rule"] == rule)


def test_sound_facts_pass_every_rule_and_every_rule_has_a_result(facts, check, expectations_dir):
    facts.add("report-b", batch="batch-001")
    verdict = check(facts)
    rules = [row["rule"] for row in verdict.results]
    written = {entry.rule for suite in load_checked_suites(expectations_dir).values() for entry in suite}
    assert failed(verdict) == set()
    assert sorted(rules) == sorted(written | derived_rules())
    assert (verdict.revisions, verdict.reports_left, verdict.warnings, verdict.quarantine) == (2, 2, 0, [])
    judge(verdict, max_quarantine_share=0, previous_reports=2)


def test_results_fit_the_ops_table_and_are_the_same_each_time(facts, check, tmp_path, expectations_dir):
    facts.rows("fact_metric")[0]["value"] = Decimal(-1)
    verdict = check(facts)
    again = run_checks(tmp_path / "run" / "facts", expectations_dir=expectations_dir)
    assert again == verdict
    rows = [{"run_id": "run", **row} for row in verdict.results]
    assert set(rows[0]) == set(TABLES["ops_validation"].column_names)
    assert len({(row["suite"], row["rule"]) for row in rows}) == len(rows)
    assert pa.Table.from_pylist(rows, schema=TABLES["ops_validation"].arrow).num_rows == len(rows)


def test_rules_look_at_every_row_of_every_batch(facts, check):
    facts.add("report-b", batch="batch-001")
    verdict = check(facts)
    assert result(verdict, "metric_value_not_negative")["evaluated"] == 6
    assert result(verdict, "metric_rate_within_hundred")["evaluated"] == 2
    # 2023 168 95 8 3 5, twice
    assert result(verdict, "numeral_accounting")["evaluated"] == 12
    assert result(verdict, "fact_metric_measure_id_exists")["evaluated"] == 6
    assert result(verdict, "report_has_measures")["evaluated"] == 2


def test_a_critical_row_sends_its_report_to_quarantine_and_no_other(facts, check):
    facts.add("report-b", batch="batch-001")
    bad = facts.rows("fact_metric", "report-b")[0]
    bad["value"] = Decimal("-168")
    verdict = check(facts)
    assert verdict.quarantined_reports == {"report-b"}
    assert verdict.reports_left == 1
    assert verdict.quarantine == [
        {
            "report_id": "report-b",
            "source_url": "http://portal/a.html",
            "title": "云河区司法局2023年度法治政府建设情况报告",
            "organization_id": "org-report-b",
            "report_year": 2023,
            "raw_sha256": "a" * 64,
            "rule": "metric_value_not_negative",
            "severity": "critical",
            "reason": verdict.quarantine[0]["reason"],
            "fact_id": bad["metric_id"],
            "quote": "168份",
        }
    ]
    assert verdict.quarantine[0]["reason"].startswith("数值不为负")
    assert verdict.quarantine[0]["reason"].endswith(": value=-168")
    row = result(verdict, "metric_value_not_negative")
    assert (row["success"], row["evaluated"], row["unexpected"]) == (False, 6, 1)
    assert "value=-168" in row["sample"]
    assert "168份" in row["sample"]


def test_a_warning_is_recorded_and_costs_no_report(facts, check):
    facts.rows("fact_metric")[1]["value"] = Decimal("120")
    verdict = check(facts)
    assert failed(verdict) == {"metric_rate_within_hundred"}
    assert (verdict.warnings, verdict.quarantine) == (1, [])
    judge(verdict, max_quarantine_share=0)


def test_broken_provenance_and_a_digit_without_account_name_their_rows(facts, check):
    facts.add("report-b").add("report-c")
    facts.rows("fact_metric", "report-a")[0]["quote"] = "186份"
    facts.tables["fact_numeral"].remove(facts.rows("fact_numeral", "report-b")[0])
    verdict = check(facts)
    found = {(row["report_id"], row["rule"], row["quote"]) for row in verdict.quarantine}
    assert ("report-a", "metric_span_is_quote", "186份") in found
    assert ("report-b", "numeral_accounting", "2023") in found
    assert verdict.quarantined_reports == {"report-a", "report-b"}
    misread = next(row for row in verdict.quarantine if row["rule"] == "metric_span_is_quote")
    assert "168份" in misread["reason"]


def test_a_key_used_twice_is_found_across_batches(facts, check):
    facts.add("report-b", batch="batch-001")
    facts.rows("fact_measure", "report-b")[0]["measure_id"] = facts.rows("fact_measure")[0]["measure_id"]
    verdict = check(facts)
    assert result(verdict, "fact_measure_key_unique")["unexpected"] == 2
    # its figures now lead to no measure of their report
    assert {"fact_measure_key_unique", "fact_metric_measure_id_exists"} <= failed(verdict)
    assert verdict.quarantined_reports == {"report-a", "report-b"}


def test_facts_of_no_report_stop_the_night(facts, check):
    stray = facts.rows("fact_citation")[0] | {"report_id": "nowhere", "citation_id": "c" * 16}
    facts.tables["fact_citation"].append(stray)
    verdict = check(facts)
    assert verdict.quarantined_reports == frozenset()
    with pytest.raises(ValidationStop, match="fact_citation_report_id_exists"):
        judge(verdict, max_quarantine_share=1)


def test_a_missing_column_stops_before_anything_else_is_asked(facts, tmp_path, expectations_dir):
    folder = facts.write(tmp_path)
    file = folder / "fact_metric" / "batch-000.parquet"
    table = pq.read_table(file)
    pq.write_table(table.drop_columns(["quote"]), file)
    verdict = run_checks(folder, expectations_dir=expectations_dir)
    assert failed(verdict) == {"fact_metric_columns"}
    assert len(verdict.results) == 2 * len(REPORT_TABLES)
    with pytest.raises(ValidationStop, match=r"fact_metric_columns.*quote"):
        judge(verdict, max_quarantine_share=1)


def test_a_value_that_became_a_float_stops_the_night(facts, tmp_path, expectations_dir):
    folder = facts.write(tmp_path)
    file = folder / "fact_metric" / "batch-000.parquet"
    table = pq.read_table(file)
    index = table.schema.get_field_index("value")
    pq.write_table(table.set_column(index, "value", table["value"].cast(pa.float64())), file)
    with pytest.raises(ValidationStop, match=r"fact_metric_types.*value is double"):
        validate(folder, expectations_dir=expectations_dir, max_quarantine_share=1)


def test_a_null_where_none_may_be_costs_the_report(facts, tmp_path, expectations_dir):
    facts.add("report-b")
    folder = facts.write(tmp_path)
    file = folder / "fact_metric" / "batch-000.parquet"
    rows = pq.read_table(file).to_pylist()
    rows[0]["sentence"] = None
    schema = pa.schema([field.with_nullable(True) for field in TABLES["fact_metric"].arrow])
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), file)
    verdict = run_checks(folder, expectations_dir=expectations_dir)
    assert "fact_metric_sentence_not_null" in failed(verdict)
    assert verdict.quarantined_reports == {"report-a"}


def test_empty_tables_stop_the_night(no_facts, check):
    verdict = check(no_facts)
    assert {"report_rows", "measure_rows", "metric_rows"} <= failed(verdict)
    with pytest.raises(ValidationStop, match="report_rows"):
        judge(verdict, max_quarantine_share=1)


def test_no_files_are_an_error_of_the_stage_before(tmp_path, expectations_dir):
    with pytest.raises(StageError, match="run the facts stage first"):
        run_checks(tmp_path / "facts", expectations_dir=expectations_dir)


def test_a_batch_without_one_of_its_tables_is_an_error(facts, tmp_path, expectations_dir):
    folder = facts.write(tmp_path)
    (folder / "fact_citation" / "batch-000.parquet").unlink()
    with pytest.raises(StageError, match=r"fact_citation/batch-000.parquet is missing"):
        run_checks(folder, expectations_dir=expectations_dir)


@pytest.mark.parametrize("severity", ["critical", "warning", "info"])
def test_an_expectation_that_cannot_be_evaluated_stops_whatever_its_severity(facts, tmp_path, expectations_dir, severity):
    suites = shutil.copytree(expectations_dir, tmp_path / "suites")
    file = suites / "fact_metric.json"
    suite = json.loads(file.read_text(encoding="utf-8"))
    entry = next(entry for entry in suite["expectations"] if entry["meta"]["rule"] == "metric_kind_known")
    entry["severity"] = severity
    entry["kwargs"]["row_condition"] = {"type": "nullity", "column": {"name": "no_such_column"}, "is_null": False}
    file.write_text(json.dumps(suite), encoding="utf-8")
    verdict = run_checks(facts.write(tmp_path), expectations_dir=suites)
    row = result(verdict, "metric_kind_known")
    assert (row["success"], row["evaluated"]) == (False, None)
    assert verdict.quarantine == []
    with pytest.raises(ValidationStop, match="metric_kind_known"):
        judge(verdict, max_quarantine_share=1)


def test_validate_judges_what_it_checked(facts, tmp_path, expectations_dir):
    folder = facts.write(tmp_path)
    assert validate(folder, expectations_dir=expectations_dir, max_quarantine_share=0).reports_left == 1
    with pytest.raises(ValidationStop, match="1 reports are left, 3 were published"):
        validate(folder, expectations_dir=expectations_dir, max_quarantine_share=0, previous_reports=3)
