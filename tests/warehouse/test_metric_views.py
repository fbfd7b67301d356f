"""metric_years, metric_trends and league: which figure counts, what is compared with what, and where a body stands."""

import csv
from decimal import Decimal

from etl.settings import PROJECT_DIR

D = Decimal


def test_of_several_figures_the_whole_year_counts_before_a_month_the_usual_unit_before_others_then_the_first(made, ask):
    report = made.report(made.body("司法局"), 2023)
    made.coded(report, "casefiles_reviewed", 12, "份", period="2023-11")
    made.coded(report, "casefiles_reviewed", 150, "卷")
    made.coded(report, "casefiles_reviewed", 168, "份")
    made.coded(report, "casefiles_reviewed", 40, "份")
    made.coded(report, "mediators", 31, "名", period="as-of:2023-12-31", kind="level")
    made.coded(report, "hearings", 3, "场", period="2023-11")
    assert ask("SELECT metric_code, value, unit, days, figures FROM reporting.metric_years ORDER BY 1") == [
        ("casefiles_reviewed", 168, "份", 365, 4),
        ("hearings", 3, "场", 30, 1),
        ("mediators", 31, "名", 366, 1),
    ]


def test_plans_other_years_and_figures_without_a_code_do_not_count(made, ask):
    report = made.report(made.body("司法局"), 2023)
    made.coded(report, "hearings", 5, "场", measure_id=made.measure(report, "计划听证5场。", part="plan"))
    made.coded(report, "hearings", 4, "场", period="2022")
    made.figure(report, "听证会", 9, "场")
    assert ask("FROM reporting.metric_years") == []


def test_a_trend_has_the_words_and_addresses_of_both_years(made, ask):
    body = made.body("司法局")
    before, now = made.report(body, 2022), made.report(body, 2023)
    old = made.coded(before, "hearings", 4, "场", sentence="举行听证会4场。")
    new = made.coded(now, "hearings", 6, "场", sentence="举行听证会6场。")
    columns = "value, previous_value, change, change_percent, sentence, previous_sentence, quote, previous_quote"
    places = "source_url, previous_url, char_start, previous_char_start, previous_char_end, metric_id, previous_metric_id"
    first, second = ask(f"SELECT {columns}, {places} FROM reporting.metric_trends ORDER BY report_year")
    assert first[1:4] == (None, None, None)
    assert (first[5], first[9]) == (None, None)
    assert second[:4] == (6, 4, 2, 50)
    assert second[4:8] == ("举行听证会6场。", "举行听证会4场。", "6场", "4场")
    assert second[8:] == (f"http://portal/{body}-2023.html", f"http://portal/{body}-2022.html", 1, 0, 1, new, old)


def test_only_the_same_unit_kind_and_length_of_the_year_before_are_compared(made, ask):
    body = made.body("司法局")
    reports = {year: made.report(body, year) for year in (2020, 2022, 2023, 2024)}
    for code, year, value, unit, more in (
        ("hearings", 2020, 3, "场", {}),
        ("hearings", 2022, 4, "场", {}),  # 2021 is missing
        ("penalty_fines", 2022, 100, "元", {}),
        ("penalty_fines", 2023, 90, "件", {}),  # another unit
        ("mediators", 2022, 20, "名", {"kind": "level", "period": "as-of:2022-12-31"}),
        ("mediators", 2023, 22, "名", {"kind": "level"}),  # a level of the year and one of its last day are alike
        ("mediators", 2024, 2, "名", {"kind": "change"}),
        ("audits", 2022, 5, "个", {"period": "2022-11"}),
        ("audits", 2023, 60, "个", {}),  # a month and a year
        ("litigation_loss_rate", 2023, 5, "%", {"kind": "rate"}),
        ("litigation_loss_rate", 2024, 4, "%", {"kind": "rate"}),  # percentage points, 2024 has a day more
        ("petitions_handled", 2023, 0, "件", {}),
        ("petitions_handled", 2024, 7, "件", {}),
    ):
        made.coded(reports[year], code, value, unit, **more)
    rows = ask(
        "SELECT metric_code, report_year, change, change_percent FROM reporting.metric_trends WHERE change IS NOT NULL ORDER BY 1, 2"
    )
    assert rows == [
        ("litigation_loss_rate", 2024, -1, None),
        ("mediators", 2023, 2, 10),
        ("petitions_handled", 2024, 7, None),
    ]


