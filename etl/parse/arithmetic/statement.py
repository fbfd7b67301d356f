"""How a statement is put down: its expression in figures, what was stated, what it should be, and where it stands.

In: the terms of a sum and the verdict. Out: `Statement` records (etl.models), and the finding of one that does not hold. Spans run
from the first to the last term where they share a sentence, else over the terms of the last one's sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from etl.models import ArithmeticRule, Finding, Statement
from etl.parse.arithmetic.terms import Term

_IN_WORDS: dict[ArithmeticRule, str] = {
    "balance": "what came and went does not lead from the first figure to the last",
    "parts": "the parts do not add up to the whole",
    "parts_within": "the parts are more than the whole",
    "rate": "the rate is not that of its counts",
    "change": "the change is not that between the two figures",
    "growth": "the change is not that on last year's figure",
    "repeat": "the same figure is given twice with different values",
}


def make(
    rule: ArithmeticRule, terms: Sequence[Term], expression: str, expected: Decimal | None, *, holds: bool | None, text: str
) -> Statement:
    """The statement; the last of `terms` is the figure that it speaks of, the first may stand in another sentence."""
    stated, first = terms[-1], terms[0]
    sentence = stated.metric.sentence
    within = [term.metric for term in terms if term.metric.sentence == sentence]
    start, end = min(m.char_start for m in within), max(m.char_end for m in within)
    return Statement(
        rule=rule,
        expression=expression,
        holds=holds,
        stated=stated.value,
        expected=expected,
        metrics=tuple(term.number for term in terms),
        quote=text[start:end],
        sentence=sentence,
        other_sentence=None if first.metric.sentence == sentence else first.metric.sentence,
        char_start=start,
        char_end=end,
    )


def finding(statement: Statement) -> Finding:
    """What a person should look at, with the sentences in question."""
    others = [statement.other_sentence] if statement.other_sentence else []
    said = " and ".join(f"“{sentence}”" for sentence in [*others, statement.sentence])
    should = "" if statement.expected is None else f" (it would be {plain(statement.expected)})"
    message = f"{_IN_WORDS[statement.rule]}: {statement.expression}{should}, in {said}"
    return Finding(f"arithmetic_{statement.rule}", message, statement.quote, statement.char_start, statement.char_end)


def plain(value: Decimal) -> str:
    """1286.50 -> 1286.5, 3.5E+8 -> 350000000."""
    return format(value.normalize(), "f")


def percent(term: Term) -> str:
    """40.1%."""
    return f"{plain(term.value)}%"


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """To the last printed digit, for people to compare: 40.136 -> 40.1."""
    return value.quantize(step if step else Decimal(1), ROUND_HALF_UP)


def prints_as(low: Decimal, high: Decimal, stated: Term) -> bool:
    """Whether a value between `low` and `high` may be printed as `stated`, rounded or cut off behind the last digit."""
    return low < stated.value + (stated.step or 1) and high >= stated.low
