"""One HTTP request: out with our name on it, in with a limit on size and time. No cookies, no redirects, no tries.

In: an address and conditional headers. Out: a `Reply`. What an answer means is decided by `etl.fetch.client`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx2

AGENT = "rule-of-law-reports"
"""The name that robots.txt may address."""

_SLOWEST = 4
"""A body may take that many times the timeout in all: the timeout itself only bounds the wait for the next bytes."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer as received. `body` is null if it was larger than the limit; header names are lower-case."""

    requested_url: str
    status: int
    headers: dict[str, str]
    body: bytes | None
    elapsed_ms: int


class Transport:
    """A connection to one portal."""

    def __init__(self, *, contact: str, timeout_s: float, max_bytes: int, is_loopback: bool) -> None:
        self._timeout_s = timeout_s
        self._max_bytes = max_bytes
        self._client = httpx2.Client(
            headers={
                "User-Agent": f"{AGENT}/0.1" + (f" (+{contact})" if contact else ""),
                "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
                "Accept-Language": "zh-CN",
                "Accept-Encoding": "gzip, deflate",
            },
            cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=())),
            timeout=timeout_s,
            limits=httpx2.Limits(max_connections=1, max_keepalive_connections=1),
            follow_redirects=False,
            trust_env=not is_loopback,  # a proxy of the environment has no way to this machine
        )

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def send(self, url: str, headers: dict[str, str], *, payload: str | None = None, payload_type: str | None = None) -> Reply:
        """Ask for an address once; a payload is posted to it, as JSON unless `payload_type` says otherwise.

        Raises:
            httpx2.RequestError: no connection, a timeout, or an answer that breaks off.
        """
        start = time.monotonic()
        method, content = ("GET", None) if payload is None else ("POST", payload.encode())
        if content is not None:
            headers = {**headers, "Content-Type": payload_type or "application/json; charset=utf-8"}
        with self._client.stream(method, url, headers=headers, content=content) as response:
            body = self._read(response, start)
            kept = {name: value for name, value in response.headers.items() if name != "set-cookie"}
            return Reply(url, response.status_code, kept, body, round((time.monotonic() - start) * 1000))

    def _read(self, response: httpx2.Response, start: float) -> bytes | None:
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > self._max_bytes:
                return None
            if time.monotonic() - start > _SLOWEST * self._timeout_s:
                raise httpx2.ReadTimeout("the body comes too slowly", request=response.request)
        return bytes(body)
