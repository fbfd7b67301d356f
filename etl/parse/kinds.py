"""What sort of figure: a level (stock), a flow (in the period), a rate or a change.

In: a `Figure` and its label. Out: the kind and the name of the rule that decided. Rates and changes are told here, by unit and by the
words next to the number; whether other counts are stocks or happened in the period is told in `kind_counts.py`
and by their nouns in `kind_nouns.py`.
"""

from __future__ import annotations

import re

from etl.models import Kind
from etl.parse.figures import Figure
from etl.parse.kind_counts import is_target, level_or_flow
from etl.parse.kind_nouns import Earlier, happens, occurs
from etl.parse.kind_words import INCREMENTS, Governing, governing
from etl.parse.labels import Label
from etl.parse.lexicon import word_pattern, words

__all__ = ["Earlier", "find_kind"]

_ABOUT = "(?:了|约|近|超|逾|超过|将近|达|高达)*"
_CHANGE_WORD = word_pattern("kinds", "change", "words")
_TO = word_pattern("kinds", "change", "to")
_RATE_CHANGE = re.compile(rf"(?:{_CHANGE_WORD}|{word_pattern('kinds', 'change', 'speed')})(?!{_TO})(?:了|约|近|超|逾)?$")
# 降幅分别为   增幅达   增幅最大,达
_MARGIN = re.compile(
    rf"{word_pattern('kinds', 'change', 'margins')}(?:最[高大低小],)?"
    "(?:均|分别|依次|各|最高|平均|仍|也|高)?(?:为|达到?|是|有|在|保持在|超过?|近|逾|约)*$"
)
_COUNT_CHANGE = re.compile(rf"{word_pattern('kinds', 'change', 'counted')}(?!{_TO})(?:了|约|近|超|逾)?(?:“[^”]*”)*$")
# 较上年减少   比2021年多办   同比增长
_COMPARED = re.compile(
    r"(?:[较比](?:上年末?|去年|上一年|[0-9]{4}年|同期|年初|上月)|同比|环比).{0,6}(?:增|减|升|降|提高|多|少)[^,至到]{0,4}$"
)
_COMPARING = re.compile("[较比]")
# 较标准|快7分钟   粮食亩产提高|18公斤
_MORE = re.compile(
    rf"(?:(?:高于|低于|多于|少于)[^,]{{2,12}}(?:水平|平均值?|均值|标准|同期|上年)|[较比][^,]{{1,12}}(?:快|慢|多|少|高|低|早|晚|长|短|提前|提速)|(?<!改造)(?:提高|提升|升高|回升|下降|降低|缩小|拉长|减轻)){_ABOUT}$"
)
# 比2022年的121件|多22件
_THAN = re.compile("^(?:多|少|增加|减少|高|低)(?:了|出)?(?:约|近)?$")
_THAN_BEFORE = re.compile("[比较][^,;。]*$")
_NOT_CHANGE = re.compile(word_pattern("kinds", "change", "not_change"))
# every word that tells the change of a count holds one of these characters
_CHANGING = frozenset("高低多少较比同环提升回下降缩拉减增") | {
    word[0] for word in (*words("kinds", "change", "counted"), *words("kinds", "change", "not_change"))
}
# 平均减环节|71.4%   压减材料|58%
_LESS = re.compile(r"(?:^|[、,和]|平均|再)(?:减|压减|精简|压缩)(?!免|税|轻)[\u4e00-\u9fff]{2,6}$")
_AVERAGE = re.compile(word_pattern("kinds", "rate", "words"))
# 平均配备车辆1.5辆   接访均|不少于12次
_MEAN = re.compile("平均|(?<![人平年日月])均$")
# 为每个村配备法律顾问   每半年接受检查   抽查案卷每县|10份
_PER = re.compile(
    "每(?:一?[个名户村家镇乡街格站所校组队单次场件案处位年月周日天季人县区]|半年|[两三]年|百|千|万|社区|街道|学期)|^(?:、|和)?每(?![年月周日季])[\u4e00-\u9fff]|每[\u4e00-\u9fff]{1,2}$"
)
_PER_HEADS = re.compile(rf"{word_pattern('kinds', 'rate', 'per_heads')}[\u4e00-\u9fff]{{0,10}}(?:率|量|比|数|拥有|配备|占有)")
_RATE_NAME = re.compile(
    rf"{word_pattern('kinds', 'rate', 'names')}(?:均|分别|依次|仍|也|始终|继续)?(?:为|达到?|是|在|保持|保持为|降至|降为|由|从)?$"
)
# 配比为|3:1   之比由
_PROPORTION = re.compile("(?:配比|比例|之比|占比|比|比重)(?:[达为由从]|达到|约为|保持在)?$")
_FLOW = re.compile(word_pattern("kinds", "flow", "words"))
_AMOUNT = re.compile(word_pattern("kinds", "flow", "amounts"))
_LEVEL_UNITS = frozenset(words("kinds", "level", "units"))
_RATE_UNITS = frozenset({"%", "‰"})
# 志愿服务|9.4万小时   心理辅导累计|300小时
_HEADS = ("人", "户", "村", "案", "件", "家")  # 5.2批次/千人
# 最大一笔|5万元   最高单笔奖励
_EXTREME = re.compile("最[高大低小多少长短]的?(?:单笔|单个|单项|一[笔个起件次宗户家]|达|为)[^,]{0,6}$")
# 费用降为|零   问题为零 tells what did not happen
_TO_ZERO = re.compile("(?:[降减升压缩]|下降|减少|压缩|精简|降低|压减)[至到为成]$")
_SPENT = re.compile("(?:共计|总计|合计|志愿服务|总时长)$|累计[^,]{0,8}$")
_NEAR = 16  # characters in front of a number in which an average is looked for
_JOINED = re.compile("[、和]$")


