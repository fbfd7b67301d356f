"""When a night may go on: the thresholds of `judge`, and what its one line says."""

from dataclasses import replace

import pytest

from etl.errors import ValidationStop
from etl.validate.engine import Outcome
from etl.validate.suites import Expectation
from etl.validate.verdict import Verdict, judge, make_verdict

VERDICT = Verdict(results=[], quarantine=[], quarantined_reports=frozenset(), warnings=0, stops=(), revisions=10, reports_left=10)
RULE = Expectation("rules", "a_rule", "expect_table_row_count_to_equal", {"value": 0}, "critical", "规则 | A rule")
REPORTS = {
    f"r{n}": {
        "document_id": f"d{n // 2}",
        "organization_id": "o",
        "report_year": 2023,
        "source_url": f"http://p/{n}",
        "title": f"t{n}",
        "raw_sha256": "a",
    }
    for n in range(4)
}


def with_quarantine(count):
    rows = [{"report_id": f"r{n}", "rule": rule} for n in range(count) for rule in ("a_rule", *(["b_rule"] if n == 0 else []))]
    return replace(VERDICT, quarantine=rows, quarantined_reports=frozenset(row["report_id"] for row in rows), reports_left=10 - count)


def violation(report_id, key="k"):
    return {"report_id": report_id, "key": key, "quote": "168份", "detail": "wrong"}


@pytest.mark.parametrize(("count", "unread"), [(0, 0), (2, 0), (1, 1), (0, 2)])
def test_up_to_the_limit_the_night_goes_on(count, unread):
    judge(with_quarantine(count), max_quarantine_share=0.2, already_quarantined=unread)


@pytest.mark.parametrize(("count", "unread"), [(3, 0), (2, 1), (0, 3)])
def test_above_the_limit_it_stops(count, unread):
    with pytest.raises(ValidationStop, match=f"{count + unread} of {10 + unread} pages are in quarantine, more than 20%"):
        judge(with_quarantine(count), max_quarantine_share=0.2, already_quarantined=unread)


def test_the_line_names_rules_and_counts():
    with pytest.raises(ValidationStop) as caught:
        judge(with_quarantine(3), max_quarantine_share=0.2, already_quarantined=1)
    assert "(a_rule 3, b_rule 1, unreadable 1)" in str(caught.value)
    assert str(caught.value).endswith("nothing is published, the last warehouse stays")
    assert "\n" not in str(caught.value)


def test_nothing_left_stops_even_without_a_limit():
    with pytest.raises(ValidationStop, match="no report is left of 10"):
        judge(with_quarantine(10), max_quarantine_share=1)
    with pytest.raises(ValidationStop, match="no report is left of 0"):
        judge(replace(VERDICT, revisions=0, reports_left=0), max_quarantine_share=1)


@pytest.mark.parametrize(("previous", "stops"), [(None, False), (0, False), (20, False), (21, True)])
def test_fewer_than_half_of_the_reports_published_before_stop(previous, stops):
    if not stops:
        judge(VERDICT, max_quarantine_share=0, previous_reports=previous)
        return
    with pytest.raises(ValidationStop, match="10 reports are left, 21 were published before"):
        judge(VERDICT, max_quarantine_share=0, previous_reports=previous)


def test_a_critical_failure_is_charged_to_its_reports():
    verdict = make_verdict([Outcome(RULE, success=False, rows=[violation("r1"), violation("r1", "l"), violation("r1")])], REPORTS)
    assert verdict.quarantined_reports == {"r1"}
    assert [(row["report_id"], row["fact_id"], row["reason"]) for row in verdict.quarantine] == [
        ("r1", "k", "规则 | A rule: wrong"),
        ("r1", "l", "规则 | A rule: wrong"),
    ]
    assert verdict.stops == ()
    # r0 is another revision of the same report
    assert (verdict.revisions, verdict.reports_left) == (4, 2)


@pytest.mark.parametrize("report_id", ["nowhere", "", None, float("nan")])
def test_a_critical_failure_of_no_known_report_stops(report_id):
    verdict = make_verdict([Outcome(RULE, success=False, rows=[violation("r1"), violation(report_id)])], REPORTS)
    assert verdict.quarantined_reports == {"r1"}
    with pytest.raises(ValidationStop, match="the whole run fails a_rule"):
        judge(verdict, max_quarantine_share=1)


@pytest.mark.parametrize("severity", ["warning", "info"])
def test_only_critical_failures_cost_a_report(severity):
    verdict = make_verdict(
        [Outcome(replace(RULE, severity=severity), success=False, rows=[violation("r1"), violation("nowhere")])], REPORTS
    )
    assert (verdict.quarantine, verdict.stops) == ([], ())
    assert verdict.warnings == (severity == "warning")
    assert verdict.results[0]["sample"] == "wrong (report r1, fact k, “168份”)"


def test_an_outcome_that_passed_has_no_sample():
    [result] = make_verdict([Outcome(RULE, evaluated=7)], REPORTS).results
    assert (result["success"], result["evaluated"], result["unexpected"], result["sample"]) == (True, 7, 0, None)


def test_what_could_not_be_evaluated_is_never_charged_to_a_report():
    """It may have been evaluated on one piece of the table, and not on the next."""
    verdict = make_verdict([Outcome(RULE, success=False, unexpected=1, rows=[violation("r1")], error="boom")], REPORTS)
    assert verdict.quarantine == []
    assert (verdict.results[0]["evaluated"], verdict.results[0]["sample"]) == (None, "could not be evaluated: boom")
    with pytest.raises(ValidationStop, match=r"a_rule \(could not be evaluated: boom\)"):
        judge(verdict, max_quarantine_share=1)


def test_failing_rows_that_are_not_all_named_stop():
    verdict = make_verdict([Outcome(RULE, success=False, unexpected=2, rows=[violation("r1")])], REPORTS)
    assert verdict.stops
