"""Arithmetic that a report states: sums, shares and changes whose figures stand beside each other, recognised and checked.

    metrics -> terms of each sentence -> balances, partitions, rates, changes, repeats -> statements, and findings of those that fail

Precision first: a statement is made only where the grammar leaves no other reading, and fails only beyond the rounding of the
printed digits. Growth on last year's figure is recognised here and judged where last year's report is known (etl.facts.growth).
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.models import Finding, Metric, Statement
from etl.parse.arithmetic.balances import find_balances
from etl.parse.arithmetic.changes import find_changes
from etl.parse.arithmetic.partitions import find_partitions
from etl.parse.arithmetic.rates import find_rates
from etl.parse.arithmetic.repeats import find_repeats
from etl.parse.arithmetic.statement import finding
from etl.parse.arithmetic.terms import read_lines

__all__ = ["find_statements", "findings_of"]


def find_statements(text: str, folded: str, metrics: Sequence[Metric]) -> tuple[Statement, ...]:
    """The statements of a report, in the order of the text. `metrics` must be in that order too."""
    lines = read_lines(text, folded, metrics)
    balances = find_balances(lines, text)
    in_balances = {index for statement in balances for index in statement.metrics}
    partitions = [s for s in find_partitions(lines, text) if not in_balances.intersection(s.metrics)]
    wholes = {statement.metrics[-2]: statement.metrics[-1] for statement in partitions if len(statement.metrics) > 2}
    found = [*balances, *partitions, *find_rates(lines, text), *find_changes(lines, text, wholes), *find_repeats(lines, text)]
    return tuple(sorted(found, key=lambda statement: (statement.char_start, statement.char_end, statement.rule)))


def findings_of(statements: Sequence[Statement]) -> tuple[Finding, ...]:
    """The statements that do not hold, for a person to look at."""
    return tuple(finding(statement) for statement in statements if statement.holds is False)
