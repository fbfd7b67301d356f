"""Statements that a report's own figures should satisfy: cases as data (tests/data/specs_arithmetic), spans, findings."""

import json
from decimal import Decimal

import pytest

from etl.parse.arithmetic import find_statements, findings_of
from etl.parse.arithmetic.terms import printed_step
from etl.parse.folding import fold
from etl.parse.report import parse_report
from etl.settings import PROJECT_DIR

TITLE = "云河区2023年度法治政府建设情况报告"
FOLDER = PROJECT_DIR / "tests" / "data" / "specs_arithmetic"
CASES = [
    pytest.param(case, id=f"{path.stem}-{number}")
    for path in sorted(FOLDER.glob("*.jsonl"))
    for number, case in enumerate(map(json.loads, path.read_text(encoding="utf-8").splitlines()), start=1)
]


def statements(text):
    return find_statements(text, fold(text), parse_report(TITLE, text).metrics)


@pytest.mark.parametrize("case", CASES)
def test_what_a_text_states(case):
    found = [{"rule": s.rule, "expression": s.expression, "holds": s.holds} for s in statements(case["text"])]
    assert sorted(found, key=str) == sorted(case["expected"], key=str), case["note"]


def test_there_are_enough_cases_of_each_kind():
    cases = [param.values[0] for param in CASES]
    assert len(cases) >= 60
    assert sum(not case["expected"] for case in cases) >= len(cases) / 3
    assert sum(any(e["holds"] is False for e in case["expected"]) for case in cases) >= 15
    assert len({case["text"] for case in cases}) == len(cases)


def test_spans_and_metrics_are_those_of_the_terms():
    text = "审结147件,其中调解结案59件,占审结数的42.1%。"
    report = parse_report(TITLE, text)
    within, rate = report.arithmetic
    assert [report.metrics[i].quote for i in rate.metrics] == ["147件", "59件", "42.1%"]
    assert (rate.stated, rate.expected, rate.sentence, rate.other_sentence) == (Decimal("42.1"), Decimal("40.1"), text, None)
    for statement in (within, rate):
        assert text[statement.char_start : statement.char_end] == statement.quote


def test_a_breach_is_a_finding_with_both_sentences():
    first = "发布重大行政决策事项目录,涉及重大事项22项。"
    second = "11月,对重大行政决策事项进行调整,新增3项,调出1项,最终共计26项。"
    text = f"一是规范决策。{first}{second}"
    [finding] = parse_report(TITLE, text).findings
    assert finding.rule == "arithmetic_balance"
    assert all(words in finding.message for words in (first, second, "22 + 3 - 1 = 26", "it would be 24"))
    assert text[finding.char_start : finding.char_end] == finding.quote == "3项,调出1项,最终共计26项"


def test_what_holds_or_is_not_judged_is_no_finding():
    text = "审结147件,其中调解结案59件,占审结数的40.1%。诉讼案件94件,较上年减少12件。"
    found = statements(text)
    assert [s.holds for s in found] == [True, True, None]
    assert findings_of(found) == ()


def test_decimals_travel_as_strings():
    [statement] = parse_report(TITLE, "检查3420户次,同比下降18.6%。").to_json()["arithmetic"]
    assert (statement["stated"], statement["expected"], statement["holds"]) == ("18.6", None, None)


def test_a_table_and_the_body_are_compared():
    body = "一、主要举措和成效\n全年现场检查1,003户次。\n附件\n指标 单位 数量\n现场检查 户次 {}\n"
    for count, holds in (("1003", True), ("1030", False)):
        repeats = [s for s in statements(body.format(count)) if s.rule == "repeat"]
        assert [(s.expression, s.holds) for s in repeats] == [(f"1003 = {count}", holds)]


@pytest.mark.parametrize(
    ("quote", "unit", "step"),
    [
        *(("147件", "件", "0"), ("40.1%", "%", "0.1"), ("24%", "%", "1"), ("1.24万台", "台", "100"), ("1,286.5万元", "元", "1000")),
        *(("11.5个工作日", "个工作日", "0.1"), ("3百名", "名", "100"), ("1.05亿元", "元", "1000000")),
    ],
)
def test_the_last_printed_digit(quote, unit, step):
    assert printed_step(quote, unit) == Decimal(step)


@pytest.mark.parametrize("quote", ["三十五件", "1/4", "近百场"])
def test_numbers_without_printed_digits_bind_nobody(quote):
    assert printed_step(quote, "件") is None


def test_long_lists_and_repeated_sentences_take_linear_time_and_keep_their_place():
    sentence = "评查案卷300宗,优秀201宗、合格93宗、不合格6宗。"
    text = "一、成效\n" + sentence * 300
    report = parse_report(TITLE, text)
    assert len(report.arithmetic) == 300
    assert len({s.char_start for s in report.arithmetic}) == 300


def test_endless_lists_are_no_statements():
    assert statements("原有1项," + "新增1项," * 2000 + "调整后共2001项。") == ()
    assert statements("评查案卷90份,其中" + "、".join(["甲类1份"] * 90) + "。") == ()
