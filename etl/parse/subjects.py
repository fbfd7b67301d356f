"""Who acts: the organisation that a sentence names as its subject.

In: the folded clauses of a sentence up to the figure. Out: the name as written, or null. An organisation counts only at the start of
a clause (or behind 由); it stays the subject of the clauses behind it until another or a person takes over. Persons give null, and so
do the totals of a region (全县实有市场主体) and the number that counts the bodies themselves (全区|50家|单位).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.parse.bodies import read_body
from etl.parse.body_names import items_of, may_name
from etl.parse.figures import Figure
from etl.parse.lexicon import word_pattern, words
from etl.parse.sentences import Sentences
from etl.parse.words import Token, Words

_NOT_FIRST = words("organizations", "actors", "not_first")
_FIELD_ACTS = frozenset(words("organizations", "actors", "field_acts"))
# 全区112个|人民调解组织   市级24个|执法部门   三个|派出所
_COUNTED = re.compile(
    r"(?P<region>(?:全[区市县镇省街]|本[区市县]|[省市区县镇乡]级)?(?:各级)?)(?:[0-9]+|[一二三四五六七八九十两]+)余?[个家所支名](?=[\u4e00-\u9fff])"
)
_BEFORE_COUNTS = frozenset("全本省市区县镇乡各0123456789一二三四五六七八九十两")
# 1、   做实便民服务:   一是   (1)
_OPENING = re.compile(r"^\s*(?:[(]?[0-9一二三四五六七八九十]{1,3}[)、.]|[①-⑳]|[一二三四五六七八九十]{1,2}[是要])\s*")
_ORDINALS = frozenset("(0123456789一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
# an item of a list starts without the subject of the one before
_ITEM = re.compile(r"\s*(?:[①-⑳]|[一二三四五六七八九十]{1,2}[是要],?|第[一二三四五六七八九],|(?:首先|其次|再次|最后),)")
# “3·15”期间|县市场监管局   行政复议方面|市政府
_CIRCUMSTANCE = re.compile(r"[^,;:。]{1,14}?(?:期间|以来|方面|层面|[过工][程作]中|[活行]动中|之后|之前|之际|时节)(?=[\u4e00-\u9fff])")
_EACH_TIME = re.compile(r"^每(?:个?季度|个?月|年|周|天|半年)")
# 全县|罚没金额合计: nobody in particular
_KEPT = re.compile(word_pattern("organizations", "actors", "kept"))
_REGION = re.compile("全(?:[区市县省镇乡街局]|系统|行业|社会)")
# the head of a body in court stands for it: 负责人出庭应诉8次,|败诉0件 is said of the body again
_IN_COURT = re.compile("[^,;。0-9]{0,12}?(?:负责人|领导)(?:均|全部|依法|积极|主动|带头|共|应)*出庭(?!(?:应诉)?(?:率|比例))")
# 由区司法局组织的   but not 由5个部门组成的
_MADE_OF = ("组成", "构成", "成立", "转为", "变为")
# 组建|“环保管家”服务队|,
_SET_UP = re.compile(
    rf"(?:组建|成立|组成|设立)了?(?P<crew>[\u4e00-\u9fff“”·]{{2,18}}?{word_pattern('organizations', 'actors', 'crews')})"
    r"(?=[,;]|(?P<act>[\u4e00-\u9fff]{2,4}))"
)
# 组建执法队,|配备执法人员21名: done to the crew
_EQUIPPING = words("organizations", "actors", "equipping")
_DEALT_OUT = re.compile("分别|依次")
_JOINED = re.compile("、|和(?![解谐])|以及")
_EACH = re.compile("各自?(?![项类级种界个地区县市镇乡街村部单位方处])")
_PLACES = ("乡镇", "街道", "街镇", "镇街")  # 156个乡镇(街道), but 7个部门 tells nobody
_LONGEST = 26
_LOOKED_AT = 60
_IN_FRONT = "atsj"


class Actor(NamedTuple):
    """A name with the end of what it takes of its clause; `name` is empty for a person, who takes over without being named.

    `brief` says that it acts in its own clause only, `weak` that a body named before it in the sentence acts instead.
    """

    name: str
    end: int
    brief: bool = False
    weak: bool = False


class Acting(NamedTuple):
    """Who acts in a figure: one name or null, or several where one number is said of each of several bodies; and the rule."""

    names: tuple[str | None, ...]
    rule: str


class Subjects:
    """The subjects of a text's clauses, each found once."""

    def __init__(self, text: str, split: Sentences) -> None:
        self._text = text
        self._split = split
        self._actors: dict[int, Actor | None] = {}
        self._sources: dict[int, int | None] = {}

    def opening(self, start: int) -> Actor | None:
        """The actor that opens the clause that starts at `start`; its `end` counts from there."""
        if start not in self._actors:
            end = self._split.clause(start)[1]
            found = actor(self._text[start : min(end, start + _LOOKED_AT)])
            if found and not found.name and self._is_kept(start, end):
                found = None
            self._actors[start] = found or self._crew(start, end)
        return self._actors[start]

    def subject(self, sentence: int, clause: int) -> str | None:
        """The subject of the clause at `clause` in the sentence at `sentence`: its own, or the latest before it.

        Null where a person acts, or where an item of a list (①, 一是) begins in between.
        """
        source = self._source(sentence, clause)
        own = None if source is None else self.opening(source)
        return own.name or None if own else None

    def of_figures(self, figures: Sequence[Figure]) -> list[Acting]:
        """Who acts, for each figure."""
        found: list[Acting] = []
        while len(found) < len(figures):
            first = len(found)
            last = first + 1
            while last < len(figures) and figures[last].clause == figures[first].clause:
                last += 1
            found += self._of_clause(figures[first:last])
        return found

    def _of_clause(self, figures: Sequence[Figure]) -> list[Acting]:
        """The subjects of all figures of a clause."""
        start, sentence = figures[0].clause[0], figures[0].sentence[0]
        source = self._source(sentence, start)
        own = None if source is None else self.opening(source)
        if source is None or own is None:
            return [Acting((None,), "nobody")] * len(figures)
        if not own.name:
            return [Acting((None,), "person")] * len(figures)
        end = source + own.end
        acting = [figure for figure in figures if figure.quantity.start >= end]
        counting = [Acting((None,), "counted")] * (len(figures) - len(acting))
        if not acting:
            return counting
        items = items_of(own.name)
        if len(items) > 1:
            if len(acting) % len(items) == 0 and self._is_dealt_out(source, end, acting):
                return counting + [Acting((items[k % len(items)],), "dealt-out") for k in range(len(acting))]
            if source == start and len(acting) == 1 and _EACH.match(self._text, end):
                return [*counting, Acting(tuple(items), "each")]
        return counting + [Acting((own.name,), "clause" if source == start else "clause-before")] * len(acting)

    def _is_dealt_out(self, source: int, end: int, acting: Sequence[Figure]) -> bool:
        """Whether the figures of a clause are those of the bodies named in the clause at `source` up to `end`, one after the other.

        A局、B局分别办结5件、6件,结案率分别为91%、97%, but not A局、B局联合检查,发现、整改问题分别为30个、28个.
        """
        dealt = _DEALT_OUT.search(self._text, end, self._split.clause(source)[1])
        if dealt is None or _JOINED.search(self._text, end, dealt.start()):
            return False
        start = acting[0].clause[0]
        if start == source:
            return dealt.start() < acting[0].quantity.start
        said = _DEALT_OUT.search(self._text, start, acting[0].quantity.start)
        return said is not None or all(figure.joined for figure in acting[1:])

    def _is_kept(self, start: int, end: int) -> bool:
        """Whether the total of a region is of what the sentence told of before: 审批局调整服务事项,|全县1200项服务事项实现网办."""
        region = _REGION.match(self._text, start)
        if region is None or _KEPT.search(self._text, region.end(), end) is None:
            return False
        return _KEPT.search(self._text, self._split.sentence(start)[0], start) is not None

    def _crew(self, start: int, end: int) -> Actor | None:
        """The crew that the clause sets up and the next lets act: 组建“环保管家”服务队,走进…, but not 组建执法队,配备执法人员21名."""
        crew = _SET_UP.search(self._text, start, end)
        if crew is None or any(char.isdigit() for char in self._text[start : crew.end("crew")]):
            return None
        if crew["act"]:
            said = Words(crew["act"])
            act = said.at(said.first(_IN_FRONT))
            acts = act is not None and act.kind in "vwl" and not crew["act"].startswith(_EQUIPPING)
            return Actor(crew["crew"], crew.end("crew") - start, weak=True) if acts else None
        if self._text.startswith(_EQUIPPING, end) or any(char.isdigit() for char in self._text[start:end]):
            return None
        return Actor(crew["crew"], crew.end() - start, weak=True)

    def _source(self, sentence: int, clause: int) -> int | None:
        """The clause that names who acts in the clause at `clause`; None where none does."""
        own = self.opening(clause)
        return clause if own and own.brief else self._lasting(sentence, clause)

    def _lasting(self, sentence: int, clause: int) -> int | None:
        """The clause that names who acts at the end of the clause at `clause`, and behind it."""
        passed: list[int] = []
        found: int | None = None
        at = clause
        while at not in self._sources:
            passed.append(at)
            own = self.opening(at)
            if (own and not own.brief and not own.weak) or at <= sentence or _ITEM.match(self._text, at, at + _LONGEST):
                break
            at = self._split.clause(at - 1)[0]
        else:
            found = self._sources[at]
        for start in reversed(passed):
            own = self.opening(start)
            if own and not own.brief and not (own.weak and found is not None and self._is_named(found)):
                found = start
            self._sources[start] = found
        return found

    def _is_named(self, clause: int) -> bool:
        own = self.opening(clause)
        return own is not None and own.name != ""


