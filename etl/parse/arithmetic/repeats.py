"""One figure given twice: in the body and in a table, under the same label.

In: the metrics of a report. Out: statements body = table. Labels must be equal and long enough to name one thing, so must unit, period and
kind; parts of a whole and plans are left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.models import Statement
from etl.parse.arithmetic.statement import make, plain
from etl.parse.arithmetic.terms import Line, Term

_SHORTEST_LABEL = 4
_Key = tuple[str, str, str, str]


def find_repeats(lines: Sequence[Line], text: str) -> list[Statement]:
    """Statements of figures that stand in a table and in the body; `lines` are those of the whole report."""
    tabled = [term for line in lines for term in line.terms if "label:table" in term.metric.rule and _is_telling(term)]
    if not tabled:
        return []
    terms = [term for line in lines for term in line.terms if _is_telling(term)]
    told: dict[_Key, list[Term]] = {}
    for term in terms:
        if "label:table" not in term.metric.rule and "其中" not in term.left and term.metric.kind != "change":
            told.setdefault(_key(term), []).append(term)
    rows: dict[_Key, list[Term]] = {}
    for term in tabled:
        rows.setdefault(_key(term), []).append(term)
    pairs = [(told[key][0], cells[0]) for key, cells in rows.items() if len(cells) == 1 and len(told.get(key, ())) == 1]
    return [_statement(body, cell, text) for body, cell in pairs]


def _is_telling(term: Term) -> bool:
    return term.exact and len(term.metric.label) >= _SHORTEST_LABEL


def _key(term: Term) -> _Key:
    return term.metric.label, term.unit, term.metric.period, term.metric.kind


def _statement(body: Term, cell: Term, text: str) -> Statement:
    holds = body.low <= cell.high and cell.low <= body.high
    return make("repeat", (body, cell), f"{plain(body.value)} = {plain(cell.value)}", body.value, holds=holds, text=text)
