"""What sort of figure: a level (stock), a flow (in the period), a rate or a change.

In: a `Figure` and its label. Out: the kind and the name of the rule that decided. Rates and changes are told by unit and by the
words next to the number, levels by stock words and by units of duration; everything else happened in the period.
"""

from __future__ import annotations

import re

from etl.models import Kind
from etl.parse import phrases
from etl.parse.figures import Figure
from etl.parse.labels import Label, is_relational
from etl.parse.lexicon import word_pattern, words

_CHANGE_WORD = word_pattern("kinds", "change", "words")
_TO = word_pattern("kinds", "change", "to")
_RATE_CHANGE = re.compile(rf"{_CHANGE_WORD}(?!{_TO})(?:了|约|近|超|逾)?$")
_COUNT_CHANGE = re.compile(rf"{word_pattern('kinds', 'change', 'counted')}(?!{_TO})(?:了|约|近|超|逾)?(?:“[^”]*”)*$")
# 较上年减少   比2021年多办   同比增长
_COMPARED = re.compile(
    r"(?:[较比](?:上年末?|去年|上一年|[0-9]{4}年|同期|年初|上月)|同比|环比).{0,6}(?:增|减|升|降|提高|多|少)[^,至到]{0,4}$"
)
_INCREMENT = re.compile(r"(?:新增|增设|净增|净减|取消|调入|调出|收回|增配|承接下放|再增加|减少|压减)[^,]{0,24}$")
# 扩充成员单位到   增至   降到   达到
_TARGET = re.compile(rf"(?:{_CHANGE_WORD}|升|降|减|缩|增|扩|扩充|拓展|发展|壮大)[^,]{{0,12}}(?:至|到|为|达)$")
_REACHED = re.compile(r"(?<![下传])达到?$")
_NOT_CHANGE = re.compile(word_pattern("kinds", "change", "not_change"))
# 平均减环节|71.4%   压减材料|58%
_LESS = re.compile(r"(?:^|[、,和]|平均|再)(?:减|压减|精简|压缩)(?!免|税|轻)[\u4e00-\u9fff]{2,6}$")
_AVERAGE = re.compile(word_pattern("kinds", "rate", "words"))
_EACH = re.compile(r"(?:、|和)?(?:平均)?每(?!年|月|周|日|季)[\u4e00-\u9fff]{1,6}")
# 抽查案卷每县|10份
_PER_BODY = re.compile(r"每[\u4e00-\u9fff]{1,2}$")
_FLOW = re.compile(word_pattern("kinds", "flow", "words"))
_LEVEL_WORD = word_pattern("kinds", "level", "words")
_LEVEL = re.compile(rf"^(?:全[区市县镇省])?{_LEVEL_WORD}|{_LEVEL_WORD}$")
_LEVEL_UNITS = frozenset(words("kinds", "level", "units"))
_BODY_UNITS = frozenset(words("kinds", "level", "bodies"))
_STRONG = re.compile(word_pattern("kinds", "level", "strong"))
_STOCK_UNITS = frozenset("家户个名人项台所张支座套位处")
_LISTED_ACTS = frozenset(words("kinds", "level", "listed_acts"))
_STANDING_ACTS = frozenset(words("kinds", "level", "standing_acts"))
_OCCURRING = frozenset(("次", "件", "起", "场", "批次", "人次", "户次"))
# 建成法治文化广场|46个: what stands; 新建成, 全年建成 happened in the year
_BUILT = re.compile(r"(?:[、,]|全[市县区镇]|现已|已|累计|共)*建成(?!投用)[\u4e00-\u9fff“”()]{2,20}$")
# 自2019年以来累计创建: what happened in those years
_OVER_YEARS = re.compile("以来|近[一二三四五六七八九十两]年|期间")
# 配比为|3:1
_PROPORTION = re.compile("(?:配比|比例|之比|占比|比)[达为]?$")
_HELD = frozenset(words("kinds", "level", "held"))
_STAFF = words("kinds", "level", "staff")
_STOCKS = words("kinds", "level", "stocks")
# 16项社保事项|实行承诺办理   22个居民区|全部建有法治观察点
_STATE = re.compile(word_pattern("kinds", "level", "states"))
_CUMULATED = re.compile(rf"累计(?:已)?{word_pattern('kinds', 'level', 'cumulated')}")
_RATE_UNITS = frozenset({"%", "‰"})
# 全区112个人民调解组织   12个社区法律服务站实现全覆盖
_BODIES = re.compile(r"^(?:[\u4e00-\u9fff]{0,10})(?:组织|街镇|街道|社区|服务站|乡镇|行政村|断面|事项|执法主体)")
_EVERYWHERE = re.compile(r"^\s*$|[全本我][区市县镇乡省]$")
# 发布…目录,涉及重大事项22项   免罚清单,涉及事项57项   事项目录12项
_LIST = re.compile(r"(?:目录|(?<!责任)(?<!任务)清单)(?:[^。;]{0,20}[,](?:共|涉及|纳入|包含)[^,]{0,20})?$")


