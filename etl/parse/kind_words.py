"""The words in front of a figure that tell a stock from an act and an act from a change.

In: the fragment in front of a figure. Out: the word that governs the count with its sense. Vocabulary: `lexicon/kinds.toml` and the
verbs of `lexicon/words.toml`, whose nouns (行政检查, 登记事项) hide the verbs inside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from etl.parse.fragments import Fragment
from etl.parse.lexicon import words
from etl.parse.phrases import strip_openers

Sense = Literal["stock", "act", "change", "activity", "none"]

# what may stand between the governing word and the number: 达, 共, 约, 分别为, 数
_LINKS = re.compile(
    r"(?:[数量]?(?:分别|依次|各|均)?(?:高?达到?|为|是|有|共有?|计|共计|合计|总计|累计|约|近|超|超过|逾|了|在|至|到|还有?|仅有?|只有|也|也有|已|已有)*)$"
)


class Governing(NamedTuple):
    """A word with its sense.

    `final` says that nothing but 达, 共 or 分别为 stands between it and the number, `opens` that nothing but adverbs stands in front.
    """

    text: str
    sense: Sense
    final: bool = False
    opens: bool = False


NOTHING = Governing("", "none")


# 代办|员   办结|率: no verbs
_NOUN_ENDINGS = frozenset("率量员额者")
_NOUN_TAILS = ("人员", "事项", "对象", "频次", "计划", "清单", "标准", "机构", "主体", "次数", "小组", "制度")
INCREMENTS = ("新增", "净增", "增加", "增设", "增配", "追加")
"""What these govern is a change wherever they stand in a fragment: 免罚清单|新增事项18项."""
# 可受理|事项, 新增|人员: objects and no nouns of act and tail
_TAKING_OBJECTS = ("可", *INCREMENTS)
_GOVERNED = frozenset("由被向对与给为经")  # 调出不宜由|街道承担的事项: no actor of the count
_TO = frozenset("至到为成")  # 再降|至: the new level
_ADVERBS = re.compile(
    "(?:直接|依法|全部|主动|自行|率先|平均|已|再|又|拟|连续|陆续|轮流|分级|分期|免费|共同|协同|联合|逐一|[每各][个名户村家船场案件天月年]?次?)*"
)
# activities that take no object: 执法车辆22辆 counts vehicles
_NO_OBJECT = frozenset(
    ("执法", "普法", "监管", "监督", "宣教", "学法", "述法", "应诉", "就业", "建设", "出庭", "宣传", "公开", "实施", "维护")
)


def governing(left: str, read: Fragment) -> Governing:
    """What governs the count behind the fragment `left`: its last word in 信访积案|剩余, else the first that is no part of a noun.

    `read` is the fragment as it was read for the label: nothing in its actor governs, and words that are nouns as often (检查, 调解)
    govern only where they are its verb or open the phrase.
    """
    at = left.find(read.actor) if len(read.actor) > 1 else -1
    begin = at + len(read.actor) if at == 0 or (at > 0 and left[at - 1] not in _GOVERNED) else 0
    opening = behind_first = -1
    first = last = NOTHING
    for start, end, sense in _senses_in(left, begin):
        behind = left[end : end + 1]
        in_a_noun = left.startswith(_NOUN_TAILS, end) and not left.startswith(_TAKING_OBJECTS, start)
        if behind in _NOUN_ENDINGS or in_a_noun or (sense == "change" and behind in _TO):
            continue
        if opening < 0:
            opening = begin if start == begin else _opening(left, begin, read.verb)
        final = not behind or _LINKS.fullmatch(left, end) is not None
        word = Governing(left[start:end], sense, final, start <= opening)
        if sense != "activity" or word.final or _is_verb(word, read.verb):
            # 清理|取消, but not 办理|新增用地审批
            doubled = sense == "change" and start == behind_first and first.opens and not word.text.startswith(INCREMENTS)
            first, last = word._replace(opens=True) if doubled else word if first is NOTHING else first, word
            behind_first = end if last is first else behind_first
    if last.sense == "stock" and first.text.startswith(INCREMENTS):  # 新增|注册用户
        return first
    return last if last.final and last.sense in ("stock", "change") else first


def _is_verb(word: Governing, verb: str) -> bool:
    return word.text not in _NO_OBJECT and (word.opens or word.text in verb)


def _opening(left: str, begin: int, verb: str) -> int:
    """Where the phrase begins behind times, adverbs and those that share: 全年共|核查低保对象, 每船次|减少停泊."""
    at = left.find(verb, begin) if verb else -1
    opening = at if at >= 0 else len(left) - len(strip_openers(left[begin:]))
    adverbs = _ADVERBS.match(left, opening)
    return adverbs.end() if adverbs else opening


@cache
def _senses() -> dict[str, Sense]:
    senses: dict[str, Sense] = dict.fromkeys(words("words", "nouns"), "none")
    senses |= dict.fromkeys((*words("words", "acts"), *words("words", "light"), *words("kinds", "flow", "acts")), "act")
    senses |= dict.fromkeys(words("words", "activities"), "activity")
    senses |= dict.fromkeys(words("kinds", "change", "governing"), "change")
    senses |= dict.fromkeys((*words("kinds", "none", "words"), *words("kinds", "none", "light")), "none")
    senses |= dict.fromkeys(words("kinds", "level", "governing"), "stock")
    return {word: sense for word, sense in senses.items() if len(word) > 1}


def _senses_in(left: str, begin: int) -> Iterator[tuple[int, int, Sense]]:
    """Start, end and sense of the words in a fragment from `begin` on: the longest at each place, those of nouns left out."""
    senses, lengths = _senses(), _lengths()
    at, size = begin, len(left)
    while at < size:
        for length in lengths.get(left[at : at + 2], ()):
            sense = senses.get(left[at : at + length])
            if sense:
                if sense != "none":
                    yield at, at + length, sense
                at += length
                break
        else:
            at += 1


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """By first two characters the lengths of the words that begin with them, the longest first."""
    lengths: dict[str, set[int]] = {}
    for word in _senses():
        lengths.setdefault(word[:2], set()).add(len(word))
    return {pair: tuple(sorted(found, reverse=True)) for pair, found in lengths.items()}
