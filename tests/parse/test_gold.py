import collections

import gold_score
import pytest

from etl.parse import parse_text

READ = {path.stem: (gold_score.load(path), parse_text(gold_score.load(path)["text"])) for path in gold_score.GOLD}


@pytest.fixture(scope="module")
def pairs():
    return [pair for gold, report in READ.values() for pair in gold_score.pair(gold, report)[0] if pair[0]["importance"] == "core"]


def share(pairs, right):
    found = [(quantity, metric) for quantity, metric in pairs if metric is not None]
    return sum(right(quantity, metric) for quantity, metric in found) / len(found)


def test_figures_are_found_with_value_and_unit(pairs):
    found = sum(metric is not None for _, metric in pairs)
    false = sum(len(gold_score.pair(gold, report)[1]) for gold, report in READ.values())
    assert 2 * found / (len(pairs) + found + false) >= 0.985


@pytest.mark.parametrize(("field", "floor"), [("qualifier", 0.98), ("kind", 0.98), ("period", 0.98)])
def test_fields_of_the_record(pairs, field, floor):
    assert share(pairs, lambda quantity, metric: getattr(metric, field) == quantity[field]) >= floor


def test_labels(pairs):
    assert share(pairs, lambda quantity, metric: gold_score.dice(metric.label, quantity["label"]) >= 0.6) >= 0.9


def test_subjects(pairs):
    named = [pair for pair in pairs if pair[0]["subject"]]
    assert share(named, lambda quantity, metric: gold_score.dice(metric.subject, quantity["subject"]) >= 0.6) >= 0.9


def test_outline_with_parts():
    totals = [collections.Counter(), collections.Counter()]
    for name, (gold, report) in READ.items():
        for total, counts in zip(totals, gold_score.outline_counts(gold, report), strict=True):
            total.update({(name, *key): count for key, count in counts.items()})
    assert gold_score.f1(*totals) >= 0.99


def test_measures_with_sections_and_parts():
    totals = [collections.Counter(), collections.Counter()]
    for name, (gold, report) in READ.items():
        for total, counts in zip(totals, gold_score.measure_counts(gold, report), strict=True):
            total.update({(name, *key): count for key, count in counts.items()})
    assert gold_score.f1(*totals) >= 0.98


@pytest.mark.parametrize("name", READ)
def test_year_and_organization(name):
    gold, report = READ[name]
    assert report.report_year == gold["year"]
    assert gold["org"].endswith(report.organization)


@pytest.mark.parametrize("name", READ)
def test_no_numeral_is_unexplained(name):
    _, report = READ[name]
    assert [numeral.quote for numeral in report.numerals if numeral.class_ == "unexplained"] == []


@pytest.mark.parametrize("name", READ)
def test_titles_and_names_of_the_gold_are_no_figures(name):
    gold, report = READ[name]
    quotes = {metric.quote for metric in report.metrics}
    assert quotes.isdisjoint({o["quote"] for o in gold["other_numerals"] if o["class"] in ("title", "name", "ordinal", "idiom")})
