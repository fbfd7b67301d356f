"""Labels of figures whose noun is left out: 新增3项, 审结147件, 以调解方式结案59件, 集中学法8次.

In: the scene and the fragment in front, which has a verb at most. Out: a label.
"""

from __future__ import annotations

import re
from dataclasses import replace

from etl.parse import phrases
from etl.parse.clauses import BARE_ACTS, names_body
from etl.parse.figures import Figure
from etl.parse.fragments import Fragment
from etl.parse.labels.label import Label
from etl.parse.labels.scene import RATE_ENDS, RATES, Scene
from etl.parse.labels.surroundings import EDGES
from etl.parse.labels.topics import channel_of, cut, join
from etl.parse.lexicon import load, word_pattern, words

_TOWARDS = frozenset(("向", "与", "为", "被", "以", "对"))
_CONVENERS = words("labels", "conveners", "endings")
_PUBLIC = frozenset(words("labels", "public", "verbs"))
_PUBLIC_UNITS = frozenset(words("labels", "public", "units"))
_CONCLUDED = words("labels", "concluded", "verbs")
_TAKING_PART = frozenset(words("labels", "participation", "words"))
_IMPLIED: dict[str, str] = load("labels")["implied"]
_JOINING = frozenset(("参与", "参加", "参训", "参会"))
_CASES = frozenset("件起宗例案人名")
_AGENTS = ("人", "者", "业主", "群众", "市民", "居民", "村民", "商户")
_PERSONS = words("labels", "persons", "endings")
_HEADS = frozenset(("人次", "人", "名"))
_SESSIONS = frozenset(("期", "场", "次", "班次", "批次", "场次"))
_TAUGHT = frozenset(("培训", "轮训", "集训", "宣讲", "宣传", "授课", "测试"))
_OCCASIONS = frozenset(words("labels", "occasions", "units"))
# 、2018年的   升至2024年的
_NEXT_OF_SERIES = re.compile(
    rf"(?:、|和|及|由|从)(?:(?:19|20)[0-9]{{2}}年度?|[上去]年)的?$|{word_pattern('words', 'links')}(?:(?:19|20)[0-9]{{2}}年度?的?)?$"
)
# 日均约390人次
# 其中劳动争议增幅最大
_LARGEST = re.compile("(?:其中,?)?(?P<rate>[\u4e00-\u9fff]{2,12}(?:[增降涨减]幅|占比|比例|比重|率))最[大高低小快]")
_PER = re.compile(r"(?:日|月|年|人|户|村|周)均")
_CAPACITIES = ("身份", "名义")
_LONGEST_MEANS = 8
_LONG_TOPIC = 6
_MANNER = 2
_EVERYWHERE = re.compile("[全各][省市县区镇乡街国]")
_FULL_VERB = 4


def elliptic(scene: Scene, figure: Figure, left: Fragment, member: bool) -> Label:
    """The label of a figure whose noun stands elsewhere."""
    if left.verb and left.actor and len(left.actor) <= _MANNER and figure.quantity.unit not in RATES:
        left = replace(left, actor="") if _EVERYWHERE.match(left.actor) else left  # 全省|依法免罚, 动态|调整, 决定|保留
        left = replace(left, verb=left.actor + left.verb, actor="")
    if left.means.endswith(_CAPACITIES):  # 以被告负责人身份|出庭应诉
        left = replace(left, preposition="", means="")
    verb = _verb(left)
    main = scene.memory.main()
    if verb in _JOINING and main is not None:
        return Label((main.noun or main.label) + verb, "ellipsis", member, noun=main.noun)
    named = (
        _named(scene, figure, left, verb, member)
        or _activity(scene, figure, left, verb, member)
        or _repeated(scene, figure, left, verb, member)
        or _same_rate(scene, figure, verb, member)
    )
    if named:
        return named
    if verb in _TAKING_PART and main is not None:
        return Label((main.noun or main.label) + verb, "ellipsis", member, noun=main.noun)
    topic = scene.topic(figure, bare=not verb)
    if verb and figure.quantity.unit in RATES and topic:  # 采纳半数以上
        return Label(f"{topic}{verb}占比", "ellipsis", member, noun=topic)
    if verb.endswith(_CONCLUDED) and topic.endswith("申请"):
        topic = topic.removesuffix("申请") + "案件"
    if member and len(verb) >= _FULL_VERB and len(topic) > _LONG_TOPIC:
        topic = cut(topic, _LONG_TOPIC)
    if verb.startswith("被"):
        topic = topic.removeprefix("行政")
    return Label(join(verb, topic), "ellipsis", member, noun=topic)


