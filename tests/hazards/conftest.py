"""Portals for hazards, and what the registry says of them: see `hazard_nights`."""

import contextlib
from urllib.parse import urlsplit

import pytest
from hazard_nights import Night, source_of, source_of_family, tls_of
from hazard_pages import (
    SEARCH,
    of_bodies,
)

from sample.families import all_sites
from sample.seed import full_site
from sample.server import SamplePortal


@pytest.fixture(scope="session")
def make_night(tmp_path_factory):
    """Portals that answer until the end of the session, each with a home folder of its own.

    `make_night(site, **what the registry says)`; `hosts` are further sites by host name; `secure`: the portal speaks https too.
    """
    with contextlib.ExitStack() as stack:

        def make(site=None, *, hosts=None, source=None, secure=False, redirects=False, drops_query=False, settings=None, **fields):
            home = tmp_path_factory.mktemp("night") / "var"
            source = source or source_of(**fields)
            extra = dict(settings or {})
            tls = tls_of(source, home.parent / "authority.pem") if secure else None
            portal = SamplePortal(0, site, hosts, tls=tls, redirects=redirects, drops_query=drops_query)
            stack.enter_context(portal)
            if secure:
                plain, safe = (urlsplit(url).netloc for url in (portal.url, portal.secure_url))
                extra |= {"ETL_CONNECT_TO": f"80={plain},443={safe}", "ETL_CA_FILE": str(home.parent / "authority.pem")}
            return Night(home, portal, source, extra)

        yield make


@pytest.fixture(scope="session")
def make_family_night(make_night):
    """The same for a small site of one of `sample.families`."""

    def make(site, **fields):
        return make_night(hosts={site.host: site}, source=source_of_family(site, **fields))

    return make


@pytest.fixture(scope="session")
def family_nights(make_family_night):
    """Of each family a night up to the facts, made when it is first asked for."""
    nights = {}

    def of(host):
        if host not in nights:
            site = all_sites()[host]
            nights[host] = make_family_night(site), site
            nights[host][0].run(until="facts")
        return nights[host]

    return of


@pytest.fixture(scope="session")
def district(make_night):
    """A district of eight bodies and two years, by column lists, JSON lists and search: published."""
    site = full_site((2021, 2022), departments=5, streets=2)
    codes = [sub.code for column in site.columns if column.code == "govxxgk" for sub in column.subs]
    search = {"path": SEARCH, "kind": "search", "family": "epoint-gov", "options": {"categorynum": "002017"}}
    night = make_night(site, entries=[*of_bodies(*codes), search])
    night.run()
    return night, site
