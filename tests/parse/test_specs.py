"""One-sentence specs (tests/data/specs and specs_independent): what a reader must find in a sentence, field by field.

A case is {text, year?, part?, expected: [{quote, value, value_high?, unit, qualifier?, label?, kind?, period?, subject?}], note};
fields that a figure leaves out are not asked for. Values are in the base unit; labels and subjects are right when they overlap as
the annotation guide asks. What the parser is known to miss stands in known_failures.toml and must fail: a case that has come
right is taken out of that file.
"""

import pytest
import spec_score

KNOWN = spec_score.known()
CASES = spec_score.cases()


def asking(field):
    marks = [pytest.mark.xfail(reason=f"known_failures.toml: {field}", strict=True)]
    return [
        pytest.param(case, id=case.title, marks=marks if field in KNOWN.get(case.name, ()) else [])
        for case in CASES
        if case.asks(field)
    ]  # fmt: skip


@pytest.mark.parametrize("case", asking("detection"))
def test_detection(case):
    assert [spec_score.found(metric) for metric in spec_score.metrics_of(case)] == [spec_score.wanted(figure) for figure in case.expected]


@pytest.mark.parametrize("case", asking("kind"))
def test_kind(case):
    assert spec_score.misses(case, "kind") == []


@pytest.mark.parametrize("case", asking("period"))
def test_period(case):
    assert spec_score.misses(case, "period") == []


@pytest.mark.parametrize("case", asking("subject"))
def test_subject(case):
    assert spec_score.misses(case, "subject") == []


@pytest.mark.parametrize("case", asking("label"))
def test_label(case):
    assert spec_score.misses(case, "label") == []


def test_known_failures_name_cases_and_fields_that_exist():
    names = {case.name: case for case in CASES}
    assert set(KNOWN) <= set(names)
    assert all(names[name].asks(field) for name, fields in KNOWN.items() for field in fields)


def test_there_are_enough_cases_of_both_signs():
    assert len(CASES) >= 400
    assert sum(not case.expected for case in CASES) >= 100
    assert sum("label" in figure for case in CASES for figure in case.expected) >= 300


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_quotes_stand_in_their_text_in_order(case):
    at = 0
    for figure in case.expected:
        after = case.text.find(figure["quote"], at)
        assert after >= 0 or figure["quote"] in case.text[:at], figure["quote"]  # one number for several things stands once
        at = after + len(figure["quote"]) if after >= 0 else at
