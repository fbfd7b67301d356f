"""Changes on last year's figure, judged against last year's report: 诉讼案件94件,较上年减少12件 where that one says 106件.

In: the rows of every current report, as they are made, and later the figures that their open statements ask for. Out: for each batch,
the open statements of fact_arithmetic that could be judged, and findings for those that do not hold. Only figures of one canonical
metric, body, kind, unit and length of period are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from etl.ids import stable_id
from etl.parse.arithmetic.growth import Judged, Printed, as_printed, judge

Row = dict[str, Any]


class _Key(NamedTuple):
    """What two figures must share to be one figure of two years, and the year."""

    organization_id: str
    year: int
    metric_code: str
    unit: str
    kind: str
    period: str


@dataclass(frozen=True, slots=True)
class _Figure:
    printed: Printed
    label: str
    sentence: str
    report_id: str


@dataclass(frozen=True, slots=True)
class _Open:
    """A statement that waits for last year's figure."""

    batch: str
    row: Row
    key: _Key
    figure: _Figure
    change: Printed


@dataclass(slots=True)
class Judgements:
    """What became of one batch: changed columns by arithmetic_id, and new rows of fact_finding."""

    statements: dict[str, Row] = field(default_factory=dict)
    findings: list[Row] = field(default_factory=list)


class YearOnYear:
    """Gathers the open statements of all current reports, one in a report or so, and then no more figures than they ask for."""

    def __init__(self) -> None:
        self._figures: dict[_Key, list[_Figure]] = {}
        self._asked: set[tuple[str, int]] = set()
        self._open: list[_Open] = []

    def add(self, batch: str, tables: Mapping[str, list[Row]]) -> None:
        """Take in the open statements of one current report."""
        [report] = tables["dim_report"]
        metrics = {row["metric_id"]: row for row in tables["fact_metric"]}
        for row in tables["fact_arithmetic"]:
            if row["rule"] == "growth" and row["holds"] is None:
                base, change = (metrics[metric_id] for metric_id in row["metric_ids"].split())
                figure, stated = _figure(base), as_printed(change["value"], change["quote"], change["unit"])
                if base["metric_code"] and figure and stated:
                    self._ask(_Open(batch, row, _key(report, base), figure, stated))

    def asks_for(self, report: Row) -> bool:
        """Whether a statement of another year asks for figures of this report (a row of dim_report)."""
        return (report["organization_id"], report["report_year"]) in self._asked

    def offer(self, report: Row, metric: Row) -> None:
        """Take in a mapped figure (a row of fact_metric, of no plan) of a current report, if a statement asks for it."""
        known = self._figures.get(_key(report, metric))
        figure = None if known is None else _figure(metric)
        if known is not None and figure is not None:
            known.append(figure)

    def _ask(self, statement: _Open) -> None:
        before = _year_before(statement.key)
        self._open.append(statement)
        self._asked.add((before.organization_id, before.year))
        self._figures.setdefault(before, [])

    def judged(self) -> dict[str, Judgements]:
        """The open statements that last year's reports decide, by batch."""
        batches: dict[str, Judgements] = defaultdict(Judgements)
        for statement in self._open:
            found = self._decide(statement)
            if found is None:
                continue
            before, verdict = found
            changes = {
                "expression": verdict.expression,
                "expected": verdict.expected,
                "holds": verdict.holds,
                "other_sentence": before.sentence,
                "other_report_id": before.report_id,
            }
            batches[statement.batch].statements[statement.row["arithmetic_id"]] = changes
            if not verdict.holds:
                batches[statement.batch].findings.append(_finding(statement, before, verdict))
        return batches

    def _decide(self, statement: _Open) -> tuple[_Figure, Judged] | None:
        """Last year's figure that fits; one that does not fit counts only where it is the only one, under the same label."""
        candidates = self._figures.get(_year_before(statement.key), [])
        verdicts = [
            (figure, judge(statement.row["expression"], statement.figure.printed, figure.printed, statement.change))
            for figure in candidates
        ]
        known = [(figure, verdict) for figure, verdict in verdicts if verdict is not None]
        held = next(((figure, verdict) for figure, verdict in known if verdict.holds), None)
        if held:
            return held
        same = [(figure, verdict) for figure, verdict in known if figure.label == statement.figure.label]
        return same[0] if len(known) == len(same) == 1 else None


def apply(rows: Iterable[Row], judgements: Judgements) -> list[Row]:
    """The rows of fact_arithmetic of a batch, with what was judged filled in."""
    return [row | judgements.statements.get(row["arithmetic_id"], {}) for row in rows]


def _key(report: Row, metric: Row) -> _Key:
    return _Key(
        report["organization_id"], report["report_year"], metric["metric_code"] or "", metric["unit"], metric["kind"], metric["period"]
    )


def _year_before(key: _Key) -> _Key:
    """The same figure a year ago: 2023 -> 2022, as-of:2023-12-31 -> as-of:2022-12-31. Periods of other years are not moved."""
    return key._replace(year=key.year - 1, period=key.period.replace(str(key.year), str(key.year - 1)))


def _figure(row: Row) -> _Figure | None:
    if row["qualifier"] != "exact" or row["value_high"] is not None:
        return None
    printed = as_printed(row["value"], row["quote"], row["unit"])
    return None if printed is None else _Figure(printed, row["label"], row["sentence"], row["report_id"])


def _finding(statement: _Open, before: _Figure, verdict: Judged) -> Row:
    row = statement.row
    message = (
        f"the change is not that on last year's figure: {verdict.expression} (it would be {verdict.expected.normalize():f}), "
        f"in “{row['sentence']}”, last year “{before.sentence}”"
    )
    return {
        "finding_id": stable_id(row["report_id"], "finding", row["arithmetic_id"]),
        "report_id": row["report_id"],
        "rule": "arithmetic_growth",
        "message": message,
        "quote": row["quote"],
        "char_start": row["char_start"],
        "char_end": row["char_end"],
    }
