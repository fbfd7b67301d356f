"""`etl sql` and `etl status` on a published warehouse."""

import csv
import io
import json

from etl.facts.corrections import load_corrections

QUESTION = "SELECT label, value, unit FROM reporting.metrics WHERE quote = '逾1.2万人'"


def test_sql_answers_as_a_table_csv_or_json(first_night):
    status, table, _ = first_night.etl("sql", QUESTION)
    assert status == 0
    assert "12,000" in table
    rows = list(csv.DictReader(io.StringIO(first_night.etl("sql", QUESTION, "--format", "csv")[1])))
    assert [(float(row["value"]), row["unit"]) for row in rows] == [(12000.0, "人")]
    assert [row["value"] for row in json.loads(first_night.etl("sql", QUESTION, "--format", "json")[1])] == [12000]


def test_a_wrong_question_is_refused_in_duckdbs_words(first_night):
    status, output, errors = first_night.etl("sql", "SELECT nothing FROM reporting.metrics")
    assert (status, output) == (1, "")
    assert errors.startswith("error: Binder Error")
    assert errors.count("\n") == 1


def test_sql_cannot_change_anything(first_night):
    status, _, errors = first_night.etl("sql", "DROP VIEW reporting.metrics")
    assert status == 1
    assert "read-only" in errors


def test_status_says_what_the_last_run_did(first_night):
    status, output, _ = first_night.etl("status")
    assert status == 0
    assert "last run   first  published" in output
    assert "16 reports" in output


def test_status_names_the_sums_that_do_not_hold(first_night):
    _, output, _ = first_night.etl("status", COLUMNS="200")
    assert "18 + 14 + 8 = 41" in output
    assert "have expired" not in output


def test_status_names_corrections_that_have_expired(night, monkeypatch, caplog):
    [known] = load_corrections()
    gone = known.model_copy(update={"name": "gone", "expect": "楼宇14场、其他9场", "figure": "9场"})
    elsewhere = known.model_copy(update={"name": "elsewhere", "report_year": 2019})
    monkeypatch.setattr("etl.pipeline.load_corrections", lambda: (gone, elsewhere))
    night.run("first")
    assert "correction gone has expired" in caplog.text
    assert "corrections of reports that this run does not have: elsewhere" in caplog.text
    _, output, _ = night.etl("status", COLUMNS="200")
    assert "corrections that have expired" in output
    assert "楼宇14场、其他9场" in output
    [(rule,)] = night.sql("SELECT rule FROM main.fact_finding WHERE rule LIKE 'correction%'")
    assert rule == "correction_expired"
