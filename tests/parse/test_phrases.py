import pytest

from etl.parse import phrases


@pytest.mark.parametrize(
    ("phrase", "stripped"),
    [
        ("2023年全年共办理行政许可", "办理行政许可"),
        ("截至12月底,全区持证人员", "持证人员"),
        ("其中企业", "企业"),
        ("其他案件", "其他案件"),
        ("现行制度", "现行制度"),
        ("现场活动", "现场活动"),
        ("对轻微违法案件", "轻微违法案件"),
        ("对照清单", "对照清单"),
        ("共同推进", "共同推进"),
        ("", ""),
    ],
)
def test_openers(phrase, stripped):
    assert phrases.strip_openers(phrase) == stripped


@pytest.mark.parametrize(
    ("phrase", "stripped"),
    [
        ("出庭应诉率达", "出庭应诉率"),
        ("答复时间平均", "答复时间平均"),
        ("总数为", "总数"),
        ("违法行为", "违法行为"),
        ("的有", ""),
        ("下达", "下达"),
        ("申请分别为2020年", "申请"),
    ],
)
def test_closers(phrase, stripped):
    assert phrases.strip_closers(phrase) == stripped


@pytest.mark.parametrize(
    ("phrase", "stripped"),
    [
        ("通过“互联网+监管”平台实施单部门随机抽查", "实施单部门随机抽查"),
        ("聚焦农村住宅建设、安全生产等领域开展检查", "开展检查"),
        ("联合公安等部门检查沿街商铺", "检查沿街商铺"),
        ("办理案件", "办理案件"),
    ],
)
def test_prepositions(phrase, stripped):
    assert phrases.strip_preposition(phrase) == stripped


@pytest.mark.parametrize("phrase", ["", "新增", "全年受理", "较上年减少", "总量较上年末增长"])
def test_verbs_only(phrase):
    assert phrases.is_verbs_only(phrase)


@pytest.mark.parametrize("phrase", ["新增事项", "优秀率", "行政处罚案件"])
def test_not_verbs_only(phrase):
    assert not phrases.is_verbs_only(phrase)


def test_noun_phrases_and_heads():
    assert phrases.noun_phrase("受理行政复议申请") == "行政复议申请"
    assert phrases.leading_verb("受理行政复议申请") == "受理"
    assert phrases.head_noun("规范性文件开展专项清理", "件") == "规范性文件"
    assert phrases.find_topic("11月,我区对本年度区政府的重大行政决策事项进行了动态调整,", "项") == "重大行政决策事项"
    assert phrases.find_topic("没有可数的东西", "件") is None
    assert phrases.find_topic("事项", "没有这个单位") is None


def test_long_phrases_are_cut_outside_quotations():
    assert phrases.shortened("关系群众切身利益的行政处罚案件", 10) == "行政处罚案件"
    assert "”" not in phrases.shortened("落实“强基础转作风树形象大练兵”集中培训", 10)
