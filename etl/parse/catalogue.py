"""From a label to the canonical metric of the catalogue, with precision before recall.

In: label, unit, kind and place of a figure. Out: a metric code or null. The patterns are data (`lexicon/catalogue.toml`); a pattern must
match the whole label, unit and kind must fit. Plans, shortcomings, parts of a total and figures of other years or of single months
are never mapped: a wrong code is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from etl.models import Kind, Part
from etl.parse.lexicon import load


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands: `sentence` around it, `later` the text of its measure behind it, `sub` for 其中 and brackets."""

    part: Part
    sub: bool
    sentence: str
    later: str


@dataclass(frozen=True, slots=True)
class _Entry:
    code: str
    kind: Kind
    units: frozenset[str]
    label: re.Pattern[str]
    veto: re.Pattern[str] | None
    sentence: re.Pattern[str] | None
    later: re.Pattern[str] | None
    alone: re.Pattern[str] | None


def map_metric(label: str, unit: str, kind: Kind, period: str, place: Place, year: int | None) -> str | None:
    """The code of the first entry that fits, or null."""
    if place.part in ("plan", "shortcoming") or place.sub or not _fits_year(period, kind, year):
        return None
    for entry in _entries():
        if entry.kind == kind and unit in entry.units and entry.label.fullmatch(label) and _surroundings_fit(entry, label, place):
            return entry.code
    return None


def codes() -> tuple[str, ...]:
    """Every code that the patterns can give, with its kind checked against the catalogue by a test."""
    return tuple(entry.code for entry in _entries())


def kinds_by_code() -> dict[str, Kind]:
    """The kind that each code demands."""
    return {entry.code: entry.kind for entry in _entries()}


def _fits_year(period: str, kind: Kind, year: int | None) -> bool:
    """The report's year as a whole; changes and levels may be dated more closely."""
    if year is None:
        return False
    if kind in ("change", "level"):
        return period.removeprefix("as-of:").startswith(str(year)) and "/" not in period
    return period in (str(year), f"as-of:{year}-12-31")


def _surroundings_fit(entry: _Entry, label: str, place: Place) -> bool:
    if entry.veto and (entry.veto.search(label) or entry.veto.search(place.sentence)):
        return False
    if entry.sentence and not entry.sentence.search(place.sentence):
        return False
    if entry.later and not entry.later.search(place.later):
        return False
    return not (entry.alone and len(set(entry.alone.findall(place.sentence))) > 1)


@cache
def _entries() -> tuple[_Entry, ...]:
    return tuple(_read())


def _read() -> Iterator[_Entry]:
    for row in load("catalogue")["metric"]:
        optional = {key: re.compile(row[key]) if key in row else None for key in ("not", "sentence", "later", "alone")}
        yield _Entry(
            row["code"],
            row["kind"],
            frozenset(row["units"].split()),
            re.compile("|".join(row["labels"])),
            optional["not"],
            optional["sentence"],
            optional["later"],
            optional["alone"],
        )
