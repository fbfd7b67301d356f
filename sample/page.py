"""What stands at an address, and what a site is: anything that answers.

A site knows nothing of HTTP: it gets what was asked and gives a page. `sample.server` asks it, picked by the Host header.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Page:
    """What stands at an address. A page without validators is always sent whole; `location` is where a redirect leads.

    `headers` are sent beside those that the server makes of the other fields; a name that is in both counts here.
    """

    body: bytes
    content_type: str = HTML
    etag: str | None = None
    last_modified: datetime | None = None
    status: int = 200
    location: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class AnySite(Protocol):
    """A site that the portal can serve under a host name."""

    def answer(self, method: str, target: str, body: bytes, host: str) -> Page | None:
        """The page for a request; None: there is nothing (404).

        `method` is GET for HEAD too, `target` the path with its query as it was sent, `host` the Host header in small letters without
        its port. A method that the address does not know is answered by a page of status 405.
        """


def validated(body: bytes, content_type: str, last_modified: datetime) -> Page:
    """A page with the validators of a static file: a weak ETag made of its bytes, and the day of its last change."""
    digest = hashlib.sha256(body).hexdigest()
    return Page(body, content_type, f'W/"{digest[:12]}-{len(body):x}"', last_modified)


def refused(allow: str = "GET, HEAD", message: bytes = b"") -> Page:
    """The answer to a method that an address does not know."""
    return Page(message, status=405, headers={"Allow": allow})
