"""Who has published for which year: bars of years, and a map of bodies by years whose every field leads to its report.

In: `reporting.coverage`. The map is a table: it prints, scrolls, is read aloud and needs no script. A warehouse of thousands of bodies is
shown by level, with the bodies of each level that have the most gaps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from etl.publish.reading import Reader
from etl.report import chart_specs
from etl.report.charts import Cell, Chart, Table, both, fill
from etl.report.pages import Words, body_path, report_path
from etl.report.render import named

STATES = {
    "published": Words("按时", "on time"),
    "late": Words("迟于4月1日", "after 1 April"),
    "undated": Words("无日期", "no date"),
    "quarantined": Words("在隔离区", "in quarantine"),
    "missing": Words("缺", "missing"),
    "not_due": Words("未到期", "not due yet"),
}
_COLORS = {"published": "good", "late": "late", "undated": "series-5", "quarantined": "held", "missing": "gap", "not_due": "chart-band"}
_SHORT = {name: words for name, words in STATES.items() if name not in ("published", "late")}
_SHORT["quarantined"] = Words("隔离", "held")
BODIES = 60
"""Bodies of one level that are shown."""

_BY_YEAR = """
    SELECT report_year, organization_level AS level, status, count(*) AS found FROM reporting.coverage GROUP BY ALL ORDER BY report_year
"""
_FIELDS = """
    WITH gaps AS (
        SELECT organization_id, organization_level AS level, count(*) FILTER (WHERE status NOT IN ('published', 'undated')) AS gaps
        FROM reporting.coverage GROUP BY ALL
    ),
    chosen AS (FROM gaps QUALIFY row_number() OVER (PARTITION BY level ORDER BY gaps DESC, organization_id) <= $most)
    SELECT c.organization_id, organization_short AS name, organization_level AS level, report_year, status, published_on, days_late,
        report_id
    FROM reporting.coverage AS c SEMI JOIN chosen USING (organization_id)
    ORDER BY district, organization_short, organization_id, report_year
"""
_LEVELS = ("province", "city", "district", "department", "street", "town", "other")


@dataclass(slots=True)
class Line:
    """A body in the map: a field a year, None where the year is not asked of it."""

    name: str
    path: str
    fields: dict[int, Field]


@dataclass(frozen=True, slots=True)
class Field:
    """A body and year: `text` is the day of publication or what is the matter instead."""

    status: str
    text: str | Words
    says: Words
    path: str | None


@dataclass(slots=True)
class Level:
    """The bodies of one level: all are counted, `lines` are those that are shown."""

    name: Words
    bodies: int
    lines: list[Line] = field(default_factory=list)

    @property
    def hidden(self) -> int:
        return self.bodies - len(self.lines)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Everything that the overview shows of who has published."""

    years: Sequence[int]
    levels: Sequence[Level]
    chart: Chart | None
    counts: dict[str, int]


def coverage(reader: Reader) -> Coverage:
    """The coverage of the warehouse; without years where no report is published."""
    by_year = reader.rows(_BY_YEAR)
    years = sorted({row["report_year"] for row in by_year})
    counts = {state: sum(row["found"] for row in by_year if row["status"] == state) for state in STATES}
    levels = {}
    for row in reader.rows(
        "SELECT organization_level AS level, count(DISTINCT organization_id) AS bodies FROM reporting.coverage GROUP BY ALL"
    ):
        levels[row["level"]] = Level(named("level", row["level"]), row["bodies"])
    lines: dict[str, Line] = {}
    for row in reader.rows(_FIELDS, {"most": BODIES}):
        key = row["organization_id"]
        if key not in lines:
            # a body whose pages are all in quarantine has no page of its own
            lines[key] = Line(row["name"], "", {})
            levels[row["level"]].lines.append(lines[key])
        if row["report_id"]:
            lines[key].path = body_path(key)
        lines[key].fields[row["report_year"]] = _field(row)
    ordered = [levels[level] for level in sorted(levels, key=_LEVELS.index)]
    return Coverage(years, ordered, _bars(by_year, years) if years else None, counts)


def _field(row: dict[str, Any]) -> Field:
    state, day = STATES[row["status"]], row["published_on"]
    if row["status"] in ("published", "late") and isinstance(day, date):
        late = row["days_late"]
        on = f"{row['report_year']}: {day:%Y-%m-%d}"
        says = Words(f"{on}，迟 {late} 天", f"{on}, {late} days late") if late else Words(f"{on}，{state.zh}", f"{on}, {state.en}")
        return Field(row["status"], f"{day:%m-%d}", says, report_path(row["report_id"]))
    says = Words(f"{row['report_year']}: {state.zh}", f"{row['report_year']}: {state.en}")
    return Field(row["status"], _SHORT[row["status"]], says, report_path(row["report_id"]) if row["report_id"] else None)


def _bars(by_year: Sequence[dict[str, Any]], years: Sequence[int]) -> Chart:
    found = {
        (year, state): sum(row["found"] for row in by_year if row["report_year"] == year and row["status"] == state)
        for year in years
        for state in STATES
    }
    shown = [state for state in STATES if any(found[year, state] for year in years)]
    parts = [
        {"year": year, "state": both(*STATES[state]), "order": order, "value": found[year, state], "color": f"var(--{_COLORS[state]})"}
        for year in years
        for order, state in enumerate(shown)
        if found[year, state]
    ]
    heads = [Words("年度", "Year"), *(STATES[state] for state in shown)]
    rows = [[Cell(str(year)), *(Cell(f"{found[year, state]:,}", is_number=True) for state in shown)] for year in years]
    return Chart(
        "coverage",
        Words("各年度的公布情况", "Publication by year"),
        Words(
            "每个年度有多少机构按时、迟或没有公布报告。4月1日是法定期限；隔离区里的报告有页面，但读不出或未过校验。",
            "How many bodies published on time, late or not at all. 1 April is the statutory date; a report in quarantine has a page, "
            "which could not be read or failed a check.",
        ),
        fill(chart_specs.stacked_years(), {"parts": parts}, unit=both("机构", "Bodies"), years=years),
        Table(heads, rows),
        [(f"var(--{_COLORS[state]})", STATES[state]) for state in shown],
    )
