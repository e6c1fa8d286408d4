"""Places: known cities and regions decided in context, and what is named as a place by a head word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from streams.extract.folding import spelled
from streams.extract.placed import Placed, beside
from streams.extract.places_headed import headed
from streams.extract.places_unknown import is_proper, listed, opens_dateline, stands_in, stands_long
from streams.extract.tables import Known, names_words
from streams.extract.units import Units
from streams.extract.vocabulary import word_sets

BEFORE_PLACE: Final = frozenset(
    {
        "in",
        "at",
        "near",
        "from",
        "to",
        "outside",
        "around",
        "across",
        "of",
        "into",
        "via",
        "between",
        "city",
        "town",
        "village",
        "port",
        "through",
        "towards",
        "visited",
        "visit",
    }
)
DIRECTIONS: Final = frozenset(
    {
        "eastern",
        "western",
        "northern",
        "southern",
        "north-eastern",
        "northeastern",
        "northeast",
        "north-east",
        "north-western",
        "northwestern",
        "northwest",
        "north-west",
        "south-eastern",
        "southeastern",
        "southeast",
        "south-east",
        "southwestern",
        "south-western",
        "southwest",
        "south-west",
        "central",
        "north",
        "south",
        "east",
        "west",
    }
)
DIVISIONS: Final = frozenset(
    [
        "province",
        "district",
        "governorate",
        "oblast",
        "prefecture",
        "county",
        "island",
        "islands",
        "airport",
        "voivodeship",
        "region",
        "state",
        "river",
        "valley",
        "peninsula",
        "checkpoint",
        "delta",
        "municipality",
        "raion",
    ]
)
PHYSICAL: Final = frozenset(
    ["river", "valley", "airport", "island", "islands", "peninsula", "delta", "checkpoint"]
)  # none is the city
AREAS: Final = frozenset({"province", "region", "district", "city", "governorate", "oblast"})
CANDIDATE: Final = re.compile(r"[LRCGKMUQ]")


WELL_KNOWN: Final = 100_000  # people
DWARFED: Final = 10  # times as many people has a city that is well known by that name too


def choose(candidates: tuple[Known, ...], near: str | None, countries: Mapping[str, int]) -> Known:
    """The likeliest of several places of one name: by the country beside it, then by the text, then by size."""

    def rank(k: Known) -> tuple[bool, bool, bool, bool, int]:
        large = k.population >= 1_000_000 or k.capital
        return k.code == near, large, k.code in countries, k.capital, k.population

    return max(candidates, key=rank)


def of_own_name(candidates: tuple[Known, ...], text: str) -> tuple[Known, ...]:
    """Those that are called so first of all, if one of them is well known ("Islamabad" is no Chattogram)."""
    own = tuple(k for k in candidates if spelled(k.name) == spelled(text))
    largest = max((k.population for k in own), default=0)
    dwarfed = (
        max(k.population for k in candidates) > DWARFED * largest
    )  # "St. Petersburg" is no city of Florida
    known = any(k.capital for k in own) or (largest >= WELL_KNOWN and not dwarfed)
    return own if known else candidates


def find_places(u: Units, taken: set[int], names: set[int], countries: Mapping[str, int]) -> list[Placed]:
    """Places, inside the `names` of organisations and agreements only known ones.

    `taken` are the units of persons; `countries` counts the countries that the text names.
    """
    found = [*headed(u, taken | names)]
    persons = frozenset(u.lows[i] for i in taken)
    used = taken | {i for p in found for i in range(p.first, p.last)}
    at = (m.start() for m in CANDIDATE.finditer(u.classes))
    found += [
        p
        for i in at
        if i not in used
        and (u.known[i] or u.classes[i] in "CG")
        and not is_ship(u, i)
        and (p := _single(u, i, countries, persons, inside=i in names))
    ]
    used |= {i for p in found for i in range(p.first, p.last)} | names
    begun = {p.first for p in found}
    found += [
        Placed(first, last, None, beside(u, last - 1), "place.listed")
        for first, last in listed(u, begun, persons)
        if used.isdisjoint(range(first, last))
    ]
    # Of two readings of one span the one that knows more comes first and stays.
    of_span: dict[tuple[int, int], Placed] = {}
    for p in sorted([*found, *_directed(u, found)], key=_order):
        of_span.setdefault((p.first, p.last), p)
    return [*of_span.values()]


def _order(p: Placed) -> tuple[int, int, bool, bool, str]:
    return p.first, p.last, p.known is None, p.country is None, p.rule


def is_ship(u: Units, i: int) -> bool:
    """Whether the prefix of a ship's name stands before unit `i`: "HMAS Adelaide"."""
    return u.texts[i - 1][:1].isupper() and u.lows[i - 1] in names_words("ships")


