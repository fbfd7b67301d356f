"""Figures become records: label, kind, period, subject and canonical metric of each, put together.

In: the figures of a text with what surrounds them. Out: its metrics in order, several where one number is said of several things. What
each field is, the module of its name decides; this one hands on what figures of a sentence share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from etl.models import Kind, Metric
from etl.parse import catalogue, kinds, periods
from etl.parse.clauses import read_left
from etl.parse.figures import Figure
from etl.parse.labels import Label, label_figures
from etl.parse.places import Places, Spot
from etl.parse.sentences import Sentences, Span
from etl.parse.subjects import Acting, Subjects
from etl.parse.tables.read import Cell

Who = tuple[str | None, str]  # subject and the rule that named it


class Recorder:
    """Makes the metrics of one text; `cells` are its table cells by the offset of their number, `year` the year reported on."""

    def __init__(self, text: str, folded: str, split: Sentences, places: Places, cells: Mapping[int, Cell], year: int | None) -> None:
        self._text = text
        self._folded = folded
        self._split = split
        self._places = places
        self._cells = cells
        self._year = year
        self._subjects = Subjects(folded, split)
        self._sentence: Span | None = None
        self._before: tuple[Kind | None, str] = (None, "")  # kind and unit of the figure before in the sentence
        self._wholes: dict[str, Kind] = {}  # kinds of its figures that are no parts, by unit

    def record(self, figures: Sequence[Figure], spots: Sequence[Spot]) -> list[Metric]:
        """The metrics of all figures, in order; `spots` are the places of the figures."""
        scopes, openings = [spot.scope for spot in spots], [spot.opening for spot in spots]
        labels = label_figures(self._folded, self._split, self._subjects, figures, scopes, openings, self._year)
        metrics: list[Metric] = []
        runs, acting = _runs(figures), self._subjects.of_figures(figures)
        for at, (figure, spot, several) in enumerate(zip(figures, spots, labels, strict=True)):
            if figure.sentence != self._sentence:
                self._sentence, self._before, self._wholes = figure.sentence, (None, ""), {}
            cell = self._cells.get(figure.quantity.number_start)
            begin, count = runs[at]
            where = spot, figures[begin], (at - begin, count)
            if cell:
                figure, label = _in_row(figure, several[-1], cell)
                made = [self._metric(figure, *where, label, cell, (None, "table"))]
            else:
                made = [self._metric(figure, *where, label, None, who) for label, who in _paired(several, acting[at])]
            self._before = made[-1].kind, figure.quantity.unit
            if not several[-1].sub:
                self._wholes[figure.quantity.unit] = made[-1].kind
            metrics += made
        return metrics

    def _metric(self, figure: Figure, spot: Spot, first: Figure, run: tuple[int, int], label: Label, cell: Cell | None, who: Who) -> Metric:
        subject, subject_rule = who
        quantity, (start, end) = figure.quantity, figure.sentence
        sentence = self._folded[start:end]
        earlier = kinds.Earlier(*self._before, self._wholes.get(quantity.unit))
        left = figure.left if cell else sentence[: quantity.start - start]
        kind, kind_rule = kinds.find_kind(figure, label, left, earlier)
        period, period_rule = self._period(figure, first, run, label, cell)
        mapped = catalogue.map_metric(label.text, quantity.unit, kind, period, self._place(figure, label, sentence), self._year)
        return Metric(
            section=spot.section,
            measure=spot.measure,
            metric_code=mapped.code if mapped else None,
            label=label.text,
            value=_plain(quantity.value),
            value_high=None if quantity.value_high is None else _plain(quantity.value_high),
            unit=quantity.unit,
            qualifier=quantity.qualifier,
            kind=kind,
            period=period,
            subject=subject,
            quote=self._text[quantity.start : quantity.end],
            sentence=self._text[start:end],
            char_start=quantity.start,
            char_end=quantity.end,
            rule=f"label:{label.rule} kind:{kind_rule} period:{period_rule} subject:{subject_rule}",
            metric_pattern=mapped.pattern if mapped else None,
        )

    def _period(self, figure: Figure, first: Figure, run: tuple[int, int], label: Label, cell: Cell | None) -> tuple[str, str]:
        """Period and rule: what a table's head or a series says comes first, then what governs the figure in its sentence.

        `first` is the first figure of its run, `run` tells which one it is of how many.
        """
        start, end = figure.sentence
        sentence = self._folded[start:end]
        at = first.quantity.start - start
        left, segment = max(0, at - len(first.left)), max(0, figure.segment[0] - start)
        place = periods.Place(at, left, segment, *run)
        told = (periods.stated_time(cell.when, self._year) if cell and cell.when else None) or label.period
        each_named = label.rule == "respectively"
        period, rule = periods.find_period(sentence, place, figure.part, self._year, each_named=each_named)
        if told and rule == "year-end" and period.startswith(f"as-of:{told}"):
            return period, rule  # 年末保留文件 57 below 2021年
        if told or label.stage is None or not self._year or figure.part == "plan":
            return told or period, rule
        end_year = periods.end_of_span(sentence, place, figure.part, self._year, label.stage)
        if end_year:
            return end_year, rule
        own = self._folded.startswith("的", figure.quantity.start - 1)  # 由2021年7月的132家
        stated = own or rule in ("last-year", "year", "year-end") or figure.quantity.unit == "%"
        return (period if label.stage == "after" or stated else str(self._year)), rule

    def _place(self, figure: Figure, label: Label, sentence: str) -> catalogue.Place:
        end = figure.quantity.end
        later = self._folded[end : self._places.at(end).measure_end]
        return catalogue.Place(figure.part, label.sub, sentence, later)


def _paired(labels: Sequence[Label], acting: Acting) -> list[tuple[Label, Who]]:
    """The metrics that one number makes: one a thing it is said of, or one a body that does it (A局、B局各14件)."""
    who = [(name, acting.rule) for name in acting.names]
    if len(labels) == len(who):
        return list(zip(labels, who, strict=True))
    if len(labels) == 1:
        return [(labels[0], one) for one in who]
    return [(label, who[0]) for label in labels]


def _in_row(figure: Figure, label: Label, cell: Cell) -> tuple[Figure, Label]:
    """A figure of a table as if its label stood in front of it: a row is no sentence, its other cells say nothing of the figure."""
    name = cell.label or label.text
    return replace(figure, left=name, right="", joined=False, bracketed=False), Label(name, "table", left=read_left(name))


def _runs(figures: Sequence[Figure]) -> list[tuple[int, int]]:
    """For each figure where its run of joined figures begins and how many it holds: 31件、44件和52件."""
    runs: list[tuple[int, int]] = []
    begin = 0
    for at in range(1, len(figures) + 1):
        if at == len(figures) or not figures[at].joined or figures[at].sentence != figures[begin].sentence:
            runs += [(begin, at - begin)] * (at - begin)
            begin = at
    return runs


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent: 12000.0 -> 12000."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
