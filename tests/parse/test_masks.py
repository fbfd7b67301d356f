import re

import pytest

from etl.parse import masks
from etl.parse.folding import fold

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
]
FIGURES = ["3个", "24小时内", "12.5%", "3:1比例", "平均3年".removeprefix("平均"), "15日内", "100件", "3—5件", "1/3以上"]


def at_first_run(text):
    folded = fold(text)
    run = re.search("[0-9]+", folded)
    assert run is not None
    return folded, masks.numeral_at(folded, run.start(), masks.find_zones(folded), not folded[: run.start()].strip())


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


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("《关于“十四五”的意见》和“1+5”", ["《关于“十四五”的意见》", "“1+5”"]),
        ("《甲《乙》丙》", ["《甲《乙》丙》"]),
        ("“这里引用了一整句话，其中有3件事情，它说得太长了不能算是名称。”", []),
        ("《没有结尾\n“也没有", []),
        ("”》倒着", []),
        ("依据沪府〔2023〕5号", ["〔2023〕5号"]),
    ],
)
def test_zones(text, zones):
    folded = fold(text)
    assert [text[start:end] for start, end, _ in masks.find_zones(folded).spans] == zones


def test_fixed_expressions_do_not_split_longer_numerals():
    text = "十一批次，一批骨干，“十四五”规划，进一步"
    found = masks.fixed_expressions(text, masks.find_zones(text))
    assert [(text[a:b], kind) for a, b, kind in found] == [("一批", "idiom"), ("十四五", "name"), ("进一步", "idiom")]


@pytest.mark.parametrize(("text", "end"), [("12345热线", 5), ("96333平台", 5), ("110联动", 3), ("985高校", 3), ("4711号", None)])
def test_service_numbers(text, end):
    assert masks.hotline_end(text, 0) == end
