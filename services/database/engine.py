"""Engines: SQLite in WAL with explicit transactions, or PostgreSQL, alike to their callers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, ProgrammingError

from services.database import stuck
from services.errors import CommuniqueError, ConfigurationError, DatabaseUnavailable
from services.settings import Settings

BUSY_SECONDS = 30
IDLE_SECONDS = 30
READS = "communique_reads"  # the execution option of a connection that will not write
# A connection that is cut without a word is noticed within half a minute, on both ends; and a writer that
# was suspended inside a transaction (SIGSTOP, a frozen container) does not keep its locks for ever.
LINK = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
WRITER_OPTIONS = " ".join(
    f"-c {name}={value}"
    for name, value in {
        "timezone": "UTC",
        "idle_in_transaction_session_timeout": IDLE_SECONDS * 1000,
        "tcp_keepalives_idle": 10,
        "tcp_keepalives_interval": 5,
        "tcp_keepalives_count": 3,
        "tcp_user_timeout": 30_000,
    }.items()
)


def connect(settings: Settings, *, repeatable: bool = False) -> sa.Engine:
    """Return an engine for reading and writing; nothing is connected yet.

    On SQLite the driver is in autocommit and every transaction begins with `BEGIN IMMEDIATE`: with
    SQLAlchemy's default a released savepoint survives the rollback around it, and a deferred
    read-then-write fails at once with "database is locked". `repeatable` is for the sink, which reads again from
    the log what a power failure took, and for the fetcher, which fetches it again: commits do not wait for the disk.
    """
    url = settings.url()
    if url.get_backend_name() == "postgresql":
        # Who can try again does not wait for a lock for ever: its holder may be suspended (`stuck`).
        patience = f" -c lock_timeout={stuck.WAIT_SECONDS * 1000}" if repeatable else ""
        return sa.create_engine(
            url,
            pool_pre_ping=True,
            pool_size=5,
            isolation_level="READ COMMITTED",  # what is read after a lock must be what stands there then
            connect_args=LINK | {"application_name": "communique", "options": WRITER_OPTIONS + patience},
        )
    sqlite3.register_adapter(Decimal, "{:f}".format)
    options = {"timeout": BUSY_SECONDS, "isolation_level": None, "cached_statements": 256}
    engine = sa.create_engine(url, connect_args=options)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    if repeatable:
        sa.event.listen(engine, "connect", lambda c, _: c.execute("PRAGMA synchronous=NORMAL"))
    sa.event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "foreign_keys=ON",
        "synchronous=FULL",
        "cache_size=-32000",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: sa.Connection) -> None:
    reads = connection.get_execution_options().get(READS)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def read_only(settings: Settings) -> sa.Engine:
    """Return an engine that cannot write: SQLite opened read-only, PostgreSQL in read-only transactions.

    A query that runs longer than `sql_timeout_seconds` is stopped (PostgreSQL by its own timeout;
    for SQLite see `services.database.query`).
    """
    url = settings.url()
    if url.get_backend_name() == "postgresql":
        milliseconds = int(settings.sql_timeout_seconds * 1000)
        options = f"-c default_transaction_read_only=on -c statement_timeout={milliseconds} -c timezone=UTC"
        return sa.create_engine(url, connect_args=LINK | {"options": options}, pool_size=2)
    path = url.database or ""

    def opened() -> sqlite3.Connection:
        # Without check_same_thread a timer in another thread may interrupt a query that runs too long.
        return sqlite3.connect(
            f"file:{_quoted(path)}?mode=ro", uri=True, timeout=BUSY_SECONDS, check_same_thread=False
        )

    engine = sa.create_engine("sqlite://", creator=opened, poolclass=sa.pool.NullPool)
    sa.event.listen(engine, "connect", lambda c, _: c.execute("PRAGMA query_only=ON"))
    return engine


def _quoted(path: str) -> str:
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


@contextmanager
def clear_errors(settings: Settings) -> Iterator[None]:
    """Turn a driver's error into one of ours that names the setting and the remedy, without secrets."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise explain(error, settings) from None


def explain(error: DBAPIError, settings: Settings) -> CommuniqueError:
    """Say what a connection error means and what to do."""
    url = settings.url()
    said = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
    password = url.password
    if password:
        said = said.replace(str(password), "***")
    if url.get_backend_name() == "sqlite":
        return _explain_sqlite(said, url)
    where = f"{url.host or 'localhost'}:{url.port or 5432}"
    if "password authentication failed" in said or "no password supplied" in said:
        return ConfigurationError(
            f"PostgreSQL at {where} refuses user {url.username!r}", remedy="Check COMMUNIQUE_DATABASE_URL."
        )
    if "does not exist" in said and ("database" in said or "role" in said):
        return ConfigurationError(
            f"PostgreSQL at {where}: {said}", remedy="Create it, or correct COMMUNIQUE_DATABASE_URL."
        )
    if "canceling statement due to statement timeout" in said:
        return CommuniqueError(
            f"the query ran longer than {settings.sql_timeout_seconds:g} s and was stopped",
            remedy="Narrow it, or raise COMMUNIQUE_SQL_TIMEOUT_SECONDS.",
        )
    if isinstance(error, ProgrammingError):
        return DatabaseUnavailable(
            f"PostgreSQL at {where} refuses: {said}",
            remedy="Check the user's permissions, and the schema with `communique db check`.",
        )
    return DatabaseUnavailable(
        f"PostgreSQL at {where} does not answer: {said}",
        remedy="Check that it runs and COMMUNIQUE_DATABASE_URL.",
    )


def _explain_sqlite(said: str, url: sa.URL) -> CommuniqueError:
    if "unable to open" in said and not Path(url.database or "").exists():
        return ConfigurationError(
            f"there is no database yet: {url.database} does not exist",
            remedy="Run `communique up` (or `communique db upgrade`), or correct COMMUNIQUE_HOME.",
        )
    if "unable to open" in said:
        return ConfigurationError(
            f"the SQLite file {url.database} cannot be opened",
            remedy="Check COMMUNIQUE_HOME and COMMUNIQUE_DATABASE_URL; a WAL database needs a folder it may write to.",
        )
    if "disk is full" in said or "disk I/O" in said:
        return DatabaseUnavailable(
            f"the disk of {url.database} is full or broken: {said}",
            remedy="Free some space; nothing is lost.",
        )
    if "no such table" in said:
        return ConfigurationError(
            f"{url.database} has no schema: {said}", remedy="Run `communique db upgrade`."
        )
    return DatabaseUnavailable(f"SQLite file {url.database}: {said}", remedy="Try again.")
