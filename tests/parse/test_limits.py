"""What no report looks like ends in facts, findings or a clear error, whatever it is; how time grows is drawn by `make bench`."""

import contextlib
import re
import signal

import gold_score
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_invariants import check

from bench import hostile
from etl.errors import EtlError, PageError
from etl.facts.rows import report_rows
from etl.models import Report
from etl.nesting import DEEPEST, MOST_UNCLOSED, check_nesting
from etl.parse import parse_report, parse_text
from etl.parse.labels.memory import Counted, Memory
from etl.parse.page import read_page
from etl.parse.sentences import LONGEST, split
from etl.parse.stage import read_report

TEXTS = [gold_score.load(path)["text"] for path in gold_score.GOLD]
TITLE = hostile.TITLE
GUARD = 120
"""Seconds after which a reading counts as one that never ends; a hundred times what it takes."""

ANY = st.text(st.characters(), max_size=200) | st.text(st.sampled_from("\0\ud800\udfff\r\n\x1b\u2028〔《（(一1１①万%，。"), max_size=200)


@pytest.fixture(autouse=True)
def _ends():
    """A test that does not end is a failure, not a build that hangs."""

    def give_up(*_):
        raise TimeoutError(f"not done after {GUARD} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(GUARD)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def read_bytes(raw):
    """The report of a page, or null where it is refused for a reason."""
    with contextlib.suppress(EtlError):
        document, report = read_report(raw, None)
        assert report.text == document.text
        return report
    return None


def page(text):
    """A page that shows `text`, every character that markup has a word for written so."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    lines = "".join(f"<p>{line}</p>" for line in escaped.split("\n"))
    return f'<html><head><meta name="ArticleTitle" content="{TITLE}"></head><body><div id="zoom">{lines}</div></body></html>'


@settings(max_examples=150, deadline=None)
@given(ANY, ANY)
def test_any_characters_are_read_or_accounted_for(title, text):
    check(parse_report(title, text))


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=400) | ANY.map(lambda text: text.encode("utf-16", "surrogatepass")),
    st.sampled_from([None, "text/html; charset=gbk"]),
)
def test_any_bytes_are_a_document_or_a_page_error(raw, content_type):
    with contextlib.suppress(PageError):
        document = read_page(raw, content_type)
        assert document.text
        document.text.encode()


@settings(max_examples=100, deadline=None)
@given(ANY, st.sampled_from(["utf-8", "gb18030"]))
def test_any_text_in_a_page_is_read_or_refused(text, charset):
    report = read_bytes(page(f"{TITLE}\n法治政府建设取得新成效。\n{text}").encode(charset, "replace"))
    if report is not None:
        check(report)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from([*hostile.TAGS, *hostile.PAGE_UNITS.values(), "2023年办理12件，法治。", "]]>", "<![CDATA[", "\0", "</p>"]),
        max_size=40,
    )
)
def test_any_markup_is_read_or_refused(parts):
    report = read_bytes(f'<meta name="ArticleTitle" content="{TITLE}">法治{"".join(parts)}'.encode())
    if report is not None:
        check(report)


@st.composite
def mutated(draw):
    """A gold report with some stretches deleted, doubled, moved, or with characters put in."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 6))):
        units = text.split("\n") if draw(st.booleans()) else list(text)
        a, b = sorted(draw(st.tuples(*[st.integers(0, len(units))] * 2)))
        b = min(b, a + 40)
        stretch = units[a:b]
        match draw(st.sampled_from(["delete", "double", "shuffle", "insert"])):
            case "delete":
                units[a:b] = []
            case "double":
                units[a:a] = stretch
            case "shuffle":
                units[a:b] = draw(st.permutations(stretch))
            case "insert":
                units[a:a] = [draw(ANY)]
        text = ("\n" if len(units) < len(text) else "").join(units)
    return text


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(mutated())
def test_mutated_reports_keep_the_invariants(text):
    check(parse_text(text))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(mutated())
def test_mutated_reports_in_a_page_keep_the_invariants(text):
    report = read_bytes(page(text).encode("utf-8", "replace"))
    if report is not None:
        check(report)


@pytest.mark.parametrize("name", hostile.texts())
def test_hostile_texts_end(name, provenance):
    report = parse_text(hostile.texts()[name](20_000))
    assert isinstance(report, Report)
    assert all(len(metric.sentence) <= LONGEST + len(metric.quote) for metric in report.metrics)
    with contextlib.suppress(ValueError):  # a value that the warehouse cannot hold is refused with its reason
        report_rows(report.to_json(), provenance)


@pytest.mark.parametrize("name", hostile.pages())
def test_hostile_pages_end(name):
    read_bytes(hostile.pages()[name](600_000).encode())


def test_a_body_of_five_megabytes_is_read():
    reports = "\n".join(TEXTS)
    plain = "依法行政扎实推进，" * 500 + "\n"
    text = f"{TITLE}\n一、主要举措和成效\n" + (plain * 400)[: 5_000_000 // 3 - 2 * len(reports)] + f"\n{reports}\n{reports}"
    assert len(text.encode()) > 4_900_000
    report = read_bytes(page(text).encode())
    assert report is not None
    assert len(report.metrics) > 1_000
    assert [metric.quote for metric in report.metrics[: len(report.metrics) // 2]] == [
        metric.quote for metric in report.metrics[len(report.metrics) // 2 :]
    ]


def test_a_line_of_200_000_characters_is_read():
    line = "2023年，全区办理行政复议案件128件，同比增长12.5%，" * 6_000
    report = parse_text(f"{TITLE}\n一、主要举措\n{line[:200_000]}\n")
    assert len(report.metrics) > 10_000
    assert sum(len(metric.sentence) for metric in report.metrics) < 50_000_000


@pytest.mark.parametrize("opening", ["（", "(", "《", "“", "〔", "[", "「"])
def test_100_000_brackets_that_never_close_are_read(opening):
    report = parse_text(f"{TITLE}\n一、主要举措\n一是规范执法。办理案件128件。\n{opening * 100_000}12件\n二是公开。公开信息35条。\n")
    assert {"128件", "35条"} <= {metric.quote for metric in report.metrics}


def test_200_000_digits_are_one_numeral_and_no_value():
    report = parse_text(f"{TITLE}\n一、主要举措\n办理案件128件。{'7' * 200_000}\n")
    assert [metric.quote for metric in report.metrics] == ["128件"]
    assert any(numeral.quote == "7" * 200_000 for numeral in report.numerals)


@pytest.mark.parametrize("tag", ["div", "span", "table", "font", "nav", "ul"])
def test_100_000_nested_tags_are_refused_by_name(tag):
    markup = f"<{tag}>" * 100_000 + "<p>法治</p>" + f"</{tag}>" * 100_000
    if tag == "font":  # equal formatting is repeated three times at most, so it may nest
        assert read_page(page("法治").replace("法治", markup).encode(), None).text == "法治"
        return
    with pytest.raises(PageError, match=r"nested 100,0\d\d deep") as caught:
        read_page(page("法治").replace("法治", markup).encode(), None)
    assert caught.value.reason == "nested_too_deep"


def test_pages_as_deep_as_the_limit_are_read_and_their_tags_may_be_left_open():
    inner = DEEPEST - 5
    deep = page("法治").replace("法治", "<span>" * inner + "法治" + "</span>" * inner)
    assert read_page(deep.encode(), None).text == "法治"
    flat = page("法治").replace("法治", "<p>法<br>治<li>" * 3_000 + "<p><b>法治" * 3_000)
    assert read_page(flat.encode(), None).text.count("法治") == 3_000


def test_formatting_that_is_never_closed_is_refused_before_it_multiplies():
    markup = "".join(f"<p><font size={size}>法治" for size in range(20_000))
    with pytest.raises(PageError, match=f"open; up to {MOST_UNCLOSED}") as caught:
        read_page(page("法治").replace("法治", markup).encode(), None)
    assert caught.value.reason == "nested_too_deep"
    closed = "".join(f"<p><font size={size}>法治</font>" for size in range(20_000))
    assert read_page(page("法治").replace("法治", closed).encode(), None).text.count("法治") == 20_000


def test_tags_in_a_wrong_order_are_counted_as_they_close():
    check_nesting("<div><span></div>" * 5_000)
    check_nesting("</div>" * 10_000)
    with pytest.raises(PageError):
        check_nesting("<DIV><span>" * 5_000)


def test_nul_and_lone_surrogates_are_kept_as_they_are():
    text = f"{TITLE}\n一、主要\0举措\n一是规范\ud800执法。办理案件128\0件、\udfff35件。\n"
    report = parse_text(text)
    assert report.text == text
    check(report)


def test_nul_in_a_page_is_dropped_or_refused():
    report = read_bytes(page(f"{TITLE}\n一是规范执法。\0办理案件128件，法治。").encode())
    assert report is None or "\0" not in report.text


def test_a_sentence_without_an_end_is_cut_at_a_comma_and_others_are_not():
    short = "一句。" * 3_000
    assert len(split(short).sentence_ends) == 3_000
    long = "办理案件，" * 3_000
    ends = split(long).sentence_ends
    assert ends
    assert all(long[end - 1] == "，" or end % LONGEST == 0 for end in ends)
    assert all(end - start <= LONGEST for start, end in zip([0, *ends], [*ends, len(long)], strict=True))


def test_a_figure_where_a_sentence_is_cut_keeps_its_quote_in_it():
    for shift in range(8):
        report = parse_text(f"{TITLE}\n" + "甲" * (LONGEST - shift) + "1234.5万件" * 3)
        for metric in report.metrics:
            assert metric.quote in metric.sentence
            assert re.search(r"\d", metric.quote)


def test_what_was_counted_long_before_is_forgotten():
    """A sentence without an end would otherwise be searched as a whole at each of its figures."""
    memory = Memory()
    for number in range(1_000):
        memory.keep(Counted("件", f"第{number}类案件", "", "", sub=False, rate=False, governed=False))
        assert memory.main().noun == f"第{number}类案件"
    assert len(memory.here) <= 200
    for _ in range(50):
        memory.new_sentence()
        memory.keep(Counted("件", "案件", "", "", sub=False, rate=False, governed=False))
    assert len(memory.older) <= 100
