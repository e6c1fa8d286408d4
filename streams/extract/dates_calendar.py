"""Periods of the calendar: what a date expression means, as first and last day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from streams.closed_sets import Granularity


class Period(NamedTuple):
    """First and last day, both inclusive."""

    start: date
    end: date
    granularity: Granularity


def safe_date(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none (30 February)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_of(day: date) -> Period:
    return Period(day, day, "day")


def days(start: date, end: date) -> Period | None:
    """From day to day; None if the range runs backwards."""
    if end < start:
        return None
    return Period(start, end, "range") if end > start else day_of(start)


def month_of(year: int, month: int) -> Period:
    """A month; `month` may run over the ends of the year (0 is the December before)."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def months(first: Period, last: Period) -> Period | None:
    if last.end < first.start:
        return None
    return Period(first.start, last.end, "range")


def quarter_of(year: int, quarter: int) -> Period:
    start, end = month_of(year, 3 * quarter - 2), month_of(year, 3 * quarter)
    return Period(start.start, end.end, "quarter")


def half_of(year: int, half: int) -> Period:
    return Period(month_of(year, 6 * half - 5).start, month_of(year, 6 * half).end, "range")


def year_of(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), "year")


def years(first: int, last: int) -> Period | None:
    return Period(date(first, 1, 1), date(last, 12, 31), "range") if first < last else None


def week_of(day: date) -> Period:
    """Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6), "range")


def months_back(day: date, count: int) -> date:
    """The same day of the month `count` months earlier, or that month's last day."""
    whole = month_of(day.year, day.month - count)
    return date(whole.start.year, whole.start.month, min(day.day, whole.end.day))


def shifted(period: Period, shift: int) -> Period | None:
    """The same period `shift` years later (29 February becomes 28 February)."""

    def move(day: date) -> date | None:
        return safe_date(day.year + shift, day.month, day.day) or safe_date(day.year + shift, day.month, 28)

    start, end = move(period.start), move(period.end)
    return Period(start, end, period.granularity) if start and end else None
