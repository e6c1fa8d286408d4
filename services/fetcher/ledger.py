"""What all fetchers of a database know of each host: when it was last asked, and how long it wants its peace."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

import sqlalchemy as sa

from services.database import tables as t
from services.database.columns import iso_time
from services.fetcher.claims import Claims, held
from services.fetcher.state import moment
from services.fetcher.store import look, transact, upsert

NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_HOSTS: Final = 5000
_FORGOTTEN_AFTER: Final = timedelta(hours=1)


@dataclass(slots=True)
class Times:
    """Of one host, in wall time. Whoever holds it may change it."""

    last_request_at: datetime = NEVER
    closed_until: datetime = NEVER


class Ledger(Protocol):
    """The times of hosts, each held by one request at a time."""

    def hold(self, host: str) -> AbstractAsyncContextManager[Times]:
        """Hold `host`; what its times are when it is let go of is remembered."""


class Unshared:
    """The ledger of a process that is alone; within it `Hosts` sees to one request at a time."""

    def __init__(self) -> None:
        self._times: OrderedDict[str, Times] = OrderedDict()

    @asynccontextmanager
    async def hold(self, host: str) -> AsyncIterator[Times]:
        times = self._times.setdefault(host, Times())
        self._times.move_to_end(host)
        yield times
        self._forget(times.last_request_at - _FORGOTTEN_AFTER)

    def _forget(self, before: datetime) -> None:
        while len(self._times) > _MOST_HOSTS:
            _, oldest = next(iter(self._times.items()))
            if max(oldest.last_request_at, oldest.closed_until) > before:
                return
            self._times.popitem(last=False)


class Shared:
    """The ledger in the database (`fetch_hosts`): it outlives processes, and all of them keep it."""

    def __init__(self, engine: sa.Engine, claims: Claims) -> None:
        self._engine, self._claims = engine, claims

    @asynccontextmanager
    async def hold(self, host: str) -> AsyncIterator[Times]:
        async with held(self._claims, f"host {host}"):
            times = await look(self._engine, lambda c: _times_of(c, host))
            try:
                yield times
            finally:
                row = {
                    "host": host,
                    "last_request_at": iso_time(times.last_request_at),
                    "closed_until": iso_time(times.closed_until),
                }
                await transact(self._engine, lambda c: upsert(c, t.fetch_hosts, [row]))


def _times_of(connection: sa.Connection, host: str) -> Times:
    c = t.fetch_hosts.c
    row = connection.execute(sa.select(c.last_request_at, c.closed_until).where(c.host == host)).first()
    return Times(*(moment(value) if value else NEVER for value in row)) if row else Times()
