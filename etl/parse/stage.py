"""One archived page read: bytes in, one row for the next stage out. Still pure: the caller reads and writes the files.

A page that cannot become a report gives a row with `reason` and `message` in place of `report`; it ends in quarantine.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from etl.errors import PageError
from etl.ids import text_sha256
from etl.models import Document, Report, Sighting
from etl.parse.core import core_sha256
from etl.parse.folding import fold
from etl.parse.gather import File, Gathered, gather
from etl.parse.page import Template, check_is_report
from etl.parse.report import parse_report
from etl.parse.titles import best_title, find_organization
from etl.parse.years import find_stated_year

log = logging.getLogger(__name__)

_SHANGHAI = timedelta(hours=8)  # the days of portals, where times are in UTC


def parsed_row(version: Mapping[str, Any], raw: bytes, template: Template | None = None, files: Sequence[File] = ()) -> dict[str, Any]:
    """The row of `parsed/` (see `etl.staging`) for one version of one address; `template` is its source, `files` its attachments."""
    row = {key: version[key] for key in ("url", "district", "source", "raw_sha256", "fetched_at", "last_seen_at", "gone_at")}
    row |= {"listed_title": version["title"], "reason": None, "message": None}
    fetched_on = (version["fetched_at"] + _SHANGHAI).date()
    sighting = Sighting(version["url"], version["title"], version["listed_on"], fetched_on)
    try:
        gathered = gather(raw, version["content_type"], sighting, template, files)
        row["attachments"] = [fate._asdict() for fate in gathered.fates]
        report = _report_of(gathered, sighting)
        core, main = (text and core_sha256(report.title, text, report.report_year) for text in (report.text, gathered.main))
    except PageError as error:
        return row | _named_by_title(version["title"]) | {"reason": error.reason, "message": str(error)}
    except Exception as error:  # a fault of ours on one page must not cost the night
        log.exception("the parser failed on %s", version["url"])
        return row | _named_by_title(version["title"]) | {"reason": "parser_failed", "message": f"{type(error).__name__}: {error}"}
    document = gathered.document
    return row | {
        "title": report.title,
        "published_on": document.published_on,
        "published_from": document.published_from,
        "written_on": document.written_on,
        "charset": document.charset,
        "charset_from": document.charset_from,
        "body_from": document.body_from,
        "body_url": gathered.body_url,
        "organization": report.organization,
        "report_year": report.report_year,
        "body_sha256": text_sha256(report.text),
        "core_sha256": core,
        "main_sha256": main,
        "report": json.dumps(report.to_json(version["url"]), ensure_ascii=False),
    }


def read_report(
    raw: bytes, content_type: str | None, sighting: Sighting | None = None, template: Template | None = None
) -> tuple[Document, Report]:
    """The document of a page or a file, and the report in it.

    Raises:
        PageError: no text, no report, or a report that does not say whose or which year's it is.
    """
    sighting = sighting or Sighting()
    gathered = gather(raw, content_type, sighting, template)
    return gathered.document, _report_of(gathered, sighting)


def _named_by_title(listed_title: str | None) -> dict[str, Any]:
    """Whose report of which year an unread page is, as far as the title of the list tells; the report is missed, and not missing."""
    title = fold(listed_title or "").strip()
    return {"organization": find_organization(title, None, "", None), "report_year": find_stated_year(title, "")}


def _report_of(gathered: Gathered, sighting: Sighting) -> Report:
    if gathered.problem is not None:
        raise gathered.problem
    document = gathered.document
    title = best_title(document.title, sighting.title or "", document.text)
    check_is_report(document)
    report = parse_report(title, document.text, publisher=document.publisher)
    if report.organization is None:
        raise PageError(f"“{title}” does not say which body reports", "no_organization")
    if report.report_year is None:
        raise PageError(f"“{title}” does not say which year it is about", "no_report_year")
    return report
