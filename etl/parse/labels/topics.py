"""What a bare fragment refers to: 新增3项, 成功率98.7%, 提供摊位1200余个.

In: the clauses around a figure, and the nouns counted before it. Out: the noun phrase that an
elliptic fragment leaves out, or that a noun which says little belongs to. Nothing is decided here about when to ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from etl.parse import phrases
from etl.parse.clauses import names_body, read_left
from etl.parse.fragments import Fragment
from etl.parse.lexicon import word_pattern, words
from etl.parse.words import tokenize

_RELATIONAL = frozenset(words("labels", "weak", "relational"))
_RELATIONAL_ENDS = words("labels", "weak", "relational_ends")
_SLOGAN = re.compile(word_pattern("labels", "slogans", "words"))
_RELATIONAL_LAST = frozenset(word[-1] for word in (*_RELATIONAL, *_RELATIONAL_ENDS, "人均"))
_WEAK = _RELATIONAL | frozenset(words("labels", "weak", "generic"))
_WEAK_ENDS = words("labels", "weak", "ends")
_MODIFIERS = words("labels", "weak", "modifiers")
_PEOPLE = words("labels", "people", "endings")
_RATE = re.compile(r"(?:率|度|比例|比重|占比)$")
_TAIL = re.compile(rf"{word_pattern('labels', 'tails', 'topics')}$")
# 《2023年度法治建设工作要点》 -> 法治建设
_PAPER = re.compile(
    r"^《(?:[0-9]{4}年度?|[\u4e00-\u9fff]{2,8}?[区市县镇])?(?P<name>[^》]*?)"
    rf"{word_pattern('labels', 'tails', 'papers')}?(?:[(][^)]*[)])?》$"
)
# 静安区政府|重大行政决策事项
_GOVERNMENT = re.compile("^[\u4e00-\u9fff]{1,8}?[区市县省镇乡](?:人民政府|政府|本级)(?=[\u4e00-\u9fff]{4})")
# a number outside a quotation
_NUMBER = re.compile(r"[0-9](?![^“]*”)")
_INTO = ("纳入", "列入")
_AMONG = re.compile("(?P<all>[\u4e00-\u9fff]{2,20}(?:案件|事项|文件|案卷|申请|人员|单位|企业|纠纷|线索|问题|项目))[中里]$")
_PROGRAMMES = ("规划", "纲要", "普法规划")  # 落实“八五”普法规划,发放资料
_SAYING = ("显示", "表明", "指出", "看")
_CHANNELS = words("labels", "channels", "endings")
# 12345政务服务便民热线   “12350”举报投诉热线
_HOTLINE = re.compile("(?P<number>“?[0-9]{3,5}”?)[\u4e00-\u9fff]{0,10}[热专]线$")
_HOTLINE_IN = re.compile("(?P<number>“?[0-9]{5}”?)[\u4e00-\u9fff]{0,10}[热专]线")
_LONGEST_CHANNEL = 10
_LONGEST = 14
LONGEST_THEME = 14
_LONGEST_WORD = 8
SCOPES = ("方面", "领域", "行业", "环节", "载体", "契机", "力量", "资源", "优势", "节点")
_LENDING_NOTHING = (
    *SCOPES, "委员会", "组织", "机关", "单位", "场所", "企业", "部门", "机构",
    "会", "会议", "书", "文书", "通知单", "宣传单", "函", "资料", "材料",
)  # fmt: skip
_MODIFIED = 4
_JOINING = ("参与", "参训", "参会", "受教育")
_LONGEST_JOINING = 6


@lru_cache(maxsize=64)
def is_weak(noun: str) -> bool:
    """Whether a noun says little without what it belongs to: 问题, 修改意见, 摊位."""
    if is_relational(noun) or (len(noun) <= _MODIFIED and noun.endswith(_WEAK_ENDS)):
        return True
    return len(noun) < 2 or noun in _WEAK or (noun.startswith(_MODIFIERS) and noun[2:] in _WEAK)


def is_relational(noun: str) -> bool:
    """Whether a noun means nothing without what it belongs to: 总额, 受众, 平均每案."""
    if noun.startswith(_JOINING) and len(noun) <= _LONGEST_JOINING:  # 参与居民, 参训民警
        return True
    noun = noun.removeprefix("平均").removeprefix("日均") if len(noun) > _MODIFIED else noun
    return (
        noun in _RELATIONAL
        or noun.removeprefix("总") in _RELATIONAL
        or is_each(noun)
        or (len(noun) <= _MODIFIED and noun.endswith(_RELATIONAL_ENDS))
    )


def owner_of(noun: str) -> str:
    """What a relational noun belongs to by its own words: 企业注销|公告时间 -> 企业注销; any other noun itself."""
    if noun[-1:] not in _RELATIONAL_LAST and "每" not in noun:
        return noun
    for size in range(min(len(noun), 6), 1, -1):
        if is_relational(noun[-size:]):
            owner = noun[:-size]
            return owner if len(owner) >= _MODIFIED and not owner.endswith(("、", "的", "和")) else ""
    return noun


def is_each(noun: str) -> bool:
    """Whether a noun says per what: 平均每案, 每个居民区, 村均."""
    return noun.startswith(("平均每", "每")) or noun in ("村均", "人均", "户均", "案均", "月均", "日均")


def names_people(noun: str) -> bool:
    """干部, 执法人员, 来访群众: people lend nothing to what is counted behind them."""
    return noun.endswith(_PEOPLE)


def channel_of(actor: str) -> str:
    """The channel that an actor is, by a short name: 12345政务服务便民热线 -> 12345热线; empty for bodies and people."""
    if not actor.endswith(_CHANNELS):
        return ""
    hotline = _HOTLINE.search(actor)
    return hotline["number"] + "热线" if hotline else cut(actor, _LONGEST_CHANNEL)


def hotline_in(sentence: str) -> str:
    """The hotline that a sentence speaks of: 发挥12333热线作用 -> 12333热线; empty where there is none."""
    found = _HOTLINE_IN.search(sentence) if "线" in sentence else None
    return found["number"] + "热线" if found else ""


def occasion_of(actor: str) -> str:
    """The occasion that stands where an actor would: “宪法宣传周”期间 -> “宪法宣传周”; else empty."""
    named = actor.removesuffix("期间").removesuffix("活动")
    return named if actor.endswith("期间") and _MODIFIED <= len(named) <= _LONGEST else ""


def theme_of(noun: str) -> str:
    """What a counted noun lends to the ones behind it: 特种设备 itself, 营商环境 of 营商环境监督员, nothing of 来访群众."""
    noun = owner_of(noun)
    if is_weak(noun) or noun.endswith(_LENDING_NOTHING):
        return ""
    if names_people(noun):
        parts = tokenize(noun)
        start = parts[-1].start if len(parts) > 1 else 0
        lent = noun[:start].rstrip("的、和及与") if start >= _MODIFIED else ""
        return "" if names_body(lent) else lent
    return noun


def nearest(clauses: Iterable[str], fits: tuple[str, ...]) -> str:
    """What the nearest of `clauses` is about; one that ends like the nouns that a unit counts wins within its clause."""
    for clause in clauses:
        topic = about(clause, fits, acted=True)
        if topic:
            return topic
    return ""


@lru_cache(maxsize=32)  # the figures of a sentence ask for the same clauses
def about(clause: str, fits: tuple[str, ...] = (), *, acted: bool = False) -> str:
    """What a clause is about: 强化公平竞争审查 -> 公平竞争审查, 对决策事项进行动态调整 -> 决策事项.

    With `acted` only clauses count in which something is done to something or changes.
    """
    said = clause[-60:].strip(",;:。—- \n")
    if said.endswith(_SAYING):  # 白皮书显示,败诉案件14件
        return ""
    if said.endswith("期间"):
        return occasion_of(phrases.strip_openers(said))
    among = _AMONG.search(said)  # 办结的行政复议案件中,维持203件
    if among:
        return _topic(among["all"])
    fragment = read_left(said)
    quoted = fragment.noun.startswith("“") and fragment.noun.endswith("”")
    done = bool(fragment.verb or fragment.light)
    if acted and quoted == done and not (fragment.means or fragment.change):
        return ""
    found = [topic for topic in map(_topic, _names(fragment)) if topic]
    return next((topic for topic in found if fits and topic.endswith(fits)), found[0] if found else "")


def _names(fragment: Fragment) -> list[str]:
    moved = fragment.preposition in ("将", "把")  # 将依法行政经费列入年度预算
    if moved and fragment.verb in _INTO and fragment.noun:  # 把法治建设|纳入|绩效考核
        tail = re.split("年度|[、和及]", fragment.noun)[-1]
        return [fragment.means + fragment.noun, fragment.means + tail, fragment.means, fragment.noun]
    return [fragment.means, fragment.noun] if moved else [fragment.noun, fragment.means, fragment.actor]


def _topic(noun: str) -> str:
    """A noun phrase as a topic: short, without papers' names, without words that say little; empty where nothing is left."""
    paper = _PAPER.match(noun)
    if paper:
        noun = paper["name"].lstrip("年度")
        return noun if 2 <= len(noun) <= _LONGEST else ""
    if noun.endswith(_PROGRAMMES):
        return ""
    noun = _GOVERNMENT.sub("", noun.rsplit("的", 1)[-1])
    noun = noun[:-2] if noun.endswith(("事项目录", "事项清单")) else noun
    tokens = tokenize(noun)
    acts = [token.end for token in tokens[:-1] if token.kind == "v" and len(noun) - token.end > _MODIFIED]
    noun = noun[acts[-1] :] if acts and "、" not in noun else noun  # 派驻力量组建|综合行政执法队
    if (
        not noun
        or _SLOGAN.search(noun)
        or (noun.endswith("办") and len(noun) <= _MODIFIED)
        or any(token.kind in "plkm" for token in tokens)
    ):
        return ""
    if "、" in noun and len(noun) > _LONGEST and "“" not in noun:
        return ""  # half a list would say something else
    shorter = _TAIL.sub("", noun)
    noun = shorter if len(shorter) >= _MODIFIED else noun
    said_little = noun in _WEAK or noun.endswith(SCOPES) or (noun.endswith("办") and len(noun) <= _MODIFIED)  # 一次办
    return "" if said_little or len(noun) > _LONGEST or _NUMBER.search(noun) else noun


