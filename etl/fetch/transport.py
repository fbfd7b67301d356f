"""One HTTP request: out with our name on it, in with limits on size, time and packing. No cookies, no redirects, no tries, no proxy.

In: an address and further headers. Out: a `Reply`, also where no answer came. What an answer means is decided by `etl.fetch.outcomes`.
"""

from __future__ import annotations

import errno
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from socket import gaierror

import httpcore2
import httpx2

from etl.errors import SettingsError
from etl.fetch.network import Deadline, ForbiddenAddress, Gate, GuardedNetwork, TooSlow
from etl.fetch.unpack import ACCEPTED, BadPacking, Unpacker
from etl.models import Outcome

AGENT = "rule-of-law-reports"
"""The name that robots.txt may address."""

_SLOWEST = 4
"""A request may take that many times the timeout in all: the timeout itself only bounds the wait for the next bytes."""

_MAX_HEADER_BYTES = 65_536
_MAX_RATIO = 200
"""Unpacked to packed, from a megabyte on: Chinese pages pack 5 to 30 times, lists of equal rows 50 times."""
_RATIO_FROM = 1_000_000
_MAX_OTHER_BYTES = 1_000_000
"""Of an answer other than 200 nothing is kept."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no whole answer: its outcome, the rest of a sentence that begins with "the portal", and whether to try again."""

    outcome: Outcome
    detail: str
    is_passing: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer as received, after content decoding. `status` is 0 and `failure` set where none came; header names are lower-case.

    A 200 whose body is larger, or packed tighter, than the limits allow has a failure and no body.
    """

    requested_url: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    elapsed_ms: int = 0
    failure: Failure | None = None


class _TooLarge(Exception):
    """A limit on bytes was passed; the message says which."""


class Transport:
    """A connection to one portal."""

    def __init__(self, *, contact: str, timeout_s: float, gate: Gate, ca_file: Path | None = None) -> None:
        self._timeout_s = timeout_s
        self._deadline = Deadline()
        self._client = httpx2.Client(
            headers={
                "User-Agent": f"{AGENT}/0.1" + (f" (+{contact})" if contact else ""),
                "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
                "Accept-Language": "zh-CN",
                "Accept-Encoding": ACCEPTED,
            },
            cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=())),
            timeout=timeout_s,
            follow_redirects=False,
            trust_env=False,
            transport=_GuardedTransport(GuardedNetwork(gate, self._deadline), _trust(ca_file)),
        )

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def send(
        self, url: str, headers: dict[str, str], *, max_bytes: int, payload: str | None = None, payload_type: str | None = None
    ) -> Reply:
        """Ask for an address once; a payload is posted to it, as JSON unless `payload_type` says otherwise.

        Raises:
            httpx2.InvalidURL: the address is none.
        """
        method, content = ("GET", None) if payload is None else ("POST", payload.encode())
        if content is not None:
            headers = {**headers, "Content-Type": payload_type or "application/json; charset=utf-8"}
        start = time.monotonic()
        self._deadline.set(_SLOWEST * self._timeout_s)
        status, received, body, failure = 0, {}, None, None
        try:
            with self._client.stream(method, url, headers=headers, content=content) as response:
                received = _kept_headers(response)
                body = _read(response, max_bytes if response.status_code == 200 else min(max_bytes, _MAX_OTHER_BYTES))
                status = response.status_code
        except _TooLarge as error:
            status = response.status_code
            failure = Failure("too_large", str(error)) if status == 200 else None
        except (httpx2.RequestError, TooSlow, ForbiddenAddress, BadPacking) as error:
            failure = _failure(error)
        return Reply(url, status, received, body, round((time.monotonic() - start) * 1000), failure)


class _GuardedTransport(httpx2.HTTPTransport):
    """httpx's own transport over a network of ours; it offers no argument for that."""

    def __init__(self, network: GuardedNetwork, trust: ssl.SSLContext) -> None:
        super().__init__(verify=trust, trust_env=False)
        self._pool.close()
        self._pool = httpcore2.ConnectionPool(
            ssl_context=trust, max_connections=1, max_keepalive_connections=1, keepalive_expiry=60, network_backend=network
        )


def _trust(ca_file: Path | None) -> ssl.SSLContext:
    context = httpx2.create_ssl_context(trust_env=False)
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except OSError as error:
            raise SettingsError(f"ETL_CA_FILE={str(ca_file)!r}: holds no certificate in PEM form: {error}") from error
    return context


def _kept_headers(response: httpx2.Response) -> dict[str, str]:
    size = sum(len(name) + len(value) for name, value in response.headers.raw)
    if size > _MAX_HEADER_BYTES:
        raise _TooLarge(f"sends headers of {size} bytes, more than {_MAX_HEADER_BYTES}")
    return {name: value for name, value in response.headers.items() if name != "set-cookie"}


def _read(response: httpx2.Response, max_bytes: int) -> bytes:
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > max_bytes:
        raise _TooLarge(f"sends {declared} bytes, more than {max_bytes}")
    body = bytearray()
    for piece in _unpacked(response, max_bytes):
        body += piece
        if len(body) > max_bytes:
            raise _TooLarge(f"sends more than {max_bytes} bytes")
        if len(body) > max(_RATIO_FROM, _MAX_RATIO * response.num_bytes_downloaded):
            raise _TooLarge(f"sends a body that unpacks to more than {_MAX_RATIO} times its size")
    return bytes(body)


def _unpacked(response: httpx2.Response, max_bytes: int) -> Iterator[bytes]:
    unpacker = Unpacker(response.headers.get("content-encoding", ""))
    for packed in response.iter_raw():
        if response.num_bytes_downloaded > max_bytes:
            raise _TooLarge(f"sends more than {max_bytes} bytes")
        yield from unpacker.feed(packed)
    unpacker.finish()


def _failure(error: Exception) -> Failure:
    """Why no answer came, in words, and whether it may come if asked again."""
    if isinstance(error, ForbiddenAddress):
        return Failure("not_allowed", f"is not connected to: {error}")
    if isinstance(error, TooSlow):
        return Failure("too_large", "sends its answer too slowly")
    if isinstance(error, BadPacking):
        return Failure("unreachable", f"sends a body that {error}", is_passing=True)
    causes = list(_causes(error))
    if distrust := next((cause for cause in causes if isinstance(cause, ssl.SSLCertVerificationError)), None):
        return Failure("unreachable", f"shows a certificate that is not trusted ({distrust.verify_message})")
    if unsafe := next((cause for cause in causes if isinstance(cause, ssl.SSLError) and cause.reason), None):
        return Failure("unreachable", f"does not speak TLS as we do ({unsafe.reason})", is_passing=True)
    return Failure("unreachable", _no_answer(error, causes), is_passing=True)


def _no_answer(error: Exception, causes: list[BaseException]) -> str:
    numbers = {cause.errno for cause in causes if isinstance(cause, OSError)}
    if errno.ECONNREFUSED in numbers:
        return "refused the connection"
    if errno.ECONNRESET in numbers:
        return "broke off the connection"
    if any(isinstance(cause, gaierror) for cause in causes):
        return "has a name that does not resolve"
    if isinstance(error, httpx2.TimeoutException):
        return "did not answer in time"
    return f"gave no whole answer ({' '.join(str(error).split()) or type(error).__name__})"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
