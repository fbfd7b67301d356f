"""The words that show how a clause is built: verbs, prepositions, adverbs, connectives, and the nouns that look like them.

In: a folded fragment of a sentence. Out: tokens in order, without gaps. The longest word of `lexicon/words.toml` wins at each character;
what stands between two known words is an unknown noun. Nothing is decided here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from etl.parse.lexicon import load, words

_CLASSES = (
    ("n", "nouns"),
    ("l", "light"),
    ("c", "change"),
    ("v", "acts"),
    ("w", "activities"),
    ("a", "adverbs"),
    ("p", "prepositions"),
    ("k", "links"),
)

# 2023年12月底   第三季度   上半年   8月份   连续三年
_TIME = re.compile(
    r"(?:截[至止]到?|自|到|至)?"
    r"(?:[0-9]{1,2}月?(?:至|到|-|—)[0-9]{1,2}月|(?:19|20)[0-9]{2}年(?:度|底|末|初)?(?:[0-9]{1,2}月(?:份|底|末)?(?:[0-9]{1,2}日)?)?|[0-9]{1,2}月(?:份|底|末)?(?:[0-9]{1,2}日)?"
    r"|第?[一二三四1-4]季度|前[二两三23]个?季度|近[一二两三四五六七八九十]年来?|连续[一二两三四五六七八九十]年)(?:以来|期间|起)?"
)
# 较上年   比2021年   与去年同期相比
_COMPARISON = re.compile(
    r"[较比与同](?:法定时限|法定期限|法限|承诺时限|[全省市][国省市]平均(?:水平)?|上年|去年|上一年|前年|上月|上季度|年初|同期|(?:19|20)[0-9]{2}年)(?:度|末|底)?(?:同期)?(?:相比)?"
)
# “十三五”期间
_PLAN_YEARS = re.compile("“?十[二三四五六]五”?(?:期间|时期)(?:以来)?")
_QUOTED = re.compile("《[^》]*》|“[^”]*”")
# 和解, 和谐, 和平 hold no joint; 和解决 does
_JOINT = re.compile("、|和(?!解(?![答决释除放析])|[谐平])|及|与|或者?")
# 等 in 等次, 等级 is no list
_AND_SO_ON = re.compile("等(?![次级候待于额])")
_PUNCTUATION = re.compile(r"[\s,;:。!?()\[\]—]")
# tried in this order at their first characters, in front of the words
_PATTERNS = (
    ("t", _PLAN_YEARS, "“十"),
    ("q", _QUOTED, "《“"),
    ("m", _COMPARISON, "较比与同"),
    ("t", _TIME, "截自到至0123456789第一二三四前近连"),
)
_MARKS = (
    ("j", _JOINT, "、和及与或"),
    ("x", _AND_SO_ON, "等"),
    ("d", re.compile("的"), "的"),
    ("s", _PUNCTUATION, " \t\n\r\u3000,;:。!?()[]—"),
)
# 评查|员   审结|量   监管|局: an act in front of one of these is part of a noun; fewer for acts that are never nouns
_NOUN_ENDINGS = {"v": frozenset("率量员额件"), "w": frozenset("率量员额件数点站队局室院所费款处度类者科厅组"), "l": frozenset("率部")}


class Token(NamedTuple):
    """A word with its class and span.

    `kind` is n (noun), v (act), w (activity: verb or noun), l (light verb), c (change), a (adverb), p (preposition), k (link to the
    figure), m (comparison: 较上年), t (time), q (title or quotation), j (joint: 、和及与), x (等), d (的), s (bracket, punctuation) or
    o (anything else).
    """

    kind: str
    text: str
    start: int
    end: int


def tokenize(fragment: str) -> list[Token]:
    """Tokens of a fragment in order; together they are the fragment without its blanks."""
    first, classes = _first(), _classes()
    tokens: list[Token] = []
    at = known = 0
    size = len(fragment)
    while at < size:
        entry = first.get(fragment[at])
        if entry is None:
            at += 1
            continue
        patterns, lengths, not_before, marks = entry
        found = _by_pattern(fragment, at, patterns) if patterns else None
        if found is None:
            for length in lengths:
                end = at + length
                kind = classes.get(fragment[at:end])
                if kind and end <= size and (length > 1 or end == size or fragment[end] not in not_before):
                    if length > 1 and end < size and kind in _NOUN_ENDINGS and fragment[end] in _NOUN_ENDINGS[kind]:
                        kind = "n"
                    found = Token(kind, fragment[at:end], at, end)
                    break
            else:
                found = _by_pattern(fragment, at, marks) if marks else None
        if found is None:
            at += 1
            continue
        if known < at:
            _unknown(tokens, fragment, known, at)
        tokens.append(found)
        at = known = found[3]
    if known < size:
        _unknown(tokens, fragment, known, size)
    return tokens


class _First(NamedTuple):
    """What may begin with a character: patterns in front of the words, lengths of words (longest first), marks behind them."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    lengths: tuple[int, ...]
    not_before: str
    marks: tuple[tuple[str, re.Pattern[str]], ...]


def _by_pattern(fragment: str, at: int, patterns: tuple[tuple[str, re.Pattern[str]], ...]) -> Token | None:
    """The token that one of the patterns finds at `at`."""
    for kind, pattern in patterns:
        match = pattern.match(fragment, at)
        if match:
            return Token(kind, match.group(), at, match.end())
    return None


def _unknown(tokens: list[Token], fragment: str, start: int, end: int) -> None:
    text = fragment[start:end]
    if not text.isspace():
        tokens.append(Token("o", text, start, end))


@cache
def _classes() -> dict[str, str]:
    """Class by word; a later class of `_CLASSES` overrules an earlier one only for activities, which are acts too."""
    classes: dict[str, str] = {}
    for kind, name in _CLASSES:
        for word in words("words", name):
            if word not in classes or (kind == "w" and classes[word] == "v"):
                classes[word] = kind
    return classes


@cache
def _first() -> dict[str, _First]:
    """By first character: what may begin there."""
    lengths: dict[str, set[int]] = {}
    for word in _classes():
        lengths.setdefault(word[0], set()).add(len(word))
    vetoes: dict[str, str] = {word: "".join(after.split()) for word, after in load("words")["not_before"].items()}
    chars = set(lengths) | {char for _, _, begin in (*_PATTERNS, *_MARKS) for char in begin}
    return {
        char: _First(
            tuple((kind, pattern) for kind, pattern, begin in _PATTERNS if char in begin),
            tuple(sorted(lengths.get(char, ()), reverse=True)),
            vetoes.get(char, ""),
            tuple((kind, pattern) for kind, pattern, begin in _MARKS if char in begin),
        )
        for char in chars
    }
