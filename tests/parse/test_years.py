import pytest

from etl.parse import parse_text
from etl.parse.folding import fold
from etl.parse.years import find_year


def year_of(*lines, title="工作报告"):
    text = fold("\n".join((title, *lines)))
    found = find_year(fold(title), text)
    if found is not None and found.rule != "title":
        assert 0 <= found.start < found.end <= len(text)
    return found and (found.year, found.rule)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2023年度法治政府建设情况报告", 2023),
        ("法治政府建设情况报告（2023）", 2023),
        ("二〇二三年度法治政府建设情况报告", 2023),
        ("二○一九年依法行政工作总结", 2019),
        ("２０２４年法治政府建设年度报告", 2024),
        ("2026年某省政府工作报告", 2025),
        ("甲市2025年政府工作报告", 2024),
        ("2023年工作总结和2024年工作打算", 2023),
    ],
)
def test_the_title_comes_first(title, year):
    assert year_of("2020年，我局认真工作。", "某局", "2018年1月8日", title=title) == (year, "title")


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        (["按照《纲要（2021-2025年）》，2022年我局认真工作。"], 2022),
        (["区委：", "现将我局二〇二二年度工作情况报告如下："], 2022),
        (["（2023年1月18日）", "与2021年相比，2022年工作更实。"], 2022),
        (["2024年1月5日", "自2019年以来，我局持续推进改革，2023年成效明显。"], 2023),
    ],
)
def test_then_the_opening(lines, year):
    assert year_of(*lines, "2018年1月8日") == (year, "opening")


FILLING = ["我局认真工作。", "一、成效", "办理案件3件。", "二、打算", "继续努力。"]


@pytest.mark.parametrize(
    ("signed", "year"),
    [
        (["某局", "2024年1月31日"], 2023),
        (["某局", "2023年12月20日"], 2023),
        (["某局 2024年6月3日"], 2023),
        (["某局", "2024.2.8"], 2023),
        (["某局", "（2024年3月）"], 2023),
        (["某局", "二〇二四年一月十日"], 2023),
        (["某局", "二○二三年十二月"], 2023),
        (["某局", "2024年1月31日", "（联系人：李某）", "抄送：市司法局。"], 2023),
    ],
)
def test_then_the_date_signed(signed, year):
    assert year_of(*FILLING, *signed) == (year, "signature")


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        (["截至2022年底，持证人员36名。", "比2021年增加3名。"], 2022),
        (["2021年全年办理许可420件。", "2022年将继续优化流程。"], 2021),
        (["较2019年下降3%，2020年办案36件，2020年应诉2件。"], 2020),
        (["2025年，我局将进一步规范执法。"], 2024),
        (["2023年工作打算另行印发，2023年计划培训3期。"], 2022),
    ],
)
def test_then_what_the_body_says(lines, year):
    assert year_of(*FILLING, *lines) == (year, "body")


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("回顾“十四五”，各项成绩来之不易。", 2025),
        ("“十四五”规划圆满收官，“十五五”即将启航。", 2025),
        ("今年是“十三五”收官之年。", 2020),
        ("“十五五”新的征程已经开启，我们要有新作为。", 2025),
        ("认真谋划“十五五”法治政府建设。", 2025),
        ("实现了“十四五”良好开局。", 2021),
        ("“十三五”时期，五年来的实践证明，“十三五”主要目标如期完成。", 2020),
    ],
)
def test_then_what_is_said_of_a_five_year_plan(line, year):
    found = year_of(*FILLING, line)
    assert found[0] == year
    assert found[1].startswith("five-year plan")


@pytest.mark.parametrize(
    "lines",
    [
        FILLING,
        [*FILLING, "落实“十四五”规划要求。"],
        [*FILLING, "与2021年相比下降3%。"],
        [*FILLING, "执行《办法（2021年修订）》。"],
        [*FILLING, "2021年办案3件。"],
        [*FILLING, "邮编：200040，编号20231231。"],
    ],
)
def test_nothing_is_guessed(lines):
    assert year_of(*lines) is None


def test_an_inferred_year_is_a_finding_with_its_witness():
    report = parse_text("\n".join(["工作报告", *FILLING, "某局", "2024年1月31日"]))
    assert report.report_year == 2023
    assert [(f.rule, f.quote) for f in report.findings] == [("report_year_inferred", "2024年1月31日")]
    assert [f.rule for f in parse_text("\n".join(["工作报告", *FILLING])).findings] == ["no_report_year"]
    assert parse_text("2023年工作报告\n办理案件3件。").findings == ()


def test_no_text_has_no_year():
    assert find_year("", "") is None


def test_a_campaign_of_one_year_is_the_last_witness():
    text = "过去一年的工作\n扎实开展党纪学习教育,制定规章7部。"
    found = find_year("", text)
    assert (found.year, found.rule) == (2024, "campaign")
    assert text[found.start : found.end] == "党纪学习教育"
    assert find_year("", "巩固拓展党纪学习教育成果,制定规章7部。") is None
