"""From a label to the canonical metric of the catalogue, with precision before recall.

In: label, unit, kind and place of a figure. Out: a metric code with the pattern that gave it, or null. A label is read as a set of
words of `lexicon/catalogue.toml`, in any order; a character that is in no word leaves it unmapped. Unit and kind must fit. Plans,
shortcomings, parts of a total and figures of other years or of single months are never mapped: a wrong code is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from etl.models import Kind, Part
from etl.parse.lexicon import load, prefix_tree

_NEUTRAL = "neutral"
_UNSEEN = dict.fromkeys(map(ord, '“”‘’" \t\u3000'))  # “12345”热线 is 12345热线
_LONGEST = 60  # characters; a longer label is a clause, not a name


class Mapped(NamedTuple):
    """A metric of the catalogue, and the pattern as printed in the vocabulary that the label matched."""

    code: str
    pattern: str


class Place(NamedTuple):
    """Where a figure stands: `sentence` around it, `later` the text of its measure behind it, `sub` for 其中 and brackets."""

    part: Part
    sub: bool
    sentence: str
    later: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    """收到 复议 [申请 案件]: one word of each group in `needed` must be in the label, and all words of it in `allowed`."""

    text: str
    needed: tuple[frozenset[str], ...]
    allowed: frozenset[str]

    def fits(self, words: frozenset[str]) -> bool:
        return words <= self.allowed and all(group & words for group in self.needed)


@dataclass(frozen=True, slots=True)
class _Entry:
    code: str
    kinds: tuple[Kind, ...]
    units: tuple[str, ...]
    patterns: tuple[_Pattern, ...]
    sentence: re.Pattern[str] | None
    veto: re.Pattern[str] | None
    later: re.Pattern[str] | None
    alone: re.Pattern[str] | None
    sub: bool
    month: bool


def map_metric(label: str, unit: str, kind: Kind, period: str, place: Place, year: int | None) -> Mapped | None:
    """The first entry, in the order of the vocabulary, that fits label, unit, kind, period and place; else null."""
    if year is None or place.part in ("plan", "shortcoming"):
        return None
    for entry, pattern in _named(label, unit, kind):
        if _fits_year(period, kind, year, entry.month) and _surroundings_fit(entry, kind, place):
            return Mapped(entry.code, pattern.text)
    return None


def kinds_by_code() -> dict[str, set[Kind]]:
    """The kinds that a figure may have for each code that the patterns can give."""
    kinds: dict[str, set[Kind]] = {}
    for entry in _entries():
        kinds.setdefault(entry.code, set()).update(entry.kinds)
    return kinds


def units_by_code() -> dict[str, set[str]]:
    """The units that a figure may have for each code that the patterns can give."""
    units: dict[str, set[str]] = {}
    for entry in _entries():
        units.setdefault(entry.code, set()).update(entry.units)
    return units


def read_words(label: str) -> frozenset[str] | None:
    """The words of a label without the neutral ones, each by its name; null where a character is in no word."""
    forms, word = _forms()
    label = label.translate(_UNSEEN)
    for name, phrase in _phrases():
        label = phrase.sub(name, label)
    found: set[str] = set()
    at = 0
    while at < len(label):
        match = word.match(label, at)
        if match is None:
            return None
        found.add(forms[match[0]])
        at = match.end()
    return frozenset(found - {_NEUTRAL})


@lru_cache(maxsize=20_000)
def _named(label: str, unit: str, kind: Kind) -> tuple[tuple[_Entry, _Pattern], ...]:
    """Entries whose patterns the label matches, whatever stands around it. The same labels come back in every report."""
    candidates = _index().get((unit, kind), ())
    words = read_words(label) if candidates and len(label) <= _LONGEST else None
    if not words:
        return ()
    hits = ((entry, next((p for p in entry.patterns if p.fits(words)), None)) for entry in candidates)
    return tuple((entry, pattern) for entry, pattern in hits if pattern)


def _fits_year(period: str, kind: Kind, year: int, month: bool) -> bool:
    """The report's year as a whole; changes and levels may be dated more closely."""
    if month or kind in ("change", "level"):
        return period.removeprefix("as-of:").startswith(str(year)) and "/" not in period
    return period in (str(year), f"as-of:{year}-12-31", f"{year}-01/{year}-12")


def _surroundings_fit(entry: _Entry, kind: Kind, place: Place) -> bool:
    if place.sub and kind != "rate" and not entry.sub:
        return False
    if entry.sentence and not entry.sentence.search(place.sentence):
        return False
    if entry.veto and entry.veto.search(place.sentence):
        return False
    if entry.later and not entry.later.search(place.later):
        return False
    return not (entry.alone and len(set(entry.alone.findall(place.sentence))) > 1)


@cache
def _forms() -> tuple[dict[str, str], re.Pattern[str]]:
    """The name of the word of each form, and a pattern for the longest form at a place.

    Raises:
        ValueError: two words claim one form, so that a label could be read in two ways.
    """
    forms: dict[str, str] = {}
    for name, listed in load("catalogue")["words"].items():
        for form in [*([] if name == _NEUTRAL else [name]), *listed.split()]:
            if forms.setdefault(form, name) != name:
                raise ValueError(f"lexicon/catalogue.toml: {form} is a form of both {forms[form]} and {name}")
    return forms, re.compile(prefix_tree(forms))


@cache
def _phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Words that are said with a name inside."""
    return tuple((name, re.compile(pattern)) for name, pattern in load("catalogue")["phrases"].items())


@cache
def _index() -> dict[tuple[str, str], tuple[_Entry, ...]]:
    """The entries of each unit and kind, in the order of the vocabulary."""
    index: dict[tuple[str, str], list[_Entry]] = {}
    for entry in _entries():
        for key in ((unit, kind) for unit in entry.units for kind in entry.kinds):
            index.setdefault(key, []).append(entry)
    return {key: tuple(entries) for key, entries in index.items()}


@cache
def _entries() -> tuple[_Entry, ...]:
    return tuple(_read())


def _read() -> Iterator[_Entry]:
    vocabulary = load("catalogue")
    known = frozenset(vocabulary["words"])
    for row in vocabulary["metric"]:
        sentence, veto, later, alone = (re.compile(row[key]) if key in row else None for key in ("sentence", "not", "later", "alone"))
        yield _Entry(
            code=row["code"],
            kinds=tuple(row["kinds"].split()),
            units=tuple(row["units"].split()),
            patterns=tuple(_pattern(text, known) for text in row["patterns"]),
            sentence=sentence,
            veto=veto,
            later=later,
            alone=alone,
            sub=row.get("sub", False),
            month=row.get("month", False),
        )


def _pattern(text: str, known: Iterable[str]) -> _Pattern:
    """One pattern read.

    Raises:
        ValueError: it names a word that the vocabulary does not have; such a pattern would never fit.
    """
    # 收到 复议 [申请 案件]
    needed_text, _, optional = text.partition("[")
    needed = tuple(frozenset(group.split("|")) for group in needed_text.split())
    allowed = frozenset().union(*needed, optional.rstrip("] ").split())
    unknown = allowed - frozenset(known)
    if unknown:
        raise ValueError(f"lexicon/catalogue.toml: pattern “{text}” names unknown words: {' '.join(sorted(unknown))}")
    return _Pattern(text, needed, allowed)
