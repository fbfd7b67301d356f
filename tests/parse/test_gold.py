"""The parser against the annotated reports: floors for those that rules were written on and for those by other hands."""

import collections

import gold_score
import pytest

from etl.parse import parse_text

READ = {
    corpus: {path.stem: (gold_score.load(path), parse_text(gold_score.load(path)["text"])) for path in paths}
    for corpus, paths in gold_score.CORPORA.items()
}
REPORTS = [pytest.param(*reading, id=name) for readings in READ.values() for name, reading in readings.items()]
FLOORS = {
    "gold": {
        "detection": 0.985,
        "qualifier": 0.98,
        "kind": 0.98,
        "period": 0.98,
        "label": 0.91,
        "subject": 0.9,
        "full": 0.85,
        "outline": 0.99,
        "measures": 0.98,
    },
    "gold_reserve": {
        "detection": 0.985,
        "qualifier": 0.98,
        "kind": 0.96,
        "period": 0.98,
        "label": 0.8,
        "subject": 0.95,
        "full": 0.78,
        "outline": 0.99,
        "measures": 0.98,
    },
}


@pytest.fixture(scope="module")
def shares():
    return {corpus: gold_score.scores(readings.values()) for corpus, readings in READ.items()}


@pytest.mark.parametrize(("corpus", "field"), [(corpus, field) for corpus, floors in FLOORS.items() for field in floors])
def test_floors(shares, corpus, field):
    assert shares[corpus][field] >= FLOORS[corpus][field]


@pytest.mark.parametrize(("gold", "report"), REPORTS)
def test_year_and_organization(gold, report):
    assert report.report_year == gold["year"]
    assert gold["org"].endswith(report.organization)


@pytest.mark.parametrize(("gold", "report"), REPORTS)
def test_labels_tell_the_figures_of_a_sentence_apart(gold, report):
    """What one sentence counts twice, a query must not take for the same thing."""
    told = collections.defaultdict(set)
    for metric in report.metrics:
        told[metric.sentence, metric.label, metric.unit, metric.kind, metric.period, metric.subject].add(metric.value)
    assert [key for key, values in told.items() if len(values) > 1] == []


@pytest.mark.parametrize(("gold", "report"), REPORTS)
def test_no_numeral_is_unexplained(gold, report):
    assert [numeral.quote for numeral in report.numerals if numeral.class_ == "unexplained"] == []


@pytest.mark.parametrize(("gold", "report"), REPORTS)
def test_titles_and_names_of_the_gold_are_no_figures(gold, report):
    quotes = {metric.quote for metric in report.metrics}
    assert quotes.isdisjoint({o["quote"] for o in gold["other_numerals"] if o["class"] in ("title", "name", "ordinal", "idiom")})
