"""The polite client: one request at a time, paced, capped, within the allow-list and robots.txt; every answer archived.

In: an `Ask` for a canonical address. Out: `Fetched`, and one line in the archive's manifest for each request, with its outcome. A 304 gives
the archived bytes. A portal that refuses is reported as blocked: it is not asked again before a time that the manifest names, and never
tricked.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx2

from etl.archive import Archive
from etl.charset import decode
from etl.errors import ArchiveError, Blocked, FetchError, NotAllowed, NotDue, UnexpectedAnswer
from etl.fetch.addresses import Addresses, join
from etl.fetch.asks import Ask, Fetched
from etl.fetch.network import Gate
from etl.fetch.outcomes import Judgement, blocks_in_a_row, error_of, is_file, is_text, judge, lacks_title, retry_at
from etl.fetch.pace import Pace
from etl.fetch.past import Past
from etl.fetch.retries import Retries
from etl.fetch.robots import Robots
from etl.fetch.transport import Reply, Transport
from etl.models import Answer
from etl.settings import Settings
from etl.sources import Source
from etl.sources.season import in_hours

log = logging.getLogger(__name__)

_REDIRECTS = {301, 302, 303, 307, 308}
_REPEATING = {307, 308}  # the only ones that mean: post it there
_MAX_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for, with the archived answer that may still be current."""

    ask: Ask
    held: Answer | None = None
    held_body: bytes | None = None


