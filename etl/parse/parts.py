"""Which part of a report a heading or a paragraph belongs to: achievement, shortcoming, leadership, plan or other.

In: folded headings and paragraphs. Out: the part by the vocabulary in `lexicon/parts.toml`. A lower heading keeps the part of
the heading above it unless it names another; under a merged heading (存在问题和下一步打算) each paragraph decides for itself.
"""

from __future__ import annotations

import re
from functools import lru_cache

from etl.models import Part
from etl.parse.lexicon import load, word_pattern, words

_ORDER: tuple[Part, ...] = ("other", "leadership", "shortcoming", "plan", "achievement")
_OPENING = 120  # characters of a paragraph that say what it is about
_LONGEST_NAME = 24  # a longer heading, or one with a comma, is a topic rather than the name of a part


def _compiled(table: str) -> dict[Part, re.Pattern[str]]:
    listed: dict[Part, list[str]] = load("parts")[table]
    return {part: re.compile("|".join(patterns)) for part, patterns in listed.items()}


_HEADINGS, _SUBHEADINGS, _PARAGRAPHS = (_compiled(name) for name in ("headings", "subheadings", "paragraphs"))
_YEAR = re.compile(r"((?:19|20)[0-9]{2})\s*年")
_BLANK = re.compile(r"\s+")
_ADDRESSED = re.compile(
    rf"{word_pattern('parts', 'addressed', 'verbs')}[^,、和及与]{{0,10}}?{word_pattern('parts', 'addressed', 'objects')}+"
)


@lru_cache(maxsize=4096)
def named_parts(heading: str) -> tuple[Part, ...]:
    """The parts that a heading names, in the order of the heading. 成效 and 情况 count only where nothing stronger is named."""
    name = _BLANK.sub("", heading)
    found: dict[Part, re.Match[str]] = {}
    for part in _ORDER:
        match = _HEADINGS[part].search(_ADDRESSED.sub("", name) if part == "shortcoming" else name)
        if match:
            found[part] = match
    if "other" in found:
        return ("other",)
    named = sorted(found, key=lambda part: found[part].start())
    if named and "achievement" in named and (named[0] != "achievement" or _is_weak(found["achievement"].group(), named)):
        named.remove("achievement")
    return tuple(named)


def _is_weak(word: str, named: list[Part]) -> bool:
    """主要负责人履职情况 is no achievement."""
    return "leadership" in named and word.endswith(("情况", "工作"))


def named_part(heading: str) -> Part | None:
    """The part that a heading names first, or null."""
    named = named_parts(heading)
    return named[0] if named else None


def names_part(heading: str) -> bool:
    """Whether a heading is the name of a part, not a topic that holds such a word: 履行职责,加强建设的情况 but not 提升成效,推动落实."""
    return named_part(heading) is not None and ("," not in heading or heading.endswith("情况"))


def is_complete(heading: str) -> bool:
    """Whether a heading ends as headings that name a part end: …情况, …成效, …打算."""
    return heading.endswith(words("parts", "complete", "ends"))


def paragraph_part(paragraph: str, year: int | None) -> Part | None:
    """The part that a paragraph's own words put it into, or null. What is said first decides."""
    stated = _YEAR.match(paragraph)
    if stated and year and int(stated[1]) > year:
        return "plan"
    opening = paragraph[:_OPENING]
    hits = [(match.start(), part) for part, pattern in _PARAGRAPHS.items() if (match := pattern.search(opening))]
    return min(hits)[1] if hits else None


class PartStack:
    """The part of the text being read, heading by heading."""

    def __init__(self, year: int | None) -> None:
        self._year = year
        self._parts: dict[int, Part] = {}
        self.part: Part = "achievement"

    def reset(self) -> None:
        """Forget all headings: the report begins anew below a cover letter."""
        self._parts = {}
        self.part = "achievement"

    def enter(self, level: int, heading: str) -> Part:
        """Part of a heading just met; lower levels are forgotten."""
        self._parts = {at: part for at, part in self._parts.items() if at < level}
        above = self._parts[max(self._parts)] if self._parts else None
        short = "," not in heading and len(heading) <= _LONGEST_NAME
        part = self._top(heading) if level == 1 or (above is None and short) else self._below(above, heading)
        self._parts[level] = part
        self.part = part
        return part

    def _top(self, heading: str) -> Part:
        named = named_parts(heading)
        if self._looks_ahead(heading) and (not named or named[0] == "achievement"):
            return "plan"
        return named[0] if named else "achievement"

    def _looks_ahead(self, heading: str) -> bool:
        year = _YEAR.search(heading)
        return bool(year and self._year and int(year[1]) > self._year)

    def _below(self, above: Part | None, heading: str) -> Part:
        for part, pattern in _SUBHEADINGS.items():
            if pattern.search(heading):
                return above if above == "plan" and part == "leadership" else part
        if self._looks_ahead(heading) and _YEAR.match(heading) and len(heading) <= _LONGEST_NAME:
            return "plan"
        return above or "achievement"
