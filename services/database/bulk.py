"""Many rows at once, on both databases: COPY on PostgreSQL, many rows a statement on SQLite; many keys as one value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import import_module
from itertools import chain
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeDecorator, TypeEngine

Row = tuple[Any, ...]
# Rows in one statement, from the most: after each statement SQLite writes what the full-text index has gathered.
SQLITE_ROWS: Final = (64, 16, 4, 1)


class _Keys(TypeDecorator[list[str]]):
    """Many texts as one parameter: an array on PostgreSQL, JSON on SQLite."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        array = dialect.name == "postgresql"
        return dialect.type_descriptor(sa.ARRAY(sa.Text()) if array else sa.Text())

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> Any:
        return value if dialect.name == "postgresql" else msgspec.json.encode(value).decode()


class _Among(FunctionElement[bool]):
    """`column` has one of the keys: a statement that is compiled and planned once, however many they are."""

    type = sa.Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> _Among:
        """Stand in a WHERE as it is: SQLAlchemy would write `= 1` behind it, and SQLite use no index."""
        return self


@compiles(_Among, "postgresql")
def _among_postgresql(element: _Among, compiler: SQLCompiler, **how: Any) -> str:
    column, keys = (compiler.process(part, **how) for part in element.clauses)
    return f"{column} = ANY ({keys})"


@compiles(_Among, "sqlite")
def _among_sqlite(element: _Among, compiler: SQLCompiler, **how: Any) -> str:
    column, keys = (compiler.process(part, **how) for part in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({keys}))"


def among(column: sa.ColumnElement[str], values: Iterable[str]) -> sa.ColumnElement[bool]:
    """Return the condition that `column` has one of `values`, of which there may be any number."""
    return _Among(column, sa.bindparam(None, list(values), type_=_Keys(), unique=True))


def insert(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert `rows` (values in column order) that do not stand there yet."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, _statement(table, "COPY {} ({}) FROM STDIN"), rows)
        return
    done = 0
    for size in SQLITE_ROWS:
        statement = _values(table, size)
        while len(rows) - done >= size:
            connection.exec_driver_sql(statement, tuple(chain.from_iterable(rows[done : done + size])))
            done += size


@lru_cache(maxsize=256)
def _statement(table: sa.Table, form: str) -> str:
    return form.format(f'"{table.name}"', ", ".join(f'"{column.name}"' for column in table.columns))


@lru_cache(maxsize=256)
def _values(table: sa.Table, rows: int) -> str:
    one = f"({', '.join('?' * len(table.columns))})"
    return _statement(table, f"INSERT INTO {{}} ({{}}) VALUES {', '.join([one] * rows)}")


def _copy(connection: sa.Connection, statement: str, rows: Sequence[Row]) -> None:
    """Send `rows` by COPY; a driver's error comes as SQLAlchemy's, like that of every other statement."""
    import psycopg  # noqa: PLC0415 (not needed with SQLite)

    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:
        raise sa.exc.DBAPIError.instance(
            statement, None, error, psycopg.Error, dialect=connection.dialect
        ) from error


def upsert(
    connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]], *, keep: bool = False
) -> None:
    """Insert `rows` or update those whose primary key stands there (`keep`: leave these as they are)."""
    if not rows:
        return
    statement: Any = import_module(f"sqlalchemy.dialects.{connection.dialect.name}").insert(table)
    keys = [c.name for c in table.primary_key.columns]
    others = {n: statement.excluded[n] for n in rows[0] if n not in keys}
    statement = (
        statement.on_conflict_do_nothing(index_elements=keys)
        if keep or not others
        else statement.on_conflict_do_update(index_elements=keys, set_=others)
    )
    connection.execute(statement, list(rows))


def update(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Set the columns that `rows` name in those with the same primary key."""
    if not rows:
        return
    keys = {c.name: f"key_{c.name}" for c in table.primary_key.columns}
    statement = sa.update(table).where(*(table.c[n] == sa.bindparam(p) for n, p in keys.items()))
    values: dict[str, Any] = {n: sa.bindparam(n) for n in rows[0] if n not in keys}
    connection.execute(
        statement.values(values), [{keys.get(n, n): v for n, v in row.items()} for row in rows]
    )


def delete(connection: sa.Connection, column: sa.Column[Any], values: Iterable[str]) -> None:
    """Delete the rows of a column's table where it has one of `values`."""
    if some := list(values):
        connection.execute(sa.delete(column.table).where(among(column, some)))