def _named(scene: Scene, figure: Figure, left: Fragment, verb: str, member: bool) -> Label | None:
    """12348热线|日均接听, 现场|督办, 结案, 退税4.6亿元: nothing is left out."""
    channel = channel_of(left.actor) if left.verb else ""
    if channel:
        return Label(channel + left.verb, "noun-before", member, noun=channel)
    if verb in _IMPLIED and figure.quantity.unit in _CASES and (not left.actor or names_body(left.actor) or left.actor.endswith(_PERSONS)):
        who = left.actor if left.actor.endswith(_PERSONS) else ""  # 负责人|出庭|54件
        return Label(who + verb + _IMPLIED[verb], "implied", member, noun=_IMPLIED[verb])
    if left.verb and left.actor.endswith(_AGENTS) and figure.quantity.unit not in RATES:  # 当事人|主动|整改1377处
        topic = scene.topic(figure)
        return Label(left.actor + left.verb + topic, "ellipsis", member, noun=topic)
    if left.verb and left.actor and not names_body(left.actor):
        nominal = left.verb in _TAKING_PART or figure.quantity.unit in RATES  # 材料|精简57%
        text = left.actor + left.verb if nominal else left.verb + left.actor
        return Label(text, "noun-before", member, noun=left.actor)
    if left.light and left.actor and not verb and not names_body(left.actor):  # 示范创建指标|已完成
        return Label(left.actor, "noun-before", member, noun=left.actor)
    if verb in BARE_ACTS and figure.quantity.unit == "元" and scene.memory.counted("元") is None:
        return Label(verb, "noun-before", member, noun=verb)
    return None


def _same_rate(scene: Scene, figure: Figure, verb: str, member: bool) -> Label | None:
    """化解率比上年提高4.6个百分点,达到|92.8%."""
    if verb or figure.quantity.unit not in RATES:
        return None
    if not scene.follows_a_figure(figure):  # 劳动争议增幅最大,|达22.4%
        named = _LARGEST.search(next(iter(scene.clauses_before(figure)), ""))
        return Label(named["rate"], "noun-before", member, noun=named["rate"]) if named else None
    rates = (item for item in reversed(scene.memory.here) if item.unit == figure.quantity.unit and not item.sub)
    same = next((item for item in rates if item.label.endswith(RATE_ENDS)), None)
    return Label(same.label, "same-as-before", member, noun=same.noun) if same else None


def _verb(left: Fragment) -> str:
    """The verb with what says how or to whom: 以调解方式|结案, 向市政府|备案, but 为群体|上门服务 is a service."""
    if left.preposition == "为" and left.verb.endswith("服务"):
        return left.verb
    if left.preposition in _TOWARDS and left.verb and len(left.means) <= _LONGEST_MEANS:
        return (left.preposition if left.preposition in ("向", "与", "为") else "") + left.means + left.verb
    return left.verb or left.means


def _activity(scene: Scene, figure: Figure, left: Fragment, verb: str, member: bool) -> Label | None:
    """集中学法8次, 接待9.8万人次: an activity that is counted by itself."""
    unit = figure.quantity.unit
    if (
        (phrases.is_activity(verb) or len(verb) >= _FULL_VERB)
        and unit in _OCCASIONS
        and (left.preposition not in _TOWARDS or verb == left.verb)
    ):
        if left.actor.endswith(_PERSONS):  # 县长出庭应诉1次,|部门负责人|出庭应诉36次
            return Label(left.actor + verb, "activity", member, noun=verb)
        if scene.last is not None and scene.last.noun.endswith(verb):
            return Label(scene.last.noun, "activity", member, noun=verb)  # 《…法》培训28场、培训3200人次
        if scene.last is not None and unit in _HEADS and scene.last.unit in _SESSIONS and verb in _TAUGHT:  # 提升班8期,|培训1025人次
            return Label(join(scene.last.noun, verb), "activity", member, noun=scene.last.noun)
        actor = left.actor if left.actor.endswith(_CONVENERS) else "" if left.actor or verb.endswith("服务") else scene.memory.place
        if not actor and verb.endswith("学法"):  # 召开常务会议23次,|会前学法8次
            actor = scene.memory.meeting
        return Label(join(actor, verb), "activity", member, noun=verb)
    if verb in _PUBLIC and unit in _PUBLIC_UNITS:
        place = scene.theme(figure, left, verb + "群众") if scene.memory.place or left.actor else scene.named_before(figure)
        place = place or scene.theme(figure, left, verb + "群众")
        return Label(join(place, verb + "群众"), "public", member, noun="群众")
    return None


def _repeated(scene: Scene, figure: Figure, left: Fragment, verb: str, member: bool) -> Label | None:
    """由2017年的58.3%、2018年的66.7%升至83.3%, 日均约390人次: of the same thing as the figure before."""
    last = scene.last
    if last is None or verb:
        return None
    if not left.means and figure.quantity.unit == last.unit and _NEXT_OF_SERIES.match(figure.left):
        return Label(last.label, "same-as-before", member, noun=last.noun)
    per = _PER.match(figure.left.strip(EDGES))
    if per is None:
        return None
    at = last.label.find(last.verb) if last.verb else 0  # 全年接待群众9.8万人次,|日均|390人次
    return Label(last.label[: max(at, 0)] + per.group() + last.label[max(at, 0) :], "average", member, noun=last.noun)
