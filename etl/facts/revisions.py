"""Which texts are revisions of one report, which is the current one, and which addresses show the same text.

A report is a body x year (`document_id`); a revision is one text of it (`report_id`). The same text at a second address, the same address
rendered anew, and the same report in a second system, which only sets it under another band or salutation (one core), are no new
revision; nor is one without the tables that files append to it elsewhere. Revisions are numbered in the order of first sight; the current
one is that published last, then that which an address shows now, and of several addresses the one that began to show its text last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
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
    `core_sha256` (null: that of the whole text) are one. `main_sha256` is the core without what files append to the text, null where they
    append nothing.
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
    main_sha256: str | None = None

    @property
    def core(self) -> str:
        return self.core_sha256 or self.body_sha256

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
    ordered = sorted(versions, key=lambda v: (v.fetched_at, v.url, v.row))
    fuller = _fuller(ordered)
    for version in ordered:
        texts[version.document_id, fuller.get(version.row, version.core)].append(version)
        last[version.url] = max(last.get(version.url, version), version, key=lambda v: v.seen_until)
    shown = {version.row for version in last.values() if version.gone_at is None}
    reports: dict[str, list[_Text]] = defaultdict(list)
    for (document_id, core), same in texts.items():
        same.sort(key=lambda version: version.core != core)
        since = max((version.fetched_at for version in same if version.row in shown), default=None)
        reports[document_id].append(_Text(_as_one(same), since))
    revisions = {}
    for report in reports.values():
        report.sort(key=lambda text: (text.version.fetched_at, text.version.published_on or date.min, text.version.url))
        current = max(report, key=_rank)
        for number, text in enumerate(report, start=1):
            revisions[text.version.row] = Revision(text.version, number, is_current=text is current)
    return revisions


def _fuller(versions: Sequence[ReadVersion]) -> dict[tuple[str, int], str]:
    """By row, the core of the same report at another address, where a file appends tables to it. An address that gets a file changes."""
    appended: dict[tuple[str, str], list[ReadVersion]] = defaultdict(list)
    for version in versions:
        if version.main_sha256 is not None:
            appended[version.document_id, version.main_sha256].append(version)
    found = {}
    for version in versions:
        others = appended.get((version.document_id, version.core), [])
        if others and version.url not in {other.url for other in others}:
            found[version.row] = others[0].core
    return found


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

    Those with all of the text stand first. It is gone when it is gone from every address.
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
