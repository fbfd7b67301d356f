"""Small portals, one for each family of content systems that government portals run on, each under a host name of its own.

They follow what is known of the families and of their traps; everything in them is invented. `python -m sample --families` serves them.
"""

from __future__ import annotations

from sample.families.base import Expected, FamilySite
from sample.families.doy import DoySite
from sample.families.generic import HOSTS, GenericSite
from sample.families.gkmlpt import GkmlptSite
from sample.families.hash_month import HashMonthSite
from sample.families.id_query import IdQuerySite
from sample.families.jcms import JcmsSite
from sample.families.minhang import MinhangSite
from sample.families.shanghai_city import ShanghaiCitySite
from sample.families.slug_id import SlugIdSite
from sample.families.trs import TrsSite


def all_sites() -> dict[str, FamilySite]:
    """A new site of each family, by its host."""
    sites: list[FamilySite] = [
        TrsSite(),
        JcmsSite(),
        DoySite(),
        MinhangSite(),
        ShanghaiCitySite(),
        GkmlptSite(),
        IdQuerySite(),
        SlugIdSite(),
    ]
    sites += [HashMonthSite(), *(GenericSite(rule) for rule in HOSTS)]
    return {site.host: site for site in sites}


__all__ = ["Expected", "FamilySite", "all_sites"]
