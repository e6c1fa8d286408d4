"""The schema history (`migrations/`), run on the configured database and checked against the models.

Alembic is imported when the history is run: whoever only asks where the schema is, as every process does when it
starts, does without.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError, ProgrammingError

from services.database import engine
from services.database.tables import metadata
from services.errors import ConfigurationError, Refusal
from services.settings import Settings

if TYPE_CHECKING:
    from alembic.config import Config

# One upgrade at a time: the key of PostgreSQL's advisory lock. SQLite has BEGIN IMMEDIATE.
LOCK: Final = 0x636F6D6D756E69


def upgrade(settings: Settings, revision: str = "head") -> None:
    """Bring the schema to `revision`, in one transaction; harmless when it is there already.

    Two processes may call it at the same time. Raises `ConfigurationError` or `DatabaseUnavailable`.
    """
    from alembic import command  # noqa: PLC0415

    with _migrating(settings) as config, _known(revision):
        command.upgrade(config, revision)


def downgrade(settings: Settings, revision: str) -> None:
    """Take the schema back to `revision` (`base`: nothing left), with the rows of what is dropped."""
    from alembic import command  # noqa: PLC0415

    with _migrating(settings) as config, _known(revision):
        command.downgrade(config, revision)


def current(settings: Settings) -> str | None:
    """Return the revision that the database is at, null if it has no schema."""
    if _is_missing_file(settings):
        return None
    with engine.clear_errors(settings), _reading(settings) as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        heads = connection.scalars(sa.text("SELECT version_num FROM alembic_version ORDER BY 1"))
        return ",".join(heads) or None


def head() -> str:
    """Return the newest revision that this version of Communiqué knows."""
    files = resources.files("migrations").joinpath("versions").iterdir()
    return max(f.name.partition("_")[0] for f in files if f.name[0].isdigit())


def is_at_head(settings: Settings) -> bool:
    """Tell whether the schema is the one that this version of Communiqué works with."""
    return current(settings) == head()


def check(settings: Settings) -> list[str]:
    """Say what is wrong with the schema, one sentence a problem; nothing is wrong if empty."""
    at = current(settings)
    if at is None:
        return ["the database has no schema: run `communique db upgrade`"]
    if at != head():
        return [f"the schema is at revision {at}, not at {head()}: run `communique db upgrade`"]
    from services.database import schema_drift  # noqa: PLC0415

    with engine.clear_errors(settings), _reading(settings) as connection:
        return schema_drift.find(connection, metadata)


def require_head(settings: Settings) -> None:
    """Raise `ConfigurationError` with the remedy unless the schema is at head."""
    if not is_at_head(settings):
        raise ConfigurationError(
            f"the schema is at revision {current(settings) or 'none'}, not at {head()}",
            remedy="Run `communique db upgrade`.",
        )


def _config() -> Config:
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    folder = str(Path(str(resources.files("migrations"))))
    config.set_main_option("script_location", folder.replace("%", "%%"))
    return config


@contextmanager
def _migrating(settings: Settings) -> Iterator[Config]:
    """Yield Alembic's configuration on a connection that no other upgrade shares the schema with."""
    database = engine.connect(settings)
    if database.dialect.name == "sqlite":
        # Tables are rebuilt by copying on SQLite, which foreign keys would refuse half-way.
        sa.event.listen(database, "connect", _without_foreign_keys)
    config = _config()
    try:
        with engine.clear_errors(settings):
            _connected(database).close()
        with engine.clear_errors(settings), _permitted(), database.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
            config.attributes.update(connection=connection, target_metadata=metadata)
            yield config
            _refuse_orphans(connection)
    finally:
        database.dispose()


def _connected(database: sa.Engine) -> sa.Connection:
    """Connect, patiently: two that turn one new SQLite file to WAL get "locked" without any waiting."""
    until = time.monotonic() + engine.BUSY_SECONDS
    while True:
        try:
            return database.connect()
        except OperationalError as error:
            if "database is locked" not in str(error.orig) or time.monotonic() > until:
                raise
            time.sleep(0.05)


def _without_foreign_keys(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys=OFF")


def _refuse_orphans(connection: sa.Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if orphans:
        tables = ", ".join(sorted({str(row[0]) for row in orphans}))
        raise Refusal(
            f"the migration would leave rows without what they refer to, in: {tables}",
            remedy="Nothing was changed. Keep the file and report this.",
        )


@contextmanager
def _reading(settings: Settings) -> Iterator[sa.Connection]:
    database = engine.read_only(settings)
    try:
        with database.connect() as connection:
            yield connection
    finally:
        database.dispose()


def _is_missing_file(settings: Settings) -> bool:
    url = settings.url()
    return url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file()


@contextmanager
def _known(revision: str) -> Iterator[None]:
    from alembic.util import CommandError  # noqa: PLC0415

    try:
        yield
    except CommandError as error:
        raise ConfigurationError(
            f"the schema cannot go to revision {revision}: {error}",
            remedy="If the database comes from a newer Communiqué, install that version.",
        ) from None


@contextmanager
def _permitted() -> Iterator[None]:
    try:
        yield
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) != "42501":
            raise
        raise ConfigurationError(
            f"the database user may not change the schema: {str(error.orig).strip().splitlines()[0]}",
            remedy="Give it CREATE on the schema, or run `communique db upgrade` as the owner.",
        ) from None


def describe(settings: Settings) -> dict[str, Any]:
    """Return the current revision, the newest one, and what is wrong."""
    return {"current": current(settings), "head": head(), "problems": check(settings)}
