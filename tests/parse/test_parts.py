from pathlib import Path

import pytest

from etl.parse.folding import fold
from etl.parse.parts import PartStack, named_part, named_parts, paragraph_part


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("2023年推进法治政府建设的主要举措和成效", "achievement"),
        ("主要做法和成效", "achievement"),
        ("工作开展情况", "achievement"),
        ("存在的不足和原因", "shortcoming"),
        ("存在问题", "shortcoming"),
        ("问题", "shortcoming"),
        ("短板弱项", "shortcoming"),
        ("党政主要负责人履行推进法治建设第一责任人职责情况", "leadership"),
        ("2023年履行第一责任人职责,加强法治政府建设的有关情况", "leadership"),
        ("2024年推进法治政府建设的主要安排", "plan"),
        ("下一步打算", "plan"),
        ("2024年工作计划", "plan"),
        ("附表:2021年主要数据", "other"),
        ("加强行政执法", None),
    ],
)
def test_headings(heading, part):
    assert named_part(heading) == part


def test_a_merged_heading_names_two_in_order():
    assert named_parts("存在问题及2025年工作打算") == ("shortcoming", "plan")


@pytest.mark.parametrize(
    ("paragraph", "part"),
    [
        ("下一步,将继续努力。", "plan"),
        ("2024年,我镇将做好工作。", "plan"),
        ("今年要继续办好实事。", "plan"),
        ("镇党委、政府主要负责人切实履行职责。", "leadership"),
        ("总结一年来的工作,还存在一些问题和不足。", "shortcoming"),
        ("在看到成绩的同时,我们也要清醒。", "shortcoming"),
        ("在规范执法方面,开展检查430次。", None),
        ("2023年,办理案件3件。", None),
    ],
)
def test_paragraphs(paragraph, part):
    assert paragraph_part(paragraph, 2023) == part


@pytest.mark.parametrize(
    ("top", "lower", "part"),
    [
        ("主要举措和成效", "坚持问题导向,补齐短板", "achievement"),
        ("主要举措和成效", "压实第一责任人职责", "leadership"),
        ("存在问题及2025年工作打算", "2025年工作打算", "plan"),
        ("存在的不足", "执法力量薄弱", "shortcoming"),
        ("2024年工作安排", "压实第一责任人职责", "plan"),
        ("2024年重点", "加强学习", "plan"),
    ],
)
def test_lower_headings_stay_unless_they_name_another_part(top, lower, part):
    stack = PartStack(2023)
    stack.enter(1, top)
    assert stack.enter(2, lower) == part


HEADINGS = (Path(__file__).resolve().parent.parent / "data" / "headings.txt").read_text().splitlines()


@pytest.mark.parametrize("row", HEADINGS)
def test_headings_of_the_highest_level_as_reports_word_them(row):
    part, heading = row.split("\t")
    assert PartStack(2023).enter(1, fold(heading)) == part
