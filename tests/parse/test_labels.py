import pytest

from etl.parse import parse_text
from etl.parse.phrases import split_coordination

# (sentence, labels of its figures in order)
LABELS = [
    ("全年受理行政复议申请152件。", ["受理行政复议申请"]),
    ("区政府收到行政复议申请168件，受理152件，审结147件。", ["收到行政复议申请", "受理行政复议申请", "审结行政复议案件"]),
    ("成功协调化解47件行政诉讼案件。", ["成功协调化解行政诉讼案件"]),
    ("共承办人大代表建议176件、政协提案140件。", ["承办人大代表建议", "承办政协提案"]),
    (
        "对本年度的重大行政决策事项进行了调整，新增3项，合并1项，最终共计23项决策事项。",
        ["新增重大行政决策事项", "合并重大行政决策事项", "重大行政决策事项"],
    ),
    ("共对146件案件进行重大执法决定法制审核。", ["重大执法决定法制审核案件"]),
    ("出庭应诉率达95.8%，较上年提高3.2个百分点。", ["出庭应诉率", "出庭应诉率较上年提高"]),
    ("行政复议、行政诉讼案件各2件。", ["行政复议案件", "行政诉讼案件"]),
    ("规范性文件报备率、报备及时率均为100%。", ["规范性文件报备率", "报备及时率"]),
    ("办理人大建议、政协提案分别为31件、44件。", ["办理人大建议", "政协提案"]),
    ("2020年、2021年收到行政复议申请分别为68件和97件。", ["收到行政复议申请", "收到行政复议申请"]),
    ("审批时限由30天压缩到12天。", ["审批时限(压缩前)", "审批时限(压缩后)"]),
    ("企业开办由3个环节压缩为1个环节。", ["企业开办环节(压缩前)", "企业开办环节(压缩后)"]),
    ("现有18件行政规范性文件全部继续适用。", ["现有行政规范性文件"]),
    ("评查案卷60份，优秀率87.5%。", ["评查案卷", "案卷优秀率"]),
    ("现行制度清理，检查单位8家，发现其他问题3个。", ["检查单位", "发现其他问题"]),
    ("随机抽查区城管局、区司法局等三个部门已办结行政执法案卷168份。", ["随机抽查办结行政执法案卷"]),
    ("开展执法人员轮训6期、覆盖412人次。", ["执法人员轮训", "执法人员轮训覆盖人次"]),
    ("查办关系群众切身利益的行政处罚案件1278件。", ["查办行政处罚案件"]),
    ("有执法人员120名，占29.2%。", ["执法人员", "执法人员占比"]),
]


@pytest.mark.parametrize(("sentence", "labels"), LABELS, ids=[sentence[:16] for sentence, _ in LABELS])
def test_labels(sentence, labels):
    report = parse_text("甲区2023年报告\n一、成效\n" + sentence)
    assert [metric.label for metric in report.metrics] == labels


def test_topics_do_not_leak_into_the_next_measure():
    report = parse_text("甲区2023年报告\n一、成效\n一是受理投诉举报9件。二是严格执法，立案4件。")
    assert [metric.label for metric in report.metrics] == ["受理投诉举报", "立案案件"]


def test_one_number_for_two_things_gives_two_entries_of_one_span():
    report = parse_text("甲区2023年报告\n一、成效\n发出意见书、建议书各5份。")
    assert len(report.metrics) == 2
    assert len({(m.char_start, m.char_end) for m in report.metrics}) == 1


@pytest.mark.parametrize(
    ("phrase", "items"),
    [
        ("报备率、报备及时率", ["报备率", "报备及时率"]),
        ("调解和解案件", ["调解和解案件"]),
        ("“甲、乙”行动和丙行动", ["“甲、乙”行动", "丙行动"]),
        ("建议以及提案", ["建议", "提案"]),
        ("单项", ["单项"]),
    ],
)
def test_coordination(phrase, items):
    assert split_coordination(phrase) == items
