"""Hard-wrapped text reads like the text it was made of; text with paragraphs stays as it is, to the character."""

import collections
import json
import re
from pathlib import Path

import gold_score
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.parse import parse_text
from etl.parse.unwrap import glue, unwrap, width

ROOT = Path(__file__).resolve().parents[2]
REPORTS = {path.stem: gold_score.load(path)["text"] for path in (*gold_score.GOLD, *gold_score.RESERVE)}
SPECS = [
    json.loads(line)["text"]
    for path in sorted((ROOT / "tests/data").glob("specs*/*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if '"text"' in line
]
TEXTS = {
    **REPORTS,
    **{path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/data/outlines").glob("*.txt"))},
    **{"/".join(path.parts[-2:]): path.read_text(encoding="utf-8") for path in sorted((ROOT / "sample/content").rglob("*.txt"))},
}
NEVER_FIRST = "，。；：！？、）)》”’】,.;:!?…％%"
NEVER_LAST = "（(《“‘【"


def wrap(text, page, *, indent="　　", whole_numbers=False):
    """Lines as a word processor sets them; rows of tables are left as they are."""
    lines = []
    for number, paragraph in enumerate(filter(None, map(str.strip, text.split("\n")))):
        line = indent if number and re.search("[。；，;,]", paragraph) else ""
        for unit in re.findall("[0-9A-Za-z.,%]+|." if whole_numbers else ".", paragraph):
            if width(line + unit) <= page or (unit in NEVER_FIRST and width(line) <= page):
                line += unit
                continue
            carried = line[-1] if line[-1:] in tuple(NEVER_LAST) else ""
            lines.append(line.removesuffix(carried))
            line = carried + unit
        lines.append(line)
    return lines


def figures(report):
    return collections.Counter((m.label, m.value, m.unit, m.kind, m.period, m.subject) for m in report.metrics)


def measures(report):
    return collections.Counter((m.part, m.text[:10]) for m in report.measures)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_text_with_paragraphs_stays_as_it_is(text):
    assert unwrap(text.split("\n")) == text.split("\n")


def test_annotated_sentences_stay_as_they_are():
    assert SPECS
    assert [text for text in SPECS if unwrap(text.split("\n")) != text.split("\n")] == []


@pytest.mark.parametrize(
    ("page", "layout", "floor"),
    [
        (28, {}, 0.999),
        (34, {"whole_numbers": True}, 0.999),
        (40, {}, 0.999),
        (28, {"indent": ""}, 0.995),
        (34, {"indent": "", "whole_numbers": True}, 0.995),
        (40, {"indent": ""}, 0.995),
    ],
)
def test_wrapped_reports_give_the_figures_of_the_unwrapped_ones(page, layout, floor):
    shares = collections.Counter()
    for text in REPORTS.values():
        one, other = parse_text(text), parse_text("\n".join(unwrap(wrap(text, page, **layout))))
        for name, told in (("figures", figures), ("measures", measures)):
            a, b = told(one), told(other)
            shares.update({f"{name} same": 2 * sum((a & b).values()), f"{name} all": sum(a.values()) + sum(b.values())})
    assert shares["figures same"] / shares["figures all"] >= floor
    assert shares["measures same"] / shares["measures all"] >= floor - 0.012


BODY = (
    "2023年，云河区司法局坚持以习近平法治思想为指导，认真落实法治政府建设各项部署，全年办理行政复议案件2180件，"
    "审结2100件，按时办结率达到98.6%，全区行政执法人员持证上岗率100%，组织开展各类法治宣传活动120场次，参与群众3万余人次。"
)


def wrapped(*paragraphs, page=20, **layout):
    return wrap("\n".join(paragraphs), page, **layout)


def test_a_number_broken_over_a_line_end_is_whole_again():
    pages = [wrapped(BODY, BODY, BODY, page=page) for page in range(20, 30)]
    assert any(re.search("21$|218$|2$", line) and not line.endswith("202") for lines in pages for line in lines)
    assert [unwrap(lines) for lines in pages] == [[BODY, BODY, BODY]] * 10


def test_headings_signature_and_date_keep_their_lines():
    paragraphs = ["云河区司法局2023年工作报告", "一、主要举措", BODY, "（一）规范执法", BODY, "云河区司法局", "2024年1月31日"]
    assert unwrap(wrapped(*paragraphs, page=28)) == paragraphs
    assert unwrap(wrapped(*paragraphs, page=28, indent="")) == paragraphs


@pytest.mark.parametrize("indent", ["　　", ""])
def test_a_heading_may_fill_a_line_or_take_two(indent):
    heading = "三、党政主要负责人履行推进法治建设第一责任人职责情况"
    paragraphs = ["云河区司法局2023年工作报告", BODY, heading, BODY]
    for page in range(24, 30):
        assert unwrap(wrap("\n".join(paragraphs), page, indent=indent)) == paragraphs


def test_a_page_number_in_the_middle_of_a_paragraph_is_left_out():
    lines = wrapped(BODY, BODY, BODY)
    cut = next(i for i, line in enumerate(lines) if i > 2 and not line.endswith(("。", "；")))
    assert unwrap([*lines[: cut + 1], "", "— 3 —", "", *lines[cut + 1 :]]) == [BODY, BODY, BODY]


def test_rows_of_a_table_keep_their_lines():
    rows = ["事项 受理（件） 办结（件）", "行政复议 126 120", "行政应诉 98 95"]
    assert unwrap([*wrapped(BODY, BODY), *rows, *wrapped(BODY)]) == [BODY, BODY, *rows, BODY]


def test_latin_words_are_parted_by_a_blank_and_nothing_else_is():
    assert glue("Rule of", "Law 指数") == "Rule of Law 指数"
    assert glue("2 180", "件") == "2 180件"
    assert glue("办理21", "80件") == "办理2180件"


@given(st.lists(st.text(alphabet="一是，。；、（）〔〕0123456789%件的年abc 　\t—", max_size=60), max_size=40))
def test_no_character_but_blanks_and_page_numbers_is_lost_or_moved(lines):
    def squeezed(texts):
        return re.sub(r"\s", "", "".join(texts))

    kept = [line for line in lines if not re.fullmatch(r"[-—\s]*[0-9]{0,3}[-—\s]*|\s*[0-9]+\s*", line)]
    assert squeezed(unwrap(kept)) == squeezed(kept)


@given(st.lists(st.text(max_size=90), max_size=30))
def test_any_lines_can_be_given(lines):
    assert all(isinstance(line, str) for line in unwrap(lines))
