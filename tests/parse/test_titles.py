import pytest

from etl.parse.titles import find_organization, read_title
from etl.parse.years import find_year


@pytest.mark.parametrize(
    ("title", "organization", "year"),
    [
        ("2023年度上海市静安区人民政府法治政府建设情况报告", "上海市静安区人民政府", 2023),
        ("云河区人民政府关于2023年度法治政府建设情况的报告", "云河区人民政府", 2023),
        ("云河区市场监督管理局2023年法治政府建设年度工作报告", "云河区市场监督管理局", 2023),
        ("关于静安区2024年法治政府建设情况的报告", "静安区人民政府", 2024),
        ("静安区2022年度法治政府建设情况报告", "静安区人民政府", 2022),
        ("青石街道2023年度法治政府建设情况报告", "青石街道办事处", 2023),
        ("临江市生态环境局滨湖分局2022年法治政府建设情况报告", "临江市生态环境局滨湖分局", 2022),
        ("2026年江苏省政府工作报告", "江苏省人民政府", 2025),
        ("柳溪镇人民政府2022年推进法治政府建设工作情况", "柳溪镇人民政府", 2022),
    ],
)
def test_from_the_title(title, organization, year):
    assert find_organization(title, None, "", None) == organization
    assert find_year(title, "").year == year


def test_a_title_that_names_nobody_leaves_it_to_signature_page_and_opening():
    title = "关于2023年法治政府建设情况的报告"
    assert find_organization(title, "云河区 司法局", "", "别的局") == "云河区司法局"
    assert find_organization(title, None, "", "云河区司法局") == "云河区司法局"
    assert find_organization(title, None, "2023年,云河区司法局在区委领导下,认真工作。", None) == "云河区司法局"
    assert find_organization(title, None, "认真工作。", None) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n\u3000甲区2023年法治政府建设情况报告\n正文。", "甲区2023年法治政府建设情况报告"),
        ("# 甲镇2023年法治政府建设情况报告\n正文。", "甲镇2023年法治政府建设情况报告"),
        ("**甲镇2023年法治政府建设情况报告**\n正文。", "甲镇2023年法治政府建设情况报告"),
        ("甲区人民政府\n关于2023年度法治政府建设情况的报告\n正文。", "甲区人民政府关于2023年度法治政府建设情况的报告"),
        ("甲区司法局\n甲区司法局２０２３年法治政府建设情况报告\n正文。", "甲区司法局２０２３年法治政府建设情况报告"),
        ("市委、市政府：\n关于法治政府建设情况的报告", "市委、市政府："),
        ("办理案件3件。", "办理案件3件。"),
        ("", ""),
    ],
)
def test_titles_at_the_top_of_a_text(text, title):
    assert read_title(text) == title


def test_a_letter_that_names_nobody_is_signed():
    assert find_organization("关于报送2023年度法治政府建设情况报告的函", "云岭街道办事处", "", None) == "云岭街道办事处"
