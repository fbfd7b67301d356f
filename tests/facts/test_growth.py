"""Changes on last year's figure: judged where last year's report is there, left open where it is not, and never against another thing."""

from decimal import Decimal

import pytest

from etl.parse.arithmetic.growth import Printed, judge

THIS = "全区行政机关发生一审行政诉讼案件94件,较上年减少12件。"
LAST = "全区行政机关发生一审行政诉讼案件106件。"


def growth(tables):
    return [row for row in tables["fact_arithmetic"] if row["rule"] == "growth"]


def test_the_figures_of_these_tests_are_mapped(built):
    codes = {row["metric_code"] for row in built({2022: LAST, 2023: THIS})["fact_metric"] if row["kind"] != "change"}
    assert len(codes) == 1
    assert None not in codes


def test_a_change_that_agrees_with_last_years_report(built):
    tables = built({2022: LAST, 2023: THIS})
    [row] = growth(tables)
    assert (row["expression"], row["holds"], row["expected"]) == ("106 - 94 = 12", True, Decimal(12))
    assert row["other_sentence"] == LAST
    last = next(report for report in tables["dim_report"] if report["report_year"] == 2022)
    assert row["other_report_id"] == last["report_id"]
    assert tables["fact_finding"] == []


def test_a_change_that_does_not_is_a_finding_with_both_sentences(built):
    tables = built({2022: LAST.replace("106", "109"), 2023: THIS})
    [row] = growth(tables)
    assert (row["expression"], row["holds"], row["expected"]) == ("109 - 94 = 12", False, Decimal(15))
    [finding] = tables["fact_finding"]
    assert finding["rule"] == "arithmetic_growth"
    assert all(words in finding["message"] for words in (THIS, LAST.replace("106", "109"), "109 - 94 = 12", "it would be 15"))
    assert finding["report_id"] == row["report_id"]


@pytest.mark.parametrize(
    "texts",
    [
        {2023: THIS},
        {2021: LAST, 2023: THIS},
        {2022: LAST.replace("106件", "106人次"), 2023: THIS},
        {2022: LAST.replace("106", "约100"), 2023: THIS},
        {2022: "全区行政机关收到行政复议申请106件。", 2023: THIS},
        {2022: "前三季度,全区行政机关发生一审行政诉讼案件80件。", 2023: THIS},
    ],
)
def test_without_the_same_figure_of_last_year_it_stays_open(built, texts):
    tables = built(texts)
    [row] = growth(tables)
    assert (row["expression"], row["holds"], row["other_sentence"], row["other_report_id"]) == ("? - 94 = 12", None, None, None)
    assert tables["fact_finding"] == []


def test_several_candidates_of_which_none_fits_decide_nothing(built):
    tables = built({2022: LAST.replace("106", "50") + "\n" + LAST.replace("106", "70"), 2023: THIS})
    assert [row["holds"] for row in growth(tables)] == [None]
    assert tables["fact_finding"] == []


def printed(value, step="0"):
    return Printed(Decimal(value), Decimal(step))


@pytest.mark.parametrize(
    ("expression", "now", "before", "stated", "judged"),
    [
        ("94 - ? = 12", printed(94), printed(82), printed(12), ("94 - 82 = 12", "12", True)),
        ("? - 94 = 12", printed(94), printed(107), printed(12), ("107 - 94 = 12", "13", False)),
        ("94 - ? = 12", printed(94), printed(106), printed(12), ("94 - 106 = 12", "-12", False)),
        ("97 / ? - 1 = 42.6%", printed(97), printed(68), printed("42.6", "0.1"), ("97 / 68 - 1 = 42.6%", "42.6", True)),
        ("97 / ? - 1 = 43.6%", printed(97), printed(68), printed("43.6", "0.1"), ("97 / 68 - 1 = 43.6%", "42.6", False)),
        ("1 - 3420 / ? = 18.6%", printed(3420), printed(4201), printed("18.6", "0.1"), ("1 - 3420 / 4201 = 18.6%", "18.6", True)),
        ("87.5 - ? = 3.2", printed("87.5", "0.1"), printed("84.3", "0.1"), printed("3.2", "0.1"), ("87.5 - 84.3 = 3.2", "3.2", True)),
        ("920000 - ? = 60000", printed(920000, "10000"), printed(860000, "10000"), printed(60000, "10000"), None),
    ],
)
def test_an_open_statement_is_judged_within_the_printed_digits(expression, now, before, stated, judged):
    verdict = judge(expression, now, before, stated)
    wanted = judged or ("920000 - 860000 = 60000", "60000", True)
    assert (verdict.expression, verdict.expected, verdict.holds) == (wanted[0], Decimal(wanted[1]), wanted[2])


def test_growth_on_nothing_is_not_judged():
    assert judge("97 / ? - 1 = 42.6%", printed(97), printed(0), printed("42.6", "0.1")) is None
