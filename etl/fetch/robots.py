"""robots.txt (RFC 9309): what it excludes, and how slowly it asks us to go.

Not there (404, 410), or a web page in its place: nothing is excluded, unless the registry asks for rules (`robots_policy = "require"`).
No answer or 5xx: nobody knows, and nothing is fetched; that is an error of the client.
"""

from __future__ import annotations

import math

from protego import Protego

from etl.fetch.transport import AGENT

_MAX_BYTES = 512_000
"""RFC 9309 asks for 500 KiB at least; what follows is not read."""
LONGEST_DELAY_S = 3600.0


class Robots:
    """The rules of one portal; `body` is null where it has none."""

    def __init__(self, body: bytes | None, *, is_required: bool) -> None:
        text = (body or b"")[:_MAX_BYTES].decode("utf-8-sig", errors="replace")
        is_page = text.lstrip().startswith("<")
        self._rules = None if body is None or is_page else Protego.parse(text)
        self._is_required = is_required

    def allow(self, url: str) -> bool:
        """Whether we may ask for an address, as requested."""
        return not self._is_required if self._rules is None else self._rules.can_fetch(url, AGENT)

    def why_not(self) -> str:
        """What an address that may not be asked for is told."""
        if self._rules is None:
            return "the portal has no robots.txt, and the registry requires one (robots_policy)"
        return "robots.txt asks not to fetch it"

    @property
    def delay_s(self) -> float:
        """Seconds between two requests that it asks for, an hour at most; 0 where it does not say."""
        asked = (self._rules.crawl_delay(AGENT) if self._rules is not None else None) or 0.0
        return 0.0 if math.isnan(asked) else min(max(asked, 0.0), LONGEST_DELAY_S)
