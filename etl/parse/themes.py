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
from etl.parse.lexicon import load, search_tree

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
    said = [*_said(title or "", weights["title"])]
    for heading, factor in zip(headings, (weights["heading"], weights["above"]), strict=False):
        said += _said_above(heading, factor)
    said += _said(text[start : start + limits["text"]], weights["text"])
    scores: dict[str, int] = {"leadership": weights["leadership_part"]} if part == "leadership" else {}
    for _, theme, points in said:
        scores[theme] = scores.get(theme, 0) + points
    code = _winner(scores, limits["least"], limits["margin"])
    if code is None:
        return None
    deciding: dict[str, int] = {}
    for word, theme, points in said:
        if theme == code:
            deciding[word] = deciding.get(word, 0) + points
    heaviest = sorted(deciding, key=deciding.__getitem__, reverse=True)
    return Theme(code, " ".join(heaviest[:_KEPT]) or f"part:{part}")


def _winner(scores: dict[str, int], least: int, margin: int) -> str | None:
    best = max(scores.values(), default=0)
    if best < max(least, margin):
        return None
    near = [theme for theme, score in scores.items() if score > best - margin]
    return near[0] if len(near) == 1 else None


_Said = tuple[tuple[str, str, int], ...]


def _said(place: str, factor: int) -> _Said:
    """The words of a place, each once, with theme and points."""
    if not place:
        return ()
    weights, pattern = _vocabulary()
    found = dict.fromkeys(pattern.findall(place))
    return tuple([(word, theme, weight * factor) for word in found for theme, weight in (weights[word],)])


@lru_cache(maxsize=4_000)
def _said_above(heading: str, factor: int) -> _Said:
    """Of a heading, which stands above many measures and in many reports."""
    return _said(fold(heading), factor)


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
    return words, re.compile(search_tree(words))


def codes() -> tuple[str, ...]:
    """The themes that the vocabulary knows."""
    return tuple(row["code"] for row in load("themes")["theme"])
