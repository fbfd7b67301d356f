from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.parse.enumerators import FAMILIES, read_items


def items(paragraph, before=None):
    found = read_items(paragraph, before)
    assert all(item.enumerator[1] <= item.start < item.end <= len(paragraph) for item in found)
    return [(paragraph[slice(*item.enumerator)], paragraph[item.start : item.end]) for item in found]


@pytest.mark.parametrize(
    ("paragraph", "read"),
    [
        ("一是学习;二是考试。", [("一是", "学习;"), ("二是", "考试。")]),
        ("主要有:首先,学习。其次,考试。最后,总结。", [("首先", "学习。"), ("其次", "考试。"), ("最后", "总结。")]),
        ("第一,学习;第二,考试。", [("第一", "学习;"), ("第二", "考试。")]),
        ("其一,学习;其二,考试。", [("其一", "学习;"), ("其二", "考试。")]),
        ("一要学习;二要考试。", [("一要", "学习;"), ("二要", "考试。")]),
        ("①学习②考试", [("①", "学习"), ("②", "考试")]),
        ("重点:(1)学习;(2)考试。", [("(1)", "学习;"), ("(2)", "考试。")]),
        ("重点:1.学习;2.考试。", [("1.", "学习;"), ("2.", "考试。")]),
        ("重点:(一)学习;(二)考试。", [("(一)", "学习;"), ("(二)", "考试。")]),
        ("重点:一、学习;二、考试。", [("一、", "学习;"), ("二、", "考试。")]),
        ("二是考试。", [("二是", "考试。")]),
        ("一是学习:①学法②学纪;二是考试。", [("一是", "学习:①学法②学纪;"), ("二是", "考试。")]),
        ("①学习:一是学法;二是学纪。②考试。", [("①", "学习:一是学法;二是学纪。"), ("②", "考试。")]),
    ],
)
def test_lists(paragraph, read):
    assert items(paragraph) == read


@pytest.mark.parametrize(
    "paragraph",
    [
        "",
        "学习。",
        "统一是关键。",
        "原因之一是学习。",
        "此外,加强考核。",
        "最后,总结。",
        "增长1.5倍,2.3万件。",
        "一要求二要点。",
        "第一批3家。",
        "一是",
        "重点是一是学习。",
    ],
)
def test_what_is_no_list(paragraph):
    assert items(paragraph) == []


def test_a_list_over_several_lines_goes_on():
    assert items("最后,总结。", "order") == [("最后", "总结。")]
    assert items("第三,总结。") == [("第三", "总结。")]


def test_a_second_list_has_its_own_lead_in():
    paragraph = "问题:一是学习不深;二是执法不严。下一步,重点做好:一是学习;二是执法。"
    assert items(paragraph) == [("一是", "学习不深;"), ("二是", "执法不严。"), ("一是", "学习;"), ("二是", "执法。")]
    assert [paragraph[slice(*item.lead_in)] for item in read_items(paragraph)] == ["问题:", "问题:", "下一步,重点做好:", "下一步,重点做好:"]


def test_families_have_names_and_firsts_of_their_own():
    assert len({family.name for family in FAMILIES}) == len(FAMILIES)
    assert all(family.pattern.match(first + ",甲") for family in FAMILIES for first in family.firsts)


@given(
    st.lists(st.sampled_from(["一是", "二是", "首先", "①", "(1)", "1.", "一、", "。", ";", ":", ",", "学习", " ", "2"]), max_size=25).map(
        "".join
    )
)
def test_items_lie_behind_each_other(paragraph):
    found = read_items(paragraph)
    assert all(a.end <= b.enumerator[0] for a, b in pairwise(found))
    items(paragraph)
