"""When a release was published: the publisher's day with its basis, or nothing rather than a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from streams.clean.days import Found, days
from streams.closed_sets import PublishedBasis, PublishedPrecision

_EARLIEST: Final = 1800
_LATEST: Final = date(2050, 1, 1)  # only where no fetch time bounds it
# What software writes when it knows no date.
_UNSET: Final = frozenset(
    date.fromisoformat(d)
    for d in ("1969-12-31", "1970-01-01", "1970-01-02", "1900-01-01", "1899-12-30", "1904-01-01")
)
_HEADER_PARAGRAPHS: Final = 5
_HEADER_LENGTH: Final = 140
_FOOTER_PARAGRAPHS: Final = 3
_DIGIT: Final = re.compile(r"\d")
_MOST_OTHER_DIGITS: Final = 8  # a time, the number of a press release
# What may stand around the date of a header: a label, places, a weekday, a time, a press-release number.
_LABEL: Final = re.compile(
    r"(?:published|posted|issued|released|release date|date|dated|for immediate release|press (?:release|statement)"
    r"|media release|last updated|updated|created|on|at|of|by|no|nr|number|time|hrs?|am|pm|gmt|utc|ist|est|edt|cet"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|embargo|publié|publicado|veröffentlicht|le|el|den|the)",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_LABEL_REACH: Final = 20
_MODIFIED: Final = re.compile(r"(?i)\b(?:updated?|modified|aktuali[sz]|обновлен|actualis|actualiz)")
_DATELINE: Final = re.compile(
    r"[\W_]{0,3}(?P<place>[^\W\d_][^\d\n]{0,70}?)[,.:;/–—-]{0,2}\s*\(?\s*\Z",
)
_AFTER_DATELINE: Final = re.compile(
    r"[)\]]\s|,\s+[A-Z]{2,9}\s*(?:[-–—.:]|\Z)|\)?\s{0,2}(?:[.:–—/|-]|\((?![^)]*\d)|,?\s+/)"
)
# "October 14, 2024 – Ottawa, Ontario – ..."
_PLACE_BEHIND: Final = re.compile(r"\s*[–—-]{1,2}\s*(?P<place>[^\W\d_][^\d\n]{1,50}?)\s*[–—-]{1,2}\s")
# Where a title holds the day of its release: at the end behind a place or a dash, in brackets, behind its number.
_TITLE_BEFORE: Final = re.compile(
    r"(?:[–—-]\s*(?:[^\W\d_][^\d,]{1,30},\s*)?|,\s*[^\W\d_][^\d,]{1,30},\s*|\(|\bq?no\s?[:.]{1,2}\s?\d{1,4},\s*"
    r"|\b(?:conference|briefing)\b.{0,40}\bon\s+)\Z",
    re.IGNORECASE,
)
_TITLE_AFTER: Final = re.compile(r"\)|\s*\Z|,\s")
_RANGE: Final = re.compile(r"(?<![:.\d])\d{1,2}\s*[-–—]\s*\Z")
_TODAY: Final = re.compile(r"\b[Tt]oday,? (?:on )?\(?(?=\d|[A-Z])")
_CLOSED_YEAR: Final = re.compile(
    r"\b(?:in|for|of|by the end of|at the end of) (?P<year>20\d\d|19\d\d)\b[^.]{0,60}?\b(?:amounted|reached|total+ed|stood|was|were"
    r"|made up|exceeded|grew|rose|fell|increased|decreased|accounted|hit|came to)\b"
    r"|\b(?:amounted|reached|total+ed|stood|exceeded|grew|rose|fell|increased|decreased|accounted)\b"
    r"[^.]{0,60}?\b(?:in|for|by the end of|at the end of) (?P<year2>20\d\d|19\d\d)\b(?!\s*[-–—])"
)
_YEAR: Final = re.compile(r"(?<![\d.,/$€£])(?:19|20)\d\d(?![\d,./%]*\d)")
_JUDGED: Final = 20_000  # characters from which the year of a dateline is inferred
_CLOSE: Final = timedelta(days=45)
_LAST_MONTH_FOR_ANNUAL_FIGURES: Final = 9


@dataclass(frozen=True, slots=True)
class Published:
    """The day, the instant where one is known (UTC), how exact it is and what says so."""

    on: date
    basis: PublishedBasis
    precision: PublishedPrecision = "day"
    at: datetime | None = None


def latest_day(fetched_at: str) -> date:
    """The latest day that can be true: a day and a half after the observation, whose own time zone differs."""
    seen = date.fromisoformat(fetched_at[:10])
    return seen + timedelta(days=1) if seen.year > 1970 else _LATEST


def is_credible(day: date, latest: date) -> bool:
    return day.year >= _EARLIEST and day not in _UNSET and day <= latest


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


def in_text(paragraphs: list[str], title: str | None, country: str | None, latest: date) -> Published | None:
    """What a header, a dateline or the words of the text say."""
    body = [p for p in paragraphs if p != title]
    for paragraph in body[: min(_HEADER_PARAGRAPHS, len(body) - 1)]:
        if day := _header_day(paragraph, country, latest):
            return Published(day, "header")
    for paragraph in body[:3]:
        if found := dateline(paragraph):
            day = found.on() or found.on(_year_settled_by(found, " ".join(body)[:_JUDGED]))
            if day and is_credible(day, latest):
                return Published(day, "dateline")
    if day := _title_day(title or "", latest):
        return Published(day, "header")
    if day := _today_in_words(" ".join(body[:3])[:_JUDGED], latest):
        return Published(day, "text")
    footers = {d for p in body[1:][-_FOOTER_PARAGRAPHS:] if (d := _header_day(p, country, latest))}
    return Published(footers.pop(), "text") if len(footers) == 1 else None


def dateline(paragraph: str) -> Found | None:
    """The day of "ASTANA, Kazakhstan, March 28. ..." at the head of a paragraph, with or without a year."""
    head = _without_other_calendars(paragraph[:110])
    for found in days(head)[:1]:
        before, after = head[: found.start], head[found.end :]
        place = _DATELINE.fullmatch(before)
        if place and _is_place(place["place"]) and _AFTER_DATELINE.match(after):
            return found
        behind = _PLACE_BEHIND.match(after) if not before.strip() and found.year else None
        if behind and _is_place(behind["place"]):
            return found
    return None


def _without_other_calendars(head: str) -> str:
    """`head` with the dates of other calendars blanked out ("Riyadh, 12 Ramadan 1446, 12 March 2025")."""
    return _other_calendars().sub(lambda m: " " * len(m[0]), head)


@cache
def _other_calendars() -> re.Pattern[str]:
    lines = files("streams.clean").joinpath("calendars.txt").read_text(encoding="utf-8").splitlines()
    names = sorted((re.escape(n) for n in lines if not n.startswith("#")), key=len, reverse=True)
    month = rf"(?:{'|'.join(names)})"
    year = r"(?:1[34]\d\d|20[78]\d)(?:\s?(?:A\.?H\.?|H)\b)?"
    return re.compile(rf"\b(?:\d{{1,2}}\s+{month}|{month}\s+\d{{1,2}}),?\s+{year}", re.IGNORECASE)


def _is_place(words: str) -> bool:
    """Whether these are names of places: each word a capital one, few of them, no sentence."""
    found = _WORD.findall(words)
    small = [w for w in found if w[0].islower()]
    return 0 < len(found) <= 7 and all(
        w in {"of", "de", "la", "and", "the", "da", "do", "del"} for w in small
    )


def _header_day(paragraph: str, country: str | None, latest: date) -> date | None:
    """The day of a line that holds a date and little else."""
    if len(paragraph) > _HEADER_LENGTH:
        return None
    found = [f for f in days(paragraph, country) if f.year]
    first = [f for f in found if not _MODIFIED.search(paragraph[max(0, f.start - _LABEL_REACH) : f.start])]
    if len({f.on() for f in first}) != 1 or _RANGE.search(paragraph[: first[0].start]):
        return None
    rest = paragraph
    for one in reversed(found):
        rest = rest[: one.start] + " " + rest[one.end :]
    words = [w for w in _WORD.findall(rest) if not _LABEL.fullmatch(w)]
    capital = [w for w in words if w[0].isupper() or not w[0].islower()]
    day = first[0].on()
    if len(words) > 8 or (len(words) > 4 and len(capital) * 2 < len(words)) or day is None:
        return None
    if _is_sentence(rest) or len(_DIGIT.findall(rest)) > _MOST_OTHER_DIGITS:
        return None
    return day if is_credible(day, latest) else None


def _title_day(title: str, latest: date) -> date | None:
    """The day that a title states as that of its release: the only one in it, set apart from its words."""
    found = [f for f in days(title) if f.year]
    if len(found) != 1 or (day := found[0].on()) is None or not is_credible(day, latest):
        return None
    before, after = title[: found[0].start], title[found[0].end :]
    set_apart = _TITLE_BEFORE.search(before) and not _RANGE.search(before) and _TITLE_AFTER.match(after)
    return day if set_apart else None


def _is_sentence(rest: str) -> bool:
    return bool(re.search(r"\b(?:will|was|were|is|are|has|have|met|on the|from|until|to)\b", rest))


def _today_in_words(text: str, latest: date) -> date | None:
    for match in _TODAY.finditer(text):
        near = [f for f in days(text[match.end() : match.end() + 40]) if f.start <= 2 and f.year]
        if near and (day := near[0].on()) and is_credible(day, latest):
            return day
    return None


def _year_settled_by(found: Found, text: str) -> int | None:
    """The year of a dateline that states none, if everything in the text that bears on it agrees.

    Two things settle it: a full date within some weeks of the dateline, and figures given for a whole
    year, which is the one before when they are reported in the first three quarters.
    """
    near = {
        day.year + step
        for other in days(text)
        if (day := other.on())
        for step in (-1, 0, 1)
        if (own := found.on(day.year + step)) and abs(own - day) <= _CLOSE
    }
    if near:
        return near.pop() if len(near) == 1 else None
    closed = {int(m["year"] or m["year2"]) for m in _CLOSED_YEAR.finditer(text)}
    if not closed or found.month > _LAST_MONTH_FOR_ANNUAL_FIGURES:
        return None
    last = max(closed)
    later = {int(y) for y in _YEAR.findall(text) if int(y) > last + 1}
    told = {int(y) for y in _YEAR.findall(text) if int(y) == last + 1}
    # A later year may be a plan, but one year later would be the dateline's own or the one after: unclear.
    return last + 1 if not told or not later else None


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
