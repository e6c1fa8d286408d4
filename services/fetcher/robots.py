"""robots.txt by RFC 9309: Protego reads it, the rules of status, size, redirects and caching are here."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from protego import Protego

from services.fetcher.client import Answer
from services.fetcher.clock import Clock
from services.fetcher.failures import FetchFailure, Reason
from services.fetcher.shelf import File, Shelf

PRODUCT: Final = "Communique"
MOST_BYTES: Final = 500 * 1024
_KEPT: Final = timedelta(hours=24)
_KEPT_AFTER_FAILURE: Final = timedelta(minutes=10)
_FORGIVEN_AFTER: Final = timedelta(days=30)  # RFC 9309, 2.3.1.4
_MOST_ORIGINS: Final = 5000

Get = Callable[[str], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Rules:
    """What an origin lets us do."""

    allows: Callable[[str], bool]
    delay: float | None = None
    sitemaps: tuple[str, ...] = ()
    failure: FetchFailure | None = None  # why the file cannot be had


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
    )


def _all(_url: str) -> bool:
    return True


def _none(_url: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class _Held:
    rules: Rules
    until: datetime


class Robots:
    """The rules of every origin: asked for when first needed, kept for a day.

    What a process cannot have, the shelf may hold from an earlier one.
    """

    def __init__(self, get: Get, clock: Clock, shelf: Shelf) -> None:
        self._get, self._clock, self._shelf = get, clock, shelf
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._locks: dict[str, asyncio.Lock] = {}

    async def rules(self, url: str) -> Rules:
        """The rules of the origin of `url`."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
        lock = self._locks.setdefault(origin, asyncio.Lock())
        async with lock:
            held = self._held.get(origin)
            if held is None or held.until <= self._clock.now():
                held = self._held[origin] = await self._had(origin)
            self._held.move_to_end(origin)
        while len(self._held) > _MOST_ORIGINS:
            self._locks.pop(self._held.popitem(last=False)[0], None)
        return held.rules

    async def require(self, url: str) -> Rules:
        """The rules, if they allow `url`; raises `FetchFailure` otherwise."""
        rules = await self.rules(url)
        if not rules.allows(url):
            raise _refusal(rules, url)
        return rules

    async def _had(self, origin: str) -> _Held:
        file, kept, failure = await self._asked(origin)
        now = self._clock.now()
        await self._shelf.put(origin, file)
        return _Held(await asyncio.to_thread(_rules_of, file, now, failure), now + kept)

    async def _asked(self, origin: str) -> tuple[File, timedelta, FetchFailure | None]:
        """The file as it is now, how long it is good for, and what went wrong."""
        try:
            answer = await self._get(origin + "/robots.txt")
        except FetchFailure as failure:
            if _says_that_there_is_none(failure):
                return File(None), _KEPT, None
            before = await self._shelf.take(origin) or File(None)
            file = File(before.body, before.failing_since or self._clock.now())
            return file, max(_KEPT_AFTER_FAILURE, timedelta(seconds=failure.retry_after or 0.0)), failure
        return File(answer.body), _KEPT, None


def _says_that_there_is_none(failure: FetchFailure) -> bool:
    """4xx (but for 429), or no end of redirects or bytes: there are no rules, by the standard."""
    if failure.status is not None:
        return 400 <= failure.status < 500 and failure.status != 429
    return failure.reason in {Reason.REDIRECT, Reason.TOO_LARGE}


def _refusal(rules: Rules, url: str) -> FetchFailure:
    """Why `url` is not fetched. A host that cannot be reached at all says so, and not that it forbids."""
    failure = rules.failure
    if failure is None:
        return FetchFailure(Reason.ROBOTS, f"robots.txt disallows {url[:200]}")
    if failure.status is None:
        said = str(failure).partition(": ")[2]
        return FetchFailure(failure.reason, f"{said} (for robots.txt)", retry_after=failure.retry_after)
    return FetchFailure(
        Reason.ROBOTS,
        f"robots.txt cannot be had ({failure}), so {url[:200]} is left alone",
        retry_after=failure.retry_after,
    )


def _rules_of(file: File, now: datetime, failure: FetchFailure | None) -> Rules:
    """Without a file everything is allowed; while it cannot be had nothing is, unless old rules hold on."""
    if file.body is not None:
        return parse(file.body)
    if file.failing_since is None or now - file.failing_since > _FORGIVEN_AFTER:
        return Rules(_all)
    return Rules(_none, failure=failure)
