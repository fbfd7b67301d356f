"""What a measure is about: its theme, from its title, the headings above it and the beginning of its text.

In: measures and sections of a report. Out: the measures with a theme code and the words that decided it. Vocabulary and weights are
data (`lexicon/themes.toml`). Low scores and near ties give null: a measure about two themes is about neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from etl.models import Measure, Part, Section
from etl.parse.folding import fold
from etl.parse.lexicon import load, prefix_tree

_KEPT = 6  # words kept as evidence


class Theme(NamedTuple):
    """A theme of the catalogue, and the words that decided it, heaviest first."""

    code: str
    words: str


class _Word(NamedTuple):
    theme: str
    weight: int


def with_themes(measures: Iterable[Measure], sections: Sequence[Section], folded: str) -> tuple[Measure, ...]:
    """The measures, each with its theme where one is clear; `folded` is the text that their spans index."""
    above = _headings_above(sections)
    themed = []
    for measure in measures:
        headings = above[measure.section] if measure.section is not None else ()
        text = folded[measure.char_end - len(measure.text) : measure.char_end]
        title = text[: len(measure.title)] if measure.title and measure.text.startswith(measure.title) else fold(measure.title or "")
        theme = find_theme(title, headings, text, measure.part)
        themed.append(measure._replace(theme_code=theme.code, theme_words=theme.words) if theme else measure)
    return tuple(themed)


def find_theme(title: str | None, headings: Sequence[str], text: str, part: Part) -> Theme | None:
    """The theme of a measure, or null. `headings` are those above it, the nearest first; `part` leadership speaks for that theme.

    Title and text are folded.
    """
    weights, limits = load("themes")["weights"], load("themes")["limits"]
    start = len(title) if title and text.startswith(title) else 0
    places = [
        (_words(title or ""), weights["title"]),
        *zip(map(_heading_words, headings), (weights["heading"], weights["above"]), strict=False),
        (_words(text[start : start + limits["text"]]), weights["text"]),
    ]
    scores: dict[str, int] = {"leadership": weights["leadership_part"]} if part == "leadership" else {}
    said: dict[str, dict[str, int]] = {}
    for words, factor in places:
        for word in dict.fromkeys(words):
            theme, weight = _vocabulary()[0][word]
            scores[theme] = scores.get(theme, 0) + weight * factor
            counted = said.setdefault(theme, {})
            counted[word] = counted.get(word, 0) + weight * factor
    code = _winner(scores, limits["least"], limits["margin"])
    if code is None:
        return None
    deciding = said.get(code, {})
    heaviest = sorted(deciding, key=lambda word: -deciding[word])
    return Theme(code, " ".join(heaviest[:_KEPT]) or f"part:{part}")


def _winner(scores: dict[str, int], least: int, margin: int) -> str | None:
    if not scores:
        return None
    first, *rest = sorted(scores, key=lambda theme: (-scores[theme], theme))
    lead = scores[first] - (scores[rest[0]] if rest else 0)
    return first if scores[first] >= least and lead >= margin else None


@lru_cache(maxsize=4_000)
def _heading_words(heading: str) -> list[str]:
    """Of a heading, which stands above many measures and in many reports. The list must not be changed."""
    return _words(fold(heading))


def _words(place: str) -> list[str]:
    return _vocabulary()[1].findall(place) if place else []


def _headings_above(sections: Sequence[Section]) -> list[tuple[str, ...]]:
    """For each section its own heading and that of the section above it."""
    chain: list[Section] = []
    found = []
    for section in sections:
        while chain and chain[-1].level >= section.level:
            chain.pop()
        chain.append(section)
        found.append(tuple(part.heading for part in reversed(chain[-2:])))
    return found


@cache
def _vocabulary() -> tuple[dict[str, _Word], re.Pattern[str]]:
    """The words with theme and weight, and a pattern for the longest at a place.

    Raises:
        ValueError: a word stands in two places of the vocabulary.
    """
    weights = load("themes")["weights"]
    words: dict[str, _Word] = {}
    for row in load("themes")["theme"]:
        for strength in ("strong", "plain", "weak"):
            for word in row[strength].split():
                if word in words:
                    raise ValueError(f"lexicon/themes.toml: {word} stands twice")
                words[word] = _Word(row["code"], weights[strength])
    return words, re.compile(prefix_tree(words))


def codes() -> tuple[str, ...]:
    """The themes that the vocabulary knows."""
    return tuple(row["code"] for row in load("themes")["theme"])
