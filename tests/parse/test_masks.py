import re

import pytest

from etl.parse import masks
from etl.parse.folding import fold
from etl.parse.zones import find_zones

# (text, the numeral as masked, its class); each text has one digit run that matters, the first
MASKED = [
    ("2023年11月30日印发", "2023年11月30日", "date"),
    ("2023年度", "2023年度", "date"),
    ("2021-2025年", "2021-2025年", "date"),
    ("11月,我区", "11月", "date"),
    ("1—9月", "1—9月", "date"),
    ("8月份", "8月份", "date"),
    ("2024-01-31", "2024-01-31", "date"),
    ("10年来", "10年", "date"),
    ("9:30开始", "9:30", "date"),
    ("3季度", "3季度", "date"),
    ("第12条", "12条", "ordinal"),
    ("第5、第6位", "5、第6位", "ordinal"),
    ("(3)推进", "(3)", "ordinal"),
    ("1.推进", "1.", "ordinal"),
    ("2、推进", "2、", "ordinal"),
    ("附件1:", "1", "ordinal"),
    ("《规划(2021—2025年)》", "2021—2025年", "title"),
    ("〔2023〕12号", "〔2023〕12号", "title"),
    ("“1+5”文件", "1", "name"),
    ("1+5文件", "1+5", "name"),
    ("PM2.5达标", "PM2.5", "name"),
    ("5G网络", "5G", "name"),
    ("3A级景区", "3A", "name"),
    ("500强企业", "500强", "name"),
    ("3人制篮球", "3人制", "name"),
    ("15分钟服务圈", "15分钟服务圈", "name"),
    ("24小时自助", "24小时", "name"),
    ("65岁以上老人", "65岁以上", "name"),
    ("021-12345678。", "021-12345678", "name"),
    ("7×24小时", "7×24小时", "name"),
    ("邮编200040", "200040", "name"),
    ("热线400-820-8820", "400-820-8820", "name"),
    ("GB/T 28001—2011标准", "GB/T 28001—2011", "name"),
    ("GB 32100-2015标准", "GB 32100-2015", "name"),
    ("COVID-19疫情", "COVID-19", "name"),
    ("ISO9001体系", "ISO9001", "name"),
    ("每10万人口拥有", "10万人口", "name"),
    ("每3个月通报", "3个月", "name"),
    ("前10位", "10位", "ordinal"),
    ("前10个月", "10个月", "date"),
    ("两个100%", "100", "name"),
    ("4.15全民国家安全教育日", "4.15", "name"),
    ("18位身份证号", "18位身份证", "name"),
    ("104国道", "104国道", "name"),
    ("001至120号", "001至120号", "name"),
    ("220千伏变电站", "220千伏变电", "name"),
    ("20时至次日6时", "20时", "date"),
    ("8点30分", "8点30分", "date"),
    ("2023.12前", "2023.12", "date"),
    ("7日内".removesuffix("内"), "7日", "date"),
]
FIGURES = [
    "许可证3,418张",
    "APP3个",
    "LED 12块",
    "有效期3年",
    "不少于7日",
    "3点意见",
    "高于全市1:32的",
    "5GB",
    "10km",
    "38.5℃",
    "3个",
    "24小时内",
    "12.5%",
    "3:1比例",
    "平均3年".removeprefix("平均"),
    "15日内",
    "100件",
    "3—5件",
    "1/3以上",
]


def at_first_run(text):
    folded = fold(text)
    run = re.search("[0-9]+", folded)
    assert run is not None
    return folded, masks.numeral_at(folded, run.start(), run.end(), find_zones(folded))


@pytest.mark.parametrize(("text", "quote", "kind"), MASKED)
def test_masked(text, quote, kind):
    folded, found = at_first_run(text)
    assert found is not None
    assert (folded[found[0] : found[1]], found[2]) == (quote, kind)


@pytest.mark.parametrize("text", [text for text in FIGURES if text not in ("3年", "3:1比例")])
def test_not_masked(text):
    _, found = at_first_run(text)
    assert found is None


def test_averages_in_years_and_ratios_are_figures():
    assert at_first_run("平均审理3年")[1] is None
    assert at_first_run("比例为3:10")[1] is None
    assert at_first_run("平均年龄38岁")[1] is None


LEFT = [
    ("12345热线", 5, "name"),
    ("96333平台", 5, "name"),
    ("110联动", 3, "name"),
    ("985高校", 3, "name"),
    ("3省1市", 1, "name"),
    ("11部门联合", 2, "name"),
    ("1核2轴", 1, "name"),
    ("2023全国两会", 4, "date"),
    ("0跑动", 1, "name"),
    ("4711的", None, None),
    ("2和1个", None, None),
]


@pytest.mark.parametrize(("text", "end", "kind"), LEFT)
def test_what_a_number_without_a_measure_word_is(text, end, kind):
    found = masks.leftover_at(text, 0, unit=None)
    assert found == (None if end is None else (0, end, kind))


def test_numbers_of_charts_are_ordinals():
    assert masks.leftover_at("见下图3。", 3, unit=None) == (3, 4, "ordinal")


def test_a_service_number_takes_weak_measure_words_only():
    assert masks.leftover_at("12345单", 0, unit="单") == (0, 5, "name")
    assert masks.leftover_at("12345起", 0, unit="起") is None


@pytest.mark.parametrize(
    ("text", "number", "name"),
    [("十五分钟生活圈", "十五", "十五分钟生活圈"), ("二十四小时自助", "二十四", "二十四小时"), ("二十四小时内", "二十四", None)],
)
def test_names_that_a_chinese_number_opens(text, number, name):
    end = masks.suffix_end(text, 0, len(number))
    assert end == (None if name is None else len(name))
