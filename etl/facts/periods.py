"""Periods as the parser writes them, and the days that they span.

2023           2023-01-01 … 2023-12-31        2023-11        2023-11-01 … 2023-11-30
2023-Q3        2023-07-01 … 2023-09-30        2021/2025      2021-01-01 … 2025-12-31
2023-01/2023-09  2023-01-01 … 2023-09-30      as-of:2023-12-31   null … 2023-12-31
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

_POINT = re.compile(r"(?P<year>\d{4})(?:-Q(?P<quarter>[1-4])|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


@lru_cache(maxsize=1024)
def period_bounds(period: str) -> tuple[date | None, date | None]:
    """First and last day of a period; the first is null for a point in time (`as-of:`).

    Raises:
        ValueError: `period` is in none of the forms above, or names a day that does not exist.
    """
    if period.startswith("as-of:"):
        return None, _bounds(period.removeprefix("as-of:"))[1]
    first, _, last = period.partition("/")
    return _bounds(first)[0], _bounds(last or first)[1]


def _bounds(point: str) -> tuple[date, date]:
    match = _POINT.fullmatch(point)
    if match is None:
        raise ValueError(f"not a period: {point!r}")
    year = int(match["year"])
    if match["day"]:
        day = date(year, int(match["month"]), int(match["day"]))
        return day, day
    if match["quarter"]:
        first, last = 3 * int(match["quarter"]) - 2, 3 * int(match["quarter"])
    else:
        first = last = int(match["month"] or 0)
    if not last:
        first, last = 1, 12
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
