import pytest

from etl.parse.dates import date_end
from etl.parse.masks import run_end


def date(text, start=0):
    end = date_end(text, start, run_end(text, start))
    return None if end is None else text[start:end]


@pytest.mark.parametrize(
    "written",
    [
        "2023年",
        "2023年度",
        "2023年11月30日",
        "2021-2025年",
        "2021至2022年度",
        "2024-01-31",
        "2023/12/31",
        "2023.12",
        "1-9月",
        "1月至11月",
        "3、4月",
        "12月4日",
        "12月底",
        "8月份",
        "15日",
        "1—7日",
        "3季度",
        "1-3季度",
        "9:30",
        "9时30分",
        "20时",
        "8点30分",
        "8点整",
        "10年",
    ],
)
def test_dates(written):
    assert date(written + ",") == written


@pytest.mark.parametrize(
    "text", ["15日内", "3个", "12.5%", "3年级", "5年期", "3时段", "3点意见", "2023.5万元", "13月", "2023件", "3日均", "5点要求", "100日"]
)
def test_no_dates(text):
    assert date(text) is None


@pytest.mark.parametrize(
    ("before", "written"),
    [
        ("平均审理", "3年"),
        ("有效期", "3年"),
        ("有效期为", "5年"),
        ("不少于", "7日"),
        ("行政拘留", "10日"),
        ("公示期不少于", "7日"),
        ("任期", "5年"),
        ("缩短至", "1年"),
        ("比例为", "3:10"),
        ("高于全市", "1:32"),
        ("为期", "3年"),
    ],
)
def test_lengths_of_time_and_ratios_are_figures(before, written):
    assert date(before + written + ",", len(before)) is None


@pytest.mark.parametrize(
    ("before", "written"), [("近", "3年"), ("连续", "5年"), ("从警", "12年"), ("上午", "9:30"), ("自", "2019年"), ("有效期至", "2025年")]
)
def test_what_stays_a_date(before, written):
    assert date(before + written + ",", len(before)) == written


def test_changed_lengths_of_time():
    assert date("由3年延长至5年", 1) is None
    assert date("由3年延长至5年", 6) is None


def test_months_from_the_start_of_the_year():
    assert date("前10个月", 1) == "10个月"
    assert date("之前10个月", 2) is None
