"""What is due tonight, answered from the archive alone: every archived article of a source, and whether it is to be asked for again.

In: the archive and the time. Out: `Due` records, in the order due, waiting, gone. When a source is asked at all (its season, its hours)
is a matter of the registry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from etl.archive.archive import Archive
from etl.archive.index import Known
from etl.archive.misses import GONE_AFTER

DueState = Literal[
    "due",
    "waiting",  # `retry_at` is still to come: the address is ill, or the portal has refused us
    "gone",  # so many 404s or 410s in a row that it is only asked for where a list shows it again
]
DUE_STATES: tuple[DueState, ...] = get_args(DueState)


@dataclass(frozen=True, slots=True)
class Due:
    """One archived article. Times are in UTC; `title` is that of the list, `last_seen_at` when the address last gave its text."""

    url: str
    title: str | None
    district: str
    last_seen_at: datetime
    retry_at: datetime | None
    state: DueState


def due(archive: Archive, source_name: str, now: datetime, gone_after: int = GONE_AFTER) -> list[Due]:
    """The archived articles of a source, those due first and the longest unseen of them first.

    Raises:
        ArchiveError: the manifest is damaged.
    """
    blocked = archive.blocked_until(source_name)
    block = None if blocked is None or blocked[0] <= now else blocked[0]
    found = [_due(known, now, block) for known in archive.known(source_name, gone_after) if known.page == "article"]
    return sorted(found, key=lambda each: (DUE_STATES.index(each.state), each.last_seen_at, each.url))


def _due(known: Known, now: datetime, block: datetime | None) -> Due:
    retry_at = max(filter(None, (known.retry_at, block)), default=None)
    state: DueState = "due"
    if known.gone_at is not None:
        state = "gone"
    elif retry_at is not None and retry_at > now:
        state = "waiting"
    return Due(known.url, known.title, known.district, known.last_seen_at, retry_at, state)
