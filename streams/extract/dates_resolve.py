"""What a date expression means: each form of the grammar to a period of the calendar, or None."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, NamedTuple

from streams.extract import dates_calendar as calendar
from streams.extract.dates_calendar import Period
from streams.extract.dates_grammar import COUNTS, MONTHS, ORDINALS, WEEKDAYS

Match = re.Match[str]
FUTURE: Final = re.compile(
    r"\b(?:will(?! have)|shall|would|upcoming|forthcoming|scheduled|planned|plans|expected|ahead of|looks? forward"
    r"|to (?:be|visit|attend|meet|travel|host|hold|take|address|participate|arrive|speak|start|begin)|due|invit\w+)\b"
    r"|\bby (?:the )?(?:end of )?$"
)
PAST: Final = re.compile(
    r"\b(?<!be )(?<!been )(?:was|were|had|has|have|held|took|visited|met|signed|adopted|since|last|ago|follow\w*|recent|recently"
    r"|earlier|reached|spoke|began|made|came|became|\w{3,}ed)\b"
)
NEARLY: Final = 45  # days by which "will" may be stale, and "was" written ahead
SAME_YEAR: Final = 240  # days up to which a date without tense belongs to the year of publication
LONGEST_MEMORY: Final = 5  # "the past fifty years" is an age, not a period
COUNT_WORDS: Final = {**COUNTS, "a": 1, "eighteen": 18, "twenty": 20, "thirty": 30}
SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


class Context(NamedTuple):
    """What an expression may lean on: the day of publication, what was dated before it, its surroundings."""

    published: date | None
    before: str  # the sentence up to the expression, in lower case
    after: str
    previous: Period | None  # the last period named before it
    us_order: bool  # 03/04/2024 is 4 March


def count_of(word: str) -> int:
    return int(word) if word.isdigit() else COUNT_WORDS[word]


def month_number(word: str) -> int:
    return MONTHS[word[:3]]


def day_number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def tense(context: Context) -> int:
    """1 for what is to come, -1 for what was, 0 where the sentence does not say."""
    ahead = [m.end() for m in FUTURE.finditer(context.before)]
    behind = [m.end() for m in PAST.finditer(context.before)]
    if ahead or behind:
        return 1 if max(ahead, default=-1) > max(behind, default=-1) else -1
    if FUTURE.search(context.after):
        return 1
    return -1 if PAST.search(context.after) else 0


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


def nearest(candidates: list[Period], context: Context) -> Period | None:
    """The candidate that the tense of the sentence and the day of publication suggest."""
    anchor = context.published
    if anchor is None or not candidates:
        return None
    way = tense(context)
    slack = timedelta(days=NEARLY)
    if way > 0:
        candidates = [c for c in candidates if c.end >= anchor - slack] or candidates
    elif way < 0:
        candidates = [c for c in candidates if c.start <= anchor + slack] or candidates
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


def _single(year: int | None, month: int, day: int, context: Context) -> Period | None:
    def make(y: int) -> Period | None:
        found = calendar.safe_date(y, month, day)
        return calendar.day_of(found) if found else None

    return make(year) if year else around(context, make)


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


def _two_months(m: Match, context: Context) -> Period | None:
    year = year_of_words(m["y"], context)
    early = int(m["y1"]) if m["y1"] else None
    first = (early, month_number(m["m1"]), day_number(m["d1"]))
    return _span(first, (year or early, month_number(m["m2"]), day_number(m["d2"])), context)


def _days_of_month(m: Match, context: Context) -> Period | None:
    year, month = year_of_words(m["y"], context), month_number(m["m"])
    return _span((year, month, day_number(m["d1"])), (year, month, day_number(m["d2"])), context)


def _day(m: Match, context: Context) -> Period | None:
    return _single(year_of_words(m["y"], context), month_number(m["m"]), day_number(m["d"]), context)


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


def _around_today(shift: int) -> Callable[[Match, Context], Period | None]:
    def resolve(_: Match, context: Context) -> Period | None:
        if context.published is None:
            return None
        return calendar.day_of(context.published + timedelta(days=shift))

    return resolve


def _after_previous(shift: int) -> Callable[[Match, Context], Period | None]:
    def resolve(_: Match, context: Context) -> Period | None:
        named = context.previous
        day = named.start if named and named.granularity == "day" else context.published if shift else None
        return calendar.day_of(day + timedelta(days=shift)) if day else None

    return resolve


def _weekday(m: Match, context: Context) -> Period | None:
    if context.published is None:
        return None
    which = (m.groupdict().get("r") or "").strip()
    ahead = (WEEKDAYS[m["w"]] - context.published.weekday()) % 7
    future = which in {"next", "coming"} or (which in {"", "this"} and tense(context) > 0)
    if which == "next" and ahead == 0:
        ahead = 7
    if not future:
        ahead = ahead - 7 if ahead or which == "last" else 0
    return calendar.day_of(context.published + timedelta(days=ahead))


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


def _year_or_own(words: str, context: Context) -> int | None:
    found = year_of_words(words, context)
    return found or (context.published.year if context.published and "year" in words else None)


def _first_months(m: Match, context: Context) -> Period | None:
    year, count = _year_or_own(m["y"], context), count_of(m["n"])
    if year is None or not 1 <= count <= 12:
        return None
    first, last = (1, count) if m["o"] == "first" else (13 - count, 12)
    return calendar.months(calendar.month_of(year, first), calendar.month_of(year, last))


def _part_of_year(m: Match, context: Context) -> Period | None:
    year = _year_or_own(m["y"], context)
    part = ORDINALS.get(m["o"]) or int(m["o"][0])
    whole = 4 if m["p"] == "quarter" else 2
    part = whole if part < 0 else part
    if year is None or part > whole:
        return None
    return calendar.quarter_of(year, part) if whole == 4 else calendar.half_of(year, part)


def _code_of_year(m: Match, context: Context) -> Period | None:
    year, part = _year_or_own(m["y"], context), int(m["p"][1])
    if year is None:
        return None
    return calendar.quarter_of(year, part) if m["p"][0] == "q" else calendar.half_of(year, part)


def _season(m: Match, context: Context) -> Period | None:
    year, first = _year_or_own(m["y"], context), SEASONS[m["s"]]
    if year is None:
        return None
    return calendar.months(calendar.month_of(year, first), calendar.month_of(year, first + 2))


def _back(day: date, count: int, unit: str) -> date:
    if unit.startswith("day"):
        return day - timedelta(days=count)
    if unit.startswith("week"):
        return day - timedelta(weeks=count)
    return calendar.months_back(day, count * {"m": 1, "y": 12, "d": 120}[unit[0]])


def _last_units(m: Match, context: Context) -> Period | None:
    if context.published is None:
        return None
    count = count_of(m["n"])
    if "decade" in m["u"] or ("year" in m["u"] and count > LONGEST_MEMORY):
        return None
    start = _back(context.published, count, m["u"])
    return calendar.days(start, context.published)


def _ago(m: Match, context: Context) -> Period | None:
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


def _weekend(m: Match, context: Context) -> Period | None:
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


def _which_unit(m: Match, context: Context) -> Period | None:
    day, which, unit = context.published, m["r"], m["u"]
    if day is None or which in {"same", "following"}:
        return None
    if which == "past":
        return calendar.days(
            _back(day, 3 if unit == "quarter" else 1, "month" if unit == "quarter" else unit), day
        )
    shift = {"last": -1, "previous": -1, "next": 1, "coming": 1, "upcoming": 1}.get(which, 0)
    if unit == "week":
        return calendar.week_of(day + timedelta(weeks=shift))
    if unit == "month":
        return calendar.month_of(day.year, day.month + shift)
    if unit == "quarter":
        quarter = (day.month - 1) // 3 + shift
        return calendar.quarter_of(day.year + quarter // 4, quarter % 4 + 1)
    return calendar.year_of(day.year + shift)


RESOLVERS: Final[dict[str, Callable[[Match, Context], Period | None]]] = {
    "iso": _iso,
    "numeric": _numeric,
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
    "weekday": _weekday,
    "which_weekday": _weekday,
    "today": _around_today(0),
    "yesterday": _around_today(-1),
    "tomorrow": _around_today(1),
    "same_period": _same_period,
    "same_period_of": _same_period_of,
    "same_day": _after_previous(0),
    "day_before": _after_previous(-1),
    "day_after": _after_previous(1),
    "same_year": _same_unit,
    "first_months": _first_months,
    "part_of_year": _part_of_year,
    "code_of_year": _code_of_year,
    "season": _season,
    "last_units": _last_units,
    "ago": _ago,
    "weekend": _weekend,
    "which_unit": _which_unit,
}
RELATIVE: Final = frozenset(
    {"weekday", "which_weekday", "today", "yesterday", "tomorrow", "same_period", "same_day", "day_before"}
    | {"day_after", "same_year", "last_units", "ago", "weekend", "which_unit"}
)
