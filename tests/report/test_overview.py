"""The first page in Chromium: its counts and map are those of the warehouse, every field leads to its report, few bodies and many."""

import pytest
from drawn_charts import data_of, wait_until_drawn

from etl.report.coverage_map import BODIES, coverage


@pytest.fixture
def asked(warehouse):
    def ask(sql, **parameters):
        with warehouse.read() as reader:
            return reader.rows(sql, parameters or None)

    return ask


def test_the_counts_are_those_of_the_warehouse(opened, asked):
    count = asked("SELECT count(*) AS figures, count(DISTINCT report_id) AS reports FROM reporting.metrics")[0]
    with opened("index.html") as page:
        shown = page.locator(".counts dd").all_inner_texts()
    assert shown[0] == str(count["reports"])
    assert shown[2] == f"{count['figures']:,}"


def test_every_field_of_the_map_is_one_of_the_view_and_leads_to_its_report(opened, asked):
    rows = asked("SELECT * FROM reporting.coverage")
    with opened("index.html") as page:
        links = page.eval_on_selector_all("table.map td a", "links => links.map(link => [link.getAttribute('href'), link.textContent])")
        missing = page.locator("table.map td.s-missing").count()
    expected = {(f"reports/{row['report_id']}.html", f"{row['published_on']:%m-%d}") for row in rows if row["published"]}
    assert set(map(tuple, links)) == expected
    assert missing == sum(row["status"] == "missing" for row in rows) > 0


def test_a_late_report_is_told_by_its_colour_and_in_words(opened, asked):
    late = asked("SELECT * FROM reporting.coverage WHERE status = 'late'")
    with opened("index.html") as page:
        fields = page.locator("table.map td.s-late a")
        assert fields.count() == len(late) == 1
        assert f"迟 {late[0]['days_late']} 天" in fields.first.get_attribute("title")


def test_the_bars_of_years_are_counts_of_the_view(opened, asked):
    rows = asked("SELECT report_year AS year, status, count(*) AS value FROM reporting.coverage GROUP BY ALL")
    with opened("index.html") as page:
        wait_until_drawn(page)
        parts = data_of(page, "coverage")["parts"]
        assert page.locator("#coverage .mark-rect path").count() == len(rows)
    assert sorted((part["year"], part["value"]) for part in parts) == sorted((row["year"], row["value"]) for row in rows)


def test_figures_by_theme_are_those_of_the_warehouse_in_both_languages(opened, asked):
    mapped = asked("SELECT theme_zh, theme_en, report_year AS year, count(*) AS figures FROM reporting.metrics GROUP BY ALL")
    with opened("index.html") as page:
        wait_until_drawn(page)
        fields = data_of(page, "themes")["fields"]
        assert page.locator("#themes .mark-rect path").count() == len(fields)
        assert "行政执法" in page.locator("#themes svg").text_content()
        page.click("[data-language=en]")
        wait_until_drawn(page, "en")
        assert "Administrative enforcement" in page.locator("#themes svg").text_content()
        assert "行政执法" not in page.locator("#themes svg").text_content()
    shown = {(field["theme"], field["year"]): field["value"] for field in fields}
    for row in mapped:
        if row["theme_zh"] is not None:
            assert shown[f"{row['theme_zh']}␟{row['theme_en']}", row["year"]] >= row["figures"]


def test_arithmetic_that_does_not_hold_leads_to_its_figure(opened, asked, book):
    broken = asked("SELECT expression, metric_id, report_id FROM reporting.arithmetic WHERE NOT holds")
    with opened("index.html") as page:
        link = page.locator("li", has_text=broken[0]["expression"]).locator("a").first
        assert link.get_attribute("href") == f"reports/{broken[0]['report_id']}.html#m-{broken[0]['metric_id']}"


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_once_all_is_drawn(opened, violations, language, dark):
    with opened("index.html", language=language, dark=dark) as page:
        wait_until_drawn(page, language[:2])
        assert violations(page) == ""


class Answers:
    """A warehouse of many bodies in one level, each with one report in its second year."""

    def __init__(self, bodies):
        self._bodies = bodies

    def rows(self, sql, parameters=None):
        if "AS found" in sql:
            return [{"report_year": year, "level": "department", "status": status, "found": self._bodies} for year, status in _YEARS]
        if "AS bodies" in sql:
            return [{"level": "department", "bodies": self._bodies}]
        told = {"level": "department", "published_on": None, "days_late": None, "report_id": None}
        return [
            {"organization_id": f"{body:04}", "name": f"第{body}局", "report_year": year, "status": status, **told}
            for body in range(parameters["most"])
            for year, status in _YEARS
        ]


_YEARS = ((2023, "missing"), (2024, "quarantined"))


def test_of_thousands_of_bodies_all_are_counted_and_those_with_most_gaps_are_shown():
    found = coverage(Answers(4000))
    assert [(level.bodies, len(level.lines), level.hidden) for level in found.levels] == [(4000, BODIES, 4000 - BODIES)]
    assert found.counts["missing"] == 4000
    assert [row[1].text for row in found.chart.table.rows] == ["0", "4,000"]
