"""Small operations on phrases: taking off what does not belong to a noun phrase, and finding where it begins.

In: folded fragments of a sentence. Out: shorter fragments. All vocabulary is in `lexicon/phrases.toml`.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from etl.parse.lexicon import alternation, load, word_pattern, words

# 截至2023年12月底   2023年上半年   第三季度
_TIME = (
    r"(?:截[至止]?)?(?:(?:19|20)[0-9]{2}年(?:度|底|末|初)?)?"
    r"(?:[0-9]{1,2}月(?:份)?(?:[0-9]{1,2}日)?(?:底|末)?)?(?:第?[一二三四1-4]季度)?(?:[上下]半年)?"
)


def _guarded(listed: tuple[str, ...]) -> str:
    """Words with the look-aheads that keep them from splitting another word."""
    vetoes = load("phrases")["opener_not_before"]
    ordered = sorted(set(listed), key=lambda word: (-len(word), word))
    return "|".join(re.escape(w) + (f"(?!{alternation(vetoes[w].split())})" if w in vetoes else "") for w in ordered)


_ADVERBS_TEXT = _guarded(words("phrases", "openers"))
_PREPOSITIONS_TEXT = _guarded(words("phrases", "prepositions"))
# 一是, 首先 and the like stand in front of a measure
_SOFT = (
    r"[一二三四五六七八九十]{1,2}是|首先|其次|再次|[、,的等:了(]|和(?![解谐平])|及(?![时格早])"
    rf"|(?=[截0-9第一二三四上下]){_TIME}(?:,|以来|期间)?"
)
_ADVERBS = re.compile(rf"(?:{_ADVERBS_TEXT}|{_SOFT})")
_OPENERS = re.compile(rf"(?:{_ADVERBS_TEXT}|{_PREPOSITIONS_TEXT}|{_SOFT})")
# 人均, 平均 stay whole: the 均 in them is no adverb; 下达 is a verb, 现有 a stock
_CLOSERS = re.compile(
    rf"(?:{word_pattern('phrases', 'closers')}|(?<![平人村户日月年])均|(?<![下传])达|(?<![行作])为"
    r"|(?<=的)有|(?:19|20)[0-9]{2}年|[、,(:])$"
)
_LIGHT = re.compile(rf"^{word_pattern('phrases', 'light_verbs')}(?:了)?")
_VERBS_ONLY = re.compile(
    rf"^(?:{word_pattern('phrases', 'openers')}|{word_pattern('phrases', 'verbs')}|{word_pattern('phrases', 'light_verbs')}"
    rf"|{word_pattern('phrases', 'change', 'words')}|[较比](?:上年末?|去年|[0-9]{{4}}年|同期)|[、了])+$"
)
_LEADING_VERBS = re.compile(rf"^(?:{word_pattern('phrases', 'verbs')}|{word_pattern('phrases', 'light_verbs')}|[、和并])+(?=..)")
_SIZE = re.compile(r"^(?:总量|总数|数量|案件量|总额)(?=较|比|同比|增|减|下降|上升)")
_CLASS = re.compile(rf"{word_pattern('phrases', 'classes', 'endings')}$")
_ENDS_IN_VERB = re.compile(rf"{word_pattern('phrases', 'verbs')}$")
# 通过“互联网+监管”平台实施…   围绕…领域开展…   在…方面办理…
_VERB = f"(?:{word_pattern('phrases', 'verbs')}|{word_pattern('phrases', 'light_verbs')})"
_BY = "(?:通过|依托|利用|围绕|聚焦|针对|在|对照|对|按照|根据|依据|以|结合|用好|面向|从)"
_PREPOSITIONS = (
    re.compile(rf"^{_BY}[^,]*?(?:领域|方面|环节|平台|方式|渠道|机制|要求|重点)(?={_VERB})"),
    re.compile(rf"^(?:会同|联合)[^,]{{0,20}}?(?:部门|单位|局|委|机关|法院|等)(?={_VERB})"),
    re.compile(rf"^{_BY}[^,]*?(?={_VERB})"),
)
_HEAD_CUT = re.compile(rf"(?={_VERB}|全部|均|已|都|进行)")


def strip_adverbs(phrase: str) -> str:
    """Without times, adverbs and connectives in front: 2023年全年共办理行政许可 -> 办理行政许可."""
    return _stripped(_ADVERBS, phrase)


def strip_openers(phrase: str) -> str:
    """Without these and without prepositions: 对轻微违法案件 -> 轻微违法案件."""
    return _stripped(_OPENERS, phrase)


def _stripped(pattern: re.Pattern[str], phrase: str) -> str:
    while True:
        match = pattern.match(phrase)
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
    for pattern in _PREPOSITIONS:
        match = pattern.match(phrase)
        if match and len(phrase) - match.end() >= 4:
            return phrase[match.end() :]
    return phrase


def head_noun(phrase: str, unit: str) -> str:
    """The noun in front of a predicate: 规范性文件开展专项清理 -> 规范性文件; the phrase itself where none is told apart."""
    for cut in _HEAD_CUT.finditer(phrase, 2):
        if ends_in_head(phrase[: cut.start()], unit):
            return phrase[: cut.start()]
    return phrase


# 随机抽查|区城管局、区司法局等三个部门|已办结行政执法案卷
_LISTED = re.compile(r"[\u4e00-\u9fff、]*等(?:[0-9一二三四五六七八九十]+[个家])?(?:部门|单位|街镇|街道|乡镇)(?:当年度|本年度)?(?=.{4})")


def without_list(label: str) -> str:
    """Without the bodies that are enumerated between verb and noun."""
    match = _LISTED.match(label)
    return leading_verb(label) + label[match.end() :] if match else label


def without_relative(label: str, longest: int) -> str:
    """A long label without its relative clause: 查办关系群众切身利益的行政处罚案件 -> 查办行政处罚案件."""
    if len(label) <= longest or "的" not in label:
        return label
    noun = label.rsplit("的", 1)[1]
    return leading_verb(label) + noun if len(noun) >= 3 else label


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
    return not phrase or _VERBS_ONLY.match(_SIZE.sub("", phrase)) is not None


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
    topic = strip_openers(noun_phrase(strip_openers(found.rsplit("的", 1)[-1])))
    return shortened(topic, 20) if len(topic) >= 2 and not is_verbs_only(topic) else None


def shortened(phrase: str, longest: int) -> str:
    """The end of a long phrase, cut behind its last 的 or 、 where that is enough, and never inside a quotation."""
    if len(phrase) <= longest:
        return phrase
    for mark in ("的", "、"):
        tail = phrase.rsplit(mark, 1)[-1]
        if 2 <= len(tail) <= longest and tail.count("”") == tail.count("“"):
            return tail
    tail = phrase[-longest:]
    return tail.split("”", 1)[1] if tail.count("”") > tail.count("“") and not tail.endswith("”") else tail


def _contiguous(matches: list[re.Match[str]]) -> bool:
    return all(a.end() == b.start() for a, b in pairwise(matches))


def head_of(noun: str, unit: str) -> str:
    """The shortest head noun that a phrase ends in: 行政处罚案件 -> 案件."""
    return next((head for head in sorted(heads_of(unit), key=len) if noun.endswith(head)), "")


def is_activity(verb: str) -> bool:
    """Whether a verb names what is counted by itself: 集中学法8次."""
    return verb in words("words", "activities")
