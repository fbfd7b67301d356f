import json
import re
from itertools import pairwise

import gold_score
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.models import KINDS, NUMERAL_CLASSES, PARTS, QUALIFIERS
from etl.parse import parse_report, parse_text

TEXTS = {path.stem: gold_score.load(path)["text"] for path in gold_score.GOLD}
PERIOD = re.compile(
    r"\d{4}(-\d{2})?|\d{4}-Q[1-4]|\d{4}/\d{4}|\d{4}-\d{2}/\d{4}-\d{2}|as-of:\d{4}-\d{2}-\d{2}|"  # the last alternative: no year known
)

RULE = re.compile("label:[a-z-]+ kind:[a-z-]+ period:[a-z-]+ subject:[a-z-]+")


def check(report):
    text = report.text
    for section in report.sections:
        assert text[section.char_start : section.char_end] == section.heading
        assert section.part in PARTS
    for measure in report.measures:
        assert text[measure.char_start : measure.char_end] == measure.text
        assert measure.section is None or 0 <= measure.section < len(report.sections)
        assert measure.title is None or measure.title in measure.text
    assert all(a.char_end <= b.char_start for a, b in pairwise(report.measures))
    for metric in report.metrics:
        assert text[metric.char_start : metric.char_end] == metric.quote
        assert metric.quote in metric.sentence
        assert metric.sentence in text
        assert metric.label
        assert metric.kind in KINDS
        assert metric.qualifier in QUALIFIERS
        assert PERIOD.fullmatch(metric.period)
        assert RULE.fullmatch(metric.rule)
        assert metric.value_high is None or metric.value_high > metric.value
        assert metric.measure is None or report.measures[metric.measure].char_start <= metric.char_start
    for numeral in report.numerals:
        assert text[numeral.char_start : numeral.char_end] == numeral.quote
        assert numeral.class_ in NUMERAL_CLASSES
    for citation in report.citations:
        assert text[citation.char_start : citation.char_end] == (citation.title or citation.document_number)
    account(report)
    json.dumps(report.to_json("x"))


def account(report):
    """Every digit run lies in metrics of one span, or in one numeral; spans of different kinds never overlap."""
    spans = sorted({(m.char_start, m.char_end) for m in report.metrics} | {(n.char_start, n.char_end) for n in report.numerals})
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert len(report.numerals) == len({(n.char_start, n.char_end) for n in report.numerals})
    for run in re.finditer("[0-9０-９]+", report.text):
        around = [span for span in spans if span[0] < run.end() and run.start() < span[1]]
        assert len(around) == 1
        assert around[0][0] <= run.start()
        assert run.end() <= around[0][1]
    unexplained = [n for n in report.numerals if n.class_ == "unexplained"]
    assert len(unexplained) == sum(f.rule == "unexplained_numeral" for f in report.findings)


@pytest.mark.parametrize("name", TEXTS)
def test_invariants_hold_on_every_report(name):
    check(parse_text(TEXTS[name]))


@pytest.mark.parametrize("name", TEXTS)
def test_reading_twice_gives_the_same(name):
    assert parse_text(TEXTS[name]) == parse_text(TEXTS[name])


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("change", ["crlf", "indented", "full-width"])
def test_form_does_not_change_what_is_read(name, change):
    plain = TEXTS[name]
    changed = {
        "crlf": plain.replace("\n", "\r\n"),
        "indented": "\n".join("\u3000\u3000" + line for line in plain.split("\n")),
        "full-width": plain.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789%,.:;()"}),
    }[change]
    before, after = parse_text(plain), parse_text(changed)
    check(after)
    assert [(m.value, m.unit, m.kind, m.period, m.metric_code) for m in after.metrics] == [
        (m.value, m.unit, m.kind, m.period, m.metric_code) for m in before.metrics
    ]
    assert [(s.level, s.part) for s in after.sections] == [(s.level, s.part) for s in before.sections]
    assert [(m.part, m.section) for m in after.measures] == [(m.part, m.section) for m in before.measures]


WORDS = st.sampled_from(
    [
        "一是",
        "二是",
        "首先",
        "(一)",
        "（二）",
        "一、",
        "二、",
        "1.",
        "2、",
        "①",
        "(1)",
        "。",
        "，",
        ",",
        "；",
        ";",
        "：",
        "、",
        "\n",
        "\r\n",
        "\u3000",
        "《",
        "》",
        "“",
        "”",
        "(",
        ")",
        "（",
        "）",
        "〔2023〕12号",
        "2023年",
        "2023年11月",
        "截至12月底",
        "3至5",
        "由",
        "压缩至",
        "分别为",
        "各",
        "均",
        "其中",
        "近",
        "逾",
        "不少于",
        "以上",
        "左右",
        "余",
        "万",
        "亿",
        "%",
        "％",
        "12",
        "1,234",
        "０",
        "９",
        "1.5",
        "1/3",
        "3:1",
        "件",
        "项",
        "个工作日",
        "人次",
        "元",
        "百",
        "千",
        "三十五",
        "两",
        "半",
        "成",
        "分之",
        "零",
        "第",
        "行政复议申请",
        "案件",
        "区司法局",
        "举措",
        "问题",
        "打算",
        "第一责任人",
        "12345热线",
        "PM2.5",
        "附表：",
        "项目",
        "数量",
        "单位",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=60).map("".join))
@example("《“1”》2《3")
@example("一、\n二、1.\n(一)")
@example("9" * 40 + "件")
@example("1/0,0:0,3:0件")
def test_fuzzed_words_never_raise_and_keep_the_invariants(text):
    check(parse_text(text))


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=20), st.text(max_size=120))
def test_any_text_never_raises_and_keeps_the_invariants(title, text):
    check(parse_report(title, text))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(TEXTS)), st.integers(0, 2000), st.integers(0, 300))
def test_cut_reports_keep_the_invariants(name, start, length):
    check(parse_text(TEXTS[name][start : start + length]))
