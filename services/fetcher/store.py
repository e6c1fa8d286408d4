"""How the fetcher reaches its tables: short transactions off the event loop, one writer at a time within a process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any, Final, TypeVar
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import InterfaceError, OperationalError

from services.database import engine as database
from services.errors import DatabaseUnavailable
from services.settings import Settings

T = TypeVar("T")
# SQLite lets writers wait by sleeping longer and longer: our own threads take turns at once instead.
_TURNS: Final[WeakKeyDictionary[sa.Engine, threading.Lock]] = WeakKeyDictionary()


def open_store(settings: Settings) -> sa.Engine:
    """An engine for the fetcher's own tables: what a power failure takes of its last notes is fetched again."""
    return database.connect(settings, repeatable=True)


async def transact(engine: sa.Engine, work: Callable[[sa.Connection], T]) -> T:
    """Do `work` in a transaction that may write; raises `DatabaseUnavailable`."""

    def run() -> T:
        with _turn(engine), engine.begin() as connection:
            return work(connection)

    return await _off_the_loop(run)


async def look(engine: sa.Engine, work: Callable[[sa.Connection], T]) -> T:
    """Do `work`, which only reads: it waits for no writer. Raises `DatabaseUnavailable`."""

    def run() -> T:
        with engine.connect().execution_options(**{database.READS: True}) as connection:
            return work(connection)

    return await _off_the_loop(run)


async def _off_the_loop(run: Callable[[], T]) -> T:
    try:
        return await asyncio.to_thread(run)
    except (OperationalError, InterfaceError) as error:
        raise DatabaseUnavailable(
            f"the database does not answer: {type(error.orig).__name__}",
            remedy="Check COMMUNIQUE_DATABASE_URL; the fetcher goes on by itself.",
        ) from error


def _turn(engine: sa.Engine) -> threading.Lock:
    return _TURNS.setdefault(engine, threading.Lock())


def upsert(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows, or let them take the place of those with their keys."""
    if not rows:
        return
    statement = _insert(connection, table)
    keys = [c.name for c in table.primary_key]
    changed = {n: statement.excluded[n] for n in rows[0] if n not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), rows)


def insert_new(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    """Insert those rows whose keys are not there."""
    if rows:
        connection.execute(_insert(connection, table).on_conflict_do_nothing(), rows)


def _insert(connection: sa.Connection, table: sa.Table) -> Any:
    postgresql = connection.dialect.name == "postgresql"
    return postgresql_insert(table) if postgresql else sqlite_insert(table)
