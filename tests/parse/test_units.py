import pytest

from etl.parse.lexicon import load
from etl.parse.units import read_unit


@pytest.mark.parametrize(
    ("text", "name", "end"),
    [
        ("件,", "件", 1),
        ("人次以上", "人次", 2),
        (" 人", "人", 2),
        ("个工作日内", "个工作日", 4),
        ("千米", "公里", 2),
        ("平米", "平方米", 2),
        ("㎡", "平方米", 1),
        ("微克/立方米", "微克/立方米", 6),
        ("例/10万人", "例/10万人", 6),
        ("批次/千人", "批次/千人", 5),
        ("元/人", "元/人", 3),
        ("件/次数", "件/次", 3),
        ("人/", "人", 1),
        ("所学校", "所", 1),
        ("起诉讼", "起", 1),
        ("位居民", "位", 1),
        ("名单位负责人", "名", 1),
        ("条款", "条款", 2),
        ("点意见", "点", 1),
        ("对夫妻", "对", 1),
        ("对,", "对", 1),
        ("对", "对", 1),
        ("分之间", "分", 1),
        ("人组成", "人", 1),
        ("项目标任务", "项", 1),
    ],
)
def test_units(text, name, end):
    unit = read_unit(text, 0)
    assert unit is not None
    assert (unit.name, unit.end) == (name, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "的",
        "  件",
        "人大代表",
        "家庭",
        "分之一",
        "点一线",
        "对1",
        "期间",
        "条例",
        "部门",
        "面积",
        "层级",
        "年级",
        "次要",
        "个次要".removeprefix("个"),
    ],
)
def test_no_units(text):
    assert read_unit(text, 0) is None


def test_a_counter_with_visits_obeys_what_visits_forbid():
    unit = read_unit("个次要问题", 0)
    assert unit is not None
    assert unit.name == "个"


@pytest.mark.parametrize("table", ["canonical", "not_before", "only_before"])
def test_every_rule_is_about_a_word_that_is_a_unit(table):
    for word in load("units")[table]:
        followed = load("units")["only_before"].get(word, "").split()
        assert read_unit(word + (followed[0] if followed else ""), 0), word
