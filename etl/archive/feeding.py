"""Pages that a person brings, put into the archive as answers of a source: by hand, without asking the portal.

In: `Brought` pages of a WARC file (`etl.archive.warc_import`) or of a folder (`etl.archive.saved_pages`). Out: answers in the archive, what
was already there, and what was refused and why. Names and addresses that come with the pages are data: nothing of them becomes a path.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from hashlib import blake2b, sha256
from typing import Protocol
from urllib.parse import urlsplit

import msgspec

from etl.archive.archive import Archive
from etl.archive.lines import IMPORTED, Line, to_answer
from etl.errors import ArchiveError, StageError
from etl.models import Answer
from etl.sources import Source

_MAX_SHOWN = 300
_RUN_ID = re.compile(r"[\w.+-]{1,120}", re.ASCII)


class Refused(Exception):
    """Something brought that is not imported; the message says why, without its name."""


class Addresses(Protocol):
    """The addresses of a source (see `etl.fetch.addresses`)."""

    def canonical(self, href: str, base: str | None = None) -> str: ...

    def is_own(self, canonical: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Brought:
    """One page. `name` is for messages; `line` is the manifest line of a file that we have exported, `body` null where it gave none.

    With `refers_to` the bytes are those of that SHA-256, which came before. `is_dated`: the time is that of the answer, so that the
    same bytes at another time are another answer; a file's time is not.
    """

    name: str
    url: str
    time: datetime
    body: bytes | None
    content_type: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    title: str | None = None
    district: str | None = None
    line: Line | None = None
    refers_to: str | None = None
    is_dated: bool = True


@dataclass(slots=True)
class Report:
    """What became of everything brought; `refused` are (name, reason), `skipped` counts by reason what is no page."""

    added: int = 0
    known: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)

    def refuse(self, name: str, reason: str) -> None:
        """Note what is not imported; what came with it is made fit for a terminal."""
        self.refused.append((printable(name), printable(reason)))

    def skip(self, reason: str) -> None:
        reason = printable(reason)
        self.skipped[reason] = self.skipped.get(reason, 0) + 1


class Feeder:
    """Puts what is brought into the archive, for one source. Bringing the same again adds nothing."""

    def __init__(
        self,
        archive: Archive,
        source: Source,
        addresses: Addresses,
        now: datetime,
        *,
        district: str | None = None,
        only: str | None = None,
    ) -> None:
        self._archive = archive
        self._source = source
        self._addresses = addresses
        self._now = now
        self._districts = {entry.district for entry in source.entries}
        self._only = only
        if district is not None and district not in self._districts:
            raise StageError(f"source {source.name} has no district {district}; known: {', '.join(sorted(self._districts))}")
        self._district = district
        self._run_id = f"{IMPORTED}{now:%Y%m%dT%H%M%S}"
        self._known = set(self._keys_of_archive())

    def feed(self, pages: Iterable[Brought], report: Report) -> None:
        """Put in what is new; what is refused is noted by its name, and the next one is looked at.

        Raises:
            SettingsError: the archive cannot be written.
            StageError: nobody has said of which district a page is.
        """
        for page in pages:
            try:
                answer = self._answer(page)
            except Refused as error:
                report.refuse(page.name, str(error))
                continue
            if self._only is not None and not fnmatchcase(answer.url, self._only):
                report.skip("not asked for by --only")
                continue
            if answer.status == 304 and self._archive.latest(answer.url) is None:
                report.skip("unchanged, but never imported")
                continue
            body = self._body(page)
            digest = None if body is None else sha256(body).hexdigest()
            keys = {_key(answer.url, answer.time if page.is_dated else "", answer.status, digest)}
            if keys & self._known:
                report.known += 1
                continue
            self._archive.put(answer, body)
            self._known |= keys | {_key(answer.url, "", answer.status, digest), _key(answer.url, answer.time, answer.status, digest)}
            report.added += 1

    def _answer(self, page: Brought) -> Answer:
        if page.time > self._now:
            raise Refused(f"its time lies in the future ({page.time:%Y-%m-%d %H:%M})")
        if page.line is not None:
            return self._exported(page.line, page)
        url = self._addresses.canonical(page.url)
        if not self._addresses.is_own(url):
            raise Refused(f"{urlsplit(page.url).netloc or page.url} is none of the hosts of source {self._source.name}")
        return Answer(
            url=url,
            requested_url=page.url,
            time=page.time.astimezone(UTC).isoformat(timespec="microseconds"),
            status=page.status,
            source=self._source.name,
            district=self._district_of(url, page.district),
            page="article",
            run_id=self._run_id,
            outcome="ok" if page.status == 200 else "not_modified",
            detail="imported",
            title=page.title,
            content_type=page.content_type,
            headers=page.headers,
        )

    def _exported(self, line: Line, page: Brought) -> Answer:
        """The answer that was exported, if it is one of this source."""
        if line.source != self._source.name:
            raise Refused(f"it is of source {line.source}, not of {self._source.name}")
        if line.district and line.district not in self._districts:
            raise Refused(f"source {self._source.name} has no district {line.district}")
        if not all(self._addresses.is_own(url) for url in (line.url, line.parent) if url is not None):
            raise Refused(f"{line.url} is no address of source {self._source.name}")
        if line.sha256 != (page.refers_to if page.body is None else sha256(page.body).hexdigest()):
            raise Refused("its bytes are not those that its metadata names")
        if not _RUN_ID.fullmatch(line.run_id) or not _are_times(line):
            raise Refused("its metadata is none of an answer: a run id or a time cannot be")
        run_id = line.run_id if line.is_imported else f"{IMPORTED}{line.run_id}"[:120]
        try:
            return to_answer(msgspec.structs.replace(line, run_id=run_id))
        except msgspec.DecodeError as error:
            raise Refused(f"its headers cannot be read: {error}") from error

    def _body(self, page: Brought) -> bytes | None:
        return page.body if page.refers_to is None else self._archive.read(page.refers_to)

    def _district_of(self, url: str, told: str | None) -> str:
        if told is not None and told not in self._districts:
            raise Refused(f"source {self._source.name} has no district {told}")
        path = urlsplit(url).path
        below = [entry for entry in self._source.entries if path.startswith(entry.path)]
        by_path = max(below, key=lambda entry: len(entry.path)).district if below else None
        district = told or by_path or self._district or (next(iter(self._districts)) if len(self._districts) == 1 else None)
        if district is None:
            raise StageError(f"{url}: source {self._source.name} has the districts {', '.join(sorted(self._districts))}: say --district")
        return district

    def _keys_of_archive(self) -> Iterator[int]:
        for line in self._archive.manifest.lines():
            if line.source == self._source.name:
                yield _key(line.url, line.time, line.status, line.sha256)
                if line.page == "article" and line.gives_text:
                    yield _key(line.url, "", line.status, line.sha256)


def read_metadata(text: str) -> Line:
    """The manifest line that an exported record carries.

    Raises:
        Refused: it is none.
    """
    try:
        return msgspec.json.decode(text.encode(), type=Line)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise Refused(f"its metadata is no answer: {error}") from error


def has_bytes(archive: Archive, digest: str) -> bool:
    """Whether the archive holds those bytes, whole."""
    try:
        archive.read(digest)
    except ArchiveError:
        return False
    return True


def as_title(stem: str) -> str | None:
    """What a file is called, where that says something: 云河区司法局2023年度法治政府建设情况报告, but not 5f0c1a52 or download."""
    return unicodedata.normalize("NFC", stem) if any("\u4e00" <= character <= "\u9fff" for character in stem) else None


def printable(text: str) -> str:
    """A text of somebody else in one line, without characters that steer a terminal."""
    return "".join(character if character.isprintable() else "?" for character in text[:_MAX_SHOWN])


def _are_times(line: Line) -> bool:
    try:
        moments = [datetime.fromisoformat(time) for time in (line.time, line.retry_at) if time is not None]
        _ = None if line.listed_on is None else date.fromisoformat(line.listed_on)
    except ValueError:
        return False
    return all(moment.tzinfo is not None for moment in moments)


def _key(url: str, time: str, status: int, digest: str | None) -> int:
    """64 bits of what makes an answer: a million of them fit into a set."""
    return int.from_bytes(blake2b(f"{url}\x1f{time}\x1f{status}\x1f{digest}".encode(), digest_size=8).digest(), "big")
