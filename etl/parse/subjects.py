"""Who acts: the organisation that a sentence names as its subject.

In: the folded clauses of a sentence up to the figure. Out: the name as written, or null. An organisation counts only at the start of
a clause and in front of a verb, an adverb or a preposition; it stays the subject of the clauses behind it until another or a person
takes over. Persons give null.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.parse.lexicon import word_pattern, words
from etl.parse.sentences import Sentences
from etl.parse.words import Token, tokenize

_SUFFIXES = words("organizations", "actors", "suffixes")
_WHOLE = words("organizations", "actors", "whole")
_CONTINUED = words("organizations", "actors", "continued")
_PERSONS = words("labels", "persons", "endings")
_VETO = re.compile(word_pattern("organizations", "actors", "vetoes"))
_NOT_FIRST = words("organizations", "actors", "not_first")
_PRONOUN = re.compile(rf"(?P<name>{word_pattern('organizations', 'actors', 'pronouns')})(?![\u4e00-\u9fff]{{0,2}}(?:的|法治政府))")
# 全区112个|人民调解组织
_COUNTED = re.compile(r"^(?:全[区市县镇省街]|本[区市县]|[省市区县镇乡]级)?[0-9]+[个家名](?=[\u4e00-\u9fff])")
# 1、   做实便民服务:   一是   (1)
_OPENING = re.compile(r"^\s*(?:[(]?[0-9一二三四五六七八九十]{1,3}[)、.]|[①-⑳]|[一二三四五六七八九十]{1,2}[是要])\s*")
# an item of a list starts without the subject of the one before
_ITEM = re.compile(r"\s*(?:[①-⑳]|[一二三四五六七八九十]{1,2}[是要],?|第[一二三四五六七八九],|(?:首先|其次|再次|最后),)")
_GENERIC = frozenset(words("organizations", "actors", "generic"))
_LONGEST = 26
_LOOKED_AT = 60
_SHORTEST = 2
_IN_FRONT = frozenset("atsj")
_PREDICATE = frozenset("vwlacpmtx")
# the last characters of all that may act: a clause without them is not looked at
_MAY_ACT = re.compile(
    "[" + "".join(sorted({name[-1] for name in (*_SUFFIXES, *_PERSONS, *words("organizations", "actors", "pronouns"))})) + "]"
)


class Actor(NamedTuple):
    """A name with the end of what it takes of its clause; `name` is empty for a person, who takes over without being named."""

    name: str
    end: int


class Subjects:
    """The subjects of a text's clauses, each found once."""

    def __init__(self, text: str, split: Sentences) -> None:
        self._text = text
        self._split = split
        self._actors: dict[int, Actor | None] = {}
        self._subjects: dict[int, str | None] = {}

    def opening(self, start: int) -> Actor | None:
        """The actor that opens the clause that starts at `start`; its `end` counts from there."""
        if start not in self._actors:
            self._actors[start] = actor(self._text[start : min(self._split.clause(start)[1], start + _LOOKED_AT)])
        return self._actors[start]

    def subject(self, sentence: int, clause: int) -> str | None:
        """The subject of the clause at `clause` in the sentence at `sentence`: its own, or the latest before it.

        Null where a person acts, or where an item of a list (①, 一是) begins in between.
        """
        passed: list[int] = []
        found: str | None = None
        at = clause
        while at not in self._subjects:
            passed.append(at)
            own = self.opening(at)
            found = own.name or None if own else None
            if own or at <= sentence or _ITEM.match(self._text, at, at + _LONGEST):
                break
            at = self._split.clause(at - 1)[0]
        else:
            found = self._subjects[at]
        self._subjects.update(dict.fromkeys(passed, found))
        return found


def actor(clause: str) -> Actor | None:
    """The organisation or person that opens a clause as its subject."""
    if _MAY_ACT.search(clause, 0, _LOOKED_AT) is None:
        return None
    opening = _OPENING.match(clause)
    skipped = opening.end() if opening else 0
    counted = _COUNTED.match(clause[skipped:])
    skipped += counted.end() if counted else 0
    found = _opening_actor(clause, skipped)
    if counted and found and found.name in _GENERIC:
        return Actor(counted.group() + found.name, found.end) if counted.group()[0] not in "0123456789" else None
    return found


def _opening_actor(clause: str, skipped: int) -> Actor | None:
    part = clause[skipped : skipped + _LONGEST + 14]
    of = part.find("的")
    part = part[: of + 1] if of >= 0 else part  # a name in front of 的 acts on nothing
    tokens = tokenize(part)
    low = next((k for k, token in enumerate(tokens) if token.kind not in _IN_FRONT), len(tokens))
    if low == len(tokens):
        return None
    start = tokens[low].start
    pronoun = _PRONOUN.match(part, start)
    if pronoun:
        return Actor(pronoun["name"], skipped + pronoun.end())
    if tokens[low].kind not in "onqw" or part.startswith(_NOT_FIRST, start):
        return None
    return _named(part, tokens, low, skipped)


def _named(part: str, tokens: Sequence[Token], low: int, skipped: int) -> Actor | None:
    start = tokens[low].start
    for k in range(low + 1, len(tokens)):
        if tokens[k].kind in "d" or tokens[k].start - start > _LONGEST or (tokens[k].kind == "s" and tokens[k].text not in "()"):
            return None
        name = part[start : tokens[k - 1].end]
        if not _may_end(tokens, k, name):
            continue
        if name.endswith(_PERSONS):
            return Actor("", skipped + tokens[k - 1].end) if tokens[k].kind in _PREDICATE else None
        if name.endswith(_SUFFIXES) and len(name) >= _SHORTEST and not _VETO.search(name):
            return Actor(name, skipped + tokens[k - 1].end)
        if tokens[k].kind == "v" and k + 1 < len(tokens) and tokens[k + 1].kind not in "no":
            return None
    return None


def _may_end(tokens: Sequence[Token], k: int, name: str) -> bool:
    """Whether a name may end in front of token `k`."""
    if tokens[k].kind in _PREDICATE:
        return not (tokens[k].kind == "l" and tokens[k].text == "组织" and name.endswith("调解"))
    return tokens[k].kind in "no" and name.endswith(_WHOLE) and not tokens[k].text.startswith(_CONTINUED)
