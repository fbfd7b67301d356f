"""Labels of the two ends of a change: 由11.5个工作日缩短至4个工作日.

In: two figures that follow each other. Out: a label for each, the thing that changes with (压缩前), (压缩后); where the earlier period is
said, its name alone.
"""

from __future__ import annotations

import re

from etl.parse import clauses, phrases
from etl.parse.figures import Figure
from etl.parse.labels.label import Label

_FROM = re.compile(r"(?:由|从)(?P<between>[^,、由从]{0,10})$")
# 缩短至   压缩到   整合为   升至第四季度的   降到   -> the verb decides what the two ends are called
_TO = re.compile(r"^(?P<noun>[\u4e00-\u9fff]{0,6}?)(?P<verb>[\u4e00-\u9fff]{1,6}?)(?:至|到|为|成)[^,。;、]{0,6}$")
_STAGES = {
    "压": "压缩", "缩": "压缩", "精简": "精简", "减": "压缩", "整合": "整合", "调整": "调整", "扩": "扩大",
    "增": "增加", "提": "提高", "升": "提高", "降": "下降", "变": "变更", "优": "优化",
}  # fmt: skip
_RISES = frozenset(("增加", "提高"))
# 由2020年的, 由上年的, 由年初的, 由第一季度的: the earlier period is said
_DURATIONS = frozenset(("天", "个工作日", "工作日", "小时", "分钟", "个月", "个小时", "年", "日"))  # 由15天压减至3个工作日
_BEGINNINGS = ("年初", "期初")
_A_PERIOD = re.compile("(?:19|20)[0-9]{2}年|[上去前]年|年[初末中]|[季月]|半年|同期|期[初末]")


def before_and_after(text: str, before: Figure, after: Figure) -> tuple[Label, ...]:
    """Labels of the two ends of 由30天压缩到12天 by what stands in front of 由; none where the two are no such ends."""
    units = {before.quantity.unit, after.quantity.unit}
    if before.sentence != after.sentence or (len(units) > 1 and not units <= _DURATIONS):
        return ()
    origin = _FROM.search(before.left.rstrip()) if "由" in before.left or "从" in before.left else None
    bridge = _TO.match(text[before.quantity.end : after.quantity.start].strip()) if origin else None
    if bridge is None or origin is None:
        return ()
    base = _thing_changed(before.left[: origin.start()])
    noun = re.match(r"[\u4e00-\u9fff]*", after.right.strip())
    if noun and 0 < len(noun.group()) <= 6 and not base.endswith(noun.group()) and not phrases.is_verbs_only(noun.group()):
        base += noun.group()
    stage = next((name for mark, name in _STAGES.items() if mark in bridge["verb"]), "")
    said = _A_PERIOD.search(origin["between"])
    if said and said.group() in _BEGINNINGS:  # 由年初的412名增至1036名
        return Label(f"{base}({said.group()})", "before-after", stage="before", noun=base), Label(
            base, "before-after", stage="after", noun=base
        )
    stage = "" if said else stage
    ends = (f"({stage}前)", "" if stage in _RISES else f"({stage}后)") if stage else ("", "")
    return Label(base + ends[0], "before-after", stage="before", noun=base), Label(base + ends[1], "before-after", stage="after", noun=base)


def _thing_changed(fragment: str) -> str:
    """What changes, without who changes it: 县行政审批局将企业开办环节 -> 企业开办环节."""
    said = phrases.strip_openers(fragment)
    left = clauses.read_left(said)
    if left.preposition in ("将", "把") and left.means:
        return left.means
    moved = max(said.rfind("将"), said.rfind("把"))
    if moved > 1 and clauses.names_body(said[:moved]) and moved + 2 < len(said):
        return said[moved + 1 :]
    return phrases.strip_preposition(said)
