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
    # stocks: words of being, having and being left, in front of the noun or behind it
    ("受理工单3.8万件，剩余1,000件。", ["flow", "level"]),
    ("执法支队编制85名，空编6名。", ["level", "level"]),
    ("用好执法船艇5艘、无人机23架。", ["level", "level"]),
    ("事项精简至21项。", ["level"]),
    ("案件总数控制在100件以内。", ["flow"]),
    ("截至9月底，建成法律服务室640个、法律顾问室18个。", ["level", "level"]),
    ("五年来累计建成示范村38个。", ["flow"]),
    # acts, and members of a list whose verb stands further left
    ("打掉团伙7个，缴获车辆12台、手机230部。", ["flow", "flow", "flow"]),
    ("建成法治公园36个。", ["flow"]),
    ("续聘法律顾问8名，新聘3名。", ["flow", "flow"]),
    ("核查低保对象1万人。", ["flow"]),
    # changes
    ("下放审批权限31项，收回4项。", ["change", "change"]),
    ("追加执法经费260万元。", ["change"]),
    ("降幅分别为11.6%和24%。", ["change", "change"]),
    ("响应较标准快7分钟。", ["change"]),
    # rates
    ("为每个村配备法律顾问1名、明白人3名。", ["rate", "rate"]),
    ("每半年接受检查至少2次。", ["rate"]),
    ("警力之比由2:1调整为3:1。", ["rate", "rate"]),
    ("万人起诉率从3.8件降至2.9件。", ["rate", "rate"]),
    ("逾期办理率为0。", ["rate"]),
    ("专职网格员从每格1名增至2名。", ["rate", "rate"]),
    ("得分均在90分以上，氨氮平均浓度0.42毫克/升。", ["level", "level"]),
]


@pytest.mark.parametrize(("sentence", "kinds"), KINDS, ids=[sentence[:14] for sentence, _ in KINDS])
def test_kinds(sentence, kinds):
    report = parse_text("甲区2023年报告\n一、成效\n" + sentence)
    assert [metric.kind for metric in report.metrics] == kinds
