"""The polite way to a page: robots.txt asked, the host's turn awaited, its wishes remembered."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.fetcher.client import Answer, Client, Validators
from services.fetcher.clock import Clock
from services.fetcher.failures import FetchFailure
from services.fetcher.hosts import Hosts
from services.fetcher.robots import MOST_BYTES, Robots, Rules
from services.settings import FetchSettings

_PEACE_AFTER_429 = 60.0


class Web:
    """Every request of the fetcher goes through `get`."""

    def __init__(self, client: Client, hosts: Hosts, clock: Clock) -> None:
        self._client, self._hosts = client, hosts
        self.clock = clock
        self._robots = Robots(self._get_rules, clock)
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
        async with self._hosts.turn(url):
            self.requests += 1
            try:
                yield
            except FetchFailure as failure:
                if failure.status in {429, 503}:
                    wait = failure.retry_after if failure.retry_after is not None else _PEACE_AFTER_429
                    self._hosts.close(url, wait)
                raise

    async def _get_rules(self, url: str) -> Answer:
        # A file that is too large is cut, not refused: only its first part counts.
        return await self._client.get(url, limit=MOST_BYTES, cut=True, turn=self._turn)


def open_web(fetch: FetchSettings, limit: int, clock: Clock | None = None) -> Web:
    """The web as the settings want it treated."""
    clock = clock or Clock()
    client = Client(
        contact=fetch.contact,
        seconds=fetch.timeout_seconds,
        limit=limit,
        connections=fetch.concurrency,
        private=fetch.allow_private_hosts,
    )
    return Web(
        client, Hosts(pause=fetch.minimum_pause_seconds, concurrency=fetch.concurrency, clock=clock), clock
    )
