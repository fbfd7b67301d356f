"""Where connections may go: public addresses, and what registry or settings name themselves.

A name is resolved once, every address that it has is checked, and the connection goes to the very address that was checked: a name that
is answered differently the second time (rebinding) gains nothing. `ETL_CONNECT_TO` sends connections elsewhere below the URL: host name,
Host header and the certificate's name stay those of the URL. No proxy is used, since it would resolve names itself.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from ssl import SSLContext
from typing import Any
from urllib.parse import urlsplit

import httpcore2

from etl.settings import Settings
from etl.sources import Source

Address = IPv4Address | IPv6Address

# IPv6 addresses that lead to an IPv4 address: RFC 6052 (NAT64), RFC 3056 (6to4, bytes 2 to 6)
_NAT64 = IPv6Network("64:ff9b::/96")


class ForbiddenAddress(Exception):
    """A connection would leave the public network, or go where nobody said."""


class TooSlow(Exception):
    """An answer drips: each byte comes in time, and the whole does not."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What may be connected to. `detours` by port of the URL, null for any; `named` addresses are allowed though they are private."""

    named: frozenset[Address] = frozenset()
    allows_loopback: bool = False
    detours: Mapping[int | None, tuple[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, source: Source, settings: Settings) -> Gate:
        """The gate of one source: private addresses are those that its entry (with allow_loopback) or a setting writes out."""
        hosts = [host for host, _ in settings.connections.values()]
        if settings.portal_url:
            hosts.append(urlsplit(settings.portal_url).hostname or "")
        if source.allow_loopback:
            hosts += [urlsplit(f"//{host}").hostname or "" for host in (source.base_url.partition("://")[2], *source.hosts)]
        named = frozenset(address for host in hosts if (address := _literal(host)) is not None)
        is_localhost = any(host == "localhost" or host.endswith(".localhost") for host in hosts)
        return cls(named, source.allow_loopback or is_localhost, settings.connections)

    @property
    def is_local(self) -> bool:
        """Whether every connection stays on this machine or a private network."""
        return bool(self.detours) and all(not is_public(ip_address(host)) for host, _ in self.detours.values())

    def places(self, host: str, port: int) -> tuple[list[str], int]:
        """The addresses to try for a host of a URL, in order, and the port.

        Raises:
            ForbiddenAddress: one of its addresses is not public.
            httpcore2.ConnectError: the name has no address.
        """
        if self.detours:
            detour = self.detours.get(port) or self.detours.get(None)
            if detour is None:
                raise ForbiddenAddress(f"ETL_CONNECT_TO names no place for port {port}")
            host, port = detour
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"{host} does not resolve: {error}") from error
        addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
        for address in addresses:
            if not self._lets_in(ip_address(address)):
                raise ForbiddenAddress(f"{host} is {address}, which is no public address")
        return addresses, port

    def _lets_in(self, address: Address) -> bool:
        return is_public(address) or address in self.named or (self.allows_loopback and address.is_loopback)


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public network; one that wraps an IPv4 address is judged by it."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local or address.teredo is not None:
            return False
    special = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback or address.is_link_local
    return address.is_global and not special


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


class Deadline:
    """The end of one request, however busy the connection is."""

    def __init__(self) -> None:
        self._ends_at = float("inf")

    def set(self, seconds: float) -> None:
        """Let it end in so many seconds from now."""
        self._ends_at = time.monotonic() + seconds

    def within(self, timeout: float | None) -> float | None:
        """The timeout, shortened to what is left.

        Raises:
            TooSlow: nothing is left.
        """
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise TooSlow
        return left if timeout is None else min(timeout, left)


class _TimedStream(httpcore2.NetworkStream):
    """A stream whose reads and writes end with the request's deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            return self._stream.read(max_bytes, self._deadline.within(timeout))
        except httpcore2.ReadTimeout:
            self._deadline.within(None)  # says so if it was the whole that took too long
            raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, self._deadline.within(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class GuardedNetwork(httpcore2.SyncBackend):
    """The network as httpcore sees it, behind the gate."""

    def __init__(self, gate: Gate, deadline: Deadline) -> None:
        self._gate = gate
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address of a host that answers."""
        addresses, port = self._gate.places(host, port)
        failure: Exception | None = None
        for address in addresses:
            try:
                stream = super().connect_tcp(address, port, self._deadline.within(timeout), local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failure or httpcore2.ConnectError(f"{host} has no address")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None
    ) -> httpcore2.NetworkStream:
        """Never: nothing of ours listens there."""
        raise ForbiddenAddress(f"{path} is no address of the network")
