"""Enumerators inside a paragraph: 一是…;二是…, 首先…, 第一,…, 其一,…, 一要…, ①…, (1)…, 1.….

In: a folded paragraph. Out: its items, each with the span of its enumerator and of its text, and the lead-in that a second list in the
same paragraph begins with. A paragraph is split by the family that opens first; other families stay inside the items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from etl.parse.ordinals import CIRCLED, HAN

_LEADS = frozenset("。;:,、!?* \n")  # what stands in front of an enumerator; ① needs nothing
_SEPARATORS = " ,、:.*"
# 第一责任人, 第二批, 第三方: an ordinal with its noun opens nothing
_NTH_OF = "责时批届名位次个季产书线方轮步类种章条款节期号课任国中小医人法线要道组楼代场"


@dataclass(frozen=True, slots=True)
class Family:
    """Enumerators that count together. `firsts` begin a list; `pattern` finds all of them, the enumerator as group 1."""

    name: str
    pattern: re.Pattern[str]
    firsts: tuple[str, ...]


FAMILIES: tuple[Family, ...] = (
    Family("is", re.compile(rf"([{HAN}]{{1,2}}是)(?!否)"), ("一是",)),  # 一是…;二是…
    Family("must", re.compile(rf"([{HAN}]{{1,2}}要)(?![求素点件])"), ("一要",)),  # 一要…;二要…
    Family("order", re.compile(r"(首先|其次|再次|再者|第三|第四|然后|此外|最后)(?=[,、:]|[\u4e00-\u9fff])"), ("首先",)),  # 首先,…。其次,…
    Family("nth", re.compile(rf"(第[{HAN}])(?=[,、:是]|(?![{_NTH_OF}])[\u4e00-\u9fff])"), ("第一",)),  # 第一,…   第一执法力量不足;第二…
    Family("its", re.compile(rf"(其[{HAN}])(?=[,、:是])"), ("其一",)),  # 其一,…
    Family("circled", re.compile(rf"([{CIRCLED}])"), ("①",)),  # ①…②…
    Family("bracketed", re.compile(r"(\([0-9]{1,2}\)|[⑴-⒇])"), ("(1)", "⑴")),  # (1)…(2)…
    Family("arabic", re.compile(r"([0-9]{1,2}[.、]|[⒈-⒛])(?![0-9])"), ("1.", "1、", "⒈")),  # 1.…2.…
    Family("han_bracketed", re.compile(rf"(\([{HAN}]{{1,2}}\)|[㈠-㈩])"), ("(一)", "㈠")),  # (一)…;(二)…
    Family("han", re.compile(rf"([{HAN}]{{1,2}}、)(?![{HAN}])"), ("一、",)),  # 一、…;二、…
)
_FIRSTS = tuple((first, nth) for nth, family in enumerate(FAMILIES) for first in family.firsts)
_ANY_FIRST = re.compile("|".join(re.escape(first) for first, _ in _FIRSTS))
_INITIALS = frozenset(f"{HAN}{CIRCLED}首其再然此最第(0123456789⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩")
# only with others before them: 此外,加强考核 alone counts nothing
_CLOSERS = frozenset({"此外", "最后", "然后", "第三", "第四"})


class Item(NamedTuple):
    """One item of a paragraph; offsets count in the paragraph. `lead_in` is what stands before the first item of its list."""

    enumerator: tuple[int, int]
    start: int
    end: int
    family: str
    lead_in: tuple[int, int]


def read_items(paragraph: str, before: str | None = None) -> list[Item]:
    """The items of a paragraph, none if it enumerates nothing; `before` is the family of the list that it may go on with."""
    may_open = paragraph[:1] in _INITIALS
    if not may_open and _ANY_FIRST.search(paragraph) is None:
        return []
    found = [(at, nth) for first, nth in _FIRSTS if (at := paragraph.find(first)) >= 0]
    if may_open:
        found += [(0, nth) for nth, family in enumerate(FAMILIES) if family.pattern.match(paragraph)]
    best: list[re.Match[str]] = []
    name = ""
    for at, nth in sorted(found):
        if best and best[0].start() <= at:
            break
        hits = _list_of(FAMILIES[nth], paragraph, before)
        if hits and (not best or hits[0].start() < best[0].start()):
            best, name = hits, FAMILIES[nth].name
    return list(_items(paragraph, best, name))


def _list_of(family: Family, paragraph: str, before: str | None) -> list[re.Match[str]]:
    """The hits of a family from its first ordinal on: at least two of them, or one that opens the paragraph."""
    hits = [
        hit
        for hit in family.pattern.finditer(paragraph)
        if hit.start() == 0 or family.name == "circled" or paragraph[hit.start() - 1] in _LEADS
    ]
    if not hits:
        return []
    if hits[0].start() == 0 and (family.name != "order" or hits[0][1] not in _CLOSERS or before == "order"):
        return hits
    first = next((i for i, hit in enumerate(hits) if hit[1] in family.firsts), None)
    if first is None or len(hits) - first < 2:
        return []
    return hits[first:]


def _items(paragraph: str, hits: list[re.Match[str]], name: str) -> Iterator[Item]:
    lead_in = (0, hits[0].start()) if hits else (0, 0)
    for position, hit in enumerate(hits):
        limit = hits[position + 1].start() if position + 1 < len(hits) else len(paragraph)
        again = position + 1 < len(hits) and hits[position + 1][1] == hits[0][1]
        end = _end_before_lead_in(paragraph, hit.end(), limit) if again else limit
        start, stop = _trimmed(paragraph, hit.end(), end)
        if start < stop:
            yield Item(hit.span(1), start, stop, name, lead_in)
        if again:
            lead_in = (end, limit)


def _end_before_lead_in(paragraph: str, start: int, limit: int) -> int:
    """Where the last item of a list ends when a second list begins behind it: …;三是考核。下一步,|一是…."""
    body = paragraph[start:limit].rstrip(" ")
    if not body or body[-1] not in ":,":
        return limit
    return start + body.rfind("。") + 1 or limit if "。" in body else limit


def _trimmed(paragraph: str, start: int, end: int) -> tuple[int, int]:
    while start < end and paragraph[start] in _SEPARATORS:
        start += 1
    while end > start and paragraph[end - 1] == " ":
        end -= 1
    return start, end
