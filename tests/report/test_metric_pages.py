"""Pages of metrics in Chromium: charts are drawn in both languages, agree with the warehouse, and lead to the sentences."""

import json
import re

import pytest
from drawn_charts import data_of, wait_until_drawn

CODE = "penalty_cases"
PAGE = f"metrics/{CODE}.html"
MANY_UNITS = "metrics/minor_violations_exempted.html"


def trends(warehouse, code=CODE):
    with warehouse.read() as reader:
        return reader.rows("SELECT * FROM reporting.metric_trends WHERE metric_code = $code", {"code": code})


def test_every_canonical_metric_that_a_report_states_has_a_page(book, warehouse):
    with warehouse.read() as reader:
        stated = {row[0] for row in reader.query("SELECT DISTINCT metric_code FROM reporting.metrics WHERE metric_code IS NOT NULL")[1]}
    assert {path.stem for path in (book / "metrics").iterdir()} == stated | {"index"}


def test_a_point_is_drawn_for_each_figure_and_a_line_for_each_body(opened, warehouse):
    rows = trends(warehouse)
    with opened(PAGE) as page:
        wait_until_drawn(page)
        trend = page.locator("#trend-u4ef6 svg")
        assert trend.locator(".mark-symbol path").count() == len(rows)
        assert trend.locator(".mark-line path").count() == len({row["organization_id"] for row in rows})
        newest = max(row["report_year"] for row in rows)
        assert page.locator("#bodies-u4ef6 .mark-rect path").count() == sum(row["report_year"] == newest for row in rows)


def test_the_data_of_the_charts_is_that_of_the_warehouse(opened, warehouse):
    rows = trends(warehouse)
    with opened(PAGE) as page:
        points = data_of(page, "trend-u4ef6")["points"]
        table = page.locator("#trend-u4ef6 td a")
        hrefs = table.evaluate_all(
            "links => links.map(link => [link.getAttribute('href').split('#m-')[1], link.querySelector('.zh').textContent])"
        )
    expected = {(row["metric_id"], row["report_year"], float(row["value"])) for row in rows}
    assert {(point["href"].split("#m-")[1], point["year"], point["value"]) for point in points} == expected
    assert {(metric_id, float(text.replace(",", ""))) for metric_id, text in hrefs} == {(key, value) for key, _, value in expected}


def test_texts_of_a_chart_turn_with_the_language(opened):
    with opened(PAGE) as page:
        wait_until_drawn(page)
        page.locator("#trend-u4ef6 .mark-symbol path").first.hover()
        assert page.locator("#vg-tooltip-element").inner_text().startswith("机构")
        page.click("[data-language=en]")
        wait_until_drawn(page, "en")
        page.locator("#trend-u4ef6 .mark-symbol path").first.hover()
        assert re.match(r"Body\s*:?\s*\S", page.locator("#vg-tooltip-element").inner_text())
        assert page.get_attribute("#trend-u4ef6 [role=img]", "aria-label") == "Over the years (件)"


def test_a_click_on_a_point_leads_to_the_marked_figure(opened):
    with opened(PAGE) as page:
        wait_until_drawn(page)
        point = data_of(page, "trend-u4ef6")["points"][0]
        page.locator("#trend-u4ef6 .mark-symbol path").first.click()
        page.wait_for_url("**/reports/*.html#m-*")
        report, anchor = point["href"].removeprefix("../").split("#")
        assert page.url.endswith(f"{report}#{anchor}")


def test_figures_of_different_units_never_share_an_axis(opened):
    with opened(MANY_UNITS) as page:
        wait_until_drawn(page)
        units = [
            json.loads(text)["layer"][0]["encoding"]["y"].get("title") for text in page.locator("[id^=trend] script").all_text_contents()
        ]
        assert units == ["件", "起"]
        assert "件、起" in page.inner_text("main")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_phone_sees_whole_charts_and_a_key(opened, language):
    with opened(PAGE, language=language, width=360, height=740) as page:
        wait_until_drawn(page, language[:2])
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        for svg in page.locator(".drawing svg").all():
            box = svg.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 360
        assert page.is_visible("#trend-u4ef6 .key")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(opened, violations, language, dark):
    with opened(PAGE, language=language, dark=dark) as page:
        wait_until_drawn(page, language[:2])
        page.locator("details").first.evaluate("one => one.open = true")
        assert violations(page) == ""


def test_without_a_script_the_data_is_there(opened):
    with opened(PAGE, script=False) as page:
        assert page.locator("#trend-u4ef6 td a").first.is_visible()
        assert page.locator(".drawing svg").count() == 0


def test_the_theme_turns_the_colours_without_drawing_again(opened):
    with opened(PAGE) as page:
        wait_until_drawn(page)
        line = page.locator("#trend-u4ef6 .mark-line path").first
        assert line.get_attribute("stroke").startswith("var(--series-")
        light = line.evaluate("one => getComputedStyle(one).stroke")
        page.emulate_media(color_scheme="dark")
        assert line.evaluate("one => getComputedStyle(one).stroke") != light
