import csv
from pathlib import Path

import pytest

from etl.parse import parse_text
from etl.parse.catalogue import Place, codes, kinds_by_code, map_metric
from etl.parse.lexicon import load

ROOT = Path(__file__).resolve().parents[2]
METRICS = {row["metric_code"]: row for row in csv.DictReader((ROOT / "warehouse/catalogue/metrics.csv").open(encoding="utf-8"))}
THEMES = {row["theme_code"] for row in csv.DictReader((ROOT / "warehouse/catalogue/themes.csv").open(encoding="utf-8"))}


def coded(sentence, part="成效"):
    heading = {"成效": "一、成效", "计划": "一、下一步打算", "不足": "一、存在的不足"}[part]
    return [m.metric_code for m in parse_text(f"甲区2023年报告\n{heading}\n{sentence}").metrics]


def test_the_catalogue_is_whole():
    assert len(METRICS) >= 80
    assert {row["theme_code"] for row in METRICS.values()} <= THEMES


def test_patterns_name_metrics_of_the_catalogue_once_and_with_its_kind():
    assert len(codes()) == len(set(codes()))
    assert {code: METRICS[code]["kind"] for code in codes()} == kinds_by_code()


def test_the_unit_of_the_catalogue_is_among_the_units_of_the_pattern():
    wrong = [row["code"] for row in load("catalogue")["metric"] if METRICS[row["code"]]["unit"] not in row["units"].split()]
    assert wrong == []


@pytest.mark.parametrize(
    ("sentence", "code"),
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
def test_clear_cases(sentence, code):
    assert coded(sentence) == [code]


@pytest.mark.parametrize(
    "sentence",
    [
        "行政诉讼案件较上年减少12件。",  # a change
        "案件中，其中行政诉讼案件2件。",  # part of a total
        "成功协调化解行政诉讼案件的线索47条。",  # another unit
        "2021年发生行政诉讼案件216件。",  # another year
        "3月发生行政诉讼案件16件。",  # one month is not the year
        "近三年行政诉讼案件416件。",
        "原有规范性文件65件。",
        "成功调解纠纷507件。",  # not the cases received
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
    place = Place("achievement", sub=False, sentence="", later="")
    assert map_metric("罚没款", "元", "flow", "2023", place, 2023) == "penalty_amount"
    assert map_metric("罚没款", "元", "flow", "", place, None) is None
