"""Reports are text of others: whatever stands in them stays text, and leads nowhere but to the web."""

import pytest

from etl.report.book import write_book
from etl.report.pages import body_path, report_path
from tests.report.warehouses import changed

SCRIPT = '<script>window.stung = 1</script></script><img src=x onerror="window.stung = 1">{{ 7 * 7 }}&lt;b&gt;"\''
TURNED = "\u202e十三\u2066"


@pytest.fixture(scope="module")
def hostile(warehouse, tmp_path_factory):
    """The book of a warehouse whose texts are all hostile, and the report and the body to look at."""
    folder = tmp_path_factory.mktemp("hostile")
    quoted = "'" + (SCRIPT + TURNED).replace("'", "''") + "'"
    with changed(
        warehouse,
        folder,
        f"UPDATE main.dim_report SET title = {quoted}, body_text = {quoted}, source_url = 'javascript:1'",
        f"UPDATE main.dim_organization SET name = {quoted}, short_name = {quoted}, district = {quoted}",
        "UPDATE main.fact_metric SET char_start = if(char_start % 2 = 0, 3, 20), char_end = if(char_start % 2 = 0, 30, 5000)",
        f"UPDATE main.fact_metric SET label = {quoted}, unit = {quoted}, subject = {quoted}, rule = {quoted}, quote = {quoted}",
        f"UPDATE main.fact_measure SET title = {quoted}, text = {quoted}, enumerator = {quoted}, char_start = 5",
        f"UPDATE main.fact_arithmetic SET expression = {quoted}, quote = {quoted}, other_sentence = {quoted}",
        f"UPDATE main.fact_finding SET message = {quoted}, quote = {quoted}, rule = {quoted}",
        f"UPDATE main.fact_citation SET title = {quoted}",
        f"UPDATE main.dim_section SET heading = {quoted}, ordinal = '1', char_start = 0, char_end = 12",
    ) as reader:
        write_book(reader, folder / "book")
        _, rows = reader.query("SELECT report_id, organization_id FROM main.fact_finding JOIN main.dim_report USING (report_id)")
    return folder / "book", rows[0]


def test_nothing_of_it_runs_and_all_of_it_is_read(opened, hostile):
    folder, (report_id, organization_id) = hostile
    for path in (report_path(report_id), body_path(organization_id), "reports/index.html", "bodies/index.html"):
        with opened(path, folder=folder) as page:
            assert page.evaluate("window.stung") is None
            assert page.locator("main img, main script:not([type='application/json'])").count() == 0
            assert page.evaluate("document.scripts.length") == page.locator("head script").count()
            assert SCRIPT in page.inner_text("main")
            assert not any(sign in page.content() for sign in TURNED if sign not in "十三"), "nothing turns the direction of writing"


def test_an_address_that_is_none_of_the_web_is_shown_and_is_no_link(opened, hostile):
    folder, (report_id, _) = hostile
    with opened(report_path(report_id), folder=folder) as page:
        assert page.inner_text(".source dd") == "javascript:1"
        assert page.locator("a[href^=javascript]").count() == 0


def test_spans_that_overlap_or_leave_the_text_are_shown_all_the_same(opened, hostile):
    folder, (report_id, _) = hostile
    with opened(report_path(report_id), folder=folder) as page:
        marks = page.eval_on_selector_all(".text [data-figures]", "found => found.map(one => one.dataset.figures.split(' ').length)")
        assert len(marks) > 1
        assert max(marks) > 1
        page.focus(".text [data-figures]")


def test_the_policy_forbids_scripts_of_the_page(opened, hostile):
    folder, (report_id, _) = hostile
    with opened(report_path(report_id), folder=folder) as page:
        policy = page.get_attribute("meta[http-equiv=Content-Security-Policy]", "content")
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe-eval" not in policy
