from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.parse.folding import fold
from etl.parse.outline import page_numerals, read_outline


def outline(*lines, title="标题", year=2023):
    text = fold("\n".join((title, *lines)))
    found = read_outline(text, title, year)
    sections = [(s.level, text[slice(*s.ordinal)] if s.ordinal else None, text[s.char_start : s.char_end]) for s in found.sections]
    return sections, [(b.kind, text[b.char_start : b.char_end]) for b in found.blocks]


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("一、主要举措和成效", (1, "一", "主要举措和成效")),
        ("十一、其他情况。", (1, "十一", "其他情况")),
        ("（二）规范执法，提升质效", (2, "(二)", "规范执法,提升质效")),
        ("１．深化改革", (3, "1.", "深化改革")),
        ("（1）组织学习", (3, "(1)", "组织学习")),
        ("第一部分 工作情况", (1, "第一部分", "工作情况")),
        ("存在的主要问题", (1, None, "存在的主要问题")),
        ("附件1：主要数据", (1, None, "附件1:主要数据")),
        ("一是队伍力量不足。", (3, "一是", "队伍力量不足")),
    ],
)
def test_headings(line, section):
    assert outline(line, "接着是一段正文，办理案件3件。")[0] == [section]


def test_a_run_in_head_stops_at_its_first_full_stop():
    sections, blocks = outline("(一)加强领导。召开会议四次,明确任务19项。")
    assert sections == [(2, "(一)", "加强领导")]
    assert blocks[-1] == ("body", "召开会议四次,明确任务19项。")


def test_numbered_items_with_text_are_bodies_and_with_inner_enumerators_headings():
    assert outline("1.加强领导。召开会议四次。")[0] == []
    assert outline("1.加强领导。一是学习;二是考试。")[0] == [(3, "1.", "加强领导")]
    assert outline("1.能力不足;", "2.经费不足。")[0] == []


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        (["市委、市政府：", "2023年，工作。"], ["title", "salutation", "body"]),
        (["一、成效", "工作。", "特此报告。", "云河区人民政府", "2024年2月8日"], ["title", "body", "closing", "signature", "date"]),
        (["一、成效", "工作。", "某局", "二〇二四年一月十日"], ["title", "body", "signature", "date"]),
        (["附表：主要数据", "项目 数量 单位", "许可 5 件"], ["title", "row", "row"]),
    ],
)
def test_furniture(lines, kinds):
    assert [kind for kind, _ in outline(*lines)[1]] == kinds


@pytest.mark.parametrize(
    "line",
    ["2024年1月1日", "3.5万元用于培训", "一网通办持续推进,办件3件。", "一是抓学习;二是抓考试。", "(含街道)合计3件。", "2023.12.31印发"],
)
def test_lines_that_are_no_headings(line):
    assert outline(line, "正文一段，很长。")[0] == []


def test_empty_text_has_no_outline():
    assert read_outline("", "", None).blocks == ()


def test_digits_of_the_page_are_no_figures():
    text = fold("标题\n一、成效\n办理案件3件。\n— 2 —\n联系电话：021-66668888\n浏览次数：356次")
    spans = page_numerals(text, read_outline(text, "标题", 2023))
    assert [(text[start:end], kind) for start, end, kind in spans] == [
        ("2", "ordinal"),
        ("021", "name"),
        ("66668888", "name"),
        ("356", "name"),
    ]


PIECES = [
    "一、", "二、", "(一)", "(二)", "1.", "2、", "(1)", "第一部分", "一是", "二是", "①", "首先", "附件", "附件1:表", "目录", "特此报告。",
    "某局",
    "2024年1月8日", "存在问题", "主要举措和成效", "下一步打算", "法治政府建设情况报告", "序号", "项目", "数量", "52", "件", "加强学习",
    "学法3次",
    "。", ";", ":", ",", " ", "\u3000", "\n", "\n\n", "**", "# ", "- ", "——", "◆", "【", "】", "|", "来源:", "……3",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@example("一、\n一、\n(一)")
@example("目录\n目录\n目录")
@example("附件\n附件\n附件")
@example("一、:")
@example("1.!")
def test_any_lines_give_an_outline_in_order(text):
    folded = fold(text)
    found = read_outline(folded, folded.split("\n")[0], 2023)
    spans = [(block.char_start, block.char_end) for block in found.blocks]
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(a.char_start < b.char_start for a, b in pairwise(found.sections))
    assert all(section.char_start < section.char_end <= len(text) for section in found.sections)
    assert all(block.section is None or block.section < len(found.sections) for block in found.blocks)
    assert read_outline(folded, folded.split("\n")[0], 2023) == found
