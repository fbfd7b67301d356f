"""`etl sql`: answers in four formats, and nothing but answers."""

import csv
import io
import json
import os
import pty
import sys

import pytest

FIGURES = "SELECT organization_short, value, unit, period_end FROM reporting.metrics WHERE is_sample ORDER BY metric_id"


def rows_of(finished):
    assert finished.returncode == 0, finished.stderr
    return list(csv.reader(io.StringIO(finished.stdout, newline="")))


def one_line(finished):
    assert finished.returncode == 1
    assert finished.stderr.startswith("error: ")
    assert finished.stderr.count("\n") == 1
    return finished.stderr


def test_a_table_shows_a_hundred_rows_and_says_that_there_are_more(ask):
    finished = ask("sql", FIGURES)
    assert len(finished.stdout.splitlines()) == 101
    assert finished.stderr == "only the first 100 rows are shown, there are more: --limit 0 prints all\n"
    finished = ask("sql", "FROM range(100)")
    assert len(finished.stdout.splitlines()) == 101
    assert not finished.stderr


def test_a_limit_holds_for_every_format(ask):
    assert len(ask("sql", FIGURES, "--limit", "0").stdout.splitlines()) > 500
    finished = ask("sql", FIGURES, "--format", "csv", "--limit", "3")
    assert len(rows_of(finished)) == 4
    assert "--limit 0" in finished.stderr
    finished = ask("sql", FIGURES, "--format", "jsonl", "--limit", "3")
    assert len(finished.stdout.splitlines()) == 3


def test_csv_and_json_hold_the_same_rows(ask):
    head, *rows = rows_of(ask("sql", FIGURES, "--format", "csv"))
    records = json.loads(ask("sql", FIGURES, "--format", "json").stdout)
    lines = [json.loads(line) for line in ask("sql", FIGURES, "--format", "jsonl").stdout.splitlines()]
    assert len(rows) > 500
    assert lines == records
    assert list(records[0]) == head
    for row, record in zip(rows, records, strict=True):
        assert row[0] == record["organization_short"]
        assert float(row[1]) == record["value"]
        assert row[3] == (record["period_end"] or "")


VALUES = """SELECT 12000.000000::DECIMAL(20, 6) AS whole, 95.80::DECIMAL(20, 6) AS share, -0.5::DECIMAL(20, 6) AS below,
    0::DECIMAL(20, 6) AS zero,
    12345678901234.567891::DECIMAL(20, 6) AS long, DATE '2024-04-01' AS day, TIMESTAMPTZ '2024-03-31 16:00:00+00' AS moment,
    NULL AS nothing, true AS yes, sum(range) AS total, '文, "字"' AS words FROM range(3)"""


def test_values_in_csv(ask):
    _, row = rows_of(ask("sql", VALUES, "--format", "csv"))
    assert row == [
        *("12000", "95.8", "-0.5", "0", "12345678901234.567891", "2024-04-01"),
        *("2024-04-01T00:00:00+08:00", "", "true", "3", '文, "字"'),
    ]


def test_values_in_json_keep_every_digit(ask):
    finished = ask("sql", VALUES, "--format", "json")
    assert '"long":12345678901234.567891,' in finished.stdout
    [record] = json.loads(finished.stdout)
    assert record == {
        "whole": 12000, "share": 95.8, "below": -0.5, "zero": 0, "long": 12345678901234.567891, "day": "2024-04-01",
        "moment": "2024-04-01T00:00:00+08:00", "nothing": None, "yes": True, "total": 3, "words": '文, "字"',
    }  # fmt: skip


def test_values_in_a_table(ask):
    shown = ask("sql", VALUES).stdout.splitlines()[1].split()
    assert shown[:8] == ["12,000", "95.8", "-0.5", "0", "12,345,678,901,234.567891", "2024-04-01", "2024-04-01", "00:00+08:00"]
    assert shown[8:11] == ["–", "true", "3"]


