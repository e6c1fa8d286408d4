"""Date expressions, explicit and relative, resolved against the day of publication."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from streams.annotation import DateMention
from streams.extract import dates_calendar as calendar
from streams.extract.dates_calendar import Period
from streams.extract.dates_filed import is_filed
from streams.extract.dates_grammar import (
    ANCHOR,
    ANY_WORD_FORM,
    BEGINS,
    DIGIT_FORMS,
    MONTH_FORMS,
    MONTHS,
    WEEKDAY_FORMS,
    WEEKDAYS,
    WORD_FORMS,
)
from streams.extract.dates_plausible import is_of_page, plausible
from streams.extract.dates_resolve import RELATIVE, RESOLVERS
from streams.extract.dates_tense import FUTURE, Context
from streams.extract.dates_years import YEAR, day_of_week, year_known, year_recalled
from streams.extract.memo import Memo
from streams.extract.sentences import Sentence
from streams.extract.tokens import tokens_of, words_in
from streams.records import CleanRelease

Forms = tuple[tuple[str, re.Pattern[str]], ...]
RANGE_START: Final = re.compile(r"\b(from|between)\s+(?:the\s)?$")
RANGE_JOIN: Final = re.compile(r"\s*(?:(to|until|till|through|up to|-|–|—)|(and))\s*(?:the\s)?$")
ERA_STARTS: Final = 1800
YEARLESS: Final = frozenset({"day_month", "month_day", "month", "days_month", "month_days"})
# What a release without a date reads from the first day that it names in full.
ANCHORED: Final = YEARLESS | {
    "months", "day_month_range", "month_day_range", "part_of_year", "first_months", "code_of_year", "ordinal_day",
}  # fmt: skip
AFTER_A_DAY: Final = frozenset({"same_day", "day_before", "day_after", "days_later"})
OPENING_WEEKDAYS: Final = frozenset({"weekday_day_month", "weekday_month_day"})  # what opens a day of a month
BARE_WEEKDAYS: Final = tuple(
    (name, p) for name, p in WEEKDAY_FORMS if name not in {*OPENING_WEEKDAYS, "weekdays"}
)
OPENING: Final = 2  # dates among which a review of a week names it
HEADINGS: Final = 8  # sentences among which a dateline stands
LATE: Final = timedelta(days=7)  # between a dateline and the publication
OF_ONE_DAY: Final = frozenset({"day_month", "month_day"})
OF_A_DAY: Final = frozenset({"day_month", "month_day", "days_month", "month_days", "day_month_range"})


class _Found(NamedTuple):
    start: int
    end: int
    form: str
    period: Period | None


@lru_cache(maxsize=4)
def lowered(text: str) -> str:
    """`text` in lower case, each character in its place (a few have longer lower forms)."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _forms(low: str, at: int) -> Forms:
    if low[at].isdigit() and not low.startswith(("1st ", "2nd ", "3rd ", "4th "), at):
        return DIGIT_FORMS
    if low[at].isdigit():
        return (*DIGIT_FORMS, *WORD_FORMS)
    if low[at : at + 3] in MONTHS:
        return MONTH_FORMS
    if any(low.startswith(day, at) for day in WEEKDAYS):
        return WEEKDAY_FORMS
    return WORD_FORMS if ANY_WORD_FORM.match(low, at) else ()


def _match(text: str, low: str, at: int) -> tuple[str, re.Match[str]] | None:
    for form, pattern in _forms(low, at):
        m = pattern.match(low, at)
        if m and (form in OPENING_WEEKDAYS or plausible(text, low, m, form)):
            return form, m
    return None


def _joined(low: str, earlier: _Found, later: _Found) -> _Found | None:
    """One range of two dates: "from 2005 to the first nine months of 2024"."""
    if not earlier.period or not later.period or later.start - earlier.end > 14:
        return None
    join = RANGE_JOIN.fullmatch(low, earlier.end, later.start)
    opening = RANGE_START.search(low[max(0, earlier.start - 16) : earlier.start])
    if not join or not (
        opening or (join[1] and earlier.form == later.form and later.form in {"year", "numeric"})
    ):
        return None
    if join[2] and (not opening or opening[1] != "between"):
        return None
    if later.period.end < earlier.period.start:
        return None
    period = Period(earlier.period.start, later.period.end, "range")
    return _Found(earlier.start, later.end, "range", period)


def _borrowed(low: str, m: re.Match[str], form: str) -> Period | None:
    """A day or month without year takes the year that the same sentence states after it."""
    if form not in YEARLESS:
        return None
    rest = low[m.end() : m.end() + 60].split(".", maxsplit=1)[0]
    year = re.search(r"\b(?:19|20)\d\d\b", rest)
    if not year:
        return None
    period = RESOLVERS[form](m, Context(date(int(year[0]), 7, 1), "", "", None, us_order=False))
    return calendar.shifted(period, int(year[0]) - period.start.year) if period else None


def _weekday_or_date(text: str, low: str, form: str, m: re.Match[str]) -> tuple[str, re.Match[str]] | None:
    """One date of a weekday and its day ("Friday, 4 October"), else the weekday alone."""
    if form not in OPENING_WEEKDAYS:
        return form, m
    inner = _match(text, low, m.end())
    if inner and inner[0] in OF_A_DAY:
        return inner
    found = ((name, p.match(low, m.start())) for name, p in BARE_WEEKDAYS)
    return next(((name, bare) for name, bare in found if bare and plausible(text, low, bare, name)), None)


