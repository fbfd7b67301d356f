"""The page of a report: every figure is marked at its place, tells what was read, and can be linked to."""

import pytest

from etl.report.pages import figure_path, report_path

STREET_2022 = ("青石街道", 2022)


@pytest.fixture(scope="module")
def find(warehouse):
    """`find(sql, *parameters)`: the first row of an answer of the sample's warehouse."""

    def ask(sql, *parameters):
        with warehouse.read() as reader:
            return reader.query(sql, list(parameters))[1][0]

    return ask


@pytest.fixture(scope="module")
def street(find):
    """The report with a sum that does not hold."""
    sql = "SELECT report_id FROM dim_report JOIN dim_organization USING (organization_id) WHERE contains(name, ?) AND report_year = ?"
    return find(sql, *STREET_2022)[0]


def texts(page, selector):
    return page.eval_on_selector_all(selector, "found => found.map(one => one.textContent)")


def test_every_figure_is_marked_with_its_own_words(warehouse, opened):
    with warehouse.read() as reader:
        reports = reader.query("SELECT report_id FROM dim_report ORDER BY char_count DESC LIMIT 3")[1]
        for (report_id,) in reports:
            figures = reader.rows("SELECT metric_id, quote FROM fact_metric WHERE report_id = ?", [report_id])
            with opened(report_path(report_id)) as page:
                marked = page.evaluate("""() => Object.fromEntries([...document.querySelectorAll('.text [id^=m-]')].map(found => {
                    const mark = found.closest('[data-figures]').cloneNode(true);
                    mark.querySelectorAll('sup').forEach(sign => sign.remove());
                    return [found.id.slice(2), mark.textContent];
                }))""")
            assert marked == {figure["metric_id"]: figure["quote"] for figure in figures}


def test_the_text_is_whole(find, opened, street):
    text, title = find("SELECT body_text, title FROM dim_report WHERE report_id = ?", street)
    with opened(report_path(street)) as page:
        shown = "".join(texts(page, ".text > *"))
        signs = "".join(texts(page, ".text sup"))
        assert len(shown) - len(signs) == len("".join(text.split("\n")))
        assert page.inner_text("h1") == title


def test_an_address_with_a_figure_shows_the_figure(find, opened, street):
    metric_id, label = find("SELECT metric_id, label FROM fact_metric WHERE report_id = ? ORDER BY char_start DESC LIMIT 1", street)
    with opened(figure_path(street, metric_id)) as page:
        place = page.locator(f"#m-{metric_id}").bounding_box()
        assert 0 < place["y"] < 900
        assert page.evaluate("scrollY") > 0
        assert page.inner_text(".panel-label") == label


def test_pointing_tabbing_and_tapping_tell_of_the_figure(find, opened, street):
    with opened(report_path(street)) as page:
        labels = [page.inner_text(f"#v-{id} [data-is=label]") for id in ids(page)[:2]]
        page.hover(f"#m-{ids(page)[0]}")
        assert page.inner_text(".panel-label") == labels[0]
        page.hover("h1")
        assert not page.is_visible(".panel-label"), "what is only pointed at goes with the pointer"
        page.focus(f"#m-{ids(page)[0]}")
        page.keyboard.press("Tab")
        assert page.inner_text(".panel-label") == labels[1]
        page.keyboard.press("Escape")
        assert not page.is_visible(".panel-label")
    with opened(report_path(street), width=360, height=740) as page:
        last = f"#m-{ids(page)[8]}"
        page.click(last)
        page.wait_for_function("() => document.querySelector('.panel').classList.contains('is-open')")
        page.wait_for_timeout(100)
        assert page.locator(last).bounding_box()["y"] < page.locator(".panel").bounding_box()["y"], "the panel lies below the figure"
        assert page.url.endswith(last)
        page.click(".panel .close")
        assert not page.is_visible(".panel")


def ids(page):
    return page.eval_on_selector_all(".text [id^=m-]", "found => found.map(one => one.id.slice(2))")


def test_one_span_of_two_figures_tells_of_both(find, opened):
    report_id, one, other = find("""
        SELECT a.report_id, a.metric_id, b.metric_id FROM fact_metric AS a JOIN fact_metric AS b USING (report_id, char_start, char_end)
        WHERE a.metric_id < b.metric_id ORDER BY ALL LIMIT 1""")
    for metric_id in (one, other):
        with opened(figure_path(report_id, metric_id)) as page:
            assert len(texts(page, ".panel-label")) == 2
            assert page.locator(f"#m-{metric_id}").count() == 1


def test_what_does_not_add_up_comes_first_and_is_marked(opened, street):
    with opened(report_path(street)) as page:
        assert "不成立" in page.inner_text("#arithmetic ~ .scroll tbody tr:first-child")
        assert "应为 40" in page.inner_text("#arithmetic ~ .scroll tbody tr:first-child")
        assert [text.rstrip("0123456789") for text in texts(page, ".text .fails")] == ["41场"]
        assert page.locator(".text .found").count() > 0
        assert "已更正" in page.inner_text("#figures ~ .scroll")


def test_without_a_script_a_figure_leads_to_its_row(opened, street):
    with opened(report_path(street), script=False) as page:
        mark = page.locator(".text a.fig").first
        mark.click()
        assert page.url.endswith(mark.get_attribute("href"))
        assert not page.is_visible(".panel")


def test_other_years_and_the_body_are_linked(opened, street):
    with opened(report_path(street)) as page:
        assert page.eval_on_selector_all(".others a", "found => found.map(one => one.textContent)") == ["2023", "2024"]
        page.click(".others a >> nth=0")
        page.wait_for_selector("h1:has-text('2023')")
        page.click(".kicker a")
        page.wait_for_selector("h1:has-text('青石街道')")
        page.click("#metrics ~ .scroll td a >> nth=0")
        page.wait_for_selector(".panel-label")  # a value of a body's table leads to its figure


def test_on_paper_marks_carry_the_number_of_their_row(opened, street):
    with opened(report_path(street), media="print") as page:
        assert page.inner_text(".text .fig sup >> nth=0") == "1"
        assert not page.is_visible(".panel")
        assert not page.is_visible(".outline")
        styles = {page.eval_on_selector(f".text .fig.{kind}", "one => getComputedStyle(one).textDecorationStyle") for kind in KINDS}
        assert len(styles) == len(KINDS), "kinds are told apart without colour"


KINDS = ("level", "flow", "rate", "change")
