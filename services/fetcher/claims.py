"""Who polls a source or asks a host right now: one at a time, also between processes and machines.

A claim ends with its process, however that dies: it is a lock of the system (`flock`) for processes on one
machine, an advisory lock of the session for those that share a PostgreSQL.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, Protocol

import sqlalchemy as sa
from sqlalchemy.exc import InterfaceError, OperationalError

from services.errors import DatabaseUnavailable

_FIRST_GLANCE: Final = 0.02
_LONGEST_GLANCE: Final = 1.0


class Claims(Protocol):
    """Names that one holder at a time may have."""

    async def take(self, name: str) -> bool:
        """Claim `name`; false if someone else has it. Raises `DatabaseUnavailable`."""

    async def free(self, name: str) -> None:
        """Let others have it."""


@asynccontextmanager
async def held(claims: Claims, name: str) -> AsyncIterator[None]:
    """Hold `name`, as soon as whoever has it lets go."""
    glance = _FIRST_GLANCE
    while not await claims.take(name):
        await asyncio.sleep(glance)
        glance = min(glance * 2, _LONGEST_GLANCE)
    try:
        yield
    finally:
        await claims.free(name)


class FileClaims:
    """Among the processes of one machine that use one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, BinaryIO] = {}

    async def take(self, name: str) -> bool:
        if name in self._held:
            return False
        file = self._opened(name)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._held[name] = file
        return True

    async def free(self, name: str) -> None:
        self._held.pop(name).close()

    def _opened(self, name: str) -> BinaryIO:
        self._folder.mkdir(parents=True, exist_ok=True)
        # An id may hold anything; a file's name may not.
        return (self._folder / f"{_digest(name).hex()}.lock").open("ab")


class DatabaseClaims:
    """Among all that use one PostgreSQL database, on one connection for any number of claims."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._connection: sa.Connection | None = None
        self._held: set[str] = set()
        self._one_at_a_time = threading.Lock()
        sa.event.listen(engine, "engine_disposed", lambda _: self._let_go())

    async def take(self, name: str) -> bool:
        if name in self._held:  # the server would give it to its own session twice
            return False
        self._held.add(name)
        try:
            taken = await asyncio.to_thread(self._ask, "SELECT pg_try_advisory_lock(:key)", name)
        except (OperationalError, InterfaceError) as error:
            self._held.discard(name)
            raise DatabaseUnavailable(
                f"the database does not answer: {type(error.orig).__name__}",
                remedy="Check COMMUNIQUE_DATABASE_URL; the fetcher goes on by itself.",
            ) from error
        except BaseException:
            self._held.discard(name)
            raise
        if not taken:
            self._held.discard(name)
        return taken

    async def free(self, name: str) -> None:
        # A lost connection has let go of everything already.
        with suppress(OperationalError, InterfaceError):
            await asyncio.to_thread(self._ask, "SELECT pg_advisory_unlock(:key)", name)
        self._held.discard(name)

    def _ask(self, query: str, name: str) -> bool:
        key = int.from_bytes(_digest(name)[:8], signed=True)
        with self._one_at_a_time:
            if self._connection is None:
                self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            try:
                return bool(self._connection.execute(sa.text(query), {"key": key}).scalar())
            except (OperationalError, InterfaceError):
                self._let_go()
                raise

    def _let_go(self) -> None:
        """Give up the connection and all that is claimed on it."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection = None


def of_source(source_id: str) -> str:
    """The name of the claim on a source."""
    return f"source {source_id}"


def _digest(name: str) -> bytes:
    return hashlib.sha256(f"communique fetch {name}".encode("utf-8", "replace")).digest()[:12]


def claims_for(engine: sa.Engine, folder: Path) -> Claims:
    """The claims that reach as far as the database does: a machine for SQLite, a network for PostgreSQL."""
    return DatabaseClaims(engine) if engine.dialect.name == "postgresql" else FileClaims(folder)
