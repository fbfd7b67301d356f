"""coverage: what was published, late, undated, kept in quarantine, or is missing."""

from datetime import UTC, date, datetime

STATUS = "SELECT organization_short, report_year, status, published, on_time, days_late FROM reporting.coverage ORDER BY 1, 2"


def test_each_body_and_year_has_a_status(made, ask):
    office, street = made.body("司法局"), made.body("青石街道办事处")
    made.report(office, 2021, published_on=date(2022, 4, 1))
    made.report(office, 2022, published_on=date(2023, 4, 11))
    made.report(office, 2024, published_on=None)
    made.report(street, 2022)
    made.refuse(street, 2023)
    assert ask(STATUS) == [
        ("司法局（示例）", 2021, "published", True, True, 0),
        ("司法局（示例）", 2022, "late", True, False, 10),
        ("司法局（示例）", 2023, "missing", False, None, None),
        ("司法局（示例）", 2024, "undated", True, None, None),
        ("青石街道（示例）", 2021, "missing", False, None, None),
        ("青石街道（示例）", 2022, "published", True, True, 0),
        ("青石街道（示例）", 2023, "quarantined", False, None, None),
        ("青石街道（示例）", 2024, "missing", False, None, None),
    ]


def test_a_body_of_which_nothing_could_be_read_is_there_and_one_that_published_nothing_is_not(made, ask):
    made.report(made.body("司法局"), 2023)
    made.body("财政局")
    hidden = made.body("教育局")
    made.refuse(hidden, 2023, rule="report_in_unread_file")
    made.refuse(None, None, url="http://portal/nobody.html")
    columns = "organization_short, status, quarantine_rules, title, source_url"
    assert ask(f"SELECT {columns} FROM reporting.coverage ORDER BY 1") == [
        ("司法局（示例）", "published", None, "2023年度报告", f"http://portal/{made.body('司法局')}-2023.html"),
        ("教育局（示例）", "quarantined", "report_in_unread_file", "2023年度报告", f"http://portal/{hidden}-2023.html"),
    ]


def test_quarantine_of_earlier_runs_is_history(made, ask):
    body = made.body("司法局")
    made.report(body, 2023)
    made.report(body, 2021)
    made.run("run-0", datetime(2025, 5, 1, tzinfo=UTC), state="published", ended_at=datetime(2025, 5, 1, 1, tzinfo=UTC))
    made.refuse(body, 2022)
    made.run("run-1", datetime(2025, 6, 1, tzinfo=UTC))
    assert [row[1:3] for row in ask(STATUS)] == [(2021, "published"), (2022, "missing"), (2023, "published")]


def test_a_failed_check_of_the_only_revision_is_quarantine_and_of_a_later_one_leaves_the_first_published(made, ask):
    office, street = made.body("司法局"), made.body("青石街道办事处")
    made.report(street, 2023)
    bad = made.report(office, 2023)
    made.refuse(office, 2023, stage="validate", rule="metric_value_not_negative", report_id=bad)
    later = made.report(street, 2023, revision=2)
    made.rows["dim_report"][0]["is_current"] = False
    made.refuse(street, 2023, stage="validate", rule="metric_value_not_negative", report_id=later)
    assert ask("SELECT organization_short, status, revisions, quarantine_rules FROM reporting.coverage ORDER BY 1") == [
        ("司法局（示例）", "quarantined", None, "metric_value_not_negative"),
        ("青石街道（示例）", "published", 1, "metric_value_not_negative"),
    ]


def test_a_revision_of_may_does_not_make_a_report_of_march_late(made, ask):
    body = made.body("司法局")
    made.report(body, 2023, published_on=date(2024, 3, 1), is_current=False)
    made.report(body, 2023, revision=2, published_on=date(2024, 5, 20))
    columns = "status, published_on, revised_on, revisions, days_late"
    assert ask(f"SELECT {columns} FROM reporting.coverage") == [("published", date(2024, 3, 1), date(2024, 5, 20), 2, 0)]


def test_what_is_not_due_yet_is_not_missing(made, ask):
    made.run("run-1", datetime(2025, 4, 1, tzinfo=UTC))
    made.report(made.body("司法局"), 2024)
    made.report(made.body("财政局"), 2023)
    assert [row[:3] for row in ask(STATUS)] == [
        ("司法局（示例）", 2023, "missing"),
        ("司法局（示例）", 2024, "published"),
        ("财政局（示例）", 2023, "published"),
        ("财政局（示例）", 2024, "not_due"),
    ]
