"""Whether a count is a stock by its noun: lists of 事项, standing staff, areas, bodies without any verb; everything else happened.

In: a figure, its label, the word that governs it, and what the figures before it are. Out: the kind and the rule. Words of being and
having are looked at before, in `kind_counts.py`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.models import Kind
from etl.parse import phrases
from etl.parse.figures import Figure
from etl.parse.fragments import Fragment
from etl.parse.kind_words import NOTHING, Governing, governing
from etl.parse.labels import Label, is_relational
from etl.parse.lexicon import word_pattern, words

_CLASSES = frozenset(words("kinds", "level", "classes"))
_BODY_UNITS = frozenset(words("kinds", "level", "bodies"))
_AREAS = frozenset(("平方米", "公里", "亩", "公顷", "平方公里", "米", "立方米"))
_EXTENTS = ("面积", "里程", "长度", "容积")
STOCK_UNITS = frozenset("家户个名人项台所张支座套位处卷条部辆艘架栋间幢路只类") | {"TB", ""} | _AREAS
_LIST_UNITS = frozenset(("项", "个", "条", "类", "种", "档", "款"))
OWN_STOCKS = frozenset("家户人名位个")
_OCCURRING = frozenset(("次", "件", "起", "场", "期", "宗", "例", "单", "通", "批", "批次", "人次", "户次"))
_LISTED_ACTS = frozenset(words("kinds", "level", "listed_acts"))
_LISTED = words("kinds", "level", "listed")
_HELD = frozenset(words("kinds", "level", "held"))
_STANDING_ACTS = frozenset(words("kinds", "level", "standing_acts"))
_ENGAGED = frozenset(("配备", "聘请", "聘任", "聘用", "共聘任", "共聘请", "共配备"))
STAFF = words("kinds", "level", "staff")
_STOCKS = words("kinds", "level", "stocks")
_EQUIPPING = frozenset(("组建", "配备", "共有", "建有"))
# 中心设综合|窗口12个
_WINDOWS = re.compile("(?<![新增])设[置立有]?[^,]{0,10}窗口$")
_EQUIPMENT_UNITS = frozenset("支台辆艘架套部个")
_COVERED = words("kinds", "level", "covered")
# 全部建有   均设有   实行承诺办理   没有公职律师
_STATE = re.compile(
    rf"(?:已|现已)?(?:已?全部|均已?|都|普遍|全都){word_pattern('kinds', 'level', 'states')}"
    rf"|已?{word_pattern('kinds', 'level', 'states_alone')}"
)
# 全年对   已先后对集镇停车场选址等
_LOOKED_AT = re.compile("(?:^|[,; ]|全年|年内|年度|已|先后|累计|共|[0-9]月份?)对[^,;]*$")
_ROUNDS = frozenset(("轮", "课时", "学时", "节", "堂", "讲", "人"))
_EVENTS = words("kinds", "level", "events")
# 132项|业务可就近办理
_CAN_BE_DONE = re.compile(
    "[\u4e00-\u9fff“”]{2,14}?(?:已|均|都|全部)*可(?:在[^,;]{1,16})?[\u4e00-\u9fff]{0,4}(?:[通网自]办|办理|受理|查询|申请|申报|办结)"
)
TOWARDS = ("对", "向", "与", "为", "给")
# 对4项已实施决策|开展后评估
_EXAMINED = re.compile("(?:开展|进行|实施).{0,4}(?:评估|审查|审核|论证|检查|督察|督查|复核|清理|听证)")


class Earlier(NamedTuple):
    """What the figures before one in its sentence are: the last one's kind and unit, and the kind of the last whole with its own unit."""

    kind: Kind | None = None
    unit: str = ""
    whole: Kind | None = None


def occurs(unit: str) -> bool:
    """Whether what the unit counts happens: 件, 人次, 家次."""
    return unit in _OCCURRING or unit.endswith("次")


def happens(figure: Figure) -> bool:
    """Whether an act stands directly behind the number: 8个|获评标杆, 3人|补考后合格."""
    found = governing(figure.right.strip()[:6], Fragment())
    return found.sense == "act" and found.opens and found.text not in _HELD


def is_state(figure: Figure, noun: str) -> bool:
    """What is said behind the noun is how things stand: 22个居民区|全部建有法治观察点, 11个部门|没有公职律师."""
    right = figure.right.strip()
    if "可" in right and _CAN_BE_DONE.match(right):
        return True
    behind = right[len(noun) :] if noun and right.startswith(noun) else right
    return _STATE.match(behind) is not None and not noun.endswith("项目") and not figure.left.lstrip().startswith(TOWARDS)


