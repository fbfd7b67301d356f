"""Portal families: how lists, pages and addresses are made, one small module each, behind the interface of `base.Family`."""

from __future__ import annotations

from etl.fetch.families.base import Family, Item, ListPage
from etl.fetch.families.epoint_static import EpointStatic
from etl.sources import Entry, Source

FAMILIES: dict[str, type[Family]] = {
    "epoint-static": EpointStatic,
}
"""By the name that the registry uses."""


def family_of(source: Source, entry: Entry) -> Family:
    """The family that reads an entry of a source."""
    return FAMILIES[entry.family or source.family](source, entry)


__all__ = ["FAMILIES", "Family", "Item", "ListPage", "family_of"]
