"""Words of a clause: tokens, nouns, fragments."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.parse.clauses import read_left
from etl.parse.nouns import noun_of
from etl.parse.trailing import Behind, read_right
from etl.parse.words import tokenize


@pytest.mark.parametrize(
    ("fragment", "tokens"),
    [
        ("区政府收到行政复议申请", "区政府/o 收到/v 行政复议/n 申请/n"),
        ("截至12月底,全年共办理", "截至12月底/t ,/s 全年共/a 办理/v"),
        ("较上年减少", "较上年/m 减少/c"),
        ("区市场监管局", "区市场/o 监管/n 局/o"),
        ("调解员", "调解员/n"),
        ("对象", "对象/n"),
        ("对重点企业", "对/p 重点企业/o"),
        ("“双随机、一公开”抽查", "“双随机、一公开”/q 抽查/w"),
        ("《行政处罚法》培训", "《行政处罚法》/q 培训/w"),
        ("停车、油烟等问题", "停车/o 、/j 油烟/o 等/x 问题/o"),
        ("等次", "等次/o"),
        ("法治讲座和解答", "法治/o 讲座/n 和/j 解答/v"),
        ("和解", "和解/o"),
    ],
)
def test_tokens(fragment, tokens):
    assert " ".join(f"{token.text}/{token.kind}" for token in tokenize(fragment)) == tokens


@given(st.text(alphabet="审核办理案件对的等、,《》“”2023年 区局和率全年增长x", max_size=60))
def test_tokens_are_the_fragment_in_order_without_gaps(fragment):
    tokens = tokenize(fragment)
    assert all(fragment[token.start : token.end] == token.text for token in tokens)
    assert all(a.end <= b.start and not fragment[a.end : b.start].strip() for a, b in pairwise(tokens))
    read = "".join(token.text for token in tokens)
    assert read.replace(" ", "") == fragment.replace(" ", "")


@pytest.mark.parametrize(
    ("fragment", "parts"),
    [
        ("区司法局评查案卷", {"actor": "区司法局", "verb": "评查", "noun": "案卷"}),
        ("通过“互联网+监管”平台实施单部门随机抽查", {"preposition": "通过", "noun": "单部门随机抽查", "light": True}),
        ("便民服务中心设置综合窗口", {"actor": "便民服务中心", "verb": "设置", "noun": "综合窗口"}),
        ("向市政府备案", {"preposition": "向", "means": "市政府", "verb": "备案"}),
        ("年初与", {"preposition": "与", "means": "", "verb": "", "noun": ""}),
        ("2021年同比增长", {"change": "同比增长", "noun": ""}),
        ("信访总量较上年末增长", {"noun": "信访总量", "change": "较上年末增长"}),
        ("比2019年多", {"change": "比2019年增加"}),
        ("其中以调解、和解方式结案", {"preposition": "以", "verb": "结案"}),
        ("驳回或维持", {"verb": "驳回或维持", "noun": ""}),
        ("走进工业园区开展政策宣讲", {"verb": "", "noun": "政策宣讲"}),
        ("带队开展执法检查", {"verb": "带队", "noun": "执法检查"}),
        ("调处成功", {"verb": "调处成功", "noun": ""}),
        ("区级行政许可事项原有", {"actor": "区级行政许可事项", "verb": "原有"}),
        ("开展宪法宣传周、民法典宣传月等主题宣传", {"noun": "主题宣传", "listed": "宪法宣传周、民法典宣传月等主题宣传"}),
        ("查办关系群众切身利益的行政处罚案件", {"verb": "查办", "noun": "行政处罚案件"}),
        ("废止妨碍统一市场的文件", {"verb": "废止", "noun": "妨碍统一市场的文件"}),
        ("", {"noun": "", "verb": ""}),
    ],
)
def test_what_stands_in_front(fragment, parts):
    assert {name: getattr(read_left(fragment), name) for name in parts} == parts


@pytest.mark.parametrize(
    ("fragment", "behind"),
    [
        ("行政执法人员通过考试", Behind("行政执法人员", "通过考试")),
        ("案件进行重大执法决定法制审核", Behind("案件", "进行重大执法决定法制审核")),
        ("部门和街镇主要负责人书面述法", Behind("部门和街镇主要负责人", "书面述法")),
        ("符合免罚情形的案件免予处罚", Behind("符合免罚情形的案件", "免予处罚")),
        ("被采纳", Behind("", "被采纳")),
        ("办结", Behind("", "办结")),
        ("科技特派员到基层开展服务", Behind("科技特派员", "到基层开展服务")),
        ("行政诉讼案件", Behind("行政诉讼案件", "")),
    ],
)
def test_what_stands_behind(fragment, behind):
    assert read_right(fragment) == behind


def test_nouns_lose_lists_and_long_relative_clauses():
    assert noun_of("停车、油烟、噪声等问题") == "问题"
    assert noun_of("关系人民群众切身利益的重点领域执法案件") == "重点领域执法案件"
    assert noun_of("妨碍统一市场的文件") == "妨碍统一市场的文件"
