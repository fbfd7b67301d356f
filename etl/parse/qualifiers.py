"""Words around a number that say how exactly it holds (逾1.2万人, 95%以上, 2800余名); they belong to the quote.

In: folded text and the edge of a number. Out: the edge with the word taken in, and the qualifier. The words are data
(`lexicon/qualifiers.toml`), with the characters that make them part of another word (预约120人, 最近3次).
"""

from __future__ import annotations

from collections.abc import Mapping

from etl.models import Qualifier
from etl.parse.lexicon import load, words


def _qualifier_table(section: str) -> tuple[tuple[str, Qualifier], ...]:
    table = load("qualifiers")[section]
    pairs = [(word, qualifier) for qualifier, listed in table.items() for word in listed.split()]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


_SOFT_UNITS = frozenset(words("units", "physical") + words("units", "money") + words("units", "durations"))
_WITHIN = frozenset(words("qualifiers", "within", "units"))
_BEFORE = _qualifier_table("before")
_BEFORE_ROUND = _qualifier_table("before_round")
_LAST = frozenset(word[-1] for word, _ in (*_BEFORE, *_BEFORE_ROUND))
_AFTER = _qualifier_table("after")
_FIRST = frozenset(word[0] for word, _ in _AFTER)
_NOT_AFTER: Mapping[str, str] = load("qualifiers")["not_after"]


def before(text: str, start: int, *, rounds: bool) -> tuple[int, Qualifier | None]:
    """Start and qualifier with the word in front of `start`; `rounds` also takes 上百, 过千, which only round numbers have."""
    stop = start
    while stop and text[stop - 1] == " ":
        stop -= 1
    if text[stop - 1 : stop] not in _LAST:
        return start, None
    candidates = (*_BEFORE, *_BEFORE_ROUND) if rounds else _BEFORE
    for word, qualifier in candidates:
        begin = stop - len(word)
        if begin >= 0 and text.startswith(word, begin, stop):
            previous = text[begin - 1 : begin]
            if previous and previous in _NOT_AFTER.get(word[0], ""):
                continue
            return begin, qualifier
    return start, None


def after(text: str, end: int, unit: str) -> tuple[int, Qualifier | None]:
    """End and qualifier with the word behind `end`; 余 and 多 count there only behind measures (100元多), 内 only behind limits."""
    at = end + 1 if text.startswith(" ", end) else end
    if text[at : at + 1] not in _FIRST:
        return end, None
    for word, qualifier in _AFTER:
        if not text.startswith(word, at):
            continue
        if word in ("余", "多") and unit not in _SOFT_UNITS:
            continue
        if word == "内" and (unit not in _WITHIN or text[at + 1 : at + 2] in tuple("容部设控资外涵")):
            continue
        return at + len(word), qualifier
    return end, None
