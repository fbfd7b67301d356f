"""What a page of the book is, and where each kind of page lies: links are made from these functions only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from markupsafe import escape

from etl.visible import visible


class Words(NamedTuple):
    """One thing said in both languages. In a template it becomes two spans, of which the reader's language is shown."""

    zh: str
    en: str

    def __html__(self) -> str:
        return _in_two_spans(self.zh, self.en)


@lru_cache(maxsize=2048)  # most are names of codes, thousands of times in a book
def _in_two_spans(zh: str, en: str) -> str:
    return f'<span class="zh" lang="zh-CN">{escape(visible(zh))}</span><span class="en" lang="en">{escape(visible(en))}</span>'


@dataclass(frozen=True, slots=True)
class Page:
    """A page: `path` below the book's folder with "/" between, title, template, and what the template needs.

    `kind` is the name of the entry of the navigation that it belongs to; `scripts` are further files of assets/, run when the page is read.
    """

    path: str
    title: Words
    template: str
    context: Mapping[str, Any]
    kind: str
    scripts: tuple[str, ...] = field(default=())


OVERVIEW = "index.html"
REPORTS = "reports/index.html"
METRICS = "metrics/index.html"
BODIES = "bodies/index.html"
QUALITY = "quality.html"


def report_path(report_id: str) -> str:
    """The page of a revision of a report."""
    return f"reports/{report_id}.html"


def year_path(year: int) -> str:
    """The list of a year's reports; that of the newest year is `REPORTS`."""
    return f"reports/year-{year}.html"


def figure_path(report_id: str, metric_id: str) -> str:
    """The place of one figure in its report: the address to give to a colleague."""
    return f"{report_path(report_id)}#{figure_anchor(metric_id)}"


def figure_anchor(metric_id: str) -> str:
    """The id of a figure's mark in the page of its report."""
    return f"m-{metric_id}"


def metric_path(metric_code: str) -> str:
    """The page of a canonical metric."""
    return f"metrics/{metric_code}.html"


def body_path(organization_id: str) -> str:
    """The page of a body."""
    return f"bodies/{organization_id}.html"
