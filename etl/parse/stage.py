"""One archived page read: bytes in, one row for the next stage out. Still pure: the caller reads and writes the files.

A page that cannot become a report gives a row with `reason` and `message` in place of `report`; it ends in quarantine.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from etl.errors import PageError
from etl.ids import text_sha256
from etl.models import Document, Report
from etl.parse.page import check_is_report, read_page
from etl.parse.report import parse_report

log = logging.getLogger(__name__)


def parsed_row(version: Mapping[str, Any], raw: bytes) -> dict[str, Any]:
    """The row of `parsed/` (see `etl.staging`) for one version of one address."""
    row = {key: version[key] for key in ("url", "district", "source", "raw_sha256", "fetched_at", "last_seen_at", "gone_at")}
    row |= {"listed_title": version["title"], "reason": None, "message": None}
    try:
        document, report = read_report(raw, version["content_type"], version["title"])
    except PageError as error:
        return row | {"reason": error.reason, "message": str(error)}
    except Exception as error:  # a fault of ours on one page must not cost the night
        log.exception("the parser failed on %s", version["url"])
        return row | {"reason": "parser_failed", "message": f"{type(error).__name__}: {error}"}
    return row | {
        "title": report.title,
        "published_on": document.published_on,
        "organization": report.organization,
        "report_year": report.report_year,
        "body_sha256": text_sha256(report.text),
        "report": json.dumps(report.to_json(version["url"]), ensure_ascii=False),
    }


def read_report(raw: bytes, content_type: str | None, listed_title: str | None = None) -> tuple[Document, Report]:
    """A page's document and the report in it.

    Raises:
        PageError: no text, no report, or a report that does not say whose or which year's it is.
    """
    document = read_page(raw, content_type)
    check_is_report(document)
    title = document.title or listed_title or ""
    report = parse_report(title, document.text, publisher=document.publisher)
    if report.organization is None:
        raise PageError(f"“{title}” does not say which body reports", "no_organization")
    if report.report_year is None:
        raise PageError(f"“{title}” does not say which year it is about", "no_report_year")
    return document, report
