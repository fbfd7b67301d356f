import pytest

from etl.parse import parse_text

# (sentence, kinds of its figures in order)
KINDS = [
    ("办理案件701件。", ["flow"]),
    ("现有执法人员18名。", ["level"]),
    ("办结率95.8%。", ["rate"]),
    ("投诉同比增长46.61%。", ["change"]),
    ("新增3项，调出1项。", ["change", "change"]),
    ("优秀率提高2个百分点。", ["change"]),
    ("占比提高到56.4%。", ["rate"]),
    ("城镇新增就业141万人。", ["flow"]),
    ("废止文件2件、修订文件7件。", ["flow", "flow"]),
    ("保留制度39项。", ["level"]),
    ("平均用时从7天压缩到2天。", ["level", "level"]),
    ("平均每案10.56万元。", ["rate"]),
    ("村均12名。", ["rate"]),
    ("成员单位增至23家。", ["level"]),
    ("案件较上年减少12件。", ["change"]),
    ("比2021年多办14件。", ["change"]),
    ("全区112个人民调解组织参与。", ["level"]),
    ("下达整改通知书205份。", ["flow"]),
    ("发布目录，涉及事项22项。", ["level"]),
    ("收入增长4.2%、5.3%。", ["change", "change"]),
    ("解决问题较多的2个单位。", ["flow"]),
    ("改造提升25个养老机构。", ["flow"]),
    ("浓度31微克/立方米。", ["level"]),
    ("召开会议两次。", ["flow"]),
    ("降幅28.1%。", ["change"]),
    ("人均可支配收入6.9万元。", ["flow"]),
]


@pytest.mark.parametrize(("sentence", "kinds"), KINDS, ids=[sentence[:14] for sentence, _ in KINDS])
def test_kinds(sentence, kinds):
    report = parse_text("甲区2023年报告\n一、成效\n" + sentence)
    assert [metric.kind for metric in report.metrics] == kinds
