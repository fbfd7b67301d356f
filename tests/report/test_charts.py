"""Specifications of charts: what Altair lets through, how texts get into a page, and how lines, names and colours are chosen."""

import json
from decimal import Decimal

import pytest

from etl.report import chart_specs, series
from etl.report.charts import both, fill, plain, to_script
from etl.report.pages import Words
from etl.report.values import shown, signed

HOSTILE = "</script><script>alert(1)</script><!-- ]]> &lt; \u2028 ␟"


@pytest.mark.parametrize(
    "specification",
    [
        *(make(zero) for make in (chart_specs.trend_of_few, chart_specs.trend_of_many) for zero in (True, False)),
        *(make() for make in (chart_specs.side_by_side, chart_specs.stacked_years, chart_specs.themes_by_year)),
        *(make() for make in (chart_specs.over_runs, chart_specs.shares)),
    ],
)
def test_a_specification_is_as_wide_as_its_place_and_asks_for_nothing_outside_the_page(specification):
    made = json.loads(specification)
    assert (made["width"], made["autosize"]["type"]) == ("container", "fit-x")
    assert '"url"' not in specification
    assert "config" not in made


def test_words_and_data_are_filled_in_and_nothing_else_changes():
    made = json.loads(fill(chart_specs.trend_of_few(True), {"points": [{"value": Decimal("1.50")}]}, 200, unit="件", years=[2023, 2024]))
    assert made["height"] == 200
    assert made["datasets"] == {"points": [{"value": 1.5}]}
    first = made["layer"][0]["encoding"]
    assert first["y"]["title"] == "件"
    assert first["x"]["scale"]["domain"] == [2023, 2024]
    assert "@" not in json.dumps(made["layer"])


def test_no_text_of_a_report_ends_the_script_that_it_stands_in():
    written = to_script({"sentence": HOSTILE})
    assert not set(written) & set("<>&\u2028")
    assert json.loads(written) == {"sentence": HOSTILE}


def test_a_text_of_a_report_is_never_taken_for_two_languages():
    assert both("年␟度", "Ye␟ar").count("␟") == 1
    assert plain("\x1b[31m3␟件\u202e") == "␛[31m3 件\ufffd"


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        ((Decimal("1200.000000"), "件", "about"), "约 1,200 件", "about 1,200 件"),
        ((Decimal("99.500000"), "%", "exact"), "99.5%", "99.5%"),
        ((Decimal(3), "次", "exact", Decimal(5)), "3–5 次", "3–5 次"),
        ((Decimal(1000000), "", "over"), "超过 1,000,000", "over 1,000,000"),
    ],
)
def test_figures_are_written_as_a_person_would(arguments, zh, en):
    assert shown(*arguments) == Words(zh, en)


def test_changes_have_a_sign():
    assert [signed(value, "%") for value in (12.5, Decimal(-3), 0)] == ["+12.5%", "−3%", "±0%"]


def row(body, year, value, **fields):
    told = {
        "organization_short": f"云河区{body}",
        "organization_level": "department",
        "district": "云河区",
        "unit": "件",
        "qualifier": "exact",
    }
    keys = {"organization_id": body, "metric_id": f"{body}{year}", "report_id": f"r{body}{year}", "sentence": "办结。", "value_high": None}
    return {**told, **keys, "report_year": year, "value": Decimal(value), **fields}


def test_a_line_breaks_where_a_year_has_no_figure():
    rows = [row("司法局", year, 3) for year in (2019, 2020, 2022)]
    drawn = series.points(rows, {"司法局": "司法局"}, {"司法局": "red"}, "../")
    assert [(point["year"], point["segment"]) for point in drawn] == [(2019, 0), (2020, 0), (2022, 1)]
    assert drawn[0]["href"] == "../reports/r司法局2019.html#m-司法局2019"


def test_districts_stand_out_then_the_largest_of_the_newest_year():
    rows = [row("甲局", 2023, 9), row("甲局", 2024, 1), row("乙局", 2024, 7), row("丙局", 2024, 8)]
    rows.append(row("区政府", 2024, 2, organization_level="district"))
    assert series.outstanding(rows, 3) == ["区政府", "丙局", "乙局"]


def test_names_lose_the_district_that_all_share_and_gain_it_where_two_are_the_same():
    assert series.names_of([row("司法局", 2024, 1), row("财政局", 2024, 1)]) == {"司法局": "司法局", "财政局": "财政局"}
    other = row("静安司法局", 2024, 1, organization_short="司法局", district="静安区")
    same = row("司法局", 2024, 1, organization_short="司法局")
    assert series.names_of([same, other]) == {"司法局": "司法局（云河区）", "静安司法局": "司法局（静安区）"}


def test_quartiles_of_each_year_are_over_all_bodies():
    rows = [row(body, 2023, value) for body, value in zip("甲乙丙丁戊", (1, 2, 3, 4, 100), strict=True)] + [row("甲", 2024, 5)]
    assert series.spread(rows) == [
        {"year": 2023, "low": 2.0, "value": 3.0, "high": 4.0, "count": 5},
        {"year": 2024, "low": 5.0, "value": 5.0, "high": 5.0, "count": 1},
    ]


def test_names_at_one_year_keep_apart_and_stay_on_the_chart():
    assert series.apart([0, 1, 50, 100, 100], 10, 0, 100) == [0, 10, 50, 90, 100]
    assert series.apart([98, 99, 100], 10, 0, 100) == [80, 90, 100]
