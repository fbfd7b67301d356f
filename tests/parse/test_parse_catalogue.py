import csv
import re
from pathlib import Path

import pytest

from etl.models import KINDS
from etl.parse import parse_text
from etl.parse.catalogue import Place, kinds_by_code, map_metric, read_words, units_by_code
from etl.parse.lexicon import load
from etl.schema import TABLES

ROOT = Path(__file__).resolve().parents[2]
METRICS = {row["metric_code"]: row for row in csv.DictReader((ROOT / "warehouse/catalogue/metrics.csv").open(encoding="utf-8"))}
THEMES = [row["theme_code"] for row in csv.DictReader((ROOT / "warehouse/catalogue/themes.csv").open(encoding="utf-8"))]
HERE = Place("achievement", sub=False, sentence="", later="")


def coded(sentence, part="成效"):
    heading = {"成效": "一、成效", "计划": "一、下一步打算", "不足": "一、存在的不足"}[part]
    return [m.metric_code for m in parse_text(f"甲区2023年报告\n{heading}\n{sentence}").metrics]


def code(label, unit="件", kind="flow", period="2023", place=HERE, year=2023):
    mapped = map_metric(label, unit, kind, period, place, year)
    return mapped.code if mapped else None


@pytest.mark.parametrize("table", ["dim_metric", "dim_theme"])
def test_the_files_of_the_catalogue_have_the_columns_of_their_tables_all_filled(table):
    file = ROOT / f"warehouse/catalogue/{table.removeprefix('dim_')}s.csv"
    rows = list(csv.reader(file.open(encoding="utf-8")))
    assert tuple(rows[0]) == TABLES[table].column_names
    assert all(len(row) == len(rows[0]) and all(cell.strip() == cell != "" for cell in row) for row in rows)
    assert len({row[0] for row in rows}) == len(rows)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", row[0]) for row in rows[1:])


def test_metrics_have_a_theme_a_kind_and_an_aggregation_that_suits_it():
    assert len(METRICS) >= 150
    assert {row["theme_code"] for row in METRICS.values()} == set(THEMES)
    suits = {"flow": {"sum"}, "change": {"sum", "none"}, "rate": {"none"}, "level": {"last", "none"}}
    assert [code for code, row in METRICS.items() if row["aggregation"] not in suits[row["kind"]]] == []
    shares = {code for code, row in METRICS.items() if row["kind"] == "rate" or (row["aggregation"] == "none" and row["kind"] == "change")}
    assert {code for code, row in METRICS.items() if row["unit"] == "%"} == shares


def test_no_two_metrics_share_a_name():
    for column in ("name_zh", "name_en", "definition"):
        names = [row[column] for row in METRICS.values()]
        assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_metric_of_the_catalogue_has_patterns_and_no_pattern_is_of_another():
    assert set(kinds_by_code()) == set(METRICS)


def test_kind_and_unit_of_the_catalogue_are_among_those_of_the_patterns():
    for metric_code, row in METRICS.items():
        assert row["kind"] in kinds_by_code()[metric_code], metric_code
        assert row["unit"] in units_by_code()[metric_code], metric_code
        assert kinds_by_code()[metric_code] <= set(KINDS)


def test_every_word_is_used_and_conditions_have_known_names():
    named = set()
    for row in load("catalogue")["metric"]:
        assert set(row) <= {"code", "kinds", "units", "patterns", "sentence", "not", "later", "alone", "sub", "month"}
        for pattern in row["patterns"]:
            named |= set(re.split(r"[\s\[\]|]+", pattern)) - {""}
    assert set(load("catalogue")["words"]) - {"neutral"} == named


def test_a_label_is_read_as_words_in_any_order():
    assert read_words("受理行政复议申请") == {"受理", "复议", "申请"}
    assert read_words("全年行政复议申请 受理数") == {"受理", "复议", "申请"}
    assert read_words("") == frozenset()


def test_a_character_in_no_word_leaves_a_label_unread():
    assert read_words("涉渔行政复议申请") is None


@pytest.mark.parametrize(
    "label",
    ["受理行政复议申请", "行政复议申请受理数", "依法受理行政复议案件", "全年共受理的行政复议申请件数"],
)
def test_order_and_modifiers_do_not_matter(label):
    assert code(label) == "reconsideration_accepted"


