"""`etl export` as a person uses it."""

import csv
import re

import openpyxl
import pytest


def test_a_workbook_in_chinese(ask, tmp_path):
    finished = ask("export", tmp_path / "导出", "--names", "zh")
    assert finished.returncode == 0, finished.stderr
    assert re.fullmatch(r".*导出: metrics, .* as xlsx; [\d,]+ rows, \d+\.\d MB; version reports-.*\.duckdb\n", finished.stdout)
    assert finished.stderr == ""
    book = openpyxl.load_workbook(tmp_path / "导出" / "reports.xlsx")
    assert {"说明", "数字", "举措", "字典"} <= set(book.sheetnames)
    assert [path.name for path in tmp_path.iterdir()] == ["导出"]


def test_one_view_and_one_table_as_csv(ask, tmp_path):
    finished = ask("export", tmp_path, "--format", "csv", "--view", "coverage", "--table", "dim_theme")
    assert finished.returncode == 0, finished.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"coverage.csv", "dim_theme.csv", "datapackage.json", "NOTICE"}
    with (tmp_path / "dim_theme.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file)) == ["theme_code", "name_zh", "name_en"]
    assert ask("export", tmp_path, "--format", "parquet", "--view", "coverage").returncode == 1
    assert ask("export", tmp_path, "--format", "parquet", "--view", "coverage", "--force").returncode == 0
    assert {path.suffix for path in tmp_path.iterdir()} == {".csv", ".parquet", ".json", ""}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--view", "nothing"], "there is no view nothing: metrics, measures, "),
        (["--table", "metrics"], "there is no table metrics: dim_organization, "),
    ],
)
def test_what_is_not_there(ask, tmp_path, arguments, said):
    finished = ask("export", tmp_path / "out", *arguments)
    assert finished.returncode == 1
    assert finished.stderr.startswith(f"error: {said}")
    assert finished.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_written_is_one_line(ask, file, tmp_path):
    own = file("own.txt", "mine")
    for place, said in ((own, "is a file"), (own / "below", "cannot write"), (tmp_path, "is not empty"), ("/proc/nowhere", "cannot write")):
        finished = ask("export", place, "--view", "coverage")
        assert finished.returncode == 1
        assert re.fullmatch(rf"error: .*{said}.*\n", finished.stderr)
    assert [path.name for path in tmp_path.iterdir()] == ["own.txt"]


def test_before_the_first_run(etl, tmp_path):
    finished = etl("export", tmp_path / "out")
    assert finished.returncode == 1
    assert re.fullmatch(r"error: no warehouse at .*: run `make run` first\n", finished.stderr)
    assert not (tmp_path / "out").exists()


def test_wrong_usage(ask, tmp_path):
    assert ask("export", tmp_path / "out", "--format", "xls").returncode == 2
    assert ask("export").returncode == 2
