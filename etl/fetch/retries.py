"""Trying again, with growing waits: for connections that fail and servers that say they are ill, and for nothing else.

A portal that refuses (403, 412, 429, 521 …) is not asked again. Retry-After is honoured up to a cap; beyond it the tries end.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import stamina

from etl.fetch.transport import Reply

TRIES = 4
LONGEST_WAIT_S = 60.0

_ILL = {500, 502, 503, 504, 507, 508, 520, 522, 523, 524}


class _Passing(Exception):
    """A reply that may be another one next time."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(f"{reply.requested_url} answers {reply.status}")
        self.reply = reply


class Retries:
    """How often and after which waits one portal is asked again; waits grow from `interval_s`."""

    def __init__(self, interval_s: float, jitter_s: float) -> None:
        self._caller = stamina.RetryingCaller(
            attempts=TRIES,
            timeout=None,
            wait_initial=max(interval_s, 0.1),
            wait_max=LONGEST_WAIT_S,
            wait_jitter=jitter_s,
        )

    def call(self, send: Callable[[], Reply], note: Callable[[Reply, str], object]) -> Reply:
        """The reply of the first try that gives one, or of the last; of each before it `note` is told, with words for which it was."""
        tries = 0

        def ask() -> Reply:
            nonlocal tries
            tries += 1
            reply = send()
            if (wait := wait_before_retry(reply)) is False:
                return reply
            if tries < TRIES:
                after = "" if wait is True else f", which asks to wait {wait:.0f} s"
                note(reply, f"try {tries} of {TRIES}{after}")
            raise _Passing(reply)

        try:
            return self._caller(_wait_after, ask)
        except _Passing as passing:
            return passing.reply


def _wait_after(error: Exception) -> bool | float:
    return wait_before_retry(error.reply) if isinstance(error, _Passing) else False


def wait_before_retry(reply: Reply) -> bool | float:
    """Whether to try again: true for the usual wait, a number of seconds if the server named one, false to keep the reply."""
    if reply.status == 0:
        return reply.failure is not None and reply.failure.is_passing
    if reply.status not in _ILL:
        return False
    wait_s = retry_after_s(reply.headers.get("retry-after"), datetime.now(UTC))
    if wait_s is None:
        return True
    return wait_s if wait_s <= LONGEST_WAIT_S else False


def retry_after_s(value: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for: a number, or a date; null if there is none or it cannot be read."""
    if not value:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        return max((parsedate_to_datetime(value) - now).total_seconds(), 0.0)
    except (ValueError, TypeError):
        return None
