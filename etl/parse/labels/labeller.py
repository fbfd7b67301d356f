"""Walks the figures of a text once and gives each its label.

In: folded text, its figures and where their measures begin. Out: the labels of each figure, several where one number is said of several
things. Series come first, then the noun behind the number, then the one in front of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.parse import phrases
from etl.parse.clauses import read_left
from etl.parse.figures import Figure
from etl.parse.fragments import Fragment
from etl.parse.labels import related, series
from etl.parse.labels.before import noun_before
from etl.parse.labels.behind import noun_behind
from etl.parse.labels.counted import counted_before
from etl.parse.labels.label import Label
from etl.parse.labels.scene import RATE_ENDS, RATES, Scene
from etl.parse.labels.stages import before_and_after
from etl.parse.labels.surroundings import EDGES, without_region
from etl.parse.labels.topics import cut, is_weak, join, names_people
from etl.parse.lexicon import word_pattern, words
from etl.parse.sentences import Sentences
from etl.parse.subjects import Subjects
from etl.parse.trailing import read_right
from etl.parse.words import tokenize

_NO_NOUN_BEHIND = re.compile(r"^(?:[、()\]”和及与或,;。:!?]|以及|中[无没均都]|之间|$)")
# 1.41万件|降到2024年的|1.18万件: leads over to the next figure
_TO_NEXT = re.compile(rf"(?:{word_pattern('words', 'links')}|{word_pattern('words', 'change')}|[由从至到])")
# 17个|达到省级规范化标准
_REACHED = re.compile("(?:达到|实现)[\u4e00-\u9fff“]{4,}")
_OF_SORT = re.compile("多?(?:为|是|属于?)(?P<sort>[\u4e00-\u9fff]{2,10}(?:类|型|领域))$")
_JOINT_BEHIND = re.compile(r"(?:、|和|及|以及|与)\s*$")
_AMONG = re.compile(r"[\u4e00-\u9fff()]{2,14}[中里](?:[仍还尚共]?有|仅有|只有)?\s*")
_SOME_AMONG = re.compile(r"(?!占)(?P<all>[\u4e00-\u9fff()]{2,12})[中里](?P<what>[\u4e00-\u9fff]{2,14})的(?:仅|只|仅有|只有|有|为)?\s*")
_JOINT_BEFORE = re.compile(r"^\s*(?:、|和|及|以及|与|,)\s*")
# 未达标的单位|有2家
_HAVING = re.compile(r"(?<=[\u4e00-\u9fff]{3})(?<![国所拥占原现共仍尚还设持具享含富只仅特私公没另])有\s*$")
# 从类型看   按领域分
_BY_CLASS = re.compile(r"(?:从|按|分)[\u4e00-\u9fff]{0,4}(?:类型|类别|领域|性质|来源|区域|种类|行业)[\u4e00-\u9fff]{0,2}[看分]")
_PRONOUN = re.compile(r"^(?:我[区市县镇局委办院处]|全[区市县镇系]统?)")
_LEADER = re.compile(r"(?:主要)?(?:负责人|负责同志|领导)|书记|[局镇县区市乡][长]|第一责任人")
_PLACES = words("labels", "places", "endings")
_PERSON_NOUNS = ("人", "人数", "群众", *words("labels", "people", "endings"))
_NAMED_UNITS = frozenset(("人次", "批次"))  # these units name what is counted: 旁听庭审人次, 随机抽查批次
_LED_UNITS = frozenset(("次", "件", "场", "个", "项", "起"))
_INSTANCES = frozenset(("一审", "二审", "再审", "终审"))
_STUDY_GROUP = re.compile("^[\u4e00-\u9fff]{2,8}理论学习中心组(?P<act>.{4,})")  # 局党组理论学习中心组|集中学法
_HOURS = frozenset(("学时", "课时"))
_TIMES = ("时", "时间", "时长")
_SHARES = frozenset("%‰")
_NO_SHARE = (*RATE_ENDS, ")", "面", "权重", "增长", "下降")
_LONGEST = 26
_SHORT_NOUN = 4
_SHORT_SHARE = 5


def label_figures(
    text: str,
    split: Sentences,
    subjects: Subjects,
    figures: Sequence[Figure],
    scopes: Sequence[int],
    openings: Sequence[int],
    year: int | None,
) -> list[list[Label]]:
    """At least one label a figure, in order.

    Args:
        text: the folded text.
        split: its sentences and clauses.
        subjects: who acts in them.
        figures: its figures.
        scopes: a number for the measure or block of each; figures refer to each other only within one.
        openings: where the measure or block of each figure starts; its first words say what it is about.
        year: the year reported on.
    """
    scene = Scene(text, split, subjects, figures, scopes, openings)
    scene.year = year
    ready: dict[int, Label] = {}
    labels = []
    for at in range(len(figures)):
        figure = scene.enter(at)
        found = [_worded(scene, label, figure) for label in _labels(scene, at, ready)]
        scene.remember(figure, found[-1])
        if len(found) > 1:
            scene.several = [related.thing_of(label, figure.quantity.unit) for label in found]
        labels.append(found)
    return labels


def _labels(scene: Scene, at: int, ready: dict[int, Label]) -> list[Label]:
    """The labels of a figure; those of a series are made at its first figure and kept in `ready`."""
    figures, figure = scene.figures, scene.figures[at]
    if at not in ready:
        ready.update(series.respectively(figures, at, scene.year))
    if at not in ready and at + 1 < len(figures):
        ends = before_and_after(scene.text, figure, figures[at + 1])
        ready.update(zip((at, at + 1), ends, strict=True) if ends else ())
    if at in ready:
        return [_completed(scene, ready.pop(at), figure)]
    ready.update(related.respective_others(scene, at))
    if at in ready:
        return [ready.pop(at)]
    both = related.rates_of_each(scene, figure)
    if both:
        return both
    several = series.each(figure)
    return [_completed(scene, label, figure) for label in several] or [_single(scene, at)]


def _single(scene: Scene, at: int) -> Label:
    """The label of a figure that is in no series."""
    figures, figure, last = scene.figures, scene.figures[at], scene.last
    own = _own(figure.left)
    # 16个村、|9个站所签订责任书: what stands between belongs to the figure before
    shared = at > 0 and last is not None and not last.sub and scene.figures[at - 1].right == figure.left and _JOINT_BEHIND.search(own)
    own = "" if shared else own
    within = at > 0 and last is not None and ("中" in own or "里" in own)
    among = within and _AMONG.fullmatch(own) is not None and scene.figures[at - 1].clause == figure.clause
    own = "" if among else own  # 9个窗口|中有|8个获评: what stands between belongs to the figure before
    bare = not own.strip()
    right = figure.right.strip()
    behind = not (_NO_NOUN_BEHIND.match(right) or (_TO_NEXT.match(right) and not _is_reached(figures, at, right)))
    left = scene.left_before if behind and bare and last is not None and (figure.joined or shared) else _read(scene, figure, own)
    scene.left = left
    member = among or _is_member(scene, figure, left)
    _take_note(scene, own, left)
    some = _SOME_AMONG.fullmatch(own) if within else None
    if some and not behind:  # 423项下放事项|中实际行使过的仅|137项
        return Label(f"{some['what']}的{some['all']}", "part", True, noun=some["all"])
    sort = _OF_SORT.match(right.strip(EDGES)) if left.noun and figure.quantity.unit in RATES else None
    if sort:  # 出庭应诉案件|近八成|为房屋征收类
        return Label(f"{sort['sort']}{left.noun}占比", "predicate", member, noun=left.noun)
    known = counted_before(scene, figure, own, member)
    if known:
        return known
    if behind:
        return noun_behind(scene, at, left, member)
    told = _told_by_neighbour(scene, at, left, member) if bare or not figure.right else None
    return told or noun_before(scene, figure, left, member)


def _is_reached(figures: Sequence[Figure], at: int, right: str) -> bool:
    """17个|达到省级规范化标准: what stands behind the last figure of a clause leads over to none."""
    last_of_clause = at + 1 == len(figures) or figures[at + 1].clause != figures[at].clause
    return last_of_clause and figures[at].quantity.unit not in RATES and _REACHED.match(right) is not None


def _own(left: str) -> str:
    """The fragment in front of a figure without a joint at its beginning or 有 at its end."""
    own = _JOINT_BEFORE.sub("", left) if left.lstrip()[:1] in "、和及以与," else left
    return _HAVING.sub("", own) if own.rstrip().endswith("有") else own


def _told_by_neighbour(scene: Scene, at: int, left: Fragment, member: bool) -> Label | None:
    """63户、|75人; 12类|45件民生实事; 移送司法机关7案|11人: the figure next to it says what is counted."""
    figure, last = scene.figures[at], scene.last
    follows = at > 0 and scene.figures[at - 1].quantity.end == figure.quantity.start
    if last is not None and not figure.left.strip("、和及与 ") and (figure.joined or follows):
        same = last.label.removesuffix(last.unit) if last.unit in _NAMED_UNITS and figure.quantity.unit != last.unit else last.label
        people = "人员" if follows and figure.quantity.unit in ("人", "名") and not same.endswith(_PERSON_NOUNS) else ""
        return Label(same + people, "same-as-before", member, noun=last.noun)
    precedes = at + 1 < len(scene.figures) and scene.figures[at + 1].quantity.start == figure.quantity.end
    noun = read_right(scene.figures[at + 1].right.strip()).noun if precedes and not left.noun else ""
    return Label(left.verb + noun, "noun-behind", member) if noun else None


def _is_member(scene: Scene, figure: Figure, left: Fragment) -> bool:
    """Whether the figure is a part of one before: 其中…, (…), 从类型看,…."""
    if figure.bracketed or "其中" in figure.left or figure.left.lstrip().startswith("("):
        return True
    if scene.last is not None and scene.last.sub and figure.left.lstrip().startswith("、"):
        return True
    return not left.verb and bool(left.noun) and _BY_CLASS.search(scene.text, figure.sentence[0], figure.quantity.start) is not None


def _take_note(scene: Scene, own: str, left: Fragment) -> None:
    """Keep the place of the sentence and what may hold the pair that 前者 and 后者 refer to."""
    if "、" in own or "和" in own:
        scene.joining.append(own)
    if left.actor.endswith(_PLACES):
        scene.memory.place = cut(without_region(left.actor), 8)


def _read(scene: Scene, figure: Figure, own: str) -> Fragment:
    """The fragment read behind the organisation that opens its clause, which stays its actor."""
    start = figure.quantity.start - len(figure.left)
    found = scene.subjects.opening(figure.clause[0]) if start == max(figure.clause[0], figure.sentence[0]) else None
    if found is None or not found.name or found.end + 2 > len(own):
        return read_left(own)
    named = own.find(found.name, 0, found.end)
    if named > 0 and any(token.kind in "vw" for token in tokenize(own[:named])):  # 调出|不适宜由街道承担的事项
        return read_left(own)
    left = read_left(own[found.end - (start - figure.clause[0]) :].removeprefix("中"))
    return left if left.actor else replace(left, actor=found.name)


def _completed(scene: Scene, label: Label, figure: Figure) -> Label:
    """A series label that is only verbs, a bare rate or a stage takes the topic."""
    text, noun = label.text, label.noun
    if label.stage and label.noun and len(label.noun) <= _SHORT_NOUN and is_weak(label.noun):
        theme = scene.theme(figure, Fragment(noun=label.noun), label.noun)
        text, noun = join(theme, text), join(theme, label.noun)
    elif text.startswith("(") or not text:
        topic = scene.topic(figure)
        text, noun = topic + text, topic
    elif figure.quantity.unit in RATES and related.is_bare_rate(text):
        text = related.rate(scene, text, figure)
    elif text.endswith("占比") and len(text) <= _SHORT_SHARE:
        main = scene.memory.main()
        text = join(main.noun if main else "", text)
    elif text in _INSTANCES or phrases.is_verbs_only(text):  # 行政应诉案件74件,|一审、二审分别为41件、27件
        noun = scene.topic(figure)
        text += noun
    return label._replace(text=text, noun=noun)


def _worded(scene: Scene, label: Label, figure: Figure) -> Label:
    """The label in its final form: without blanks and pronouns, with what plans and leaders add, not too long."""
    text = "".join(label.text.split()).strip(EDGES)
    text = (_PRONOUN.sub("", text) if text[:1] in "我全" else text).lstrip("的")
    text = _STUDY_GROUP.sub(r"中心组\g<act>", text)
    unit = figure.quantity.unit
    if unit in _NAMED_UNITS and len(text) >= 4 and not scene.left.change and not text.endswith((unit, "量", "率", *_PERSON_NOUNS)):
        text += unit
    text = _of_people_or_share(scene, figure, text)
    if not label.text.endswith("前)"):  # what was before is no plan
        text = _planned_or_led(scene, figure, text)
    text = cut(text, _LONGEST)
    return Label(text or unit or "数量", *label[1:-1], scene.left)


def _of_people_or_share(scene: Scene, figure: Figure, text: str) -> str:
    """人均参训|64学时 names whose, 取得法律职业资格的人员|不到一成 that it is a share."""
    unit = figure.quantity.unit
    if text.startswith("人均"):
        people = scene.left.actor if names_people(scene.left.actor) else related.whose(scene)
        return join(people, text) + (unit if unit in _HOURS and not text.endswith(_TIMES) else "")
    if unit in _SHARES and text.endswith("占"):
        return text + "比"  # 草场边界、婚姻家庭纠纷各占|21%
    written = scene.text[figure.quantity.start : figure.quantity.end]
    if unit in _SHARES and "%" not in written and not scene.left.change and not text.endswith(_NO_SHARE):
        return text + ("比例" if "占" in text[-_SHORT_SHARE:] or text.startswith("覆盖") else "占比")
    return text


def _planned_or_led(scene: Scene, figure: Figure, text: str) -> str:
    """计划评查案卷, 行政许可办结率目标, 主要负责人出庭应诉."""
    if figure.part == "plan" and text:
        text = text.removeprefix("拟")
        if text.startswith("计划") or text.endswith("目标"):
            return text
        return f"{text}目标" if figure.quantity.unit in RATES else f"计划{text}"
    led = figure.part == "leadership" and scene.left.verb and 4 <= len(text) <= 5 and figure.quantity.unit in _LED_UNITS
    if led and not _LEADER.search(text):
        start = figure.sentence[0]
        if _LEADER.search(scene.text, start, min(start + 24, figure.quantity.start)):
            return f"主要负责人{text}"
    return text
