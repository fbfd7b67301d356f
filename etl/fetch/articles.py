"""The articles of the candidates and their attachments, fetched into the archive one after the other.

In: candidates; those that are no reports are passed over (discovery named the reason). Out: the answers, as they come, so that
a run that stops in the middle has archived what it received. Which files a page links is told by `etl.links`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote, urlsplit

from etl.charset import decode
from etl.errors import FetchError, NotAllowed, PageError, PortalUnreachable, UnexpectedAnswer
from etl.fetch.asks import Ask, Fetched
from etl.fetch.client import PoliteClient
from etl.links import READ_SUFFIXES, SUFFIXES, find_attachments, find_parts
from etl.looks import FILES
from etl.models import Answer, Candidate, Link
from etl.nesting import check_nesting

log = logging.getLogger(__name__)

_MOST_FAILURES = 3
"""So many addresses in a row without an answer, and it is the portal that is ill, not a page."""

_MOST_ATTACHMENTS = 10
_REST = timedelta(days=30)


def fetch_candidates(candidates: Iterable[Candidate], client: PoliteClient) -> Iterator[Answer]:
    """Fetch each report and its attachments, conditionally, and yield the answers; one that is gone (404, 410) is an answer too.

    An article that should wait (`retry_at` of its last answer), may not be fetched, is too large, or does not answer is named in the log,
    and the next one is fetched; what it answered is in the manifest. So it is with attachments.

    Raises:
        Blocked: the portal refuses us; asking for the next article would not help.
        PortalUnreachable: nothing is known of robots.txt, or three addresses in a row had no answer.
        FetchError: the run's limit of requests is used up.
    """
    rounds = _Rounds(client)
    for candidate in candidates:
        if not candidate.is_report or (fetched := rounds.fetch(_ask(candidate))) is None:
            continue
        yield fetched.answer
        if fetched.body is None:
            why = fetched.answer.detail or fetched.answer.status
            log.warning("%s: listed in %s, but not there (%s)", candidate.url, candidate.list_url, why)
        asks = [*_parts(candidate, fetched, client), *_attachments(candidate, fetched, client)]
        for ask in asks:
            if _can_rest(ask, fetched, client):
                continue
            if (attached := rounds.fetch(ask)) is not None:
                known = {one.url for one in asks}
                asks += [part for part in _parts(candidate, attached, client) if part.url not in known]
                if attached.body is None:
                    why = attached.answer.detail or attached.answer.status
                    log.warning("%s: linked in %s, but not there (%s)", ask.url, candidate.url, why)
                yield attached.answer


class _Rounds:
    """Fetches one thing after the other; keeps count of failures in a row."""

    def __init__(self, client: PoliteClient) -> None:
        self._client = client
        self._failures = 0

    def fetch(self, ask: Ask) -> Fetched | None:
        """What it gave, null if it gave nothing or is not asked for now; the log says why.

        What this run has asked for already is not asked again: a run that was killed goes on where it stopped.
        """
        if not self._client.refetch and (known := self._client.answered(ask)) is not None:
            return known
        if (last := self._client.past.pause(ask.key)) is not None and not self._client.refetch:
            log.warning("%s: passed over until %s: %s", ask.url, last.retry_at, last.detail or last.outcome)
            return None
        self._client.may_fetch(ask.url)  # without robots.txt nobody knows anything: that is no failure of one article
        try:
            fetched = self._client.get(ask)
        except NotAllowed as error:
            log.warning("%s", error)
            return None
        except (PortalUnreachable, UnexpectedAnswer) as error:
            self._count_failure(ask, error)
            return None
        self._failures = 0
        return fetched

    def _count_failure(self, ask: Ask, error: FetchError) -> None:
        self._failures += 1
        if self._failures == _MOST_FAILURES:
            raise PortalUnreachable(f"{error} ({_MOST_FAILURES} addresses in a row failed: the fetch stops)", ask.url) from error
        log.warning("%s; the next one is fetched", error)


def _ask(candidate: Candidate) -> Ask:
    return Ask(candidate.url, "article", candidate.district, title=candidate.title, listed_on=candidate.listed_on)


def _parts(candidate: Candidate, fetched: Fetched, client: PoliteClient) -> list[Ask]:
    """The further pages of an article that a page of it links; they are kept with it as its files are."""
    if (text := _markup(candidate, fetched)) is None:
        return []
    found = [client.addresses.canonical(url) for url in find_parts(text, fetched.url, candidate.url)]
    return [Ask(url, "attachment", candidate.district, title=candidate.title, parent=candidate.url) for url in found]


def _attachments(candidate: Candidate, fetched: Fetched, client: PoliteClient) -> list[Ask]:
    """What to ask for besides the page: the files that it links on the source's own hosts, of kinds that can be read."""
    if (text := _markup(candidate, fetched)) is None:
        return []
    named: dict[str, str] = {}
    for link in find_attachments(text, fetched.url):
        url = client.addresses.canonical(link.url, fetched.url)
        if client.addresses.is_own(url) and url != candidate.url and _can_be_read(link):
            named.setdefault(url, link.name)
    if len(named) > _MOST_ATTACHMENTS:
        log.warning("%s: links %d files; the first %d are fetched", candidate.url, len(named), _MOST_ATTACHMENTS)
    first = list(named.items())[:_MOST_ATTACHMENTS]
    return [Ask(url, "attachment", candidate.district, title=name, parent=candidate.url) for url, name in first]


def _can_rest(ask: Ask, article: Fetched, client: PoliteClient) -> bool:
    """Whether a file need not be asked for: it has no validators, so that it would come whole each night, and its page has not changed."""
    if client.refetch or article.answer.outcome != "not_modified" or (held := client.archive.latest(ask.key)) is None:
        return False
    came_at = datetime.fromisoformat(held.time)
    return held.etag is None and held.last_modified is None and datetime.now(UTC) - came_at < _REST


def _markup(candidate: Candidate, fetched: Fetched) -> str | None:
    """The markup of a page in which links can be looked for; null for a file, for nothing, and for what nests too deep."""
    if fetched.body is None or fetched.body.startswith(tuple(FILES)):
        return None
    text = decode(fetched.body, fetched.answer.content_type).text
    try:
        check_nesting(text)
    except PageError as error:
        log.warning("%s: its attachments are not looked for: %s", candidate.url, error)
        return None
    return text


def _can_be_read(link: Link) -> bool:
    """Whether the name or the address tell a kind that is read, or none: downloadattach?attachGuid=… tells nothing."""
    parts = urlsplit(link.url)
    endings = (ending.rpartition(".")[2].lower() for ending in (link.name, parts.path, *unquote(parts.query).split("&")))
    told = SUFFIXES.intersection(endings)
    return not told or bool(told & READ_SUFFIXES)
