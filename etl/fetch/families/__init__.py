"""Portal families: how lists, pages and addresses are made, one small module each, behind the interface of `base.Family`."""

from __future__ import annotations

from etl.errors import SourceError
from etl.fetch.families.base import Family, Item, ListPage
from etl.fetch.families.epoint_json import EpointGov
from etl.fetch.families.epoint_static import EpointStatic
from etl.sources import Entry, Source

FAMILIES: dict[str, type[Family]] = {
    "epoint-static": EpointStatic,
    "epoint-gov": EpointGov,
}
"""By the name that the registry uses."""


def family_of(source: Source, entry: Entry) -> Family:
    """The family that reads an entry of a source.

    Raises:
        SourceError: no module reads that family yet, or the entry does not fit it.
    """
    name = entry.family or source.family
    if name not in FAMILIES:
        known = ", ".join(sorted(FAMILIES))
        raise SourceError(f"sources.toml: {source.name}: entry {entry.path}: nothing reads family {name} yet; read are: {known}")
    return FAMILIES[name](source, entry)


__all__ = ["FAMILIES", "Family", "Item", "ListPage", "family_of"]
