"""Where robots.txt files are kept: known rules go on to hold while a site cannot be reached, restarts or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa

from services.database import tables as t
from services.database.columns import iso_time
from services.fetcher.state import moment
from services.fetcher.store import look, transact, upsert


@dataclass(frozen=True, slots=True)
class File:
    """The robots.txt of an origin as it was last had; without a body there are no rules to read."""

    body: bytes | None
    failing_since: datetime | None = None


class Shelf(Protocol):
    async def take(self, origin: str) -> File | None:
        """The file of an origin, if it is there."""

    async def put(self, origin: str, file: File) -> None:
        """Keep it."""


class _Nowhere:
    async def take(self, origin: str) -> File | None:
        return None

    async def put(self, origin: str, file: File) -> None:
        """Keep nothing."""


nowhere: Shelf = _Nowhere()


class DatabaseShelf:
    """The table `robots_files`."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    async def take(self, origin: str) -> File | None:
        c = t.robots_files.c
        query = sa.select(c.body, c.failing_since).where(c.origin == origin)
        row = await look(self._engine, lambda con: con.execute(query).first())
        if row is None:
            return None
        body, since = row
        return File(body, moment(since) if since else None)

    async def put(self, origin: str, file: File) -> None:
        row = {
            "origin": origin,
            "body": file.body,
            "failing_since": iso_time(file.failing_since) if file.failing_since else None,
        }
        await transact(self._engine, lambda con: upsert(con, t.robots_files, [row]))
