"""Trying again, with growing waits: for connections that fail and servers that say they are ill, and for nothing else.

A portal that refuses (403, 412, 429, 521 …) is not asked again. Retry-After is honoured up to a cap; beyond it the run ends.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx2
import stamina

from etl.errors import NotAllowed, PortalUnreachable
from etl.fetch.transport import Reply

TRIES = 4
LONGEST_WAIT_S = 60.0

_ILL = {500, 502, 503, 504, 507, 508, 520, 522, 523, 524}


class _Ill(Exception):
    def __init__(self, reply: Reply) -> None:
        super().__init__(f"{reply.requested_url} answers {reply.status}")
        self.reply = reply


class Retries:
    """How often and after which waits one portal is asked again; waits grow from `interval_s`."""

    def __init__(self, interval_s: float, jitter_s: float, is_loopback: bool) -> None:
        self._is_loopback = is_loopback
        self._caller = stamina.RetryingCaller(
            attempts=TRIES,
            timeout=None,
            wait_initial=max(interval_s, 0.1),
            wait_max=LONGEST_WAIT_S,
            wait_jitter=jitter_s,
        )

    def call(self, send: Callable[[], Reply], target: str) -> Reply:
        """The reply of the first try that gives one, or the last 5xx.

        Raises:
            PortalUnreachable: no try gave a whole answer.
            NotAllowed: the address is none.
        """

        def ask() -> Reply:
            reply = send()
            if reply.status in _ILL:
                raise _Ill(reply)
            return reply

        try:
            return self._caller(wait_before_retry, ask)
        except _Ill as ill:
            return ill.reply
        except httpx2.InvalidURL as error:
            raise NotAllowed(f"{target!r} is no address: {error}", target) from error
        except httpx2.RequestError as error:
            hint = "is the portal running? (for the sample: make sample)" if self._is_loopback else "is it up, and is there a network?"
            raise PortalUnreachable(f"{target}: the portal {_failure(error)}: {hint}", target) from error


def wait_before_retry(error: Exception) -> bool | float:
    """Whether to try again: true for the usual wait, a number of seconds if the server named one, false to give up."""
    if not isinstance(error, _Ill):
        return isinstance(error, httpx2.RequestError)
    wait_s = retry_after_s(error.reply.headers.get("retry-after"), datetime.now(UTC))
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


def _failure(error: httpx2.RequestError) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno == errno.ECONNREFUSED:
            return "refused the connection"
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx2.TimeoutException):
        return "did not answer in time"
    return f"gave no whole answer ({' '.join(str(error).split()) or type(error).__name__})"
