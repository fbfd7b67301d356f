"""The suites: hand-written JSON files, one a table, and `rules.json` for what spans tables; read strictly.

Great Expectations drops, with no more than a log line, an expectation whose type or severity it does not know. So every entry is
checked here, before Great Expectations sees it; the engine then compares what was written with what was loaded.
In: the folder. Out: `Expectation` records in the order of the files. What they mean is left to `engine` and `rules`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from etl.errors import StageError
from etl.schema import REPORT_TABLES, TABLES

Severity = Literal["critical", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)

RULES_SUITE = "rules"
"""Name of the suite whose entries are answered by the functions of `etl.validate.rules`."""

ROW_COUNT = "expect_table_row_count_to_be_between"
NO_VIOLATION = "expect_table_row_count_to_equal"
TABLES_WITH_ROWS = ("dim_report", "dim_section", "fact_measure", "fact_metric", "fact_numeral")
"""Tables that no night leaves empty. All expectations about rows hold on an empty table, so these suites count rows first."""

ROW_EXPECTATIONS = frozenset(
    {
        "expect_column_values_to_not_be_null",
        "expect_column_values_to_be_null",
        "expect_column_values_to_be_in_set",
        "expect_column_values_to_not_be_in_set",
        "expect_column_values_to_be_between",
        "expect_column_values_to_match_regex",
        "expect_column_values_to_not_match_regex",
        "expect_column_value_lengths_to_be_between",
        "expect_column_pair_values_a_to_be_greater_than_b",
        "expect_column_pair_values_to_be_equal",
    }
)
"""What may stand in a table's suite: a table is read in pieces, so only what looks at one row at a time has a meaning."""

_ENTRY_KEYS = {"type", "kwargs", "severity", "notes", "meta"}
# metric_value_not_negative
_RULE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
# 数值不为负 | The value is not negative
_NOTES = re.compile(r"[^|]*[\u4e00-\u9fff][^|]* \| [^|]*[A-Za-z][^|]*")


@dataclass(frozen=True, slots=True)
class Expectation:
    """One entry of a suite. `rule` is unique over all suites; `notes` is "Chinese | English"."""

    suite: str
    rule: str
    type: str
    kwargs: dict[str, Any]
    severity: Severity
    notes: str

    def to_gx(self) -> dict[str, Any]:
        """The entry as Great Expectations takes it."""
        return {
            "type": self.type,
            "kwargs": self.kwargs,
            "severity": self.severity,
            "notes": self.notes,
            "meta": {"rule": self.rule},
        }


def load_suites(folder: Path, taken: Collection[str] = ()) -> dict[str, tuple[Expectation, ...]]:
    """The expectations of every suite file, by suite name; `taken` are rule ids that are in use elsewhere.

    Raises:
        StageError: a file or an entry is not what it should be; the message names both.
    """
    files = sorted(folder.glob("*.json"))
    names = {file.stem for file in files}
    wanted = {*REPORT_TABLES, RULES_SUITE}
    if names != wanted:
        listed = ", ".join(sorted(names ^ wanted))
        raise StageError(f"{folder}: there must be one suite for each table of reports and rules.json, see {listed}")
    suites = {file.stem: _load_suite(file) for file in files}
    owners = dict.fromkeys(taken, "the expectations derived from the schema")
    for suite in suites.values():
        for entry in suite:
            if entry.rule in owners:
                raise StageError(f"{folder / entry.suite}.json: rule {entry.rule} is already used by {owners[entry.rule]}")
            owners[entry.rule] = f"{entry.suite}.json"
    return suites


def _load_suite(file: Path) -> tuple[Expectation, ...]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise StageError(f"{file}: not JSON: {error}") from error
    if not isinstance(content, dict) or set(content) != {"name", "expectations"} or content["name"] != file.stem:
        raise StageError(f'{file}: must be {{"name": "{file.stem}", "expectations": [...]}}')
    if not isinstance(content["expectations"], list) or not content["expectations"]:
        raise StageError(f"{file}: expectations must be a list with at least one entry")
    entries = tuple(_read_entry(file, number, entry) for number, entry in enumerate(content["expectations"], start=1))
    if file.stem in TABLES_WITH_ROWS and entries[0].type != ROW_COUNT:
        raise StageError(f"{file}: entry 1 must be {ROW_COUNT} with min_value 1, since an empty table passes all others")
    return entries


def _read_entry(file: Path, number: int, entry: Any) -> Expectation:
    fault = _fault(file.stem, entry)
    if fault:
        raise StageError(f"{file}: entry {number}{_name(entry)}: {fault}")
    return Expectation(file.stem, entry["meta"]["rule"], entry["type"], entry["kwargs"], entry["severity"], entry["notes"])


def _name(entry: Any) -> str:
    meta = entry.get("meta") if isinstance(entry, dict) else None
    return f" ({meta['rule']})" if isinstance(meta, dict) and "rule" in meta else ""


def _fault(suite: str, entry: Any) -> str | None:
    """What is wrong with one entry, or None."""
    if not isinstance(entry, dict) or set(entry) != _ENTRY_KEYS:
        return f"must have exactly the keys {', '.join(sorted(_ENTRY_KEYS))}"
    if entry["severity"] not in SEVERITIES:
        return f"severity {entry['severity']!r} is none of {', '.join(SEVERITIES)}"
    if not isinstance(entry["notes"], str) or not _NOTES.fullmatch(entry["notes"]):
        return 'notes must be "中文 | English"'
    meta = entry["meta"]
    if not isinstance(meta, dict) or set(meta) != {"rule"} or not _RULE.fullmatch(str(meta["rule"])):
        return "meta must be one rule id in snake_case"
    return _type_fault(suite, entry["type"], entry["kwargs"])


def _type_fault(suite: str, type_: Any, kwargs: Any) -> str | None:
    if not isinstance(kwargs, dict):
        return "kwargs must be an object"
    if suite == RULES_SUITE:
        return None if type_ == NO_VIOLATION and kwargs == {"value": 0} else f"a rule across tables must be {NO_VIOLATION} with value 0"
    if type_ == ROW_COUNT:
        return None if kwargs == {"min_value": 1} else "a table is read in pieces: its row count may only have min_value 1"
    if type_ not in ROW_EXPECTATIONS:
        return f"type {type_!r} is unknown, or does not look at one row at a time"
    if "mostly" in kwargs:
        return "mostly would depend on how the rows are cut into pieces"
    columns = {kwargs[name] for name in ("column", "column_A", "column_B") if name in kwargs}
    unknown = columns - set(TABLES[suite].column_names)
    return f"{suite} has no column {', '.join(map(str, unknown))}" if unknown else None
