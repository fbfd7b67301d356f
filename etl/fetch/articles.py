"""The articles of the candidates, fetched into the archive one after the other.

In: candidates; those that are no reports are passed over (discovery named the reason). Out: the answers, as they come, so that
a run that stops in the middle has archived what it received.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from etl.errors import FetchError, NotAllowed, PortalUnreachable, UnexpectedAnswer
from etl.fetch.asks import Ask, Fetched
from etl.fetch.client import PoliteClient
from etl.models import Answer, Candidate

log = logging.getLogger(__name__)

_MOST_FAILURES = 3
"""So many addresses in a row without an answer, and it is the portal that is ill, not a page."""


def fetch_candidates(candidates: Iterable[Candidate], client: PoliteClient) -> Iterator[Answer]:
    """Fetch each report, conditionally, and yield its answer; one that is gone (404, 410) is an answer too.

    An article that should wait (`retry_at` of its last answer), may not be fetched, is too large, or does not answer is named in the log,
    and the next one is fetched; what it answered is in the manifest.

    Raises:
        Blocked: the portal refuses us; asking for the next article would not help.
        PortalUnreachable: nothing is known of robots.txt, or three articles in a row had no answer.
        FetchError: the run's limit of requests is used up.
    """
    rounds = _Rounds(client)
    for candidate in candidates:
        if candidate.is_report and (fetched := rounds.fetch(_ask(candidate))) is not None:
            if fetched.body is None:
                why = fetched.answer.detail or fetched.answer.status
                log.warning("%s: listed in %s, but not there (%s)", candidate.url, candidate.list_url, why)
            yield fetched.answer


class _Rounds:
    """Fetches one thing after the other; keeps count of failures in a row."""

    def __init__(self, client: PoliteClient) -> None:
        self._client = client
        self._failures = 0

    def fetch(self, ask: Ask) -> Fetched | None:
        """What it gave, null if it gave nothing or is not asked for now; the log says why."""
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
        log.warning("%s; the next article is fetched", error)


def _ask(candidate: Candidate) -> Ask:
    return Ask(candidate.url, "article", candidate.district, title=candidate.title, listed_on=candidate.listed_on)
