import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.parse.folding import fold
from etl.parse.quantities import Scan, scan
from etl.parse.zones import find_zones

SPECS = [json.loads(line) for line in Path(__file__, "../../data/specs/quantities.jsonl").resolve().read_text().splitlines()]


def scanned(text: str) -> Scan:
    folded = fold(text)
    return scan(folded, find_zones(folded), {}, {})


def test_the_specs_hold_enough_cases_of_both_signs():
    assert len(SPECS) >= 60
    assert sum(not spec["expected"] for spec in SPECS) >= 25


@pytest.mark.parametrize("spec", SPECS, ids=[spec["text"][:24] for spec in SPECS])
def test_one_sentence_specs(spec):
    found = [
        {
            "quote": spec["text"][q.start : q.end],
            "value": q.value,
            "unit": q.unit,
            "qualifier": q.qualifier,
            "value_high": q.value_high,
        }
        for q in scanned(spec["text"]).quantities
    ]
    expected = [
        {
            **row,
            "value": Decimal(row["value"]),
            "qualifier": row.get("qualifier", "exact"),
            "value_high": Decimal(row["value_high"]) if "value_high" in row else None,
        }
        for row in spec["expected"]
    ]
    assert found == expected


def test_bare_numbers_take_their_unit_from_the_table():
    text = "罚没款 98"
    found = scan(text, find_zones(text), {4: "万元"}, {}).quantities
    assert [(q.value, q.unit) for q in found] == [(Decimal(980000), "元")]


PROSE = [json.loads(line) for line in Path(__file__, "../../data/specs/numerals_in_prose.jsonl").resolve().read_text().splitlines()]


@pytest.mark.parametrize("spec", PROSE, ids=[spec["text"][:24] for spec in PROSE])
def test_no_numeral_of_sane_prose_is_unexplained(spec):
    assert [span for span in scanned(spec["text"]).masked if span[2] == "unexplained"] == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("分别压缩至3、2和1个工作日。", ["3", "2", "1个工作日"]),
        ("对2万—5万元罚款案件快速办理。", []),
        ("500万元以上项目12个。", ["12个"]),
        ("过半数的案件以调解结案。", ["过半数"]),
        ("平均办理时间缩短至半天以内。", ["半天以内"]),
        ("两个半小时内办结，3个半月完成。", ["两个半小时内", "3个半月"]),
        ("八至九成满意，占百分之三十至四十。", ["八至九成", "百分之三十至四十"]),
        ("建立三项制度，明确四项任务，查处三起，制定两部规章。", ["三起", "两部"]),
        ("十分之一，十分重要。", ["十分之一"]),
    ],
)
def test_quotes(text, quotes):
    assert [text[q.start : q.end] for q in scanned(text).quantities] == quotes


@pytest.mark.parametrize("digit", ["7", "七", "１", "1,111,", "12.", "万", "第1", "“1", "一"])
def test_one_endless_line_is_read(digit):
    text = (digit * 200_000)[:200_000]
    spans = scanned(text).masked
    assert all(start < end for start, end, _ in spans)


def test_what_no_number_can_be_is_unexplained():
    assert scanned("共" + "9" * 300 + "件").masked == ((1, 301, "unexplained"),)


@given(
    st.text(
        alphabet=st.sampled_from('0123456789一二三十百万亿半成分之年月日第前至-—、和,.:/%件个人次元"“”《》〔〕()\n \0\ud800Aa'), max_size=40
    )
)
def test_any_text_is_accounted_for(text):
    result = scanned(text)
    spans = sorted([(q.start, q.end) for q in result.quantities] + [(start, end) for start, end, _ in result.masked])
    assert all(0 <= start < end <= len(text) for start, end in spans)
    covered = {offset for start, end in spans for offset in range(start, end)}
    assert all(offset in covered for offset, char in enumerate(fold(text)) if char in "0123456789")


def test_row_numbers_are_ordinals():
    text = "1 行政许可"
    assert scan(text, find_zones(text), {}, {0: "ordinal"}).masked == ((0, 1, "ordinal"),)


def test_a_number_without_explanation_is_said_to_be_one():
    assert [kind for *_, kind in scanned("其中4711的记录。").masked] == ["unexplained"]


def test_spans_of_a_scan_do_not_overlap():
    text = "2023年受理12345热线工单1.2万件，办结率99%以上，较2022年提高3个百分点；“1+5”文件3—5件。"
    result = scanned(text)
    spans = sorted([(q.start, q.end) for q in result.quantities] + [(start, end) for start, end, _ in result.masked])
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
