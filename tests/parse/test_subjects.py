import pytest

from etl.parse import parse_text
from etl.parse.sentences import split
from etl.parse.subjects import Subjects, actor


def find_subject(clauses):
    """The subject of the last clause of a sentence."""
    text = "".join(clauses)
    return Subjects(text, split(text)).subject(0, len(text) - len(clauses[-1]))


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("区司法局评查案卷240份", "区司法局"),
        ("2023年,我区发生行政诉讼案件", "我区"),
        ("2023年区政府共承办人大代表建议", "区政府"),
        ("全年各街镇共对146件案件", "各街镇"),
        ("市医疗纠纷人民调解委员会受理纠纷183件", "市医疗纠纷人民调解委员会"),
        ("全区112个人民调解组织调处矛盾纠纷", "全区112个人民调解组织"),
        ("区市场监管局等", "区市场监管局"),
        ("区委依法治区委员会召开会议", "区委依法治区委员会"),
    ],
)
def test_actors(clause, name):
    found = actor(clause)
    assert found.name == name
    assert clause[: found.end].endswith(name)


@pytest.mark.parametrize(
    "clause",
    [
        "组织执法人员培训",
        "对区司法局开展督察",
        "向公安机关移送案件",
        "跨部门联合抽查",
        "随机抽查区司法局案卷",
        "办理案件",
        "部门联合抽查",
        "",
    ],
)
def test_what_is_no_actor(clause):
    assert actor(clause) is None


@pytest.mark.parametrize("clause", ["局长带头学法", "党政主要负责人带队检查", "区委主要负责同志认真落实部署", "班子成员旁听庭审"])
def test_persons_take_over_without_a_name(clause):
    assert actor(clause).name == ""
    assert find_subject(["区司法局评查案卷60份,", clause]) is None


def test_an_item_of_a_list_starts_without_the_subject_before():
    assert find_subject(["①区司法局评查案卷60份;", "②办理行政复议案件"]) is None
    assert find_subject(["区司法局评查案卷60份;", "办理行政复议案件"]) == "区司法局"


def test_a_subject_lasts_until_the_next():
    assert find_subject(["区司法局评查案卷60份,", "优秀率"]) == "区司法局"
    assert find_subject(["区司法局评查案卷60份,", "区政府收到复议申请"]) == "区政府"
    assert find_subject(["评查案卷60份,", "优秀率"]) is None


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("区司法局评查案卷60份。", [("区司法局", "clause")]),
        ("区司法局规范执法,评查案卷60份。", [("区司法局", "clause-before")]),
        ("评查案卷60份。", [(None, "nobody")]),
        ("局长带队检查企业6家次。", [(None, "person")]),
        ("全区50家单位评查案卷60份。", [(None, "counted"), ("全区50家单位", "clause")]),
        ("区司法局、区财政局分别评查案卷60份、50份。", [("区司法局", "dealt-out"), ("区财政局", "dealt-out")]),
        ("区司法局、区财政局各评查案卷60份。", [("区司法局", "each"), ("区财政局", "each")]),
        ("附表\n项目 单位 数量\n评查案卷 份 60\n许可案件 件 50\n", [(None, "table"), (None, "table")]),
    ],
)
def test_the_rule_says_by_what_the_subject_was_told(sentence, read):
    metrics = parse_text(f"甲区2023年法治政府建设情况报告\n一、主要举措\n{sentence}").metrics
    assert [(metric.subject, metric.rule.partition(" subject:")[2]) for metric in metrics] == read
