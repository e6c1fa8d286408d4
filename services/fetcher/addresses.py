"""Which addresses we connect to: public ones, checked at the moment of connecting.

The check is part of the connection (`GuardedBackend.connect_tcp` resolves, checks and connects to the
address that it checked), so an answer of the DNS that changes in between changes nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import itertools
import socket
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final
from urllib.parse import urlsplit

import httpcore

from services.fetcher.failures import FetchFailure, Reason

Resolver = Callable[[str, int], Awaitable[list[str]]]
_IP = ipaddress.IPv4Address | ipaddress.IPv6Address
# Public by the registries, but they carry an IPv4 address inside that need not be, or name this site.
_WRAPPING: Final = tuple(
    ipaddress.ip_network(n)
    for n in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "fec0::/10", "::/96")
)
_MOST_TRIED: Final = 4
_PORTS: Final = frozenset({80, 443, 8000, 8008, 8080, 8443})


def is_public(address: str) -> bool:
    """Whether `address` is one that anyone on the Internet may be reached at."""
    try:
        ip: _IP = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif any(ip in network for network in _WRAPPING):
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)


def check_url(url: str, *, private: bool) -> None:
    """Refuse what is no plain web address; raises `FetchFailure`."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise FetchFailure(Reason.ADDRESS, f"not a web address: {url[:200]!r}") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise FetchFailure(Reason.ADDRESS, f"not a web address: {url[:200]!r}")
    if any(c in url for c in "\r\n\t \x00"):
        raise FetchFailure(Reason.ADDRESS, f"white space in an address: {url[:200]!r}")
    if not private and port is not None and port not in _PORTS:
        raise FetchFailure(Reason.ADDRESS, f"port {port} is not one of the web")


async def resolve(host: str, port: int) -> list[str]:
    """Every address of `host`; numbers in any notation that the system takes are addresses too."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def _of_both_kinds(addresses: list[str]) -> list[str]:
    """Addresses of the two families in turns, so that a network without one of them reaches the other."""
    families = ([a for a in addresses if ":" in a], [a for a in addresses if ":" not in a])
    first, second = families if addresses and ":" in addresses[0] else families[::-1]
    return [a for pair in itertools.zip_longest(first, second) for a in pair if a]


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to checked addresses only; everything else is the usual backend's."""

    def __init__(
        self,
        *,
        private: bool,
        resolver: Resolver = resolve,
        inner: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._private = private
        self._resolve = resolver
        self._inner = inner or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve, check, connect to the address that was checked; raises `FetchFailure`."""
        addresses = await self._checked(host, port, timeout)
        last: Exception | None = None
        for address in _of_both_kinds(addresses)[:_MOST_TRIED]:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last or httpcore.ConnectError(f"{host} has no address")

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: no source is a local socket."""
        raise FetchFailure(Reason.ADDRESS, "local sockets are not sources")

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)

    async def _checked(self, host: str, port: int, seconds: float | None) -> list[str]:
        try:
            async with asyncio.timeout(seconds):
                addresses = await self._resolve(host, port)
        except TimeoutError:
            raise FetchFailure(Reason.DNS, f"{host}: the name server does not answer") from None
        except (OSError, UnicodeError) as error:
            raise FetchFailure(Reason.DNS, f"{host}: {error}") from None
        if self._private:
            return addresses
        # One private address among public ones is an attack or a mistake: refuse them all.
        if bad := [a for a in addresses if not is_public(a)]:
            raise FetchFailure(Reason.ADDRESS, f"{host} is {bad[0]}, which is not a public address")
        return addresses
