"""What a date expression means: each form of the grammar to a period of the calendar, or None."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from streams.extract import dates_calendar as calendar
from streams.extract import dates_relative as relative
from streams.extract import dates_seasons as seasons
from streams.extract.dates_calendar import Period
from streams.extract.dates_grammar import MONTH, MONTHS, ORDINAL_DAYS, ORDINALS
from streams.extract.dates_nearest import around, single, year_of_words, year_or_own
from streams.extract.dates_relative import count_of
from streams.extract.dates_tense import Context, tense

Match = re.Match[str]
LISTED_DAY: Final = re.compile(
    rf",? (?:and|&) (?:on )?(?:\d{{1,2}} (?P<m>{MONTH})|(?P<m2>{MONTH}) \d{{1,2}}),? (?P<y>(?:19|20)\d\d)\b"
)


def month_number(word: str) -> int:
    return MONTHS[word[:3]]


def day_number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def _span(
    first: tuple[int | None, int, int], last: tuple[int | None, int, int], context: Context
) -> Period | None:
    def make(y: int) -> Period | None:
        end = calendar.safe_date(last[0] or y, last[1], last[2])
        year = first[0] or (end.year if end else y)
        start = calendar.safe_date(year, first[1], first[2])
        if start and end and start > end and not first[0]:
            start = calendar.safe_date(year - 1, first[1], first[2])  # "28 December to 3 January 2024"
        return calendar.days(start, end) if start and end else None

    return make(last[0]) if last[0] else around(context, make)


def _iso(m: Match, _: Context) -> Period | None:
    found = calendar.safe_date(int(m["y"]), int(m["m"]), int(m["d"]))
    return calendar.day_of(found) if found else None


def _numeric(m: Match, context: Context) -> Period | None:
    first, second = int(m["a"]), int(m["b"])
    swap = second > 12 or (context.us_order and first <= 12)
    day, month = (second, first) if swap else (first, second)
    found = calendar.safe_date(int(m["y"]), month, day)
    return calendar.day_of(found) if found else None


def _short(m: Match, context: Context) -> Period | None:
    """Day, month and the last two digits of the year: "05.03.25"."""
    first, second = int(m["a"]), int(m["b"])
    day, month = (second, first) if context.us_order and first <= 12 else (first, second)
    found = calendar.safe_date(2000 + int(m["y"]), month, day)
    return calendar.day_of(found) if found else None


def _day_of_month(m: Match, context: Context) -> Period | None:
    """A day of this month or another: "the 10th of this month", "the 17th"."""
    day, which = day_number(m["d"]), m.groupdict().get("r") or "this"
    named = context.previous.start if context.previous else context.published
    start = named if which == "same" else context.published
    if start is None:
        return None
    shift = {"next": 1, "last": -1}.get(which, 0)
    if m.groupdict().get("r") or "inst" in m[0]:
        months = [shift]
    else:
        months = [0, 1] if tense(context) > 0 else [0, -1]
    found = [
        calendar.day_of(when)
        for month in months
        if (first := calendar.month_of(start.year, start.month + month).start)
        and (when := calendar.safe_date(first.year, first.month, day))
    ]
    way = tense(context) if len(months) > 1 else 0
    right = [p for p in found if (p.end >= start if way > 0 else p.start <= start)] if way else found
    return next(iter(right or found), None)


def _ordinal_day(m: Match, context: Context) -> Period | None:
    return single(year_of_words(m["y"], context), month_number(m["m"]), ORDINAL_DAYS[m["d"]], context)


def _week_of_month(m: Match, context: Context) -> Period | None:
    """The second week of October: the 8th to the 14th; the last one: its last seven days."""
    month = _month(m, context)
    if month is None:
        return None
    number = ORDINALS.get(m["o"]) or int(m["o"][0])
    if number < 0:
        return calendar.days(month.end - timedelta(days=6), month.end)
    first = month.start + timedelta(weeks=number - 1)
    return calendar.days(first, first + timedelta(days=6))


def _which_month(m: Match, context: Context) -> Period | None:
    """Last June is the latest that is over, next June the first to come, this June that of the year."""
    day, month = context.published, month_number(m["m"])
    if day is None:
        return None
    which = m["r"].split()[-1]
    year = day.year
    if which in {"last", "past"} and month >= day.month:
        year -= 1
    if which in {"next", "coming"} and month <= day.month:
        year += 1
    return calendar.month_of(year, month)


def _week_of(m: Match, context: Context) -> Period | None:
    """The week in which a day lies: "the week of 16 December"."""
    day, month = day_number(m["d1"] or m["d2"]), month_number(m["m1"] or m["m2"])
    found = single(year_of_words(m["y"], context), month, day, context)
    return calendar.week_of(found.start) if found else None


def _end_of_year(m: Match, context: Context) -> Period | None:
    """The last day of a year, as "the end of the year" is."""
    year = year_of_words(m["y"], context)
    return calendar.day_of(date(year, 12, 31)) if year else None


def _part_alone(m: Match, context: Context) -> Period | None:
    """A quarter or half without year is of the year that fits the tense of its sentence."""
    part = ORDINALS.get(m["o"]) or int(m["o"][0])
    if m["p"] == "quarter":
        return around(context, lambda year: calendar.quarter_of(year, part))
    return around(context, lambda year: calendar.half_of(year, part)) if part <= 2 else None


def _fiscal(m: Match, _: Context) -> Period | None:
    return _years(m, _) if m["y2"] else calendar.year_of(int(m["y1"]))


def _two_months(m: Match, context: Context) -> Period | None:
    year = year_of_words(m["y"], context)
    early = int(m["y1"]) if m["y1"] else None
    first = (early, month_number(m["m1"]), day_number(m["d1"]))
    return _span(first, (year or early, month_number(m["m2"]), day_number(m["d2"])), context)


def _days_of_month(m: Match, context: Context) -> Period | None:
    year, month = year_of_words(m["y"], context), month_number(m["m"])
    return _span((year, month, day_number(m["d1"])), (year, month, day_number(m["d2"])), context)


def _year_listed(month: int, after: str) -> int | None:
    """A day without year takes that of the one it is listed with: "on 6 April and 18 July 2023"."""
    found = LISTED_DAY.match(after)
    return int(found["y"]) - (month > month_number(found["m"] or found["m2"])) if found else None


def _day(m: Match, context: Context) -> Period | None:
    month = month_number(m["m"])
    year = year_of_words(m["y"], context) if m["y"] else _year_listed(month, context.after)
    return single(year, month, day_number(m["d"]), context)


def _months(m: Match, context: Context) -> Period | None:
    first, last = month_number(m["m1"]), month_number(m["m2"])
    year = year_of_words(m["y"], context)

    def make(y: int) -> Period | None:
        early = int(m["y1"]) if m["y1"] else y - (first > last)
        return calendar.months(calendar.month_of(early, first), calendar.month_of(y, last))

    return make(year) if year else around(context, make)


def _month(m: Match, context: Context) -> Period | None:
    year, month = year_of_words(m["y"], context), month_number(m["m"])
    return calendar.month_of(year, month) if year else around(context, lambda y: calendar.month_of(y, month))


def _years(m: Match, _: Context) -> Period | None:
    first = int(m["y1"])
    last = int(m["y2"]) if len(m["y2"]) == 4 else first // 100 * 100 + int(m["y2"])
    return calendar.years(first, last)


def _decade(m: Match, _: Context) -> Period | None:
    return calendar.years(int(m["y"]), int(m["y"]) + 9)


def _year(m: Match, _: Context) -> Period | None:
    return calendar.year_of(int(m["y"]))


def _same_period(_: Match, context: Context) -> Period | None:
    return calendar.shifted(context.previous, -1) if context.previous else None


def _same_period_of(m: Match, context: Context) -> Period | None:
    if not context.previous:
        return None
    return calendar.shifted(context.previous, int(m["y"]) - context.previous.start.year)


def _same_unit(m: Match, context: Context) -> Period | None:
    if not context.previous:
        return None
    day = context.previous.start
    return calendar.year_of(day.year) if m["u"] == "year" else calendar.month_of(day.year, day.month)


def _first_months(m: Match, context: Context) -> Period | None:
    year, count = year_or_own(m["y"], context), count_of(m["n"])
    if year is None or not 1 <= count <= 12:
        return None
    first, last = (1, count) if m["o"] == "first" else (13 - count, 12)
    return calendar.months(calendar.month_of(year, first), calendar.month_of(year, last))


def _part_of_year(m: Match, context: Context) -> Period | None:
    year = year_or_own(m["y"], context)
    part = ORDINALS.get(m["o"]) or int(m["o"][0])
    whole = 4 if m["p"] == "quarter" else 2
    part = whole if part < 0 else part
    if year is None or part > whole:
        return None
    return calendar.quarter_of(year, part) if whole == 4 else calendar.half_of(year, part)


def _code_of_year(m: Match, context: Context) -> Period | None:
    year, part = year_or_own(m["y"], context), int(m["p"][1])
    if year is None:
        return None
    return calendar.quarter_of(year, part) if m["p"][0] == "q" else calendar.half_of(year, part)


def _year_before(_: Match, context: Context) -> Period | None:
    return calendar.year_of(context.previous.start.year - 1) if context.previous else None


RESOLVERS: Final[dict[str, Callable[[Match, Context], Period | None]]] = {
    "iso": _iso,
    "numeric": _numeric,
    "short": _short,
    "day_of_month": _day_of_month,
    "day_alone": _day_of_month,
    "ordinal_day": _ordinal_day,
    "week_of_month": _week_of_month,
    "which_month": _which_month,
    "fiscal": _fiscal,
    "end_of": relative.end_of,
    "end_of_year": _end_of_year,
    "week_of": _week_of,
    "part_alone": _part_alone,
    "day_month_range": _two_months,
    "days_month": _days_of_month,
    "day_month": _day,
    "years": _years,
    "decade": _decade,
    "year": _year,
    "month_day_range": _two_months,
    "month_days": _days_of_month,
    "month_day": _day,
    "months": _months,
    "month": _month,
    "weekday": relative.weekday,
    "weekdays": relative.weekdays,
    "weekday_of_week": relative.weekday_of_week,
    "weekday_number": relative.weekday_number,
    "which_weekday": relative.weekday,
    "today": relative.around_today(0),
    "yesterday": relative.around_today(-1),
    "tomorrow": relative.around_today(1),
    "before_yesterday": relative.around_today(-2),
    "after_tomorrow": relative.around_today(2),
    "same_period": _same_period,
    "same_period_of": _same_period_of,
    "same_day": relative.after_previous(0),
    "day_before": relative.after_previous(-1),
    "day_after": relative.after_previous(1),
    "same_year": _same_unit,
    "first_months": _first_months,
    "part_of_year": _part_of_year,
    "code_of_year": _code_of_year,
    "season": seasons.season,
    "which_season": seasons.which_season,
    "season_alone": seasons.season_alone,
    "feast": seasons.feast,
    "days_later": relative.days_later,
    "year_before": _year_before,
    "last_units": relative.last_units,
    "next_units": relative.next_units,
    "ago": relative.ago,
    "weekend": relative.weekend,
    "which_unit": relative.which_unit,
}
RELATIVE: Final = frozenset(
    {"weekday", "which_weekday", "today", "yesterday", "tomorrow", "same_period", "same_day", "day_before"}
    | {
        "weekday_of_week",
        "weekday_number",
        "day_after",
        "same_year",
        "last_units",
        "ago",
        "weekend",
        "which_unit",
        "weekdays",
        "before_yesterday",
    }
    | {"which_season", "season_alone", "days_later", "year_before"}
    | {"after_tomorrow", "which_month", "day_of_month", "day_alone", "end_of", "next_units"}
)
