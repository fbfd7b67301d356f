"""What became of plans, out of the facts stage: whatever the order of the batches, current reports only, nothing across a gap."""

import pytest

from etl.schema import TABLES

YEAR = """一、主要举措和成效
一是规范执法。{done}
二是优化服务。全年办理行政许可190件,按时办结率100%。
二、存在的不足
执法队伍专业能力还不够强。
三、下一年度工作安排
{plan}"""
VIDEOS = "推出原创普法短视频18期,新建法治口袋公园1处。"
OTHER = "完善集体土地征收补偿争议的裁决程序。"


def year(done="评查案卷120份。", plan="一是" + VIDEOS):
    return YEAR.format(done=done, plan=plan)


def test_a_plan_is_put_beside_what_the_next_report_says(built):
    tables = built({2022: year(), 2023: year(done=VIDEOS)})
    [row] = tables["fact_follow_through"]
    reports = {report["report_year"]: report["report_id"] for report in tables["dim_report"]}
    measures = {measure["measure_id"]: measure for measure in tables["fact_measure"]}
    assert (row["report_id"], row["done_report_id"]) == (reports[2022], reports[2023])
    assert (measures[row["measure_id"]]["report_id"], measures[row["measure_id"]]["part"]) == (reports[2022], "plan")
    assert measures[row["done_measure_id"]]["report_id"] == reports[2023]
    assert row["strength"] == "strong"
    assert set(row) == set(TABLES["fact_follow_through"].column_names)


def test_each_plan_of_a_report_has_a_row(built):
    rows = built({2022: year(plan=f"一是{VIDEOS}\n二是{OTHER}"), 2023: year(done=VIDEOS)})["fact_follow_through"]
    assert [row["rank"] for row in rows] == [1, None]
    assert [row["done_measure_id"] is None for row in rows] == [False, True]


@pytest.mark.parametrize("years", [(2022,), (2021, 2023)])
def test_without_a_report_of_the_year_after_there_is_no_row(built, years):
    assert built({number: year(done=VIDEOS) for number in years})["fact_follow_through"] == []


def test_the_order_of_the_texts_changes_nothing(built):
    one = built({2022: year(), 2023: year(done=VIDEOS), 2024: year(done=VIDEOS)})["fact_follow_through"]
    other = built({2024: year(done=VIDEOS), 2022: year(), 2023: year(done=VIDEOS)})["fact_follow_through"]
    assert one == other
    assert len(one) == 2
