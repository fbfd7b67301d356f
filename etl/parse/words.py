"""The words that show how a clause is built: verbs, prepositions, adverbs, connectives, and the nouns that look like them.

In: a folded fragment of a sentence. Out: tokens in order, without gaps. One pattern, made from `lexicon/words.toml` as a prefix
tree, reads a fragment in one pass; what stands between two known words is an unknown noun. Nothing is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
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

# 2023年12月底   第三季度   上半年   8月份
_TIME = (
    r"(?:截[至止]到?|自|到|至)?(?:(?:19|20)[0-9]{2}年(?:度|底|末|初)?(?:[0-9]{1,2}月(?:份|底|末)?(?:[0-9]{1,2}日)?)?|[0-9]{1,2}月(?:份|底|末)?(?:[0-9]{1,2}日)?"
    r"|第?[一二三四1-4]季度|前[二两三23]个?季度|近[一二两三四五六七八九十]年来?|连续[一二两三四五六七八九十]年)(?:以来|期间|起)?"
)


# 较上年   比2021年   与去年同期相比
_COMPARISON = r"(?:[较比与同](?:上年|去年|上一年|前年|上月|上季度|年初|同期|(?:19|20)[0-9]{2}年)(?:度|末|底)?(?:同期)?(?:相比)?)"
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
    tokens: list[Token] = []
    at = 0
    for match in _pattern().finditer(fragment):
        start, end = match.span()
        if at < start:
            _unknown(tokens, fragment, at, start)
        kind = match.lastgroup or "o"
        tokens.append(Token(_class_of(match.group(), fragment[end : end + 1]) if kind == "word" else kind, match.group(), start, end))
        at = end
    if at < len(fragment):
        _unknown(tokens, fragment, at, len(fragment))
    return tokens


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


def _class_of(word: str, behind: str) -> str:
    kind = _classes()[word]
    return "n" if behind and len(word) > 1 and behind in _NOUN_ENDINGS.get(kind, "") else kind


@cache
def _pattern() -> re.Pattern[str]:
    tree = prefix_tree(word for word in _classes() if len(word) > 1)
    single = "".join(word for word in _classes() if len(word) == 1)
    vetoes = load("words")["not_before"]
    guarded = "|".join(f"{re.escape(word)}(?![{''.join(after.split())}])" for word, after in vetoes.items() if word in single)
    plain = "".join(char for char in single if char not in vetoes)
    return re.compile(
        rf"(?P<q>《[^》]*》|“[^”]*”)|(?P<m>{_COMPARISON})|(?P<t>{_TIME})|(?P<word>{tree}|{guarded}|[{plain}])|(?P<j>、|和(?!解(?![答决释除放析])|[谐平])|及|与|或者?)|(?P<x>等(?![次级候待于额]))|(?P<d>的)|(?P<s>[\s,;:。!?()\[\]—])"
    )


def prefix_tree(listed: Iterable[str]) -> str:
    """A pattern that matches the longest of the words, as a tree of their shared beginnings: 行政(?:复议|诉讼)."""
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in listed:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branches(tree)


def _branches(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    ends = "" in node
    parts = [re.escape(char) + _branches(child) for char, child in sorted(node.items()) if char]
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 and not ends else f"(?:{'|'.join(parts)})"
    return f"{body}?" if ends else body
