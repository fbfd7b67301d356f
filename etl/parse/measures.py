"""Measures (举措): enumerated items and body paragraphs.

In: folded text and the outline's blocks. Out: measures in order, each without its enumerator, with a title where its first
clause is one. A paragraph with run-in enumerators gives one measure an item, and its lead-in none; any other body paragraph is one
measure, unless it is a preamble, thanks, or a lead-in to a list.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from etl.models import Measure, Part
from etl.parse import parts
from etl.parse.enumerators import Item, read_items
from etl.parse.lexicon import load
from etl.parse.outline import Block, Outline

_FURNITURE = load("parts")["furniture"]
_THANKS, _PREAMBLE, _LEAD_IN, _ANNOUNCING = (re.compile(_FURNITURE[name]) for name in ("thanks", "preamble", "lead_in", "announcing"))
_BULLET = re.compile(r"(?:——|—|•|●|○|■|□|◆|◇|★|▲|►|※|·|\*(?!\*)|-)\s*")
# the leading clause of an item that goes on behind it, in bold or not: 加强学习。|…   **力量不足**:|…
_TITLE = re.compile(r"(?:\*\*|__)?([^。:;!?*]+)(?=(?:\*\*)?[。:](?:\*\*)?\s*\S)")
_LONGEST_TITLE = 40
_LONGEST_TAIL = 120  # characters at the end of a paragraph that tell a preamble
_LONGEST_LEAD_IN = 150
_OPENING = 40  # characters that show whether a paragraph opens with an enumerator
_FIRST_BODIES = 3  # a preamble stands among them


class _Span(NamedTuple):
    enumerator: tuple[int, int] | None
    start: int
    end: int
    part: Part


def read_measures(text: str, folded: str, outline: Outline, year: int | None) -> tuple[Measure, ...]:
    """All measures of a report, in order; `text` is the text as given, of which the spans are."""
    reader = _Reader(folded, outline, year)
    return tuple(_measure(text, folded, block.section, span) for block in reader.bodies() for span in reader.read(block))


class _Reader:
    """Reads body blocks in order and remembers which part and which list the last one belonged to."""

    def __init__(self, folded: str, outline: Outline, year: int | None) -> None:
        self._folded = folded
        self._outline = outline
        self._year = year
        self._section: int | None = -1
        self._carried: Part | None = None
        self._family: str | None = None
        self._after = {block.char_start: below for block, below in pairwise(outline.blocks)}

    def bodies(self) -> list[Block]:
        """Body blocks that may hold measures: not what stands before the first heading, nor a preamble among the first ones.

        The headings of appendices are none of the report's: in front of them alone it has no headings.
        """
        bodies = [block for block in self._outline.blocks if block.kind == "body"]
        if any(section.part != "other" for section in self._outline.sections):
            return [block for block in bodies if block.section is not None or block.enumerator is not None]
        tails = [self._folded[max(block.char_start, block.char_end - _LONGEST_TAIL) : block.char_end] for block in bodies[:_FIRST_BODIES]]
        skipped = max((i + 1 for i, tail in enumerate(tails) if _PREAMBLE.search(tail)), default=0)
        return bodies[skipped:]

    def read(self, block: Block) -> list[_Span]:
        """The measures of a block."""
        paragraph = self._folded[block.char_start : block.char_end]
        if block.section != self._section:
            self._section, self._carried, self._family = block.section, None, None
        items = [] if block.enumerator else read_items(paragraph, self._family)
        enumerated = bool(block.enumerator or (items and items[0].enumerator[0] == 0))
        part = self._part(block, paragraph, enumerated=enumerated)
        self._family = items[-1].family if items else None
        if block.enumerator:
            return [_Span(block.enumerator, block.char_start, block.char_end, part)]
        if items:
            return [self._item(item, items, paragraph, part, block) for item in items]
        if self._is_none(block, paragraph):
            return []
        return [_Span(None, block.char_start, block.char_end, part)]

    def _is_none(self, block: Block, paragraph: str) -> bool:
        """Thanks, a preamble, or a lead-in to a list that follows."""
        tail = paragraph[-_LONGEST_TAIL:]
        if _THANKS.search(tail) or _LEAD_IN.search(tail) or (_PREAMBLE.search(tail) and len(paragraph) < 4 * _LONGEST_TAIL):
            return True
        return len(paragraph) <= _LONGEST_LEAD_IN and _ANNOUNCING.search(tail) is not None and self._list_follows(block)

    def _list_follows(self, block: Block) -> bool:
        below = self._after.get(block.char_start)
        if below is None or below.kind != "body" or below.section != block.section:
            return False
        return below.enumerator is not None or bool(read_items(self._folded[below.char_start : below.char_start + _OPENING]))

    def _part(self, block: Block, paragraph: str, *, enumerated: bool) -> Part:
        """Part of a block: its section's, or its own where no heading or a merged one leaves that to the text."""
        merged = self._is_merged(block)
        if block.section is not None and not merged:
            return block.part
        own = parts.paragraph_part(paragraph, self._year)
        if (enumerated and self._carried and own != "plan") or (own is None and (merged or self._carried == "plan")):
            own = self._carried
        announced = own is not None and (merged or own == "plan" or _LEAD_IN.search(paragraph[-_LONGEST_TAIL:]))
        if announced or not enumerated:
            self._carried = own
        return own or block.part

    def _item(self, item: Item, items: list[Item], paragraph: str, part: Part, block: Block) -> _Span:
        """An item, in the part of its block or of the lead-in to a second list in the same paragraph."""
        if item.lead_in != items[0].lead_in and (block.section is None or self._is_merged(block)):
            self._carried = parts.paragraph_part(paragraph[slice(*item.lead_in)], self._year) or self._carried
            part = self._carried or part
        at = block.char_start
        return _Span((at + item.enumerator[0], at + item.enumerator[1]), at + item.start, at + item.end, part)

    def _is_merged(self, block: Block) -> bool:
        if block.section is None:
            return False
        heading = self._outline.sections[block.section]
        return len(parts.named_parts(self._folded[heading.char_start : heading.char_end])) > 1


def _measure(text: str, folded: str, section: int | None, span: _Span) -> Measure:
    return Measure(
        section=section,
        part=span.part,
        enumerator=text[slice(*span.enumerator)] if span.enumerator else None,
        title=_title(text, folded, span),
        text=text[span.start : span.end],
        char_start=span.start,
        char_end=span.end,
    )


def _title(text: str, folded: str, span: _Span) -> str | None:
    """The leading clause up to its first 。 (or a colon) of an enumerated or bulleted item that goes on behind it."""
    bullet = _BULLET.match(folded, span.start, span.end)
    if span.enumerator is None and bullet is None:
        return None
    match = _TITLE.match(folded, bullet.end() if bullet else span.start, span.end)
    if match is None or len(match[1]) > _LONGEST_TITLE:
        return None
    return text[match.start(1) : match.end(1)]
