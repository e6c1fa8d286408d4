"""The year of a text that states no day of its publication, and of days that are written without their year."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Final

from streams.extract.dates_calendar import Period, day_of, safe_date
from streams.extract.dates_grammar import MONTH, MONTHS, WEEKDAYS

MIDDLE: Final = 7  # the month from which every day of a year is nearest in that year
WORKDAYS: Final = timedelta(days=4)  # from the first to the last
WEEK: Final = timedelta(days=6)
SHORT: Final = timedelta(days=31)  # a range of days that is as good as one
NEAR: Final = timedelta(days=14)  # what lies so near the publication is meant itself
YEAR: Final = re.compile(r"(?:19|20)\d\d|\byear\b")
DAYS_OF_ATTACKS: Final = {(10, 7): 2023, (9, 11): 2001}  # which texts name without their year
ATTACK: Final = re.compile(r"(?:th)?,?\s(?:terror(?:ist)?\s)?(?:attacks?|massacres?|atrocities|pogrom)\b")
DATED_WEEKDAY: Final = re.compile(
    rf"\b(?P<w>{'|'.join(WEEKDAYS)}),?\s(?:the\s)?"
    rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m1>{MONTH})|(?P<m2>{MONTH})\s(?P<d2>\d{{1,2}}))(?![\w,]*,?\s\d{{4}})"
)


def year_known(text: str, found: Sequence[Period | None]) -> date | None:
    """The middle of the year in which a text without day of publication was written, where the text settles it."""
    known = [p for p in found if p]
    if len(known) == len(found):
        return None
    full = {p.start.year: p.start for p in known if p.granularity == "day" or _is_short(p)}
    settled = next(iter(full.values())) if len(full) == 1 else _by_weekday(text, known)
    return settled.replace(month=MIDDLE, day=1) if settled else None


def day_of_week(week: Period, name: str) -> Period | None:
    """The day of that name in the week that a review covers: "Tuesday" in "6–12 October 2025"."""
    fitting = [d for d in (week.start + timedelta(days=n) for n in range(7)) if d.weekday() == WEEKDAYS[name]]
    whole = week.end - week.start
    return day_of(fitting[0]) if WORKDAYS <= whole <= WEEK and fitting[0] <= week.end else None


def _is_short(period: Period) -> bool:
    return period.granularity == "range" and period.end - period.start <= SHORT


def _by_weekday(text: str, known: Sequence[Period]) -> date | None:
    """The one year near those that the text names in which "Thursday, 12 June" is a Thursday."""
    named = {day.year for p in known for day in (p.start, p.end)}
    near = {year + step for year in named for step in (-1, 0, 1)}
    for m in DATED_WEEKDAY.finditer(text.lower()):
        month, day = MONTHS[(m["m1"] or m["m2"])[:3]], int(m["d1"] or m["d2"])
        days = [d for year in near if (d := safe_date(year, month, day))]
        fitting = [d for d in days if d.weekday() == WEEKDAYS[m["w"]]]
        if len(fitting) == 1:
            return fitting[0]
    return None


def year_recalled(
    low: str, start: int, end: int, day: date, full: Collection[date], published: date | None
) -> int | None:
    """The year of a day at start..end that is written without one: that with which the text names it elsewhere.

    What lies near the publication is meant itself. `low` is in lower case; `full` are the days that the text names with a year.
    """
    if YEAR.search(low, start, end):
        return None
    known = DAYS_OF_ATTACKS.get((day.month, day.day))
    if known and ATTACK.match(low, end) and (published is None or published >= day.replace(year=known)):
        return known
    if published is None or abs(published - day) <= NEAR:
        return None
    years = {other.year for other in full if (other.month, other.day) == (day.month, day.day)}
    return next(iter(years)) if len(years) == 1 else None
