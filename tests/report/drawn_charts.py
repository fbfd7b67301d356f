"""What tests of pages with charts share."""

import json


def wait_until_drawn(page, language="zh"):
    """Until every chart of the page is drawn in the language."""
    page.wait_for_function(f"() => [...document.querySelectorAll('figure.chart')].every(one => one.dataset.drawn === '{language}')")


def data_of(page, chart):
    """The rows that a chart is drawn from, by the names of its data."""
    return json.loads(page.locator(f"#{chart} script").text_content())["datasets"]
