"""Measure words: the unit that stands directly behind a number, as it is stored.

In: folded text and the offset behind a number. Out: the unit and its end. Which words there are, what must follow or must not
follow them, and what they are called in the base unit, is data (`lexicon/units.toml`); the scale (万, 亿) belongs to the number.

    件  万人次|人次  个工作日  平方米  微克/立方米  例/10万人  30分|之一 is none
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from etl.parse.lexicon import load, words

_LISTS = ("phrases", "physical", "durations", "money", "scores", "signs", "latin")
# /人   /10万人   /千人
_BELOW = re.compile(r"\s?/\s?(?:每)?(?:10{0,6})?[百千万亿]?")


class Unit(NamedTuple):
    """A measure word as stored (千米 as 公里) with its place."""

    name: str
    start: int
    end: int


class _Word(NamedTuple):
    text: str
    name: str
    not_before: tuple[str, ...]
    only_before: tuple[str, ...]


def read_unit(text: str, at: int) -> Unit | None:
    """The unit at `at`, behind one blank at most, with what it is counted per (微克/立方米); null where no measure word stands."""
    if text.startswith(" ", at):
        at += 1
    word = _word(text, at)
    if word is None:
        return None
    end = at + len(word.text)
    if not text.startswith("/", end):
        return Unit(word.name, at, end)
    below = _BELOW.match(text, end)
    other = _word(text, below.end()) if below else None
    if below is None or (other is None and not text[below.end() - 1].isalnum()):
        return Unit(word.name, at, end)
    stop = below.end() + (len(other.text) if other else 0)
    return Unit(word.name + text[end : below.end()].replace(" ", "") + (other.name if other else ""), at, stop)


def _word(text: str, at: int) -> _Word | None:
    """The longest measure word at `at` that its neighbours allow."""
    for word in _BY_FIRST.get(text[at : at + 1], ()):
        if text.startswith(word.text, at):
            end = at + len(word.text)
            if word.not_before and text.startswith(word.not_before, end):
                continue
            if word.only_before and end < len(text) and not text.startswith(word.only_before, end):
                continue
            return word
    return None


def _read_lexicon() -> dict[str, tuple[_Word, ...]]:
    """By first character, the longest first. Each counter of one character also counts with 次 behind it (户次)."""
    vocabulary = load("units")
    counters = words("units", "counters")
    plain = {*counters, *(word for name in _LISTS for word in words("units", name))}
    visits = {counter + "次" for counter in counters if len(counter) == 1}
    canonical: Mapping[str, str] = vocabulary["canonical"]
    vetoes: Mapping[str, str] = vocabulary["not_before"]
    nouns: Mapping[str, str] = vocabulary["only_before"]
    found: dict[str, list[_Word]] = {}
    for text in sorted(plain | visits | set(nouns), key=lambda word: (-len(word), word)):
        veto = vetoes.get(text) or (vetoes["次"] if text in visits else "")
        found.setdefault(text[0], []).append(
            _Word(text, canonical.get(text, text), tuple(veto.split()), tuple(nouns.get(text, "").split()))
        )
    return {first: tuple(listed) for first, listed in found.items()}


_BY_FIRST = _read_lexicon()
