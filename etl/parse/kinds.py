"""What sort of figure: a level (stock), a flow (in the period), a rate or a change.

In: a `Figure` and its label. Out: the kind and the name of the rule that decided. Rates and changes are told by unit and by the
words next to the number, levels by stock words and by units of duration; everything else happened in the period.
"""

from __future__ import annotations

import re

from etl.models import Kind
from etl.parse.figures import Figure
from etl.parse.lexicon import word_pattern, words

_CHANGE_WORD = word_pattern("phrases", "change", "words")
_TO = word_pattern("phrases", "change", "to")
# …增长46.61%   新增“轻微失信信用修复”2个   较上年减少   but not 提高到56.4%
_CHANGED = re.compile(rf"{_CHANGE_WORD}(?!{_TO})(?:了|约|近|超|逾)?(?:“[^”]*”)*$")
_CHANGED_FAR = re.compile(
    r"(?:较|比|同比|与)(?:上年|去年|[0-9]{4}年|同期|上年末|年初)?.{0,6}(?:增|减|升|降|提高|多|少|下降|增长)[^,至到]{0,4}$"
)
_INCREMENT = re.compile(r"(?:新增|增设|净增|净减|取消|调入|调出|收回|增配|承接下放|再增加)[^,]{0,24}$")
_TARGET = re.compile(rf"(?:{_CHANGE_WORD}|升|降|减|缩|增|扩充)[^,]{{0,12}}(?:至|到|为|达)$")
_NOT_CHANGE = re.compile(word_pattern("phrases", "change", "not_change"))
_AVERAGE = re.compile(word_pattern("phrases", "rate", "words"))
_FLOW = re.compile(word_pattern("phrases", "flow", "words"))
_LEVEL = re.compile(word_pattern("phrases", "level", "words"))
_LEVEL_UNITS = frozenset(words("phrases", "level", "units"))
_RATE_UNITS = frozenset(["%", "‰"])
# 全区112个人民调解组织   12个社区法律服务站实现全覆盖
_BODIES = re.compile(r"^(?:[\u4e00-\u9fff]{0,10})(?:组织|街镇|街道|社区|服务站|乡镇|行政村|断面|事项|执法主体)")


def find_kind(figure: Figure, label: str, clause_left: str) -> tuple[Kind, str]:
    """Kind and rule; `clause_left` is the clause up to the figure, earlier figures included."""
    quantity, left = figure.quantity, figure.left.rstrip()
    if quantity.unit in ("个百分点", "个基点"):
        return "change", "unit"
    changed = _is_change(left)
    if quantity.unit in _RATE_UNITS or (quantity.unit == "" and quantity.value != quantity.value.to_integral_value()):
        return ("change", "change-word") if changed else ("rate", "unit")
    if _NOT_CHANGE.search(left):
        return "flow", "fixed"
    if changed:
        return "change", "change-word"
    if quantity.unit == "倍":
        return "change", "unit"
    if _AVERAGE.search(left[-16:]) and not (quantity.unit in _LEVEL_UNITS and "平均" in left):
        return "rate", "average"
    if _FLOW.search(left[-14:]):
        return "flow", "act"
    if quantity.unit in _LEVEL_UNITS:
        return "level", "unit"
    if _INCREMENT.search(left):
        return "change", "increment"
    return _level_or_flow(figure, label, clause_left)


def _is_change(left: str) -> bool:
    if _NOT_CHANGE.search(left) or _TARGET.search(left):
        return False
    return bool(_CHANGED.search(left) or _CHANGED_FAR.search(left))


def _level_or_flow(figure: Figure, label: str, clause_left: str) -> tuple[Kind, str]:
    left = figure.left
    if _LEVEL.search(left[-14:]) or _LEVEL.search(label[:8]) or _TARGET.search(left.rstrip()):
        return "level", "stock-word"
    if figure.part != "plan" and re.search("[全本我][区市县镇省]?$", left) and _BODIES.match(figure.right):
        return "level", "bodies"
    if re.search("(?:现有|实有|在用|截至|原有)", clause_left[-40:]) and figure.left.startswith(("、", "其中", "和")):
        return "level", "series"
    return "flow", "default"
