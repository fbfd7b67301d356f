"""What the titles of lists tell, by the patterns as shipped."""

import pytest

from etl.sources import judge_title, load_source

SOURCE = load_source("jingan")


@pytest.mark.parametrize(
    "title",
    [
        "2023年度上海市静安区人民政府法治政府建设情况报告",
        "关于静安区2023年度法治政府建设情况的报告",
        "云河区规划和自然资源局2023年度法治政府建设情况报告",
        "云河区规划资源局关于2023年法治政府建设情况的报告",
        "云河区城市规划管理局2021年法治政府建设工作情况报告",
        "云河区党员干部培训中心2023年法治政府建设年度报告",
        "2023年 度法治政府\u3000建设情况报告",
    ],
)
def test_a_report_is_one_whatever_its_body_is_called(title):
    assert judge_title(SOURCE, title).says == "report"


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("2023年政府信息公开工作年度报告", "excluded:信息公开"),
        ("云河区法治政府建设规划（2021—2025年）实施情况报告", "excluded:规划"),
        ("《云河区法治政府建设“十四五”规划》中期评估情况报告", "excluded:规划"),
        ("关于开展2023年法治政府建设情况专题培训的报道", "excluded:培训"),
        ("关于做好2023年度法治政府建设情况报告工作的通知", "excluded:通知"),
        ("一图读懂2023年度法治政府建设情况报告", "excluded:读懂"),
        ("云河区教育局2023年工作总结", "not_matched"),
        ("区领导调研法治工作", "not_matched"),
    ],
)
def test_what_is_none_says_why(title, reason):
    verdict = judge_title(SOURCE, title)
    assert (verdict.says, verdict.reason) == ("no", reason)


@pytest.mark.parametrize(
    "title", ["关于云河区司法局2023年度法治…", "云河区司法局2023年依法行政工作总结", "云河区2023年法治建设情况报告", "2023年度工作报告"]
)
def test_a_title_may_leave_it_to_the_page(title):
    assert judge_title(SOURCE, title).says == "maybe"
