"""The reports of 云河区: who reports on which year, in which shape, with which indicators."""

import re
from collections import Counter
from datetime import date

import pytest
from invented_reports import BODIES, REPORTS, YEARS, N, every_year, read, report_of, text_of


def test_five_bodies_report_on_three_years():
    assert Counter(article.publisher for article in REPORTS) == dict.fromkeys(BODIES.values(), 3)
    assert len(REPORTS) == 15


@pytest.mark.parametrize(("body", "year"), every_year([(body,) for body in BODIES]))
def test_a_report_is_as_long_as_reports_are_and_comes_early_in_the_next_year(body, year):
    article = report_of(body, year)
    assert 1500 <= len(article.title) + 1 + len(article.text) + 1 <= 2500
    assert date(year + 1, 1, 1) < article.published_on < date(year + 1, 4, 15)
    assert f"{article.published_on:%Y%m%d}" in article.path.replace("-", "")
    signed = re.search(rf"{year + 1}年(\d+)月(\d+)日$", article.text)
    assert body == "ecology" or date(year + 1, int(signed[1]), int(signed[2])) < article.published_on


@pytest.mark.parametrize(("body", "year"), every_year([(body,) for body in BODIES]))
def test_a_report_speaks_of_its_year_and_plans_for_the_next(body, year):
    text = text_of(body, year)
    assert f"{year}年" in text[:20]
    assert f"{year + 1}年" in text or "下一年度工作打算" in text
    assert "第一责任人" in text
    assert re.search("不足|问题", text)


def test_three_reports_use_the_other_template_and_the_shapes_differ():
    assert sum(article.template == "b" for article in REPORTS) == 3
    shapes = {
        "run-in 一是": ("district", r"\)[^。]+一是[^。]+。.+二是"),
        "numbered": ("market", r"1\.[^。]{4,20}。[^。]+。"),
        "plain paragraphs": ("ecology", r"\(三\)[^。]+。"),
        "首先 … 其次": ("street", r"首先,[^。]+。其次,"),
        "no headings": ("town", r"^(?!.*一、)"),
    }
    for body, pattern in shapes.values():
        for year in YEARS:
            assert re.search(pattern, text_of(body, year)), (body, year)


INDICATORS = [
    ("district", rf"收到行政复议申请{N}件,受理{N}件,审结{N}件"),
    ("district", rf"一审行政诉讼案件{N}件"),
    ("district", rf"行政机关负责人出庭应诉率{N}%,败诉率{N}%"),
    ("district", rf"行政处罚案件{N}件,罚没款{N}万元"),
    ("district", rf"评查案卷{N}份"),
    ("district", rf"调处矛盾纠纷{N}件,调解成功率{N}%"),
    ("district", rf"制发区政府规范性文件{N}件"),
    ("district", rf"办理法律援助案件{N}件"),
    ("market", rf"办理被申请行政复议案件{N}件"),
    ("market", rf"行政诉讼案件{N}件"),
    ("market", rf"负责人出庭应诉率{N}%"),
    ("market", rf"罚没款合计{N}万元"),
    ("market", rf"评查案卷{N}份"),
    ("ecology", rf"立案查处环境违法案件{N}件,处罚金额{N}万元"),
    ("ecology", rf"行政复议案件{N}件、行政诉讼案件{N}件"),
    ("street", rf"受理各类纠纷{N}件,成功调解{N}件,成功率{N}%"),
    ("street", rf"立案查处{N}件,罚款{N}万元"),
    ("street", rf"热线工单办结{N}件"),
    ("town", rf"受理矛盾纠纷{N}件,调解成功{N}件"),
    ("town", rf"办结行政处罚案件{N}件.*?罚款{N}万元"),
    ("town", rf"审核各类合同{N}份"),
]


@pytest.mark.parametrize(("body", "pattern"), INDICATORS)
def test_indicators_are_worded_alike_and_move(body, pattern):
    values = [read(body, year, pattern) for year in YEARS]
    assert len({tuple(each) for each in values}) >= 2
