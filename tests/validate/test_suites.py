"""The loader refuses what Great Expectations would drop or misread, and names file and entry."""

import json
import shutil

import pytest

from etl.errors import StageError
from etl.facts.follow_through import STRENGTHS
from etl.models import ARITHMETIC_RULES, CORRECTION_STATES, KINDS, NUMERAL_CLASSES, PARTS, QUALIFIERS
from etl.parse import themes
from etl.validate.baseline import derived_rules
from etl.validate.checks import load_checked_suites
from etl.validate.suites import Expectation, load_suites


@pytest.fixture
def suites_dir(tmp_path, expectations_dir):
    return shutil.copytree(expectations_dir, tmp_path / "suites")


@pytest.fixture
def edit(suites_dir):
    """`edit("fact_metric", change)`: change(entries) works on the entries of one suite, in place."""

    def edit_suite(name, change):
        file = suites_dir / f"{name}.json"
        suite = json.loads(file.read_text(encoding="utf-8"))
        change(suite["expectations"])
        file.write_text(json.dumps(suite), encoding="utf-8")
        return suites_dir

    return edit_suite


def entry(**changes):
    """A sound entry for fact_metric, changed."""
    sound = {
        "type": "expect_column_values_to_not_be_null",
        "kwargs": {"column": "label"},
        "severity": "warning",
        "notes": "有名称 | It has a label",
        "meta": {"rule": "new_rule"},
    }
    return {key: value for key, value in (sound | changes).items() if value is not ...}


def test_all_suites_load_and_nothing_is_lost(expectations_dir):
    suites = load_checked_suites(expectations_dir)
    written = {file.stem: json.loads(file.read_text(encoding="utf-8"))["expectations"] for file in expectations_dir.glob("*.json")}
    assert {name: len(suite) for name, suite in suites.items()} == {name: len(entries) for name, entries in written.items()}
    assert len(suites) == 11
    assert len(derived_rules()) > 60


def test_a_sound_entry_is_taken(edit):
    suites = load_suites(edit("fact_metric", lambda entries: entries.append(entry())))
    assert suites["fact_metric"][-1].rule == "new_rule"


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (entry(type="expect_column_values_to_be_betwen"), "expect_column_values_to_be_betwen"),
        (entry(type="expect_column_values_to_be_unique"), "one row at a time"),
        (entry(type="expect_column_mean_to_be_between"), "one row at a time"),
        (entry(severity="critcal"), "'critcal'"),
        (entry(severity=...), "severity"),
        (entry(notes=...), "notes"),
        (entry(notes=""), "notes"),
        (entry(notes="only English"), "notes"),
        (entry(notes="有名称 | 名称"), "notes"),
        (entry(meta={}), "rule id"),
        (entry(meta={"rule": "Not Snake"}), "rule id"),
        (entry(meta={"rule": "new_rule", "owner": "me"}), "rule id"),
        (entry(description="x"), "exactly the keys"),
        (entry(kwargs={"column": "labl"}), "no column labl"),
        (entry(kwargs={"column": "label", "mostly": 0.9}), "mostly"),
        (entry(kwargs=["label"]), "kwargs"),
        (entry(type="expect_table_row_count_to_be_between", kwargs={"max_value": 5}), "read in pieces"),
        ("not an entry", "exactly the keys"),
    ],
)
def test_a_faulty_entry_is_refused_by_name(edit, expectations_dir, bad, message):
    number = len(json.loads((expectations_dir / "fact_metric.json").read_text(encoding="utf-8"))["expectations"]) + 1
    folder = edit("fact_metric", lambda entries: entries.append(bad))
    with pytest.raises(StageError, match=message) as caught:
        load_suites(folder)
    assert f"fact_metric.json: entry {number}" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["fact_metric", "fact_numeral"])
