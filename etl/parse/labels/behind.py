"""Labels of figures whose noun stands behind the number: 47件行政诉讼案件, 56名行政执法人员通过考试.

In: the scene and both fragments. Out: a label. The verb in front (选派1200名科技特派员) or the predicate behind (3个部门发布清单) tells
the thing counted from others of its kind.
"""

from __future__ import annotations

import re
from dataclasses import replace

from etl.parse.clauses import names_body, read_left
from etl.parse.figures import Figure
from etl.parse.fragments import Fragment
from etl.parse.labels.before import noun_before
from etl.parse.labels.label import Label
from etl.parse.labels.scene import RATES, Scene
from etl.parse.labels.surroundings import EDGES
from etl.parse.labels.topics import LONGEST_THEME, cut, is_weak, join, theme_of
from etl.parse.lexicon import words
from etl.parse.trailing import Behind, read_right

_CAUSATIVE = frozenset(words("labels", "causative", "verbs"))
_INTO = frozenset(words("labels", "into", "verbs"))
_ADDRESSED = ("单位", "部门", "街道", "企业", "机构", "乡镇", "负责人", "人", "人员", "局", "户")
_NOT_YET = ("未", "尚未", "没有", "还未")
_DURATIONS = frozenset(("天", "个工作日", "小时", "分钟", "个月", "工作日"))
_THINGS = frozenset("名人家个位户所支项件")
_PASSIVE = ("到", "被", "由", "通过", "经")
# 担任|法律顾问
_ROLE = re.compile("(?:担任|兼任|受聘为|作为)(?P<role>[\u4e00-\u9fff“”]{2,12})$")
_JOINT = re.compile(r"(?:、|和|及|以及|与)\s*$")
_REGION = re.compile(r"^(?:全(?:[区市县镇省街乡局委院]|[区市县省]?系统)|本[区市县镇]|[我该][区市县镇局]|辖区内?|区内|市内|区级|共)$")
_HONOURED = ("获评", "获得", "荣获", "被评为", "入选", "获批")
_FIRST = frozenset(("首批", "首次", "分批", "第一批", "率先", "试点"))
_CHECKS = words("labels", "checks", "endings")
_SHORT_OWNER = 3
_STATES = ("合格", "优秀", "良好", "达标", "过关", "优良")
_LONGEST_STATE = 5
_LONGEST_PREDICATE = 14
_LONGEST_MODIFIER = 8
_MOST_JOINED = 4


def noun_behind(scene: Scene, at: int, left: Fragment, member: bool) -> Label:
    """The label of a figure with a noun or a predicate behind it."""
    figure = scene.figures[at]
    behind = read_right(figure.right.strip())
    predicate = behind.predicate or _shared_predicate(scene, at)
    if not behind.noun and left.verb and not left.noun:  # 剩余|4项|正在攻坚
        return noun_before(scene, figure, left, member)
    if not behind.noun and (left.noun or left.means):
        governed = left if left.noun else replace(left, noun=left.means, means="", preposition="")
        done = read_left(predicate).verb if figure.quantity.unit in RATES else ""
        if done and "率" not in governed.noun:  # 提出的法律意见|超九成|被采纳
            noun = governed.noun.rsplit("的", 1)[-1]
            return Label(f"{noun}{done}占比", "predicate", member, noun=noun)
        return noun_before(scene, figure, governed, member)
    if not predicate and not left.verb and behind.noun.endswith(_STATES) and len(behind.noun) <= _LONGEST_STATE:
        return _only_predicate(scene, figure, behind.noun, member)  # 494人|合格
    if not behind.noun:
        return _only_predicate(scene, figure, predicate, member)
    owner, of, owned = behind.noun.partition("的")
    if (
        of and len(owner) <= _SHORT_OWNER and figure.quantity.unit in _THINGS and not (left.verb or left.preposition)
    ):  # 6个|村|的村规民约|多年未修订
        said = owned + predicate
        text = f"{said}的{owner}" if len(said) <= _LONGEST_PREDICATE else owner
        return Label(text, "noun-behind", member, noun=owner)
    what = read_left(predicate) if predicate else Fragment()
    action = _action(what)
    scene.lent = theme_of(cut(what.noun, _LONGEST_PREDICATE - 2) if what.noun.endswith(_CHECKS) else what.noun) if what.noun else ""
    role = _ROLE.match(predicate)
    if role and left.verb:  # 聘请|2名|律师|担任法律顾问
        return Label(left.verb + role["role"], "role", member, noun=role["role"])
    if left.verb and not (action and left.verb in _CAUSATIVE):
        return _with_verb(scene, figure, left, behind, member)
    return _with_predicate(scene, figure, left, behind.noun, (what, action, member))


def _with_verb(scene: Scene, figure: Figure, left: Fragment, behind: Behind, member: bool) -> Label:
    """选派|1200名以上|科技特派员."""
    noun = behind.noun
    text = left.verb + noun
    if is_weak(noun):
        text, noun = scene.with_theme(left.verb, noun, figure, left)
    elif left.actor and not names_body(left.actor) and len(left.actor) <= len(text):
        text = left.actor + text
    return Label(text, "noun-behind", member, noun=noun)


