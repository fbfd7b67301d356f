"""What became of the attachments of pages: rows of ops_attachment, one for each attachment of a page, as its last version has it."""

from __future__ import annotations

from collections.abc import Iterable

from etl.ids import stable_id
from etl.staging import Row

NARROW = ["url", "fetched_at", "attachments"]
"""Columns of `parsed/` that are needed."""


def attachment_rows(parsed: Iterable[Row]) -> list[Row]:
    """The rows, in the order of pages and attachments. `parsed` has at least the columns of `NARROW`."""
    latest: dict[str, Row] = {}
    for row in parsed:
        known = latest.get(row["url"])
        if known is None or known["fetched_at"] <= row["fetched_at"]:
            latest[row["url"]] = row
    return [
        {"attachment_id": stable_id("attachment", url, one["url"]), "source_url": url, **one}
        for url, row in sorted(latest.items())
        for one in row["attachments"] or ()
    ]
