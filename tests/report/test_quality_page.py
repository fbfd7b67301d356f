"""The page of data quality in Chromium: after one run and after several, and what it says of checks, numerals and quarantine."""

from datetime import date

import pytest
from drawn_charts import data_of, wait_until_drawn

from etl.publish.duckdb_file import DuckDBFile
from etl.report.book import write_book
from sample.server import SamplePortal
from tests.whole_runs import Night, small_site

PAGE = "quality.html"


def site_with_a_page_that_cannot_be_read():
    site = small_site()
    path = "/xxgk/002017/002017002/20240301/00000000-0000-4000-8000-000000000001.html"
    title = "云河区司法局2023年度法治政府建设情况报告"
    told = {"column": "002017002", "publisher": "云河区司法局", "published_on": date(2024, 3, 1)}
    site.add(path, title=title, text=f"{title}\n正文见政务公开栏。", **told)
    return site


@pytest.fixture(scope="module")
def three_runs(tmp_path_factory):
    """A warehouse after three runs, and its book."""
    with SamplePortal(0, site_with_a_page_that_cannot_be_read()) as portal:
        night = Night(tmp_path_factory.mktemp("runs"), portal, "yunhe")
        for run_id in ("one", "two", "three"):
            night.run(run_id)
    folder = tmp_path_factory.mktemp("books") / "three"
    with DuckDBFile(night.link).read() as reader:
        write_book(reader, folder)
    return night, folder


def test_one_run_is_a_row_and_no_line(opened):
    with opened(PAGE) as page:
        assert page.locator("#runs").count() == 0
        assert "目前只有一次运行" in page.inner_text("main")
        assert page.locator("h2:has-text('运行') + p + .scroll tbody tr").count() == 1


def test_runs_are_lines_of_what_the_ops_tables_say(opened, three_runs):
    night, folder = three_runs
    runs = night.sql("SELECT run_id, reports, quarantined FROM main.ops_run")
    with opened(PAGE, folder=folder) as page:
        wait_until_drawn(page)
        points = data_of(page, "runs")["runs"]
        drawn = {(point["run"], point["what"].partition("␟")[0]): point["value"] for point in points}
        assert page.locator("#runs .mark-symbol path").count() == 2 * len(runs) == 6
        assert page.locator("#checks .mark-line path").count() == 3
    for run_id, reports, quarantined in runs:
        assert (drawn[run_id, "现行报告"], drawn[run_id, "隔离的报告"]) == (reports, quarantined)


def test_checks_that_fail_are_those_of_the_last_published_run(opened, warehouse):
    with warehouse.read() as reader:
        failed = reader.rows("SELECT rule FROM main.ops_validation WHERE NOT success ORDER BY rule")
    with opened(PAGE) as page:
        rules = page.locator("h2:has-text('未通过的校验') + .scroll tbody th").all_inner_texts()
    assert sorted(rules) == [row["rule"] for row in failed] != []


def test_every_numeral_of_each_report_is_counted_once(opened, warehouse):
    with warehouse.read() as reader:
        figures = reader.rows("""
            SELECT report_id, count(DISTINCT char_start) AS found FROM main.fact_metric SEMI JOIN
            (SELECT report_id FROM main.dim_report WHERE is_current) USING (report_id) GROUP BY report_id
        """)
        others = reader.rows("SELECT report_id, count(*) AS found FROM main.fact_numeral GROUP BY report_id")
    with opened(PAGE) as page:
        wait_until_drawn(page)
        parts = data_of(page, "numerals")["parts"]
        assert page.locator("#numerals .mark-rect path").count() == len(parts)
    counted = {(part["href"], part["order"]): part["count"] for part in parts}
    for rows, order in ((figures, 0), (others, 1)):
        assert all(counted[f"reports/{row['report_id']}.html", order] == row["found"] for row in rows)


def test_shares_of_mapped_figures_add_up_to_all_figures(opened, warehouse):
    with warehouse.read() as reader:
        figures = reader.query("SELECT count(*) FROM reporting.metrics")[1][0][0]
    with opened(PAGE) as page:
        assert sum(part["count"] for part in data_of(page, "mapped")["parts"]) == figures


def test_quarantine_names_pages_reasons_and_addresses(opened, three_runs):
    night, folder = three_runs
    held = night.sql("SELECT title, source_url, rule FROM main.ops_quarantine WHERE run_id = 'three' ORDER BY title")
    assert held
    with opened(PAGE, folder=folder) as page:
        found = page.eval_on_selector_all(
            "h2:last-of-type ~ .scroll tbody tr", "rows => rows.map(row => [row.querySelector('a')?.href, row.cells[1].textContent])"
        )
    assert sorted(map(tuple, found)) == sorted((url, rule) for _, url, rule in held)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_after_several_runs(opened, violations, three_runs, language, dark):
    with opened(PAGE, folder=three_runs[1], language=language, dark=dark) as page:
        wait_until_drawn(page, language[:2])
        assert violations(page) == ""


def test_a_phone_sees_it_whole(opened, three_runs):
    with opened(PAGE, folder=three_runs[1], width=360, height=740) as page:
        wait_until_drawn(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
