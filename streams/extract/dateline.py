"""Datelines: "DHAKA, 26 August 2024:", "Bern, 02.05.2024 -", "Lisbon, 14 July", "Singha Durbar, Kathmandu"."""

from __future__ import annotations

import calendar
import re
from typing import Final

from streams.extract.units import Units

CAPITAL, CITY, SEAT = 6, 3, 1  # what a dateline says of the side that speaks
LONGEST: Final = 14  # units
DATED: Final = re.compile(r"(?:,?[NCRKL]{1,3})?(?:[-:(/|]|,?0|,?[KCGx]\.?0|,[KCGx]\.?,?0|,0[x]0|\.\|)")
ENDS_IN_CITY: Final = re.compile(r"[CKMGU\"-]{1,4},[LNR][.]?$")
ENDS_IN_DAY: Final = re.compile(r",?[0KCGx/.,-]*0[0KCGx/.,]*$")  # "Ministry of Health, Kathmandu, 5 May 2024"
SEATS: Final = frozenset(
    {"new york", "geneva", "brussels", "vienna", "the hague", "strasbourg", "luxembourg", "addis ababa"}
)  # of organisations: whoever is there may speak
MONTHS: Final = frozenset(m.lower() for m in (*calendar.month_name, *calendar.month_abbr) if m) | {"sept"}
DAYS: Final = frozenset(d.lower() for d in (*calendar.day_name, *calendar.day_abbr)) | {"tues", "thurs"}


def city_of(u: Units, i: int) -> tuple[str, int] | None:
    """The state of the city or state at unit `i`, and the votes that a dateline of it is worth."""
    state = next((k.code for k in u.known[i] if k.code and k.kind == "country"), None)
    if state:
        return state, CAPITAL
    cities = [k for k in u.known[i] if k.kind in {"place", "city"} and k.code]
    best = max(cities, key=lambda k: (k.capital, k.population), default=None)
    if best is None:
        return None
    return str(best.code), SEAT if u.lows[i] in SEATS else CAPITAL if best.capital else CITY


def dateline(u: Units, first: int, last: int) -> int | None:
    """The unit of the place from which a sentence is dated, if it begins with a dateline or is one."""
    letter = u.classes[first]
    if letter in "LNR" and (match := DATED.match(u.classes, first + 1)):
        inner = {u.lows[j] for j in range(first + 1, match.end())}
        wordy = any(u.classes[j] in "KC" for j in range(first + 1, match.end()))
        timely = not inner.isdisjoint(MONTHS) or (
            letter != "N" and (not wordy or not inner.isdisjoint(DAYS) or u.classes[first + 1] == ",")
        )
        return first if timely else None
    if day := ENDS_IN_DAY.search(u.classes, first, last):
        last = day.start() if day.start() > first + 1 else last
    if last - first <= LONGEST and ENDS_IN_CITY.search(u.classes, first, last):
        return last - 1 - (u.classes[last - 1] == ".")
    return None


def opening(u: Units, first: int, last: int) -> int:
    """Where a sentence begins, after its dateline."""
    if u.classes[first] in "LNR" and DATED.match(u.classes, first + 1):
        for at in range(min(last, first + LONGEST) - 1, first + 1, -1):
            if u.classes[at] in ":-)":
                return at + 1
    return first
