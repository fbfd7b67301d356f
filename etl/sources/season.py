"""When a source is asked: how often by the months of its season, at which hours by its quiet window. Pure: the clock is an argument.

Reports come out from December to April; asking every night of the year would only burden the portal.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from etl.sources.model import Source

SHANGHAI = ZoneInfo("Asia/Shanghai")

_SLACK = timedelta(hours=6)
"""A night that begins a little earlier than the last one is still the next night."""


def is_due(source: Source, last_asked: datetime | None, now: datetime) -> bool:
    """Whether the source should be asked now, by the days that the present month allows between two visits."""
    if source.season is None or last_asked is None:
        return True
    in_season = now.astimezone(SHANGHAI).month in source.season.months
    days = source.season.days if in_season else source.season.otherwise_days
    return now >= last_asked + timedelta(days=days) - _SLACK


def in_hours(source: Source, now: datetime) -> bool:
    """Whether `now` lies in the source's hours (22:00-06:00, Shanghai time, over midnight too); true where it names none."""
    if not source.hours:
        return True
    begin, end = (time.fromisoformat(part) for part in source.hours.split("-"))
    at = now.astimezone(SHANGHAI).time().replace(tzinfo=None)
    return begin <= at < end if begin <= end else at >= begin or at < end


def why_not_due(source: Source, last_asked: datetime | None, now: datetime) -> str | None:
    """Why a scheduled run should not ask a source now, in words; null if it should."""
    if not in_hours(source, now):
        return f"{source.name} is asked from {source.hours} only"
    if last_asked is not None and not is_due(source, last_asked, now):
        return f"{source.name} was asked on {last_asked.astimezone(SHANGHAI):%Y-%m-%d}, and is not due again yet"
    return None
