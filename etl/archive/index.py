"""What the archive knows of every address: the last good answer, and where it stands. One pass, kept in step by `note`.

In: the lines of the manifest. What is held is a record for each address, never its whole history. `etl.archive.snapshot` keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlsplit

from etl.archive.lines import IMPORTED_PATH, Line
from etl.archive.misses import GONE_AFTER, Misses
from etl.models import Outcome, PageKind

_LAST_LISTS = 8
_WELCOMES = ("list", "article", "attachment")  # robots.txt is served by portals that refuse all else


@dataclass(frozen=True, slots=True)
class Known:
    """One address that was good at least once, and where it stands. Times are in UTC.

    `last_seen_at`: the last time that it gave its text or said that nothing has changed; `asked_at`, `outcome` and `retry_at` (not to
    be asked again before) are of its last answer. `gone_at` is null while the address is there.
    """

    url: str
    page: PageKind
    district: str
    title: str | None
    listed_on: date | None
    parent: str | None
    last_seen_at: datetime
    asked_at: datetime
    outcome: Outcome | None
    retry_at: datetime | None
    gone_at: datetime | None


@dataclass(slots=True)
class Address:
    """The record of one address."""

    last: Line
    good: Line | None = None
    seen_at: str = ""
    title: str | None = None
    listed_on: str | None = None
    misses: Misses = field(default_factory=Misses)
    lists: list[str] | None = None

    def note(self, line: Line) -> None:
        if line.is_imported and line.time < self.last.time:
            return  # a person brought an older page: what the portal said since then holds
        self.last = line
        self.title = line.title or self.title
        self.listed_on = line.listed_on or self.listed_on
        self.misses.add(line)
        if line.gives_text:
            self.good, self.seen_at = line, line.time
            if line.page == "list" and line.sha256 is not None:
                self.lists = _with(self.lists or [], line.sha256)
        elif line.confirms:
            self.seen_at = line.time

    def own_headers(self) -> None:
        """Let go of the larger text that the headers were cut from."""
        self.last.headers = self.last.headers.copy()
        if self.good is not None:
            self.good.headers = self.good.headers.copy()


@dataclass(slots=True)
class Index:
    """The addresses of an archive, by address; blocked hosts by source and host; when sources were asked; answers by run."""

    addresses: dict[str, Address] = field(default_factory=dict)
    blocks: dict[str, dict[str, Line]] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    requests: dict[str, int] = field(default_factory=dict)

    def note(self, line: Line) -> None:
        """Take in one more answer."""
        self.requests[line.run_id] = self.requests.get(line.run_id, 0) + 1
        if not line.is_imported:
            self.asked[line.source] = line.time
            self._note_block(line)
        if line.is_hop:
            return
        known = self.addresses.get(line.url)
        if known is None:
            known = self.addresses[line.url] = Address(line)
        known.note(line)
        known.own_headers()

    def good(self, url: str) -> Line | None:
        """The last answer of the address that brought its text."""
        known = self.addresses.get(url)
        return None if known is None else known.good

    def last(self, url: str) -> Line | None:
        """The last answer of the address, whatever it was."""
        known = self.addresses.get(url)
        return None if known is None else known.last

    def lists(self, url: str) -> list[str]:
        """Bodies that a list had: the first one and the last few."""
        known = self.addresses.get(url)
        return [] if known is None or known.lists is None else list(known.lists)

    def urls(self, source: str, page: PageKind) -> list[str]:
        """Addresses of a kind that were good at least once, sorted."""
        kept = self.addresses.items()
        return sorted(url for url, known in kept if known.good is not None and known.good.source == source and known.good.page == page)

    def known(self, source: str, gone_after: int = GONE_AFTER) -> Iterator[Known]:
        """The addresses of a source that were good at least once, and that the portal can be asked for."""
        for known in self.addresses.values():
            if known.good is not None and known.good.source == source and not urlsplit(known.good.url).path.startswith(IMPORTED_PATH):
                yield _known(known, known.good, gone_after)

    def asked_at(self, source: str) -> datetime | None:
        """When the source last answered anything."""
        return _time(self.asked.get(source))

    def blocked_until(self, source: str) -> tuple[datetime, str] | None:
        """Until when the hosts of a source are not to be asked, and why; null where nothing stands against it."""
        waits = [line for line in self.blocks.get(source, {}).values() if line.retry_at is not None]
        if not waits:
            return None
        last = max(waits, key=lambda line: line.retry_at or "")
        return datetime.fromisoformat(last.retry_at or ""), last.detail or f"{last.url} answered {last.status}"

    def own_headers(self) -> None:
        """Let go of the larger text that all headers were cut from."""
        for address in self.addresses.values():
            address.own_headers()
        for hosts in self.blocks.values():
            for line in hosts.values():
                line.headers = line.headers.copy()

    def _note_block(self, line: Line) -> None:
        if line.outcome == "blocked":
            self.blocks.setdefault(line.source, {})[_host(line)] = line
        elif line.page in _WELCOMES and line.source in self.blocks and (line.gives_text or line.confirms):
            self.blocks[line.source].pop(_host(line), None)


def _known(known: Address, good: Line, gone_after: int) -> Known:
    return Known(
        url=good.url,
        page=good.page,
        district=known.last.district,
        title=known.title,
        listed_on=None if known.listed_on is None else date.fromisoformat(known.listed_on),
        parent=known.last.parent,
        last_seen_at=datetime.fromisoformat(known.seen_at),
        asked_at=datetime.fromisoformat(known.last.time),
        outcome=known.last.outcome,
        retry_at=_time(known.last.retry_at),
        gone_at=_time(known.misses.gone_at(gone_after)),
    )


def _with(lists: list[str], digest: str) -> list[str]:
    """The bodies of a list with one more: the first ever and the last few distinct ones stay."""
    first, *later = lists or [digest]
    if digest == first:
        return [first, *later]
    return [first, *[each for each in later if each != digest][-(_LAST_LISTS - 1) :], digest]


def _host(line: Line) -> str:
    return urlsplit(line.requested_url).netloc


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
