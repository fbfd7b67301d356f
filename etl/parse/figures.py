"""A figure in its surroundings: the pieces of text that labels, kinds, periods and subjects are read from.

In: folded text, sentences and the quantities found. Out: one `Figure` a quantity, with its sentence, segment and clause, and
the text on both sides up to the next comma or the next figure. Nothing is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.models import Part
from etl.parse.quantities import Quantity
from etl.parse.sentences import Sentences, Span

# between two figures of one series: 31件、44件   52件、68件和97件
_JOINT = re.compile(r"\s*(?:、|和|及|以及|与)\s*")

# 12场(次)   60台(套)
_ALTERNATIVE = re.compile(r"^[(][次套家户个件册人份][)]")


@dataclass(slots=True)
class Figure:
    """A quantity with the text around it (folded). `left` starts behind the last comma or figure, `right` ends before the next.

    `joined` says that nothing but 、 or 和 stands between the figure before it and this one.
    """

    quantity: Quantity
    sentence: Span
    segment: Span
    clause: Span
    left: str
    right: str
    part: Part
    joined: bool
    bracketed: bool


def surround(text: str, sentences: Sentences, quantities: Sequence[Quantity], parts: Sequence[Part]) -> list[Figure]:
    """The figures of a text, in order; `parts` holds the part of each quantity."""
    figures = []
    begin = stop = 0
    clause = segment = (0, 0)
    for i, quantity in enumerate(quantities):
        if not begin <= quantity.start < stop:
            begin, stop = sentences.sentence(quantity.start)
        if not segment[0] <= quantity.start < segment[1]:
            segment = sentences.segment(quantity.start)
        if not clause[0] <= quantity.number_start < clause[1]:
            clause = sentences.clause(quantity.number_start)
        sentence = begin, max(stop, quantity.end)  # a sentence without an end may be cut within a figure
        before = quantities[i - 1].end if i else 0
        after = quantities[i + 1].start if i + 1 < len(quantities) else len(text)
        start = max(min(clause[0], quantity.start), before, sentence[0])
        end = min(clause[1], after)
        left = text[start : quantity.start]
        right = text[quantity.end : max(end, quantity.end)]
        joint = _JOINT.fullmatch(text, before, quantity.start) if i and before >= sentence[0] else None
        figures.append(
            Figure(
                quantity,
                sentence,
                segment,
                clause,
                left,
                _ALTERNATIVE.sub("", right) if right.startswith("(") else right,
                parts[i],
                joint is not None,
                "(" in left and left.count("(") > left.count(")"),
            )
        )
    return figures
