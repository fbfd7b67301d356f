"""Plans judged by reading: what is shown is right, and most is found. Measured on the half that nothing was fitted to as well."""

import json

import pytest
from follow_through_score import JUDGED, OTHERS, VERDICTS, bands, measures, others, outcomes, score


@pytest.mark.parametrize(("half", "least"), [("tune", 0.7), ("held", 0.8)])
def test_what_is_shown_is_right_and_most_is_found(half, least):
    found = score(outcomes(half))
    assert found.precision >= 0.9
    assert found.precision_of_all >= 0.9
    assert found.recall >= least


@pytest.mark.parametrize("half", ["tune", "held"])
def test_a_strong_match_is_right_even_where_one_might_say_neither(half):
    strong = bands((one.verdict(text), value) for one in outcomes(half) for text, value in one.found)["strong"]
    assert strong["right"] / strong.total() >= 0.9


def test_a_strong_match_is_never_wrong_between_bodies_that_have_nothing_in_common():
    for half in ("tune", "held"):
        strong = bands(others(half))["strong"]
        assert strong["right"] > strong["either"] >= strong["wrong"] == 0


def test_the_judged_plans_are_all_the_plans_of_their_reports():
    judged = [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines()]
    assert len(judged) == 69
    assert {one["half"] for one in judged} == {"tune", "held"}
    for planned, done in {(one["plan_report"], one["done_report"]) for one in judged}:
        ours = [one for one in judged if (one["plan_report"], one["done_report"]) == (planned, done)]
        assert len({one["half"] for one in ours}) == 1
        assert len(ours) == sum(row["part"] == "plan" for row in measures(planned))
        for quote in (quote for one in ours for quote in (*one["done"], *one["either"])):
            assert sum(row["text"].startswith(quote) for row in measures(done)) == 1
    assert {json.loads(line)["verdict"] for line in OTHERS.read_text(encoding="utf-8").splitlines()} == set(VERDICTS)