def test_the_pattern_is_the_evidence_as_printed_in_the_vocabulary():
    mapped = map_metric("受理行政复议申请", "件", "flow", "2023", HERE, 2023)
    assert mapped.pattern == "受理 复议 [申请 案件]"
    assert any(mapped.pattern in row["patterns"] for row in load("catalogue")["metric"])


def test_the_pattern_reaches_the_parsed_metric():
    (metric,) = parse_text("甲区2023年报告\n一、成效\n受理行政复议申请152件。").metrics
    assert (metric.metric_code, metric.metric_pattern) == ("reconsideration_accepted", "受理 复议 [申请 案件]")
    (metric,) = parse_text("甲区2023年报告\n一、成效\n接待游客152人。").metrics
    assert (metric.metric_code, metric.metric_pattern) == (None, None)


@pytest.mark.parametrize(
    ("sentence", "metric_code"),
    [
        ("我区发生行政诉讼案件216件。", "litigation_cases"),
        ("行政机关负责人出庭应诉率达95.8%。", "head_appearance_rate"),
        ("区政府收到行政复议申请168件。", "reconsideration_received"),
        ("罚没款936.4万元。", "penalty_amount"),
        ("区司法局评查案卷240份。", "casefiles_reviewed"),
        ("承办人大代表建议176件。", "npc_suggestions"),
        ("办理区政协提案140件。", "cppcc_proposals"),
        ("调处矛盾纠纷4326件。", "mediation_cases"),
        ("人民调解成功率98.7%。", "mediation_success_rate"),
        ("聘请法律顾问31名。", "legal_advisers"),
        ("现有18件行政规范性文件。", "normative_docs_in_force"),
        ("“12345”热线工单办结6,215件。", "hotline_tickets"),
        ("办结行政处罚案件36件。", "penalty_cases"),
        ("办理法律援助案件736件。", "legal_aid_cases"),
    ],
)
def test_clear_cases(sentence, metric_code):
    assert coded(sentence) == [metric_code]


@pytest.mark.parametrize(
    "sentence",
    [
        "行政诉讼案件较上年减少12件。",  # a change
        "案件中，其中行政诉讼案件2件。",  # part of a total
        "成功协调化解行政诉讼案件的线索47条。",  # another unit
        "2021年发生行政诉讼案件216件。",  # another year
        "3月发生行政诉讼案件16件。",  # one month is not the year
        "近三年行政诉讼案件416件。",
        "行政处罚案卷180份。",
        "税务行政诉讼案件代理费3万元。",
    ],
)
def test_what_only_looks_alike_is_left_unmapped(sentence):
    assert coded(sentence) == [None]


@pytest.mark.parametrize("part", ["计划", "不足"])
def test_plans_and_shortcomings_are_never_mapped(part):
    assert coded("人民调解成功率98%以上。", part) == [None]


def test_without_a_year_nothing_is_mapped():
    assert code("罚没款", "元") == "penalty_amount"
    assert code("罚没款", "元", year=None) is None


@pytest.mark.parametrize(
    ("period", "metric_code"), [("2023-01/2023-12", "penalty_amount"), ("2023-08", None), ("2022", None), ("2019/2023", None)]
)
def test_a_flow_is_of_the_whole_year(period, metric_code):
    assert code("罚没款", "元", period=period) == metric_code


def test_a_part_of_a_total_is_mapped_only_where_the_metric_is_one():
    part = Place("achievement", sub=True, sentence="办结行政处罚案件，其中简易程序9件。", later="")
    assert code("简易程序案件", place=part) == "penalty_cases_summary"
    assert code("行政处罚案件", place=part) is None


def test_the_open_month_may_be_one_month():
    assert code("“政府开放月”活动场次", "场", period="2023-08") == "open_day_events"


def test_repealed_and_void_documents_are_counted_together_or_not_at_all():
    both = Place("achievement", sub=False, sentence="废止9件、宣布失效4件。", later="")
    assert code("废止规范性文件", place=both) is None
    assert code("废止和宣布失效规范性文件") == "normative_docs_repealed"


def test_a_long_clause_is_no_name():
    assert code("受理行政复议申请" + "的" * 60) is None
