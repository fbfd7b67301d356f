"""Data quality: to come."""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.reading import Reader
from etl.report.pages import Page, Words


def pages(reader: Reader) -> Iterator[Page]:
    """The pages of this kind."""
    yield Page("quality.html", Words("数据质量", "Data quality"), "plain.html.jinja", {}, "quality")
