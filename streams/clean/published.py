"""When a release was published: the publisher's day with its basis, or nothing rather than a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from streams.clean.credible import is_credible
from streams.clean.dateline import behind_letterhead, dateline, dateline_inside, day_first, year_settled_by
from streams.clean.days import days
from streams.clean.headers import above, below, changed_days, footer_days, header_day, title_day
from streams.closed_sets import PublishedBasis, PublishedPrecision

_TODAY: Final = re.compile(
    r"\b(?:[Tt]oday|[Tt]onight|[Tt]his (?:morning|afternoon|evening|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)),?\s+(?:on\s+)?\(?"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?=\d|[A-Z])"
)


_DATELINES: Final = 6  # paragraphs at whose head a dateline may stand
_CLOCK: Final = re.compile(r"\d[:.]\d\d")
_BARE_TITLE: Final = 40  # characters: a place and a day, where nothing else could be the title


@dataclass(frozen=True, slots=True)
class Published:
    """The day, the instant where one is known (UTC), how exact it is and what says so."""

    on: date
    basis: PublishedBasis
    precision: PublishedPrecision = "day"
    at: datetime | None = None


def stated(
    value: str | None, basis: PublishedBasis, latest: date, country: str | None = None
) -> Published | None:
    """Read a machine's date (ISO 8601, RFC 2822, or a plain day), as its publisher's calendar shows it.

    A zone that is stated is the publisher's own, except UTC, which is a server's: then the day is that of
    the capital or seat of `country`, where it is known.
    """
    value = (value or "").strip()
    moment = _moment(value)
    if moment is not None:
        if not is_credible(moment.date(), latest):
            return None
        if moment.tzinfo is None or _is_day_only(value, moment):
            return Published(moment.date(), basis)
        try:
            there = moment.astimezone(_zone(country)) if not moment.utcoffset() else moment
            return Published(there.date(), basis, "second", moment.astimezone(UTC))
        except OverflowError:
            return None
    found = [d for f in days(value) if (d := f.on()) and is_credible(d, latest)]
    return Published(found[0], basis) if len({*found}) == 1 else None


def in_text(paragraphs: list[str], title: str | None, country: str | None, latest: date) -> Published | None:
    """What a header, a dateline or the words of the text say."""
    body = [p for p in paragraphs if p != title]
    if headers := [day for p in above(body) if (day := header_day(p, country, latest))]:
        return Published(headers[-1] if _is_clock(above(body), headers) else headers[0], "header")
    text = behind_letterhead(body)
    for number, paragraph in enumerate(text[:_DATELINES]):
        inside = dateline_inside(paragraph) if number == 0 else None
        if found := dateline(paragraph) or (day_first(text) if number == 0 else None) or inside:
            day = found.on() or found.on(year_settled_by(found, body))
            if day and is_credible(day, latest):
                return Published(day, "dateline")
    bare = header_day(title, country, latest) if title and len(title) <= _BARE_TITLE else None
    if day := title_day(title or "", latest) or bare:
        return Published(day, "header")
    if day := _today_in_words(" ".join(body[:3]), latest):
        return Published(day, "text")
    footers = {d for p in below(body, country) if (d := header_day(p, country, latest))}
    return Published(footers.pop(), "text") if len(footers) == 1 else None


def _is_clock(lines: list[str], found: list[date]) -> bool:
    """Whether the first of two days above a text is that on which the page was read: it is later, and both show a time."""
    timed = [p for p in lines if _CLOCK.search(p)]
    return len(timed) == len(found) == 2 and found[0] > found[1]


def near_title(lines: Iterable[str], country: str | None, latest: date) -> Published | None:
    """The one day that the lines around a page's headline hold, each a day and little else."""
    found = {day for line in lines if (day := header_day(line, country, latest))}
    return Published(found.pop(), "header") if len(found) == 1 else None


def beside_text(paragraphs: list[str], country: str | None, latest: date) -> Published | None:
    """What the site's own lines say, where the release says nothing: a day in the footer, the last change."""
    if len(stated_days := footer_days(paragraphs, country, latest)) == 1:
        return Published(stated_days.pop(), "text")
    stated_days = changed_days(paragraphs, country, latest)
    return Published(stated_days.pop(), "header") if len(stated_days) == 1 else None


def _today_in_words(text: str, latest: date) -> date | None:
    for match in _TODAY.finditer(text):
        near = [f for f in days(text[match.end() : match.end() + 40]) if f.start <= 2 and f.year]
        if near and (day := near[0].on()) and is_credible(day, latest):
            return day
    return None


@cache
def _zones() -> dict[str, str]:
    lines = files("streams.clean").joinpath("zones.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {country: zone for country, zone in rows[1:]}


@cache
def _zone(country: str | None) -> tzinfo:
    try:
        return ZoneInfo(_zones()[country or ""])
    except (KeyError, ZoneInfoNotFoundError):
        return UTC


def _moment(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _is_day_only(value: str, moment: datetime) -> bool:
    """Midnight to the second is how software writes a day."""
    return len(value) <= 10 or (moment.hour, moment.minute, moment.second) == (0, 0, 0)
