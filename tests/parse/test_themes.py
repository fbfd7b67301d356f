"""Themes of measures: the vocabulary, the rules of scoring, and precision and coverage on hand-labelled measures.

tests/data/catalogue/measures.jsonl was labelled before the vocabulary was written: measures of annotated reports, and invented ones;
`accepted` lists the themes that a reader would accept, null where none is clear. What goes wrong with the measures of the reports
field-* is not looked at when the vocabulary is changed.
"""

import csv
import json
from pathlib import Path

import pytest

from etl.models import Measure, Section
from etl.parse import parse_text
from etl.parse.themes import codes, find_theme, with_themes

ROOT = Path(__file__).resolve().parents[2]
ROWS = [json.loads(line) for line in (ROOT / "tests/data/catalogue/measures.jsonl").read_text(encoding="utf-8").splitlines()]
THEMES = [row["theme_code"] for row in csv.DictReader((ROOT / "warehouse/catalogue/themes.csv").open(encoding="utf-8"))]
PRECISION, COVERAGE = 0.90, 0.80

SETS = {
    "all": ROWS,
    "held out": [row for row in ROWS if row["source"].startswith("field")],
    "invented": [row for row in ROWS if row["source"] == "invented"],
    "annotated reports": [row for row in ROWS if row["source"] != "invented"],
}


def theme(title, headings, text, part="achievement"):
    found = find_theme(title, headings, text, part)
    return found.code if found else None


def measure(text, section=0, title=None):
    return Measure(section, "achievement", None, title, text, 0, len(text))


def test_the_vocabulary_knows_exactly_the_themes_of_the_catalogue():
    assert sorted(codes()) == sorted(THEMES)


def test_the_expectation_lists_the_themes_of_the_catalogue():
    suite = json.loads((ROOT / "expectations/fact_measure.json").read_text(encoding="utf-8"))
    (rule,) = [entry for entry in suite["expectations"] if entry["meta"]["rule"] == "measure_theme_known"]
    assert rule["kwargs"]["value_set"] == THEMES


def test_the_labelled_set_is_large_and_uses_every_theme():
    assert len(ROWS) >= 120
    assert {accepted for row in ROWS for accepted in row["accepted"]} - {None} == set(THEMES)


@pytest.mark.parametrize("name", SETS)
def test_precision_and_coverage(name, record_property):
    given = [(theme(row["title"], row["headings"], row["text"], row["part"]), row["accepted"]) for row in SETS[name]]
    right = [code in accepted for code, accepted in given if code]
    clear = [code is not None for code, accepted in given if None not in accepted]
    precision, coverage = sum(right) / len(right), sum(clear) / len(clear)
    record_property("precision", round(precision, 3))
    record_property("coverage", round(coverage, 3))
    assert precision >= PRECISION
    assert coverage >= COVERAGE


def test_the_title_says_more_than_the_text():
    assert theme("深化政务公开", (), "深化政务公开。执法人员通过网站公开罚款和行政处罚信息。") == "disclosure"


def test_the_nearest_heading_says_more_than_the_one_above():
    assert theme(None, ("加强行政复议工作", "规范执法行为"), "全年无重大事项。") == "disputes"


def test_two_themes_alike_give_none():
    assert theme(None, (), "加强行政复议和政务公开工作。") is None


def test_nothing_said_gives_none():
    assert theme(None, (), "推动各项工作再上新台阶。") is None
    assert theme(None, (), "") is None


def test_a_weak_word_does_not_decide():
    assert theme(None, (), "加强监督。") is None


def test_a_word_counts_once_a_place():
    once = find_theme(None, (), "政务公开。", "achievement")
    often = find_theme(None, (), "政务公开，政务公开，政务公开；行政复议。", "achievement")
    assert once.code == "disclosure"
    assert often is None


def test_the_longer_word_is_read_first():
    assert theme(None, (), "组织执法培训。") == "enforcement"


def test_the_chapter_of_the_leaders_is_about_leadership():
    text = "全年会前学法10次。"
    assert theme(None, ("履行第一责任人职责情况",), text, "leadership") == "leadership"
    assert theme(None, (), text) == "publicity"
    assert find_theme(None, (), "勤勉尽责。", "leadership").words == "part:leadership"


def test_the_words_that_decided_are_kept_heaviest_first():
    found = find_theme("做好行政复议", (), "做好行政复议。依法调解纠纷。", "achievement")
    assert found.words == "行政复议 调解 纠纷"


def test_full_width_signs_are_read_alike():
    report = parse_text("甲区2023年法治政府建设报告\n一、主要举措\n推进“互联网＋监管”建设。")
    assert [m.theme_code for m in report.measures] == ["digital"]


def test_headings_are_those_above_the_measure():
    sections = (
        Section(1, "一", "主要举措", "achievement", 0, 4),
        Section(2, "(一)", "深化政务公开", "achievement", 5, 11),
        Section(1, "二", "存在的不足", "shortcoming", 12, 17),
    )
    themed = with_themes([measure("稳步推进。", 1), measure("稳步推进。", 2), measure("稳步推进。", None)], sections, "稳步推进。")
    assert [m.theme_code for m in themed] == ["disclosure", None, None]
    assert [m.theme_words for m in themed] == ["政务公开", None, None]


def test_themes_reach_the_report():
    report = parse_text("甲区2023年法治政府建设报告\n一、主要举措\n(一)规范行政执法\n全年办结行政处罚案件36件。")
    assert [(m.theme_code, m.theme_words.split()[0]) for m in report.measures] == [("enforcement", "行政执法")]
