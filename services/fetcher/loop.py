"""The fetcher as a process: takes the sources that are due, polls them at once, plans their next poll."""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from services.alive import Alive
from services.database.columns import iso_time
from services.errors import DatabaseUnavailable
from services.fetcher import schedule
from services.fetcher.claims import Claims, FileClaims, claims_for, held, of_source
from services.fetcher.log import KafkaLog, Log
from services.fetcher.poll import Poller, Report
from services.fetcher.schedule import Bounds
from services.fetcher.state import LIES, Memory, Source, SourceState, moment
from services.fetcher.store import open_store
from services.fetcher.stored import ReadStored, nothing, reader
from services.fetcher.web import Web, open_web
from services.settings import Settings
from services.stored import StoredReleases

_GLANCE_SECONDS: Final = 1.0
_DATABASE_PAUSE_SECONDS: Final = 5.0
log = structlog.stdlib.get_logger(__name__)


class Fetcher:
    """Polls whatever is due, until told to stop. Give it a web, a memory and a log; it has no other ties."""

    def __init__(
        self,
        settings: Settings,
        web: Web,
        memory: Memory,
        sink: Log,
        stored: ReadStored = nothing,
        claims: Claims | None = None,
    ) -> None:
        fetch = settings.fetch
        self._web, self._memory, self._log = web, memory, sink
        self._bounds = Bounds(fetch.shortest_interval_seconds, fetch.longest_interval_seconds)
        self._most = fetch.concurrency
        self._chance = random.Random()  # noqa: S311 - spreads polls in time, guards nothing
        self._stop = asyncio.Event()
        self._running: dict[str, asyncio.Task[Report]] = {}
        self._dated: dict[str, list[datetime]] = {}
        self._claims = claims or FileClaims(settings.home / "run" / "fetch")
        self._poller = Poller(
            web,
            memory,
            sink,
            bounds=self._bounds,
            first_poll=fetch.first_poll_releases,
            stopping=self._stop.is_set,
            stored=stored,
        )

    def stop(self) -> None:
        """Start nothing more, and finish the release in hand of each source."""
        self._stop.set()

    async def once(self, *, all_enabled: bool) -> list[Report]:
        """Poll every source that is due (or enabled) one time; returns when the broker has what was new.

        Who asks for all of them wants to see what changed, too: their newest releases are looked at again.
        """
        now = self._web.clock.now()
        due = await self._memory.due(now, all_enabled=all_enabled)
        polls = (self.poll(source, now, thorough=all_enabled) for source in due)
        return list(await asyncio.gather(*polls))

    async def forever(self, alive: Alive | None = None) -> None:
        """Poll what is due until stopped. Without database or broker it waits, and goes on by itself."""
        while not self._stop.is_set():
            if alive is not None:
                alive.beat()
            try:
                await self._start_due()
                pause = _GLANCE_SECONDS
            except DatabaseUnavailable as error:
                log.warning("fetch.database_away", error=str(error))
                pause = _DATABASE_PAUSE_SECONDS
            await self._pause(pause)
        if self._running:
            await asyncio.wait(self._running.values(), timeout=20)
        for task in self._running.values():
            task.cancel()
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def _start_due(self) -> None:
        self._running = {k: task for k, task in self._running.items() if not task.done()}
        if not self._log.is_healthy:
            return  # what is in hand waits for the broker; nothing more is taken from anyone
        now = self._web.clock.now()
        for source in await self._memory.due(now, all_enabled=False):
            if len(self._running) >= self._most * 4:
                return
            if source.source_id not in self._running and await self._claims.take(of_source(source.source_id)):
                self._running[source.source_id] = asyncio.create_task(
                    self._poll_and_free(source, now), name=source.source_id
                )

    async def _pause(self, seconds: float) -> None:
        stopped = asyncio.create_task(self._stop.wait())
        slept = asyncio.create_task(self._web.clock.sleep(seconds))
        _, pending = await asyncio.wait({stopped, slept}, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()

    async def poll(self, source: Source, as_of: datetime | None = None, *, thorough: bool = False) -> Report:
        """Poll one source and plan the next poll, unless someone polled it after `as_of` (now).

        An error of ours is the source's failure, never the others'.
        """
        as_of = as_of or self._web.clock.now()
        async with held(self._claims, of_source(source.source_id)):
            return await self._poll(source, as_of, thorough=thorough)

    async def _poll_and_free(self, source: Source, as_of: datetime) -> Report:
        try:
            return await self._poll(source, as_of)
        finally:
            await self._claims.free(of_source(source.source_id))

    async def _poll(self, source: Source, as_of: datetime, *, thorough: bool = False) -> Report:
        try:
            state = await self._memory.state(source.source_id)
        except DatabaseUnavailable as error:
            return Report(source.source_id, error=str(error))
        if state.last_polled_at is not None and moment(state.last_polled_at) >= as_of:
            return Report(source.source_id, kind="just polled")
        try:
            report, after = await self._poller.poll(source, state, thorough=thorough)
        except DatabaseUnavailable as error:
            return Report(source.source_id, error=str(error))
        except Exception as error:
            log.exception("fetch.poll_broke", source_id=source.source_id)
            report = Report(source.source_id, error=f"internal: {type(error).__name__}: {error}")
            after = replace(
                state,
                last_polled_at=iso_time(self._web.clock.now()),
                consecutive_failures=state.consecutive_failures + 1,
                last_error=report.error,
            )
        try:
            wait = await self._until_next(source, after, report)
            due = self._web.clock.now() + timedelta(seconds=schedule.jittered(wait, self._chance))
            await self._memory.save_state(replace(after, next_due_at=iso_time(due)))
        except DatabaseUnavailable as error:
            report.error = str(error)
        _tell(report)
        return report

    async def _until_next(self, source: Source, state: SourceState, report: Report) -> float:
        if report.error is not None:
            return schedule.back_off(state.consecutive_failures, self._bounds, report.retry_after)
        if report.is_partial:
            return self._bounds.shortest
        now = self._web.clock.now()
        times = await self._memory.first_seen(source.source_id, now - schedule.REMEMBERED)
        seen = schedule.interval((moment(t) for t in times), now, self._bounds)
        # The dates in the index tell a source's habits from the first poll on.
        dated = report.dated or self._dated.get(source.source_id, [])
        self._dated[source.source_id] = dated
        pause = min(seen, schedule.rhythm(dated, now, self._bounds))
        validates = state.etag not in {None, LIES} or state.last_modified is not None
        return schedule.eager(pause, self._bounds) if validates else pause


def _tell(report: Report) -> None:
    fields = {
        name: value
        for name in ("kind", "listed", "new", "edited", "withdrawn", "returned", "refused", "error")
        if (value := getattr(report, name))
    }
    level = log.warning if report.error else log.info
    level("fetch.polled", source_id=report.source_id, failed=len(report.failed), **fields)


async def fetch_forever(settings: Settings) -> None:
    """Run the fetcher until SIGTERM or SIGINT."""
    async with _fetcher(settings) as fetcher:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, fetcher.stop)
        await fetcher.forever(Alive(settings, "fetch"))


async def fetch_once(settings: Settings, *, all: bool = False) -> list[Report]:  # noqa: A002 - the option's name
    """Poll what is due (`all`: what is enabled) once; returns when the broker has everything new."""
    async with _fetcher(settings) as fetcher:
        return await fetcher.once(all_enabled=all)


@asynccontextmanager
async def _fetcher(settings: Settings) -> AsyncIterator[Fetcher]:
    engine = open_store(settings)
    web, sink = open_web(settings, engine), KafkaLog(settings)
    claims = claims_for(engine, settings.home / "run" / "fetch")
    stored = StoredReleases(settings, engine)
    try:
        yield Fetcher(settings, web, Memory(engine), sink, reader(stored), claims)
    finally:
        stored.close()
        await web.aclose()
        await sink.aclose()
        engine.dispose()
