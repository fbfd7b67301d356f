"""Every hand-written rule with rows that break it and rows that just pass. A rule without a case fails `test_every_rule_has_a_case`."""

import copy

import pandas as pd
import pyarrow as pa
import pytest
from rule_cases import REPORT_CASES, ROW_CASES, TEXT_CASES, WITHOUT_ROWS

from etl.schema import TABLES
from etl.settings import PROJECT_DIR
from etl.validate.checks import load_checked_suites
from etl.validate.report_rules import REPORT_RULES
from etl.validate.suites import ROW_COUNT
from etl.validate.text_rules import TEXT_RULES

SUITES = load_checked_suites(PROJECT_DIR / "expectations")

FINDING = {"finding_id": "f", "report_id": "report-a", "rule": "r", "message": "m", "quote": "168份"}


def test_every_rule_has_a_case():
    rules = {entry.rule for suite in SUITES.values() for entry in suite}
    rows = {entry.rule for suite in SUITES.values() for entry in suite if entry.type == ROW_COUNT}
    assert len(rows) == 6
    assert rules - rows == {*ROW_CASES, *TEXT_CASES, *REPORT_CASES, *WITHOUT_ROWS, "report_has_no_findings"}


@pytest.mark.parametrize(("suite", "rule"), [(e.suite, e.rule) for suite in SUITES.values() for e in suite if e.rule in ROW_CASES])
def test_rows(facts, engine, suite, rule):
    bad, good = ROW_CASES[rule]
    sound = (facts.tables[suite] or [FINDING | {"char_start": 0, "char_end": 4}])[0]
    rows = [
        sound | {"report_id": f"{kind}{number}"} | case
        for kind, cases in (("bad", bad), ("good", good))
        for number, case in enumerate(cases)
    ]
    frame = pa.Table.from_pylist(rows, schema=TABLES[suite].arrow).to_pandas()
    expectation = next(entry for entry in SUITES[suite] if entry.rule == rule)
    [outcome] = engine.check(frame, [expectation], ["report_id"])
    assert outcome.error is None
    assert not outcome.success
    assert {row["report_id"] for row in outcome.rows} == {f"bad{number}" for number in range(len(bad))}
    assert outcome.unexpected == len(bad)
    [passed] = engine.check(frame[frame["report_id"].str.startswith("good")], [expectation], ["report_id"])
    assert passed.success


@pytest.mark.parametrize("rule", [e.rule for suite in SUITES.values() for e in suite if e.type == ROW_COUNT])
def test_row_counts(engine, facts, rule):
    expectation = next(entry for suite in SUITES.values() for entry in suite if entry.rule == rule)
    schema = TABLES[expectation.suite].arrow
    [empty] = engine.check(schema.empty_table().to_pandas(), [expectation])
    [filled] = engine.check(pa.Table.from_pylist(facts.tables[expectation.suite], schema=schema).to_pandas(), [expectation])
    assert (empty.success, empty.seen) == (False, "0 rows")
    assert filled.success


@pytest.fixture
def rows(facts):
    facts.tables["fact_finding"].append(FINDING | {k: facts.rows("fact_metric")[0][k] for k in ("char_start", "char_end")})
    return facts.tables


@pytest.mark.parametrize(("rule", "change"), [(rule, change) for rule, (bad, _) in TEXT_CASES.items() for change in bad])
def test_texts_that_break_a_rule(rows, rule, change):
    checked = TEXT_RULES[rule](changed(rows, *change))
    assert checked.looked_at > 0
    assert len(checked.violations) >= 1
    assert all(violation.detail for violation in checked.violations)


@pytest.mark.parametrize("rule", TEXT_CASES)
def test_texts_that_keep_a_rule(rows, rule):
    for change in [None, *TEXT_CASES[rule][1]]:
        checked = TEXT_RULES[rule](changed(rows, *change) if change else rows)
        assert checked.looked_at > 0
        assert checked.violations == []


