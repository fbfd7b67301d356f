"""What the figures of a table are called: by row and column, and by the title where both say little.

In: the names of a row, of a column and of the table. Out: labels. 青岩镇 and 受理 below 纠纷化解情况 make 青岩镇受理纠纷, 区人社局 and
优秀率 beside 评查案卷数 make 区人社局评查案卷优秀率.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.parse import phrases
from etl.parse.clauses import names_body, read_left
from etl.parse.labels.topics import is_weak, join, stem
from etl.parse.lexicon import word_pattern, words
from etl.parse.tables.grid import Row
from etl.parse.tables.heads import Column, unit_in
from etl.parse.words import tokenize

_PLAIN = frozenset(words("tables", "heads", "plain"))
# 附表1:   表2   2023年度   (单位:件)
_MARK = re.compile(r"^(?:附\s?[件表录图]|附(?=:)|[表图])\s?[0-9一二三四五六七八九十-]{0,3}\s*[:.、]?\s*")
_BRACKETS = re.compile(r"[(][^)]*[)]|单位:.*$")
_SCOPE = re.compile(rf"^(?:{word_pattern('tables', 'titles', 'scopes')}|[\u4e00-\u9fff]{{1,6}}?[区县市镇省](?=[\u4e00-\u9fff]{{4}}))")
_END = re.compile(rf"(?:{word_pattern('tables', 'titles', 'ends')})+$")
_OF = re.compile("[的之及和与、]+$")
_RATE = re.compile("(?:率|占比|比重|比例)$")
_MANNER = re.compile("^(?:按期|按时|及时|当场|提前|限时|群众|综合|平均|总|整体|年度)")
_SHORT_STEM = 2
_NUMBER_END = re.compile("(?<=..)(?:总?数量?|总量|情况)$")
_ORDINAL = re.compile(r"^(?:[0-9]{1,2}[.、]|[(][0-9]{1,2}[)])\s*")
_SORT = re.compile("(?:类型|类别|种类|名称|性质|来源)$")
_PART = re.compile("^其中:?")
_PLACES = re.compile("[镇乡村区县市省]$|街道$|社区$")
_CHAPTER = re.compile("[一二三四五六七八九十]{1,3}、|.*报告$")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a table is about: the thing counted, and the whole phrase (纠纷, 纠纷化解); both empty where its title says nothing."""

    thing: str = ""
    phrase: str = ""


def topic_of(title: str) -> Topic:
    """附表:2023年度行政复议案件情况(单位:件) -> 行政复议案件."""
    if _CHAPTER.match(title):
        return Topic()
    said = _BRACKETS.sub("", _MARK.sub("", title)).strip(" :")
    tokens = tokenize(said)
    begin = next((token.start for token in tokens if token.kind not in "ts"), len(said))
    said = _OF.sub("", _END.sub("", _SCOPE.sub("", said[begin:])))
    return Topic(_without_acts(said, "v"), said)


def _without_acts(phrase: str, kinds: str) -> str:
    """A phrase without the acts at its end: 纠纷|化解, 规范性文件|备案; acts alone stay."""
    tokens = tokenize(phrase)
    at = len(tokens)
    while at > 1 and tokens[at - 1].kind in kinds:
        at -= 1
    return phrase[: tokens[at - 1].end] if tokens else phrase


def label_of(row: Row, column: Column, columns: Sequence[Column], topic: Topic, unit: str, whole: str = "") -> str:
    """The label of a figure.

    Args:
        row: its row.
        column: its column.
        columns: all of them; the others tell what a rate is a rate of.
        topic: what the table is about.
        unit: the unit of the figure.
        whole: what the row is a part of (其中).
    """
    names = [_ORDINAL.sub("", _PART.sub("", unit_in(name)[0])) for name in row.names]
    counted = "" if column.name in _PLAIN else column.name
    sort = _SORT.sub("", row.sort)
    thing = next((thing for thing in (topic.thing, _thing_before(column, columns)) if phrases.ends_in_head(thing, unit)), "")
    base = "".join(dict.fromkeys(name for name in (row.group, *names) if name and not row.is_total))
    if whole:
        base = _with_thing(base, whole, unit)
    elif base and phrases.ends_in_head(sort, unit):  # 民事, of the 案件类型 below 法律援助情况
        base = _with_thing(base, join(topic.thing if _says_thing(topic.thing) else "", sort), unit)
    if not counted:
        return _completed(base, thing, unit) if base else f"{topic.thing}合计"
    if _RATE.search(counted):
        said = join(base, _of_rate(counted, base, column, columns, topic))
    elif not base:
        said = _completed(counted, thing, unit)
    elif thing and phrases.is_verbs_only(counted) and not _says_thing(base):
        place = names_body(base) or _PLACES.search(base)
        said = base + counted + thing if place else join(base, thing) + counted
    else:
        said = join(base, counted)
    return f"{said}合计" if row.is_total else said


def _completed(said: str, thing: str, unit: str) -> str:
    """受理 -> 受理行政复议申请, 收到申请 -> 收到行政复议申请; words that say what is counted stay."""
    if not thing or thing in said:
        return said
    if phrases.is_verbs_only(said) or all(token.kind in "vwa" or token.text in ("部分", "全部") for token in tokenize(said)):
        return said + thing
    left = read_left(said)
    if left.verb and left.noun and is_weak(left.noun):
        return left.verb + join(thing.removesuffix(phrases.head_of(thing, unit)), left.noun)
    return said


def _with_thing(part: str, whole: str, unit: str) -> str:
    """公安, of 行政复议案件: 公安行政复议案件."""
    return part if phrases.ends_in_head(part, unit) or _says_thing(part) else join(part, whole)


def _says_thing(name: str) -> bool:
    """Whether a name of a row says what is counted, and is no class, place or body: 行政许可, not 公安 or 市场监管."""
    kinds = {token.kind for token in tokenize(name)}
    return ("n" in kinds or kinds == {"w"}) and not names_body(name)


def _thing_before(column: Column, columns: Sequence[Column]) -> str:
    """The thing that the nearest column in front counts: 规范性文件 of 规范性文件备案, 评查案卷 of 评查案卷数."""
    at = next((j for j, other in enumerate(columns) if other is column), 0)
    for other in reversed(columns[:at]):
        counted = _NUMBER_END.sub("", other.name).removesuffix("数")
        if other.role == "figure" and counted not in _PLAIN and not phrases.is_verbs_only(counted) and not _RATE.search(counted):
            return _without_acts(counted, "vw")
    return ""


def _of_rate(rate: str, base: str, column: Column, columns: Sequence[Column], topic: Topic) -> str:
    """优秀率 beside 评查案卷数: 评查案卷优秀率; 化解率 below 纠纷化解情况: 纠纷化解率. A rate that says of what stays."""
    of = _MANNER.sub("", stem(rate))
    if len(of) > _SHORT_STEM:
        return rate
    before = _thing_before(column, columns)
    if before:
        return join(before, rate)
    if of and of in topic.phrase:
        return topic.phrase[: topic.phrase.index(of)] + rate
    return rate if _says_thing(base) or not _says_thing(topic.thing) else join(topic.thing, rate)
