"""What became of a plan: the measures of last year's plan, each beside what this year's report of the same body says was done.

In: the measures of every current report, as they are made, and later those of the reports of the year after. Out: rows of
fact_follow_through: for each plan its best matches by wording and theme, or one row without a match. Only the two reports and the lexicon
decide, so that other bodies and other nights change no score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import exp, log, sqrt
from typing import Any, NamedTuple

from etl.facts.wording import Wording, lexicon, shared_words, weight, wording
from etl.ids import stable_id

Row = dict[str, Any]

DONE = ("achievement", "leadership")
"""The parts of a report that say what was done."""

STRENGTHS = ("strong", "likely", "weak")
"""How a score above the floor reads."""


class _Plan(NamedTuple):
    measure_id: str
    report_id: str
    text: str
    theme_code: str | None


class _Match(NamedTuple):
    score: Decimal
    done: Row
    shared: str
    same_theme: bool | None


class FollowThrough:
    """Gathers the plans of all current reports, some ten in a report, and answers for each report of the year after."""

    def __init__(self) -> None:
        self._plans: dict[tuple[str, int], list[_Plan]] = {}

    def add(self, report: Row, measures: Iterable[Row]) -> None:
        """Take in the plans of a current report (rows of dim_report and fact_measure)."""
        plans = [_Plan(row["measure_id"], row["report_id"], row["text"], row["theme_code"]) for row in measures if row["part"] == "plan"]
        if plans:
            self._plans[report["organization_id"], report["report_year"] + 1] = plans

    def asks_for(self, report: Row) -> bool:
        """Whether last year's report of the same body has plans."""
        return (report["organization_id"], report["report_year"]) in self._plans

    def rows(self, report: Row, measures: Sequence[Row]) -> list[Row]:
        """The rows of fact_follow_through for last year's plans, given the current report of this year and its measures."""
        plans = [(plan, wording(plan.text)) for plan in self._plans[report["organization_id"], report["report_year"]]]
        planned = {term for _, said in plans for term in said.terms}
        done = _Done([row for row in measures if row["part"] in DONE], planned)
        found = []
        for plan, said in plans:
            matches: list[_Match | None] = [*done.matches(plan, said)]
            found += [_row(plan, report["report_id"], rank, match) for rank, match in enumerate(matches or [None], start=1)]
        return found


class _Done:
    """What one report says was done, ready to be asked for plans that have no other terms than those `planned`."""

    def __init__(self, measures: Sequence[Row], planned: set[str]) -> None:
        self._measures = measures
        self._wordings = [wording(row["text"]) for row in measures]
        self._having: dict[str, list[int]] = defaultdict(list)
        for number, said in enumerate(self._wordings):
            for term in planned.intersection(said.terms):
                self._having[term].append(number)
        weights = lexicon()["weights"]
        self._many = max(weights["few"], len(measures) / weights["many"])
        usual = sum(len(said.terms) for said in self._wordings) / max(1, len(measures))
        self._lengths = [1 + weights["length"] * (len(said.terms) / max(1, usual) - 1) for said in self._wordings]

    def matches(self, plan: _Plan, said: Wording) -> list[_Match]:
        """The best matches above the floor, the best first; of equal ones the earlier in the report.

        A further match counts with the words that the better ones have not accounted for: a plan of several things finds each of them, and
        a plan of one thing does not find its neighbours (行政复议 -> 行政复议, not 行政诉讼 as well).
        """
        shown = lexicon()["shown"]
        open_terms = set(said.terms)
        found: dict[int, _Match] = {}
        while len(found) < shown["matches"]:
            shared = self._shared(said, open_terms)
            scores = {at: _score(worth, _same_theme(plan, self._measures[at])) for at, worth in shared.items() if at not in found}
            best = max(scores, key=lambda at: (scores[at], -at), default=None)
            if best is None or scores[best] < shown["further" if found else "floor"]:
                break
            found[best] = self._match(plan, said, best, scores[best])
            open_terms -= self._wordings[best].terms.keys()
        return list(found.values())

    def _shared(self, said: Wording, open_terms: set[str]) -> dict[int, float]:
        """Weight of the terms that the plan shares with each measure that has any.

        What the plan says twice, it means; what a long measure has, it has by chance more easily.
        """
        shared: dict[int, float] = defaultdict(float)
        for term, times in said.terms.items():
            having = self._having.get(term, ()) if term in open_terms else ()
            telling = 1 - (len(having) - 1) / self._many
            if having and telling > 0:
                worth = weight(term) * telling * (1 + log(times))
                for number in having:
                    shared[number] += worth / self._lengths[number]
        return shared

    def _match(self, plan: _Plan, said: Wording, number: int, score: float) -> _Match:
        done = self._measures[number]
        words = shared_words(said, self._wordings[number], lexicon()["shown"]["words"])
        return _Match(Decimal(f"{score:.3f}"), done, " ".join(words), _same_theme(plan, done))


def strength(score: Decimal) -> str:
    """How a score above the floor reads: one of `STRENGTHS`."""
    limits = lexicon()["shown"]
    return next((name for name in STRENGTHS[:-1] if score >= Decimal(str(limits[name]))), STRENGTHS[-1])


def _score(shared: float, same_theme: bool | None) -> float:
    """To three digits, so that what is shown decides."""
    fitted = lexicon()["score"]
    logit = fitted["constant"] + fitted["shared"] * sqrt(shared) + (fitted["same_theme"] if same_theme else 0)
    return round(1 / (1 + exp(-logit)), 3)


def _same_theme(plan: _Plan, done: Row) -> bool | None:
    """Null where a theme is unknown."""
    return plan.theme_code == done["theme_code"] if plan.theme_code and done["theme_code"] else None


def _row(plan: _Plan, done_report_id: str, rank: int, match: _Match | None) -> Row:
    row: Row = {
        "follow_through_id": stable_id(plan.measure_id, "follow_through", done_report_id, match.done["measure_id"] if match else "none"),
        "report_id": plan.report_id,
        "measure_id": plan.measure_id,
        "done_report_id": done_report_id,
    }
    if match is None:
        return row
    return row | {
        "done_measure_id": match.done["measure_id"],
        "rank": rank,
        "score": match.score,
        "strength": strength(match.score),
        "same_theme": match.same_theme,
        "shared_words": match.shared,
    }
