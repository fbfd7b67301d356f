import pytest

from etl.parse import phrases


@pytest.mark.parametrize(
    ("phrase", "stripped"),
    [
        ("2023年全年共办理行政许可", "办理行政许可"),
        ("截至12月底,全区持证人员", "全区持证人员"),
        ("对轻微违法案件", "轻微违法案件"),
        ("其中食品药品领域", "食品药品领域"),
        ("、行政许可案卷", "行政许可案卷"),
        ("现场检查", "现场检查"),
        ("从业人员", "从业人员"),
        ("按时办结率", "按时办结率"),
        ("全年", ""),
    ],
)
def test_openers(phrase, stripped):
    assert phrases.strip_openers(phrase) == stripped


@pytest.mark.parametrize(
    ("phrase", "stripped"),
    [
        ("通过“互联网+监管”平台实施单部门随机抽查", "单部门随机抽查"),
        ("围绕重点领域开展职业技能培训", "职业技能培训"),
        ("企业开办全流程", "企业开办全流程"),
        ("对现行规范性文件", "对现行规范性文件"),
    ],
)
def test_prepositions(phrase, stripped):
    assert phrases.strip_preposition(phrase) == stripped


@pytest.mark.parametrize("phrase", ["", "新增", "调出", "年内审结", "较上年提高", "同比增长", "警告"])
def test_verbs_only(phrase):
    assert phrases.is_verbs_only(phrase)


@pytest.mark.parametrize("phrase", ["行政复议", "审结行政复议案件", "检查用人单位", "办结率"])
def test_not_verbs_only(phrase):
    assert not phrases.is_verbs_only(phrase)


def test_noun_phrases_and_heads():
    assert phrases.noun_phrase("受理行政复议申请") == "行政复议申请"
    assert phrases.noun_phrase("行政复议") == "行政复议"
    assert phrases.ends_in_head("行政处罚案件", "件")
    assert not phrases.ends_in_head("行政处罚", "件")
    assert not phrases.ends_in_head("行政处罚", "没有这个单位")
    assert phrases.head_of("行政处罚案件", "件") == "案件"
    assert phrases.head_of("行政处罚", "件") == ""
    assert phrases.names_a_class("食品药品领域")
    assert phrases.is_activity("检查")
    assert not phrases.is_activity("受理")
