"""Growth on last year's figure, judged where that figure is known.

In: the expression of an open statement (`94 - ? = 12`), and the three figures as printed. Out: the expression without its unknown, what
the change would be, and whether the printed change is that. Which figure is last year's is decided in etl.facts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from etl.parse.arithmetic.statement import plain, rounded
from etl.parse.arithmetic.terms import printed_step
from etl.parse.folding import fold

UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure with the precision that it is printed in."""

    value: Decimal
    step: Decimal

    @property
    def low(self) -> Decimal:
        return self.value - self.step / 2

    @property
    def high(self) -> Decimal:
        return self.value + self.step / 2


@dataclass(frozen=True, slots=True)
class Judged:
    """An open statement with last year's figure put in."""

    expression: str
    expected: Decimal
    holds: bool


def as_printed(value: Decimal, quote: str, unit: str) -> Printed | None:
    """The figure of a quote (1.2万人), or null where its digits do not say how exact it is."""
    step = printed_step(fold(quote), unit)
    return None if step is None else Printed(value, step)


def judge(expression: str, now: Printed, before: Printed, stated: Printed) -> Judged | None:
    """Put last year's figure into an open statement; null where it cannot be (a growth on nothing)."""
    falls = expression.startswith((f"{UNKNOWN} -", "1 -"))
    sign = -1 if falls else 1
    change: Callable[[Decimal, Decimal], Decimal] = _in_percent if "/" in expression else _in_units
    if change is _in_percent and before.low <= 0:
        return None
    bounds = sorted((sign * change(now.low, before.high), sign * change(now.high, before.low)))
    # rounded, or cut off behind the last digit
    holds = bounds[0] < stated.value + (stated.step or Decimal("0.5")) and bounds[1] >= stated.low
    expected = sign * change(now.value, before.value)
    return Judged(expression.replace(UNKNOWN, plain(before.value)), rounded(expected, stated.step) if stated.step else expected, holds)


def _in_percent(now: Decimal, before: Decimal) -> Decimal:
    return 100 * (now / before - 1)


def _in_units(now: Decimal, before: Decimal) -> Decimal:
    return now - before
