"""The figures of a sentence as terms of a sum: value, printed precision, and the words between it and its neighbours.

In: folded text and the metrics of a report. Out: one `Line` a sentence with figures. A number that stands for two things is one
term. Whether the terms make a statement is decided by the modules beside this one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from etl.models import Metric

_WHOLE = Decimal(0)
_NEAR = 60
"""So many characters on each side of a figure are looked at."""

# 1,286.5万   12.6万   3 216
_PRINTED = re.compile(r"(?P<whole>[0-9][0-9, ]*)(?:\.(?P<decimals>[0-9]+))?\s?(?P<scale>[十百千万亿]{0,2})")
_SCALES = {
    "": 0,
    "十": 1,
    "百": 2,
    "千": 3,
    "万": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "十亿": 9,
    "百亿": 10,
    "千亿": 11,
    "万亿": 12,
}


@dataclass(slots=True)
class Term:
    """A figure: `number` is the index of its first metric, `step` what its last printed digit counts (0 for a whole count).

    `left` and `right` are the words up to the next figures, `value` and `unit` those of the metric. `exact` is false for a range, a
    qualified number or one without digits: nothing can be held against it.
    """

    number: int
    metric: Metric
    left: str
    right: str
    step: Decimal
    exact: bool
    value: Decimal
    unit: str

    @property
    def low(self) -> Decimal:
        """The least value that prints like this."""
        return self.value - self.step / 2

    @property
    def high(self) -> Decimal:
        """The largest value that prints like this."""
        return self.value + self.step / 2


class Line(NamedTuple):
    """One sentence and its terms, in order."""

    start: int
    end: int
    measure: int | None
    terms: tuple[Term, ...]


def read_lines(text: str, folded: str, metrics: Sequence[Metric]) -> list[Line]:
    """The sentences that hold figures, in order; `metrics` are in the order of the text."""
    lines: list[Line] = []
    i = 0
    while i < len(metrics):
        sentence = metrics[i].sentence
        start = text.find(sentence, max(0, metrics[i].char_end - len(sentence)))
        end = start + len(sentence)
        j = i + 1
        while j < len(metrics) and metrics[j].char_start < end:
            j += 1
        lines.append(Line(start, end, metrics[i].measure, tuple(_terms(folded, metrics, i, j, start, end))))
        i = j
    return lines


def _terms(folded: str, metrics: Sequence[Metric], first: int, last: int, start: int, end: int) -> list[Term]:
    chosen = [k for k in range(first, last) if k == first or metrics[k].char_start >= metrics[k - 1].char_end]
    terms = []
    for position, k in enumerate(chosen):
        metric = metrics[k]
        before = metrics[chosen[position - 1]].char_end if position else start
        after = metrics[chosen[position + 1]].char_start if position + 1 < len(chosen) else end
        left = folded[max(before, metric.char_start - _NEAR) : metric.char_start].strip()
        right = folded[metric.char_end : min(after, metric.char_end + _NEAR)].strip()
        step = printed_step(folded[metric.char_start : metric.char_end], metric.unit)
        exact = step is not None and metric.qualifier == "exact" and metric.value_high is None
        terms.append(Term(k, metric, left, right, step or _WHOLE, exact, metric.value, metric.unit))
    return terms


_SHARES = (
    (re.compile("[0-9]+/[0-9]+"), Decimal("0.01")),
    (re.compile("[一二两三四五六七八九]成"), Decimal(10)),
    (re.compile("[一二两三四五六七八九]成[一二三四五六七八九半]|[二三四五六七八九十]+分之[一二三四五六七八九]|一?半数?"), Decimal(5)),
)


@lru_cache(maxsize=4096)
def printed_step(quote: str, unit: str) -> Decimal | None:
    """What the last digit of a printed number counts: 0.1 for 40.1%, 1000 for 1.2万人, 0 for 147件; null where no digits say it.

    A share in words is as coarse as its words: 10 for 七成, 5 for 七成五 and 四分之一; 8/9 is meant to the digit.
    """
    if unit == "%":
        share = next((step for pattern, step in _SHARES if pattern.fullmatch(quote)), None)
        if share is not None:
            return share
    match = _PRINTED.search(quote)
    if match is None or match["scale"] not in _SCALES or "/" in quote:
        return None
    decimals = len(match["decimals"] or "")
    exponent = _SCALES[match["scale"]] - decimals
    if not decimals and not match["scale"] and unit not in ("%", "‰", "个百分点"):
        return _WHOLE
    return Decimal(1).scaleb(exponent)
