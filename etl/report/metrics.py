"""Metrics: to come."""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.reading import Reader
from etl.report.pages import Page, Words


def pages(reader: Reader) -> Iterator[Page]:
    """The pages of this kind."""
    yield Page("metrics/index.html", Words("指标", "Metrics"), "plain.html.jinja", {}, "metrics")
