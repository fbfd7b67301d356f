"""Which texts are revisions of one report, which is the current one, and which addresses show the same text.

A report is a body x year (`document_id`); a revision is one text of it (`report_id`). The same text at a second address, the same address
rendered anew, and the same report in a second system, which only sets it under another band or salutation (one core), are no new
revision. Revisions are numbered in the order of first sight; the current one is that published last, then that which an address shows now,
and of several addresses the one that began to show its text last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from etl.ids import stable_id
from etl.models import DateSource

_WITNESSES: tuple[DateSource | None, ...] = ("meta", "label", "list", "address", None)
"""What may have told a day of publication, the best first."""


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """What is needed of one parsed page to place it: `row` tells where the rest of it lies (batch file, row number).

    `fetched_at` is when the address first gave this text, `last_seen_at` when it last did (null: never again). Texts of one
    `core_sha256` (null: that of the whole text) are one.
    """

    row: tuple[str, int]
    organization_id: str
    report_year: int
    body_sha256: str
    url: str
    published_on: date | None
    fetched_at: datetime
    core_sha256: str | None = None
    published_from: DateSource | None = None
    last_seen_at: datetime | None = None
    gone_at: datetime | None = None

    @property
    def document_id(self) -> str:
        return stable_id("document", self.organization_id, self.report_year)

    @property
    def report_id(self) -> str:
        return stable_id(self.document_id, self.body_sha256)

    @property
    def seen_until(self) -> datetime:
        return self.last_seen_at or self.fetched_at


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision and its place among those of its report: 1, 2, …, in the order of first sight."""

    version: ReadVersion
    number: int
    is_current: bool


def number_revisions(versions: Iterable[ReadVersion]) -> dict[tuple[str, int], Revision]:
    """Revisions by the row that they are read from; rows that repeat a text of the same report are left out."""
    texts: dict[tuple[str, str], list[ReadVersion]] = defaultdict(list)
    last: dict[str, ReadVersion] = {}
    for version in sorted(versions, key=lambda v: (v.fetched_at, v.url, v.row)):
        texts[version.document_id, version.core_sha256 or version.body_sha256].append(version)
        last[version.url] = max(last.get(version.url, version), version, key=lambda v: v.seen_until)
    shown = {version.row for version in last.values() if version.gone_at is None}
    reports: dict[str, list[_Text]] = defaultdict(list)
    for (document_id, _), same in texts.items():
        since = max((version.fetched_at for version in same if version.row in shown), default=None)
        reports[document_id].append(_Text(_as_one(same), since))
    revisions = {}
    for report in reports.values():
        report.sort(key=lambda text: (text.version.fetched_at, text.version.published_on or date.min, text.version.url))
        current = max(report, key=_rank)
        for number, text in enumerate(report, start=1):
            revisions[text.version.row] = Revision(text.version, number, is_current=text is current)
    return revisions


class _Text(NamedTuple):
    """A text of a report, and since when the last of the addresses that show it now has done so; null if none does."""

    version: ReadVersion
    shown_since: datetime | None


def _rank(text: _Text) -> tuple[date, bool, datetime, datetime, str]:
    """What makes a text the current one. When it was asked for last does not count while it is shown: that is the order of requests."""
    version = text.version
    is_shown = text.shown_since is not None
    return version.published_on or date.min, is_shown, text.shown_since or version.seen_until, version.fetched_at, version.url


def _as_one(same: list[ReadVersion]) -> ReadVersion:
    """The first of several sightings of one text, with the best known day of publication and the last time that it was seen.

    It is gone when it is gone from every address.
    """
    dated = [version for version in same if version.published_on is not None]
    gone = [version.gone_at for version in same if version.gone_at is not None]
    best = min(dated, key=lambda v: _WITNESSES.index(v.published_from), default=same[0])
    return replace(
        same[0],
        published_on=best.published_on,
        published_from=best.published_from,
        last_seen_at=max(version.seen_until for version in same),
        gone_at=max(gone) if len(gone) == len(same) else None,
    )
