"""Many rows at once, on both databases: COPY on PostgreSQL, executemany on SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, TypeVar

import psycopg
import sqlalchemy as sa

T = TypeVar("T")
CHUNK = 2000


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Split `values` so that no statement has more parameters than a driver takes."""
    rest = list(values)
    for at in range(0, len(rest), size):
        yield rest[at : at + size]


def insert(connection: sa.Connection, table: sa.Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert `rows` (values in column order) that do not stand there yet."""
    if not rows:
        return
    names = [connection.dialect.identifier_preparer.quote(c.name) for c in table.columns]
    target = f"{connection.dialect.identifier_preparer.quote(table.name)} ({', '.join(names)})"
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {target} FROM STDIN", rows)
        return
    marks = ", ".join("?" * len(names))
    connection.exec_driver_sql(
        f"INSERT INTO {target} VALUES ({marks})", [tuple(_plain(v) for v in row) for row in rows]
    )


def _copy(connection: sa.Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Send `rows` by COPY; a driver's error comes as SQLAlchemy's, like that of every other statement."""
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:
        raise sa.exc.DBAPIError.instance(
            statement, None, error, psycopg.Error, dialect=connection.dialect
        ) from error


def _plain(value: Any) -> Any:
    return format(value, "f") if isinstance(value, Decimal) else value


def upsert(
    connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]], *, keep: bool = False
) -> None:
    """Insert `rows` or update those whose primary key stands there (`keep`: leave these as they are)."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as dialect_insert  # noqa: PLC0415
    else:
        from sqlalchemy.dialects.sqlite import insert as dialect_insert  # type: ignore[assignment]  # noqa: PLC0415
    statement = dialect_insert(table)
    keys = [c.name for c in table.primary_key.columns]
    others = {n: statement.excluded[n] for n in rows[0] if n not in keys}
    statement = (
        statement.on_conflict_do_nothing(index_elements=keys)
        if keep or not others
        else statement.on_conflict_do_update(index_elements=keys, set_=others)
    )
    connection.execute(statement, list(rows))


def delete(connection: sa.Connection, column: sa.Column[Any], values: Iterable[Any]) -> None:
    """Delete the rows of a column's table where it has one of `values`."""
    for some in chunks(values):
        connection.execute(sa.delete(column.table).where(column.in_(some)))
