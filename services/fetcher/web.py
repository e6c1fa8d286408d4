"""The polite way to a page: robots.txt asked, the host's turn awaited, its wishes remembered."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import sqlalchemy as sa

from services.fetcher.claims import claims_for
from services.fetcher.client import Answer, Client, Validators
from services.fetcher.clock import Clock
from services.fetcher.failures import FetchFailure
from services.fetcher.hosts import Hosts
from services.fetcher.ledger import Shared
from services.fetcher.robots import MOST_BYTES, Robots, Rules
from services.fetcher.shelf import DatabaseShelf, Shelf, nowhere
from services.settings import Settings

_PEACE_AFTER_429 = 60.0


class Web:
    """Every request of the fetcher goes through `get`."""

    def __init__(self, client: Client, hosts: Hosts, clock: Clock, shelf: Shelf | None = None) -> None:
        self._client, self._hosts = client, hosts
        self.clock = clock
        self._robots = Robots(self._get_rules, clock, shelf or nowhere)
        self.requests = 0

    async def get(
        self, url: str, validators: Validators | None = None, *, limit: int | None = None
    ) -> Answer:
        """Fetch `url` if its host allows it and when it is its turn; raises `FetchFailure`.

        Redirects are followed one polite request at a time: each target has its own host and rules.
        """
        return await self._client.get(url, validators, limit=limit, before=self._allowed, turn=self._turn)

    async def rules(self, url: str) -> Rules:
        """What robots.txt says for `url`."""
        return await self._robots.rules(url)

    async def aclose(self) -> None:
        await self._client.aclose()

    async def _allowed(self, url: str) -> None:
        rules = await self._robots.require(url)
        self._hosts.set_pause(url, rules.delay)

    @asynccontextmanager
    async def _turn(self, url: str) -> AsyncIterator[None]:
        """One request to one host: counted, paced, and a wish to be left alone heard."""
        async with self._hosts.turn(url) as turn:
            self.requests += 1
            try:
                yield
            except FetchFailure as failure:
                if failure.status in {429, 503}:
                    turn.close(failure.retry_after if failure.retry_after is not None else _PEACE_AFTER_429)
                raise

    async def _get_rules(self, url: str) -> Answer:
        # A file that is too large is cut, not refused: only its first part counts.
        return await self._client.get(url, limit=MOST_BYTES, cut=True, turn=self._turn)


def open_web(settings: Settings, engine: sa.Engine, clock: Clock | None = None) -> Web:
    """The web as the settings want it treated, together with all others that use the database."""
    clock, fetch = clock or Clock(), settings.fetch
    client = Client(
        contact=fetch.contact,
        seconds=fetch.timeout_seconds,
        limit=settings.max_release_bytes,
        connections=fetch.concurrency,
        private=fetch.allow_private_hosts,
    )
    hosts = Hosts(
        pause=fetch.minimum_pause_seconds,
        concurrency=fetch.concurrency,
        clock=clock,
        ledger=Shared(engine, claims_for(engine, settings.home / "run" / "fetch")),
    )
    return Web(client, hosts, clock, DatabaseShelf(engine))
