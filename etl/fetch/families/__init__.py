"""Portal families: how lists, pages and addresses are made, one small module each, behind the interface of `base.Family`."""

from __future__ import annotations

from etl.errors import SourceError
from etl.fetch.families.base import Family, Item, ListPage
from etl.fetch.families.doy import Doy
from etl.fetch.families.epoint_json import EpointGov
from etl.fetch.families.epoint_static import EpointStatic
from etl.fetch.families.gd_gkmlpt import GdGkmlpt
from etl.fetch.families.generic import Generic
from etl.fetch.families.hash_month import HashMonth
from etl.fetch.families.id_query import IdQuery
from etl.fetch.families.jcms import Jcms
from etl.fetch.families.minhang_cms import MinhangCms
from etl.fetch.families.shanghai_city import ShanghaiCity
from etl.fetch.families.slug_id import SlugId
from etl.fetch.families.t_date import TDate
from etl.sources import Entry, Source

FAMILIES: dict[str, type[Family]] = {
    "epoint-static": EpointStatic,
    "epoint-gov": EpointGov,
    "t-date": TDate,
    "shanghai-city": ShanghaiCity,
    "doy": Doy,
    "minhang-cms": MinhangCms,
    "id-query": IdQuery,
    "slug-id": SlugId,
    "jcms": Jcms,
    "gd-gkmlpt": GdGkmlpt,
    "hash-month": HashMonth,
    "generic": Generic,
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