def test_no_rows_are_no_error(ask):
    nothing = "SELECT value FROM reporting.metrics WHERE false"
    assert ask("sql", nothing, "--format", "csv").stdout == "value\r\n"
    assert ask("sql", nothing, "--format", "json").stdout == "[]\n"
    assert ask("sql", nothing, "--format", "jsonl").stdout == ""


def test_texts_that_a_spreadsheet_would_run_are_quoted_in_csv_alone(ask):
    texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1+1", "=cmd|' /C calc'!A0"]
    literals = ", ".join("'" + text.replace("'", "''") + "'" for text in texts)
    question = f"SELECT unnest([{literals}, '168份', '2-1']) AS words"
    _, *rows = rows_of(ask("sql", question, "--format", "csv"))
    assert [row[0] for row in rows] == [f"'{text}" for text in texts] + ["168份", "2-1"]
    assert [row["words"] for row in json.loads(ask("sql", question, "--format", "json").stdout)][: len(texts)] == texts


def test_a_statement_from_a_file_or_standard_input(ask, file):
    statement = "\ufeff-- 问题:有几份报告?\nSELECT count(*) AS reports\nFROM main.dim_report;\n"
    path = file("报告.sql", statement)
    for finished in (ask("sql", "--file", path), ask("sql", "-", stdin=statement), ask("sql", "--file", "-", stdin=statement)):
        assert finished.stdout.split() == ["reports", "16"]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("SELEC 1", 'Parser Error: syntax error at or near "SELEC"'),
        ("SELECT nothing FROM reporting.metrics", 'Binder Error: Referenced column "nothing" not found'),
        ("FROM reporting.nothing", "Catalog Error: Table with name nothing does not exist!"),
        ("SELECT CASE WHEN range > 90000 THEN 'x' ELSE '1' END::INTEGER FROM range(100000)", "Could not convert string 'x' to INT32"),
        ("", "no SQL statements: ask one at a time"),
        ("/* 只有注释 */", "no SQL statements: ask one at a time"),
        ("SELECT 1; SELECT 2", "2 SQL statements: ask one at a time"),
        ("SELECT ?", "Values were not provided"),
    ],
)
def test_wrong_sql_is_one_line_in_duckdbs_words(ask, statement, said):
    assert said in one_line(ask("sql", statement, "--format", "csv"))


def test_at_a_terminal_a_second_look_shows_where_it_is_wrong(sample_home):
    seen = b""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["ETL_HOME"] = str(sample_home)
        statement = "SELECT '文字',\n  nothing FROM reporting.metrics"
        os.execv(sys.executable, [sys.executable, "-m", "etl", "sql", statement])
    while chunk := read_chunk(terminal):
        seen += chunk
    os.waitpid(pid, 0)
    assert seen.decode().splitlines()[-2:] == ["LINE 2:   nothing FROM reporting.metrics", "          ^"]


def read_chunk(terminal):
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so when the other end is closed
        return b""


def test_what_is_no_question_is_refused(ask, tmp_path):
    for statement, said in (
        ("CREATE TABLE mine (i INTEGER)", "read-only"),
        ("DELETE FROM main.dim_report", "read-only"),
        ("ATTACH '{folder}/other.duckdb'", "Permission Error"),
        ("COPY (SELECT 1) TO '{folder}/out.csv'", "Permission Error"),
        ("SELECT * FROM read_text('/etc/passwd')", "Permission Error"),
        ("INSTALL httpfs", "Permission Error"),
    ):
        assert said in one_line(ask("sql", statement.format(folder=tmp_path)))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("arguments", [["SELECT 1", "--format", "xml"], [], ["SELECT 1", "--file", "a.sql"]])
def test_wrong_usage(ask, arguments):
    finished = ask("sql", *arguments)
    assert finished.returncode == 2
    assert "Traceback" not in finished.stderr


def test_a_file_that_cannot_be_read(ask, file, tmp_path):
    assert "No such file" in one_line(ask("sql", "--file", tmp_path / "none.sql"))
    assert "not UTF-8" in one_line(ask("sql", "--file", file("gb.sql", "SELECT '法治'".encode("gb18030"))))
