"""The name of an organisation at a place of a clause: 区司法局, 县公安局交警大队, 公安、交通、城管三部门, 各镇(街道), 我局.

In: the clause and its tokens. Out: where the name ends and what follows it. A name is a place or a field with a word for the kind of
body behind it; names may be joined, counted and followed by brackets. It is over where a verb, an adverb or a preposition follows; a
name that begins with its place is over in front of a noun too (区税务局|减税总额). Whether the body acts is for `subjects`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from etl.parse.body_names import FIELDS, PERSONS, PLACES, PRONOUNS, SUFFIXES, ends_a_body, last_characters
from etl.parse.lexicon import by_last, word_pattern, words
from etl.parse.words import Token, Words

_LISTS = ("organizations", "actors")
_NO_PLACES = words(*_LISTS, "no_places")
_WHOLE = words(*_LISTS, "whole")
_CONTINUED = words(*_LISTS, "continued")
_GENERIC = words(*_LISTS, "generic")
_GROUPS = words(*_LISTS, "in_groups")
_FIELD_ACTS = frozenset(words(*_LISTS, "field_acts"))
_VETO = re.compile(word_pattern(*_LISTS, "vetoes"))
_ACTS_BEHIND = frozenset((*words(*_LISTS, "acts_behind"), *words("words", "bare_acts")))
_ACTS_BEGIN = frozenset(act[:2] for act in _ACTS_BEHIND)
_NOT_DONE = ("率", "人员", "员", "类", "小组", "团", "组", "专班", "机构", "制度", "平台", "系统", "科", "处", "股", "和", "、")
_BARE = frozenset(words(*_LISTS, "bare"))
_KEPT = words(*_LISTS, "kept")
_BEING = frozenset(words("kinds", "level", "governing"))
_BESIDE = words(*_LISTS, "beside")
_MEDIA = words(*_LISTS, "media")
_NAMELESS = frozenset(words(*_LISTS, "nameless"))
_HARD = words(*_LISTS, "hard")
# 宣传|部   执法|大队   救援|支队: an act in front of these is part of a name
_SUB_UNIT = re.compile(
    "部(?![门分署])|中心(?![城组区])|[大中支总分小]队|执法队|工作[站室]|委员会|[办调审服]\\S室|[站所局](?![点有属面部所站])"
)
# 18个司法所|中17个   县应急管理局|抽查比例为   司法所|平均每所   物业管理委员会|组建率
_NO_ACT = re.compile(
    "中(?:的|有|[0-9])|之一|[\u4e00-\u9fff]{0,4}(?:比例|频次|频率)(?:为|是|达|不|[0-9])|平均每|每[个家所队站院镇村]|(?:组建|建成|覆盖|设立|成立|创建)率"
)
_ALL_OF_ITS = re.compile("各(?:[科处股]室?|站所|所|[大中支]队|派出所|司法所|街|镇|乡|部门|单位|成员单位)(?![自种])")  # 县公安局|各派出所
_NOUN_ACTS = frozenset(("编制",))  # 编制85名
_RATE_BEHIND = re.compile("[\u4e00-\u9fff]{0,4}率")  # 领导|包案化解率
_NUMERALS = "等一二三四五六七八九十两多个"
_PERSONS_MEASURED = ("占比", "比例", "持证", "平均", "人均", "总数")
# 区司法局   团县委   我局   全市各级   青山县公安局, but not 市场监管局, 社区矫正
_OF_PLACE = re.compile(
    "(?:市(?!场|民|政(?![府协]))|[区县镇乡](?![域级间村镇])|[省州旗](?!级)|街道(?!$)|村(?=[委民居两])|团[区县市省]|[我本该](?=[区县市镇乡省街局委办院厅中分队处所站校])"
    "|全[区县市镇乡省街局](?=.)|各(?![项类种界])|[省市区县镇乡]级|两级"
    "|[\u4e00-\u9fff]{1,6}?(?:[^社小园辖地]区|[^城场]市|县|[^城]镇|乡|街道)(?=.)|局(?=党|机|法|执|政|属|内))"
)
_COUNT = re.compile("[0-9]+(?:余|多)?[个家所支](?=[\u4e00-\u9fff])")
# 等部门   等6家单位   三部门
_GROUP_BEHIND = re.compile(rf"(?:[0-9一二三四五六七八九十两多]+)?[个家]?(?:[\u4e00-\u9fff]{{0,6}}?){word_pattern(*_LISTS, 'generic')}")
_FIELD_OF_PLACE = re.compile(rf"[\u4e00-\u9fff]{{0,6}}?[区县市省镇乡州旗]{word_pattern(*_LISTS, 'fields')}")
_NAMED_PLACE = re.compile(rf"(?:^|[、和及与])[\u4e00-\u9fff]{{2,5}}{word_pattern(*_LISTS, 'places')}$")
_A_GROUP = re.compile(rf"(?:等|、.*[一二三四五六七八九十两多0-9])[^、等]{{0,6}}{word_pattern(*_LISTS, 'generic')}$")
_BRACKET = re.compile(r"\((?P<inside>[^()]{1,24})\)")
_SHORT_NAME = ("以下", "简称", "下称")
_LONG_BRACKET = 6
_LONGEST = 30
_ADJACENT = 10  # 区委|编办   县委|依法治县办   市司法局|公共法律服务管理处
_FARTHEST = 12  # a longer name may end so many characters behind a shorter one
_FARTHEST_FOLLOWER = 9  # so many tokens behind a name, those of a bracket among them, is its follower looked for
_PREDICATE = frozenset("vwlacpmt")
_PERSONS = by_last(PERSONS)
_FIELDS_AND_PLACES = (*FIELDS, *PLACES)


class Body(NamedTuple):
    """A name as text[start:end] without a bracket behind it; `stop` is the end of that. A person has no `named`."""

    start: int
    end: int
    stop: int
    named: bool


class _End(NamedTuple):
    """A place where a name may end: the offset behind its last word, behind a bracket that belongs to it, behind any bracket.

    `kind` is that of the token there, # for a number; `doubtful` says that a verb that names seldom hold stands in front.
    """

    head: int
    end: int
    stop: int
    kind: str
    doubtful: bool = False


def read_body(part: str, tokens: Words, low: int) -> Body | None:
    """The body (or the person) whose name begins with token `low` of `part`."""
    first = tokens.at(low)
    if first is None:
        return None
    start = first.start
    early: _End | None = None
    for found in _ends(part, tokens, low, start):
        if early and found.head > early.head + _FARTHEST:
            break
        if _names_persons(part, found, part[start : found.head], first, behind_a_body=early is not None):
            beside = _bodies_beside(part[start : found.head])
            return Body(start, start + beside if beside else found.end, found.stop, named=beside > 0)
        if not _may_end_here(part, found, first):
            continue
        more = part[early.head : found.head] if early else ""
        if found.kind in _PREDICATE and not (early and _is_an_object(more, part[start : early.head], early)):
            return Body(start, found.end, found.stop, named=True)
        alone = found.kind == "s" and part[found.stop] in ",:" and _OF_PLACE.match(part, start)  # 区司法局,|全年办理
        if not (alone or found.kind in "nojxq") or not _is_whole(part[start : found.head]):
            continue
        if part.startswith(_MEDIA, found.stop):
            return Body(start, found.end, found.stop, named=False)
        early = _whole_end(part, early, found, more)
    if early is None or (early.kind == "j" and part.endswith("的")):
        return None
    return Body(start, early.end, early.stop, named=True)


def _bodies_beside(name: str) -> int:
    """Where the bodies end that a list names in front of those who act beside them: 司法所、|法律顾问; 0 for 党委、政府负责人."""
    joint = max(name.rfind(mark) for mark in "、和及与")
    last = name[joint + 1 :]
    if joint < 0 or not last.endswith(_BESIDE) or any(ends_a_body(last, 0, at) for at in range(2, len(last))):
        return 0
    if ends_a_body(name, 0, joint) and name[:joint] not in _NAMELESS:
        return joint
    return _bodies_beside(name[:joint])


def _may_end_here(part: str, found: _End, first: Token) -> bool:
    """Whether the name from `first` to a place is that of one body that may act."""
    name = part[first.start : found.head]
    if not ends_a_body(part, first.start, found.head) or not _names_one(name, first):
        return False
    if name in _BARE and not _acts(part, found.stop):
        return False
    return not (found.doubtful and not name.endswith(_HARD)) and _NO_ACT.match(part, found.stop) is None


def _acts(part: str, at: int) -> bool:
    """Whether an adverb, a time or an act opens part[at:]: 乡镇|全年办理, but not 乡镇|赋权事项, 全系统|现有车辆."""
    act = Words(part[at:]).at(0)
    if act is None:
        return False
    return act.kind in "at" or (act.kind in "vl" and act.text not in _BEING and not part.startswith(_KEPT, at + act.end))


def _whole_end(part: str, early: _End | None, found: _End, more: str) -> _End | None:
    """The end so far of a name that a noun follows, after it was seen to be `more` longer; none where it belongs to a longer noun."""
    if part.startswith(_CONTINUED, found.stop):
        return None  # 县政府|办|文件
    joined = early is not None and early.kind == "j" and found.kind != "j"  # 区政府|及部门
    if early is None or joined or (len(more) <= _ADJACENT and not more.endswith(_GENERIC)):
        return found
    return early


def _is_an_object(more: str, name: str, early: _End) -> bool:
    """Whether what a longer name adds may be the object of an unknown verb: 区税务局|辅导纳税单位."""
    return more.endswith(_GENERIC) and name not in PRONOUNS and early.kind != "j"


def _ends(part: str, tokens: Words, low: int, start: int) -> Iterator[_End]:
    """Where the name that begins with token `low` may end, nearest first, up to what cannot stand inside a name."""
    doubtful = False
    k = low
    while (token := tokens.at(k)) and token.start - start <= _LONGEST:
        if k > low and not _may_stand_inside(part, token):
            if token.kind != "v" or not _OF_PLACE.match(part, start):
                return
            doubtful = True
        for end in _within(part, token, start, doubtful=doubtful):
            yield end
            if end.kind == "#":
                return
        yield _behind(part, tokens, k, token.end, doubtful=doubtful)
        k += 1
        following = tokens.at(k)
        if following and following.text == "(":
            while following and following.text != ")":
                k += 1
                following = tokens.at(k)
            k += 1


def _within(part: str, token: Token, start: int, *, doubtful: bool) -> Iterator[_End]:
    """The ends inside a token of unknown words, up to a number that counts no bodies; and 部门|联合检查 behind a list."""
    if token.kind == "o":
        last = last_characters()
        for at in range(token.start, token.end):
            if part[at].isdigit() and _COUNT.match(part, at) is None and not part[at - 1].isdigit():
                yield _End(at, at, at, "#", doubtful)
                return
            if at > start + 1 and part[at - 1] in last:
                yield _End(at, at, at, "v" if _act_behind(part, at) else "o", doubtful)
    elif token.text.startswith("部门联合") and (part[token.start - 1] in _NUMERALS or "、" in part[start : token.start]):
        at = token.start + len("部门")
        yield _End(at, at, at, "w", doubtful)


def _act_behind(part: str, at: int) -> bool:
    """Whether part[at:] opens with an act that is no word of its own elsewhere: 公安机关|侦破, but not 信访局|接访中心."""
    if part[at : at + 2] not in _ACTS_BEGIN:
        return False
    act = next((part[at : at + size] for size in (4, 3, 2) if part[at : at + size] in _ACTS_BEHIND), "")
    return act != "" and not part.startswith(_NOT_DONE, at + len(act)) and _SUB_UNIT.match(part, at + len(act)) is None


def _behind(part: str, tokens: Words, k: int, end: int, *, doubtful: bool) -> _End:
    """The end of token `k` and what follows it, or follows the bracket behind it."""
    head = stop = end
    bracket = _BRACKET.match(part, end)
    if bracket:
        stop = bracket.end()
        if len(bracket["inside"]) <= _LONG_BRACKET and not bracket["inside"].startswith(_SHORT_NAME):
            end = stop
    at = k + 1
    while (follower := tokens.at(at)) and follower.start < stop:
        at += 1
    if follower is None or at > k + _FARTHEST_FOLLOWER:
        return _End(head, end, stop, "", doubtful)
    if part[follower.start].isdigit() and follower.kind != "t":
        return _End(head, end, stop, "#", doubtful)
    second = tokens.at(at + 1) if follower.kind == "q" and at < k + _FARTHEST_FOLLOWER else None
    if second and second.kind in "vwl":
        return _End(head, end, stop, "a", doubtful)  # 综治中心|“一站式”受理诉求
    if follower.kind == "o" and _act_behind(part, follower.start):
        return _End(head, end, stop, "v", doubtful)
    return _End(head, end, stop, "n" if follower.kind in "vwla" and _is_nominal(part, follower) else follower.kind, doubtful)


def _may_stand_inside(part: str, token: Token) -> bool:
    if token.kind in "noqjw":
        return True
    if token.kind in "vl":
        return token.text in _FIELD_ACTS or _in_a_name(part, token)
    if token.kind == "x":
        return _GROUP_BEHIND.match(part, token.end) is not None
    if token.text == "各":
        return _ALL_OF_ITS.match(part, token.start) is not None
    return token.kind == "p" and part.startswith(("会", "社"), token.end)  # 联合|会


def _is_nominal(part: str, act: Token) -> bool:
    """Whether an act behind a name is none: part of a longer name, of a rate, or the post that a number counts."""
    if act.kind == "a":
        return act.text == "各" and _ALL_OF_ITS.match(part, act.start) is not None
    if act.text in _NOUN_ACTS:
        return part[act.end : act.end + 1].isdigit()
    return _in_a_name(part, act) or _RATE_BEHIND.match(part, act.end) is not None


def _in_a_name(part: str, token: Token) -> bool:
    """Whether an act in front of a word for a body belongs to a name: 执法|大队, 受理|中心."""
    unit = None if token.text == "组织" else _SUB_UNIT.match(part, token.end)
    return unit is not None and (token.kind == "w" or token.text in _FIELD_ACTS or len(unit.group()) > 1)  # but 进驻|站所


def _names_persons(part: str, found: _End, name: str, first: Token, *, behind_a_body: bool) -> bool:
    """Whether a name that may end here is that of persons who act or are counted: 人大代表|提出, 我局执法人员|186人."""
    if not name.endswith(_PERSONS.get(name[-1:], ())):
        return False
    if behind_a_body:  # but 执法办公室持证人员|由6人增至11人
        acts = found.kind in "vwla" or (found.kind == "p" and not part.startswith(("由", "从"), found.stop))
        return acts or found.kind == "#" or part.startswith(_PERSONS_MEASURED, found.stop)
    acts = (found.kind in _PREDICATE and not part.startswith("平均", found.stop)) or part.startswith(("每", "人均"), found.stop)
    return acts and (first.kind not in "vw" or first.end == found.head)


def _names_one(name: str, first: Token) -> bool:
    """Whether a name with the ending of a body tells which one: not 部门, 市级财政, 法治政府, 用人单位."""
    if name in PRONOUNS:
        return True
    if first.kind in "vw" and (first.end - first.start == len(name) or _OF_PLACE.match(name, first.end - first.start)):
        return False  # 审查|市政府合同
    if name in _NAMELESS or _VETO.search(name) or (name.endswith(_GROUPS) and not name.startswith(("各", "全"))):
        return False
    if name.endswith(PLACES) and not name.endswith(SUFFIXES):
        return not name.endswith(_NO_PLACES) and _NAMED_PLACE.search(name) is not None
    return not name.endswith(FIELDS) or name.endswith(SUFFIXES) or _FIELD_OF_PLACE.fullmatch(name) is not None


def _is_whole(name: str) -> bool:
    """Whether a noun may follow a name."""
    if name in PRONOUNS or name.endswith(_WHOLE) or _A_GROUP.search(name):
        return True
    return _OF_PLACE.match(name) is not None and not name.endswith(_FIELDS_AND_PLACES)
