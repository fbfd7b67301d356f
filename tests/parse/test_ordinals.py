import pytest

from etl.parse.ordinals import KINDS, read_opener


@pytest.mark.parametrize(
    ("line", "kind", "mark", "rest"),
    [
        ("一、主要举措", "han", "一", "主要举措"),
        ("十一.其他", "han", "十一", "其他"),
        ("三 、不足", "han", "三", "不足"),
        ("四:打算", "han", "四", "打算"),
        ("四 下一年打算", "han", "四", "下一年打算"),
        ("第一部分 工作情况", "part", "第一部分", "工作情况"),
        ("第二章、职责", "part", "第二章", "职责"),
        ("(一)标题", "han_bracket", "(一)", "标题"),
        ("(十二)、标题", "han_bracket", "(十二)", "标题"),
        ("㈢标题", "han_bracket", "㈢", "标题"),
        ("1.标题", "arabic", "1.", "标题"),
        ("12、标题", "arabic", "12、", "标题"),
        ("1. 2023年标题", "arabic", "1.", "2023年标题"),
        ("⒉标题", "arabic", "⒉", "标题"),
        ("(1)标题", "arabic_bracket", "(1)", "标题"),
        ("2)标题", "arabic_bracket", "2)", "标题"),
        ("⑶标题", "arabic_bracket", "⑶", "标题"),
        ("一、", "han", "一", ""),
    ],
)
def test_openers(line, kind, mark, rest):
    opener = read_opener(line)
    assert opener is not None
    assert (opener.kind, line[: opener.mark_end], line[opener.end :]) == (kind, mark, rest)
    assert KINDS[opener.rank] == kind


@pytest.mark.parametrize(
    "line",
    [
        "",
        "一网通办事项扩大",
        "一体化推进",
        "一、二级公路建设",
        "三、四季度开展检查",
        "四 检查企业36家。",
        "1.5万件",
        "1. 5万件",
        "3、4月份",
        "12.4国家宪法日",
        "2023.12.31印发",
        "2023年,工作",
        "(含街道)合计",
        "(2023)12号",
        "123.标题",
        "第一批示范地区",
        "第一,加强学习",
        "①加强学习",
        "一是加强学习",
    ],
)
def test_what_opens_no_line(line):
    assert read_opener(line) is None
