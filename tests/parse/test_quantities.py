import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from etl.parse import masks
from etl.parse.folding import fold
from etl.parse.quantities import Scan, scan

SPECS = [json.loads(line) for line in Path(__file__, "../../data/specs/quantities.jsonl").resolve().read_text().splitlines()]


def scanned(text: str) -> Scan:
    folded = fold(text)
    return scan(folded, masks.find_zones(folded), {})


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
    found = scan(text, masks.find_zones(text), {4: "万元"}).quantities
    assert [(q.value, q.unit) for q in found] == [(Decimal(980000), "元")]


def test_row_numbers_are_ordinals():
    text = "1 行政许可"
    assert scan(text, masks.find_zones(text), {0: None}).masked == ((0, 1, "ordinal"),)


def test_a_number_without_explanation_is_said_to_be_one():
    assert [kind for *_, kind in scanned("代码为4711的记录。").masked] == ["unexplained"]


def test_spans_of_a_scan_do_not_overlap():
    text = "2023年受理12345热线工单1.2万件，办结率99%以上，较2022年提高3个百分点；“1+5”文件3—5件。"
    result = scanned(text)
    spans = sorted([(q.start, q.end) for q in result.quantities] + [(start, end) for start, end, _ in result.masked])
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