def find_kind(figure: Figure, label: Label, sentence_left: str, earlier: Earlier) -> tuple[Kind, str]:
    """Kind and rule.

    Args:
        figure: the figure.
        label: what it counts.
        sentence_left: its sentence up to the figure, earlier figures included.
        earlier: the kind of the figure before it in the sentence, which a bare member of a series (增长4.2%、5.3%) shares, and of the
            latest figure with the same unit that is no part, which its parts (其中) share.
    """
    unit = figure.quantity.unit
    if unit in ("个百分点", "个基点"):
        return "change", "unit"
    left = figure.left.rstrip()
    if earlier.kind and _is_member(figure, label, left, earlier):
        return earlier.kind, "series"
    value = figure.quantity.value
    if unit in _RATE_UNITS or (unit == "" and value != value.to_integral_value()):
        return _share(left, sentence_left)
    return _named(figure, label, left, earlier) or _count(figure, label, sentence_left, earlier)


def _is_member(figure: Figure, label: Label, left: str, earlier: Earlier) -> bool:
    """增长4.2%、|5.3%; the second end of 由…增至…; 较2020年的|142项."""
    if figure.joined and not left.strip("、和及与, "):
        return True
    if label.rule in ("noun-behind", "predicate") and _JOINED.search(left):
        return True
    return label.stage == "after" and earlier.unit == figure.quantity.unit


def _share(left: str, sentence_left: str) -> tuple[Kind, str]:
    changed = _is_change(left, _RATE_CHANGE) or _LESS.search(left) or _MARGIN.search(sentence_left, max(0, len(sentence_left) - 20))
    return ("change", "change-word") if changed else ("rate", "unit")


def _named(figure: Figure, label: Label, left: str, earlier: Earlier) -> tuple[Kind, str] | None:
    """Rates that no unit shows (之比为3:1, 逾期率为0, 万人起诉率3.8件, 从每格1名), ends of changes, parts of a whole."""
    unit = figure.quantity.unit
    measured = _is_measured(unit)
    if unit == "" and _PROPORTION.search(left):
        return "rate", "proportion"
    if not measured and (_RATE_NAME.search(left[-_NEAR:]) or _PER_HEADS.search(left)):
        return "rate", "rate-name"
    if label.stage and not measured and _is_per(left):
        return "rate", "average"
    if label.stage and not occurs(unit) and not _AMOUNT.search(left):
        return "level", "stage"
    if label.rule == "base-year" and earlier.kind:
        return earlier.kind, "series"
    if unit == "" and (_TO_ZERO.search(left) if figure.quantity.value == 0 else is_target(left) and figure.right.startswith(("、", "和"))):
        return "level", "reached"
    if "最" in left and _EXTREME.search(left):
        return "level", "extreme"
    if earlier.whole and ((label.sub and not label.left.verb and not happens(figure)) or left.lstrip(", ").startswith("包括")):
        return earlier.whole, "part"
    return None


def _count(figure: Figure, label: Label, sentence_left: str, earlier: Earlier) -> tuple[Kind, str]:
    unit, left = figure.quantity.unit, figure.left.rstrip()
    told = None if _CHANGING.isdisjoint(left) else _by_change(left, sentence_left)
    if told:
        return told
    if unit == "倍":
        return ("rate", "compared") if label.rule == "share" else ("change", "unit")
    if label.left.change and unit in _LEVEL_UNITS and not is_target(left):
        return "change", "change-word"
    word = governing(left, label.left)
    return _by_words(unit, left, word) or level_or_flow(figure, label, sentence_left, earlier, word)


def _by_change(left: str, sentence_left: str) -> tuple[Kind, str] | None:
    """What the words of change say: 较上年增加, 较标准快; 城镇新增就业 is none."""
    if _NOT_CHANGE.search(left):
        return "flow", "fixed"
    if _is_change(left, _COUNT_CHANGE) or (_MORE.search(left) and not is_target(left)):
        return "change", "change-word"
    return ("change", "change-word") if _THAN.match(left) and _THAN_BEFORE.search(sentence_left) else None


def _by_words(unit: str, left: str, word: Governing) -> tuple[Kind, str] | None:
    """What the words just in front of the number and its unit say: increments, acts, averages, durations."""
    if word.sense == "change" and (word.final or word.opens or word.text.startswith(INCREMENTS)) and not is_target(left):
        return ("rate", "average") if "平均每" in left and not _is_measured(unit) else ("change", "increment")
    if _AMOUNT.search(left[-14:]):
        return "flow", "act"
    near, measured = left[-_NEAR:], _is_measured(unit)
    if unit in _LEVEL_UNITS and _SPENT.search(left):
        return "flow", "duration-spent"
    if _AVERAGE.search(near) and not (measured and ("平均" in left or "/" in unit)):
        return "rate", "average"
    if _FLOW.search(left[-14:]):
        return "flow", "act"
    if measured:
        return "level", "unit"
    return ("rate", "average") if "/" in unit or ("均" in near and _MEAN.search(near)) or _is_per(left) else None


def _is_per(left: str) -> bool:
    return "每" in left and _PER.search(left) is not None


def _is_measured(unit: str) -> bool:
    """Durations, scores, concentrations: 小时, 分, 微克/立方米."""
    return unit in _LEVEL_UNITS or ("/" in unit and not unit.endswith(_HEADS))


def _is_change(left: str, pattern: re.Pattern[str]) -> bool:
    if is_target(left) or _NOT_CHANGE.search(left):
        return False
    return pattern.search(left) is not None or (_COMPARING.search(left) is not None and _COMPARED.search(left) is not None)
