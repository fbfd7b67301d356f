"""How the words around a figure hang together: who, by what means, does what, to what.

In: the fragment of a clause in front of a figure, or the one behind it. Out: its actor, preposition, verb, noun and change word as
text. Read from tokens by position alone; what a bare fragment refers to is for `topics.py`, how a label is put together for
`labels.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.parse.lexicon import words
from etl.parse.words import Token, tokenize

_SKIPPED = frozenset("atsj")  # in front of a phrase
_LINKING = frozenset("katsj")  # behind one
_COUNTED_CHANGE = frozenset(words("phrases", "change", "counted"))
BODY_ENDINGS = words("organizations", "actors", "suffixes") + words("phrases", "people", "endings")
_PREDICATE_PREPOSITIONS = frozenset("对 向 到 被 在 由 为 将 与 围绕 通过 按照 根据 结合 依托 聚焦 就 以 从 经 赴".split())
_KEPT_ADVERBS = frozenset("各类 平均 人均 户均 村均 日均 月均 年均 新 每 各 直接 首次".split())
_DOING = frozenset("开展 进行 举办 召开 组织开展 实施 集中开展 举行".split())
# 区城管局、区司法局等|三个部门|办结行政执法案卷
_HOW_MANY = re.compile(r"(?:[0-9]+|[一二两三四五六七八九十]+)[个家](?:部门|单位|街镇|街道|乡镇|机构)(?:当年度|本年度)?")
_MORE = ("多", "少", "高", "低")  # 比2019年多158条
_LONG_NOUN = 14
_LONG_QUOTE = 12
_SELF_SUFFICIENT = 4


class Fragment(NamedTuple):
    """What stands in front of a figure: 区司法局|对|重点企业|开展|执法检查 -> actor, preposition, means, verb, noun.

    `verb` is empty for verbs that add nothing (开展); `light` says that there was one. `change` is 同比增长, 较上年减少.
    """

    actor: str = ""
    preposition: str = ""
    means: str = ""
    verb: str = ""
    noun: str = ""
    change: str = ""
    light: bool = False

    @property
    def phrase(self) -> str:
        """Verb and noun together."""
        return self.verb + self.noun


class Behind(NamedTuple):
    """What stands behind a figure: 56名|行政执法人员|通过考试 -> noun and predicate."""

    noun: str
    predicate: str


def read_left(fragment: str) -> Fragment:
    """Take the fragment in front of a figure apart."""
    tokens = tokenize(fragment)
    low, high = _without_edges(tokens)
    low, high, change = _without_change(tokens, low, high)
    if low >= high:
        return Fragment(change=change)
    if tokens[low].kind == "p":
        return _prepositional(tokens, low, high, change)
    at = _predicate(tokens, low, high)
    if at is None:
        return Fragment(noun=noun_text(tokens[low:high]), change=change)
    actor = noun_text(tokens[low:at])
    verb, noun, light = _verb_phrase(tokens, at, high)
    return Fragment(actor=actor, verb=verb, noun=noun, change=change, light=light)


def read_right(fragment: str) -> Behind:
    """Take the fragment behind a figure apart."""
    tokens = tokenize(fragment)
    low = 1 if tokens and tokens[0].kind == "d" else 0
    high = next((k for k in range(low, len(tokens)) if tokens[k].kind == "s" and tokens[k].text not in "()"), len(tokens))
    end = _noun_end(tokens, low, high)
    noun = _joined(tokens[low:end])
    predicate = fragment[tokens[end].start : tokens[high - 1].end] if end < high else ""
    return Behind(noun.rstrip("、和及与"), predicate)


def noun_of(phrase: str) -> str:
    """`noun_text` of a phrase."""
    return noun_text(tokenize(phrase))


def noun_text(tokens: Sequence[Token]) -> str:
    """The noun phrase that tokens make: behind 等, without a long relative clause, without adverbs."""
    low, high = _trimmed(tokens)
    lists = [k for k in range(low, high) if tokens[k].kind == "x"]
    if lists and lists[-1] + 1 < high:
        act = _act_before_list(tokens, low, lists[-1])
        if act is not None:
            return _joined(tokens[low : act + 1]) + _joined(tokens[lists[-1] + 1 : high])
        low = lists[-1] + 1
        bodies = _HOW_MANY.match(tokens[low].text)
        if bodies and low + 1 < high:
            rest = tokens[low].text[bodies.end() :]
            return rest + _joined(tokens[low + 1 : high])
    elif lists:
        high = lists[-1]
    if (
        high - low > 1
        and tokens[low].kind == "q"
        and len(tokens[low].text) > _LONG_QUOTE
        and len(_joined(tokens[low + 1 : high])) >= _SELF_SUFFICIENT
    ):
        low += 1
    relatives = [k for k in range(low, high) if tokens[k].kind == "d"]
    if relatives:
        behind = _joined(tokens[relatives[-1] + 1 : high])
        whole = _joined(tokens[low:high])
        if len(behind) < 2 or len(whole) <= _LONG_NOUN:
            return whole
        if len(behind) >= _SELF_SUFFICIENT:
            return behind
        start = relatives[-1]
        while start > low and len(_joined(tokens[start - 1 : high])) <= _LONG_NOUN - 2:
            start -= 1
        return _joined(tokens[start:high])
    return _joined(tokens[low:high])


def _act_before_list(tokens: Sequence[Token], low: int, end: int) -> int | None:
    """局长办公会|研究|…、…等|事项: what a meeting does stays in front of what it does it to."""
    return next((k for k in range(low + 1, end) if tokens[k].kind in "vw" and tokens[k - 1].text.endswith(("会", "会议", "组"))), None)


def _trimmed(tokens: Sequence[Token]) -> tuple[int, int]:
    low, high = 0, len(tokens)
    while low < high and (tokens[low].kind in "atsjd" and tokens[low].text not in _KEPT_ADVERBS):
        low += 1
    while high > low and tokens[high - 1].kind in "tsjkdp":
        high -= 1
    return low, high


def _joined(tokens: Sequence[Token]) -> str:
    kept = []
    for k, token in enumerate(tokens):
        adverb = token.kind == "a" and token.text not in _KEPT_ADVERBS
        if adverb and (len(token.text) > 1 or k in (0, len(tokens) - 1)):
            continue
        kept.append(token.text)
    return "".join(kept).strip("、,;:。 \n")


def _without_edges(tokens: Sequence[Token]) -> tuple[int, int]:
    low, high = 0, len(tokens)
    while low < high and tokens[low].kind in _SKIPPED and tokens[low].text not in ("平均", "人均"):
        low += 1
        if low < high and tokens[low].kind == "d":
            low += 1
    while (
        high > low
        and (tokens[high - 1].kind in _LINKING or (tokens[high - 1].kind == "p" and high - low > 1))
        and not _ends_whole(tokens, high, low)
    ):
        high -= 1
    return low, high


def _ends_whole(tokens: Sequence[Token], high: int, low: int) -> bool:
    """A last preposition stays when it is the only sign of what governs the figure: 年初|与|16个村."""
    return tokens[high - 1].kind == "p" and tokens[high - 1].text in ("对", "向", "与", "为", "将", "把", "给") and high - 1 == low


def _without_change(tokens: Sequence[Token], low: int, high: int) -> tuple[int, int, str]:
    """Cut 同比增长, 较上年减少 from the end; a count's 新增 alone stays a verb."""
    end = high
    start = high
    while start > low:
        token = tokens[start - 1]
        if token.kind == "m" or (token.kind == "o" and token.text in _MORE and start - 2 >= low and tokens[start - 2].kind == "m"):
            start -= 1
        elif token.kind == "c" or (token.kind == "v" and token.text in _COUNTED_CHANGE and start - 1 > low):
            start -= 1
        elif token.kind == "a" and start < end and len(token.text) == 1:
            start -= 1
        else:
            break
    if start == end or not any(token.kind in "cv" or token.text in _MORE for token in tokens[start:end]):
        return low, high, ""
    return low, start, "".join(token.text for token in tokens[start:end] if token.kind != "a")


