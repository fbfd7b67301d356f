"""Measures (举措): enumerated items and body paragraphs.

In: folded text and the outline's blocks. Out: measures in order, each without its enumerator, with a title where its first
clause is one. A paragraph with run-in enumerators gives one measure an item, and its lead-in none; any other body paragraph is one
measure, unless it is a preamble, thanks, or a lead-in that ends in a colon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl.models import Measure, Part
from etl.parse import parts
from etl.parse.lexicon import load
from etl.parse.outline import Block, Outline

_ORDINALS = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LEAD = r"(?:(?<=[。;:,、!?\s])|^)"
# Families of run-in enumerators; a paragraph is split by the family that opens first.
_FAMILIES: tuple[re.Pattern[str], ...] = (
    re.compile(rf"{_LEAD}([{_ORDINALS}]{{1,2}}是)(?!否)"),  # 一是…;二是…
    re.compile(rf"{_LEAD}([{_ORDINALS}]{{1,2}}要)(?![求素点件])"),  # 一要…;二要…
    re.compile(rf"{_LEAD}(首先|其次|再次|再者|然后|此外|最后)(?=[,、:]|[\u4e00-\u9fff])"),  # 首先,…。其次,…
    re.compile(rf"{_LEAD}(第[{_ORDINALS}])(?=[,、:])"),  # 第一,…
    re.compile(rf"{_LEAD}(其[{_ORDINALS}])(?=[,、:])"),  # 其一,…
    re.compile(rf"([{_CIRCLED}])"),  # ①…②…
    re.compile(rf"{_LEAD}(\([0-9]{{1,2}}\))"),  # (1)…(2)…
    re.compile(rf"{_LEAD}([0-9]{{1,2}}[.、])(?![0-9])"),  # 1.…2.…
    re.compile(rf"{_LEAD}(\([{_ORDINALS}]{{1,2}}\))"),  # (一)…;(二)…
)
_FIRST = ("一是", "一要", "首先", "第一", "其一", "①", "(1)", "1.", "1、", "(一)")
_FURNITURE = load("parts")["furniture"]
_THANKS, _PREAMBLE, _LEAD_IN = (re.compile(_FURNITURE[name]) for name in ("thanks", "preamble", "lead_in"))
_BULLET = re.compile(r"(?:——|—|•|●|■|·|\*|-)\s*")
_LONGEST_TITLE = 40


@dataclass(frozen=True, slots=True)
class _Item:
    enumerator: tuple[int, int] | None
    start: int
    end: int


def read_measures(text: str, folded: str, outline: Outline, year: int | None) -> tuple[Measure, ...]:
    """All measures of a report, in order; `text` is the text as given, of which the spans are."""
    measures = []
    part_so_far: Part | None = None
    for block in _candidates(folded, outline):
        paragraph = folded[block.char_start : block.char_end]
        own = parts.paragraph_part(paragraph, year) if _decides_itself(block, outline, folded) else None
        if own is None and block.section is None and part_so_far == "plan":
            own = "plan"
        part = own or block.part
        part_so_far = part
        for item in _items(folded, block):
            measures.append(_measure(text, folded, block.section, part, item))
    return tuple(measures)


def _candidates(folded: str, outline: Outline) -> Iterator[Block]:
    bodies = [block for block in outline.blocks if block.kind == "body" and block.part != "other"]
    for position, block in enumerate(bodies):
        paragraph = folded[block.char_start : block.char_end]
        if block.section is None and (outline.sections or _PREAMBLE.search(paragraph)) and block.enumerator is None:
            continue
        if not outline.sections and position == 0 and len(bodies) > 1 and _PREAMBLE.search(paragraph[-40:]):
            continue
        if _THANKS.search(paragraph) or (_PREAMBLE.search(paragraph) and not _items_in(folded, block)):
            continue
        if _LEAD_IN.search(paragraph) and not _items_in(folded, block):
            continue
        yield block


def _decides_itself(block: Block, outline: Outline, folded: str) -> bool:
    if block.section is None:
        return True
    heading = outline.sections[block.section]
    if heading.level != 1:
        return False
    return len(parts.named_parts(folded[heading.char_start : heading.char_end])) > 1


def _items(folded: str, block: Block) -> list[_Item]:
    """The enumerated items of a block, or the block itself."""
    if block.enumerator is not None:
        return [_Item(block.enumerator, block.char_start, block.char_end)]
    return _items_in(folded, block) or [_Item(None, block.char_start, block.char_end)]


def _items_in(folded: str, block: Block) -> list[_Item]:
    paragraph = folded[block.char_start : block.char_end]
    best: list[re.Match[str]] = []
    for family in _FAMILIES:
        hits = _sequence(list(family.finditer(paragraph)), paragraph)
        if hits and (not best or hits[0].start() < best[0].start()):
            best = hits
    ends = [*(hit.start() for hit in best[1:]), len(paragraph)] if best else []
    return [_item(block, paragraph, hit, end) for hit, end in zip(best, ends, strict=True)]


def _sequence(hits: list[re.Match[str]], paragraph: str) -> list[re.Match[str]]:
    """The hits where they enumerate: from the first ordinal on, at least two of them, or one that opens the paragraph."""
    if not hits:
        return []
    if hits[0].start() == 0 and hits[0][1] not in ("此外", "最后", "然后"):
        return hits
    first = next((i for i, hit in enumerate(hits) if hit[1] in _FIRST), None)
    if first is None or len(hits) - first < 2:
        return []
    return hits[first:]


def _item(block: Block, paragraph: str, hit: re.Match[str], end: int) -> _Item:
    start = hit.end()
    while start < end and paragraph[start] in " ,、:.":
        start += 1
    while end > start and paragraph[end - 1] == " ":
        end -= 1
    enumerator = (block.char_start + hit.start(1), block.char_start + hit.end(1))
    return _Item(enumerator, block.char_start + start, block.char_start + end)


def _measure(text: str, folded: str, section: int | None, part: Part, item: _Item) -> Measure:
    return Measure(
        section=section,
        part=part,
        enumerator=text[slice(*item.enumerator)] if item.enumerator else None,
        title=_title(text, folded, item),
        text=text[item.start : item.end],
        char_start=item.start,
        char_end=item.end,
    )


def _title(text: str, folded: str, item: _Item) -> str | None:
    """The leading clause up to its first 。 (or a colon) of an enumerated or bulleted item that goes on behind it."""
    bullet = _BULLET.match(folded, item.start, item.end)
    if item.enumerator is None and bullet is None:
        return None
    start = bullet.end() if bullet else item.start
    match = re.compile(r"[^。:;!?]+(?=[。:]\s*\S)").match(folded, start, item.end)
    if match is None or len(match.group()) > _LONGEST_TITLE:
        return None
    return text[start : match.end()]
