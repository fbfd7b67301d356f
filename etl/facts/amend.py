"""Corrections applied to a read report, never without a trace.

In: a report as the parse contract gives it, and the corrections about it. Out: the report with the figures changed or dropped, a list
`corrections` of what was done (rows of fact_correction), and a finding for each correction whose words are no longer there. Quotes and
text stay as published; the rule of a changed figure names the correction.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from etl.errors import StageError
from etl.facts.corrections import CORRECTIONS, Correction
from etl.models import CorrectionState

Row = dict[str, Any]

_OPENING = 40


class Amendments:
    """All corrections, and what has become of each over the reports of a run."""

    def __init__(self, corrections: Sequence[Correction] = ()) -> None:
        self._corrections = tuple(corrections)
        self._met: set[str] = set()
        self.expired: dict[str, str] = {}

    def amend(self, report: Row, *, organization: str, source_url: str, is_current: bool) -> Row:
        """The report with the corrections about it; an older revision takes them where they fit and tells of no expiry.

        Raises:
            StageError: the words of a correction stand in the report more than once, or hold more than one figure.
        """
        mine = [c for c in self._corrections if c.is_about(organization, report["report_year"], source_url)]
        for correction in mine:
            self._met.add(correction.name)
            at = _guard(report, correction)
            fault = "its words are not in the report" if at is None else None
            metric = None if at is None else _figure_at(report, correction, at)
            if at is not None and metric is None:
                fault = "no figure is read where its words stand"
            if metric is not None:
                report = _applied(report, correction, metric)
            elif is_current and fault:
                self.expired[correction.name] = f"{correction.report}: {fault}"
                report = _expired(report, correction, fault)
        return report

    @property
    def unmet(self) -> tuple[str, ...]:
        """Names of corrections whose report is not among those of the run."""
        return tuple(c.name for c in self._corrections if c.name not in self._met)


def _guard(report: Row, correction: Correction) -> int | None:
    """Where the words of the guard stand."""
    text: str = report["text"]
    at = text.find(correction.expect)
    if at < 0:
        return None
    if text.find(correction.expect, at + 1) >= 0:
        raise StageError(f"{CORRECTIONS.name}: {correction.name}: expect stands more than once in {correction.report}: quote more of it")
    return at


def _figure_at(report: Row, correction: Correction, guard: int) -> int | None:
    """Index of the figure that is meant."""
    start = guard + correction.expect.index(correction.figure)
    span = (start, start + len(correction.figure))
    found = [i for i, metric in enumerate(report["metrics"]) if (metric["char_start"], metric["char_end"]) == span]
    if len(found) > 1:
        raise StageError(
            f"{CORRECTIONS.name}: {correction.name}: {correction.figure} stands for {len(found)} figures in {correction.report}"
        )
    return found[0] if found else None


def _applied(report: Row, correction: Correction, index: int) -> Row:
    metric = report["metrics"][index]
    if correction.set is None:
        traces = [_trace(correction, "applied", "figure", metric, None, None)]
        return _with_traces(_without(report, index, correction), traces)
    changes = correction.set.fields()
    traces = [_trace(correction, "applied", name, metric, index, value) for name, value in changes.items()]
    amended = metric | changes | {"rule": f"{metric['rule']} correction:{correction.name}"}
    if "metric_code" in changes:
        amended["metric_pattern"] = f"correction:{correction.name}"
    metrics = [amended if i == index else other for i, other in enumerate(report["metrics"])]
    return _with_traces(report | {"metrics": metrics}, traces)


def _without(report: Row, index: int, correction: Correction) -> Row:
    """The report without a figure: its digits become a numeral, and statements that count on it go; later indices move up."""
    metric = report["metrics"][index]
    moved = {old: old - (old > index) for old in range(len(report["metrics"])) if old != index}
    arithmetic = [s | {"metrics": [moved[i] for i in s["metrics"]]} for s in report["arithmetic"] if index not in s["metrics"]]
    numeral = {name: metric[name] for name in ("quote", "char_start", "char_end")} | {"class": correction.drop}
    corrections = [
        trace | {"metric": None if trace["metric"] in (None, index) else moved[trace["metric"]]} for trace in report.get("corrections", [])
    ]
    return report | {
        "metrics": [other for i, other in enumerate(report["metrics"]) if i != index],
        "arithmetic": arithmetic,
        "numerals": sorted([*report["numerals"], numeral], key=lambda row: int(row["char_start"])),
        "corrections": corrections,
    }


def _expired(report: Row, correction: Correction, fault: str) -> Row:
    opening = report["text"][:_OPENING]
    message = (
        f"correction {correction.name} has expired: {fault} (“{correction.expect}”): look whether the source was mended, then remove it"
    )
    finding = {"rule": "correction_expired", "message": message, "quote": opening, "char_start": 0, "char_end": len(opening)}
    trace = _trace(correction, "expired", "figure", {"figure": correction.figure, "quote": correction.figure}, None, None)
    return _with_traces(report | {"findings": [*report["findings"], finding]}, [trace])


def _trace(correction: Correction, state: CorrectionState, name: str, metric: Row, index: int | None, corrected: str | None) -> Row:
    printed = metric["quote"] if name == "figure" else metric[name]
    return {
        "name": correction.name,
        "state": state,
        "field": name,
        "metric": index,
        "quote": metric["quote"],
        "read": printed,
        "corrected": corrected,
        "expect": correction.expect,
        "reason": correction.reason,
        "source": correction.source,
        "corrected_on": correction.corrected_on,
        "author": correction.author,
    }


def _with_traces(report: Row, traces: list[Row]) -> Row:
    return report | {"corrections": [*report.get("corrections", []), *traces]}