def find_kind(figure: Figure, label: Label, sentence_left: str, before: Kind | None, whole: Kind | None) -> tuple[Kind, str]:
    """Kind and rule.

    Args:
        figure: the figure.
        label: what it counts.
        sentence_left: its sentence up to the figure, earlier figures included.
        before: the kind of the figure before it in the sentence, which a bare member of a series (增长4.2%、5.3%) shares.
        whole: the kind of the latest figure of the sentence with the same unit that is no part, which its parts (其中) share.
    """
    quantity, left = figure.quantity, figure.left.rstrip()
    if quantity.unit in ("个百分点", "个基点"):
        return "change", "unit"
    member = figure.joined and not left.strip("、和及与, ")
    if before and (member or (label.rule == "noun-behind" and re.search("[、和]$", left))):
        return before, "series"
    if quantity.unit in _RATE_UNITS or (quantity.unit == "" and quantity.value != quantity.value.to_integral_value()):
        changed = _is_change(left, _RATE_CHANGE) or _LESS.search(left)
        return ("change", "change-word") if changed else ("rate", "unit")
    if quantity.unit == "" and _PROPORTION.search(left):
        return "rate", "proportion"
    if label.stage and quantity.unit not in _OCCURRING:
        return "level", "stage"
    if label.rule == "base-year" and before:
        return before, "series"
    if quantity.value == 0 and quantity.unit == "" and _TARGET.search(left):
        return "level", "reached"
    if label.sub and whole and not label.left.verb:
        return whole, "part"
    return _count_kind(figure, label, sentence_left, before)


def _count_kind(figure: Figure, label: Label, sentence_left: str, before: Kind | None) -> tuple[Kind, str]:
    quantity, left = figure.quantity, figure.left.rstrip()
    if _NOT_CHANGE.search(left):
        return "flow", "fixed"
    if _is_change(left, _COUNT_CHANGE):
        return "change", "change-word"
    if quantity.unit == "倍":
        return ("rate", "compared") if label.rule == "share" else ("change", "unit")
    if label.left.change and quantity.unit in _LEVEL_UNITS and not _TARGET.search(left):
        return "change", "change-word"
    return _by_words(figure) or _level_or_flow(figure, label, sentence_left, before)


def _by_words(figure: Figure) -> tuple[Kind, str] | None:
    """What the words just in front of the number and its unit say: acts, averages, durations, increments."""
    unit, left = figure.quantity.unit, figure.left.rstrip()
    if figure.part == "achievement" and _BUILT.match(left):
        return "level", "built"
    if _FLOW.search(left[-14:]):
        return "flow", "act"
    if _AVERAGE.search(left[-16:]) and not (unit in _LEVEL_UNITS and ("平均" in left or "/" in unit)):
        return "rate", "average"
    if unit in _LEVEL_UNITS:
        return "level", "unit"
    if _EACH.match(left) or _PER_BODY.search(left):
        return "rate", "average"
    return ("change", "increment") if _INCREMENT.search(left) else None


def _is_change(left: str, pattern: re.Pattern[str]) -> bool:
    if _NOT_CHANGE.search(left) or _TARGET.search(left):
        return False
    return bool(pattern.search(left) or _COMPARED.search(left))


def _level_or_flow(figure: Figure, label: Label, sentence_left: str, before: Kind | None) -> tuple[Kind, str]:
    left, unit = phrases.strip_openers(figure.left.strip()), figure.quantity.unit
    bare = figure.left.strip()
    if (
        _LEVEL.search(bare)
        or _LEVEL.search(left)
        or _STRONG.search(bare[-16:])
        or (_CUMULATED.search(bare[-20:]) and not _OVER_YEARS.search(sentence_left))
    ):
        return "level", "stock-word"
    if unit in _STOCK_UNITS and (_TARGET.search(bare) or _REACHED.search(bare)):
        return "level", "reached"
    if figure.part == "plan":
        return "flow", "plan"
    if _LIST.search(sentence_left.rstrip()) or re.search("(?:目录|清单)$", figure.right.strip()):
        return "level", "list"
    if _EVERYWHERE.search(figure.left) and _BODIES.match(figure.right):
        return "level", "bodies"
    if figure.part == "shortcoming" and re.search("(?:仅|只有|不足|仅有|仍有|尚有|还有|有)$", bare):
        return "level", "shortage"
    if (
        before == "level"
        and re.search("(?:现有|实有|在用|原有)", sentence_left[-60:])
        and figure.left.startswith(("、", "其中", "和", ",其中"))
    ):
        return "level", "series"
    return _by_noun(figure, label)


def _by_noun(figure: Figure, label: Label) -> tuple[Kind, str]:
    """What the noun and its verb say: lists of 事项, standing staff, stocks, and nouns without any verb."""
    left, unit, noun = label.left, figure.quantity.unit, label.noun or label.text
    verb = left.verb
    if unit == "项" and noun.endswith("事项") and (not verb or verb in _LISTED_ACTS or _STATE.match(_behind(figure, noun))):
        return "level", "list"
    if is_relational(left.noun):
        return "flow", "taking-part"
    if noun.endswith(_STOCKS):
        return "level", "stock"
    if unit in ("人", "名") and verb in _HELD:
        return "level", "staff"
    if unit in ("人", "名") and noun.endswith(_STAFF) and (not verb or verb in _STANDING_ACTS) and label.rule != "predicate":
        return "level", "staff"
    if unit in ("支", "台", "辆", "个") and verb in ("组建", "配备", "共有", "建有") and left.noun:
        return "level", "standing"
    if _STATE.match(_behind(figure, noun)) and unit in _STOCK_UNITS:
        return "level", "state"
    noun_only = label.rule == "noun-before" and unit in _BODY_UNITS
    if noun_only and not verb and not left.light and not left.actor and not phrases.is_verbs_only(label.text):
        return "level", "noun-only"
    return "flow", "default"


def _behind(figure: Figure, noun: str) -> str:
    """The predicate behind the noun that follows the number."""
    right = figure.right.strip()
    return right[len(noun) :] if noun and right.startswith(noun) else right
