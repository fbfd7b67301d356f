"""Whether a Chinese numeral with its measure word reports a result (近百场, 三十五件, 会议四次) or is said in passing (三个部门, 一位).

In: folded text, the number and the figure that it would make. Out: yes or no. Most Chinese numerals of one digit are names and turns
of speech, so one counts only where something speaks for it: a qualifier, an act that counts (组建六支队伍), its place at the end
of a clause (会议四次), or a length of time that something takes (缩短至五个工作日). The acts and units are data (`lexicon/units.toml`).
"""

from __future__ import annotations

import re

from etl.models import Qualifier
from etl.parse.lexicon import prefix_tree, words
from etl.parse.numerals import Number

BOUNDARY = re.compile(r"\s*(?:[,。;、)\]\n!?]|$)")

_BARE_SCALES = frozenset(("十", "百", "千", "万", "亿", "百万", "千万"))
_NOT_COUNTED = frozenset("年岁周")  # dates and ages
_DAYS = frozenset(("日", "天", "周", "分钟", "小时", "分", "度", "秒", "个年度", "元/人", "里", "折"))
_DETERMINERS = frozenset("每这那同另某任哪逐唯统各有成是为出")
_UNITS = frozenset(words("units", "results", "units"))
_ANY_UNITS = frozenset(words("units", "results", "any_units"))
_SPANS = frozenset(words("units", "results", "spans"))
_MIDDLE = "[了过各近全共年]{0,2}"
_ACT = re.compile(rf"{prefix_tree(words('units', 'results', 'acts'))}{_MIDDLE}\Z")
_COUNTED_ACT = re.compile(rf"{prefix_tree(words('units', 'results', 'counted_acts'))}{_MIDDLE}\Z")
_SHORTER = re.compile(rf"(?:{prefix_tree(words('units', 'results', 'shorter'))}[至到为是]?|[由从])\Z")
# 半天|办结, 三个工作日内|即可完成
_DONE = re.compile(rf"(?:以?内)?(?:即可|便可|就能|可)?{prefix_tree(words('units', 'results', 'done'))}")
# 由|八个|减少到三个
_CHANGES = re.compile("(?:压|减|缩|精简|增|降|升|提|优化|调整|扩)")
_WINDOW = 8
_NOUN_END = re.compile(r"[\u4e00-\u9fff)”》]")


def reports_a_result(text: str, start: int, number: Number, unit: str, end: int, qualifier: Qualifier | None) -> bool:
    """Judge the numeral from `start` with `unit` up to `end`; `qualifier` is the word in front of it (近, 超过), if any."""
    if unit in _NOT_COUNTED:
        return False
    if unit in _SPANS and (_SHORTER.search(text, max(0, start - _WINDOW), start) or _DONE.match(text, end)):
        return True  # 压缩至五个工作日, 平均用时十二天, 半天办结
    if unit in _DAYS:
        return False
    numeral = text[start : number.end].rstrip("余多来")
    if numeral in _BARE_SCALES:
        return number.exactness != "exact" or qualifier is not None
    if number.value >= 10:
        return True
    before = text[start - 1 : start]
    if numeral == "一" and (before in _DETERMINERS or unit == "次"):
        return False
    if qualifier or unit == "倍" or (unit in _UNITS and BOUNDARY.match(text, end) and _NOUN_END.match(before)):
        return True
    return numeral != "一" and ((before in ("由", "从") and _CHANGES.match(text, end) is not None) or _follows_an_act(text, start, unit))


def _follows_an_act(text: str, start: int, unit: str) -> bool:
    """组建六支小分队, 查处九起; 建立三项制度 is no count."""
    act = _COUNTED_ACT if unit in _ANY_UNITS else _ACT
    return unit in _UNITS and act.search(text, max(0, start - _WINDOW), start) is not None
