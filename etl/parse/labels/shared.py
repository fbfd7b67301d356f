"""What the members of a coordination share: 行政复议、行政诉讼|案件, 优秀、合格、不合格|案卷, 案卷评查|优秀率、合格率.

In: the members as they stand. Out: each with what only one of them carries.
"""

from __future__ import annotations

import re

from etl.parse import clauses, phrases
from etl.parse.labels.topics import join
from etl.parse.lexicon import word_pattern, words
from etl.parse.words import tokenize

_NOUNS = frozenset(words("words", "nouns"))
_SHARED_ENDS = tuple(sorted(words("labels", "shared", "ends"), key=len, reverse=True))
_PROCEDURES = tuple(sorted(words("labels", "shared", "procedures"), key=len, reverse=True))
LEVELS = frozenset(words("labels", "shared", "levels"))
_ENDING_ITEMS = frozenset("级类审区县市镇")
_MANNER = re.compile("(?:按期|按时|及时|当场|提前|限时|群众|市民)$")
# 分|矿山、危化、工贸、消防四个领域
_COUNTED_ENDS = re.compile("(?<=..)[一二三四五六七八九十两0-9]+[个大]?(?P<sort>领域|方面|类|行业|环节|条线|项|个)$")
# 非煤矿山|企业|检查覆盖率
_CLASS = re.compile(rf"^..+?({word_pattern('labels', 'shared', 'classes')})(?=..)")
# 省、市、|县三级挂牌督办案件
_OF_LEVELS = re.compile("(?P<last>[\u4e00-\u9fff])[两二三四五]级(?P<what>.+)$")
_SHORT_ITEM = 4
_LONG_MEMBER = 10


def share(items: list[str], unit: str) -> list[str]:
    """Give every item of a coordination what only one of them carries.

    行政复议、行政诉讼案件 share the head 案件; 责令停产停业、吊销许可证的当事人 the noun behind 的;
    行政执法监督意见书、建议书 the modifier.
    """
    told = rates_of_procedures(items) or _counted(items)
    if told:
        return told
    last = items[-1]
    said = clauses.read_left(last)
    if said.verb and said.noun and all(phrases.is_verbs_only(item) for item in items[:-1]):  # 制定、修改、废止|政府规章
        return [*(item + said.noun for item in items[:-1]), last]
    tails = [_tail_of(item, last) for item in items[:-1]]
    if all(tails) and len(set(tails)) == 1:  # 城镇、农村|低保对象
        return [*(join(item, tails[0]) for item in items[:-1]), last]
    tail = _tail_behind(items)
    if tail:  # 烟花爆竹、危险化学品、非煤矿山|企业检查覆盖率
        return [*(item + tail for item in items[:-1]), last]
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
    if len(first) > _SHORT_ITEM and last[-1] == first[-1] == "率":  # 建议提案办结率、面商率和满意率
        of = _of_the_rate(first)
        return [first, *(of + item if len(item) <= _SHORT_ITEM and item.endswith("率") else item for item in (*shared[1:], last))]
    if len(last) <= _SHORT_ITEM < len(first) and first[-1] == last[-1]:
        last = first[: -len(last)] + last
    return [*shared, last]


def _counted(items: list[str]) -> list[str]:
    """分矿山、危化、工贸、消防|四个领域; empty where the last member has no count."""
    counted = _COUNTED_ENDS.search(items[-1])
    if counted is None:
        return []
    items = [item.removeprefix("分") for item in (*items[:-1], items[-1][: counted.start()])]
    return [item + (counted["sort"] if len(counted["sort"]) > 1 else "") for item in items]


def rates_of_procedures(items: list[str]) -> list[str]:
    """处罚案件复议、诉讼|纠错率 as 处罚案件复议纠错率 and 处罚案件诉讼纠错率; empty where the members are no procedures."""
    way = next((word for word in _PROCEDURES if items[-1].startswith(word)), "") if items[-1].endswith("率") else ""
    first = next((word for word in _PROCEDURES if items[0].endswith(word)), "") if way else ""
    if not first or items[-1] == way + "率" or any(item not in _PROCEDURES for item in items[1:-1]):
        return []
    head, tail = items[0].removesuffix(first), items[-1].removeprefix(way)
    return [head + item + tail for item in (first, *items[1:-1], way)]


def of_levels(items: list[str]) -> list[str]:
    """省、市、县三级重大隐患 as 省级, 市级 and 县级重大隐患; other items as they are."""
    last = _OF_LEVELS.match(items[-1]) if items else None
    if last is None or last["last"] not in LEVELS:
        return items
    first = items[0][-1:]  # 挂牌督办省
    levels = [first, *items[1:-1], last["last"]]
    return [f"{level}级{last['what']}" for level in levels] if all(level in LEVELS for level in levels) else items


def _tail_of(item: str, last: str) -> str:
    """What a short member leaves to the last one: 一审 of 二审行政诉讼案件, 区级 of 街道级法律顾问; empty where it is whole by itself."""
    if item.endswith(")") and ")" in last[:-1]:  # 乡镇(街道)、村(社区)|人民调解组织
        return last[last.index(")") + 1 :]
    if len(item) > _SHORT_ITEM or item[-1] == last[-1] or _is_done(item):
        return ""
    at = last.find(item[-1], 1, _SHORT_ITEM + 1) if item[-1] in _ENDING_ITEMS else -1
    cuts = (at + 1,) if at >= 0 else (len(item), len(item) + 1, len(item) - 1)  # 优秀、合格、不合格|案卷
    tail = next((last[k:] for k in cuts if last[k:] in _NOUNS), last[cuts[0] :])
    return tail if len(tail) >= 2 and not tail[0].isdigit() else ""


def _is_done(item: str) -> bool:
    """Whether a member is an act with its object, which shares nothing: 旁听庭审."""
    tokens = tokenize(item)
    return len(tokens) > 1 and tokens[0].kind == "v" and tokens[-1].kind == "n"


def _tail_behind(items: list[str]) -> str:
    """What stands behind the last member and belongs to all: a class noun with what is said of it, or what follows the head of them all.

    非煤矿山|企业检查覆盖率, 抵押登记|办理时间 behind 首次登记、转移登记.
    """
    last, others = items[-1], items[:-1]
    if any("的" in item or len(item) > _LONG_MEMBER or item[-1] == last[-1] for item in others):
        return ""
    common = _common_end(others)
    at = last.find(common, 1) if common else -1
    if at > 0 and len(last) - at - len(common) > 1:
        return last[at + len(common) :]
    found = _CLASS.search(last)
    if found is None or any(_CLASS.search(item) or item.endswith(found[1]) or clauses.read_left(item).verb for item in others):
        return ""
    return last[found.start(1) :]


def _common_end(items: list[str]) -> str:
    """The word that all of some members end in, 登记 of 首次登记、转移登记; empty where it is one of them or there is one only."""
    size = 0
    while size < min(map(len, items)) and len({item[-size - 1] for item in items}) == 1:
        size += 1
    return items[0][-size:] if len(items) > 1 and 1 < size < min(map(len, items)) else ""


def _of_the_rate(rate: str) -> str:
    """What a rate is of: 热线工单|按期办结率, 案卷评查|优秀率, but nothing of 合法性审查率."""
    tokens = tokenize(rate)
    last = -2 if tokens[-1].text == "率" and len(tokens) > 1 else -1
    return _MANNER.sub("", rate[: tokens[last].start])
