"""What the fetcher asks of the log: the raw record of a revision, off the event loop and one at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from services.stored import StoredReleases
from streams.records import RawRelease

ReadStored = Callable[[str, str], Awaitable[RawRelease | None]]


async def nothing(_release_id: str, _content_hash: str) -> RawRelease | None:
    """Where there is no log to read from."""
    return None


def reader(stored: StoredReleases) -> ReadStored:
    """`stored.read` for a loop."""
    lock = asyncio.Lock()

    async def read(release_id: str, content_hash: str) -> RawRelease | None:
        async with lock:
            return await asyncio.to_thread(stored.read, release_id, content_hash)

    return read