def _prepositional(tokens: Sequence[Token], low: int, high: int, change: str) -> Fragment:
    preposition = tokens[low].text
    if preposition == "被" and low + 1 < high and tokens[low + 1].kind in "vw":
        verb, noun, light = _verb_phrase(tokens, low + 1, high)
        return Fragment(verb=preposition + verb, noun=noun, change=change, light=light)
    at = next((k for k in range(low + 1, high) if tokens[k].kind in "vl" and _predicates(tokens, k, high)), None)
    if at is None:
        at = next(
            (
                k
                for k in range(high - 1, low + 1, -1)
                if tokens[k].kind == "w"
                and tokens[k - 1].kind in "noqa"
                and not _relative(tokens, k, high)
                and tokens[min(k + 1, high - 1)].kind not in "xj"
            ),
            None,
        )
    of = next((k for k in range(high - 1, low, -1) if tokens[k].kind == "d"), None)
    if at is None and of is not None and of + 1 < high:  # 以我局为被申请人的|行政复议案件
        return Fragment(noun=noun_text(tokens[of + 1 : high]), change=change)
    if at is None:
        return Fragment(preposition=preposition, means=noun_text(tokens[low + 1 : high]), change=change)
    means = noun_text(tokens[low + 1 : at])
    verb, noun, light = _verb_phrase(tokens, at, high)
    return Fragment(preposition=preposition, means=means, verb=verb, noun=noun, change=change, light=light)


