"""What the archive holds of each article: its versions, in the order in which they appeared.

In: the lines of the manifest. Out: `Version` records. Bodies are not opened; whether two versions say the same is not decided here.
One pass; what is held is a small record for each version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from etl.archive.lines import Line
from etl.archive.misses import GONE_AFTER, Misses


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that an article links, and the bytes that it had. `title` is that of the link."""

    url: str
    title: str | None
    sha256: str
    content_type: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """What one address and its attachments showed at the end of a run. Times are in UTC.

    `first_seen_at` is when the address first gave anything, `fetched_at` when it first gave this version, `last_seen_at` when it last
    did; `gone_at` is the first of the 404s or 410s that it has given since, null while they are fewer than the source wants. `title`
    and `listed_on` are those of the list, by the last answer.
    """

    url: str
    title: str | None
    district: str
    source: str
    raw_sha256: str
    content_type: str | None
    first_seen_at: datetime
    fetched_at: datetime
    last_seen_at: datetime
    gone_at: datetime | None = None
    listed_on: date | None = None
    attachments: tuple[Attachment, ...] = ()


_Key = tuple[str, frozenset[tuple[str, str]]]
"""A page's bytes, and address and bytes of each of its attachments."""


@dataclass(slots=True)
class _Shown:
    """A version, and when it was seen."""

    content_type: str | None
    attachments: tuple[Attachment, ...]
    fetched_at: str
    last_seen_at: str


@dataclass(slots=True)
class _Article:
    source: str
    url: str
    district: str
    title: str | None = None
    listed_on: str | None = None
    told_at: str = ""
    misses: Misses = field(default_factory=Misses)
    versions: dict[_Key, _Shown] = field(default_factory=dict)
    course: _Course | None = None
    imported: _Course | None = None

    def add(self, line: Line) -> None:
        is_imported = line.is_imported
        course = self._course(is_imported)
        if line.page == "attachment":
            course.add_attachment(line)
            return
        course.add_page(line)
        if is_imported and line.time < self.told_at:
            return  # a person brought an older page: what the portal said since then holds
        self.told_at = line.time
        self.district = line.district
        self.title = line.title or self.title
        self.listed_on = line.listed_on or self.listed_on
        self.misses.add(line)

    def close(self, gone_after: int) -> list[Version]:
        for course in (self.course, self.imported):
            if course is not None:
                course.end_run()
        shown = sorted(self.versions.items(), key=lambda item: item[1].fetched_at)
        gone_at = self.misses.gone_at(gone_after)
        return [
            Version(
                url=self.url,
                title=self.title,
                district=self.district,
                source=self.source,
                raw_sha256=page,
                content_type=seen.content_type,
                first_seen_at=datetime.fromisoformat(shown[0][1].fetched_at),
                fetched_at=datetime.fromisoformat(seen.fetched_at),
                last_seen_at=datetime.fromisoformat(seen.last_seen_at),
                gone_at=None if gone_at is None else datetime.fromisoformat(gone_at),
                listed_on=None if self.listed_on is None else date.fromisoformat(self.listed_on),
                attachments=seen.attachments,
            )
            for (page, _), seen in shown
        ]

    def _course(self, is_imported: bool) -> _Course:
        if is_imported:
            self.imported = self.imported or _Course(self.versions)
            return self.imported
        self.course = self.course or _Course(self.versions)
        return self.course


@dataclass(slots=True)
class _Course:
    """One article as time goes on, run by run. What was imported has a course of its own: it may be older than what is there.

    Which attachments a page has is a matter of its bytes: `links` are those that were asked for while it had them. One that could not
    be had keeps its last good bytes, and a run that was cut off before the attachments is completed by the next one.
    """

    versions: dict[_Key, _Shown]
    page: str | None = None
    content_type: str | None = None
    run_id: str = ""
    changed_at: str | None = None
    seen_at: str | None = None
    shown: _Shown | None = None  # what it shows now, until something changes
    links: dict[str, dict[str, None]] = field(default_factory=dict)
    held: dict[str, Attachment] = field(default_factory=dict)

    def add_page(self, line: Line) -> None:
        self._begin(line.run_id)
        if line.confirms:
            self.seen_at = line.time
        if not line.gives_text:
            return
        if line.sha256 != self.page:
            self.end_run()  # both are kept where one run saw two
            self.page, self.content_type, self.changed_at, self.shown = line.sha256, line.content_type, line.time, None
        self.seen_at = line.time

    def add_attachment(self, line: Line) -> None:
        self._begin(line.run_id)
        if self.page is None or line.is_hop:
            return
        links = self.links.setdefault(self.page, {})
        if line.url not in links:
            links[line.url] = self.shown = None
        if line.gives_text and line.sha256 is not None:
            known = self.held.get(line.url)
            if known is None or known.sha256 != line.sha256:
                self.held[line.url] = Attachment(line.url, line.title, line.sha256, line.content_type)
                self.changed_at, self.shown = self.changed_at or line.time, None
        if line.gives_text or line.confirms:
            self.seen_at = line.time

    def end_run(self) -> None:
        """Note what the address shows now."""
        seen_at, changed_at = self.seen_at, self.changed_at or self.seen_at
        self.seen_at = self.changed_at = None
        if self.page is None or seen_at is None or changed_at is None:
            return
        self.shown = self.shown or self._find(self.page, changed_at, seen_at)
        self.shown.fetched_at = min(self.shown.fetched_at, changed_at)
        self.shown.last_seen_at = max(self.shown.last_seen_at, seen_at)

    def _find(self, page: str, changed_at: str, seen_at: str) -> _Shown:
        """The version that is shown now: a known one, one that was incomplete until now, or a new one."""
        attachments = tuple(self.held[url] for url in self.links.get(page, ()) if url in self.held)
        key = page, frozenset((each.url, each.sha256) for each in attachments)
        shown = self.versions.get(key) or self._complete(key, attachments)
        if shown is None:
            shown = self.versions[key] = _Shown(self.content_type, attachments, changed_at, seen_at)
        return shown

    def _begin(self, run_id: str) -> None:
        if run_id != self.run_id:
            self.end_run()
            self.run_id = run_id

    def _complete(self, key: _Key, attachments: tuple[Attachment, ...]) -> _Shown | None:
        """The version that was noted with only some of these attachments, now with all of them."""
        for known in self.versions:
            if known[0] == key[0] and known[1] < key[1]:
                shown = self.versions[key] = self.versions.pop(known)
                shown.attachments = attachments
                return shown
        return None


def take_inventory(lines: Iterable[Line], source: str | None = None, gone_after: Mapping[str, int] | None = None) -> list[Version]:
    """The versions of all articles, of one source or of all; addresses in order of first appearance.

    `gone_after` says by source how many 404s or 410s in a row it takes until an address counts as gone.
    """
    articles: dict[tuple[str, str], _Article] = {}
    for line in lines:
        url = line.url if line.page == "article" else line.parent
        if url is None or line.page not in ("article", "attachment") or (source is not None and line.source != source):
            continue
        article = articles.get((line.source, url))
        if article is None:
            article = articles[line.source, url] = _Article(line.source, url, line.district)
        article.add(line)
    limits = gone_after or {}
    return [version for article in articles.values() for version in article.close(limits.get(article.source, GONE_AFTER))]
