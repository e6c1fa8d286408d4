"""Which days can be true: none of those that software writes when it knows none, none of the future."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

_EARLIEST: Final = 1800
_LATEST: Final = date(2050, 1, 1)  # only where no fetch time bounds it
# What software writes when it knows no date.
_UNSET: Final = frozenset(
    date.fromisoformat(d)
    for d in ("1969-12-31", "1970-01-01", "1970-01-02", "1900-01-01", "1899-12-30", "1904-01-01")
)


def latest_day(fetched_at: str) -> date:
    """The latest day that can be true: a day and a half after the observation, whose own time zone differs."""
    seen = date.fromisoformat(fetched_at[:10])
    return seen + timedelta(days=1) if seen.year > 1970 else _LATEST


def is_credible(day: date, latest: date) -> bool:
    return day.year >= _EARLIEST and day not in _UNSET and day <= latest
