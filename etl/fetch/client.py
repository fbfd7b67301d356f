"""The polite client: one request at a time, paced, capped, within the allow-list and robots.txt; every answer archived.

In: canonical addresses. Out: `Fetched`, and one line in the archive's manifest for each answer. A 304 gives the archived bytes.
A portal that refuses (403, 412, 429 …) is reported as blocked: it is never asked again in the same run, and never tricked.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from protego import Protego

from etl.archive import Archive
from etl.errors import ArchiveError, Blocked, FetchError, NotAllowed, PortalUnreachable
from etl.fetch.addresses import Addresses, join
from etl.fetch.asks import Ask
from etl.fetch.pace import Pace
from etl.fetch.retries import Retries
from etl.fetch.transport import AGENT, Reply, Transport
from etl.models import Answer
from etl.settings import Settings
from etl.sources import Source

log = logging.getLogger(__name__)

_REDIRECTS = {301, 302, 303, 307, 308}
_REPEATING = {307, 308}  # the only ones that mean: post it there
_MAX_REDIRECTS = 5
_NOT_THERE = {404, 410}
_REFUSALS = {401, 403, 405, 412, 429, 451, 512, 521}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave. `url` is the canonical address after redirects; `body` is null for a page that is not there."""

    answer: Answer
    body: bytes | None
    url: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for, with the archived answer that may still be current."""

    ask: Ask
    held: Answer | None = None
    held_body: bytes | None = None

    @property
    def url(self) -> str:
        return self.ask.key


class PoliteClient:
    """A client for one source and one run; use it as a context manager."""

    def __init__(self, source: Source, settings: Settings, archive: Archive, run_id: str, *, refetch: bool = False) -> None:
        self.source = source
        self.archive = archive
        self.addresses = Addresses(source, settings.portal_url)
        self._run_id = run_id
        self._refetch = refetch
        self._max_bytes = settings.max_page_bytes
        interval_s = source.min_interval_s if settings.min_interval_s is None else settings.min_interval_s
        self._pace = Pace(archive.root / "pace" / self.addresses.host, interval_s, source.jitter_s)
        self._retries = Retries(interval_s, source.jitter_s, self.addresses.is_loopback)
        self._transport = Transport(
            contact=settings.contact,
            timeout_s=settings.timeout_s,
            max_bytes=settings.max_page_bytes,
            is_loopback=self.addresses.is_loopback,
        )
        self._requests = 0
        self._robots: Protego | None = None
        self._refused: str | None = None
        if not settings.contact and not self.addresses.is_loopback:
            log.warning("set ETL_CONTACT, so that %s can reach us", self.addresses.host)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._transport.close()

    def get(self, ask: Ask) -> Fetched:
        """Fetch a canonical address and archive the answer; 404 and 410 are answers too.

        Raises:
            NotAllowed: outside the allow-list or robots.txt, redirected there, or larger than ETL_MAX_PAGE_BYTES.
            Blocked: the portal refuses us.
            PortalUnreachable: no answer, or 5xx after all tries.
            FetchError: the run's limit of requests is used up, or the answer is none of the above.
        """
        if not self.addresses.is_own(ask.url):
            raise NotAllowed(f"{ask.url}: not one of the hosts of source {self.source.name}: it is not fetched", ask.url)
        if not self.may_fetch(ask.url):
            raise NotAllowed(f"{ask.url}: robots.txt asks not to fetch it", ask.url)
        asked = _Asked(ask)
        if ask.conditional and ask.payload is None and not self._refetch:
            asked = self._with_held(asked)
        return self._exchange(asked)

    def may_fetch(self, url: str) -> bool:
        """Whether robots.txt allows a canonical address; it is fetched first if this run has not done so.

        Raises:
            PortalUnreachable: robots.txt answers 5xx or nothing: nobody knows what is allowed.
            Blocked: the portal refuses us.
        """
        if self._robots is None:
            asked = _Asked(Ask(self.addresses.canonical("/robots.txt"), "robots"))
            body = self._exchange(asked).body or b""
            self._robots = Protego.parse(body.decode("utf-8-sig", errors="replace"))
            self._pace.interval_s = max(self._pace.interval_s, self._robots.crawl_delay(AGENT) or 0)
        return self._robots.can_fetch(self.addresses.requested(url), AGENT)

    def _with_held(self, asked: _Asked) -> _Asked:
        held = self.archive.latest(asked.url)
        if held is None or held.sha256 is None:
            return asked
        try:
            body = self.archive.read(held.sha256)
        except ArchiveError as error:
            log.warning("%s; the page is fetched anew", error)
            return asked
        return _Asked(asked.ask, held, body)

    def _exchange(self, asked: _Asked) -> Fetched:
        target = self.addresses.requested(asked.ask.url)
        visited: set[str] = set()
        while True:
            visited.add(target)
            reply = self._send(asked.ask, target, _validators(asked, target))
            location = reply.headers.get("location")
            if reply.status not in _REDIRECTS or not location:
                return self._conclude(asked, reply)
            self._keep(asked, reply, None)
            if asked.ask.payload is not None and reply.status not in _REPEATING:
                raise NotAllowed(f"{asked.url}: what is posted leads to another page ({target}): look at the endpoint", asked.url)
            target = self._redirect(asked, target, join(target, location), visited)

    def _redirect(self, asked: _Asked, origin: str, target: str, visited: set[str]) -> str:
        if not self.addresses.may_follow(origin, target):
            raise NotAllowed(f"{asked.url}: redirects to {target}, which is not one of the source's hosts: not followed", asked.url)
        if target in visited or len(visited) > _MAX_REDIRECTS:
            raise Blocked(f"{asked.url}: redirects in a circle ({target}): the portal wants a cookie or a browser; look at it", asked.url)
        return target

    def _send(self, ask: Ask, target: str, headers: dict[str, str]) -> Reply:
        if self._refused:
            raise Blocked(self._refused, target)
        return self._retries.call(lambda: self._send_once(ask, target, headers), target)

    def _send_once(self, ask: Ask, target: str, headers: dict[str, str]) -> Reply:
        if self._requests >= self.source.max_requests:
            limit = f"the limit of {self.source.max_requests} requests a run is used up"
            raise FetchError(f"{target}: {limit}: raise max_requests of {self.source.name} in etl/sources.toml", target)
        with self._pace.turn():
            self._requests += 1
            return self._transport.send(target, headers, payload=ask.payload, payload_type=ask.payload_type)

    def _conclude(self, asked: _Asked, reply: Reply) -> Fetched:
        url = self.addresses.canonical(reply.requested_url)
        answer = self._keep(asked, reply, reply.body if reply.status == 200 else None)
        if reply.status == 200 and reply.body is not None:
            return Fetched(answer, reply.body, url)
        if reply.status == 200:
            raise NotAllowed(f"{asked.url}: larger than ETL_MAX_PAGE_BYTES={self._max_bytes}: not kept", asked.url)
        if reply.status == 304 and asked.held_body is not None:
            return Fetched(answer, asked.held_body, url)
        if reply.status in _NOT_THERE:
            return Fetched(answer, None, url)
        raise self._fault(asked, reply)

    def _fault(self, asked: _Asked, reply: Reply) -> FetchError:
        if reply.status in _REFUSALS:
            self._refused = (
                f"{asked.url}: the portal refuses us ({reply.status}): the run stops; look at it in a browser, try again tomorrow"
            )
            return Blocked(self._refused, asked.url)
        if reply.status >= 500:
            later = f", and asks to wait {reply.headers['retry-after']}" if "retry-after" in reply.headers else ""
            return PortalUnreachable(f"{asked.url}: the portal answers {reply.status} to every try{later}: run again later", asked.url)
        return FetchError(f"{asked.url}: the portal answers {reply.status}, which is not expected: look at the address", asked.url)

    def _keep(self, asked: _Asked, reply: Reply, body: bytes | None) -> Answer:
        answer = Answer(
            url=asked.url,
            requested_url=reply.requested_url,
            time=datetime.now(UTC).isoformat(timespec="microseconds"),
            status=reply.status,
            source=self.source.name,
            district=asked.ask.district,
            page=asked.ask.page,
            run_id=self._run_id,
            title=asked.ask.title,
            listed_on=asked.ask.listed_on.isoformat() if asked.ask.listed_on else None,
            parent=asked.ask.parent,
            etag=reply.headers.get("etag"),
            last_modified=reply.headers.get("last-modified"),
            content_type=reply.headers.get("content-type"),
            elapsed_ms=reply.elapsed_ms,
            headers=reply.headers,
        )
        return self.archive.put(answer, body)


def _validators(asked: _Asked, target: str) -> dict[str, str]:
    """Conditional headers, if the archived bytes came from that very path: another page's validators would mean nothing."""
    held = asked.held
    if held is None or urlsplit(held.requested_url)[2:4] != urlsplit(target)[2:4]:
        return {}
    headers = {"If-None-Match": held.etag, "If-Modified-Since": held.last_modified}
    return {name: value for name, value in headers.items() if value}
