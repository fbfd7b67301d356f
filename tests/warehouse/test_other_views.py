"""citations, findings and data_quality."""

from datetime import UTC, date, datetime
from decimal import Decimal

TEXT = "一、主要举措\n落实《法治纲要》。依据《执法办法》开展检查；参照沪府〔2023〕12号文。"


def cite(made, report, quote, **values):
    start = TEXT.index(quote)
    number = len(made.rows.get("fact_citation", []))
    made.add("fact_citation", citation_id=f"cited-{number}", report_id=report, char_start=start, char_end=start + len(quote), **values)


def test_a_mention_has_its_sentence_its_heading_and_who_else_cites_the_document(made, ask):
    reports = [made.report(made.body(name), year, text=TEXT) for name, year in (("司法局", 2023), ("财政局", 2023), ("司法局", 2022))]
    for report in reports:
        cite(made, report, "法治纲要", title="法治纲要", title_normalized="法治纲要")
        made.add(
            "dim_section", section_id=f"s-{report}", report_id=report, level=1, position=1, heading="主要举措", part="achievement",
            char_start=2, char_end=6,
        )  # fmt: skip
    cite(made, reports[0], "执法办法", title="执法 办法", title_normalized="执法办法")
    cite(made, reports[0], "沪府〔2023〕12号", document_number="沪府〔2023〕12号")
    columns = "document, bodies_in_year, mentions_in_year, reports, years, part, heading, quote, sentence"
    assert ask(f"SELECT {columns} FROM reporting.citations WHERE report_id = '{reports[0]}' ORDER BY char_start") == [
        ("法治纲要", 2, 2, 3, 2, "achievement", "主要举措", "法治纲要", "落实《法治纲要》。"),
        ("执法办法", 1, 1, 1, 1, "achievement", "主要举措", "执法办法", "依据《执法办法》开展检查；"),
        ("沪府〔2023〕12号", 1, 1, 1, 1, "achievement", "主要举措", "沪府〔2023〕12号", "参照沪府〔2023〕12号文。"),
    ]
    assert ask("SELECT report_year, bodies_in_year FROM reporting.citations WHERE document = '法治纲要' ORDER BY ALL") == [
        (2022, 1), (2023, 2), (2023, 2),
    ]  # fmt: skip


def test_a_mention_above_the_first_heading_has_none(made, ask):
    cite(made, made.report(made.body("司法局"), 2023, text=TEXT), "法治纲要", title="法治纲要", title_normalized="法治纲要")
    assert ask("SELECT part, heading, measure_title FROM reporting.citations") == [(None, None, None)]


def find(made, report, rule, quote):
    start = TEXT.index(quote)
    number = len(made.rows.get("fact_finding", []))
    made.add(
        "fact_finding", finding_id=f"finding-{number}", report_id=report, rule=rule, message=f"{rule} in words", quote=quote,
        char_start=start, char_end=start + len(quote),
    )  # fmt: skip


def test_each_finding_is_one_row_with_its_kind_and_sentence_and_a_sum_with_both_sentences(made, ask):
    body = made.body("司法局")
    last_year, report = made.report(body, 2022, text=TEXT), made.report(body, 2023, text=TEXT)
    old = made.report(body, 2023, revision=0, is_current=False, text=TEXT)
    metric = made.figure(report, "案件", 41)
    for rule, quote in (
        ("unexplained_numeral", "12"), ("correction_expired", "一、主要举措"), ("report_year_inferred", "2023"),
        ("arithmetic_growth", "12号"),
    ):  # fmt: skip
        find(made, report, rule, quote)
    find(made, old, "unexplained_numeral", "12")
    span = {"char_start": TEXT.index("12号"), "char_end": TEXT.index("12号") + 3}
    for name, rule, holds in (("first", "growth", False), ("again", "growth", False), ("right", "parts", True)):
        made.add(
            "fact_arithmetic", arithmetic_id=name, report_id=report, metric_id=metric, metric_ids=f"x {metric}", rule=rule, holds=holds,
            expression="?", stated=Decimal(41), expected=Decimal(40), unit="件", quote="12号", sentence="今年的一句。",
            other_sentence="去年的一句。", other_report_id=last_year, **span,
        )  # fmt: skip
    made.add("fact_correction", correction_id="c", report_id=report, metric_id=metric, state="applied", corrected_on=date(2025, 1, 1))
    columns = "kind, rule, sentence, other_sentence, other_url, corrected, expected"
    assert ask(f"SELECT {columns} FROM reporting.findings ORDER BY kind") == [
        ("arithmetic", "arithmetic_growth", "今年的一句。", "去年的一句。", f"http://portal/{body}-2022.html", True, 40),
        ("correction", "correction_expired", "一、主要举措", None, None, False, None),
        ("reading", "unexplained_numeral", "参照沪府〔2023〕12号文。", None, None, False, None),
        ("year", "report_year_inferred", "参照沪府〔2023〕12号文。", None, None, False, None),
    ]


def test_data_quality_compares_a_rule_with_the_run_before_and_counts_what_it_kept_out(made, ask):
    body = made.body("司法局")
    made.report(body, 2023)
    made.run("run-0", datetime(2025, 5, 1, tzinfo=UTC), state="failed")
    made.checked("text_long_enough", 1)
    made.run("run-1", datetime(2025, 6, 1, tzinfo=UTC))
    made.checked("text_long_enough", 3, evaluated=12)
    made.checked("never_asked", 0, evaluated=0)
    made.checked("value_not_negative", 2, severity="critical")
    for fact in ("a", "b"):
        made.refuse(body, 2022, stage="validate", rule="value_not_negative", report_id=fact, url="http://portal/negative.html")
    made.refuse(None, None, rule="empty_page", url="http://portal/empty.html")
    columns = "run_id, state, suite, rule, success, unexpected, share, previous_unexpected, quarantined, run_quarantined"
    assert ask(f"SELECT {columns} FROM reporting.data_quality ORDER BY started_at, rule") == [
        ("run-0", "failed", "fact_metric", "text_long_enough", False, 1, 10, None, 0, 0),
        ("run-1", "published", "pages", "empty_page", False, 1, None, None, 1, 2),
        ("run-1", "published", "fact_metric", "never_asked", True, 0, None, None, 0, 2),
        ("run-1", "published", "fact_metric", "text_long_enough", False, 3, 25, 1, 0, 2),
        ("run-1", "published", "fact_metric", "value_not_negative", False, 2, 20, None, 1, 2),
    ]