# At which characters of a token a date can begin.
BEGINNINGS: Final = Memo(lambda token: [at for at, word in words_in(token) if BEGINS.match(lowered(word))])


def _beginnings(text: str) -> list[int]:
    """Where a word stands with which a date can begin."""
    return [start + at for start, places in tokens_of(text).told(BEGINNINGS) for at in places]


def _scan(
    text: str,
    published: date | None,
    sentences: tuple[Sentence, ...],
    *,
    us_order: bool,
    year_day: date | None = None,
) -> list[_Found]:
    """Every date in order; without a day of publication, days and months are of the year of `year_day`."""
    low = lowered(text)
    starts = [s.start_char for s in sentences]
    found: list[_Found] = []
    previous: Period | None = None
    first_day: Period | None = None
    last_day: Period | None = None
    week: Period | None = None  # that a text without day of publication tells of
    at = 0
    for start in _beginnings(text):
        if start < at or not (anchor := ANCHOR.match(low, start)):
            continue
        at = anchor.end()
        first = _match(text, low, start)
        got = _weekday_or_date(text, low, *first) if first else None
        if not got or not sentences:
            continue
        form, m = got
        if is_of_page(low, start):
            at = max(at, m.end())
            continue
        sentence = sentences[max(0, bisect_right(starts, start) - 1)]
        before, after = low[sentence.start_char : start], low[m.end() : sentence.end_char][:80]
        anchor_day = published or (first_day.start if first_day and form in ANCHORED else None)
        named = last_day if form in AFTER_A_DAY else previous
        period = RESOLVERS[form](m, Context(anchor_day, before, after, named, us_order))
        if published is None and period is None:
            period = _borrowed(low, m, form)
        if year_day and period is None and form in ANCHORED:
            period = RESOLVERS[form](m, Context(year_day, "", "", named, us_order))
        if week and period is None and form == "weekday":
            period = day_of_week(week, m["w"])
        if period and period.start.year < ERA_STARTS:
            continue
        at = max(at, m.end())
        item = _Found(start, m.end() - (low[m.end() - 1] in ". ,"), form, period)
        joined = _joined(low, found[-1], item) if found else None
        found[-1:] = [joined] if joined else [*found[-1:], item]
        previous = found[-1].period or previous
        week = week or (found[-1].period if published is None and len(found) <= OPENING else None)
        if period and period.granularity == "day" and not form.startswith("end_of"):
            first_day, last_day = first_day or period, period
    return found


def _recalled(
    low: str, found: list[_Found], sentences: tuple[Sentence, ...], published: date | None
) -> list[_Found]:
    """Days without year, of the year with which the text names them elsewhere: "the 7 October attacks"; none that are to come."""
    days = [f for f in found if f.period and f.period.granularity == "day"]
    full = {f.period.start for f in days if f.period and YEAR.search(low, f.start, f.end)}
    starts = [s.start_char for s in sentences]
    recalled = []
    for f in found:
        day = f.period.start if f.period and f.form in OF_ONE_DAY else None
        if day and published and day > published and full:
            sentence = sentences[max(0, bisect_right(starts, f.start) - 1)]
            day = None if FUTURE.search(low, sentence.start_char, sentence.end_char) else day
        year = year_recalled(low, f.start, f.end, day, full, published) if day else None
        recalled.append(f._replace(period=calendar.day_of(day.replace(year=year))) if day and year else f)
    return recalled


def _filed(
    text: str, found: list[_Found], sentences: tuple[Sentence, ...], published: date | None
) -> date | None:
    """The day of the dateline, from which "today" counts, if a text was published some days after it."""
    starts = [s.start_char for s in sentences[:HEADINGS]]
    for f in found:
        index = bisect_right(starts, f.start) - 1
        if index < 0 or f.start >= sentences[index].end_char:
            return None
        day = f.period.start if f.period and f.period.granularity == "day" else None
        if day and is_filed(text, starts[index], f.start, f.end):
            late = published is None or timedelta() < published - day <= LATE
            return day if late else None
    return None


def find_dates(release: CleanRelease, sentences: tuple[Sentence, ...]) -> tuple[DateMention, ...]:
    """Find every date expression of `release`; what cannot be resolved has no start and no end."""
    published = date.fromisoformat(release.published_on) if release.published_on else None
    if release.published_precision in {"month", "year"}:
        published = None  # "today" is no day of a month
    us_order = release.publisher_country == "USA"
    found = _scan(release.text, published, sentences, us_order=us_order)
    if published is None and (day := year_known(release.text, [f.period for f in found])):
        found = _scan(release.text, None, sentences, us_order=us_order, year_day=day)
    if filed := _filed(release.text, found, sentences, published):
        found = _scan(release.text, filed, sentences, us_order=us_order)
    found = _recalled(lowered(release.text), found, sentences, published)
    return tuple(
        DateMention(
            start_char=f.start,
            end_char=f.end,
            surface=release.text[f.start : f.end],
            start_on=f.period.start.isoformat() if f.period else None,
            end_on=f.period.end.isoformat() if f.period else None,
            granularity=f.period.granularity if f.period else "day",
            relative=f.form in RELATIVE,
            rule=f"date.{f.form}",
        )
        for f in found
    )
