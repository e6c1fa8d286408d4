"""What each host is due: one request at a time, a pause between two, and no request while it asks us to wait."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from services.fetcher.clock import Clock
from services.fetcher.failures import FetchFailure, Reason
from services.fetcher.ledger import Ledger, Times, Unshared

_MOST_HOSTS: Final = 5000
LONGEST_PAUSE: Final = 600.0  # a longer Crawl-delay counts as this
_WORTH_WAITING: Final = 90.0


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    pause: float = 0.0  # Crawl-delay
    users: int = 0


def name_of(url: str) -> str:
    """The host of an address: one whatever the scheme, another for another port than those of the web."""
    parts = urlsplit(url)
    name = (parts.hostname or "").lower().rstrip(".")
    return name if parts.port in {None, 80, 443} else f"{name}:{parts.port}"


class Turn:
    """One request to one host, while it lasts."""

    def __init__(self, times: Times, clock: Clock) -> None:
        self._times, self._clock = times, clock

    def close(self, seconds: float) -> None:
        """Ask nothing more of the host for `seconds`."""
        until = self._clock.now() + timedelta(seconds=seconds)
        self._times.closed_until = max(self._times.closed_until, until)


class Hosts:
    """The turnstile before every request."""

    def __init__(self, *, pause: float, concurrency: int, clock: Clock, ledger: Ledger | None = None) -> None:
        self._pause, self._clock = pause, clock
        self._slots = asyncio.Semaphore(concurrency)
        self._hosts: OrderedDict[str, _Host] = OrderedDict()
        self._ledger = ledger or Unshared()

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[Turn]:
        """Hold the host of `url` for one request; raises `FetchFailure` if it asked us to stay away."""
        name, host = self._host(url)
        host.users += 1
        try:
            # First come, first served among our own; then among all fetchers.
            async with host.lock, self._ledger.hold(name) as times:
                await self._wait(times, max(self._pause, host.pause))
                # The slot is taken last: hosts that pause do not keep others from being asked.
                async with self._slots:
                    try:
                        yield Turn(times, self._clock)
                    finally:
                        times.last_request_at = self._clock.now()
        finally:
            host.users -= 1

    def set_pause(self, url: str, seconds: float | None) -> None:
        """Keep a Crawl-delay from now on; it counts from the request that told us of it."""
        self._host(url)[1].pause = min(seconds or 0.0, LONGEST_PAUSE)

    async def _wait(self, times: Times, pause: float) -> None:
        now = self._clock.now()
        if (closed := (times.closed_until - now).total_seconds()) > _WORTH_WAITING:
            raise FetchFailure(Reason.WAIT, f"the host asked for {closed:.0f} s of peace", retry_after=closed)
        # A clock that was set back must not make a pause longer.
        rest = min(pause - (now - times.last_request_at).total_seconds(), pause)
        if (due := max(rest, closed)) > 0:
            await self._clock.sleep(due)

    def _host(self, url: str) -> tuple[str, _Host]:
        name = name_of(url)
        host = self._hosts.setdefault(name, _Host())
        self._hosts.move_to_end(name)
        while len(self._hosts) > _MOST_HOSTS and not next(iter(self._hosts.values())).users:
            self._hosts.popitem(last=False)
        return name, host
