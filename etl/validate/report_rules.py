"""Rules about whole reports and their neighbours: revisions, parts, last year's length, dates.

In: narrow columns of all batches, by table. Out: `Checked`. Texts are not looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from etl.validate.violations import Checked, Violation

if TYPE_CHECKING:
    import pandas as pd

Frames = Mapping[str, "pd.DataFrame"]

COLUMNS = {
    "dim_report": (
        *("report_id", "document_id", "organization_id", "report_year", "revision", "is_current"),
        *("title", "source_url", "raw_sha256", "published_on", "char_count"),
    ),
    "dim_section": ("report_id", "part"),
    "fact_measure": ("report_id", "part"),
    "fact_metric": ("report_id",),
    "fact_finding": ("report_id", "finding_id", "rule", "message", "quote"),
}
"""What the rules below look at, by table."""

REQUIRED_PARTS = ("achievement", "shortcoming", "leadership", "plan")
"""What the rules on these reports demand: results, shortcomings, what the first person in charge did, next year's plan."""

_SHORTEST_SHARE = 0.5
_YEARS_UNTIL_PUBLISHED = 2
# 2023年度法治政府建设情况报告
_YEAR_IN_TITLE = re.compile(r"(?<![0-9])20[0-9]{2}(?=\s*年)")


def _check_revisions(frames: Frames) -> Checked:
    """One revision of a report, and only one, is current; revision numbers are not used twice."""
    reports = frames["dim_report"]
    checked = Checked(len(reports))
    for document_id, revisions in reports.groupby("document_id", sort=True):
        numbers = revisions["revision"]
        current = numbers[revisions["is_current"]].tolist()
        if len(current) != 1 or numbers.duplicated().any():
            detail = f"report {document_id} has revisions {sorted(numbers.tolist())}, current: {current}"
            checked.violations += _of(revisions["report_id"], detail)
    return checked


def _check_measures(frames: Frames) -> Checked:
    return _without(frames, "fact_measure", "no measure was found")


def _check_metrics(frames: Frames) -> Checked:
    return _without(frames, "fact_metric", "no figure was found")


def _check_any_part(frames: Frames) -> Checked:
    parts = _parts(frames)
    reports = frames["dim_report"]["report_id"]
    bare = [report for report in reports if not parts.get(report, set()) - {"other"}]
    return Checked(len(reports), _of(bare, "no heading and no measure belongs to a part of the report"))


def _check_all_parts(frames: Frames) -> Checked:
    parts = _parts(frames)
    checked = Checked(len(frames["dim_report"]))
    for report in frames["dim_report"]["report_id"]:
        missing = [part for part in REQUIRED_PARTS if part not in parts.get(report, set())]
        if missing:
            checked.violations += _of([report], f"missing: {', '.join(missing)}")
    return checked


def _check_length_on_year_before(frames: Frames) -> Checked:
    """A current report against the current one of the same organisation a year before."""
    reports = frames["dim_report"]
    current = reports[reports["is_current"]]
    before = current[["organization_id", "report_year", "char_count"]].assign(report_year=current["report_year"] + 1)
    pairs = current.merge(before, on=["organization_id", "report_year"], suffixes=("", "_before"))
    short = pairs[pairs["char_count"] < pairs["char_count_before"] * _SHORTEST_SHARE]
    violations = [
        Violation(report, None, None, f"{count} characters, {count_before} the year before")
        for report, count, count_before in zip(short["report_id"], short["char_count"], short["char_count_before"], strict=True)
    ]
    return Checked(len(pairs), violations)


def _check_title_year(frames: Frames) -> Checked:
    reports = frames["dim_report"]
    checked = Checked(len(reports))
    for report, title, year in zip(reports["report_id"], reports["title"], reports["report_year"], strict=True):
        years = {int(found) for found in _YEAR_IN_TITLE.findall(str(title))}
        if years and year not in years:
            checked.violations.append(Violation(report, None, title, f"the report is filed under {year}"))
    return checked


def _check_published_late_enough(frames: Frames) -> Checked:
    return _check_published(frames, lambda published, year: published < year)


def _check_published_soon_enough(frames: Frames) -> Checked:
    return _check_published(frames, lambda published, year: published > year + _YEARS_UNTIL_PUBLISHED)


def _check_published(frames: Frames, is_wrong: Callable[[int, int], bool]) -> Checked:
    reports = frames["dim_report"]
    dated = reports[reports["published_on"].notna()]
    checked = Checked(len(dated))
    for report, published, year in zip(dated["report_id"], dated["published_on"], dated["report_year"], strict=True):
        if is_wrong(published.year, year):
            checked.violations.append(Violation(report, None, None, f"published on {published}, about {year}"))
    return checked


def _check_findings(frames: Frames) -> Checked:
    found = frames["fact_finding"]
    columns = (found[name] for name in ("report_id", "finding_id", "quote", "rule", "message"))
    rows = zip(*columns, strict=True)
    return Checked(len(found), [Violation(report, key, quote, f"{rule}: {message}") for report, key, quote, rule, message in rows])


def _without(frames: Frames, table: str, detail: str) -> Checked:
    reports = frames["dim_report"]["report_id"]
    return Checked(len(reports), _of(reports[~reports.isin(frames[table]["report_id"])], detail))


def _parts(frames: Frames) -> dict[str, set[str]]:
    parts: dict[str, set[str]] = {}
    for table in ("dim_section", "fact_measure"):
        pairs = frames[table][["report_id", "part"]].drop_duplicates()
        for report, part in zip(pairs["report_id"], pairs["part"], strict=True):
            parts.setdefault(report, set()).add(part)
    return parts


def _of(reports: Iterable[str], detail: str) -> list[Violation]:
    return [Violation(report, None, None, detail) for report in reports]


REPORT_RULES: dict[str, Callable[[Frames], Checked]] = {
    "report_one_current_revision": _check_revisions,
    "report_has_measures": _check_measures,
    "report_has_figures": _check_metrics,
    "report_has_parts": _check_any_part,
    "report_parts_complete": _check_all_parts,
    "report_not_half_of_year_before": _check_length_on_year_before,
    "report_title_names_its_year": _check_title_year,
    "report_published_after_year_began": _check_published_late_enough,
    "report_published_within_two_years": _check_published_soon_enough,
    "report_has_no_findings": _check_findings,
}
"""The rules by id, as `expectations/rules.json` names them."""
