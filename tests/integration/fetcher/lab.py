"""A publisher on a loopback socket whose behaviour a test scripts, and a fetcher with a recording log."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from aiohttp import web

from services.database import tables as t
from services.fetcher.clock import Clock
from services.fetcher.loop import Fetcher
from services.fetcher.poll import Report
from services.fetcher.state import Item, Memory, Source, SourceState
from services.fetcher.store import open_store
from services.fetcher.web import Web, open_web
from services.settings import FetchSettings, Settings
from streams.records import Observation, RawRelease

Reply = web.StreamResponse | str | bytes | int
Script = Callable[[web.Request], Reply | Awaitable[Reply]]


class TestClock(Clock):
    """Stands still but for `forward`; sleeping moves it on at once."""

    __test__ = False

    def __init__(self) -> None:
        self._now = datetime(2025, 3, 28, 12, 0, tzinfo=UTC)
        self._steady = 1000.0
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self._now

    def steady(self) -> float:
        return self._steady

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.forward(seconds=seconds)
        await asyncio.sleep(0)

    def forward(self, **by: float) -> None:
        self._now += timedelta(**by)
        self._steady += timedelta(**by).total_seconds()


class Site:
    """Serves what `pages` says; anything else is 404. Counts requests, and remembers their headers."""

    def __init__(self) -> None:
        self.pages: dict[str, Script | Reply] = {}
        self.counts: Counter[str] = Counter()
        self.headers: list[dict[str, str]] = []
        self.spans: list[tuple[float, float]] = []  # begin and end of each request
        self.under_way = 0
        self.most_at_once = 0
        self.url = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.counts[request.path] += 1
        self.headers.append({k.lower(): v for k, v in request.headers.items()})
        began = time.monotonic()
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        try:
            script = self.pages.get(request.path_qs, self.pages.get(request.path, 404))
            reply = script(request) if callable(script) else script
            reply = await reply if isinstance(reply, Awaitable) else reply  # type: ignore[assignment]
            return _response(reply)
        finally:
            self.under_way -= 1
            self.spans.append((began, time.monotonic()))


def _response(reply: Reply) -> web.StreamResponse:
    if isinstance(reply, int):
        return web.Response(status=reply, text="")
    if isinstance(reply, (str, bytes)):
        body = reply.encode() if isinstance(reply, str) else reply
        return web.Response(body=body, headers={"Content-Type": "text/html; charset=utf-8"})
    return reply


@asynccontextmanager
async def serve(site: Site) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", site.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    tcp = web.TCPSite(runner, "127.0.0.1", 0)
    await tcp.start()
    port = tcp._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
    site.url = f"http://127.0.0.1:{port}"
    try:
        yield site.url
    finally:
        await runner.cleanup()


class MemoryLog:
    """A log that remembers; `is_away` makes it wait as it does for a broker."""

    def __init__(self) -> None:
        self.records: list[RawRelease | Observation] = []
        self.refused: list[tuple[RawRelease, str]] = []
        self.away = asyncio.Event()
        self.waiting = asyncio.Event()
        self.back = asyncio.Event()

    @property
    def is_healthy(self) -> bool:
        return not self.away.is_set()

    async def publish(self, record: RawRelease | Observation) -> None:
        if self.away.is_set():
            self.waiting.set()
            await self.back.wait()
        self.records.append(record)

    async def refuse(self, record: RawRelease, reason: str, at: str) -> None:
        self.refused.append((record, reason))

    @property
    def releases(self) -> list[RawRelease]:
        return [r for r in self.records if isinstance(r, RawRelease)]

    @property
    def seen(self) -> list[str]:
        return [r.what for r in self.records if isinstance(r, Observation)]


@dataclass
class Lab:
    site: Site
    engine: sa.Engine
    settings: Settings
    clock: TestClock
    web: Web
    memory: Memory
    log: MemoryLog
    fetcher: Fetcher
    source: Source = field(default_factory=lambda: Source("norlandia-mfa", "MFA of Norlandia", ""))

    def add(self, path: str, source_id: str = "norlandia-mfa", *, at: str = "", **more: object) -> Source:
        """Enable a source at `path` of the site, or of the one `at` another address."""
        source = Source(
            source_id, f"Name of {source_id}", (at or self.site.url) + path, publisher_country="NOR", **more
        )  # type: ignore[arg-type]
        row = {name: getattr(source, name) for name in source.__slots__}
        with self.engine.begin() as connection:
            connection.execute(sa.insert(t.sources).values(**row))
        self.source = source
        return source

    async def poll(self, source: Source | None = None, **forward: float) -> Report:
        """Let time pass (a minute unless said otherwise) and poll."""
        self.clock.forward(**(forward or {"minutes": 1}))
        return await self.fetcher.poll(source or self.source)

    def forget_robots(self) -> None:
        """Let every robots.txt be asked for anew."""
        self.web._robots._held.clear()
        with self.engine.begin() as connection:
            connection.execute(sa.delete(t.robots_files))

    async def restarted(self) -> None:
        """Go on as a new process does, with nothing but the database to remember by."""
        await self.web.aclose()
        self.web = open_web(self.settings, self.engine, self.clock)
        self.fetcher = Fetcher(self.settings, self.web, Memory(self.engine), self.log)

    async def state(self) -> SourceState:
        return await self.memory.state(self.source.source_id)

    def items(self) -> list[Item]:
        with self.engine.connect() as connection:
            return [
                Item(**r) for r in connection.execute(sa.select(t.source_items).order_by("ref")).mappings()
            ]


@asynccontextmanager
async def lab(home: Path, **fetch: object) -> AsyncIterator[Lab]:
    """A site, a fetcher on it, and an empty SQLite database."""
    defaults: dict[str, object] = {
        "allow_private_hosts": True,
        "minimum_pause_seconds": 1.0,
        "timeout_seconds": 3.0,
    }
    settings = Settings(home=home, max_release_bytes=200_000, fetch=FetchSettings(**{**defaults, **fetch}))  # type: ignore[arg-type]
    engine = open_store(settings)
    t.metadata.create_all(engine)
    site, clock, log = Site(), TestClock(), MemoryLog()
    opened = open_web(settings, engine, clock)
    memory = Memory(engine)
    fetcher = Fetcher(settings, opened, memory, log)
    fetcher._chance = random.Random(1)
    here = Lab(site, engine, settings, clock, opened, memory, log, fetcher)
    async with serve(site):
        try:
            yield here
        finally:
            await here.web.aclose()
            engine.dispose()


def story(number: int | str, more: str = "") -> str:
    """A page of our own writing with one release."""
    return (
        f"<!doctype html><html lang='en'><head><title>Minister opens bridge {number} | Ministry of Norlandia</title></head><body>"
        f"<nav><a href='/'>Home</a></nav><main><article><h1>Minister opens bridge {number}</h1>"
        f"<p>The minister of transport opened bridge number {number} over the river Sel on Friday morning, and thanked "
        f"the engineers of Sudaria for their work during the long winter. {more}</p>"
        f"<p>The two governments will build another {number} bridges before the end of the decade.</p></article></main>"
        "</body></html>"
    )


def feed(*entries: str) -> web.Response:
    body = f"<rss version='2.0'><channel><title>News</title>{''.join(entries)}</channel></rss>"
    return web.Response(text=body, content_type="application/rss+xml")


def entry(link: str = "", guid: str = "", title: str = "Minister opens a bridge", **more: str) -> str:
    fields = {"title": title, "link": link, "guid": guid, **more}
    return "<item>" + "".join(f"<{k}>{v}</{k}>" for k, v in fields.items() if v) + "</item>"


async def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for a condition, not for a time."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.005)


Play = Callable[..., None]


def publish(here: Lab, *numbers: int) -> None:
    """Let the site list these stories, newest first, and serve their pages."""
    for n in numbers:
        here.site.pages.setdefault(f"/news/{n}", story(n))
    here.site.pages["/feed"] = lambda _: feed(*(entry(f"{here.site.url}/news/{n}", f"g{n}") for n in numbers))
