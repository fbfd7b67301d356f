"""The articles of the candidates, fetched into the archive one after the other.

In: candidates; those that are no reports are passed over (discovery named the reason). Out: the answers, as they come, so that
a run that stops in the middle has archived what it received.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from etl.errors import NotAllowed
from etl.fetch.asks import Ask
from etl.fetch.client import PoliteClient
from etl.models import Answer, Candidate

log = logging.getLogger(__name__)


def fetch_candidates(candidates: Iterable[Candidate], client: PoliteClient) -> Iterator[Answer]:
    """Fetch each report, conditionally, and yield its answer; one that is gone (404, 410) is an answer too.

    An article that may not be fetched, redirects to another host or is too large is logged, and the next one is fetched; the
    answer that said so is in the manifest.

    Raises:
        PortalUnreachable, Blocked: the portal is down or refuses us; asking for the next article would not help.
        FetchError: the run's limit of requests is used up.
    """
    for candidate in candidates:
        if not candidate.is_report:
            continue
        try:
            fetched = client.get(_ask(candidate))
        except NotAllowed as error:
            log.warning("%s", error)
            continue
        if fetched.body is None:
            log.warning("%s: listed in %s, but not there (%d)", candidate.url, candidate.list_url, fetched.answer.status)
        yield fetched.answer


def _ask(candidate: Candidate) -> Ask:
    return Ask(candidate.url, "article", candidate.district, title=candidate.title, listed_on=candidate.listed_on)
