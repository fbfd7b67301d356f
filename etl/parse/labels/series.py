"""One phrase for several figures, and one figure for several things.

In: the figures of a text. Out: for the figures concerned, their labels: 人大建议、政协提案分别为31件、44件 (one each), 意见书、建议书各5份
and 报备率、报备及时率均为100% (one figure, several labels), 由11.5个工作日缩短至4个工作日 (before and after).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.parse import clauses, phrases
from etl.parse.figures import Figure
from etl.parse.labels.label import Label
from etl.parse.lexicon import word_pattern, words
from etl.parse.words import tokenize

_CHANGE = re.compile(rf"^(?:同比|较上年|环比)?{word_pattern('kinds', 'change', 'words')}")
_EACH = re.compile(rf"(?:各|均)(?P<tail>{word_pattern('kinds', 'change', 'words')})?(?:为|达到?|有|在|是|计|保持)?$")
# 分别为   依次为
_RESPECTIVELY = re.compile(r"分别|依次|各(?=[占为达有是][^,]{0,4}$|$)")
# 2019年、2020年和2021年|收到行政复议申请
_EACH_YEAR = re.compile(r"((?:19|20)[0-9]{2})年度?")
_BY_YEAR = re.compile(r"(?P<years>(?:(?:19|20)[0-9]{2}年度?[、和及与]?){2,})(?P<rest>[^,;。]*)$")
_MANNER = re.compile("(?:按期|按时|及时|当场|提前|限时|群众|市民)$")
# 优秀、良好、合格|等次
_GRADE = re.compile("(?<=..)(?:等次|等级|等)$")
_FROM = re.compile(r"(?:由|从)(?P<between>[^,、由从]{0,10})$")
# 缩短至   压缩到   整合为   升至第四季度的   降到   -> the verb decides what the two ends are called
_TO = re.compile(r"^(?P<noun>[\u4e00-\u9fff]{0,6}?)(?P<verb>[\u4e00-\u9fff]{1,6}?)(?:至|到|为|成)[^,。;、]{0,6}$")
_BODIES = words("organizations", "actors", "suffixes")
# 案件中涉及|建筑市场
_OPENING_VERB = re.compile(r"^.*(?:涉及|包括|涵盖)(?=.)")
_CONVENERS = words("labels", "conveners", "endings")
_NOUNS = frozenset(words("words", "nouns"))
_SHARED_ENDS = tuple(sorted(words("labels", "shared", "ends"), key=len, reverse=True))
_LONG_ITEM = 8
_SHORT_ITEM = 4
_SHORT_WHOLE = 2
_LEVELS = frozenset("级类审区县市镇")
_STAGES = {
    "压": "压缩", "缩": "压缩", "精简": "精简", "减": "压缩", "整合": "整合", "调整": "调整", "扩": "扩大",
    "增": "增加", "提": "提高", "升": "提高", "降": "下降", "变": "变更",
}  # fmt: skip
_RISES = frozenset(("增加", "提高"))
# 由2020年的, 由上年的, 由年初的, 由第一季度的: the earlier period is said
_A_PERIOD = re.compile("(?:19|20)[0-9]{2}年|[上去前]年|年[初末中]|[季月]|半年|同期|期[初末]")
# 一至四季度|分别为   四个季度
_FOUR_QUARTERS = re.compile("(?:一至四|四个|各|1-4|1至4)季度(?P<rest>[^,;。]*)$")
# 第二、第三、第四季度|投诉量
_SOME_QUARTERS = re.compile("(?P<quarters>(?:第?[一二三四](?:季度)?[、和及与])+第?[一二三四]季度)(?P<rest>[^,;。]*)$")
_QUARTER = re.compile("[一二三四]")
# 分|矿山、危化、工贸、消防四个领域
_COUNTED_ENDS = re.compile("(?<=..)[一二三四五六七八九十两0-9]+[个大]?(?P<sort>领域|方面|类|行业|环节|条线|项|个)$")


def respectively(figures: Sequence[Figure], first: int, year: int | None) -> dict[int, Label]:
    """Labels of a run of joined figures behind 分别; empty where there is no such run at `first`."""
    last = first
    while last + 1 < len(figures) and figures[last + 1].joined and figures[last + 1].sentence == figures[first].sentence:
        last += 1
    left = figures[first].left
    marks = list(_RESPECTIVELY.finditer(left))
    count = last - first + 1
    if not marks or count < 2:
        return {}
    mark = marks[-1]
    by_year = _BY_YEAR.search(left[: mark.start()])
    if by_year:
        years = _EACH_YEAR.findall(by_year["years"])
        if len(years) == count:
            verb = left[mark.end() :].strip()
            said = by_year["rest"].removeprefix("三年").removeprefix("两年") or left[: by_year.start()]
            rest = clauses.read_left(said).phrase or clauses.read_left(verb).phrase or "数量"
            tail = verb if _CHANGE.match(verb) else ""
            return {first + k: Label(rest + tail, "respectively-years", period=year) for k, year in enumerate(years)}
    quarters = _FOUR_QUARTERS.search(left[: mark.start()])
    if quarters and count == 4 and year:
        rest = quarters["rest"] or left[: quarters.start()]
        return {first + k: Label(rest, "respectively-quarters", period=f"{year}-Q{k + 1}") for k in range(4)}
    some = _SOME_QUARTERS.search(left[: mark.start()])
    if some and year:
        numbers = _QUARTER.findall(some["quarters"])
        if len(numbers) == count:
            rest = some["rest"] or left[: some.start()]
            periods = [f"{year}-Q{'一二三四'.index(number) + 1}" for number in numbers]
            return {first + k: Label(rest, "respectively-quarters", period=period) for k, period in enumerate(periods)}
    items = phrases.split_coordination(phrases.strip_openers(left[: mark.start()]))
    if len(items) < count or (mark.group() == "各" and len(items) > count):
        return {}
    verb = left[mark.end() :].strip()
    said = clauses.read_left(verb + _noun_behind(figures[last].right))
    acting = clauses.read_left(items[-1])
    if not said.phrase and acting.actor and acting.verb:  # 市场监管所、派出所|参与联合调解|分别达
        items[-1], said = acting.actor, acting
    if said.phrase and all(item.endswith(_BODIES) and not item.endswith(_CONVENERS) for item in items[-count:]):  # 派出所、司法所|分别|调处纠纷
        return {first + k: Label(said.phrase, "respectively", noun=said.noun or None) for k in range(count)}
    first_item = _OPENING_VERB.sub("", items[0])
    items = [clauses.read_left(first_item).phrase or first_item, *items[1:]]
    items = [_GRADE.sub("", item) for item in items[-count:]]
    if len(items[0]) > _LONG_ITEM and "的" in items[0][:-2]:
        items[0] = items[0].rsplit("的", 1)[1]
    tail = _tail_behind(verb, said)
    return {first + k: Label(text + tail, "respectively") for k, text in enumerate(_share(items, figures[first].quantity.unit))}


def _tail_behind(verb: str, said: clauses.Fragment) -> str:
    """What is said of each behind 分别: 同比增长, 占, 参与合同审查."""
    if verb.endswith(("至", "到", "为")):
        return ""
    whole = verb.removeprefix("占").removesuffix("的") if verb.startswith("占") else None
    if whole is not None:
        return f"占{whole}比例" if len(whole) > _SHORT_WHOLE else "占比"
    return verb if _CHANGE.match(verb) or phrases.is_act(verb) else said.phrase if said.verb and said.noun else ""


def _noun_behind(right: str) -> str:
    """派出所、司法所分别调处|338起、207起|纠纷: the noun stands behind the last number."""
    noun = re.match("[\u4e00-\u9fff]{2,6}$", right.strip())
    return noun.group() if noun else ""


def each(figure: Figure) -> list[Label]:
    """Labels of one figure said of several things with 各 or 均; empty where it is not."""
    left = figure.left.rstrip()
    mark = _EACH.search(left)
    if mark is None:
        return []
    items = phrases.split_coordination(phrases.strip_openers(left[: mark.start()]))
    if len(items) < 2 or any(len(item) > 24 for item in items):
        return []
    items[0] = clauses.read_left(items[0]).phrase or items[0]
    return [Label(item + (mark["tail"] or ""), "each") for item in _share(items, figure.quantity.unit)]


def before_and_after(text: str, before: Figure, after: Figure) -> tuple[Label, ...]:
    """Labels of the two ends of 由30天压缩到12天 by what stands in front of 由; none where the two are no such ends."""
    if before.sentence != after.sentence or before.quantity.unit != after.quantity.unit:
        return ()
    bridge = _TO.match(text[before.quantity.end : after.quantity.start].strip())
    origin = _FROM.search(before.left.rstrip())
    if bridge is None or origin is None:
        return ()
    base = _thing_changed(before.left[: origin.start()])
    noun = re.match(r"[\u4e00-\u9fff]*", after.right.strip())
    if noun and 0 < len(noun.group()) <= 6 and not base.endswith(noun.group()) and not phrases.is_verbs_only(noun.group()):
        base += noun.group()
    stage = next((name for mark, name in _STAGES.items() if mark in bridge["verb"]), "")
    if _A_PERIOD.search(origin["between"]):
        stage = ""
    rises = stage in _RISES
    ends = (f"({stage}前)", "" if rises else f"({stage}后)") if stage else ("", "")
    return Label(base + ends[0], "before-after", stage="before", noun=base), Label(base + ends[1], "before-after", stage="after", noun=base)


def _thing_changed(fragment: str) -> str:
    """What changes, without who changes it: 县行政审批局将企业开办环节 -> 企业开办环节."""
    said = phrases.strip_openers(fragment)
    left = clauses.read_left(said)
    if left.preposition in ("将", "把") and left.means:
        return left.means
    moved = max(said.rfind("将"), said.rfind("把"))
    if moved > 1 and said[:moved].endswith(clauses.BODY_ENDINGS) and moved + 2 < len(said):
        return said[moved + 1 :]
    return phrases.strip_preposition(said)


def _share(items: list[str], unit: str) -> list[str]:
    """Give every item of a coordination what only one of them carries.

    行政复议、行政诉讼案件 share the head 案件; 责令停产停业、吊销许可证的当事人 the noun behind 的;
    行政执法监督意见书、建议书 the modifier.
    """
    counted = _COUNTED_ENDS.search(items[-1])
    if counted:
        items = [item.removeprefix("分") for item in (*items[:-1], items[-1][: counted.start()])]
        return [item + (counted["sort"] if len(counted["sort"]) > 1 else "") for item in items]
    last = items[-1]
    said = clauses.read_left(last)
    if said.verb and said.noun and all(phrases.is_verbs_only(item) for item in items[:-1]):  # 制定、修改、废止|政府规章
        return [*(item + said.noun for item in items[:-1]), last]
    tails = [_tail_of(item, last) for item in items[:-1]]
    if all(tails) and len(set(tails)) == 1:  # 城镇、农村|低保对象
        return [*(item + tails[0] for item in items[:-1]), last]
    heads = phrases.heads_of(unit)
    head = next((h for h in heads if last.endswith(h) and last != h), None)
    behind = last.rsplit("的", 1)[1] if "的" in last[1:-1] else None
    head = head or next((h for h in _SHARED_ENDS if last.endswith(h) and last != h), None)
    shared = []
    for item in items[:-1]:
        if behind and "的" not in item:
            shared.append(f"{item}{behind}")
        elif head and (len(head) <= 2 or head in _SHARED_ENDS) and not item.endswith((*heads, *_SHARED_ENDS, last[-1])):
            shared.append(item + head)
        else:
            shared.append(item)
    first = items[0]
    if len(last) <= 4 < len(first) and first[-1] == last[-1]:
        last = _of_the_rate(first) + last if last[-1] == "率" else first[: -len(last)] + last
    return [*shared, last]


def _of_the_rate(rate: str) -> str:
    """What a rate is of: 热线工单|按期办结率, 案卷评查|优秀率."""
    return _MANNER.sub("", rate[: tokenize(rate)[-1].start])


def _tail_of(item: str, last: str) -> str:
    """What a short member leaves to the last one: 一审 of 二审行政诉讼案件, 区级 of 街道级法律顾问; empty where it is whole by itself."""
    if item.endswith(")") and ")" in last[:-1]:  # 乡镇(街道)、村(社区)|人民调解组织
        return last[last.index(")") + 1 :]
    if len(item) > _SHORT_ITEM or item[-1] == last[-1]:
        return ""
    at = last.find(item[-1], 1, _SHORT_ITEM + 1) if item[-1] in _LEVELS else -1
    cuts = (at + 1,) if at >= 0 else (len(item), len(item) + 1, len(item) - 1)  # 优秀、合格、不合格|案卷
    tail = next((last[k:] for k in cuts if last[k:] in _NOUNS), last[cuts[0] :])
    return tail if len(tail) >= 2 and not tail[0].isdigit() else ""
