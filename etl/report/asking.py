"""What pages ask a warehouse besides their own questions: whether it has the views at all, since it may be older than the book."""

from __future__ import annotations

from etl.publish.reading import Reader

_RELATIONS = "SELECT table_schema || '.' || table_name FROM information_schema.tables"


def missing(reader: Reader, *relations: str) -> list[str]:
    """Those of the tables and views (`reporting.changes`) that the warehouse does not have."""
    _, rows = reader.query(_RELATIONS)
    found = {row[0] for row in rows}
    return [relation for relation in relations if relation not in found]


def has(reader: Reader, *relations: str) -> bool:
    """Whether the warehouse has all of them."""
    return not missing(reader, *relations)
