"""Markup to lines, case by case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from etl.parse.blocks import clean_line, hidden, outermost, read_lines


def lines(markup):
    return read_lines(LexborHTMLParser(f"<body>{markup}</body>").body)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>一</p><p>二</p>", ["一", "二"]),
        ("<p>一<p>二", ["一", "二"]),
        ("<div>一<div>二</div>三</div>", ["一", "二", "三"]),
        ("一<br>二<br/>三", ["一", "二", "三"]),
        ("<p>一<br><br>二</p><p></p><p>&nbsp;</p>", ["一", "二"]),
        ("<h3>一</h3><ul><li>二</li><li>三</li></ul>", ["一", "二", "三"]),
        ("<pre>一\n  二\n\n三</pre>", ["一", "二", "三"]),
        ("", []),
    ],
)
def test_blocks_and_breaks_are_lines(markup, expected):
    assert lines(markup) == expected


@pytest.mark.parametrize(
    "markup",
    [
        "<p>办结1234.5万件</p>",
        "<p><span>办结</span><span>12</span><span lang=EN-US>34</span><b>.5</b>万件</p>",
        "<p>办结\r\n\t<span>12</span>\r\n\t<span>34.5</span>\n万件</p>",
        "<p>办结12\n34.5万件</p>",
        "<p>办结12&#8203;34.5万件</p>",
        "<p>办结12<!-- x -->34.5万件</p>",
        "<p>&emsp;&emsp;办结1234.5万件&nbsp;</p>",
        "<p>　　办结1234.5万件　</p>",
        "<p>\ufeff办结<o:p>1234.5</o:p>万件</p>",
        "<p>办结1234.5万件<script>document.write('7')</script></p>",
        "<p>办结1234.5万件<span style='DISPLAY : none'>7</span></p>",
        "<p>办结1234.5万件<i hidden>7</i><i style='visibility:hidden'>7</i></p>",
        "<p>办结1234.5万件</p><form><p>验证码</p><input value=7></form><style>p{}</style><noscript>7</noscript><textarea>7</textarea>",
    ],
)
def test_what_is_shown_is_one_line(markup):
    assert lines(markup) == ["办结1234.5万件"]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<tr><td>种类</td><td>件数</td></tr><tr><td>复议</td><td>12</td></tr>", ["种类 件数", "复议 12"]),
        ("<tr><th>种类<td><p>行政<br>复议</p><td> 12 </tr>", ["种类 行政 复议 12"]),
        ("<tr><td></td><td>12</td><td>&nbsp;</td></tr>", ["12"]),
        ("<tr><td>复议</td> <td></td>\n<td>12</td><td></td></tr>", ["复议  12"]),
        ("<tr><td><p>一、主要举措</p><p>一是执法。</p></td></tr>", ["一、主要举措", "一是执法。"]),
        ("<tr><td>导航</td><td><p>一</p><p>二</p><p>三</p><p>四</p></td></tr>", ["导航", "一", "二", "三", "四"]),
        ("<tr><td><table><tr><td>复议</td><td>12</td></tr></table></td></tr>", ["复议 12"]),
        ("<tr><td>导航</td><td><table><tr><td>复议</td><td>12</td></tr></table></td></tr>", ["导航", "复议 12"]),
        ("<tr><td>种类<td hidden>注<td style='Display:none'>注<td>12</tr>", ["种类 12"]),
    ],
)
def test_table_rows_are_lines_of_cells_and_layout_tables_are_text(markup, expected):
    assert lines(f"<table>{markup}</table>") == expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("rule\nof law", "rule of law"),
        ("rule \r\n\tof law", "rule of law"),
        ("办结 \r\n\t12件", "办结12件"),
        ("办结\t12件", "办结 12件"),
        ("办结\ufeff12\u00ad件", "办结12件"),
        ("第 1 章", "第 1 章"),
        ("一、　主要举措", "一、　主要举措"),
        ("临江市      人民政府", "临江市 人民政府"),
        ("a\u00a0b", "a b"),
        ("\u200b\u3000 \t", ""),
    ],
)
def test_lines_keep_single_blanks(text, line):
    assert clean_line(text) == line


def test_deeply_nested_spans_are_read():
    assert lines("<span>" * 3000 + "深" + "</span>" * 3000) == ["深"]


def test_deeply_nested_tables_are_read():
    assert lines("<table><tr><td>外<td>" * 2000 + "深" + "</table>" * 2000) == ["外"] * 1999 + ["外 深"]


def test_the_outermost_of_nested_nodes_is_read_once():
    tree = LexborHTMLParser("<div class=a>一<div class=a>二</div></div><div class=a>三</div>")
    found = outermost(tree.css(".a"), ".a")
    assert [read_lines(node) for node in found] == [["一", "二"], ["三"]]


def test_what_is_hidden_is_known_by_style_and_attribute():
    tree = LexborHTMLParser("<p hidden>1</p><p style='VISIBILITY : Hidden'>2</p><p style='display:block'>3</p><p style='color:red'>4</p>")
    assert hidden(tree.body) == {node.mem_id for node in tree.css("p")[:2]}


def test_nodes_can_be_left_out():
    tree = LexborHTMLParser("<div>一<p>二</p><table><tr><td>三</td><td id=x>四</td></tr></table></div>")
    assert read_lines(tree.body, {tree.css_first("p").mem_id, tree.css_first("#x").mem_id}) == ["一", "三"]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="<>&"), max_size=40), max_size=8))
def test_lines_are_never_empty_indented_or_broken(texts):
    for line in lines("".join(f"<p>{text}</p>" for text in texts)):
        assert line == clean_line(line)
        assert line
        assert not set(line) & set("\r\n\t\u200b\ufeff\u00a0")


@pytest.mark.parametrize(
    ("pane", "expected"),
    [
        ("<div class=tab-pane style='display:none'><p>二、存在的不足</p></div>", ["一、举措", "二、存在的不足"]),
        ("<div class=tab-pane style='display:none'><p>解读：出台35条</p></div>", ["一、举措"]),
        ("<div class=note style='display:none'><p>二、存在的不足</p></div>", ["一、举措"]),
        ("<p class=tab-pane style='display:none'>二、存在的不足</p>", ["一、举措"]),
    ],
)
def test_a_hidden_tab_that_counts_on_is_read(pane, expected):
    assert lines(f"<div><div class='tab-pane active'><p>一、举措</p></div>{pane}</div>") == expected


def test_a_table_of_one_cell_inside_a_cell_is_a_datum():
    inner = "<table><tr><td>准予</td></tr></table>"
    assert lines(f"<table><tr><td>行政许可</td><td>{inner}</td><td>1,311</td></tr></table>") == ["行政许可 准予 1,311"]
