import pytest

from etl.parse.folding import fold
from etl.parse.furniture import Furniture
from etl.parse.lines import read_lines
from etl.parse.tables.lines import table_lines

REPORT = "甲区2023年法治政府建设情况报告"


def kinds(*lines, in_text=True, in_sections=True):
    read = read_lines(fold("\n".join(lines)))
    furniture = Furniture(read, fold(lines[0]))
    return [furniture.kind(number, in_text=in_text, in_sections=in_sections) for number in range(len(read))]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("— 3 —", "page"),
        ("- 12 -", "page"),
        ("7", "page"),
        ("第3页 共8页", "page"),
        ("来源：区司法局 发布时间：2024-01-18", "page"),
        ("【字体：大 中 小】", "page"),
        ("联系人：李某；联系电话：55556666", "page"),
        ("（联系人：李某）", "page"),
        ("打印本页 关闭窗口", "page"),
        ("责任编辑：王某", "page"),
        ("抄送：市司法局。", "page"),
        ("甲区司法局办公室 2024年1月15日印发", "note"),
        ("（此件公开发布）", "note"),
        ("注：数据截至2023年底。", "note"),
        ("[1] 数据来自区统计局。", "note"),
        ("表1 执法情况统计表", "note"),
        ("单位：件", "note"),
        ("2024年2月8日", "date"),
        ("（2024年2月）", "date"),
        ("2024.2.8", "date"),
        ("二〇二四年二月八日", "date"),
        ("二○二四年二月", "date"),
        ("特此报告。", "closing"),
        ("专此报告，请审阅。", "closing"),
        ("妥否，请批示。", "closing"),
        ("以上报告，请予审议。", "closing"),
        ("以上是我局工作情况汇报，请批评指正。", "closing"),
        ("谢谢大家！", "closing"),
        ("甲区人民政府", None),
        ("编辑出版法治读本3种。", None),
        ("来源于群众的意见建议办结36件。", None),
        ("电话回访满意率达98%。", None),
        ("审核合同86份。", None),
        ("公开政府信息210条。", None),
        ("打印机等设备更新12台。", None),
        ("以上问题已整改完成8个。", None),
        ("注重源头治理，化解纠纷12件。", None),
        ("审核（含法制审核）文件30件。", None),
        ("分享经验做法", None),
        ("阅读3种普法读物，人均12课时。", None),
        ("浏览次数：1,234", "page"),
        ("阅读 356 次", "page"),
        ("电话：021-12345678", "page"),
        ("下一篇：某局2023年工作要点", "page"),
        ("关闭", "page"),
        ("主要做法", None),
    ],
)
def test_lines_by_their_words(line, kind):
    assert (
        kinds(REPORT, "一、成效", line, "办理行政许可事项三百二十件，全部按时办结，群众满意率达到百分之九十九以上，同比有所提高。")[2]
        == kind
    )


@pytest.mark.parametrize(
    ("tail", "read"),
    [
        (["甲区人民政府", "2024年2月8日"], ["signature", "date"]),
        (["中共甲区委员会  甲区人民政府", "2024年2月8日"], ["signature", "date"]),
        (["甲区司法局（盖章）", "二〇二四年一月"], ["signature", "date"]),
        (["甲 区 人 民 政 府", "2024 年 2 月 8 日"], ["signature", "date"]),
        (["甲区人民政府"], ["signature"]),
        (["甲区司法局", "2024年1月5日", "（联系人：李某）"], ["signature", "date", "page"]),
        (["推动部门协同联动，形成工作合力，持续提升监管效能和服务水平，切实维护群众合法权益和社会稳定大局。"], [None]),
    ],
)
def test_the_end_of_a_report(tail, read):
    assert kinds(REPORT, "一、成效", "办理案件3件。", *tail)[3:] == read


def test_a_signature_may_hold_its_date():
    lines = read_lines(fold("标题\n甲区司法局 2024年1月5日\n规范执法 2024年检查3次"))
    furniture = Furniture(lines, "标题")
    assert furniture.signed_and_dated(1) == (8, 9)
    assert furniture.signed_and_dated(2) is None


@pytest.mark.parametrize("line", ["区委、区政府：", "各位代表：", "同志们！"])
def test_salutations_stand_before_the_text(line):
    assert kinds(REPORT, line, "正文。", in_text=False)[1] == "salutation"
    assert kinds(REPORT, line, "正文。", in_text=True)[1] is None


@pytest.mark.parametrize("line", ["现将情况报告如下：", "主要做法有：", "重点抓好以下工作："])
def test_lead_ins_are_no_salutations(line):
    assert kinds(REPORT, line, "正文。", in_text=False)[1] is None


def test_a_title_stands_at_the_top_or_below_a_letter():
    assert kinds("甲区人民政府", REPORT, "一、成效", in_text=False, in_sections=False)[1] == "title"
    assert kinds("函", "报送如下。", "甲局", "2024年1月5日", REPORT)[4] == "title"
    assert kinds("函", "报送如下。", "附件", REPORT, "正文。", in_sections=False)[2:4] == ["note", "title"]
    assert kinds("甲局报告", "一、成效", "正文。", "法治政府建设情况", "正文。")[3] is None


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (["附件：1.数据表", "2.统计表", "甲局", "2024年1月5日"], ["note", "note", "signature", "date"]),
        (["附件：数据表.pdf"], ["note"]),
        (["附件1：数据表", "项目 数量 单位", "许可 5 件"], [None, "row", "row"]),
    ],
)
def test_lists_of_appendices_and_appendices(lines, read):
    assert kinds(REPORT, "一、成效", "办理案件3件。", *lines)[3:] == read


def test_a_table_of_contents_repeats_what_stands_below():
    read = kinds(REPORT, "目 录", "一、成效……1", "二、问题……3", "一、成效", "正文。", "二、问题", "正文。")
    assert read == ["title", "page", "page", "page", None, None, None, None]
    assert kinds("目录", "一、成效") == ["page", None]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (["项目 数量 单位", "许可 5 件", "正文，很长。"], {0, 1}),
        (["1. 许可 5 件", "2. 处罚 3 件"], {0, 1}),
        (["项目 数量", "许可 52", "处罚 33", "强制 12", "正文。"], {0, 1, 2, 3}),
        (["序号", "项目", "数量", "1", "许可", "5"], {0, 1, 2, 3, 4, 5}),
        (["| 项目 | 数量 | 单位 |", "| 许可 | 5 | 件 |"], {0, 1}),
        (["甲区 司法局", "乙区 司法局", "丙区 司法局"], set()),
        (["1. 加强 领导 工作", "正文。"], set()),
        (["许可 52", "正文。"], set()),
        (["主要做法", "工作成效", "存在问题", "下步打算"], set()),
    ],
)
def test_rows_of_tables(lines, rows):
    assert table_lines(read_lines(fold("\n".join(lines)))) == rows
