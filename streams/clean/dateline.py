"""The day of a dateline, at the head of a text: where a report was filed, and when."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Final

from streams.clean.days import Found, days, month_of

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_DATELINE: Final = re.compile(
    r"[\W_]{0,3}(?P<place>[^\W\d_][^\d\n]{0,70}?)[,.:;/–—-]{0,2}\s*\(?\s*\Z",
)
_AFTER_DATELINE: Final = re.compile(
    r"[)\]]\s|,\s+[A-Z]{2,9}\s*(?:[-–—.:]|\Z)|\s*\(\d{1,2}[:.]\d\d[^)]{0,12}\)|\)?\s{0,2}(?:[.:–—/|…-]|\((?![^)]*\d)|,?\s+/)"
)
# "October 14, 2024 – Ottawa, Ontario – ...", "5 September 2023, Apia, Samoa – ..."
_PLACE_BEHIND: Final = re.compile(
    r"(?:\s*[–—-]{1,2}|,(?=\s*[A-Z]))\s*(?P<place>[^\W\d_][^\d\n]{1,50}?)\s*[–—-]{1,2}\s"
)
# Before a colon, as in "19-06-2017, Djibouti (Djibouti): ..."
_PLACE_AND_COLON: Final = re.compile(r",\s*(?P<place>[^\W\d_][^\d\n():]{1,40}?)\s*(?:\([^)\d]{2,40}\))?:\s")
# in brackets, as in "(11 June 2019, Wakayama, Japan) ..."
_PLACE_IN_BRACKETS: Final = re.compile(r",\s*(?P<place>[^\W\d_][^\d\n()]{1,50}?)\)\s")
# "12 March 2025 – The council ..."
_TEXT_BEHIND: Final = re.compile(
    r"[)\]]?\s*(?:\([A-Z]{2,9}\)\s*)?(?:[–—:-]{1,2}|\.(?=\s)|(?<=[)\]]))\s*[^\W\d_“\"]"
)
# "... of three new ambassadors Tirana, 17 October 2023 The President ..."
_PLACE_INSIDE: Final = re.compile(r"[^\W\d_,.;:]+\s+(?P<place>[A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+)?),\s*\Z")
_SENTENCE_BEHIND: Final = re.compile(r"\s+[A-Z“\"]")
_INSIDE: Final = 320
_NUMERIC: Final = re.compile(r"(?<![\d.])(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d\d)(?!\d)")
_MONTH_YEAR: Final = re.compile(r"([^\W\d_]{3,})\.?\s+((?:19|20)\d\d)(?!\d)")
_LETTERHEAD: Final = 60  # characters; and so many lines of it above a text
_MOST_LETTERHEAD: Final = 5
_CLOSED_YEAR: Final = re.compile(
    r"\b(?:in|for|of|by the end of|at the end of) (?P<year>20\d\d|19\d\d)\b[^.]{0,60}?\b(?:amounted|reached|total+ed|stood|was|were"
    r"|made up|exceeded|grew|rose|fell|increased|decreased|accounted|hit|came to)\b"
    r"|\b(?:amounted|reached|total+ed|stood|exceeded|grew|rose|fell|increased|decreased|accounted)\b"
    r"[^.]{0,60}?\b(?:in|for|by the end of|at the end of) (?P<year2>20\d\d|19\d\d)\b(?!\s*[-–—])"
)
_YEAR: Final = re.compile(r"(?<![\d.,/$€£])(?:19|20)\d\d(?![\d,./%]*\d)")
_DIGIT: Final = re.compile(r"\d")
_SEARCHED: Final = 110  # characters of a paragraph
_JUDGED: Final = 20_000  # characters from which the year of a dateline is inferred
_CLOSE: Final = timedelta(days=45)
_LAST_MONTH_FOR_ANNUAL_FIGURES: Final = 9


def dateline(paragraph: str) -> Found | None:
    """The day of "ASTANA, Kazakhstan, March 28. ..." at the head of a paragraph, with or without a year."""
    if not _DIGIT.search(paragraph, 0, _SEARCHED):
        return None
    head = _without_other_calendars(paragraph[:_SEARCHED])
    for found in days(head)[:1]:
        before, after = head[: found.start], head[found.end :]
        place = _DATELINE.fullmatch(before)
        if place and _is_place(place["place"]) and _AFTER_DATELINE.match(after):
            return found
        behind = None
        if not before.strip() and found.year:
            behind = _PLACE_BEHIND.match(after) or _PLACE_AND_COLON.match(after)
        if before.strip() == "(" and found.year:
            behind = _PLACE_IN_BRACKETS.match(after)
        if behind and _is_place(behind["place"]):
            return found
    return None


def behind_letterhead(body: list[str]) -> list[str]:
    """`body` from its first line that is more than a few words, or holds a number."""
    for number, line in enumerate(body[:_MOST_LETTERHEAD]):
        if len(line) > _LETTERHEAD or _DIGIT.search(line):
            return body[number:]
    return body


def dateline_inside(paragraph: str) -> Found | None:
    """The day of a dateline that a crawl left between the title and the text of one line."""
    head = paragraph[:_INSIDE]
    for found in days(head):
        if (
            found.year
            and _PLACE_INSIDE.search(head[: found.start])
            and _SENTENCE_BEHIND.match(head[found.end :])
        ):
            return found
    return None


def day_first(body: list[str]) -> Found | None:
    """The day of "12 March 2025 – The council ..." at the head of a text that is no chronology."""
    found = _leading_day(body[0]) if body else None
    return None if found and any(_leading_day(p) for p in body[1:]) else found


def _leading_day(paragraph: str) -> Found | None:
    for found in days(paragraph[:40])[:1]:
        before, after = paragraph[: found.start], paragraph[found.end :]
        if found.year and not before.strip("([ ") and _TEXT_BEHIND.match(after):
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


def year_settled_by(found: Found, body: list[str]) -> int | None:
    """The year of a dateline that states none, if everything in the text that bears on it agrees.

    Two things settle it: a full date within some weeks of the dateline, and figures given for a whole
    year, which is the one before when they are reported in the first three quarters.
    """
    text = " ".join(body)[:_JUDGED]
    if year := _year_beside(found, body):
        return year
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


def _year_beside(found: Found, body: list[str]) -> int | None:
    """The year of the same day written in figures above the text, or of its month below it."""
    for match in _NUMERIC.finditer(" ".join(body[:_MOST_LETTERHEAD])[:_SEARCHED]):
        if sorted((int(match[1]), int(match[2]))) == sorted((found.day, found.month)):
            return int(match[3])
    last = body[-1] if body and len(body[-1]) <= _LETTERHEAD else ""
    years = {int(m[2]) for m in _MONTH_YEAR.finditer(last) if month_of(m[1]) == found.month}
    return years.pop() if len(years) == 1 else None
