"""The words that show how a clause is built: verbs, prepositions, adverbs, connectives, and the nouns that look like them.

In: a folded fragment of a sentence. Out: tokens in order, without gaps. The longest word of `lexicon/words.toml` wins at each character;
what stands between two known words is an unknown noun. Nothing is decided here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

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

# 2023年12月底   第三季度   上半年   8月份   连续三年   近3年   五年来
_TIME = re.compile(
    r"(?:截[至止]到?|自|到|至)?"
    r"(?:[0-9]{1,2}月[0-9]{1,2}日(?:至|到|-|—)(?:[0-9]{1,2}月)?[0-9]{1,2}日|[0-9]{1,2}月?(?:至|到|-|—)[0-9]{1,2}月|(?:19|20)[0-9]{2}年(?:度|底|末|初)?(?:[0-9]{1,2}月(?:份|底|末)?(?:[0-9]{1,2}日)?)?|[0-9]{1,2}月(?:份|底|末)?(?:[0-9]{1,2}日)?"
    r"|第?[一二三四1-4]季度|前[二两三23]个?季度|近(?:[0-9]{1,2}|[一二两三四五六七八九十])年来?|(?:[0-9]{1,2}|[二两三四五六七八九十])年来|连续(?:[0-9]{1,2}|[一二两三四五六七八九十])年)(?:以来|期间|起(?![草诉底获运火步]))?"
)
# 较上年   比2021年   与去年同期相比   较整改前   比标准
_COMPARISON = re.compile(
    r"[较比与同](?:[\u4e00-\u9fff]{0,4}?(?:前|期初|年初|之前)(?=[增减提上下降缩压扩高低多少])|标准|法定时限|法定期限|法限|承诺时限|[全省市][国省市]平均(?:水平)?|上年|去年|上一年|前年|上月|上季度|年初|同期|(?:19|20)[0-9]{2}年)(?:度|末|底)?(?:同期)?(?:相比)?"
)
# “十三五”期间
_PLAN_YEARS = re.compile("“?十[二三四五六]五”?(?:期间|时期)(?:以来)?")
_QUOTED = re.compile("《[^》]*》|“[^”]*”")
# 和解, 和谐, 和平 hold no joint; 和解决 does
_JOINT = re.compile("和(?!解(?![答决释除放析])|[谐平])|或者?")
# 等 in 等次, 等级 is no list
_AND_SO_ON = re.compile("等(?![次级候待于额])")
# tried in this order at their first characters, in front of the words
_PATTERNS = (
    ("t", _PLAN_YEARS, "“十"),
    ("q", _QUOTED, "《“"),
    ("m", _COMPARISON, "较比与同"),
    ("t", _TIME, "截自到至0123456789第一二两三四五六七八九十前近连"),
)
# and these where no word was found
_MARKS = (("j", _JOINT, "和或"), ("x", _AND_SO_ON, "等"))
_ALWAYS_MARKS = (("j", "、及与"), ("d", "的"), ("s", " \t\n\r\u3000,;:。!?()[]—"))
# 评查|员   审结|量   监管|局: an act in front of one of these is part of a noun; fewer for acts that are never nouns
_NOUN_ENDINGS = {"v": frozenset("率量员额件"), "w": frozenset("率量员额件数点站队局室院所费款处度类者科厅组"), "l": frozenset("率部")}


@dataclass(slots=True)
class Token:
    """A word with its class and span.

    `kind` is n (noun), v (act), w (activity: verb or noun), l (light verb), c (change), a (adverb), p (preposition), k (link to the
    figure), m (comparison: 较上年), t (time), q (title or quotation), j (joint: 、和及与), x (等), d (的), s (bracket, punctuation) or
    o (anything else).
    """

    kind: str
    text: str
    start: int
    end: int


@lru_cache(maxsize=32)  # the label, the kind and the subject of a figure ask for the same fragments
def tokenize(fragment: str) -> tuple[Token, ...]:
    """Tokens of a fragment in order; together they are the fragment without its blanks."""
    return tuple(_tokens(fragment))


class Words:
    """The tokens of a fragment of which only the first ones may be asked for: no more are read."""

    __slots__ = ("_read", "_unread")

    def __init__(self, fragment: str) -> None:
        self._unread = _tokens(fragment)
        self._read: list[Token] = []

    def at(self, index: int) -> Token | None:
        """The token of that index; null behind the last one."""
        while len(self._read) <= index:
            token = next(self._unread, None)
            if token is None:
                return None
            self._read.append(token)
        return self._read[index]

    def first(self, skipped: str) -> int:
        """The index of the first token that is of none of the `skipped` kinds."""
        index = 0
        while (token := self.at(index)) and token.kind in skipped:
            index += 1
        return index


def _tokens(fragment: str) -> Iterator[Token]:
    starts, classes = _starts(), _classes()
    at = known = 0
    size = len(fragment)
    while at < size:
        start = starts.get(fragment[at])
        if start is None:
            at += 1
            continue
        patterns, longer, alone, mark, marks, only_longer = start
        following = fragment[at + 1 : at + 2]
        lengths = longer.get(following)
        found = _by_pattern(fragment, at, patterns) if patterns else None
        if found is None and lengths:
            found = _longer_word(fragment, at, lengths, classes)
        if found is None and not only_longer:
            found = (alone[0], at + 1) if alone and following not in alone[1] else _mark(fragment, at, mark, marks)
        if found is None:
            at += 1
            continue
        kind, end = found
        if known < at and not (unknown := fragment[known:at]).isspace():
            yield Token("o", unknown, known, at)
        yield Token(kind, fragment[at:end], at, end)
        at = known = end
    if known < size and not (unknown := fragment[known:]).isspace():
        yield Token("o", unknown, known, size)


_Patterns = tuple[tuple[str, re.Pattern[str]], ...]


# What may begin with a character, as a plain tuple, which is taken apart fastest: patterns that are tried in front of the words; the
# lengths of longer words by their second character, the longest first; its own class as a word with the characters that it must not
# stand before; its kind where it is a mark; patterns that are tried last; and whether nothing but longer words begins with it.
_Start = tuple[_Patterns, dict[str, tuple[int, ...]], tuple[str, frozenset[str]] | None, str, _Patterns, bool]


def _longer_word(fragment: str, at: int, lengths: tuple[int, ...], classes: dict[str, str]) -> tuple[str, int] | None:
    """Kind and end of the word at `at` that has one of the lengths."""
    for length in lengths:
        end = at + length
        kind = classes.get(fragment[at:end])
        if kind and end <= len(fragment):
            in_noun = end < len(fragment) and kind in _NOUN_ENDINGS and fragment[end] in _NOUN_ENDINGS[kind]
            return "n" if in_noun else kind, end
    return None


def _mark(fragment: str, at: int, mark: str, marks: _Patterns) -> tuple[str, int] | None:
    return (mark, at + 1) if mark else _by_pattern(fragment, at, marks)


def _by_pattern(fragment: str, at: int, patterns: _Patterns) -> tuple[str, int] | None:
    """Kind and end of what one of the patterns finds at `at`."""
    for kind, pattern in patterns:
        match = pattern.match(fragment, at)
        if match:
            return kind, match.end()
    return None


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
def _starts() -> dict[str, _Start]:
    """By first character: what may begin there."""
    lengths: defaultdict[str, defaultdict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for word in _classes():
        lengths[word[0]][word[1:2]].add(len(word))
    mark_of = {char: kind for kind, chars in _ALWAYS_MARKS for char in chars}
    chars = set(lengths) | set(mark_of) | {char for _, _, begin in (*_PATTERNS, *_MARKS) for char in begin}
    return {char: _start(char, lengths[char], mark_of.get(char, "")) for char in chars}


def _start(char: str, lengths: Mapping[str, set[int]], mark: str) -> _Start:
    patterns, marks = (tuple((kind, pattern) for kind, pattern, begin in listed if char in begin) for listed in (_PATTERNS, _MARKS))
    kind = _classes().get(char)
    alone = (kind, frozenset("".join(load("words")["not_before"].get(char, "").split()))) if kind else None
    longer = {second: tuple(sorted(found, reverse=True)) for second, found in lengths.items() if second}
    return patterns, longer, alone, mark, marks, not (patterns or alone or marks or mark)
