"""What changes at the portal: a figure is a new revision beside the old one, a page that goes is gone after some nights, its facts stay."""

import re

import pytest
from whole_runs import BASE


@pytest.fixture
def report(make_night, published):
    """A night after the first one, and the path of a report in the columns that has no twin and no file."""
    night = make_night(home=published)
    site = night.portal.site
    path = next(
        path
        for each in site.expected
        if each.url not in site.twins and (path := each.url.removeprefix(BASE)).startswith("/xxgk/") and not site.article(path).attachments
    )
    return night, path


def figures(night, path):
    """The figures of a report by revision: whether it is the current one, and its quotes."""
    rows = night.sql(
        "SELECT revision, is_current, list(quote ORDER BY char_start) FROM main.fact_metric JOIN main.dim_report USING (report_id) "
        f"WHERE source_url = '{BASE + path}' GROUP BY ALL ORDER BY 1"
    )
    return {(revision, is_current): quotes for revision, is_current, quotes in rows}


def test_a_changed_figure_is_a_new_revision_and_the_figures_of_both_can_be_asked_for(report):
    night, path = report
    before = figures(night, path)
    ((key, quotes),) = before.items()
    assert key == (1, True)
    old = next(quote for quote in quotes if re.fullmatch(r"\d{2,}件", quote) and quotes.count(quote) == 1)
    new = f"{int(old[:-1]) + 1}件"
    night.portal.site.replace_text(path, old, new)
    night.run("second")
    (requests,) = [request for request in night.portal.requests if request.path == path]
    assert (requests.is_conditional, requests.status) == (True, 200)
    after = figures(night, path)
    assert after.keys() == {(1, False), (2, True)}
    assert after[1, False] == quotes
    assert new in after[2, True]
    assert old not in after[2, True]
    reports = night.sql("SELECT count(*) FROM main.dim_report WHERE is_current")
    assert reports == night.sql("SELECT count(DISTINCT (organization_id, report_year)) FROM main.dim_report")


def test_a_removed_page_is_gone_after_three_nights_and_its_facts_are_kept(report):
    night, path = report
    before = night.facts(times=False)
    night.portal.site.remove(path)
    asked = []
    for run_id in ("second", "third", "fourth", "fifth"):
        asked.append([request.status for request in night.crawl(run_id) if request.path == path])
    assert asked == [[404], [404], [404], []], "and is not asked for any more"
    night.run("sixth")
    assert night.sql(f"SELECT gone_at IS NOT NULL FROM main.dim_report WHERE source_url = '{BASE + path}'") == [(True,)]
    others = {table: rows for table, rows in night.facts(times=False).items() if table != "dim_report"}
    assert others == {table: rows for table, rows in before.items() if table != "dim_report"}
    assert figures(night, path).keys() == {(1, True)}


def test_a_page_that_comes_back_is_there_again(report):
    night, path = report
    night.portal.fail(path, status=410)
    for run_id in ("second", "third", "fourth"):
        night.crawl(run_id)
    night.portal.heal()
    asked = [request.status for request in night.crawl("fifth") if request.path == path]
    assert asked == [304], "its list still shows it"
