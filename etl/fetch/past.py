"""What earlier answers say of what may be asked now: pauses, refusals, requests of this run, and pages seen elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256

from etl.archive import Archive
from etl.fetch.asks import Ask
from etl.models import Answer

_A_DAY = timedelta(days=1)


class Past:
    """The past of one source, from its archive, and what is seen while a client runs."""

    def __init__(self, archive: Archive, source: str, run_id: str) -> None:
        self._archive = archive
        self._source = source
        self._run_id = run_id
        self._articles: dict[str, Ask] = {}
        self.requests = archive.requests_of(run_id)
        """Of this run so far, by all its processes up to the start of this client and by this one."""

    def refusal(self) -> str | None:
        """Why the source is not to be asked, and until when; null where nothing stands against it."""
        blocked = self._archive.blocked_until(self._source)
        if blocked is None or blocked[0] <= datetime.now(UTC):
            return None
        until, words = blocked
        return f"the portal {words}; it is asked again after {until:%Y-%m-%d %H:%M} UTC: look at it in a browser"

    def pause(self, url: str) -> Answer | None:
        """The last answer of an address that is not to be asked again before a time that is still to come.

        One that did not answer may be asked again by the same run, unless it named a time: its task is tried again when the portal is ill.
        """
        last = self._archive.last_answer(url)
        if last is None or last.retry_at is None or datetime.fromisoformat(last.retry_at) <= datetime.now(UTC):
            return None
        is_try_again = last.run_id == self._run_id and last.outcome == "unreachable" and "retry-after" not in last.headers
        return None if is_try_again else last

    def answered(self, url: str) -> Answer | None:
        """What an address has told this run already; null if nothing that stays, or more than a day ago.

        So a run that was killed goes on where it stopped. RFC 9309 wants robots.txt to be no older.
        """
        last = self._archive.last_answer(url)
        if last is None or last.run_id != self._run_id or last.outcome not in ("ok", "not_modified", "gone"):
            return None
        return last if datetime.now(UTC) - datetime.fromisoformat(last.time) < _A_DAY else None

    def same_page(self, body: bytes, ask: Ask) -> str | None:
        """The address of a list, or of an article with another title, that gives the very same bytes; null if there is none.

        Equal titles are one report at two addresses, which happens.
        """
        digest = sha256(body).hexdigest()
        if digest in self._lists:
            return self._lists[digest]
        first = self._articles.setdefault(digest, ask)
        is_other = first.url != ask.url and first.title is not None and ask.title is not None and first.title != ask.title
        return first.url if is_other else None

    @cached_property
    def _lists(self) -> dict[str, str]:
        urls = self._archive.urls(self._source, "list")
        return {digest: url for url in urls for digest in self._archive.list_bodies(url)}