def join(topic: str, core: str) -> str:
    """Topic and core without saying anything twice: 特种设备使用单位 + 使用单位隐患."""
    if not topic or topic in core:
        return core
    if 2 < len(core) <= _MODIFIED and core[:2] in topic and topic.endswith(core[-2:]):
        return topic  # 重大行政决策事项 + 重大事项
    for size in range(min(len(topic), len(core)), 1, -1):
        if topic.endswith(core[:size]):
            return topic + core[size:]
    return topic + core


def stem(rate: str) -> str:
    """What a rate is a rate of: 审核率 -> 审核."""
    return _RATE.sub("", rate)


def cut(phrase: str, longest: int) -> str:
    """The end of a long phrase, cut between words and never inside a quotation: 生态环境|监督执法|正面清单 -> 监督执法正面清单."""
    if len(phrase) <= longest:
        return phrase
    for mark in ("的", "、"):
        tail = phrase.rsplit(mark, 1)[-1]
        if 2 <= len(tail) <= longest and tail.count("”") == tail.count("“"):
            return tail
    tokens = tokenize(phrase)
    start = next((token.start for token in tokens if len(phrase) - token.start <= longest and token.kind not in "jd"), None)
    if start is not None and len(phrase) - start >= 2:
        return phrase[start:]
    return phrase if len(phrase) <= longest + _LONGEST_WORD else phrase[-longest:]