def actor(clause: str) -> Actor | None:
    """The organisation or person that opens a clause as its subject."""
    opening = _OPENING.match(clause) if clause.lstrip()[:1] in _ORDINALS else None
    skipped = opening.end() if opening else 0
    if "出庭" in clause and _IN_COURT.match(clause, skipped):
        return Actor("", skipped, brief=True)
    named = _named(clause, skipped) if may_name(clause) else None
    return named or (Actor("", skipped) if clause.startswith("全", skipped) and _REGION.match(clause, skipped) else None)


def _named(clause: str, skipped: int) -> Actor | None:
    """The actor that a clause names behind its first `skipped` characters."""
    counted = _COUNTED.match(clause, skipped) if clause[skipped : skipped + 1] in _BEFORE_COUNTS else None
    found = _of_count(clause, counted) if counted else None
    if found is None and (counted is None or counted["region"] or clause.startswith(_PLACES, counted.end())):
        found = _opening_actor(clause, skipped)
    if found:
        return found
    circumstance = _CIRCUMSTANCE.match(clause, skipped)
    if circumstance:
        found = _opening_actor(clause, circumstance.end())
        if found and found.name:
            return found
    return _led(clause)


def _led(clause: str) -> Actor | None:
    """Who acts behind 由 in the middle of a clause: 涉企案件由|市行政复议局|统一办理."""
    by = clause.find("由", 2, _LONGEST)
    if by < 0 or any(char.isdigit() for char in clause[:by]):
        return None
    found = _opening_actor(clause, by)
    return found if found and found.name else None


