"""All checks of one run, in order: columns, rows (table by table, piece by piece), keys, texts (batch by batch), whole reports.

In: the folder of staged facts and the folder of suites. Out: a `Verdict`. Rules across tables are functions that return the rows that break
them; Great Expectations expects none of these, so that all rules end in the same results and the same quarantine.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa

from etl.errors import StageError
from etl.schema import REPORT_TABLES, TABLES
from etl.validate import report_rules, text_rules
from etl.validate.baseline import (
    check_keys,
    check_types,
    column_expectations,
    derived_rules,
    key_expectations,
    narrow_columns,
    null_expectations,
)
from etl.validate.engine import Engine, Outcome, Row
from etl.validate.facts_files import FactsFiles
from etl.validate.suites import RULES_SUITE, Expectation, load_suites
from etl.validate.verdict import Verdict, identity_columns, judge, make_verdict
from etl.validate.violations import Checked, Violation

log = logging.getLogger(__name__)

Suites = Mapping[str, tuple[Expectation, ...]]
_INDEX = ("report_id", "document_id", "organization_id", "report_year", "source_url", "title", "raw_sha256")


def run_checks(facts_dir: Path, *, expectations_dir: Path) -> Verdict:
    """Check the facts below `facts_dir`; nothing is decided and nothing written.

    Raises:
        StageError: there are no facts, a batch is incomplete, or a suite is not as it should be.
    """
    suites = load_checked_suites(expectations_dir)
    files = FactsFiles(facts_dir)
    engine = Engine()
    outcomes = _check_columns(files, engine)
    if not all(outcome.success for outcome in outcomes):
        return make_verdict(outcomes, {})
    for table in REPORT_TABLES:
        outcomes += _check_rows(table, suites[table], files, engine)
    outcomes += _check_keys(files, engine)
    found = _check_texts(files) | _check_reports(files)
    outcomes += [_check_none(engine, rule, found[rule.rule]) for rule in suites[RULES_SUITE]]
    verdict = make_verdict(outcomes, _report_index(files))
    failed = [outcome.expectation.rule for outcome in outcomes if not outcome.success]
    log.info("%d expectations, failed: %s; %d reports to quarantine", len(outcomes), failed or "none", len(verdict.quarantined_reports))
    return verdict


def validate(
    facts_dir: Path,
    *,
    expectations_dir: Path,
    max_quarantine_share: float,
    previous_reports: int | None = None,
    already_quarantined: int = 0,
) -> Verdict:
    """`run_checks`, then `judge`: for callers who have nothing to record in between.

    Raises:
        StageError: as `run_checks`.
        ValidationStop: as `judge`.
    """
    verdict = run_checks(facts_dir, expectations_dir=expectations_dir)
    judge(
        verdict,
        max_quarantine_share=max_quarantine_share,
        previous_reports=previous_reports,
        already_quarantined=already_quarantined,
    )
    return verdict


def load_checked_suites(folder: Path) -> Suites:
    """The suites, whose rules across tables and the functions that answer them are the same set.

    Raises:
        StageError: a suite is not as it should be, or a rule has no function, or a function no rule.
    """
    suites = load_suites(folder, derived_rules())
    written = {entry.rule for entry in suites[RULES_SUITE]}
    known = {*text_rules.TEXT_RULES, *report_rules.REPORT_RULES}
    if written != known:
        raise StageError(
            f"{folder / RULES_SUITE}.json: rules without a function, or the other way round: {', '.join(sorted(written ^ known))}"
        )
    return suites


def _check_columns(files: FactsFiles, engine: Engine) -> list[Outcome]:
    """Columns and types of every file."""
    outcomes = []
    for table in (TABLES[name] for name in REPORT_TABLES):
        columns, types = column_expectations(table)
        schemas = [files.schema(table.name, batch) for batch in files.batches]
        outcomes.append(_merged(engine.check(schema.empty_table().to_pandas(), [columns])[0] for schema in _distinct(schemas)))
        checked = Checked()
        for schema in _distinct(schemas):
            checked.add(check_types(table, schema))
        outcomes.append(_check_none(engine, types, checked))
    return outcomes


def _check_rows(table: str, suite: tuple[Expectation, ...], files: FactsFiles, engine: Engine) -> list[Outcome]:
    expectations = [*null_expectations(TABLES[table]), *suite]
    pieces = [engine.check(piece, expectations, identity_columns(table)) for piece in files.pieces(table)]
    return [_merged(outcomes) for outcomes in zip(*pieces, strict=True)]


def _check_keys(files: FactsFiles, engine: Engine) -> list[Outcome]:
    frames = {name: files.narrow(name, narrow_columns(TABLES[name])) for name in REPORT_TABLES}
    outcomes = []
    for name in REPORT_TABLES:
        found = check_keys(TABLES[name], frames)
        outcomes += [_check_none(engine, rule, found[rule.rule]) for rule in key_expectations(TABLES[name])]
    return outcomes


def _check_texts(files: FactsFiles) -> dict[str, Checked]:
    found = {rule: Checked() for rule in text_rules.TEXT_RULES}
    for batch in files.batches:
        rows = {table: _whole(table, files.rows(table, batch, columns)) for table, columns in text_rules.COLUMNS.items()}
        for rule, check in text_rules.TEXT_RULES.items():
            found[rule].add(check(rows))
    return found


def _check_reports(files: FactsFiles) -> dict[str, Checked]:
    frames = {}
    for table, columns in report_rules.COLUMNS.items():
        needed = [name for name in _never_null(table) if name in columns]
        frames[table] = files.narrow(table, columns).dropna(subset=needed)
    return {rule: check(frames) for rule, check in report_rules.REPORT_RULES.items()}


def _check_none(engine: Engine, rule: Expectation, checked: Checked) -> Outcome:
    """Great Expectations' word on the rows that break a rule: there should be none."""
    import pandas as pd

    outcome = engine.check(pd.DataFrame(checked.violations, columns=Violation._fields), [rule])[0]
    outcome.evaluated = checked.looked_at
    outcome.unexpected = len(checked.violations)
    outcome.rows = [violation._asdict() for violation in checked.violations]
    return outcome


def _report_index(files: FactsFiles) -> dict[str, Row]:
    rows = (row for batch in files.batches for row in files.rows("dim_report", batch, _INDEX))
    return {row["report_id"]: row for row in rows if row["report_id"] is not None}


def _whole(table: str, rows: list[Row]) -> list[Row]:
    """Rows without forbidden nulls; those with one fail the expectation that says so, and no other."""
    needed = [name for name in _never_null(table) if name in text_rules.COLUMNS[table]]
    return [row for row in rows if all(row[name] is not None for name in needed)]


def _never_null(table: str) -> list[str]:
    return [column.name for column in TABLES[table].columns if not column.null]


def _merged(outcomes: Iterable[Outcome]) -> Outcome:
    first, *others = outcomes
    for other in others:
        first.add(other)
    return first


def _distinct(schemas: list[pa.Schema]) -> list[pa.Schema]:
    return [schema for number, schema in enumerate(schemas) if schema not in schemas[:number]]