def _with_predicate(scene: Scene, figure: Figure, left: Fragment, noun: str, said: tuple[Fragment, str, bool]) -> Label:
    """3个|部门|发布清单 -> 发布清单的部门; 对现行|40件|规范性文件 -> 现行规范性文件."""
    what, action, member = said
    told = action and (figure.quantity.unit in RATES or action.startswith(_HONOURED))
    modifier = "" if told else _modifier(figure, left)
    if modifier:
        return Label(join(modifier, noun), "noun-behind", member, noun=noun)
    everywhere = _REGION.match(figure.left.strip(EDGES)) is not None and len(noun) > 3 and figure.quantity.unit not in ("人", "名")
    if action and "的" not in noun and not everywhere:
        nominal = bool(what.noun) and not what.verb and action == what.noun
        if nominal and noun == "案件":
            return Label(action + noun, "predicate", member, noun=noun)
        if left.preposition == "对" and what.verb == action and not noun.endswith(_ADDRESSED) and len(action) == 2:
            return Label(action + noun, "predicate", member, noun=noun)  # 对37件文件进行清理
        action = _filled(scene, figure, left, noun, what, action)
        share = "占比" if figure.quantity.unit in RATES else ""
        return Label(f"{action}的{noun}{share}", "predicate", member, noun=noun)
    text = noun = scene.full_name(noun)
    if is_weak(noun) and left.noun and not left.verb and len(left.noun) > _LONGEST_MODIFIER:  # 联合抽查事项清单扩展到|38个|领域
        text = noun = join(cut(left.noun, LONGEST_THEME), noun)
    elif is_weak(noun):
        text, noun = scene.with_theme("", noun, figure, left)
    return Label(text, "noun-behind", member, noun=noun)


def _filled(scene: Scene, figure: Figure, left: Fragment, noun: str, what: Fragment, action: str) -> str:
    """An action that needs a word more: 开展|法治督察, 被|约谈, 入驻|调处中心."""
    if what.doing and not what.verb and action == what.noun:
        return "开展" + action
    if what.verb in _INTO and not what.noun:
        return action + scene.named_before(figure)
    done_to = left.preposition == "对" and len(action) == 2
    return "被" + action if done_to and noun.endswith(_ADDRESSED) else action


def _modifier(figure: Figure, left: Fragment) -> str:
    """对现行|40件|规范性文件: what describes the noun stands in front of the number."""
    own = figure.left.rstrip() if figure.left.strip("、和及与 ") else ""
    described = left.means if left.preposition and not left.verb else left.noun or (left.actor if left.light else "")
    joined_to = own.endswith(("的", "等", "和", "及", "与", "、"))
    if not described or described in _FIRST or len(described) > _LONGEST_MODIFIER or joined_to:
        return ""
    return "" if is_weak(described) or _REGION.match(described) or names_body(described) else described


def _shared_predicate(scene: Scene, at: int) -> str:
    """对5个街道和8个部门|开展法治督察: the predicate behind the last of the joined nouns."""
    figures = scene.figures
    for k in range(at, min(at + _MOST_JOINED, len(figures) - 1)):
        if figures[k + 1].clause != figures[at].clause or not _JOINT.search(figures[k].right):
            return ""
        predicate = read_right(figures[k + 1].right.strip()).predicate
        if predicate:
            return predicate
    return ""


def _only_predicate(scene: Scene, figure: Figure, predicate: str, member: bool) -> Label:
    """0.5个工作日办结, 半数以上被采纳, 6名作现场述法: what was said before, by what happens to it."""
    topic = scene.topic(figure)
    what = read_left(predicate) if predicate else Fragment()
    scene.lent = theme_of(what.noun) if what.verb and what.noun else ""
    action = _action(what) or predicate.strip(EDGES)
    action = "未" + action if predicate.startswith(_NOT_YET) and not action.startswith(("未", "没")) else action
    unit = figure.quantity.unit
    if unit in RATES:
        return Label(f"{action}的{topic}占比" if topic else action, "predicate", member, noun=topic)
    if unit in _DURATIONS:
        return Label(join(scene.last.noun if scene.last else topic, action) + "时间", "predicate", member, noun=topic)
    if unit in _THINGS and topic:
        return Label(f"{action}的{topic}", "predicate", member, noun=topic)
    return Label(join(topic, action), "predicate", member, noun=topic)


def _action(what: Fragment) -> str:
    """What a predicate says, short enough for a label: 进行|重大执法决定法制审核, 通过|考试."""
    how = "以" + what.means if what.preposition == "以" and what.verb and len(what.means) <= 6 else ""
    action = how + what.phrase or (what.preposition + what.means if what.preposition in _PASSIVE else "")
    if len(action) <= _LONGEST_PREDICATE:
        return action
    noun = cut(what.noun, _LONGEST_PREDICATE - 2) if what.noun.endswith(_CHECKS) else what.noun  # 开展道路交通安全和|运输执法领域专项督察
    return noun if len(noun) <= _LONGEST_PREDICATE - 2 else ""
