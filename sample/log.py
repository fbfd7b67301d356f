"""What was asked: every request with its answer's status and its times, and what tests want to know of them."""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import SupportsIndex, overload

HEADERS = {
    "if_none_match": "If-None-Match",
    "if_modified_since": "If-Modified-Since",
    "user_agent": "User-Agent",
    "referer": "Referer",
    "cookie": "Cookie",
    "accept_encoding": "Accept-Encoding",
    "content_type": "Content-Type",
    "authorization": "Authorization",
}
"""The headers that a `Request` keeps, by its fields."""


@dataclass(slots=True)
class Request:
    """One request and its answer's status; 0: the connection was cut before a status was sent.

    `path` has its query; `host` is the Host header as it came. `at` and `ended_at` are monotonic times in seconds: when the request was
    read, and when the last byte of the answer was about to be sent (None: not yet). `number` counts from 1.
    """

    method: str
    path: str
    host: str
    at: float
    is_secure: bool = False
    body: bytes = b""
    status: int = 0
    ended_at: float | None = None
    if_none_match: str | None = None
    if_modified_since: str | None = None
    user_agent: str | None = None
    referer: str | None = None
    cookie: str | None = None
    accept_encoding: str | None = None
    content_type: str | None = None
    authorization: str | None = None
    number: int = 0

    @property
    def is_conditional(self) -> bool:
        return self.if_none_match is not None or self.if_modified_since is not None

    @property
    def host_name(self) -> str:
        return self.host.partition(":")[0].lower()


class RequestLog(list[Request]):
    """The requests in the order in which they came; a part of them (a slice, a filter) is a log again."""

    def __init__(self, requests: Iterable[Request] = ()):
        super().__init__(requests)
        self._lock = threading.Lock()

    @overload
    def __getitem__(self, index: SupportsIndex) -> Request: ...

    @overload
    def __getitem__(self, index: slice) -> RequestLog: ...

    def __getitem__(self, index: SupportsIndex | slice) -> Request | RequestLog:
        return RequestLog(super().__getitem__(index)) if isinstance(index, slice) else super().__getitem__(index)

    def enter(self, request: Request) -> int:
        """Add a request; its number, from 1."""
        with self._lock:
            self.append(request)
            return len(self)

    def to(self, path_glob: str) -> RequestLog:
        """Those whose path without its query matches."""
        return RequestLog(request for request in self if fnmatchcase(request.path.partition("?")[0], path_glob))

    def of_host(self, host: str) -> RequestLog:
        """Those of one host name, without its port."""
        return RequestLog(request for request in self if request.host_name == host)

    def posts(self) -> RequestLog:
        """All that may change something: neither GET nor HEAD."""
        return RequestLog(request for request in self if request.method not in {"GET", "HEAD"})

    def by_path(self) -> Counter[str]:
        """How often each path was asked for, with its query."""
        return Counter(request.path for request in self)

    def by_status(self) -> Counter[int]:
        """How many answers had each status."""
        return Counter(request.status for request in self)

    def max_in_flight(self) -> int:
        """How many requests were being answered at once, at most. Look at one host at a time: `of_host`."""
        # an answer that ends when the next one begins is no overlap: ends sort before beginnings
        ends = [(request.ended_at, -1) for request in self if request.ended_at is not None]
        most = now = 0
        for _, change in sorted([(request.at, 1) for request in self] + ends):
            now += change
            most = max(most, now)
        return most

    def intervals(self) -> list[float]:
        """Seconds from the beginning of each request to the beginning of the next."""
        starts = sorted(request.at for request in self)
        return [later - earlier for earlier, later in itertools.pairwise(starts)]

    def pauses(self) -> list[float]:
        """Seconds from the end of each answer to the beginning of the next request; below zero where two overlap."""
        by_start = sorted(self, key=lambda request: request.at)
        pairs = itertools.pairwise(by_start)
        return [later.at - earlier.ended_at for earlier, later in pairs if earlier.ended_at is not None]

    def most_within(self, seconds: float) -> int:
        """The largest number of requests that began within a time of that length."""
        starts = sorted(request.at for request in self)
        most = first = 0
        for last, start in enumerate(starts):
            while start - starts[first] > seconds:
                first += 1
            most = max(most, last - first + 1)
        return most
