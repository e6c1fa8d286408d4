"""The simulated world of the soak: a clock that jumps, and publishers who edit, withdraw, fail and dawdle."""

from __future__ import annotations

import asyncio
import hashlib
import math
import random
import selectors
from bisect import bisect_right
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from services.fetcher.client import Answer, Validators
from services.fetcher.clock import Clock
from services.fetcher.failures import FetchFailure, Reason

BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
SHOWN = 20  # releases that an index lists


class _Jumping(selectors.DefaultSelector):  # type: ignore[misc, valid-type]
    """Where a real loop would wait, time jumps."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = 0.0

    def select(self, timeout: float | None = None) -> Any:
        ready = super().select(0)
        if not ready and timeout:
            self.passed += timeout
        return ready


class SimulatedLoop(asyncio.SelectorEventLoop):
    """An event loop in simulated time; work for threads is done at once."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)
        self.set_default_executor(_Inline())

    def time(self) -> float:
        return self._jumping.passed


class _Inline(ThreadPoolExecutor):
    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 - handed to whoever awaits
            done.set_exception(error)
        return done


class SimulatedClock(Clock):
    def now(self) -> datetime:
        return BEGIN + timedelta(seconds=self.steady())

    def steady(self) -> float:
        return asyncio.get_running_loop().time()


@dataclass(slots=True)
class Release:
    """One release: when it appears, its texts in order with the times from which they hold, and its end."""

    number: int
    at: float
    texts: list[tuple[float, str]]
    gone: float = math.inf

    def text(self, now: float) -> str:
        return self.texts[bisect_right([t for t, _ in self.texts], now) - 1][1]


@dataclass(slots=True)
class Publisher:
    """One source on one host."""

    url: str
    releases: list[Release]
    outages: list[tuple[float, float]]
    latency: float
    validates: bool
    times: list[float] = field(default_factory=list)

    def is_down(self, now: float) -> bool:
        return any(a <= now < b for a, b in self.outages)

    def listed(self, now: float) -> list[Release]:
        return self.releases[: bisect_right(self.times, now)][-SHOWN:][::-1]


def make_publisher(number: int, host: str, seconds: float, chance: random.Random) -> Publisher:
    """A publisher with habits of its own, from one release an hour to one in ten days."""
    rate = 1 / chance.choice([3600, 7200, 14_400, 43_200, 86_400, 864_000])
    releases, at = [], -30 * 86_400.0 * chance.random()
    while (at := at + chance.expovariate(rate)) < seconds:
        releases.append(_release(number, len(releases), at, chance))
    outages = []
    for _ in range(chance.choice([0, 0, 1, 2])):
        start = chance.random() * seconds
        outages.append((start, start + chance.choice([300, 1800, 7200])))
    url = f"https://{host}/s{number}/feed"
    latency = chance.choice([0.05, 0.2, 1.0, 8.0])
    made = Publisher(url, releases, outages, latency, chance.random() < 0.6)
    made.times = [r.at for r in releases]
    return made


def _release(source: int, number: int, at: float, chance: random.Random) -> Release:
    first = f"Minister {source} opens bridge {number}\n\nThe bridge was opened on day {int(at // 86_400)} by the minister."
    texts = [(at, first)]
    if chance.random() < 0.1:
        edited = at + chance.expovariate(1 / 7200)
        texts.append((edited, first + " It is 90 metres long."))
        if chance.random() < 0.3:
            texts.append((edited + chance.expovariate(1 / 14_400), first))
    gone = at + 3600 + chance.expovariate(1 / 43_200) if chance.random() < 0.02 else math.inf
    return Release(number, at, texts, gone)


@dataclass(slots=True)
class Visits:
    """What one host saw: for each request its start and end."""

    spans: list[tuple[float, float]] = field(default_factory=list)


class SimulatedClient:
    """Answers as the publishers do, after the time that they take; counts what each host is asked."""

    user_agent = "Communique"

    def __init__(self, publishers: list[Publisher]) -> None:
        self._by_path = {
            urlsplit(p.url).path.rpartition("/")[0] + urlsplit(p.url).netloc: p for p in publishers
        }
        self.visits: dict[str, Visits] = {}

    async def get(
        self,
        url: str,
        validators: Validators | None = None,
        *,
        limit: int | None = None,
        before: Any = None,
        turn: Any = None,
        cut: bool = False,
    ) -> Answer:
        if before is not None:
            await before(url)
        async with turn(url) if turn else nullcontext():
            loop = asyncio.get_running_loop()
            start = loop.time()
            try:
                return await self._answer(url, validators or Validators())
            finally:
                host = urlsplit(url).netloc
                self.visits.setdefault(host, Visits()).spans.append((start, loop.time()))

    async def aclose(self) -> None:
        """Nothing is open."""

    async def _answer(self, url: str, validators: Validators) -> Answer:
        parts = urlsplit(url)
        if parts.path == "/robots.txt":
            return Answer(url, 200, b"User-agent: *\nCrawl-delay: 3\n", {"content-type": "text/plain"})
        folder, _, name = parts.path.rpartition("/")
        publisher = self._by_path[folder + parts.netloc]
        await asyncio.sleep(publisher.latency)
        now = asyncio.get_running_loop().time()
        if publisher.is_down(now):
            raise FetchFailure(Reason.STATUS, "HTTP 503", status=503, retry_after=60)
        body, kind = _index(publisher, now) if name == "feed" else _page(publisher, int(name), now)
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = {"content-type": kind, **({"etag": tag} if publisher.validates else {})}
        if publisher.validates and validators.etag == tag:
            return Answer(url, 304, b"", headers)
        return Answer(url, 200, body, headers)


def _index(publisher: Publisher, now: float) -> tuple[bytes, str]:
    base = publisher.url.rpartition("/")[0]
    items = "".join(
        f"<item><link>{base}/{r.number}</link><pubDate>{(BEGIN + timedelta(seconds=r.at)).isoformat()}</pubDate></item>"
        for r in publisher.listed(now)
    )
    return f"<rss><channel>{items}</channel></rss>".encode(), "application/rss+xml"


def _page(publisher: Publisher, number: int, now: float) -> tuple[bytes, str]:
    release = publisher.releases[number]
    if now >= release.gone:
        raise FetchFailure(Reason.STATUS, "HTTP 404", status=404)
    return release.text(now).encode(), "text/plain"
