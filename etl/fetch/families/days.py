"""Days as lists show them: beside an item, or in seconds; and whether an address holds one. A day before 2000 is none."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

_EARLIEST = date(2000, 1, 1)
_SHANGHAI = timezone(timedelta(hours=8))
_MILLISECONDS_FROM = 10**11

# 2024-03-25, [2024-03-20], 2024/3/5, 2024.03.25, 2024年3月5日, 2024- 03- 14
DATE = re.compile(r"(?<!\d)(?P<year>\d{4})\s*[-./年]\s*(?P<month>\d{1,2})\s*[-./月]\s*(?P<day>\d{1,2})(?!\d)")

_IN_ADDRESS = (
    # /xxgk/002017/002017002/20240325/5f0c….html and /govxxgk/JB0/2025-03-03/5f0c….html
    re.compile(r"/20\d\d-?\d\d-?\d\d/[\w-]+\.\w+(?:[?#]|$)"),
    # /art/2024/3/5/art_1229063_4070001.html
    re.compile(r"/20\d\d/\d{1,2}/\d{1,2}/[\w-]+\.\w+(?:[?#]|$)"),
    # /202403/t20240315_3590012.html
    re.compile(r"/t20\d{6}_\d+\.\w+(?:[?#]|$)"),
)


def read_date(text: str) -> date | None:
    """The first date in a text: 2024-03-25 10:12, 2024年3月5日; null if there is none or it cannot be."""
    match = DATE.search(text)
    return date_of(match) if match else None


def date_of(match: re.Match[str]) -> date | None:
    """The day of a match with the groups year, month and day; null for one that cannot be."""
    try:
        found = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return found if found >= _EARLIEST else None


def holds_day(address: str) -> bool:
    """Whether an address has the form of one with a day, possible or not."""
    return any(form.search(address) for form in _IN_ADDRESS)


def epoch_day(seconds: object) -> date | None:
    """The day in Shanghai of seconds (or milliseconds) since 1970; null for 0 and what is no such number."""
    try:
        number = float(str(seconds))
        moment = datetime.fromtimestamp(number / 1000 if abs(number) >= _MILLISECONDS_FROM else number, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    day = moment.astimezone(_SHANGHAI).date()
    return day if day >= _EARLIEST else None
