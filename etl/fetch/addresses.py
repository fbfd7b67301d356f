"""Two views of one address: canonical (the source's base, used in archive and facts) and requested (where the request goes).

They differ behind ETL_PORTAL_URL, which puts another portal in the place of the source's base; its host is then the only one
that is asked. An address outside both is foreign: it is named, never fetched.
"""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from etl.sources import Source, is_private_host

_DEFAULT_PORTS = {"http": 80, "https": 443}


class Addresses:
    """The addresses of one source."""

    def __init__(self, source: Source, portal_url: str | None = None) -> None:
        self._base = source.base_url
        self._portal = portal_url or source.base_url
        self._may_give_up_tls = source.scheme_policy != "https"
        self._drop_query = frozenset(source.drop_query)
        self._asked = {authority(self._portal)}
        if portal_url is None:
            self._asked |= {host.lower() for host in source.hosts}
        self._own = self._asked | {authority(source.base_url)} | {host.lower() for host in source.hosts}

    @property
    def host(self) -> str:
        """Host, and port where it is not the usual one, that requests go to."""
        return authority(self._portal) or ""

    @property
    def is_loopback(self) -> bool:
        """Whether requests stay on this machine or a private network."""
        return is_private_host(urlsplit(self._portal).hostname or "")

    def canonical(self, href: str, base: str | None = None) -> str:
        """The canonical form of a link found on the page `base`; a foreign one comes back absolute but otherwise as it is.

        Own hosts, http and https become the source's base; fragments go, and so do the query parts that the registry names.
        """
        url = join(base or self._base, href.strip())
        if authority(url) not in self._own:
            return url
        parts = urlsplit(url)
        prefix = urlsplit(self._portal).path
        path = parts.path.removeprefix(prefix) if prefix and authority(url) == authority(self._portal) else parts.path
        query = "&".join(part for part in parts.query.split("&") if part and part not in self._drop_query)
        return self._base + (path or "/") + (f"?{query}" if query else "")

    def requested(self, canonical: str) -> str:
        """Where the request for a canonical address goes."""
        return self._portal + canonical.removeprefix(self._base)

    def is_own(self, canonical: str) -> bool:
        """Whether a canonical address belongs to this source."""
        return canonical.startswith(self._base + "/")

    def may_follow(self, origin: str, target: str) -> bool:
        """Whether a redirect from one requested address to another stays on the allowed hosts.

        It may not give up TLS, unless the registry knows the portal to do so (`scheme_policy`), and then on the same host only.
        """
        if authority(target) not in self._asked:
            return False
        is_downgrade = urlsplit(origin).scheme == "https" and urlsplit(target).scheme == "http"
        return not is_downgrade or (self._may_give_up_tls and urlsplit(origin).hostname == urlsplit(target).hostname)

    def after_redirect(self, origin: str, target: str) -> str:
        """The target of a redirect, with the query that portals lose when they send http to https of the same page."""
        here, there = urlsplit(origin), urlsplit(target)
        is_upgrade = (here.scheme, there.scheme) == ("http", "https") and here.hostname == there.hostname
        if is_upgrade and here.path == there.path and here.query and not there.query:
            return there._replace(query=here.query, fragment="").geturl()
        return target.partition("#")[0]


def join(base: str, href: str) -> str:
    """The absolute form of a link; what cannot be an address at all comes back as it is."""
    try:
        return urljoin(base, href)
    except ValueError:
        return href


def authority(url: str) -> str | None:
    """Host of an http address, with its port if it is not the usual one; null for anything else."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return None
    return parts.hostname if port in {None, _DEFAULT_PORTS[parts.scheme]} else f"{parts.hostname}:{port}"
