"""The words behind a figure: the noun that it counts there and what is said of it.

In: the fragment of a clause behind a figure. Out: noun and predicate as text. The words in front are read by `clauses.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.parse.clauses import is_body, is_relative
from etl.parse.fragments import ADVERBIALS
from etl.parse.lexicon import words
from etl.parse.nouns import is_kept, joined
from etl.parse.words import Token, tokenize

_OPENING_PREDICATE = frozenset(words("words", "prepositions")) - {"关于", "为了", "随着"}
# 高频民生事项|可|在便民服务中心办理
_MAY = re.compile("(?<![许认])可(?=[在于通向到凭以由跨]|就近|当场|直接|全程|网上|在线|一次|异地|自主|随时|自动)")
_SHORTEST_AMONG = 2  # 9个窗口|中, but 12所高中


class Behind(NamedTuple):
    """What stands behind a figure: 56名|行政执法人员|通过考试 -> noun and predicate."""

    noun: str
    predicate: str


def read_right(fragment: str) -> Behind:
    """Take the fragment behind a figure apart."""
    fragment = _MAY.sub("", fragment)
    tokens = tokenize(fragment)
    low = 1 if tokens and tokens[0].kind == "d" else 0
    high = next((k for k in range(low, len(tokens)) if tokens[k].kind == "s" and tokens[k].text not in "()"), len(tokens))
    end = _noun_end(tokens, low, high)
    while low < end < high and tokens[end - 1].kind == "a":
        end -= 1  # 七成以上|当天办结, 新开办企业|免费刻制印章
    noun = joined(tokens[low:end])
    predicate = fragment[tokens[end].start : tokens[high - 1].end] if end < high else ""
    noun = noun.rstrip("、和及与").removesuffix("平均")
    if noun.endswith("中") and len(noun) > _SHORTEST_AMONG:  # 47名|持证执法人员中,具有法学背景的
        predicate = ""
    group = noun.split("中", 1)[0] if "中" in noun and (noun.endswith(("中", "的"))) else noun  # 9个|窗口中有, 423项|下放事项中行使过的
    return Behind(group if len(group) >= _SHORTEST_AMONG else noun, predicate)


def _noun_end(tokens: Sequence[Token], low: int, high: int) -> int:
    """Where the noun behind a figure ends: in front of its predicate."""
    if low < high and tokens[low].text in ("被", "由", "因", "未", "尚未"):
        return low
    if low < high and tokens[low].kind == "k":  # 17个|达到规范化标准
        return low
    start = low
    acted = low + 1 < high and tokens[low].kind == "a" and tokens[low + 1].kind == "v"
    new = acted and tokens[low].text == "新"  # 新|开办|企业
    if low + 1 < high and tokens[low].kind == "v" and tokens[low].text[0] == "新" and tokens[low + 1].kind in "on":
        start = low + 1  # 新设立|企业
    elif acted and (new or any(token.kind == "l" for token in tokens[low + 2 : high])):
        start = low + 2  # 拟|出台|政策措施|进行审查
    elif low < high and tokens[low].kind in "vwa" and not is_kept(tokens[low]):
        of = next((k for k in range(low, high) if tokens[k].kind == "d"), None)
        if of is None and (tokens[low].kind == "v" or (tokens[low].kind == "a" and len(tokens[low].text) > 1)):
            return low
        start = of + 1 if of is not None else low
    return next((k for k in range(start, high) if _opens_predicate(tokens, k, low, high)), high)


def _opens_predicate(tokens: Sequence[Token], at: int, low: int, high: int) -> bool:
    token = tokens[at]
    if token.text in ADVERBIALS and at > low:  # 业务|就近|办理
        return True
    if token.kind in "vl" and not (token.text == "组织" and at > low):
        return at == low or tokens[at - 1].kind in "on" or not is_relative(tokens, at, high)
    if token.kind == "m" or token.kind == "c":
        return True
    if at == low:
        return False
    if token.kind == "p":
        return token.text in _OPENING_PREDICATE
    return (token.kind == "a" and not is_kept(token)) or (token.kind == "w" and is_body(tokens, at))