def test_a_rule_may_be_used_once_over_all_suites(edit, name):
    taken = "metric_kind_known" if name == "fact_numeral" else "metric_value_not_negative"
    folder = edit(name, lambda entries: entries.append(entry(kwargs={"column": "quote"}, meta={"rule": taken})))
    with pytest.raises(StageError, match=f"rule {taken} is already used by fact_metric.json"):
        load_suites(folder)


def test_a_rule_may_not_take_the_name_of_a_derived_one(edit):
    folder = edit("fact_metric", lambda entries: entries.append(entry(meta={"rule": "fact_metric_label_not_null"})))
    with pytest.raises(StageError, match="derived from the schema"):
        load_checked_suites(folder)


@pytest.mark.parametrize("name", ["dim_report", "dim_section", "fact_measure", "fact_metric", "fact_numeral"])
def test_a_suite_that_does_not_count_rows_first_is_refused(edit, name):
    with pytest.raises(StageError, match=rf"{name}.json: entry 1 must be expect_table_row_count_to_be_between"):
        load_suites(edit(name, lambda entries: entries.append(entries.pop(0))))


def test_rules_and_their_functions_are_the_same_set(edit):
    with pytest.raises(StageError, match="numeral_accounting"):
        load_checked_suites(
            edit("rules", lambda entries: [entries.remove(e) for e in entries if e["meta"]["rule"] == "numeral_accounting"])
        )


def test_rules_may_only_expect_no_violation(edit):
    with pytest.raises(StageError, match="with value 0"):
        load_suites(edit("rules", lambda entries: entries[0].update(kwargs={"value": 3})))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "not JSON"),
        ("[]", "must be"),
        ('{"name": "other", "expectations": []}', "must be"),
        ('{"name": "fact_metric", "expectations": []}', "entry"),
    ],
)
def test_a_file_that_is_no_suite_is_refused(suites_dir, content, message):
    (suites_dir / "fact_metric.json").write_text(content, encoding="utf-8")
    with pytest.raises(StageError, match=message):
        load_suites(suites_dir)


def test_every_table_has_a_suite_and_every_suite_a_table(suites_dir):
    (suites_dir / "fact_metrics.json").write_text("{}", encoding="utf-8")
    with pytest.raises(StageError, match="fact_metrics"):
        load_suites(suites_dir)
    (suites_dir / "fact_metrics.json").unlink()
    (suites_dir / "fact_citation.json").unlink()
    with pytest.raises(StageError, match="fact_citation"):
        load_suites(suites_dir)


def test_vocabularies_are_those_of_the_models(expectations_dir):
    suites = load_suites(expectations_dir)
    sets = {e.rule: tuple(e.kwargs["value_set"]) for suite in suites.values() for e in suite if e.type.endswith("_to_be_in_set")}
    assert sets == {
        "section_part_known": PARTS,
        "measure_part_known": PARTS,
        "measure_theme_known": themes.codes(),
        "metric_kind_known": KINDS,
        "metric_qualifier_known": QUALIFIERS,
        "numeral_class_known": NUMERAL_CLASSES,
        "arithmetic_rule_known": ARITHMETIC_RULES,
        "correction_state_known": CORRECTION_STATES,
        "follow_through_strength_known": STRENGTHS,
    }


def test_what_great_expectations_drops_is_an_error(engine):
    import pandas as pd

    typo = Expectation("fact_metric", "a_rule", "expect_column_values_to_be_betwen", {"column": "value"}, "critical", "")
    with pytest.raises(StageError, match="dropped a_rule"):
        engine.check(pd.DataFrame({"value": [1]}), [typo])


def test_what_great_expectations_refuses_is_an_error_on_one_line(engine):
    import pandas as pd

    wrong = Expectation("fact_metric", "a_rule", "expect_column_values_to_be_in_set", {"column": "value"}, "critical", "")
    with pytest.raises(StageError, match="value_set") as caught:
        engine.check(pd.DataFrame({"value": [1]}), [wrong])
    assert "\n" not in str(caught.value)
