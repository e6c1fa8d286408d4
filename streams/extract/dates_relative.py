"""Dates that lean on the day of publication or on the day named before them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from streams.extract import dates_calendar as calendar
from streams.extract.dates_calendar import Period
from streams.extract.dates_grammar import COUNTS, WEEKDAYS
from streams.extract.dates_tense import Context, tense

Match = re.Match[str]
LONGEST_MEMORY: Final = 5  # "the past fifty years" is an age, not a period
IN_BRACKETS: Final = re.compile(r"\s?\((?:the )?(?P<d>\d{1,2})(?:st|nd|rd|th)?\)")  # "today (16)"
SAME: Final = re.compile(r"\b(?:today|tomorrow|yesterday),? \(?$")  # "tomorrow, Saturday"
THROUGHOUT: Final = re.compile(r"\b(?:over|throughout) the $")  # "over the last year": of no calendar
RECENT: Final = 14  # days from a day named to a "four days earlier" that leans on it
NEAR: Final = 5  # days between the day in brackets and that of publication
FAR: Final = 45  # days to a weekday of which the day of its month is told
COUNT_WORDS: Final = {**COUNTS, "a": 1, "eighteen": 18, "twenty": 20, "thirty": 30}


def count_of(word: str) -> int:
    return int(word) if word.isdigit() else COUNT_WORDS[word]


def around_today(shift: int) -> Callable[[Match, Context], Period | None]:
    def resolve(_: Match, context: Context) -> Period | None:
        if context.published is None:
            return None
        day = context.published + timedelta(days=shift)
        named = IN_BRACKETS.match(context.after)
        return calendar.day_of((named and _nearest(day, int(named["d"]))) or day)

    return resolve


def _nearest(day: date, of_month: int) -> date | None:
    """The day that is the `of_month`th of its month and close to `day`."""
    around = (day + timedelta(days=n) for n in sorted(range(-NEAR, NEAR + 1), key=abs))
    return next((d for d in around if d.day == of_month), None)


def after_previous(shift: int) -> Callable[[Match, Context], Period | None]:
    def resolve(_: Match, context: Context) -> Period | None:
        named = context.previous
        day = named.start if named and named.granularity == "day" else context.published if shift else None
        return calendar.day_of(day + timedelta(days=shift)) if day else None

    return resolve


def days_later(m: Match, context: Context) -> Period | None:
    """Days after or before the day named last: "in Kyiv on 4 February, and in Warsaw three days later"."""
    named, today = context.previous, context.published
    day = named.start if named and named.granularity == "day" else None
    if m["w"] == "earlier" and today and (day is None or today - day > timedelta(days=RECENT)):
        day = today
    if day is None:
        return None
    return calendar.day_of(day + timedelta(days=count_of(m["n"]) * (1 if m["w"] == "later" else -1)))


def weekday(m: Match, context: Context) -> Period | None:
    if context.published is None:
        return None
    if (
        SAME.search(context.before)
        and context.previous
        and context.previous.start.weekday() == WEEKDAYS[m["w"]]
    ):
        return context.previous
    which = (m.groupdict().get("r") or "").strip()
    today = context.published.weekday()
    ahead = (WEEKDAYS[m["w"]] - today) % 7
    way = tense(context) if which in {"", "this"} else 0
    future = which in {"next", "coming"} or way > 0 or (which == "this" and not way and ahead < 7 - today)
    if which == "next" and ahead == 0:
        ahead = 7
    if not future:
        ahead = ahead - 7 if ahead or which == "last" else 0
    return calendar.day_of(context.published + timedelta(days=ahead))


def weekday_of_week(m: Match, context: Context) -> Period | None:
    """A day of this week, the next or the last: "Thursday next week"."""
    if context.published is None:
        return None
    monday = _unit_of(context.published, "week", {"last": -1, "next": 1}.get(m["r"], 0)).start
    return calendar.day_of(monday + timedelta(days=WEEKDAYS[m["w"]]))


def weekday_number(m: Match, context: Context) -> Period | None:
    """The nearest day that is both the weekday and the day of its month: "Tuesday 21"."""
    if context.published is None:
        return None
    around = (context.published + timedelta(days=n) for n in sorted(range(-FAR, FAR + 1), key=abs))
    found = next((d for d in around if d.day == int(m["d"]) and d.weekday() == WEEKDAYS[m["w"]]), None)
    return calendar.day_of(found) if found else None


def weekdays(m: Match, context: Context) -> Period | None:
    """Monday and Tuesday: the second day is where its tense puts it, the first comes before it."""
    first, last = WEEKDAYS[m["w"]], WEEKDAYS[m["w2"]]
    if context.published is None:
        return None
    way = tense(context)
    ahead = (last - context.published.weekday()) % 7
    end = context.published + timedelta(days=ahead if way > 0 or not ahead else ahead - 7)
    start = end - timedelta(days=(last - first) % 7)
    if way > 0 and start < context.published and (context.published - start).days > 1:
        start, end = start + timedelta(weeks=1), end + timedelta(weeks=1)
    return calendar.days(start, end)


def end_of(m: Match, context: Context) -> Period | None:
    """The last day of the week, month, quarter or year of publication."""
    if context.published is None:
        return None
    return calendar.day_of(_unit_of(context.published, m["u"], 0).end)


def _back(day: date, count: int, unit: str) -> date:
    if unit.startswith("day"):
        return day - timedelta(days=count)
    if unit.startswith("week"):
        return day - timedelta(weeks=count)
    return calendar.months_back(day, count * {"m": 1, "y": 12, "d": 120}[unit[0]])


def last_units(m: Match, context: Context) -> Period | None:
    if context.published is None:
        return None
    count = count_of(m["n"])
    if "decade" in m["u"] or ("year" in m["u"] and count > LONGEST_MEMORY):
        return None
    start = _back(context.published, count, m["u"])
    return calendar.days(start, context.published)


def next_units(m: Match, context: Context) -> Period | None:
    day, count = context.published, count_of(m["n"])
    if day is None or "decade" in m["u"] or ("year" in m["u"] and count > LONGEST_MEMORY):
        return None
    if m["u"].startswith("day"):
        return calendar.days(day, day + timedelta(days=count))
    if m["u"].startswith("week"):
        return calendar.days(day, day + timedelta(weeks=count))
    return calendar.days(day, calendar.months_back(day, -count * (12 if m["u"].startswith("year") else 1)))


def ago(m: Match, context: Context) -> Period | None:
    """Days and weeks ago name a day or week, months and years ago a month or year."""
    if context.published is None:
        return None
    count = count_of(m["n"])
    if m["u"][0] in "yd" and not m["u"].startswith("day") and count > LONGEST_MEMORY:
        return None
    day = _back(context.published, count, m["u"])
    if m["u"].startswith("day"):
        return calendar.day_of(day)
    if m["u"].startswith("week"):
        return calendar.week_of(day)
    return (
        calendar.month_of(day.year, day.month) if m["u"].startswith("month") else calendar.year_of(day.year)
    )


def weekend(m: Match, context: Context) -> Period | None:
    if context.published is None:
        return None
    saturday = calendar.week_of(context.published).start + timedelta(days=5)
    which, way = m["r"], tense(context)
    ahead = way > 0 or which in {"next", "coming"} or (which == "this" and way == 0)
    if which == "next":
        saturday += timedelta(weeks=1)
    elif which in {"last", "past"} or (not ahead and saturday > context.published):
        saturday -= timedelta(weeks=1)
    return calendar.days(saturday, saturday + timedelta(days=1))


def which_unit(m: Match, context: Context) -> Period | None:
    day, which, unit = context.published, m["r"], m["u"]
    if day is None or which in {"same", "following"} or (unit, which) == ("year", "past"):
        return None
    if THROUGHOUT.search(context.before) and which in {"last", "next", "coming"}:
        return None
    if which == "past":
        return calendar.days(
            _back(day, 3 if unit == "quarter" else 1, "month" if unit == "quarter" else unit), day
        )
    return _unit_of(
        day, unit, {"last": -1, "previous": -1, "next": 1, "coming": 1, "upcoming": 1}.get(which, 0)
    )


def _unit_of(day: date, unit: str, shift: int) -> Period:
    """The week, month, quarter or year `shift` units from that of `day`."""
    if unit == "week":
        return calendar.week_of(day + timedelta(weeks=shift))
    if unit == "month":
        return calendar.month_of(day.year, day.month + shift)
    if unit == "quarter":
        quarter = (day.month - 1) // 3 + shift
        return calendar.quarter_of(day.year + quarter // 4, quarter % 4 + 1)
    return calendar.year_of(day.year + shift)
