"""Small operations on phrases: taking off what does not belong to a noun phrase, and finding where it begins.

In: folded fragments of a sentence. Out: shorter fragments. All vocabulary is in `lexicon/phrases.toml`.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from etl.parse.lexicon import alternation, load, word_pattern, words

_TIME = (
    r"(?:截[至止]?)?(?:(?:19|20)[0-9]{2}年(?:度|底|末|初)?)?(?:[0-9]{1,2}月(?:份)?(?:[0-9]{1,2}日)?(?:底|末)?)?(?:第?[一二三四1-4]季度)?"
)
_OPENERS = re.compile(rf"(?:{_TIME}(?:,|以来|期间)?|{word_pattern('phrases', 'openers')}|[、,和及与的等:了])")
_CLOSERS = re.compile(rf"(?:{word_pattern('phrases', 'closers')}|[、,(:])$")
_LIGHT = re.compile(rf"^{word_pattern('phrases', 'light_verbs')}(?:了)?")
_VERBS_ONLY = re.compile(
    rf"^(?:{word_pattern('phrases', 'openers')}|{word_pattern('phrases', 'verbs')}|{word_pattern('phrases', 'light_verbs')}"
    rf"|{word_pattern('phrases', 'change', 'words')}|[较比](?:上年末?|去年|[0-9]{{4}}年|同期)|[、了])+$"
)
_LEADING_VERBS = re.compile(rf"^(?:{word_pattern('phrases', 'verbs')}|{word_pattern('phrases', 'light_verbs')}|[、和并])+(?=..)")
_CLASS = re.compile(rf"{word_pattern('phrases', 'classes', 'endings')}$")
_ENDS_IN_VERB = re.compile(rf"{word_pattern('phrases', 'verbs')}$")
# 通过“互联网+监管”平台实施…   围绕…领域开展…   在…方面办理…
_PREPOSITION = re.compile(
    rf"^(?:通过|依托|利用|围绕|聚焦|针对|在|对|按照|以|会同|联合|结合|用好|面向|从)[^,]*?"
    rf"(?={word_pattern('phrases', 'verbs')}|{word_pattern('phrases', 'light_verbs')})"
)


def strip_openers(phrase: str) -> str:
    """Without times, adverbs and connectives in front: 2023年全年共办理行政许可 -> 办理行政许可."""
    while True:
        match = _OPENERS.match(phrase)
        if match is None or not match.end():
            return phrase
        phrase = phrase[match.end() :].lstrip()


def strip_openers_keeping_years(phrase: str) -> str:
    """The same, but years stay where they are enumerated: 2019年、2020年收到…."""
    return phrase.strip() if re.match(r"\s*(?:19|20)[0-9]{2}年、", phrase) else strip_openers(phrase)


def strip_closers(phrase: str) -> str:
    """Without the words that lead over to the figure: 出庭应诉率达 -> 出庭应诉率."""
    phrase = phrase.rstrip()
    while match := _CLOSERS.search(phrase):
        phrase = phrase[: match.start()].rstrip()
    return phrase


def strip_preposition(phrase: str) -> str:
    """Without a leading prepositional phrase when a verb follows: 通过平台实施随机抽查 -> 实施随机抽查."""
    match = _PREPOSITION.match(phrase)
    rest = phrase[match.end() :] if match else phrase
    return rest if len(rest) >= 4 else phrase


def strip_light_verb(phrase: str) -> str:
    """Without a verb that adds nothing, where a noun of two characters or more stays."""
    match = _LIGHT.match(phrase)
    return phrase[match.end() :] if match and len(phrase) - match.end() >= 2 else phrase


def noun_phrase(label: str) -> str:
    """The thing counted, without the leading verbs: 受理行政复议申请 -> 行政复议申请."""
    match = _LEADING_VERBS.match(label)
    return label[match.end() :] if match else label


def leading_verb(label: str) -> str:
    """受理行政复议申请 -> 受理; empty where the label begins with a noun."""
    match = _LEADING_VERBS.match(label)
    return match.group() if match else ""


def is_verbs_only(phrase: str) -> bool:
    """新增, 调出, 年内审结, 较上年提高: nothing says what is counted."""
    return not phrase or _VERBS_ONLY.match(phrase) is not None


def names_a_class(phrase: str) -> bool:
    """食品药品领域, 医疗卫生类: a class whose noun stands elsewhere."""
    return _CLASS.search(phrase) is not None


def ends_in_verb(phrase: str) -> bool:
    """以调解方式结案: an action whose object stands elsewhere."""
    return _ENDS_IN_VERB.search(phrase) is not None


@cache
def _head_pattern(unit: str) -> re.Pattern[str] | None:
    heads = load("phrases")["heads"].get(unit)
    return re.compile(rf"[\u4e00-\u9fff“”]*?{alternation(heads.split())}") if heads else None


def heads_of(unit: str) -> tuple[str, ...]:
    """Nouns that a figure with this unit may count."""
    return words("phrases", "heads", unit) if unit in load("phrases")["heads"] else ()


def ends_in_head(phrase: str, unit: str) -> bool:
    """Whether the phrase ends in such a noun."""
    return phrase.endswith(heads_of(unit)) if heads_of(unit) else False


def find_topic(text: str, unit: str) -> str | None:
    """The last noun phrase in `text` that the unit may count: …对本年度区政府的重大行政决策事项进行了动态调整 -> 重大行政决策事项."""
    pattern = _head_pattern(unit)
    if pattern is None:
        return None
    found = None
    for clause in re.split("[,;:。]", text):
        matches = list(pattern.finditer(clause))
        if matches:
            found = "".join(m.group() for m in matches) if _contiguous(matches) else matches[-1].group()
    if found is None:
        return None
    topic = noun_phrase(strip_openers(found.rsplit("的", 1)[-1]))
    return topic[-20:] if len(topic) >= 2 else None


def _contiguous(matches: list[re.Match[str]]) -> bool:
    return all(a.end() == b.start() for a, b in pairwise(matches))
