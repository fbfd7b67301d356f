"""Where things stand: sections, measures and blocks by offset.

In: the outline and the measures of a text. Out: for an offset, what it lies in. Nothing is read here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from etl.models import Measure, Part
from etl.parse.figures import Figure
from etl.parse.outline import Outline
from etl.parse.tables import Cell


class Places:
    """Sections and measures by offset."""

    def __init__(self, outline: Outline, found_measures: Sequence[Measure]) -> None:
        self._measures = found_measures
        self._section_starts = [section.char_start for section in outline.sections]
        self._measure_starts = [measure.char_start for measure in found_measures]
        self._blocks = outline.blocks
        self._block_starts = [block.char_start for block in outline.blocks]

    def section(self, offset: int) -> int | None:
        """Index of the section that an offset lies in."""
        i = bisect_right(self._section_starts, offset) - 1
        return i if i >= 0 else None

    def measure(self, offset: int) -> int | None:
        """Index of the measure around an offset."""
        i = bisect_right(self._measure_starts, offset) - 1
        return i if i >= 0 and offset < self._measures[i].char_end else None

    def block(self, offset: int) -> int:
        """A number for the measure or block around an offset, within which figures may refer to each other."""
        measure = self.measure(offset)
        return -1 - measure if measure is not None else bisect_right(self._block_starts, offset)

    def opening(self, offset: int) -> int:
        """Where the measure or block around an offset starts."""
        measure = self.measure(offset)
        if measure is not None:
            return self._measures[measure].char_start
        block = bisect_right(self._block_starts, offset) - 1
        return self._blocks[block].char_start if block >= 0 else 0

    def on_page(self, offset: int) -> bool:
        """Whether an offset lies on a line that is set around the report: a telephone, a count of views."""
        i = bisect_right(self._block_starts, offset) - 1
        return i >= 0 and self._blocks[i].kind == "page" and offset < self._blocks[i].char_end

    def part(self, offset: int) -> Part:
        """Part of the measure, else of the block."""
        measure = self.measure(offset)
        if measure is not None:
            return self._measures[measure].part
        i = bisect_right(self._block_starts, offset) - 1
        return self._blocks[i].part if i >= 0 else "achievement"

    def row_cell(self, folded: str, figure: Figure, cells: Mapping[int, Cell]) -> Cell | None:
        """Label of a table row whose figure carries its own unit: 办理行政许可 52800 件."""
        i = bisect_right(self._block_starts, figure.quantity.start) - 1
        if i < 0 or self._blocks[i].kind != "row":
            return None
        label = folded[self._blocks[i].char_start : figure.quantity.start].strip()
        return Cell(figure.quantity.unit, label, None) if label and not cells.get(figure.quantity.start) else None

    def rest_of_measure(self, offset: int) -> tuple[int, int]:
        """Span of what stands behind an offset in its measure."""
        measure = self.measure(offset)
        return (offset, self._measures[measure].char_end) if measure is not None else (offset, offset)
