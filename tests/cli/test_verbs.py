"""The command line as people and programs use it, in processes of its own."""

import json
import re

import pytest

TITLE = "云河区司法局2023年度法治政府建设情况报告"
BODY = f"{TITLE}\n一、主要举措和成效\n(一)规范执法\n一是加强监督。2023年，评查行政执法案卷168份，优秀率95.8%。\n"
PAGE = """<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="云河区司法局2023年度法治政府建设情况报告">
<meta name="PubDate" content="2024-02-02 09:00"></head><body><div id="infoContentM"><p>一、主要举措和成效</p>
<p>一是加强监督。2023年，评查行政执法案卷<span>16</span><span>8</span>份，优秀率95.8%，法治政府建设取得新成效。</p></div></body></html>"""


CONTRACT = {
    "source",
    "title",
    "organization",
    "report_year",
    "text",
    "sections",
    "measures",
    "metrics",
    "citations",
    "numerals",
    "findings",
    "arithmetic",
}
METRIC = {
    "section", "measure", "metric_code", "label", "value", "value_high", "unit", "qualifier", "kind", "period", "subject", "quote",
    "sentence", "char_start", "char_end", "rule", "metric_pattern",
}  # fmt: skip


def test_parse_prints_one_object_a_line_in_the_order_given(etl, file):
    files = [file("b.txt", BODY), file("a.html", PAGE)]
    finished = etl("parse", *files)
    assert finished.returncode == 0, finished.stderr
    reports = [json.loads(line) for line in finished.stdout.splitlines()]
    assert [report["source"] for report in reports] == [str(path) for path in files]
    for report in reports:
        assert set(report) == CONTRACT
        assert report["organization"] == "云河区司法局"
        assert report["report_year"] == 2023
        assert {metric["quote"] for metric in report["metrics"]} == {"168份", "95.8%"}
        for metric in report["metrics"]:
            assert set(metric) == METRIC
            assert report["text"][metric["char_start"] : metric["char_end"]] == metric["quote"]
            assert float(metric["value"]) in {168, 95.8}


def test_a_txt_keeps_its_text_whole(etl, file):
    report = json.loads(etl("parse", file("a.txt", BODY)).stdout)
    assert report["text"] == BODY
    assert report["title"] == TITLE


def test_parse_goes_on_after_a_page_that_is_no_report(etl, file):
    menu = file(
        "menu.html", "<html><head><title>食堂菜单</title></head><body><div id='zoom'><p>今日供应红烧肉三份。</p></div></body></html>"
    )
    latin = file("latin.txt", "法治".encode("gb18030"))
    finished = etl("parse", menu, latin, file("a.txt", BODY))
    assert finished.returncode == 1
    assert len(finished.stdout.splitlines()) == 1
    for path, reason in ((menu, "not_a_report"), (latin, "not_utf8")):
        assert re.search(rf"^error: {re.escape(str(path))}: .*\({reason}\)$", finished.stderr, re.MULTILINE)
    assert "2 of 3 files" in finished.stderr


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", "", "empty_page"),
        ("empty.html", "", "empty_page"),
        ("latin.txt", "法治".encode("gb18030"), "not UTF-8"),
        ("table.xlsx", "x", "neither .html nor .txt"),
    ],
)
def test_files_that_cannot_be_read_are_named(etl, file, name, content, said):
    path = file(name, content)
    finished = etl("parse", path)
    assert finished.returncode == 1
    assert said in finished.stderr
    assert str(path) in finished.stderr
    assert "Traceback" not in finished.stderr


def test_help_lists_every_verb(etl):
    finished = etl("--help")
    for verb in ("run", "discover", "fetch", "parse", "rebuild", "validate", "publish", "status", "sql"):
        assert f" {verb} " in finished.stdout


def test_before_the_first_run_people_are_told_what_to_do(etl):
    for verb in (["sql", "SELECT 1"], ["status"], ["shell"]):
        finished = etl(*verb)
        assert finished.returncode == 1
        assert finished.stderr.startswith("error: no ")
        assert "make run" in finished.stderr
        assert finished.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "--format", "doc", "out"], "error: Invalid value for '--format': 'doc' is not one of 'xlsx', 'csv', 'parquet'; see "),
        (["nothing"], "error: No such command 'nothing'; see "),
        (["sql"], "error: Invalid value: give one of: the SQL statement, - for standard input, --file F; see "),
        (["search"], "error: Missing argument"),
    ],
)
def test_wrong_usage_is_one_line(etl, arguments, said):
    finished = etl(*arguments)
    assert finished.returncode == 2
    assert finished.stdout == ""
    assert finished.stderr.startswith(said)
    assert finished.stderr.count("\n") == 1
    assert finished.stderr.endswith(" --help\n")
