"""robots.txt by RFC 9309: Protego reads it, the rules of status, size, redirects and caching are here."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from protego import Protego

from services.fetcher.client import Answer
from services.fetcher.clock import Clock
from services.fetcher.failures import FetchFailure, Reason

PRODUCT: Final = "Communique"
MOST_BYTES: Final = 500 * 1024
KEPT_SECONDS: Final = 24 * 3600.0
_KEPT_AFTER_FAILURE: Final = 600.0
_FORGIVEN_AFTER: Final = 30 * 24 * 3600.0  # RFC 9309, 2.3.1.4
_MOST_ORIGINS: Final = 5000

Get = Callable[[str], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Rules:
    """What an origin lets us do."""

    allows: Callable[[str], bool]
    delay: float | None = None
    sitemaps: tuple[str, ...] = ()
    why: str = ""


def parse(body: bytes) -> Rules:
    """Read a robots.txt, of which only the first 500 KiB count; a byte-order mark and bad UTF-8 are borne."""
    text = body[:MOST_BYTES].decode("utf-8-sig", "replace")
    if text.lstrip()[:1] == "<":
        return Rules(_all)  # a page in place of the file: no rules can be read from it
    parsed = Protego.parse(text)
    delay = parsed.crawl_delay(PRODUCT)
    return Rules(
        lambda url: bool(parsed.can_fetch(url, PRODUCT)),
        float(delay) if delay is not None and delay >= 0 else None,
        tuple(list(parsed.sitemaps)[:50]),
        "robots.txt",
    )


def _all(_url: str) -> bool:
    return True


def _none(_url: str) -> bool:
    return False


@dataclass(slots=True)
class _Held:
    rules: Rules
    until: float
    since: float  # of the first failure in a row


class Robots:
    """The rules of every origin, fetched when first needed and kept for a day."""

    def __init__(self, get: Get, clock: Clock) -> None:
        self._get, self._clock = get, clock
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._locks: dict[str, asyncio.Lock] = {}

    async def rules(self, url: str) -> Rules:
        """The rules of the origin of `url`."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
        lock = self._locks.setdefault(origin, asyncio.Lock())
        async with lock:
            held = self._held.get(origin)
            if held is None or held.until <= self._clock.steady():
                held = self._held[origin] = await self._fetch(origin, held)
            self._held.move_to_end(origin)
        while len(self._held) > _MOST_ORIGINS:
            self._locks.pop(self._held.popitem(last=False)[0], None)
        return held.rules

    async def require(self, url: str) -> Rules:
        """The rules, if they allow `url`; raises `FetchFailure` otherwise."""
        rules = await self.rules(url)
        if not rules.allows(url):
            raise FetchFailure(Reason.ROBOTS, f"{rules.why or 'robots.txt'} disallows {url[:200]}")
        return rules

    async def _fetch(self, origin: str, before: _Held | None) -> _Held:
        now = self._clock.steady()
        try:
            answer = await self._get(origin + "/robots.txt")
        except FetchFailure as failure:
            return self._after(failure, before, now)
        return _Held(parse(answer.body), now + KEPT_SECONDS, 0.0)

    def _after(self, failure: FetchFailure, before: _Held | None, now: float) -> _Held:
        """4xx: there are no rules. Unreachable: everything is disallowed, or the old rules hold on."""
        if failure.status is not None and 400 <= failure.status < 500 and failure.status != 429:
            return _Held(Rules(_all), now + KEPT_SECONDS, 0.0)
        if failure.reason in {Reason.REDIRECT, Reason.TOO_LARGE}:
            return _Held(Rules(_all), now + KEPT_SECONDS, 0.0)
        since = before.since if before and before.since else now
        until = now + max(_KEPT_AFTER_FAILURE, failure.retry_after or 0.0)
        if before is not None and before.rules.why == "robots.txt":
            return _Held(before.rules, until, since)
        if now - since > _FORGIVEN_AFTER:
            return _Held(Rules(_all), until, since)
        return _Held(Rules(_none, why=f"robots.txt cannot be had ({failure}), which"), until, since)
