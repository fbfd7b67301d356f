"""Noun phrases: what stays of the words in front of or behind a number when only the thing named is wanted.

In: tokens. Out: text without adverbs, without the list in front of 等, without a relative clause that makes it too long.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.parse.lexicon import words
from etl.parse.words import Token, tokenize

_KEPT_ADVERBS = frozenset(words("words", "kept_adverbs"))
NEGATIONS = frozenset(words("words", "negations"))
_MEETINGS = ("会", "会议", "组")
# 区城管局、区司法局等|三个部门|办结行政执法案卷
_HOW_MANY = re.compile(r"(?:[0-9]+|[一二两三四五六七八九十]+)[个家](?:部门|单位|街镇|街道|乡镇|机构)(?:当年度|本年度)?")
_LONG_NOUN = 14
_SHORT_NOUN = 2
_LONG_QUOTE = 12
_SELF_SUFFICIENT = 4


def is_kept(token: Token) -> bool:
    """Whether an adverb belongs to the noun: 平均用时, 专题讲座."""
    return token.text in _KEPT_ADVERBS


def noun_of(phrase: str) -> str:
    """`noun_text` of a phrase."""
    return noun_text(tokenize(phrase))


def noun_text(tokens: Sequence[Token]) -> str:
    """The noun phrase that tokens make: behind 等, without a long relative clause, without adverbs."""
    low, high = _trimmed(tokens)
    if low < high and tokens[low].text == "各类" and sum(len(token.text) for token in tokens[low + 1 : high]) > _SHORT_NOUN:
        low += 1  # 各类|许可申请, but 各类案件
    lists = [k for k in range(low, high) if tokens[k].kind == "x"]
    if lists and lists[-1] + 1 < high:
        return _behind_list(tokens, low, lists[-1], high)
    high = lists[-1] if lists else high
    quoted = high - low > 1 and tokens[low].kind == "q" and len(tokens[low].text) > _LONG_QUOTE
    if quoted and len(joined(tokens[low + 1 : high])) >= _SELF_SUFFICIENT:
        low += 1
    return _without_relative(tokens, low, high)


def joined(tokens: Sequence[Token]) -> str:
    """The text of tokens without adverbs; one of a single character stays inside a noun (监管|新|模式)."""
    kept = []
    last = len(tokens) - 1
    for k, token in enumerate(tokens):
        if token.kind != "a" or is_kept(token) or (token.text in NEGATIONS and k < last) or (len(token.text) == 1 and 0 < k < last):
            kept.append(token.text)
    return "".join(kept).strip("、,;:。 \n")


def _trimmed(tokens: Sequence[Token]) -> tuple[int, int]:
    low, high = 0, len(tokens)
    while low < high and tokens[low].kind in "atsjd" and not is_kept(tokens[low]):
        low += 1
    while high > low and tokens[high - 1].kind in "tsjkdp" and not closes_bracket(tokens, low, high):
        high -= 1
    return low, high


def closes_bracket(tokens: Sequence[Token], low: int, high: int) -> bool:
    """Whether the last token closes a bracket that stands inside the phrase: 示范村(社区)."""
    return tokens[high - 1].text == ")" and any(token.text == "(" for token in tokens[low + 1 : high])


def _behind_list(tokens: Sequence[Token], low: int, at: int, high: int) -> str:
    """宪法宣传周、民法典宣传月等|主题宣传; what a meeting does stays in front: 局长办公会|研究|…等|事项."""
    meeting = (k for k in range(low + 1, at) if tokens[k].kind in "vw" and tokens[k - 1].text.endswith(_MEETINGS))
    act = next(meeting, None)
    if act is not None:
        return joined(tokens[low : act + 1]) + joined(tokens[at + 1 : high])
    bodies = _HOW_MANY.match(tokens[at + 1].text)
    if bodies and at + 2 < high:
        return tokens[at + 1].text[bodies.end() :] + joined(tokens[at + 2 : high])
    return _without_relative(tokens, at + 1, high)


def _without_relative(tokens: Sequence[Token], low: int, high: int) -> str:
    """A short relative clause stays (妨碍统一市场的文件); of a long one its end does, where the noun says little alone."""
    whole = joined(tokens[low:high])
    if len(whole) <= _LONG_NOUN:
        return whole
    of = next((k for k in range(high - 1, low - 1, -1) if tokens[k].kind == "d"), None)
    if of is None:
        return whole
    behind = joined(tokens[of + 1 : high])
    if len(behind) < 2:
        return whole
    if len(behind) >= _SELF_SUFFICIENT:
        return behind
    start = of
    while start > low and len(joined(tokens[start - 1 : high])) <= _LONG_NOUN - 2:
        start -= 1
    return joined(tokens[start:high]).removeprefix("中")  # 执法队伍|中|取得法律职业资格的人员
