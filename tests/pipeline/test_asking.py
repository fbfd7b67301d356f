"""`etl sql` and `etl status` on a published warehouse."""

import csv
import io
import json

QUESTION = "SELECT label, value, unit FROM reporting.metrics WHERE quote = '逾1.2万人'"


def test_sql_answers_as_a_table_csv_or_json(first_night):
    status, table, _ = first_night.etl("sql", QUESTION)
    assert status == 0
    assert "12,000" in table
    rows = list(csv.DictReader(io.StringIO(first_night.etl("sql", QUESTION, "--format", "csv")[1])))
    assert [(float(row["value"]), row["unit"]) for row in rows] == [(12000.0, "人")]
    assert [row["value"] for row in json.loads(first_night.etl("sql", QUESTION, "--format", "json")[1])] == ["12000"]


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