def _predicates(tokens: Sequence[Token], at: int, high: int) -> bool:
    """Whether a verb is the predicate: no part of a relative clause (评查发现的) or of a list (布局调整、收费标准等)."""
    return not _relative(tokens, at, high) and (
        at + 1 >= high or tokens[at + 1].kind not in "jx" or any(t.kind in "vl" for t in tokens[at + 2 : high])
    )


def _predicate(tokens: Sequence[Token], low: int, high: int) -> int | None:
    for k in range(low, high):
        token = tokens[k]
        if k == low and token.kind in "vlwc":
            return k if k + 1 == high or tokens[k + 1].kind != "d" else None
        if token.kind == "l" and not _is_body(tokens, k) and (token.text == "组织" or tokens[k - 1].kind != "a"):
            continue  # 人民调解|组织   省重大项目|完成|投资
        if token.kind in "vl" and (not _relative(tokens, k, high) or _is_body(tokens, k)):
            return k
        if token.kind == "w" and (tokens[k - 1].kind == "a" or _is_body(tokens, k)) and not _relative(tokens, k, high):
            return k
    return None


def _is_body(tokens: Sequence[Token], end: int) -> bool:
    return tokens[end - 1].kind in "on" and tokens[end - 1].text.endswith(BODY_ENDINGS)


def _relative(tokens: Sequence[Token], at: int, high: int) -> bool:
    """Whether a 的 behind the verb makes it part of a relative clause."""
    return any(tokens[k].kind == "d" for k in range(at + 1, high))


def _verb_phrase(tokens: Sequence[Token], at: int, high: int) -> tuple[str, str, bool]:
    """Verb, noun and whether a light verb was left out, of what starts at `at`."""
    light = False
    while at < high and tokens[at].kind in "la":
        light = light or tokens[at].kind == "l"
        at += 1
    verb = ""
    chain = _verb_chain(tokens, at, high)
    if chain == high:
        return _joined(tokens[at:high]), "", light
    if at < high and tokens[at].kind in "vc":
        verb = tokens[at].text
        at += 1
    elif at < high and tokens[at].kind == "w" and not light:
        verb = tokens[at].text
        at += 1
    if verb and at < high and tokens[at].text == "成功":  # 调处成功395件
        verb, at = verb + "成功", at + 1
    again = next(
        (k for k in range(high - 2, at, -1) if tokens[k].kind == "l" and tokens[k].text in _DOING and tokens[k - 1].kind in "noqd"), None
    )
    if again is not None and not _relative(tokens, again, high):
        return _verb_phrase(tokens, again, high)  # 走进园区|开展|政策宣讲
    second = next(
        (k for k in range(high - 1, at, -1) if tokens[k].kind == "v" and not _relative(tokens, k, high) and tokens[k - 1].kind in "noqd"),
        None,
    )
    if second is not None and light and not verb and second + 1 < high and sum(len(token.text) for token in tokens[at:high]) > 12:
        return _verb_phrase(tokens, second, high)
    return verb, noun_text(tokens[at:high]), light


def _verb_chain(tokens: Sequence[Token], at: int, high: int) -> int:
    """驳回|或|维持: where a chain of verbs ends."""
    while at < high and (
        tokens[at].kind in "vja" or tokens[at].text == "成功" or (tokens[at].kind == "w" and at + 1 == high and tokens[at - 1].kind == "v")
    ):
        at += 1
    return at


def _noun_end(tokens: Sequence[Token], low: int, high: int) -> int:
    """Where the noun behind a figure ends: in front of its predicate."""
    start = low
    if low < high and tokens[low].kind == "p" and tokens[low].text in ("被", "由"):
        return low
    if low < high and tokens[low].kind in "vw" or (low + 1 < high and tokens[low].kind == "a"):
        of = next((k for k in range(low, high) if tokens[k].kind == "d"), None)
        if of is None and low < high and tokens[low].kind == "v":
            return low
        start = of + 1 if of is not None else low
    for k in range(start, high):
        token = tokens[k]
        if token.kind in "vl" and not (token.text == "组织" and k > low):
            if k > low and _relative(tokens, k, high) and not _noun_before(tokens, low, k):
                continue
            return k
        if token.kind == "m" or (token.kind == "o" and token.text in _MORE and start - 2 >= low and tokens[start - 2].kind == "m"):
            start -= 1
        elif token.kind == "c" or (token.kind == "p" and token.text in _PREDICATE_PREPOSITIONS and k > low):
            return k
        if token.kind == "a" and k > low and token.text not in _KEPT_ADVERBS:
            return k
        if token.kind == "w" and k > low and _is_body(tokens, k):
            return k
    return high


def _noun_before(tokens: Sequence[Token], low: int, end: int) -> bool:
    return end > low and tokens[end - 1].kind in "on"
