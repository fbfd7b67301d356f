"""Rows asked for in batches, so that a question is asked once for many pages and the warehouse never lies in memory whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

Row = dict[str, Any]
T = TypeVar("T")

_SIZE = 50

LEVEL_RANK = "list_position(['province', 'city', 'district', 'department', 'street', 'town'], o.level)"
"""The order in which levels stand, the highest first; of `dim_organization AS o`."""


def in_batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """The items by fifties."""
    for first in range(0, len(items), _SIZE):
        yield items[first : first + _SIZE]


def by_key(rows: list[Row], key: str) -> dict[Any, list[Row]]:
    """The rows of each value of a column, in their order."""
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return found
