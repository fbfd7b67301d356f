"""Labels of figures whose words name what was counted before: 较2020年的142项, 前者27件, 比上年多22件, 19个司法所平均2.1人.

In: the scene and the words in front of the figure. Out: a label, none where the words name something else.
"""

from __future__ import annotations

import re

from etl.parse import phrases
from etl.parse.figures import Figure
from etl.parse.labels.label import Label
from etl.parse.labels.scene import Scene, default_noun
from etl.parse.labels.surroundings import EDGES
from etl.parse.labels.topics import cut

# 较2020年的|142项|大幅增加: the base of a comparison
_BASE_YEAR = re.compile(r"[较比](?P<year>(?:19|20)[0-9]{2})年(?:度)?的$")
_MOST = frozenset("最" + how for how in "长短高低多少大小")
_MORE = {"多": "增加", "少": "减少", "高": "提高", "低": "降低"}
_EXTENDED = re.compile("(?:扩展|拓展|扩大|延伸|覆盖)$")  # 抽查事项清单扩展到|38个领域|119项
_ASPECTS = frozenset(("方面", "领域", "环节", "大类", "类", "板块", "类别"))


def counted_before(scene: Scene, figure: Figure, own: str, member: bool) -> Label | None:
    """较2020年的142项, 前者27件: what the words name was counted before."""
    base = _BASE_YEAR.search(figure.left) if "的" in figure.left[-2:] else None
    if base and scene.last is not None:
        return Label(scene.last.label, "base-year", member, period=base["year"], noun=scene.last.noun)
    word = own.strip(EDGES).rstrip("为达的")
    if word in _MOST and scene.last is not None and figure.quantity.unit == scene.last.unit:  # 平均用时20天,|最长|45天
        label = scene.last.label
        return Label(label.replace("平均", word, 1) if "平均" in label else label + word, "extreme", member)
    if word in _MORE and scene.last is not None and figure.quantity.unit == scene.last.unit:  # 比2022年的121件|多|22件
        return Label(scene.last.label + _MORE[word], "change", member)
    pair = _pair(scene) if word in ("前者", "后者") else None
    if pair:
        former = pair[0 if word == "前者" else 1]
        return Label(former, "former-latter", True, noun=former)
    return _of_each(scene, figure, own, member)


def _pair(scene: Scene) -> tuple[str, str] | None:
    """The two things counted together last; fragments that were looked through are not looked through again."""
    for own in reversed(scene.joining):
        members = phrases.split_coordination(cut(own, 40))
        if len(members) == 2:
            scene.coordination = (members[0], members[1])
            break
    scene.joining.clear()
    return scene.coordination


def _of_each(scene: Scene, figure: Figure, own: str, member: bool) -> Label | None:
    """19个司法所平均|2.1人, 细化为7个方面|46项: what stands between belongs to the figure before."""
    last = scene.last
    each = own.strip(EDGES).removesuffix("平均")
    if last is None or not each or not last.noun.endswith(each):
        return None
    if own.rstrip().endswith("平均"):
        return Label(f"{last.noun}平均{default_noun(figure.quantity.unit)}", "average", member)
    of = _EXTENDED.sub("", scene.left_before.noun or scene.left_before.means)
    return Label(of, "same-as-before", member, noun=of) if of and each in _ASPECTS else None