def _single(
    u: Units, i: int, countries: Mapping[str, int], persons: frozenset[str], *, inside: bool
) -> Placed | None:
    letter, entries = u.classes[i], u.known[i]
    if letter == "Q":
        seat = seat_of(u, i)
        return Placed(i, i + 1, seat, seat.code, "place.seat") if seat else None
    cities = tuple(k for k in entries if k.kind == "city")
    if letter == "R":
        region = next(k for k in entries if k.kind in {"region", "place"})
        exact = [k for k in cities if k.code == region.code and region.kind == "place"]
        return Placed(i, _division_end(u, i), exact[0] if exact else region, region.code, "place.region")
    if cities and letter in "LCGKMU":
        near = beside(u, i)
        best = choose(of_own_name(cities, u.texts[i]), near, countries)
        if (letter == "L" and (inside or u.classes[i + 1] not in "CU")) or (
            not inside and _reads_as_place(u, i, best, near, countries, persons)
        ):
            end = _division_end(u, i)
            named = None if u.lows[end - 1] in PHYSICAL else best
            return Placed(i, end, named, best.code, "place.city")
    if inside:
        return None
    return _unknown(u, i, persons) if letter in "CG" else None


def _unknown(u: Units, i: int, persons: frozenset[str]) -> Placed | None:
    """A name that no list knows where a place stands."""
    hyphenated = "-" in u.texts[i].strip("al-")
    if u.classes[i] == "C" and stands_in(u, i, persons) and (not hyphenated or is_proper(u, i)):
        return Placed(i, _division_end(u, i), None, beside(u, i), "place.in")
    end = stands_long(u, i, persons)
    return Placed(i, end, None, beside(u, end - 1), "place.in") if end else None


def _division_end(u: Units, i: int) -> int:
    """The end of "Karrada district", where the head is written small."""
    return i + 1 + (u.classes[i + 1] in "xd" and u.lows[i + 1] in DIVISIONS)


def _reads_as_place(
    u: Units, i: int, best: Known, near: str | None, countries: Mapping[str, int], persons: frozenset[str]
) -> bool:
    """Whether a small city, or one whose name is also a word or a given name, is meant as a place."""
    if near is not None and near == best.code:
        return True
    if u.lows[i] in word_sets().not_names:
        return False
    if u.classes[i + 1] in "GCI" or (u.classes[i] in "KM" and u.lows[i] in DIRECTIONS):
        return False
    if u.classes[i + 1] in "xd" and u.lows[i + 1] in AREAS:
        return True
    return best.code in countries and _stands(u, i, best, persons)


def _stands(u: Units, i: int, best: Known, persons: frozenset[str]) -> bool:
    """Whether a name that may be a word stands as a place does: in a dateline, behind a preposition, alone."""
    if best.capital and opens_dateline(u, i):  # "Male, 5 March"
        return True
    accented = u.classes[i] == "K" and not u.texts[i].isascii()  # "Malé"
    alone = (
        (u.classes[i] == "C" or accented)
        and u.lows[i] not in persons
        and u.classes[i - 1] not in "CGIKLMHOU-"
    )
    return u.lows[i - 1] in BEFORE_PLACE or (alone and u.classes[i + 1] not in "KMUs-")


def _directed(u: Units, found: list[Placed]) -> Iterator[Placed]:
    """As in "eastern Aleppo", "Northern Iraq": a part of a place is a place of its own."""
    starts = {p.first: p for p in found if p.last == p.first + 1}
    for i in (at + 1 for at in u.at_words(DIRECTIONS)):
        if u.classes[i - 1] in "xKM" and u.classes[i] in "NLRC":
            if u.classes[i] == "N":
                code = next(k.code for k in u.known[i] if k.kind == "country")
                yield Placed(i - 1, i + 1, None, code, "place.part")
            elif i in starts and u.classes[i] != "N":
                yield Placed(i - 1, i + 1, None, starts[i].country, "place.part")


def seat_of(u: Units, i: int) -> Known | None:
    """The place where unit `i` names a body that is also a place, and place is meant ("at the White House")."""
    place = next((k for k in u.known[i] if k.kind == "place"), None)
    if place is None or u.classes[i] != "Q" or u.classes[i + 1] in "MOK":
        return None
    before = u.classes[max(0, i - 2) : i]
    at = i - 2 if before.endswith("t") else i - 1
    return place if u.lows[at] in {"at", "in", "to", "outside", "near", "from"} else None
