"""When a page that was there counts as gone: after several 404s or 410s in a row. One alone may be an accident of the portal."""

from __future__ import annotations

from dataclasses import dataclass

from etl.archive.lines import Line

GONE_AFTER = 3


@dataclass(slots=True)
class Misses:
    """The 404s and 410s that an address has given since it last gave its text; a 503 or a block says nothing either way."""

    count: int = 0
    since: str | None = None

    def add(self, line: Line) -> None:
        if line.gives_text or line.confirms:
            self.count, self.since = 0, None
        elif line.is_missing:
            self.count += 1
            self.since = self.since or line.time

    def gone_at(self, after: int) -> str | None:
        """Time of the first of them, if there are at least `after`."""
        return self.since if self.count >= after else None
