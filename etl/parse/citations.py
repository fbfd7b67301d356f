"""Documents cited: 《…》 titles, document numbers (〔2023〕12号), and both together.

In: the text as given and its folded form. Out: citations in order. Quotations inside a title stay inside it; a number directly behind
its title belongs to it.
"""

from __future__ import annotations

import re

from etl.models import Citation

# 临卫发〔2024〕12号   国办发[2017]47号
_NUMBER = re.compile(r"[\u4e00-\u9fff]{0,8}?[\u4e00-\u9fff]?[〔\[(【](?:19|20)[0-9]{2}[〕\])】]\s?(?:第\s?)?[0-9]+(?:-[0-9]+)?\s?号")
_PREFIX = re.compile(r"(?:依据|根据|按照|依照|落实|贯彻|执行|印发|关于|以|见|的|和|与)")
_BRACKETS = re.compile("[《》\n]")


def find_citations(text: str, folded: str) -> tuple[Citation, ...]:
    """Titles and document numbers, in the order of the text."""
    numbers = [_trimmed(folded, match) for match in _NUMBER.finditer(folded)]
    titles = _titles(folded)
    found = []
    for start, end in titles:
        beside = next((n for n in numbers if 0 <= n[0] - end <= 2 and folded[end : n[0]].strip("》( ") == ""), None)
        inside = next((n for n in numbers if start <= n[0] < end), None)
        number = beside or inside
        found.append(Citation(text[start:end], text[slice(*number)] if number else None, start, end))
        numbers = [n for n in numbers if n not in (beside, inside)]
    found += [Citation(None, text[start:end], start, end) for start, end in numbers]
    return tuple(sorted(found, key=lambda citation: citation.char_start))


def _titles(folded: str) -> list[tuple[int, int]]:
    """Outermost titles, each on one line; an unclosed bracket opens none."""
    spans = []
    opened: list[int] = []
    for match in _BRACKETS.finditer(folded):
        if match.group() == "\n":
            opened.clear()
        elif match.group() == "《":
            opened.append(match.end())
        elif opened:
            start = opened.pop()
            if not opened and start < match.start():
                spans.append((start, match.start()))
    return spans


def _trimmed(folded: str, match: re.Match[str]) -> tuple[int, int]:
    """Without the words in front of the issuing body's letters: 依据临卫发〔2024〕12号 -> 临卫发〔2024〕12号."""
    start = match.start()
    for prefix in _PREFIX.finditer(folded, match.start(), match.end()):
        start = prefix.end()
    return start, match.end()