def test_bodies_are_ranked_within_all_and_their_level_and_ties_share_a_rank(made, ask):
    for name, value in (("青石街道办事处", 30), ("白石街道办事处", 30), ("柳溪镇人民政府", 10), ("司法局", 90), ("财政局", 20)):
        made.coded(made.report(made.body(name), 2023), "hearings", value, "场")
    made.coded(made.report(made.body("教育局"), 2023), "hearings", 99, "次")
    made.coded(made.report(made.body("司法局", invented=False, district="静安区"), 2023), "hearings", 55, "场")
    columns = "organization_short, value, rank, bodies, percentile, quartile, level_rank, level_bodies, level_percentile, level_quartile"
    assert ask(f"SELECT {columns} FROM reporting.league ORDER BY is_sample, unit, rank, 1") == [
        ("司法局", 55, 1, 1, 0, None, 1, 1, 0, None),
        ("司法局（示例）", 90, 1, 5, 100, 4, 1, 2, 100, None),
        ("白石街道（示例）", 30, 2, 5, 50, 3, 1, 2, 0, None),
        ("青石街道（示例）", 30, 2, 5, 50, 3, 1, 2, 0, None),
        ("财政局（示例）", 20, 4, 5, 25, 2, 2, 2, 0, None),
        ("柳溪镇（示例）", 10, 5, 5, 0, 1, 1, 1, 0, None),
        ("教育局（示例）", 99, 1, 1, 0, None, 1, 1, 0, None),
    ]


def test_a_ratio_needs_a_known_denominator_in_the_same_report(made, ask):
    heads, suits = "head_appearances", "litigation_cases"
    for name, values in (
        ("青石街道办事处", {heads: 3, suits: 4}),
        ("白石街道办事处", {heads: 9, suits: 10}),
        ("柳溪街道办事处", {heads: 2}),
        ("桥东街道办事处", {heads: 0, suits: 0}),
    ):
        report = made.report(made.body(name), 2023)
        for code, value in values.items():
            made.coded(report, code, value)
    columns = "organization_short, ratio, ratio_unit, ratio_rank, ratio_bodies, level_ratio_rank, denominator_value, denominator_sentence"
    assert ask(f"SELECT {columns} FROM reporting.league WHERE metric_code = '{heads}' ORDER BY ratio DESC NULLS LAST, 1") == [
        ("白石街道（示例）", 90, "%", 1, 2, 1, 10, "litigation_cases10件。"),
        ("青石街道（示例）", 75, "%", 2, 2, 2, 4, "litigation_cases4件。"),
        ("柳溪街道（示例）", None, "%", None, 2, None, None, None),
        ("桥东街道（示例）", None, "%", None, 2, None, 0, "litigation_cases0件。"),
    ]
    rows = ask(f"SELECT DISTINCT ratio, ratio_name_zh, ratio_rank FROM reporting.league WHERE metric_code = '{suits}'")
    assert rows == [(None, None, None)], "suits are divided by nothing"


def test_denominators_are_other_metrics_of_the_catalogue_and_shares_have_one_unit():
    def read(name):
        with (PROJECT_DIR / "warehouse" / "catalogue" / f"{name}.csv").open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    metrics = {row["metric_code"]: row for row in read("metrics")}
    rows = read("denominators")
    assert len({row["metric_code"] for row in rows}) == len(rows) > 20
    for row in rows:
        whole = metrics[row["denominator_code"]]
        assert row["metric_code"] != row["denominator_code"]
        assert "rate" not in {metrics[row["metric_code"]]["kind"], whole["kind"]}, "a rate is a ratio already"
        assert row["factor"] == ("100" if row["unit"] == "%" or row["unit"].endswith("/百件") else "1")
        if row["unit"] == "%":
            assert metrics[row["metric_code"]]["unit"] == whole["unit"]
