import pytest

from etl.parse.folding import fold
from etl.parse.quantities import scan
from etl.parse.zones import find_zones


def quotes(text):
    folded = fold(text)
    return [text[figure.start : figure.end] for figure in scan(folded, find_zones(folded), {}, {}).quantities]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("组建六支执法小分队", "六支"),
        ("召开了两次会议", "两次"),
        ("全年研究四次。", "四次"),
        ("查处九起案件", "九起"),
        ("三十五件案卷", "三十五件"),
        ("近百场宣讲", "近百场"),
        ("压缩至五个工作日", "五个工作日"),
        ("平均用时十二天", "十二天"),
        ("超过三家企业", "超过三家"),
        ("增长两倍", "两倍"),
        ("增长近一倍", "近一倍"),
        ("出台两项规定", "两项"),
        ("十余名干部", "十余名"),
    ],
)
def test_results(text, quote):
    assert quotes(text) == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "建立三项制度",
        "突出两个重点",
        "每三天",
        "一位领导",
        "召开一次会议",
        "百场宣讲",
        "千名干部",
        "三个部门",
        "五年规划",
        "二十三日",
        "八十岁",
        "五十年",
        "完善两个机制",
        "各一次",
        "三天后",
        "四类主体",
        "推进三个转变",
    ],
)
def test_said_in_passing(text):
    assert quotes(text) == []
