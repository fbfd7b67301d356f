import html
import re

import pytest

from sample.content import load_content
from sample.markup import paragraphs, signed_on

TEXTS = {article.path: article.text for article in load_content().articles}
BROKEN = re.compile(r"\d</span><span[^>]*>[.,]?\d")


def markup_of(text):
    return [str(each.markup) for each in paragraphs(text)]


@pytest.mark.parametrize("path", TEXTS)
def test_the_markup_holds_the_line_and_nothing_else(path):
    shown = [html.unescape(re.sub(r"<[^>]*>", "", markup)) for markup in markup_of(TEXTS[path])]
    assert shown == TEXTS[path].splitlines()


def test_figures_are_broken_over_spans_so_that_careless_readers_fail():
    broken = [path for path, text in TEXTS.items() if any(BROKEN.search(markup) for markup in markup_of(text))]
    reports = [path for path, text in TEXTS.items() if len(text) > 1400]
    assert set(reports) <= set(broken)


def test_every_span_has_a_style_of_its_own():
    for text in TEXTS.values():
        for markup in markup_of(text):
            assert re.findall(r"<span(?! (?:lang=\"EN-US\" )?style=\"[^\"]{10,}\">)", markup) == []


def test_the_same_line_gives_the_same_markup():
    line = "全年开展巡查检查2,180次，教育劝导3,400余人次。"
    assert markup_of(line) == markup_of(line)


def test_what_looks_like_markup_is_text():
    assert "&lt;b&gt;" in markup_of("甲<b>乙&丙")[0]


def test_salutation_and_signature_are_not_indented_and_the_signature_stands_right():
    found = paragraphs("市委、市政府：\n2024年，工作扎实。\n特此报告。\n云河区人民政府\n2025年2月14日")
    assert [bool(each.indent) for each in found] == [False, True, True, False, False]
    assert [each.is_right for each in found] == [False, False, False, True, True]


def test_indents_are_of_several_kinds():
    assert len({each.indent for text in TEXTS.values() for each in paragraphs(text)}) == 4


@pytest.mark.parametrize(
    ("text", "day"), [("报告。\n2025年2月4日", "2025-02-04"), ("报告。\n2025年11月14日", "2025-11-14"), ("2025年2月4日，报告。", "")]
)
def test_the_date_of_signing(text, day):
    assert signed_on(text) == day
