"""The kinds of pages, in the order of the navigation: their names, what they need of the warehouse, and who makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from etl.publish.reading import Reader
from etl.report import bodies, metrics, overview, quality, reports
from etl.report.pages import BODIES, METRICS, OVERVIEW, QUALITY, REPORTS, Page, Words


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: `entry` is the page that the navigation leads to, `needs` the relations without which there is nothing to show."""

    name: str
    words: Words
    entry: str
    needs: tuple[str, ...]
    pages: Callable[[Reader], Iterator[Page]]


KINDS = (
    Kind("overview", Words("概览", "Overview"), OVERVIEW, ("reporting.coverage", "reporting.metrics"), overview.pages),
    Kind("metrics", Words("指标", "Metrics"), METRICS, ("reporting.metrics", "reporting.metric_trends"), metrics.pages),
    Kind("reports", Words("报告", "Reports"), REPORTS, ("main.dim_report", "main.fact_metric"), reports.pages),
    Kind("bodies", Words("机构", "Bodies"), BODIES, ("main.dim_organization", "main.dim_report"), bodies.pages),
    Kind("quality", Words("数据质量", "Data quality"), QUALITY, ("main.ops_run",), quality.pages),
)
