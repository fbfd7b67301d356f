"""One phrase for several figures, and one figure for several things.

In: the figures of a text. Out: for the figures concerned, their labels: 人大建议、政协提案分别为31件、44件 (one each), 意见书、建议书各5份
and 报备率、报备及时率均为100% (one figure, several labels).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.parse import clauses, phrases
from etl.parse.body_names import ends_a_body
from etl.parse.figures import Figure
from etl.parse.fragments import Fragment
from etl.parse.labels.label import Label
from etl.parse.labels.shared import LEVELS, of_levels, rates_of_procedures, share
from etl.parse.lexicon import load, word_pattern, words
from etl.parse.words import tokenize

_CHANGE = re.compile(rf"^(?:同比|较上年|环比)?{word_pattern('kinds', 'change', 'words')}")
_CHANGE_LAST = re.compile(rf"(?:同比|较上年|环比)?(?:分别)?{word_pattern('kinds', 'change', 'words')}\s*$")
# 各   均为   均保持在   都是, but not 成都 or 人均
_EACH = re.compile(
    r"(?:各|(?<![平人户日年月案村亩])均|皆|都(?=[是为达保稳维]))(?:已|仍|始终|继续|稳定)?"
    rf"(?P<tail>(?:同比|环比|较上年)?{word_pattern('kinds', 'change', 'words')})?"
    r"(?:保持|稳定|维持|控制)?(?:为|达到?|有|在|是|计|实现|超过?)?$"
)
# 满意率、知晓率|达
_RATES = re.compile(
    "(?P<rates>[^,;:]*[、和与及][^,;:]*率)(?:已|仍|始终|继续|稳定|双双|同)*(?:保持|稳定|维持|控制)?(?:为|达到?|有|在|是|超过?|低于|高于)?$"
)
_NEAR_RATE = 8
# 向市政府和县人大常委会报备|率
_RECEIVING = re.compile("(?:向|报|对|与|同|由|经)(?P<bodies>[^率,;:]{4,30})率")
_JOINT = re.compile("[、和与及]")
# 分别为   依次为   各占
_RESPECTIVELY = re.compile(r"分别|依次|各(?=[占为达有是][^,]{0,4}$|$)")
# 2019年、2020年和2021年|收到行政复议申请
_EACH_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_BY_YEAR = re.compile(r"(?P<years>(?:(?:19|20)[0-9]{2}年?(?:度)?[、和及与]?)+(?:19|20)[0-9]{2}年度?),?(?P<rest>[^,;。]*)$")
# 一至四季度|分别为   第二、第三、第四季度|投诉量
_QUARTERS = re.compile(
    "(?P<quarters>(?:一至四|四个|各|1-4|1至4)季度|(?:第?[一二三四](?:季度)?[、和及与])+第?[一二三四]季度)(?P<rest>[^,;。]*)$"
)
_QUARTER = re.compile("[一二三四](?![至个])")
# 优秀、良好、合格|等次
_GRADE = re.compile("(?<=..)(?:等次|等级|等)$")
_GIVING = frozenset(("对", "为", "给", "向"))
_LONGEST_DOING = 12
_PAIRS: dict[str, str] = load("labels")["pairs"]
_BODIES = words("organizations", "actors", "suffixes")
_CONVENERS = words("labels", "conveners", "endings")
# 案件中涉及|建筑市场
_OPENING_VERB = re.compile(r"^.*(?:涉及|包括|涵盖)(?=.)")
_LONG_ITEM = 8
_SHORT_WHOLE = 2


def respectively(figures: Sequence[Figure], first: int, year: int | None) -> dict[int, Label]:
    """Labels of a run of joined figures behind 分别; empty where there is no such run at `first`."""
    last = first
    while last + 1 < len(figures) and figures[last + 1].joined and figures[last + 1].sentence == figures[first].sentence:
        last += 1
    count = last - first + 1
    if count < 2:
        return {}
    left = figures[first].left
    mark = next(reversed(list(_RESPECTIVELY.finditer(left))), None)
    told = mark or _CHANGE_LAST.search(left)  # “新三样”、集成电路出口|增长|30.4%、30.1%
    if told is None:
        return {}
    before, verb = left[: told.start()], left[mark.end() if mark else told.start() :].strip()
    labels = _by_year(before, verb, count) or _by_quarter(before, verb, count, year) or _by_receiver(before, verb, count)
    if not labels:
        items = of_levels(_told_in_one(phrases.split_coordination(phrases.strip_openers(before)), count))
        if len(items) < count or (len(items) > count and (mark is None or mark.group() == "各")):
            return {}
        said = clauses.read_left(verb + _noun_behind(figures[last].right))
        labels = _by_item(items, verb, said, count, figures[first].quantity.unit)
    return {first + k: label for k, label in enumerate(labels)}


def _told_in_one(items: list[str], count: int) -> list[str]:
    """城乡居民收入 as 城镇居民收入 and 农村居民收入, where two figures are told of it."""
    pair = next((word for word in _PAIRS if word in items[0]), "") if (len(items), count) == (1, 2) else ""
    return [items[0].replace(pair, one) for one in _PAIRS[pair].split()] if pair else items


def _by_year(before: str, verb: str, count: int) -> list[Label]:
    """2019年、2020年和2021年|收到行政复议申请|分别为."""
    told = _BY_YEAR.search(before)
    years = _EACH_YEAR.findall(told["years"]) if told else []
    if told is None or len(years) != count:
        return []
    said = told["rest"].removeprefix("三年").removeprefix("两年") or before[: told.start()]
    rest = clauses.read_left(said).phrase or clauses.read_left(verb).phrase or "数量"
    tail = verb if _CHANGE.match(verb) else ""
    return [Label(rest + tail, "respectively-years", period=year) for year in years]


def _by_quarter(before: str, verb: str, count: int, year: int | None) -> list[Label]:
    """一至四季度|投诉量|分别为, 第二、第三、第四季度|投诉量|分别为."""
    told = _QUARTERS.search(before) if year else None
    if told is None:
        return []
    numbers = _QUARTER.findall(told["quarters"]) if "、" in told["quarters"] or "和" in told["quarters"] else list("一二三四")
    if len(numbers) != count:
        return []
    rest = told["rest"] or before[: told.start()] or verb
    periods = [f"{year}-Q{'一二三四'.index(number) + 1}" for number in numbers]
    return [Label(rest, "respectively-quarters", period=period) for period in periods]


def _by_receiver(before: str, verb: str, count: int) -> list[Label]:
    """分别|向区纪委监委、区检察院移送问题线索|5条、3条."""
    said = clauses.read_left(verb) if not before.strip() and verb.startswith(tuple(_GIVING)) else None
    receivers = phrases.split_coordination(said.means) if said and said.phrase else []
    if said is None or len(receivers) != count:
        return []
    return [Label(said.preposition + receiver + said.phrase, "respectively", noun=said.noun or None) for receiver in receivers]


def _by_item(items: list[str], verb: str, said: Fragment, count: int, unit: str) -> list[Label]:
    """一般程序、简易程序案件|分别办理; of bodies what they do: 派出所、司法所|分别|调处纠纷."""
    acting = clauses.read_left(items[-1])
    if not said.phrase and acting.verb and _is_body(acting.actor):  # 市场监管所、派出所|参与联合调解|分别达
        items[-1], said = acting.actor, acting
    if said.phrase and all(_is_body(item) for item in items[-count:]):
        return [Label(said.phrase, "respectively", noun=said.noun or None)] * count
    if said.phrase and all(item in LEVELS for item in items[-count:]):
        return [Label(f"{item}级{said.phrase}", "respectively", noun=said.noun or None) for item in items[-count:]]
    opening = _OPENING_VERB.sub("", items[0])
    items = [clauses.read_left(opening).phrase or opening, *items[1:]]
    items = [_GRADE.sub("", item) for item in items[-count:]]
    items[-1] = items[-1].removesuffix("的")  # 拟保留、修改、废止的|各为
    if len(items[0]) > _LONG_ITEM and "的" in items[0][:-2]:
        items[0] = items[0].rsplit("的", 1)[1]
    tail = _tail_behind(verb, said)
    return [Label(text + tail, "respectively") for text in share(items, unit)]


def _is_body(name: str) -> bool:
    return name.endswith(_BODIES) and not name.endswith(_CONVENERS)


def _tail_behind(verb: str, said: Fragment) -> str:
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
    if left.endswith("率") or (figure.quantity.unit == "%" and "率" in left[-_NEAR_RATE:]):
        rates = _rates(left)
        if rates:
            return rates
    if "各" not in left and "均" not in left and "皆" not in left and "都" not in left:
        return []
    mark = _EACH.search(left)
    if mark is None:
        return _each_doing(left, figure.quantity.unit)
    items = phrases.split_coordination(phrases.strip_openers(_without_receivers(left[: mark.start()])))
    if len(items) < 2 or any(len(item) > 24 for item in items):
        return []
    items[0] = clauses.read_left(items[0]).phrase or items[0]
    return [Label(item + (mark["tail"] or ""), "each") for item in share(items, figure.quantity.unit)]


def _rates(left: str) -> list[Label]:
    """满意率、知晓率|达 and 复议、诉讼纠错率: two rates, also without 均; but 工资专户、实名制管理落实率 is one."""
    told = _RATES.search(left)
    items = phrases.split_coordination(phrases.strip_openers(_without_receivers(told["rates"]))) if told else []
    if len(items) < 2 or any(len(item) > 24 for item in items):
        return []
    if not all(item.endswith("率") for item in items) and not rates_of_procedures(items):
        return []
    items[0] = clauses.read_left(items[0]).phrase or items[0]
    return [Label(item, "each") for item in share(items, "%")]


def _without_receivers(things: str) -> str:
    """文件|向市政府和人大常委会|报备率、及时率: what receives is none of the things."""
    told = _RECEIVING.search(things)
    if told is None:
        return things
    bodies = told["bodies"]
    end = next((at for at in range(len(bodies), 2, -1) if ends_a_body(bodies, 0, at)), 0)
    if not _JOINT.search(bodies, 0, end):
        return things
    return things[: told.start()] + things[told.start("bodies") + end :]


def _each_doing(left: str, unit: str) -> list[Label]:
    """What each of several gets or does: 对省级、市级示范单位|各|奖励, 为甲村、乙村|各|配备法律顾问.

    Bodies that act are subjects and stand in no label.
    """
    before, each_one, doing = left.rpartition("各")
    said = clauses.read_left(doing) if each_one and len(doing) <= _LONGEST_DOING else None
    if said is None or not said.verb or said.actor or not doing.startswith(said.verb):
        return []
    begin = next((token.end for token in reversed(tokenize(before)) if token.text in _GIVING), None)
    things = before[begin:] if begin is not None else phrases.strip_openers(before)
    items = phrases.split_coordination(things)
    if len(items) < 2 or (begin is None and (clauses.read_left(things).verb or any(map(_is_body, items)))):
        return []
    return [Label(item + said.phrase, "each", noun=said.noun or item) for item in share(items, unit)]
