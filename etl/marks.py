"""Marks on a text, cut into stretches that each lie below the same marks: what every page that shows a marked report is made of.

In: spans of characters with what they mark; they may overlap in any way. Out: the stretches in order, each with its marks.
Pure; how a mark looks is left to the page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

Span = tuple[int, int]


class Mark(NamedTuple):
    """text[start:end] is marked as `kind` (figure, numeral, heading …); `key` is what the mark stands for."""

    start: int
    end: int
    kind: str
    key: Any


class Stretch(NamedTuple):
    """text[start:end], with the marks that lie over all of it: those that begin first come first, of these the longest."""

    start: int
    end: int
    marks: tuple[Mark, ...]

    def of(self, kind: str) -> list[Mark]:
        """Its marks of a kind."""
        return [mark for mark in self.marks if mark.kind == kind]

    def opens(self, mark: Mark) -> bool:
        """Whether the mark begins here."""
        return mark.start == self.start

    def closes(self, mark: Mark) -> bool:
        """Whether the mark ends here."""
        return mark.end == self.end


class Marks:
    """The marks of a text, for one part of it after the other. An empty span marks nothing, and is left out."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._marks = sorted((mark for mark in marks if mark.start < mark.end), key=lambda mark: (mark.start, -mark.end))
        self._bounds = sorted({bound for mark in self._marks for bound in (mark.start, mark.end)})
        self._over = [tuple(over) for over in self._sweep()]

    def _sweep(self) -> Iterator[list[Mark]]:
        """For each bound the marks over the stretch that begins there."""
        left, over = iter(self._marks), list[Mark]()
        coming = next(left, None)
        for bound in self._bounds:
            over = [mark for mark in over if mark.end > bound]
            while coming is not None and coming.start == bound:
                over.append(coming)
                coming = next(left, None)
            yield over

    def stretches(self, start: int, end: int) -> Iterator[Stretch]:
        """text[start:end] in stretches; one at least."""
        inner = self._bounds[bisect_right(self._bounds, start) : bisect_left(self._bounds, end)]
        for a, b in pairwise([start, *inner, end]):
            yield Stretch(a, b, self.around(a))

    def around(self, offset: int) -> tuple[Mark, ...]:
        """The marks over one character."""
        at = bisect_right(self._bounds, offset) - 1
        return self._over[at] if at >= 0 else ()


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans with those joined that overlap."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
