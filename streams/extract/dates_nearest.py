"""The year of a period: the one that words state, else which of those around the day of publication fits."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from streams.extract import dates_calendar as calendar
from streams.extract.dates_calendar import Period
from streams.extract.dates_tense import Context, is_since, tense

NEARLY: Final = 45  # days by which "will" may be stale, and "was" written ahead
SAME_YEAR: Final = 240  # days up to which a date without tense belongs to the year of publication


def year_of_words(words: str | None, context: Context) -> int | None:
    """The year that "2024", "of this year" or "last year" names; None where nothing settles it."""
    if not words:
        return None
    digits = re.search(r"\d{4}", words)
    if digits:
        return int(digits[0])
    if "same" in words or "that" in words:
        return context.previous.start.year if context.previous else None
    if context.published is None:
        return None
    shift = 1 if "next" in words or "coming" in words else -1 if "last" in words or "previous" in words else 0
    return context.published.year + shift


def year_or_own(words: str, context: Context) -> int | None:
    found = year_of_words(words, context)
    return found or (context.published.year if context.published and "year" in words else None)


def nearest(candidates: list[Period], context: Context) -> Period | None:
    """The candidate that the tense of the sentence and the day of publication suggest."""
    anchor = context.published
    if anchor is None or not candidates:
        return None
    way = tense(context)
    slack = timedelta(days=NEARLY if all(c.granularity == "day" for c in candidates) else NEARLY // 2)
    if way > 0:
        candidates = [c for c in candidates if c.end >= anchor - slack] or candidates
    elif way < 0:
        candidates = [
            c for c in candidates if c.start <= anchor + (timedelta() if is_since(context) else slack)
        ] or candidates
    same = [c for c in candidates if c.start.year == anchor.year]
    if way == 0 and same and abs((same[0].start - anchor).days) <= SAME_YEAR:
        return same[0]
    inside = [c for c in candidates if c.start <= anchor <= c.end]
    if inside:
        return inside[0]
    return min(candidates, key=lambda c: abs((c.start - anchor).days))


def around(context: Context, make: Callable[[int], Period | None]) -> Period | None:
    """A period without year: the one of the years around publication that fits."""
    if context.published is None:
        return None
    year = context.published.year
    return nearest([p for y in (year, year - 1, year + 1) if (p := make(y))], context)


def single(year: int | None, month: int, day: int, context: Context) -> Period | None:
    def make(y: int) -> Period | None:
        found = calendar.safe_date(y, month, day)
        return calendar.day_of(found) if found else None

    return make(year) if year else around(context, make)