class PoliteClient:
    """A client for one source and one run; use it as a context manager.

    Args:
        source: whom to ask, and how gently.
        settings: limits, contact, and where connections go.
        archive: where answers are kept, and what is known from earlier ones.
        run_id: the run that they belong to; its cap of requests counts all clients of the run.
        refetch: ask unconditionally, and also for what should wait.
        respect_hours: ask only within the source's hours; for runs that no person has started.
    """

    def __init__(
        self,
        source: Source,
        settings: Settings,
        archive: Archive,
        run_id: str,
        *,
        refetch: bool = False,
        respect_hours: bool = False,
    ) -> None:
        self.source = source
        self.archive = archive
        self.addresses = Addresses(source, settings.portal_url)
        self.refetch = refetch
        self.past = Past(archive, source.name, run_id)
        self._run_id = run_id
        self._settings = settings
        self._respect_hours = respect_hours
        interval_s = source.min_interval_s if settings.min_interval_s is None else settings.min_interval_s
        turns = archive.root if isinstance(archive.root, Path) else settings.home  # a store has no locks
        self._pace = Pace(turns / "pace" / self.addresses.host, interval_s, source.jitter_s)
        self._retries = Retries(interval_s, source.jitter_s)
        gate = Gate.of(source, settings)
        self._is_local = self.addresses.is_loopback or gate.is_local
        self._transport = Transport(contact=settings.contact, timeout_s=settings.timeout_s, gate=gate, ca_file=settings.ca_file)
        self._robots: Robots | None = None
        self._refused: str | None = None
        if not settings.contact and not self._is_local:
            log.warning("set ETL_CONTACT, so that %s can reach us", self.addresses.host)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._transport.close()

    def get(self, ask: Ask) -> Fetched:
        """Fetch a canonical address and archive the answer; a page that is not there (404, 410, or a 200 that says so) is an answer too.

        Raises:
            NotAllowed: outside the allow-list or robots.txt, redirected there, at a private address, or too large.
            Blocked: the portal refuses us, or has refused us lately.
            PortalUnreachable: no whole answer, or 5xx, after all tries.
            UnexpectedAnswer: the answer is none of the above.
            NotDue: the source is not asked at this hour.
            FetchError: the run's limit of requests is used up.
        """
        if not self.addresses.is_own(ask.url):
            raise NotAllowed(f"{ask.url}: not one of the hosts of source {self.source.name}: it is not fetched", ask.url)
        if not self.may_fetch(ask.url):
            raise NotAllowed(f"{ask.url}: {self._rules().why_not()}", ask.url)
        asked = _Asked(ask)
        if ask.conditional and ask.payload is None and not self.refetch:
            asked = self._with_held(ask)
        return self._exchange(asked)

    def answered(self, ask: Ask) -> Fetched | None:
        """What this run got for the address earlier, from the archive; null if it has to be asked."""
        answer = self.past.answered(ask.key)
        if answer is None:
            return None
        held = answer if answer.sha256 is not None or answer.outcome == "gone" else self.archive.latest(ask.key)
        url = self.addresses.canonical(answer.requested_url)
        if held is None or held.sha256 is None:
            return Fetched(answer, None, url) if answer.outcome == "gone" else None
        try:
            return Fetched(answer, self.archive.read(held.sha256), url)
        except ArchiveError as error:
            log.warning("%s; the page is fetched anew", error)
            return None

    def may_fetch(self, url: str) -> bool:
        """Whether robots.txt allows a canonical address; it is fetched first if this run has not done so.

        Raises:
            PortalUnreachable: robots.txt answers 5xx or nothing: nobody knows what is allowed.
            Blocked: the portal refuses us.
        """
        return self._rules().allow(self.addresses.requested(url))

    def _rules(self) -> Robots:
        if self._robots is None:
            self._robots = Robots(self._robots_text(), is_required=self.source.robots_policy == "require")
            if self._robots.delay_s > self._pace.interval_s:
                log.info("%s: robots.txt asks for %g s between two requests", self.addresses.host, self._robots.delay_s)
                self._pace.interval_s = self._robots.delay_s
        return self._robots

    def _robots_text(self) -> bytes | None:
        ask = Ask(self.addresses.canonical("/robots.txt"), "robots")
        if (known := self.answered(ask)) is not None:
            return known.body
        try:
            return self._exchange(_Asked(ask)).body
        except UnexpectedAnswer as error:
            log.warning("%s; taken for none", error)
            return None

    def _with_held(self, ask: Ask) -> _Asked:
        held = self.archive.latest(ask.url)
        if held is None or held.sha256 is None:
            return _Asked(ask)
        try:
            return _Asked(ask, held, self.archive.read(held.sha256))
        except ArchiveError as error:
            log.warning("%s; the page is fetched anew", error)
            return _Asked(ask)

    def _exchange(self, asked: _Asked) -> Fetched:
        target = self.addresses.requested(asked.ask.url)
        visited = [target]
        while True:
            reply = self._ask(asked, target)
            location = reply.headers.get("location")
            if reply.status not in _REDIRECTS or not location:
                return self._conclude(asked, reply)
            target = self.addresses.after_redirect(target, join(target, location))
            judgement = self._judge_hop(asked.ask, reply, target, visited)
            answer = self._keep(asked.ask, reply, judgement)
            if judgement.outcome != "redirected":
                raise self._error(answer)
            visited.append(target)

    def _judge_hop(self, ask: Ask, reply: Reply, target: str, visited: list[str]) -> Judgement:
        if not self.addresses.may_follow(visited[-1], target):
            return Judgement("not_allowed", f"redirects to {target}, which is not one of the source's hosts: not followed")
        if ask.payload is not None and reply.status not in _REPEATING:
            return Judgement("not_allowed", f"redirects what is posted to another page ({target}): not followed")
        if target in visited or len(visited) > _MAX_REDIRECTS:
            return Judgement("blocked", f"redirects in a circle ({target}), as if it wanted a cookie or a browser")
        if self._robots is not None and not self._robots.allow(target):
            return Judgement("not_allowed", f"redirects to {target}, which robots.txt asks not to fetch")
        return Judgement("redirected", f"to {target}")

    def _ask(self, asked: _Asked, target: str) -> Reply:
        headers = _validators(asked, target)
        if self.source.send_referer:
            headers["Referer"] = self.addresses.requested(asked.ask.parent or self.addresses.canonical("/"))

        def note(reply: Reply, which: str) -> None:
            judgement = judge(reply, asked.ask.page, is_conditional=False)
            self._keep(asked.ask, reply, replace(judgement, detail=f"{judgement.detail}; {which}"), is_final=False)

        return self._retries.call(lambda: self._send(asked.ask, target, headers), note)

    def _send(self, ask: Ask, target: str, headers: dict[str, str]) -> Reply:
        self._refused = self._refused or self.past.refusal()
        if self._refused:
            raise Blocked(f"{target}: not asked: {self._refused}", target)
        if self._respect_hours and not in_hours(self.source, datetime.now(UTC)):
            raise NotDue(f"{self.source.name}: not asked at this hour: its hours are {self.source.hours} in Shanghai (etl/sources)")
        if self.past.requests >= self.source.max_requests:
            limit = f"the limit of {self.source.max_requests} requests a run is used up"
            raise FetchError(f"{target}: {limit}: raise max_requests of {self.source.name} in the source registry", target)
        max_bytes = self._settings.max_attachment_bytes if is_file(ask.page, ask.url) else self._settings.max_page_bytes
        with self._pace.turn():
            self.past.requests += 1
            try:
                return self._transport.send(target, headers, max_bytes=max_bytes, payload=ask.payload, payload_type=ask.payload_type)
            except httpx2.InvalidURL as error:
                raise NotAllowed(f"{target!r} is no address: {error}", target) from error

    def _conclude(self, asked: _Asked, reply: Reply) -> Fetched:
        ask, url = asked.ask, self.addresses.canonical(reply.requested_url)
        judgement = judge(reply, ask.page, is_conditional=asked.held is not None)
        if judgement.outcome == "ok" and ask.page == "article":
            judgement = self._judge_place(ask, reply.body or b"", url) or judgement
        answer = self._keep(ask, reply, judgement)
        if judgement.outcome == "ok" or (judgement.outcome == "stub" and ask.page == "list"):
            return Fetched(answer, reply.body, url)  # whether a short list is an empty one is told by whoever reads it
        if judgement.outcome == "not_modified":
            return Fetched(answer, asked.held_body, url)
        if judgement.outcome in ("gone", "soft_404", "stub"):
            return Fetched(answer, None, url)
        raise self._error(answer)

    def _judge_place(self, ask: Ask, body: bytes, url: str) -> Judgement | None:
        """Another page in place of the article: the home page, a list, or one page for every address."""
        if url != ask.url and urlsplit(url).path in ("/", "/index.html"):
            return Judgement("soft_404", "leads to the home page in place of the article")
        same = self.past.same_page(body, ask)
        if same is None and lacks_title(ask.title, body) and body == self._home_page:
            same = self.addresses.canonical("/")
        return Judgement("soft_404", f"gives the very bytes of {same} in place of the article") if same else None

    @cached_property
    def _home_page(self) -> bytes | None:
        """The bytes of the home page, asked for once a run and only when a page seems to be another one than its list says."""
        try:
            return self.get(Ask(self.addresses.canonical("/"), "list")).body
        except FetchError as error:  # a refusal also stops the next request
            log.warning("%s; whether it stands in place of an article is not known", error)
            return None

    def _error(self, answer: Answer) -> FetchError:
        hint = "is the portal running? (for the sample: make sample)" if self._is_local else "is it up, and is there a network?"
        error = error_of(answer, hint)
        if isinstance(error, Blocked):
            self._refused = f"the portal {answer.detail}"
        return error

    def _keep(self, ask: Ask, reply: Reply, judgement: Judgement, *, is_final: bool = True) -> Answer:
        now = datetime.now(UTC)
        detail, blocks = judgement.detail, 0
        if judgement.outcome == "blocked":
            blocks, since = blocks_in_a_row(self.archive.answers(), self.source.name, self._run_id)
            detail = f"{detail}; {blocks + 1} runs in a row since {since:.10}" if since else detail
        again = retry_at(judgement.outcome, now, retry_after=reply.headers.get("retry-after"), blocks=blocks) if is_final else None
        body = reply.body if reply.status == 200 else None
        text = decode(body, reply.headers.get("content-type")) if body and judgement.outcome == "ok" and is_text(body) else None
        answer = Answer(
            url=ask.key,
            requested_url=reply.requested_url,
            time=now.isoformat(timespec="microseconds"),
            status=reply.status,
            source=self.source.name,
            district=ask.district,
            page=ask.page,
            run_id=self._run_id,
            outcome=judgement.outcome,
            detail=detail,
            retry_at=None if again is None else again.isoformat(timespec="seconds"),
            title=ask.title,
            listed_on=ask.listed_on.isoformat() if ask.listed_on else None,
            parent=ask.parent,
            etag=reply.headers.get("etag"),
            last_modified=reply.headers.get("last-modified"),
            content_type=reply.headers.get("content-type"),
            charset=text.charset if text else None,
            charset_from=text.decided_by if text else None,
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
    # what a portal sent must not become a header that cannot be sent
    return {name: value for name, value in headers.items() if value and value.isascii() and value.isprintable()}
