"""The identity of an event: reports of several releases that the texts settle to be one share an id.

DATA.md, section 2 ("Event"): what may be the same but is not settled is linked later, never merged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Final

from streams.annotation import Report

ORDINAL_OR_YEAR: Final = re.compile(r"\b(?:\d+(?:st|nd|rd|th)|(?:19|20)\d\d)\b|\b[IVXL]{2,}\b")
SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv", "vi", "vii", "viii"})
SETTLED: Final = frozenset({"stated", "resolved"})
LONGEST_RANGE: Final = 15  # days
ID_LENGTH: Final = 24
WORDS_OF_NUMBERS: Final = {
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    "fifth": "5th",
    "sixth": "6th",
    "seventh": "7th",
    "eighth": "8th",
    "ninth": "9th",
    "tenth": "10th",
    "eleventh": "11th",
    "twelfth": "12th",
}


def normalised(name: str) -> str:
    """Fold case, diacritics, punctuation, articles and ordinal words, so that spellings of one name meet."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    words = re.sub(r"[^\w]+", " ", plain).split()
    return " ".join(WORDS_OF_NUMBERS.get(w, w) for w in words if w not in {"the", "a", "an", "of"})


def family_name(entity_id: str) -> str | None:
    """The family name in the key of a person (`person:roman vassilenko:KAZ`); None for other kinds."""
    kind, _, rest = entity_id.partition(":")
    if kind != "person":
        return None
    words = [w for w in normalised(rest.split(":")[0]).split() if w not in SUFFIXES]
    return words[-1] if words else None


def is_proper_name(name: str | None) -> bool:
    """A name identifies an event only with an ordinal or a year ("22nd Cooperation Council")."""
    if not name:
        return False
    return bool(ORDINAL_OR_YEAR.search(name)) or any(w in WORDS_OF_NUMBERS for w in name.casefold().split())


def _hash(parts: Iterable[str]) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()[:ID_LENGTH]


def _settled_day(report: Report) -> str | None:
    """The start day where the text settles it; a header, a dateline or a coarser date does not.

    "4 to 9 June" settles the day of arrival; "this week" and "January to October" settle none.
    """
    if report.date_basis not in SETTLED or not report.started_on:
        return None
    if report.date_precision == "range":
        end = report.ended_on or report.started_on
        long = (date.fromisoformat(end) - date.fromisoformat(report.started_on)).days > LONGEST_RANGE
        return None if long or report.date_basis != "stated" else report.started_on
    return report.started_on if report.date_precision == "day" else None


def event_id(
    report: Report, countries: Iterable[str], release_id: str, *, taken: frozenset[str] = frozenset()
) -> str:
    """Compute the id of the event that `report` of `release_id` speaks of.

    An event with a proper name is known by type and name; else one with a settled start day by type,
    form, day, countries and the family names of actors and recipients; any other is this report's own.
    An id that an earlier report of the release has (`taken`) gets the span of the quote added, and a number
    where a third report of the same sentence would have that too.
    """
    span = (release_id, str(report.start_char), str(report.end_char))
    if report.name and is_proper_name(report.name):
        parts: tuple[str, ...] = ("name", report.type, normalised(report.name))
    else:
        families = sorted({f for p in report.participants if (f := family_name(p.entity_id))})
        kin = (report.type, report.form, ",".join(sorted(set(countries))), ",".join(families))
        day = _settled_day(report)
        # A day alone says nothing: two attacks of one day without a country are not one event.
        parts = ("day", *kin, day) if day and (kin[2] or kin[3]) else ("own", *kin, *span)
    found = _hash(parts)
    number = 0
    while found in taken:
        found = _hash((*parts, *span, *([str(number)] if number else [])))
        number += 1
    return found
