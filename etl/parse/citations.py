"""Documents cited: 《…》 titles, document numbers (〔2023〕12号, 令第711号), and both together.

In: the text as given and its folded form. Out: citations in order. Quotations inside a title stay inside it; a number beside its
title belongs to it, and to all titles of one notice. Newspapers, periodicals and programmes are no documents (`lexicon/citations.toml`).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

from etl.models import Citation
from etl.parse.lexicon import load, word_pattern, words

Span = tuple[int, int]

# 〔2024〕12号   [2017]第47号   (2022)5-2号
_YEARED = re.compile(r"[〔\[(【](?:19|20)[0-9]{2}[〕\])】]\s?(?:第\s?)?[0-9]+(?:-[0-9]+)?\s?号")
_COUNT = "(?:[0-9]{1,4}|[一二三四五六七八九十百零〇]{1,6})"
# 令第711号   令48号   公告2023年第5号   第七十号令
_ORDER = re.compile(
    rf"{word_pattern('citations', 'issuers', 'orders')}\s?(?:\(?(?:19|20)[0-9]{{2}}年?\)?)?\s?第?\s?{_COUNT}\s?号"
    rf"|第\s?{_COUNT}\s?号{word_pattern('citations', 'issuers', 'orders')}"
)
_ISSUER = re.compile(r"[\u4e00-\u9fff]{1,12}$")
_CUT = re.compile(word_pattern("citations", "issuers", "cut"))
_BRACKETS = re.compile("[《》\n]")
# between a title and the number behind it: 》( 》的通知( 》,
_TO_NUMBER = re.compile(r"》(?:的(?:通知|决定|意见|函|批复|公告|命令))?[\s,]?[(\[]?$")
# between a number and the title behind it: 号《 号文件《 号印发的《
_TO_TITLE = re.compile(r"[)\]]?[\s,]?(?:文件?)?(?:印发|转发|下发|公布)?(?:的|了)?《$")
# between titles of one notice: 》《 》和《 》、《
_CHAIN = re.compile(r"》\s?(?:、|和|及|以及|与)?\s?《")
_LONGEST_TITLE = 120
_LONGEST_ISSUER = 12
_BETWEEN = 12  # characters that may stand between a title and its number
_MEDIA_ENDS = words("citations", "media", "endings")
_MEDIA_BEHIND = re.compile("》(?:等|的)?" + word_pattern("citations", "media", "behind"))
_MEDIA_BEFORE = words("citations", "media", "before")


def find_citations(text: str, folded: str) -> tuple[Citation, ...]:
    """Titles and document numbers, in the order of the text."""
    titles = [span for span in _titles(folded) if not _is_medium(folded, span)]
    numbers = [_with_issuer(folded, *match.span()) for pattern in (_YEARED, _ORDER) for match in pattern.finditer(folded)]
    numbers.sort()
    of_title = _numbers_of_titles(folded, titles, numbers)
    taken = set(of_title.values())
    found = [Citation(text[slice(*span)], text[slice(*of_title[span])] if span in of_title else None, *span) for span in titles]
    found += [Citation(None, text[slice(*span)], *span) for span in numbers if span not in taken]
    return tuple(sorted(found, key=lambda citation: (citation.char_start, citation.char_end)))


@lru_cache(maxsize=4_000)  # reports cite the same laws
def normalized_title(title: str) -> str:
    """A title by which mentions of one document can be joined: NFKC, no blanks, one kind of dash, without its edition.

    《中华人民共和国行政处罚法》, 《行政处罚法（2021年修订）》 and 《行政处罚法》 give the same; inner 〈〉 stay.
    """
    table = load("citations")["title"]
    name = re.sub(r"\s", "", unicodedata.normalize("NFKC", title))
    name = re.sub("[—–−~]+", "-", name).replace("《", "〈").replace("》", "〉")
    for pattern in (*table["editions"], *table["prefixes"]):
        name = re.sub(pattern, "", name)
    return name


def _titles(folded: str) -> list[Span]:
    """Outermost titles, each on one line. An unclosed bracket opens none and hides none behind it."""
    closed: list[Span] = []
    opened: list[int] = []
    for match in _BRACKETS.finditer(folded):
        mark = match.group()
        if mark == "\n":
            opened.clear()
        elif mark == "《":
            opened.append(match.end())
        elif opened:
            start = opened.pop()
            if start < match.start() <= start + _LONGEST_TITLE and "。" not in folded[start : match.start()]:
                closed.append((start, match.start()))
    return _outermost(closed)


def _outermost(spans: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _is_medium(folded: str, span: Span) -> bool:
    start, end = span
    return (
        folded.endswith(_MEDIA_ENDS, start, end)
        or folded.endswith(_MEDIA_BEFORE, max(0, start - 6), start - 1)
        or _MEDIA_BEHIND.match(folded, end, end + 12) is not None
    )


def _with_issuer(folded: str, start: int, end: int) -> Span:
    """A number with the letters of the issuing body, without the words in front of them: 依据|临卫发〔2024〕12号."""
    begin = max(0, start - _LONGEST_ISSUER)
    letters = _ISSUER.search(folded[begin:start])
    if letters is None:
        return start, end
    at = begin + letters.start()
    for cut in _CUT.finditer(folded, at, start):
        at = cut.end()
    return at, end


def _numbers_of_titles(folded: str, titles: list[Span], numbers: list[Span]) -> dict[Span, Span]:
    """The number of each title that has one: inside it, directly behind or before it, or shared by the titles of one notice."""
    found: dict[Span, Span] = {}
    starts = [title[0] for title in titles]
    for number in numbers:
        i = bisect_left(starts, number[0] + 1) - 1  # the last title that begins before the number
        if i >= 0 and number[1] <= titles[i][1]:
            found.setdefault(titles[i], number)
            continue
        before = folded[titles[i][1] : number[0]] if i >= 0 and number[0] - titles[i][1] <= _BETWEEN else ""
        if before and _TO_NUMBER.fullmatch(before):
            found.setdefault(titles[i], number)
            while i > 0 and "的" in before and _CHAIN.fullmatch(folded[titles[i - 1][1] : titles[i][0]]):
                i -= 1
                found.setdefault(titles[i], number)
            continue
        i += 1
        behind = folded[number[1] : titles[i][0]] if i < len(titles) and titles[i][0] - number[1] <= _BETWEEN else ""
        if behind and _TO_TITLE.fullmatch(behind):
            found.setdefault(titles[i], number)
            while i + 1 < len(titles) and _CHAIN.fullmatch(folded[titles[i][1] : titles[i + 1][0]]):
                i += 1
                found.setdefault(titles[i], number)
    return found
