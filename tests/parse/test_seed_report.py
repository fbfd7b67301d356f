"""The real 2023 report of Jing'an district, a public document, read against its annotation."""

import collections
import re

import gold_score
import pytest

from etl.parse import parse_text

GOLD = gold_score.load(gold_score.SEED)
REPORT = parse_text(GOLD["text"])


def figures(unit, sentence):
    return [m for m in REPORT.metrics if m.unit == unit and sentence in m.sentence]


def test_title_organization_year():
    assert REPORT.title == "2023年度上海市静安区人民政府法治政府建设情况报告"
    assert (REPORT.organization, REPORT.report_year) == ("上海市静安区人民政府", 2023)


def test_four_parts_and_fifteen_headings():
    assert [s.part for s in REPORT.sections if s.level == 1] == ["achievement", "shortcoming", "leadership", "plan"]
    assert [(s.level, s.ordinal, s.heading, s.part) for s in REPORT.sections] == [
        (s["level"], s["ordinal"], s["heading"], s["kind"]) for s in GOLD["sections"]
    ]


def test_twenty_five_measures():
    assert [(m.section, m.enumerator, m.title, m.part) for m in REPORT.measures] == [
        (m["section"], m["enumerator"], m["title"], m["kind"]) for m in GOLD["measures"]
    ]
    assert all(m.text.startswith(g["starts_with"]) for m, g in zip(REPORT.measures, GOLD["measures"], strict=True))
    assert len(REPORT.measures) == 25


def test_every_figure_with_value_unit_qualifier_and_period():
    pairs, false = gold_score.pair(GOLD, REPORT)
    missed = [quantity["quote"] for quantity, metric in pairs if metric is None and quantity["importance"] == "core"]
    assert (missed, false) == ([], [])
    assert len(REPORT.metrics) >= 29
    found = [(quantity, metric) for quantity, metric in pairs if metric]
    assert [m.qualifier for _, m in found] == [q["qualifier"] for q, _ in found]
    assert [(m.quote, m.period) for _, m in found] == [(q["quote"], q["period"]) for q, _ in found]


def test_major_decisions_with_kinds_periods_and_codes():
    decisions = [m for m in REPORT.metrics if "决策事项" in m.sentence and m.unit == "项"]
    assert [(m.quote, m.kind, m.period, m.metric_code) for m in decisions] == [
        ("22项", "level", "2023", "major_decisions_initial"),
        ("3项", "change", "2023-11", "major_decisions_added"),
        ("1项", "change", "2023-11", "major_decisions_merged"),
        ("1项", "change", "2023-11", "major_decisions_removed"),
        ("23项", "level", "2023-11", "major_decisions"),
    ]
    values = [int(m.value) for m in decisions]
    assert values[0] + values[1] - values[2] - values[3] == values[4]


@pytest.mark.parametrize(
    ("code", "value", "unit", "kind"),
    [
        ("litigation_cases", "216", "件", "flow"),
        ("head_appearance_rate", "95.8", "%", "rate"),
        ("casefiles_reviewed", "168", "份", "flow"),
        ("npc_suggestions", "176", "件", "flow"),
        ("cppcc_proposals", "140", "件", "flow"),
        ("normative_docs_in_force", "18", "件", "level"),
        ("spot_check_batches_single", "75", "批次", "flow"),
        ("spot_check_batches_joint", "75", "批次", "flow"),
        ("spot_check_targets", "7775", "户次", "flow"),
        ("enforcement_certs_processed", "701", "张", "flow"),
        ("enforcement_legal_reviews", "146", "件", "flow"),
        ("minor_violations_exempted", "231", "件", "flow"),
        ("disputes_settled", "47", "件", "flow"),
        ("reconsideration_recommendations", "5", "份", "flow"),
        ("public_attended_meetings", "5", "次", "flow"),
    ],
)
def test_canonical_metrics(code, value, unit, kind):
    found = [m for m in REPORT.metrics if m.metric_code == code]
    assert [(str(m.value), m.unit, m.kind) for m in found] == [(value, unit, kind)]


def test_the_as_of_date_governs_its_whole_sentence():
    assert {m.period for m in figures("批次", "截至12月底") + figures("户次", "截至12月底")} == {"as-of:2023-12-31"}


def test_titles_are_cited():
    titles = [citation.title for citation in REPORT.citations]
    assert "法治政府建设实施纲要(2021-2025年)" in titles
    assert len(titles) == len(re.findall("《", REPORT.text))


def test_all_digit_runs_are_accounted_for_and_nothing_is_found_wrong():
    classes = collections.Counter(n.class_ for n in REPORT.numerals)
    assert classes["unexplained"] == 0
    assert classes["date"] >= 20
    assert REPORT.findings == ()
