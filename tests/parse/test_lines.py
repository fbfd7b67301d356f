import pytest

from etl.parse.folding import fold
from etl.parse.lines import read_lines


def lines(text):
    folded = fold(text)
    found = read_lines(folded)
    assert all(folded[line.start : line.end] == line.text for line in found)
    return [line.text for line in found]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", []),
        (" \n\u3000\n\t", []),
        ("\u3000\u3000一、成效\r\n  办理3件。 ", ["一、成效", "办理3件。"]),
        ("## 一、成效\n**（一）学习**\n> 引文\n- 一是学法；", ["一、成效", "(一)学习", "引文", "一是学法;"]),
        ("【主要成效】", ["主要成效"]),
        ("● 加强学习\n——成效明显。\n- 普通文字", ["● 加强学习", "——成效明显。", "- 普通文字"]),
    ],
)
def test_lines_without_blanks_and_markup(text, read):
    assert lines(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("一、主要举措的\n成效情况", ["一、主要举措的\n成效情况"]),
        ("二、\n存在问题", ["二、\n存在问题"]),
        ("（一）坚持以人民为中心，\n推进改革", ["(一)坚持以人民为中心,\n推进改革"]),
        ("三、主要负责人履行推进法治建设\n第一责任人职责情况", ["三、主要负责人履行推进法治建设\n第一责任人职责情况"]),
        ("一、主要成效\n坚持党的领导", ["一、主要成效", "坚持党的领导"]),
        ("一、推进法治建设\n主要做法有：", ["一、推进法治建设", "主要做法有:"]),
        ("一、成效的\n二、问题", ["一、成效的", "二、问题"]),
        ("一、加强学习，\n全年组织学法12次。", ["一、加强学习,", "全年组织学法12次。"]),
    ],
)
def test_headings_broken_in_two(text, read):
    assert lines(text) == read


LOST = "现将情况报告如下：一、成效。（一）学法。召开会议3次。（二）执法。检查5次。二、不足。力量薄弱。三、打算。继续努力。"


def test_a_text_that_lost_its_line_breaks_is_cut_at_its_ordinals():
    assert lines(LOST) == [
        "现将情况报告如下:",
        "一、成效。",
        "(一)学法。召开会议3次。",
        "(二)执法。检查5次。",
        "二、不足。力量薄弱。",
        "三、打算。继续努力。",
    ]


def test_blanks_behind_stops_are_line_breaks_there():
    assert lines("一、成效 学法三次，效果明显。 执法五次，效果明显。 二、不足 力量薄弱，装备老化。 某局 2024年1月5日") == [
        "一、成效 学法三次,效果明显。",
        "执法五次,效果明显。",
        "二、不足 力量薄弱,装备老化。",
        "某局 2024年1月5日",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "根据《条例》第二条第（一）项、第（二）项的规定，对相关单位作出处罚决定并公开。",
        "一、二级公路和三、四级公路的巡查频次分别提高到每周一次和每月一次，效果明显。",
        "重点做好三件事：（一）加强学习；（二）加强执法；（三）加强宣传，确保各项任务落地见效。",
        "二、三产业增加值占比提高，一、二季度检查企业56家，三、四季度检查企业48家。",
    ],
)
def test_what_cuts_nothing(text):
    assert lines(text) == [fold(text)]


def test_no_line_is_cut_where_headings_stand_on_their_own():
    assert lines("一、成效\n二、问题\n重点：一、加强学习。二、加强执法。三、加强宣传，持续推进法治建设。")[2:] == [
        "重点:一、加强学习。二、加强执法。三、加强宣传,持续推进法治建设。"
    ]


def test_numerals_that_are_none_do_not_raise():
    assert lines("三一、二十二十、十十、一二三、" * 20)
