"""`etl search` as a person uses it, and a program."""

import json
import re

import pytest


def test_hits_stand_below_their_reports_newest_first(ask):
    finished = ask("search", "行政执法", "案卷")
    assert finished.returncode == 0, finished.stderr
    years = [int(year) for year in re.findall(r"^(\d{4})  .*报告", finished.stdout, re.MULTILINE)]
    assert len(years) > 2
    assert years == sorted(years, reverse=True)
    hits = [line for line in finished.stdout.splitlines() if line.startswith("  ")]
    for line in hits:
        assert "【行政执法】" in line
        assert "【案卷】" in line
    assert re.fullmatch(rf"{len(hits)} hits in {len(years)} reports\n", finished.stderr)
    assert len(re.findall(r"  https?://\S+$", finished.stdout, re.MULTILINE)) == len(years)
    assert "\x1b" not in finished.stdout


def test_a_limit_says_what_is_left_out(ask):
    finished = ask("search", "行政", "--limit", "2")
    assert len([line for line in finished.stdout.splitlines() if line.startswith("  ")]) == 2
    assert re.fullmatch(r"\d+ hits in \d+ reports, 2 shown: --limit 0 shows all\n", finished.stderr)


def test_filters_and_json(ask):
    finished = ask("search", "行政执法", "--year", "2023", "--body", "静安", "--part", "plan", "--format", "json")
    found = json.loads(finished.stdout)
    assert found["words"] == ["行政执法"]
    assert found["all_hits"] == len(found["hits"]) > 0
    for hit in found["hits"]:
        assert (hit["year"], hit["part"], hit["body"]) == (2023, "plan", "上海市静安区人民政府")
        assert {hit["text"][start:end] for start, end in hit["marks"]} == {"行政执法"}


def test_width_makes_no_difference(ask):
    wide, narrow = (json.loads(ask("search", word, "--format", "json", "--limit", "0").stdout) for word in ("２０２３年", "2023年"))
    assert wide["hits"] == narrow["hits"]
    assert narrow["all_hits"] > 0


def test_no_hit_is_no_error(ask):
    finished = ask("search", "没有这样的词")
    assert (finished.returncode, finished.stdout) == (0, "")
    assert finished.stderr.startswith("no hit for 没有这样的词: ")


@pytest.mark.parametrize("arguments", [[], [""], ["执法", "--part", "食堂"], ["执法", "--format", "xml"]])
def test_wrong_usage(ask, arguments):
    finished = ask("search", *arguments)
    assert finished.returncode == 2
    assert "Traceback" not in finished.stderr


def test_before_the_first_run(etl):
    finished = etl("search", "执法")
    assert finished.returncode == 1
    assert re.fullmatch(r"error: no warehouse at .*: run `make run` first\n", finished.stderr)
