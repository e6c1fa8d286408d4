"""A batch into the database: rows and offsets in one transaction, or nothing.

Only errors that are proven to be one record's (by bisecting) make a dead letter. Operational,
permission, missing-table and disk errors never do: the batch is tried again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import DataError, IntegrityError, StatementError

from services import logs
from services.database import engine as engines
from services.database import stuck
from services.errors import CommuniqueError
from services.settings import Settings
from services.sink.batch import Item
from services.sink.offsets import Claim, advance
from services.sink.store import put

Partition = tuple[str, int]
RETRIED = ("40P01", "40001")  # deadlock, serialization failure
log = logs.get("sink")


@dataclass(frozen=True, slots=True)
class Batch:
    """Decoded items and, for each partition, the offset after the last message taken from it."""

    items: tuple[Item, ...]
    ends: dict[Partition, int]


@dataclass(frozen=True, slots=True)
class Culprit:
    """An item that alone cannot be stored, and why."""

    item: Item
    error: Exception


def write(
    engine: sa.Engine, settings: Settings, group: str, batch: Batch, claims: dict[Partition, Claim]
) -> None:
    """Store `batch` and advance its offsets in one transaction.

    Raises `Fenced` if another sink owns a partition, `DatabaseUnavailable` if the database is away,
    and whatever the driver raised if a record cannot be stored (see `culprits`).
    """

    def work(connection: sa.Connection) -> None:
        advance(connection, group, [claims[p] for p in batch.ends], batch.ends)
        put(connection, batch.items)

    run(engine, settings, work)


def run(engine: sa.Engine, settings: Settings, work: Callable[[sa.Connection], None]) -> None:
    """Run `work` in a transaction; a deadlock or serialization failure is tried again."""
    while True:
        try:
            with engine.begin() as connection:
                work(connection)
        except sa.exc.DBAPIError as error:
            state = getattr(error.orig, "sqlstate", None)
            if state in RETRIED:
                continue
            if state == stuck.LOCK_TIMEOUT:
                log.warning("sink.lock_held", ended=stuck.end_stuck_writers(engine))
            if not is_of_record(error):
                raise engines.explain(error, settings) from error
            raise
        else:
            return


def is_of_record(error: Exception) -> bool:
    """Tell an error that a record's values can cause from one of the database or its permissions."""
    if isinstance(error, DataError | IntegrityError):
        return True
    if isinstance(error, sa.exc.DBAPIError):
        return False
    return isinstance(
        error, StatementError | ValueError | TypeError | KeyError | ArithmeticError | AssertionError
    )


def culprits(engine: sa.Engine, settings: Settings, items: tuple[Item, ...]) -> list[Culprit]:
    """Find by bisecting which items cannot be stored, rolling every trial back."""

    class TrialOver(Exception):
        pass

    def trial(some: tuple[Item, ...]) -> Exception | None:
        def work(connection: sa.Connection) -> None:
            put(connection, some)
            raise TrialOver

        try:
            run(engine, settings, work)
        except TrialOver:
            return None
        except CommuniqueError:
            raise
        except Exception as error:
            if not is_of_record(error):
                raise
            return error
        return None

    error = trial(items)
    if error is None:
        return []
    if len(items) == 1:
        return [Culprit(items[0], error)]
    half = len(items) // 2
    found = culprits(engine, settings, items[:half]) + culprits(engine, settings, items[half:])
    # Records that fail only together: keep the first, give the last one up.
    return found or [Culprit(items[-1], error)]