def _of_count(clause: str, counted: re.Match[str]) -> Actor | None:
    """全区112个人民调解组织, 市级24个执法部门, 三个派出所: bodies with their number, which belongs to the name."""
    found = _opening_actor(clause, counted.end())
    return Actor(counted.group() + found.name, found.end) if found and found.name else found


def _opening_actor(clause: str, skipped: int) -> Actor | None:
    part = clause[skipped : skipped + _LONGEST + 14]
    if not part.startswith("由"):
        of = part.find("的")
        part = part[: of + 1] if of >= 0 else part  # a name in front of 的 acts on nothing
    tokens = Words(part)
    low = tokens.first(_IN_FRONT)
    token = tokens.at(low)
    if token is None or not (_may_open(token) or token.text == "由" or _EACH_TIME.match(token.text)) or not may_name(part):
        return None
    while token and (token.kind in _IN_FRONT or _EACH_TIME.match(token.text)):
        low += 1
        token = tokens.at(low)
    led = token is not None and token.text == "由"
    if led:
        low += 1
        token = tokens.at(low)
    if token is None or not _may_begin(part, token):
        return None
    body = read_body(part, tokens, low)
    if body is None or (led and (not body.named or part.startswith(_MADE_OF, body.stop))):
        return None
    return Actor(part[body.start : body.end] if body.named else "", skipped + body.stop)


def _may_begin(part: str, token: Token) -> bool:
    """Whether a name may begin with a token: 组织, 对 and 配合 take the body behind them as their object."""
    return _may_open(token) and not part.startswith(_NOT_FIRST, token.start)


def _may_open(token: Token) -> bool:
    return token.kind in "onqw" or (token.kind == "v" and token.text in _FIELD_ACTS)
