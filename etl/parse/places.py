"""Where things stand: sections, measures and blocks by offset.

In: the outline and the measures of a text. Out: for an offset, what it lies in. Nothing is read here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from etl.models import Measure, Part
from etl.parse.outline import Block, Outline


class Spot(NamedTuple):
    """What an offset lies in.

    `section` and `measure` are indices, `measure_end` is 0 outside of measures, `block` is the last one that begins before the offset.
    `scope` is a number for the measure or block, within which figures may refer to each other; it runs from `opening`.
    """

    section: int | None
    measure: int | None
    measure_end: int
    block: Block | None
    scope: int
    opening: int
    part: Part

    def on_page(self, offset: int) -> bool:
        """Whether an offset here lies on a line that is set around the report: a telephone, a count of views, a cover letter."""
        return self.block is not None and self.block.kind in ("page", "letter") and offset < self.block.char_end


class Places:
    """The spots of a text; all offsets between two beginnings or ends share one, which is found once."""

    def __init__(self, outline: Outline, found_measures: Sequence[Measure]) -> None:
        self._measures = found_measures
        self._section_starts = [section.char_start for section in outline.sections]
        self._measure_starts = [measure.char_start for measure in found_measures]
        self._blocks = outline.blocks
        self._block_starts = [block.char_start for block in outline.blocks]
        ends = (measure.char_end for measure in found_measures)
        self._bounds = sorted({*self._section_starts, *self._measure_starts, *ends, *self._block_starts})
        self._spots: dict[int, Spot] = {}

    def at(self, offset: int) -> Spot:
        """Where an offset is."""
        i = bisect_right(self._bounds, offset)
        if i not in self._spots:
            self._spots[i] = self._find(offset)
        return self._spots[i]

    def _find(self, offset: int) -> Spot:
        section = bisect_right(self._section_starts, offset) - 1
        number = bisect_right(self._block_starts, offset)
        block = self._blocks[number - 1] if number else None
        i = bisect_right(self._measure_starts, offset) - 1
        measure = self._measures[i] if i >= 0 and offset < self._measures[i].char_end else None
        around = measure or block
        return Spot(
            section=section if section >= 0 else None,
            measure=i if measure else None,
            measure_end=measure.char_end if measure else 0,
            block=block,
            scope=-1 - i if measure else number,
            opening=around.char_start if around else 0,
            part=around.part if around else "achievement",
        )
