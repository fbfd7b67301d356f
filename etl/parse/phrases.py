"""Small questions about phrases: where they begin, what they count, whether they say anything by themselves.

In: folded fragments of a sentence. Out: shorter fragments and answers. Vocabulary: `lexicon/words.toml` and `lexicon/labels.toml`.
"""

from __future__ import annotations

import re

from etl.parse.clauses import read_left
from etl.parse.lexicon import load, word_pattern, words
from etl.parse.words import Words, tokenize

_OPENING = frozenset("atsjpd")
_VERBAL = frozenset("vwlcamtjsk")
_CLASS = re.compile(rf"(?:{word_pattern('labels', 'classes', 'endings')}|[A-Z]级)$")
# 和, 及 and 与 join, but not in 和解, 及时, 与会
_JOINTS = re.compile(
    "[“”《》()]|、|以及|(?<![共总])和(?!解(?![答决释除放析])|[谐平])|(?<![涉普波危])及(?![时格早])|(?<![参给赋授])与(?!会)"
)
_HEADS: dict[str, tuple[str, ...]] = {unit: tuple(listed.split()) for unit, listed in load("labels")["heads"].items()}
_ACTIVITIES = frozenset(words("words", "activities"))


def strip_openers(phrase: str) -> str:
    """Without times, adverbs, connectives and prepositions in front: 2023年全年共对轻微违法案件 -> 轻微违法案件."""
    words_of, at = Words(phrase), 0
    while token := words_of.at(at):
        if token.kind not in _OPENING or token.text == "平均":
            return phrase[token.start :]
        at += 1
    return ""


def strip_preposition(phrase: str) -> str:
    """Without a leading prepositional phrase when a verb follows: 通过平台实施随机抽查 -> 随机抽查."""
    left = read_left(phrase)
    return left.phrase if left.preposition and left.phrase else phrase


def noun_phrase(label: str) -> str:
    """The thing counted, without the leading verbs: 受理行政复议申请 -> 行政复议申请."""
    return read_left(label).noun or label


def is_verbs_only(phrase: str) -> bool:
    """新增, 调出, 年内审结, 较上年提高: nothing says what is counted."""
    return all(token.kind in _VERBAL for token in tokenize(phrase))


def names_a_class(phrase: str) -> bool:
    """食品药品领域, 医疗卫生类: a class whose noun stands elsewhere."""
    return _CLASS.search(phrase) is not None


def heads_of(unit: str) -> tuple[str, ...]:
    """Nouns that a figure with this unit may count, as they end."""
    return _HEADS.get(unit, ())


def ends_in_head(phrase: str, unit: str) -> bool:
    """Whether the phrase ends in such a noun."""
    return phrase.endswith(heads_of(unit)) if unit in _HEADS else False


def head_of(noun: str, unit: str) -> str:
    """The shortest head noun that a phrase ends in: 行政处罚案件 -> 案件."""
    return next((head for head in sorted(heads_of(unit), key=len) if noun.endswith(head)), "")


def is_activity(verb: str) -> bool:
    """Whether a verb names what is counted by itself: 集中学法8次."""
    return verb in _ACTIVITIES


def is_act(verb: str) -> bool:
    """Whether the words are verbs and nothing else, and at least one: 立案."""
    tokens = tokenize(verb)
    return bool(tokens) and all(token.kind in "vw" for token in tokens)


def split_coordination(phrase: str) -> list[str]:
    """The things that 、 and 和 join, outside quotations and brackets: 报备率、报备及时率 are two."""
    items, depth, begin = [], 0, 0
    for mark in _JOINTS.finditer(phrase):
        if len(mark.group()) == 1 and mark.group() in "“《()》”":
            depth += 1 if mark.group() in "“《(" else -1
        elif depth == 0:
            items.append(phrase[begin : mark.start()])
            begin = mark.end()
    items.append(phrase[begin:])
    return [item.strip() for item in items if item.strip()]
