"""Column types of the migrations, right on both databases, independent of today's code."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa


def utc_time() -> sa.types.TypeEngine[Any]:
    """A moment: `timestamptz` on PostgreSQL, ISO text with microseconds and `Z` on SQLite."""
    return sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def day() -> sa.types.TypeEngine[Any]:
    """A calendar day: `date` on PostgreSQL, `YYYY-MM-DD` on SQLite."""
    return sa.Text().with_variant(sa.Date(), "postgresql")


def decimal() -> sa.types.TypeEngine[Any]:
    """An exact decimal: NUMERIC without a fixed scale on both."""
    return sa.Numeric()


def one_of(column: str, *values: str) -> str:
    """A check that `column` has one of `values`, or null.

    Not `IN`: SQLite builds the list anew for each row that is inserted, which took two thirds of the time.
    """
    return " OR ".join(f"\"{column}\" = '{value}'" for value in values)
