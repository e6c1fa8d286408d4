"""Column types and constraints that mean the same on SQLite and PostgreSQL.

In Python, times and dates are the ISO strings of the records (`YYYY-MM-DDTHH:MM:SS.ffffffZ`,
`YYYY-MM-DD`); PostgreSQL stores them as `timestamptz` and `date`, SQLite as that text.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, get_args

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine


class UtcTime(TypeDecorator[str]):
    """A moment in UTC, as an ISO string with microseconds and `Z`."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(sa.DateTime(timezone=True))
        return dialect.type_descriptor(sa.Text())

    def bind_processor(self, dialect: Dialect) -> Any:
        if dialect.name != "postgresql":
            return None
        return lambda value: None if value is None else dt.datetime.fromisoformat(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        if dialect.name != "postgresql":
            return None
        return lambda value: None if value is None else iso_time(value)


class Day(TypeDecorator[str]):
    """A calendar day, as `YYYY-MM-DD`."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(sa.Date())
        return dialect.type_descriptor(sa.Text())

    def bind_processor(self, dialect: Dialect) -> Any:
        if dialect.name != "postgresql":
            return None
        return lambda value: None if value is None else dt.date.fromisoformat(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        if dialect.name != "postgresql":
            return None
        return lambda value: None if value is None else value.isoformat()


class ExactDecimal(TypeDecorator[Decimal]):
    """An exact decimal: NUMERIC on both; SQLite keeps up to 15 digits exactly, longer ones as text."""

    impl = sa.Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(sa.Numeric())
        return dialect.type_descriptor(sa.NUMERIC())

    def bind_processor(self, dialect: Dialect) -> Any:
        if dialect.name == "postgresql":
            return None
        return lambda value: None if value is None else format(value, "f")

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return lambda value: None if value is None else Decimal(str(value))


def iso_time(moment: dt.datetime) -> str:
    """Write `moment` as the records do: UTC, microseconds, `Z`."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def now() -> str:
    """Say what time it is, as the records do."""
    return iso_time(dt.datetime.now(dt.UTC))


def one_of(column: str, literal: Any) -> sa.CheckConstraint:
    """Constrain `column` to the values of a closed set (a `Literal`); null stays allowed where it is."""
    text = " OR ".join(f"\"{column}\" = '{value}'" for value in get_args(literal))
    return sa.CheckConstraint(text, name=f"{column}_known")
