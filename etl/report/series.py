"""Rows of one metric in one unit as lines and bars: which bodies stand out, how they are called, where lines break and names stand.

In: rows of `reporting.metric_trends` with `report_id` (a body has one a year). Out: rows for the charts of `etl.report.chart_specs`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import median, quantiles
from typing import Any

from etl.report.charts import SERIES, both, plain
from etl.report.pages import figure_path
from etl.report.values import qualifier_of, shown

FEW = 8
"""So many bodies are drawn as a line each; of more, the spread and a few that stand out."""
OUTSTANDING = 4
BARS = 30
_LEVELS = ("province", "city", "district")
_SENTENCE = 90

Row = Mapping[str, Any]


def names_of(rows: Sequence[Row]) -> dict[str, str]:
    """Short names by organization_id: without the district where all are of one, with it where a name stands twice."""
    bodies = {row["organization_id"]: row for row in rows}
    districts = {row["district"] for row in bodies.values()}
    short = {}
    for key, row in bodies.items():
        name = row["organization_short"]
        inner = name.removeprefix(row["district"]) if len(districts) == 1 and row["organization_level"] not in _LEVELS else name
        short[key] = plain(inner or name)
    times = Counter(short.values())
    return {key: f"{name}（{plain(bodies[key]['district'])}）" if times[name] > 1 else name for key, name in short.items()}


def outstanding(rows: Sequence[Row], count: int = OUTSTANDING) -> list[str]:
    """The bodies that are named in a chart of many: districts and above, then the largest of the newest year."""
    newest = max(row["report_year"] for row in rows)
    last = [row for row in rows if row["report_year"] == newest]
    ranked = sorted(last, key=lambda row: (row["organization_level"] not in _LEVELS, -row["value"], row["organization_id"]))
    return [row["organization_id"] for row in ranked[:count]]


def points(rows: Sequence[Row], names: Mapping[str, str], colors: Mapping[str, str], root: str) -> list[dict[str, Any]]:
    """A point a figure of the bodies that have a color. `segment` counts up where a year is missing, so that no line runs through it."""
    found = []
    last: dict[str, tuple[int, int]] = {}
    for row in sorted(rows, key=lambda row: row["report_year"]):
        key, year = row["organization_id"], row["report_year"]
        if key not in colors:
            continue
        before, segment = last.get(key, (year - 1, 0))
        last[key] = (year, segment + (before != year - 1))
        found.append(point(row, names[key], colors[key], root) | {"segment": last[key][1]})
    return found


def point(row: Row, name: str, color: str, root: str) -> dict[str, Any]:
    """What is drawn of one figure and shown when a pointer rests on it."""
    words = qualifier_of(row["qualifier"])
    sentence = plain(row["sentence"])
    return {
        "year": row["report_year"],
        "value": row["value"],
        "name": name,
        "color": color,
        "qualifier": both(*words) if words.zh else "",
        "shown": both(*shown(row["value"], row["unit"], row["qualifier"], row["value_high"])),
        "sentence": sentence if len(sentence) <= _SENTENCE else f"{sentence[: _SENTENCE - 1]}…",
        "href": f"{root}{figure_path(row['report_id'], row['metric_id'])}",
    }


def ends(drawn: Sequence[Mapping[str, Any]], height: int, zero: bool) -> list[dict[str, Any]]:
    """Where the names of lines stand: at the last point of each, moved so far that the names at one year do not lie on each other."""
    values = [float(each["value"]) for each in drawn]
    low, high = min(values, default=0.0), max(values, default=0.0)
    low = min(low, 0.0) if zero else low
    gap = (high - low) * 17 / height
    by_year: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for last in {each["name"]: each for each in drawn}.values():
        by_year[last["year"]].append(last)
    found = []
    for year, lasts in sorted(by_year.items()):
        lasts.sort(key=lambda last: last["value"])
        places = apart([float(last["value"]) for last in lasts], gap, low, high)
        found += [
            {"year": year, "label_at": at, "name": each["name"], "color": each["color"]} for each, at in zip(lasts, places, strict=True)
        ]
    return found


def apart(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Ascending places moved up until `gap` lies between them, then down from `high`, where they ran over it."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + gap if moved else low))
    ceiling = high
    for index in reversed(range(len(moved))):
        moved[index] = min(moved[index], ceiling)
        ceiling = moved[index] - gap
    return moved


def spread(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Quartiles of each year over all bodies, from the values as they are (inclusive method)."""
    by_year: dict[int, list[float]] = defaultdict(list)
    for row in rows:
        by_year[row["report_year"]].append(float(row["value"]))
    found = []
    for year, values in sorted(by_year.items()):
        low, _, high = quantiles(values, n=4, method="inclusive") if len(values) > 1 else (values[0],) * 3
        found.append({"year": year, "low": round(low, 6), "value": median(values), "high": round(high, 6), "count": len(values)})
    return found


def colors_of(keys: Sequence[str]) -> dict[str, str]:
    """A color a body, in their order."""
    return dict(zip(keys, SERIES, strict=False))