def changed(rows, table, number, change):
    """The rows with one of them changed, or left out."""
    rows = copy.deepcopy(rows)
    if change is None:
        del rows[table][number]
    else:
        rows[table][number] |= change
    return rows


def test_accounting_tells_what_is_wrong(rows):
    metric = rows["fact_metric"][0]
    rows["fact_metric"].append(metric | {"metric_id": "second"})
    assert TEXT_RULES["numeral_accounting"](rows).violations == []
    rows["fact_numeral"].append(
        {"report_id": "report-a", "quote": "168", "char_start": metric["char_start"], "char_end": metric["char_start"] + 3}
    )
    [twice] = TEXT_RULES["numeral_accounting"](rows).violations
    assert (twice.quote, twice.key) == ("168", str(metric["char_start"]))
    assert twice.detail.startswith("in more than one span: …")
    rows["fact_numeral"].pop()
    rows["fact_metric"] = [row | {"char_end": row["char_start"] + 2} if row["quote"] == "168份" else row for row in rows["fact_metric"]]
    [cut] = TEXT_RULES["numeral_accounting"](rows).violations
    assert cut.detail.startswith("only partly")


def test_accounting_sees_full_width_digits():
    body = "办结１２件，另3件"
    rows = {
        "dim_report": [{"report_id": "r", "body_text": body}],
        "fact_metric": [{"report_id": "r", "char_start": 7, "char_end": 9}],
        "fact_numeral": [],
    }
    checked = TEXT_RULES["numeral_accounting"](rows)
    assert checked.looked_at == 2
    assert [violation.quote for violation in checked.violations] == ["１２"]


def frames(facts):
    return {name: pd.DataFrame(rows, columns=TABLES[name].column_names) for name, rows in facts.tables.items()}


def reports(facts, changes):
    """Frames of as many reports as there are changes: report-a, report-b, …"""
    for number, _ in enumerate(changes[1:]):
        facts.add(f"report-{'bcd'[number]}")
    for row, change in zip(facts.tables["dim_report"], changes, strict=True):
        row |= change
    return frames(facts)


@pytest.mark.parametrize(("rule", "changes", "wrong"), [(rule, *case) for rule, (bad, _) in REPORT_CASES.items() for case in bad])
def test_reports_that_break_a_rule(facts, rule, changes, wrong):
    assert {violation.report_id for violation in REPORT_RULES[rule](reports(facts, changes)).violations} == wrong


@pytest.mark.parametrize(("rule", "changes"), [(rule, case) for rule, (_, good) in REPORT_CASES.items() for case in good])
def test_reports_that_keep_a_rule(facts, rule, changes):
    assert REPORT_RULES[rule](reports(facts, changes)).violations == []


@pytest.mark.parametrize("rule", WITHOUT_ROWS)
def test_reports_without_something(facts, rule):
    facts.add("report-b")
    assert REPORT_RULES[rule](frames(facts)).violations == []
    for table, part in WITHOUT_ROWS[rule]:
        if part == "other":
            for row in facts.rows(table, "report-b"):
                row["part"] = "other"
        else:
            gone = [row for row in facts.rows(table, "report-b") if part is None or row["part"] == part]
            facts.tables[table] = [row for row in facts.tables[table] if row not in gone]
    [violation] = REPORT_RULES[rule](frames(facts)).violations
    assert violation.report_id == "report-b"


def test_missing_parts_are_named(facts):
    for table in ("dim_section", "fact_measure"):
        facts.tables[table] = [row for row in facts.tables[table] if row["part"] not in {"plan", "leadership"}]
    [violation] = REPORT_RULES["report_parts_complete"](frames(facts)).violations
    assert violation.detail == "missing: leadership, plan"


def test_findings_are_listed(facts):
    assert REPORT_RULES["report_has_no_findings"](frames(facts)).violations == []
    facts.tables["fact_finding"].append(FINDING)
    [violation] = REPORT_RULES["report_has_no_findings"](frames(facts)).violations
    assert (violation.key, violation.quote, violation.detail) == ("f", "168份", "r: m")
