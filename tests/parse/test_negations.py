"""What is not done never reads as done: a label keeps the 未 or 没有 that its figure's words have, and none is made up."""

import re

import gold_score
import pytest
import spec_score

from etl.parse import parse_text

NOT = re.compile("未(?!成年|来)|没有|没能|不再")


def annotated():
    """(label read, label annotated, sentence) of every figure of the reports and specs whose place is read."""
    for paths in gold_score.CORPORA.values():
        for path in paths:
            gold = gold_score.load(path)
            for figure, metric in gold_score.pair(gold, parse_text(gold["text"]))[0]:
                if metric is not None:
                    yield metric.label, figure["label"], metric.sentence
    for case in spec_score.cases():
        for figure, metric in spec_score.pairs(case, "label"):
            yield metric.label, figure["label"], case.text


def test_labels_agree_with_the_annotation_on_what_is_not_done():
    read = [(label, wanted, bool(NOT.search(label)), bool(NOT.search(wanted))) for label, wanted, said in annotated() if NOT.search(said)]
    assert sum(negated for *_, negated in read) > 30
    assert [(label, wanted) for label, wanted, got, negated in read if got != negated] == []


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("排查隐患50处，尚未整改12处。", "未整改隐患"),
        ("12名执法人员未通过考试。", "未通过考试的执法人员"),
        ("5个部门没有按时报送材料。", "未按时报送材料的部门"),
        ("11个县级部门没有公职律师。", "没有公职律师的县级部门"),
        ("有3个部门未开展案卷评查。", "未开展案卷评查的部门"),
        ("近两成牧户全年未接受过面对面宣讲。", "未接受过面对面宣讲的牧户占比"),
        ("未成年人保护案件3件。", "未成年人保护案件"),
        ("清理规范性文件31件，拟废止3件。", "拟废止规范性文件"),
    ],
)
def test_negations_by_way_of_saying_them(sentence, label):
    report = parse_text(f"甲区2023年法治政府建设情况报告\n一、主要举措和成效\n{sentence}\n")
    assert report.metrics[-1].label == label
