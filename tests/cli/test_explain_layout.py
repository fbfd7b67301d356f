"""A report laid out for people: every character, figure, numeral and finding is there once, at its place."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.cli.explain.layout import lay_out
from etl.cli.explain.wording import counts, fields, verdict
from etl.models import KINDS, NUMERAL_CLASSES, PARTS, QUALIFIERS, Finding, Statement
from etl.names import metric_name, name, names
from etl.parse import parse_text
from etl.settings import PROJECT_DIR
from etl.visible import visible

TEXTS = [path.read_text() for path in sorted((PROJECT_DIR / "sample" / "content").glob("*/*.txt"))]
TEXT = (
    "云河区司法局2023年度法治政府建设情况报告\n一、主要举措和成效\n(一)规范执法。一是加强监督。2023年,评查行政执法案卷168份,优秀率95.8%。"
    "依据《云河区2021年执法办法》〔2021〕5号,人大建议、政协提案各5件。xyz 456 qq。\n"
)


def pieces(layout):
    return [piece for block in layout.blocks for sentence in block.sentences for piece in sentence.pieces]


def check(report):
    """What holds for the layout of every report."""
    layout = lay_out(report)
    found = pieces(layout)
    sentences = [sentence for block in layout.blocks for sentence in block.sentences]
    lines = ["".join(p.text for s in block.sentences for p in s.pieces) for block in layout.blocks]
    assert lines == [visible(line).rstrip() if line.strip() else "" for line in map(str.rstrip, report.text.splitlines())]
    assert sorted(index for sentence in sentences for index in sentence.metrics) == list(range(len(report.metrics)))
    assert sorted(index for sentence in sentences for index in sentence.findings) == list(range(len(report.findings)) if sentences else [])
    for first in (i for i, piece in enumerate(found) if piece.opens):
        last = next(i for i in range(first, len(found)) if found[i].closes)
        quote = "".join(piece.text for piece in found[first : last + 1])
        assert {visible(report.metrics[index].quote) for index in found[first].metrics} == {quote}
    assert sum(piece.opens for piece in found) == len({(m.char_start, m.char_end) for m in report.metrics})
    assert len({id(p.numeral) for p in found if p.numeral}) == len(report.numerals)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_every_report_of_the_sample_is_laid_out_whole(text):
    check(parse_text(text))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*"\n\r\x1b\x00\u2028。,;《》()一二", TEXT, TEXT[30:70], "12件", " ", "2023年", "\ud800"]), max_size=12))
def test_any_text_is_laid_out_whole(parts):
    check(parse_text("".join(parts)))


def test_pieces_carry_their_marks():
    report = parse_text(TEXT)
    found = pieces(lay_out(report))
    assert {piece.text for piece in found if piece.metrics} == {"168份", "95.8%", "5件"}
    assert [piece.numeral.class_ for piece in found if piece.text == "456"] == ["unexplained"]
    assert [piece.finding_opens for piece in found if piece.text == "456"] == [True]
    cited = [piece for piece in found if piece.cited]
    assert "".join(piece.text for piece in cited) == "云河区2021年执法办法"
    assert [piece.citation_opens for piece in cited] == [True] + [False] * (len(cited) - 1)
    assert [piece.citation_closes for piece in cited] == [False] * (len(cited) - 1) + [True]
    headings = [piece for piece in found if piece.section_opens]
    assert [piece.text for piece in headings] == ["主要举措和成效", "规范执法"]


def test_one_figure_of_two_things_is_one_mark_with_two_numbers():
    report = parse_text(TEXT)
    both = [piece.metrics for piece in pieces(lay_out(report)) if piece.text == "5件"]
    assert [len(metrics) for metrics in both] == [2]


def test_headings_have_levels_and_other_lines_none():
    layout = lay_out(parse_text(TEXT))
    assert [block.level for block in layout.blocks] == [0, 1, 2]


def test_a_finding_between_lines_belongs_to_the_sentence_before():
    report = parse_text("云河区司法局2023年度法治政府建设情况报告\n一、举措\n\n办理12件。")
    report = replace(report, findings=(Finding("rule", "message", "", report.text.index("\n\n") + 1, report.text.index("\n\n") + 1),))
    found = [[len(sentence.findings) for sentence in block.sentences] for block in lay_out(report).blocks]
    assert found == [[0], [1], [], [0]]


def stated(report, holds, expected):
    metric = report.metrics[0]
    return Statement(
        rule="balance", expression="160 + 9 = 168", holds=holds, stated=Decimal(168), expected=expected, metrics=(0,), quote=metric.quote,
        sentence=metric.sentence, other_sentence=None, char_start=metric.char_start, char_end=metric.char_end,
    )  # fmt: skip


def test_arithmetic_stands_at_the_sentence_of_the_stated_figure():
    report = parse_text(TEXT)
    report = replace(report, arithmetic=(stated(report, False, Decimal(169)), stated(report, None, None)))
    found = [sentence for block in lay_out(report).blocks for sentence in block.sentences if sentence.statements]
    assert [(sentence.statements, 0 in sentence.metrics) for sentence in found] == [((0, 1), True)]
    assert dict(counts(report))["算术 arithmetic 2"] == [
        ("成立 holds", 0),
        ("不成立 does not hold", 1),
        ("待上年报告 needs last year's report", 1),
    ]


@pytest.mark.parametrize(
    ("holds", "expected", "words"),
    [
        (True, Decimal(168), "✓ 算术 arithmetic balance: 160 + 9 = 168 成立 holds"),
        (False, Decimal(169), "✗ 算术 arithmetic balance: 160 + 9 = 168 不成立 does not hold (应为 expected 169)"),
        (False, None, "✗ 算术 arithmetic balance: 160 + 9 = 168 不成立 does not hold"),
        (None, None, "? 算术 arithmetic balance: 160 + 9 = 168 待上年报告 needs last year's report"),
    ],
)
def test_arithmetic_says_whether_it_holds_and_what_would(holds, expected, words):
    assert verdict(stated(parse_text(TEXT), holds, expected)) == words


def test_fields_name_everything_that_was_read():
    report = parse_text(TEXT)
    metric = report.metrics[0]
    shown = fields(report, metric)
    assert shown["label"] == ("指标名称 label", metric.label)
    assert shown["value"][1] == "168"
    assert shown["kind"][1] == name("kind", metric.kind)
    assert shown["section"][1].startswith("(一)规范执法")
    assert shown["measure"][1].startswith("一是加强监督")
    assert shown["rule"][1] == metric.rule
    assert all(value for _, value in shown.values())


def test_a_range_shows_both_ends_and_large_values_their_thousands():
    report = parse_text("云河区司法局2023年度法治政府建设情况报告\n一、举措\n办理时限为3至5个工作日，投入1.2亿元。")
    assert [fields(report, metric)["value"][1] for metric in report.metrics] == ["3 … 5", "120,000,000"]


def test_counts_add_up():
    report = parse_text(TEXTS[0])
    groups = dict(counts(report))
    kinds = groups[f"数字 figures {len(report.metrics)}"]
    assert sum(count for _, count in kinds[:-2]) == sum(count for _, count in kinds[-2:]) == len(report.metrics)
    assert sum(count for _, count in groups[f"其他数字 other numerals {len(report.numerals)}"]) == len(report.numerals)


@pytest.mark.parametrize(
    ("group", "vocabulary"),
    [("kind", KINDS), ("sign", KINDS), ("qualifier", QUALIFIERS), ("class", NUMERAL_CLASSES), ("part", PARTS)],
)
def test_every_code_has_a_name_and_every_name_a_code(group, vocabulary):
    assert set(names()[group]) == set(vocabulary)
    assert len(set(names()[group].values())) == len(vocabulary)


def test_names_are_chinese_and_english():
    for group in set(names()) - {"sign"}:
        for text in names()[group].values():
            chinese, _, english = text.partition(" ")
            assert not chinese.isascii()
            assert english


def test_metric_codes_have_the_catalogue_s_names():
    assert metric_name(None) is None
    assert metric_name("no_such_code") == "no_such_code"
    read = {metric.metric_code for text in TEXTS for metric in parse_text(text).metrics} - {None}
    assert read
    assert all(metric_name(code).startswith(f"{code} ") for code in read)


def test_control_characters_are_signs():
    text = "a\x1b[31m\x00\x7f\x9b\tb\n"
    assert visible(text) == "a␛[31m␀␡�\tb\n"
    assert len(visible(text)) == len(text)


def test_sentences_and_pieces_stand_in_the_order_of_the_text():
    report = parse_text(TEXTS[0])
    order = [m for block in lay_out(report).blocks for sentence in block.sentences for m in sentence.metrics]
    assert all(report.metrics[a].char_start <= report.metrics[b].char_start for a, b in pairwise(order))
