"""Which texts are revisions of one report, which is the current one, and which addresses show the same text.

A report is a body x year (`document_id`); a revision is one text of it (`report_id`). The same text at a second address, or the
same address rendered anew, is no new revision. Later publication, then later sight, makes a revision the current one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from etl.ids import stable_id


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """What is needed of one parsed page to place it: `row` tells where the rest of it lies (batch file, row number)."""

    row: tuple[str, int]
    organization_id: str
    report_year: int
    body_sha256: str
    url: str
    published_on: date | None
    fetched_at: datetime

    @property
    def document_id(self) -> str:
        return stable_id("document", self.organization_id, self.report_year)

    @property
    def report_id(self) -> str:
        return stable_id(self.document_id, self.body_sha256)


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision and its place among those of its report: 1, 2, …; the last one is current."""

    version: ReadVersion
    number: int
    is_current: bool


def number_revisions(versions: Iterable[ReadVersion]) -> dict[tuple[str, int], Revision]:
    """Revisions by the row that they are read from; rows that repeat a text of the same report are left out."""
    texts: dict[str, ReadVersion] = {}
    for version in sorted(versions, key=lambda v: (v.fetched_at, v.url)):
        known = texts.setdefault(version.report_id, version)
        if known.published_on is None and version.published_on is not None:
            texts[version.report_id] = replace(known, published_on=version.published_on)
    reports: dict[str, list[ReadVersion]] = defaultdict(list)
    for version in texts.values():
        reports[version.document_id].append(version)
    revisions = {}
    for report in reports.values():
        report.sort(key=lambda v: (v.published_on or date.min, v.fetched_at, v.url))
        for number, version in enumerate(report, start=1):
            revisions[version.row] = Revision(version, number, is_current=number == len(report))
    return revisions
