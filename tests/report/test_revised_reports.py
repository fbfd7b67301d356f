"""A report that was revised: each revision has its page, says which it is, and the later one tells what it changed."""

import pytest

from etl.report.book import write_book
from etl.report.pages import report_path
from etl.schema import VIEWS
from tests.report.warehouses import changed

SECOND = "revision-2"
REVISE = (
    "CREATE TEMP TABLE first AS SELECT r.* FROM dim_report AS r JOIN fact_finding USING (report_id)",
    "UPDATE dim_report SET is_current = false, gone_at = now() WHERE report_id = (SELECT report_id FROM first)",
    f"""INSERT INTO dim_report SELECT * REPLACE ('{SECOND}' AS report_id, 2 AS revision, replace(body_text, '77万', '79万') AS body_text,
        make_date(report_year + 1, 6, 1) AS published_on) FROM first""",
    f"""INSERT INTO fact_metric SELECT * REPLACE ('{SECOND}' AS report_id, 'second-' || metric_id AS metric_id, NULL AS section_id,
        NULL AS measure_id, if(quote = '77万元', 790000, value) AS value, replace(quote, '77万元', '79万元') AS quote,
        replace(sentence, '77万元', '79万元') AS sentence) FROM fact_metric WHERE report_id = (SELECT report_id FROM first)""",
    "DROP TABLE reporting.changes",
    VIEWS["changes"].to_sql(stored=True),  # made when a version is published, and so made anew
)


@pytest.fixture(scope="module")
def revised(warehouse, tmp_path_factory):
    """The book of a warehouse in which the report with a finding was revised, and the id of its first revision."""
    folder = tmp_path_factory.mktemp("revised")
    with changed(warehouse, folder, *REVISE) as reader:
        write_book(reader, folder / "book")
        first = reader.query("SELECT report_id FROM dim_report WHERE NOT is_current")[1][0][0]
    return folder / "book", first


def test_the_later_revision_tells_what_it_changed(opened, revised):
    folder, first = revised
    with opened(report_path(SECOND), folder=folder) as page:
        rows = page.locator("#changes ~ .scroll tbody tr")
        assert rows.count() == 1
        assert rows.first.inner_text().split("\t") == ["改动", "依法行政经费", "77万元", "79万元", "+20,000"]
        page.click("#changes ~ .scroll td >> nth=1 >> a")
        page.wait_for_url(f"**{first}**")
        assert page.inner_text(".panel-value") == "770,000 元"


def test_the_older_revision_says_that_it_is_old_and_where_the_latest_is(opened, revised):
    folder, first = revised
    with opened(report_path(first), folder=folder) as page:
        assert "这是旧版本" in page.inner_text(".report-head")
        assert "原文页面已下线" in page.inner_text(".report-head")
        page.click(".aside.alarm a")
        page.wait_for_url(f"**{SECOND}**")
        assert "第 2 版" in page.inner_text(".facts")


def test_a_revision_after_the_day_that_was_due_does_not_make_the_report_late(opened, revised):
    folder, _ = revised
    with opened(report_path(SECOND), folder=folder) as page:
        assert "2023-06-01 按期" in page.inner_text(".facts")
    with opened("reports/year-2022.html", folder=folder) as page:
        assert page.locator(f"a[href$='{SECOND}.html']").count() == 1
        assert page.locator(".alarm").count() == 0


def test_a_new_year_of_a_body_links_the_current_revision(opened, revised):
    folder, first = revised
    with opened(report_path(SECOND), folder=folder) as page:
        assert page.locator(f".others a[href*='{first}']").count() == 1, "the older revision, once"
        page.click(".others a >> text=2023")
        page.wait_for_selector("h1:has-text('2023')")
        assert page.locator(f".others a[href*='{SECOND}']").count() == 1
        assert page.locator(f".others a[href*='{first}']").count() == 0
