"""One-sentence specs (tests/data/specs/*.jsonl): what a reader must find in a sentence, field by field.

A case is {text, part?, expected: [{quote, value, value_high?, unit, qualifier?, label?, kind?, period?, subject?}], note}; fields that a
case leaves out are not asked for. Values are in the base unit; labels are right when they overlap as the annotation guide asks.
"""

import json
from decimal import Decimal
from pathlib import Path

import gold_score
import pytest

from etl.parse import parse_text

SPECS = Path(__file__).resolve().parent.parent / "data/specs"
YEAR = 2023
HEADS = {
    "achievement": "一、主要举措和成效",
    "shortcoming": "一、存在的主要问题",
    "leadership": "一、履行推进法治建设第一责任人职责情况",
    "plan": "一、下一年度工作安排",
}
CASES = [
    (f"{path.stem}-{number}", json.loads(line))
    for path in sorted(SPECS.glob("*.jsonl"))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
]
OPTIONAL = ("kind", "period")


def read(case):
    """The metrics of the sentence, read below a title that names the year and a heading of the part."""
    front = f"甲区{YEAR}年法治政府建设情况报告\n{HEADS[case.get('part', 'achievement')]}\n"
    report = parse_text(f"{front}{case['text']}\n")
    return [metric for metric in report.metrics if metric.char_start >= len(front)]


def found(metric):
    return metric.quote, metric.value, metric.value_high, metric.unit, metric.qualifier


def wanted(figure):
    high = figure.get("value_high")
    return (
        figure["quote"],
        Decimal(figure["value"]),
        Decimal(high) if high is not None else None,
        figure["unit"],
        figure.get("qualifier", "exact"),
    )


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_sentence(case):
    metrics = read(case)
    assert [found(metric) for metric in metrics] == [wanted(figure) for figure in case["expected"]]
    for metric, figure in zip(metrics, case["expected"], strict=True):
        for field in OPTIONAL:
            if field in figure:
                assert (metric.quote, getattr(metric, field)) == (figure["quote"], figure[field])
        if "label" in figure:
            assert gold_score.dice(metric.label, figure["label"]) >= 0.6, (metric.label, figure["label"])
        if "subject" in figure:
            same = metric.subject == figure["subject"] or gold_score.dice(metric.subject, figure["subject"]) >= 0.6
            assert same, (metric.subject, figure["subject"])


def test_there_are_enough_cases_of_both_signs():
    assert len(CASES) >= 400
    assert sum(not case["expected"] for _, case in CASES) >= 100
    assert sum("label" in figure for _, case in CASES for figure in case["expected"]) >= 300
