"""Running one query read-only: in time, row by row, with the same values from both databases."""

from __future__ import annotations

import datetime as dt
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from services.database import engine, queries, query_text
from services.database.columns import iso_time
from services.database.tables import metadata
from services.errors import CommuniqueError, ConfigurationError
from services.settings import Settings

Value = str | int | float | bool | None

FETCHED: Final = 500
# The virtual machine of SQLite asks after so many steps whether it should go on.
STEPS: Final = 20_000
# SQLite has no booleans: columns of these names hold them.
BOOLEANS: Final = frozenset(
    column.name
    for table in metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, sa.Boolean)
) | {"other_date_settled", "sides_stated"}
# The file is open for reading only; what would reach beyond it (ATTACH, also within VACUUM INTO) is refused too.
_REFUSED: Final = frozenset({sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH})
_PRAGMAS: Final = frozenset({"data_version", "table_info", "table_xinfo", "table_list"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gives: the names of the columns, and the rows as they come."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Value, ...]]


class QueryFailed(CommuniqueError):
    """The database refuses the query, or could not finish it in time."""


@contextmanager
def ask(
    settings: Settings,
    sql: str,
    values: Mapping[str, Any] | None = None,
    kinds: Mapping[str, query_text.Kind] | None = None,
) -> Iterator[Answer]:
    """Run one reading statement with `values` for its parameters, and yield its answer.

    Rows are read while they are asked for. Raises `WrongQuery` before anything runs, `QueryFailed` when
    the database refuses it or it takes longer than `sql_timeout_seconds`, and `ConfigurationError` or
    `DatabaseUnavailable` when the database cannot be reached.
    """
    statement = query_text.statement(sql, values or {}, kinds)
    database = engine.read_only(settings)
    try:
        with _explained(settings), database.connect() as connection:
            clock = _limit(connection, settings.sql_timeout_seconds)
            streamed = query_text.first_word(sql) in query_text.STREAMED
            options = {"stream_results": streamed, "yield_per": FETCHED}
            clock()
            result = connection.execute(statement, execution_options=options if streamed else {})
            with closing(result):
                yield _answer(result, connection.dialect.name, clock)
    finally:
        database.dispose()


@contextmanager
def ask_saved(settings: Settings, name: str, given: Mapping[str, str] | None = None) -> Iterator[Answer]:
    """Run the saved query `name` with the parameters `given` and its defaults; raises as `ask` does."""
    saved = queries.named(name)
    dialect = settings.url().get_backend_name()
    today = dt.datetime.now(dt.UTC).date()
    values = saved.values(given or {}, today)
    with ask(settings, saved.text(dialect), values, saved.kinds()) as answer:
        yield answer


def _answer(result: sa.CursorResult[Any], dialect: str, clock: Callable[[], None]) -> Answer:
    columns = tuple(result.keys())
    flags = tuple(dialect == "sqlite" and name in BOOLEANS for name in columns)

    def rows() -> Iterator[tuple[Value, ...]]:
        while True:
            clock()
            fetched = result.fetchmany(FETCHED)
            if not fetched:
                return
            for row in fetched:
                yield tuple(plain(value, flag=flag) for value, flag in zip(row, flags, strict=True))

    return Answer(columns, rows())


def plain(value: Any, *, flag: bool = False) -> Value:
    """Return `value` as both databases would give it: exact numbers, ISO times, text."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return bool(value) if flag and value in {0, 1} else value
    if isinstance(value, float | Decimal):
        return _number(value)
    if isinstance(value, dt.datetime | dt.date):
        return iso_time(value) if isinstance(value, dt.datetime) else value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "backslashreplace")
    return str(value)


def _number(value: float | Decimal) -> Value:
    """Give a whole number as one, else a float if that loses nothing, else its digits as text."""
    if not Decimal(value).is_finite():
        return str(value)
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return int(value)
        shortest = float(value)
        return shortest if Decimal(repr(shortest)) == value else format(value, "f")
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _limit(connection: sa.Connection, seconds: float) -> Callable[[], None]:
    """Return what to call before each step that may take `seconds` at most."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        _give_up_powers(connection)
        # Said anew for each step: the query itself may have lifted it (`set_config`).
        milliseconds = int(seconds * 1000)
        return lambda: connection.exec_driver_sql(f"SET statement_timeout = {milliseconds}").close()
    deadline = [0.0]

    def restart() -> None:
        deadline[0] = time.monotonic() + seconds

    # SQLite's own lower() knows ASCII only, PostgreSQL's knows all letters.
    driver.create_function("lower", 1, _lower, deterministic=True)
    driver.set_progress_handler(lambda: time.monotonic() > deadline[0], STEPS)
    driver.set_authorizer(_authorize)
    return restart


def _give_up_powers(connection: sa.Connection) -> None:
    """Let a superuser ask as one who may only read: functions reach the server's files and settings, too."""
    if connection.exec_driver_sql("SHOW is_superuser").scalar() == "on":
        connection.exec_driver_sql("SET ROLE pg_read_all_data")


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _authorize(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    refused = (
        action in _REFUSED
        or (action == sqlite3.SQLITE_PRAGMA and first not in _PRAGMAS)
        or (action == sqlite3.SQLITE_FUNCTION and second == "load_extension")
    )
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK


@contextmanager
def _explained(settings: Settings) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise _explain(error, settings) from None
    except sqlite3.Error as error:
        raise _explain(DBAPIError("", None, error), settings) from None


def _explain(error: DBAPIError, settings: Settings) -> CommuniqueError:
    said = _first_line(error)
    if said == "interrupted" or "statement timeout" in said:
        return QueryFailed(
            f"the query ran longer than {settings.sql_timeout_seconds:g} s and was stopped",
            remedy="Narrow it, or raise COMMUNIQUE_SQL_TIMEOUT_SECONDS.",
        )
    if not _has_schema(said):
        return ConfigurationError(
            f"the database has no schema: {said}", remedy="Run `communique db upgrade`."
        )
    if isinstance(error.orig, sqlite3.Error):
        refused = not said.startswith(("unable to open", "disk", "database is locked", "file is not"))
    else:
        # Classes 08, 53, 57 and 58 are of the connection and the server, and so is an error without a state.
        state = getattr(error.orig, "sqlstate", None) or "08"
        refused = state[:2] not in {"08", "28", "3D", "53", "57", "58"}
    if refused:
        return QueryFailed(
            f"the database refuses the query: {said}",
            remedy="`communique sql --list` shows queries that work; docs/database.md lists tables and columns.",
        )
    return engine.explain(error, settings)


def _has_schema(said: str) -> bool:
    """Tell from an error whether our own tables are there at all."""
    ours = (*metadata.tables, "v_events", "v_meetings")
    lost = [f"no such table: {name}" for name in ours] + [
        f'relation "{name}" does not exist' for name in ours
    ]
    return not any(said.startswith(one) or said == one for one in lost)


def _first_line(error: DBAPIError) -> str:
    text = str(error.orig).strip()
    return text.splitlines()[0] if text else type(error.orig).__name__
