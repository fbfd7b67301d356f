"""Corrections: applied with a trace, expired with a finding, ambiguous as an error, and ignored where the report is not there."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from etl.errors import StageError
from etl.facts.amend import Amendments
from etl.facts.corrections import Change, Correction
from etl.facts.rows import report_rows
from etl.models import Statement

WHO = {"organization": "临江市云河区司法局", "source_url": "http://portal/a.html", "is_current": True}


def correction(name="misprint", **changes):
    entry = {
        "organization": "临江市云河区司法局", "report_year": 2023, "expect": "优秀率95.8%", "figure": "95.8%", "set": Change(value="93.8"),
        "reason": "161 of 168", "source": "the yearbook", "corrected_on": date(2024, 3, 1), "author": "data team",
    }  # fmt: skip
    return Correction(name=name, **(entry | changes))


def amended(report, *corrections, **who):
    amendments = Amendments(corrections)
    return amendments, amendments.amend(report.to_json(), **(WHO | who))


def test_an_applied_correction_changes_the_figure_and_leaves_a_trace(report, provenance):
    amendments, changed = amended(report, correction(set=Change(value="93.8", kind="level", period="2022")))
    rows = report_rows(changed, provenance)
    untouched, figure = rows["fact_metric"]
    assert (figure["value"], figure["kind"], figure["period"]) == (Decimal("93.8"), "level", "2022")
    assert figure["period_end"] == date(2022, 12, 31)
    assert figure["quote"] == "95.8%"
    assert figure["rule"] == "test correction:misprint"
    assert untouched["rule"] == "test"
    traces = {(r["field"], r["read"], r["corrected"], r["state"], r["metric_id"]) for r in rows["fact_correction"]}
    metric_id = figure["metric_id"]
    assert traces == {
        ("value", "95.8", "93.8", "applied", metric_id),
        ("kind", "rate", "level", "applied", metric_id),
        ("period", "2023", "2022", "applied", metric_id),
    }
    assert {(r["reason"], r["source"], r["author"], r["expect"]) for r in rows["fact_correction"]} == {
        ("161 of 168", "the yearbook", "data team", "优秀率95.8%")
    }
    assert rows["dim_report"][0]["body_text"] == report.text
    assert (amendments.expired, amendments.unmet) == ({}, ())


def test_without_corrections_nothing_changes(report):
    assert amended(report)[1] == report.to_json()


def test_a_dropped_figure_becomes_a_numeral_and_takes_its_statements_along(report, provenance):
    other = report.metrics[1]._replace(label="另一事", char_start=2, char_end=3, quote=report.text[2:3])
    kept = Statement("repeat", "1 = 1", True, Decimal(1), None, (1, 2), "95.8%", "s", None, 0, 1)
    _, changed = amended(
        replace(report, metrics=(*report.metrics, other), arithmetic=(*report.arithmetic, kept)),
        correction("second", expect="优秀率95.8%", set=Change(label="优秀案卷占比")),
        correction(expect="评查案卷168份", figure="168份", set=None, drop="name"),
    )
    rows = report_rows(changed, provenance)
    assert [row["quote"] for row in rows["fact_metric"]] == ["95.8%", report.text[2:3]]
    assert ("168份", "name") in {(row["quote"], row["class"]) for row in rows["fact_numeral"]}
    [statement] = rows["fact_arithmetic"]
    assert statement["metric_ids"].split() == [row["metric_id"] for row in rows["fact_metric"]]
    traces = {row["name"]: row["metric_id"] for row in rows["fact_correction"]}
    assert traces == {"second": rows["fact_metric"][0]["metric_id"], "misprint": None}


@pytest.mark.parametrize(("expect", "figure"), [("优秀率94.8%", "94.8%"), ("主要举措", "主要")])
def test_an_expired_correction_is_a_finding_and_changes_nothing(report, provenance, expect, figure):
    amendments, changed = amended(report, correction(expect=expect, figure=figure))
    rows = report_rows(changed, provenance)
    assert [row["value"] for row in rows["fact_metric"]] == [168, Decimal("95.8")]
    [finding] = [row for row in rows["fact_finding"] if row["rule"] == "correction_expired"]
    assert "misprint has expired" in finding["message"]
    assert report.text[finding["char_start"] : finding["char_end"]] == finding["quote"]
    assert [(row["state"], row["metric_id"], row["corrected"]) for row in rows["fact_correction"]] == [("expired", None, None)]
    assert list(amendments.expired) == ["misprint"]


def test_an_old_revision_that_never_had_the_words_tells_of_no_expiry(report):
    amendments, changed = amended(report, correction(expect="优秀率94.8%", figure="94.8%"), is_current=False)
    assert changed == report.to_json()
    assert (amendments.expired, amendments.unmet) == ({}, ())


def test_words_that_stand_twice_are_an_error(report):
    twice = replace(report, text=report.text + report.text)
    with pytest.raises(StageError, match="misprint: expect stands more than once in 临江市云河区司法局 2023") as caught:
        amended(twice, correction())
    assert "\n" not in str(caught.value)


def test_a_number_that_stands_for_two_things_is_an_error(report):
    twice = replace(report, metrics=(*report.metrics, report.metrics[1]._replace(label="另一事")))
    with pytest.raises(StageError, match=r"95\.8% stands for 2 figures"):
        amended(twice, correction())


def test_a_correction_of_a_report_that_is_not_there_is_named(report):
    amendments, changed = amended(
        report, correction(report_year=2019), correction("by-address", organization=None, report_year=None, source_url="x")
    )
    assert changed == report.to_json()
    assert amendments.unmet == ("misprint", "by-address")


def test_a_code_that_was_set_names_the_correction_as_its_evidence(report):
    _, changed = amended(report, correction(set=Change(metric_code="penalty_amount")))
    assert (changed["metrics"][1]["metric_code"], changed["metrics"][1]["metric_pattern"]) == ("penalty_amount", "correction:misprint")
