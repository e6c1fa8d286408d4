"""Seasons and feasts as dates: "this autumn", "in the spring", "on Christmas Eve"."""

from __future__ import annotations

import re
from typing import Final

from streams.extract import dates_calendar as calendar
from streams.extract.dates_calendar import Period
from streams.extract.dates_nearest import around, single, year_or_own
from streams.extract.dates_tense import Context, tense

Match = re.Match[str]
FEASTS: Final = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26), "new year's day": (1, 1),
    "new year's eve": (12, 31), "europe day": (5, 9),
}  # fmt: skip
SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def season(m: Match, context: Context) -> Period | None:
    """Spring 2026: three months, of the northern half."""
    year, first = year_or_own(m["y"], context), SEASONS[m["s"]]
    if year is None:
        return None
    return calendar.months(calendar.month_of(year, first), calendar.month_of(year, first + 2))


def _season_of(year: int, season: str) -> Period | None:
    first = calendar.month_of(year, SEASONS[season])
    return calendar.months(first, calendar.month_of(year, SEASONS[season] + 2))


def which_season(m: Match, context: Context) -> Period | None:
    """Last summer is the latest that is over, next summer the first to begin, this one that of the year."""
    day = context.published
    if day is None:
        return None
    around_it = [p for year in (day.year - 1, day.year, day.year + 1) if (p := _season_of(year, m["s"]))]
    which = m["r"].split()[-1]
    if which in {"last", "past"}:
        return max((p for p in around_it if p.end < day), default=None)
    if which in {"next", "coming"}:
        return min((p for p in around_it if p.start > day), default=None)
    return min(around_it, key=lambda p: 0 if p.start <= day <= p.end else 1 + (p.start.year != day.year))


def season_alone(m: Match, context: Context) -> Period | None:
    """A season without year, if the sentence says whether it is to come or was: "the next review is due in the fall"."""
    return around(context, lambda year: _season_of(year, m["s"] or m["fall"])) if tense(context) else None


def feast(m: Match, context: Context) -> Period | None:
    month, day = FEASTS[m["f"].replace("’", "'")]
    return single(int(m["y"]) if m["y"] else None, month, day, context)