def by_noun(figure: Figure, label: Label, earlier: Earlier, word: Governing) -> tuple[Kind, str]:
    """What the noun and its verb say: lists of 事项, standing staff, stocks, and nouns without any verb."""
    unit, noun = figure.quantity.unit, label.noun or label.text
    verb = label.left.verb or (word.text if word.sense in ("act", "activity") else "")
    if verb and word is NOTHING and f"{verb}人" in figure.left:  # 法治带头人: part of a noun
        verb = ""
    if verb == "承接" and (earlier.unit == unit or "下放" in figure.left):  # 保留316项,承接3项,取消5项
        return "change", "increment"
    if _listed(figure, noun, verb, earlier):
        return "level", "list"
    if _is_size(unit, noun, earlier, word):
        return "level", "size"
    if is_relational(label.left.noun):
        return "flow", "taking-part"
    if noun.endswith(_STOCKS) and word.sense not in ("act", "activity"):
        return "level", "stock"
    if unit in ("人", "名") and _is_staff(figure, label, noun, verb):
        return "level", "staff"
    equipped = unit in _EQUIPMENT_UNITS and verb in _EQUIPPING and label.left.noun
    if equipped or (unit == "个" and _WINDOWS.search(figure.left)):
        return "level", "standing"
    if unit in STOCK_UNITS and is_state(figure, noun):
        return "level", "state"
    return _noun_only(figure, label, earlier, word) if not verb else ("flow", "default")


def _listed(figure: Figure, noun: str, verb: str, earlier: Earlier) -> bool:
    """The size of a list or of what it covers: 涉及事项57项, 5大类28小类, 覆盖26个领域."""
    unit = figure.quantity.unit
    if unit in _CLASSES and (figure.left.strip() or earlier.unit in _CLASSES):
        return True
    if verb == "覆盖":
        return unit in STOCK_UNITS and noun.endswith(_COVERED) and not _is_an_event(figure, earlier)
    if _is_examined(figure):
        return False
    return unit in _LIST_UNITS and noun.endswith(_LISTED) and (not verb or verb in _LISTED_ACTS or is_state(figure, noun))


def _is_an_event(figure: Figure, earlier: Earlier) -> bool:
    """Whether what covers places happened: 开展督察2轮,|覆盖16个部门, 执法检查|覆盖12个乡镇; but not 服务网络覆盖."""
    if earlier.kind == "flow" and (occurs(earlier.unit) or earlier.unit in _ROUNDS):
        return True
    return figure.left.partition("覆盖")[0].endswith(_EVENTS)


def _is_examined(figure: Figure) -> bool:
    """全年对3项重大事项|开展风险评估: how many were looked at, whatever they are."""
    return _EXAMINED.search(figure.right) is not None and _LOOKED_AT.search(figure.left) is not None


def _is_size(unit: str, noun: str, earlier: Earlier, word: Governing) -> bool:
    """辖区面积3.6平方公里, 服务半径3公里."""
    if unit not in _AREAS:
        return False
    return noun.endswith(("半径", "距离")) or (word is NOTHING and earlier.kind != "flow" and noun.endswith(_EXTENTS))


def _is_staff(figure: Figure, label: Label, noun: str, verb: str) -> bool:
    if verb in _HELD:
        return True
    if label.rule == "ellipsis" and verb in _ENGAGED:
        return True
    if not noun.endswith(STAFF) or label.rule == "predicate" or (verb and verb not in _STANDING_ACTS):
        return False
    right = figure.right.strip()
    behind = governing(right[len(noun) :][:6], Fragment()) if right.startswith(noun) else NOTHING
    return behind.sense != "act"  # 1200名干警|参加考试


def _noun_only(figure: Figure, label: Label, earlier: Earlier, word: Governing) -> tuple[Kind, str]:
    """高新技术企业超6.1万家, 法律顾问2名: nothing happens."""
    alone = label.rule in ("noun-before", "respectively", "each") and figure.quantity.unit in _BODY_UNITS and word is NOTHING
    if not alone or label.left.light or label.left.actor or phrases.is_verbs_only(label.text) or happens(figure):
        return "flow", "default"
    if figure.quantity.unit not in OWN_STOCKS and earlier.kind == "flow" and earlier.unit != "%" and label.left.noun:
        return "flow", "series"
    return "level", "noun-only"
