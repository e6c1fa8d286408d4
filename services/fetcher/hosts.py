"""What each host is due: one request at a time, a pause between two, and no request while it asks us to wait."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from services.fetcher.clock import Clock
from services.fetcher.failures import FetchFailure, Reason

_MOST_HOSTS: Final = 5000
_LONGEST_PAUSE: Final = 60.0  # a longer Crawl-delay is kept by taking less, not by holding a slot for it
_WORTH_WAITING: Final = 90.0


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    ended_at: float = float("-inf")  # the steady time at which the last request ended
    closed_until: float = 0.0  # Retry-After
    pause: float = 0.0  # Crawl-delay
    users: int = 0


class Hosts:
    """The turnstile before every request."""

    def __init__(self, *, pause: float, concurrency: int, clock: Clock) -> None:
        self._pause, self._clock = pause, clock
        self._slots = asyncio.Semaphore(concurrency)
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Hold the host of `url` for one request; raises `FetchFailure` if it asked us to stay away."""
        host = self._host(url)
        host.users += 1
        try:
            async with host.lock:
                await self._wait(host)
                # The slot is taken last: hosts that pause do not keep others from being asked.
                async with self._slots:
                    try:
                        yield
                    finally:
                        host.ended_at = self._clock.steady()
        finally:
            host.users -= 1

    def close(self, url: str, seconds: float) -> None:
        """Ask nothing of the host of `url` for `seconds`."""
        host = self._host(url)
        host.closed_until = max(host.closed_until, self._clock.steady() + seconds)

    def set_pause(self, url: str, seconds: float | None) -> None:
        """Keep a Crawl-delay from now on."""
        self._host(url).pause = min(seconds or 0.0, _LONGEST_PAUSE)

    async def _wait(self, host: _Host) -> None:
        now = self._clock.steady()
        if (closed := host.closed_until - now) > _WORTH_WAITING:
            raise FetchFailure(Reason.WAIT, f"the host asked for {closed:.0f} s of peace", retry_after=closed)
        if (due := max(self._free_at(host), host.closed_until) - now) > 0:
            await self._clock.sleep(due)

    def _free_at(self, host: _Host) -> float:
        """When the next request may begin: a Crawl-delay counts from the request that told us of it."""
        return host.ended_at + max(self._pause, host.pause)

    def _host(self, url: str) -> _Host:
        name = (urlsplit(url).hostname or "").lower()
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = _Host()
            self._forget()
        self._hosts.move_to_end(name)
        return host

    def _forget(self) -> None:
        """Drop the longest unused hosts that owe and are owed nothing."""
        if len(self._hosts) <= _MOST_HOSTS:
            return
        now = self._clock.steady()
        for name, host in list(self._hosts.items())[: len(self._hosts) - _MOST_HOSTS]:
            if not host.users and max(self._free_at(host), host.closed_until) < now:
                del self._hosts[name]
