"""Which part of a report a heading or a paragraph belongs to: achievement, shortcoming, leadership, plan or other.

In: folded headings and paragraphs. Out: the part by the vocabulary in `lexicon/parts.toml`. A lower heading keeps the part of
the heading above it unless it names another; under a merged heading (存在问题和下一步打算) each paragraph decides for itself.
"""

from __future__ import annotations

import re

from etl.models import Part
from etl.parse.lexicon import load

_ORDER: tuple[Part, ...] = ("other", "leadership", "shortcoming", "plan", "achievement")


def _compiled(table: str) -> dict[Part, re.Pattern[str]]:
    listed: dict[Part, list[str]] = load("parts")[table]
    return {part: re.compile("|".join(patterns)) for part, patterns in listed.items()}


_HEADINGS, _SUBHEADINGS, _PARAGRAPHS = (_compiled(name) for name in ("headings", "subheadings", "paragraphs"))
_YEAR = re.compile(r"((?:19|20)[0-9]{2})\s*年")


def named_parts(heading: str) -> list[Part]:
    """The parts that a heading names, in the order of the heading. 成效 counts only where nothing stronger is named."""
    hits: list[tuple[int, Part]] = []
    for part in _ORDER:
        pattern = _HEADINGS.get(part)
        match = pattern.search(heading) if pattern else None
        if match:
            hits.append((match.start(), part))
    found = {part: at for at, part in hits}
    if "leadership" in found:
        return ["leadership"]
    return [part for _, part in sorted(hits)]


def named_part(heading: str) -> Part | None:
    """The part that a heading names first, or null."""
    named = named_parts(heading)
    return named[0] if named else None


def paragraph_part(paragraph: str, year: int | None) -> Part | None:
    """The part that a paragraph's own words put it into, or null."""
    opening = _YEAR.match(paragraph)
    if opening and year and int(opening[1]) > year:
        return "plan"
    for part in ("plan", "leadership", "shortcoming"):
        pattern = _PARAGRAPHS[part]
        if pattern.search(paragraph[:120]):
            return part
    return None


class PartStack:
    """The part of the text being read, heading by heading."""

    def __init__(self, year: int | None) -> None:
        self._year = year
        self._parts: dict[int, Part] = {}
        self.part: Part = "achievement"
        self.in_appendix = False
        self.merged = False

    def enter(self, level: int, heading: str) -> Part:
        """Part of a heading just met; lower levels are forgotten."""
        self._parts = {at: part for at, part in self._parts.items() if at < level}
        above = self._parts[max(self._parts)] if self._parts else None
        named = named_parts(heading) if level == 1 else []
        self.merged = len(set(named)) > 1 if level == 1 else self.merged and level > 2
        part = self._top(named, heading) if level == 1 else self._below(above, heading)
        self._parts[level] = part
        self.part = part
        self.in_appendix = part == "other"
        return part

    def _top(self, named: list[Part], heading: str) -> Part:
        year = _YEAR.search(heading)
        if year and self._year and int(year[1]) > self._year and (not named or named[0] == "achievement"):
            return "plan"
        return named[0] if named else "achievement"

    def _below(self, above: Part | None, heading: str) -> Part:
        for part, pattern in _SUBHEADINGS.items():
            if pattern.search(heading):
                return above if above == "plan" and part == "leadership" else part
        return above or "achievement"
