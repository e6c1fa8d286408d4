"""Places: known cities and regions decided in context, and what is named as a place by a head word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from streams.extract.folding import spelled
from streams.extract.organizations import head_words, last_before
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
PLANTS: Final = frozenset({"npp", "hpp", "plant", "station", "reactor"})
OF_PLANTS: Final = frozenset({"nuclear", "power", "hydropower", "hydroelectric", "thermal", "research"})
CANDIDATE: Final = re.compile(r"[LRCGKMUQ]")
RUN: Final = re.compile(r"[NDLRCGKMU]+(?:(?:(?<=[LRCG])-(?=[LRCG])|(?<=[CG])s(?=[KC]))[NDLRCGKMU]+)*")
OF_HEAD: Final = re.compile(r"[KMC]ot?(?:[LRC](?![CG]))")
PROPER: Final = re.compile(r"[CGLRNDU]")
BETWEEN: Final = re.compile(r"[DN]-[DN]x")  # "the Polish-Ukrainian border"
OPENERS: Final = frozenset({"lake", "mount", "mt", "cape", "isle", "wadi", "camp", "fort", "port"})
BARE: Final = frozenset(
    {
        "state",
        "area",
        "base",
        "city",
        "park",
        "hall",
        "square",
        "road",
        "street",
        "region",
        "territory",
        "port",
        "town",
        "quarter",
        "station",
        "camp",
        "border",
        "crossing",
        "coast",
        "strip",
        "house",
        "residence",
        "republic",
        "bridge",
        "tower",
        "garden",
        "gardens",
        "plaza",
        "terminal",
        "hill",
        "hills",
        "heights",
        "county",
        "district",
        "centre",
        "center",
        "hotel",
        "church",
        "temple",
        "avenue",
        "canton",
        "village",
        "basin",
        "canal",
        "valley",
        "peninsula",
        "dam",
        "suburb",
    }
)


class Placed(NamedTuple):
    """A place at units first..last (exclusive); `known` is null where no data settle it."""

    first: int
    last: int
    known: Known | None
    country: str | None
    rule: str


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


def _beside(u: Units, i: int) -> str | None:
    """The country named directly after unit `i` ("Baghdad, Iraq")."""
    after = u.classes[i + 1 : i + 4]
    step = 2 if after[:2] in {",N", "(N", "iN"} else 3 if after in {",tN", "itN", "otN"} else 0
    if not step:
        return None
    return next((k.code for k in u.known[i + step] if k.kind == "country"), None)


def find_places(u: Units, taken: set[int], names: set[int], countries: Mapping[str, int]) -> list[Placed]:
    """Places, inside the `names` of organisations and agreements only known ones.

    `taken` are the units of persons; `countries` counts the countries that the text names.
    """
    found = [*_headed(u, taken | names)]
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
        Placed(first, last, None, _beside(u, last - 1), "place.listed")
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
        near = _beside(u, i)
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
        return Placed(i, _division_end(u, i), None, _beside(u, i), "place.in")
    end = stands_long(u, i, persons)
    return Placed(i, end, None, _beside(u, end - 1), "place.in") if end else None


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


def _headed(u: Units, taken: set[int]) -> Iterator[Placed]:
    """As in "Kerman Province", "Presidential Palace", "Mount Sinjar", "Port of Aktau"."""
    heads = [i for i in u.at_words(head_words("place")) if u.classes[i] in "KMCGU"]
    openers = [i for i in u.at_words(OPENERS) if u.classes[i + 1] in "CGLRK" and taken.isdisjoint((i, i + 1))]
    for match in RUN.finditer(u.classes) if heads or openers else ():
        first, last = match.span()
        head = last_before(last, heads)
        if head > first and taken.isdisjoint(range(first, head + 1)):
            low, lead = u.lows[head], u.classes[first:head]
            heads_of = u.lows[first] == "state" and u.lows[first - 2 : first] in (
                ["heads", "of"],
                ["head", "of"],
            )
            if (
                u.classes[head + 1] not in "KMCGO"
                and not heads_of
                and (low not in BARE or PROPER.search(lead))
            ):
                code = next(
                    (
                        k.code
                        for i in range(first, head)
                        for k in u.known[i]
                        if k.kind in {"country", "adjective", "region"}
                    ),
                    None,
                )
                yield Placed(first, head + 1, None, code or _beside(u, head), "place.head")
                continue
        opener = next((i for i in openers if first <= i < last - 1), None)
        if opener is not None:
            yield Placed(opener, opener + 2, None, _beside(u, opener + 1), "place.head")
    for match in BETWEEN.finditer(u.classes):
        if u.lows[match.end() - 1] == "border":
            yield Placed(match.start(), match.end(), None, None, "place.border")
    yield from _plants(u, taken)
    before = head_words("place", "before")
    for match in OF_HEAD.finditer(u.classes):
        first, last = match.span()
        of_heads = u.lows[first] == "state" and u.lows[first - 2] in {"head", "heads"}
        if (
            u.lows[first] in before
            and not of_heads
            and u.texts[last - 1]
            and not any(i in taken for i in range(first, last))
        ):
            yield Placed(first, last, None, _beside(u, last - 1), "place.head")


def _plants(u: Units, taken: set[int]) -> Iterator[Placed]:
    """As in "Zaporizhzhia nuclear power plant", "South Ukraine NPP"."""
    for head in u.at_words(PLANTS):
        i, end = head, head + 1
        while u.lows[i - 1] in OF_PLANTS:
            i -= 1
        first = i
        while u.classes[first - 1] in "CLRGNK" and u.texts[first - 1][0].isupper():
            first -= 1
        named = PROPER.search(u.classes[first:i]) and (end - i > 1 or u.lows[i] in {"npp", "hpp"})
        if named and taken.isdisjoint(range(first, end)):
            yield Placed(first, end, None, _country_in(u, first, i), "place.head")


def _country_in(u: Units, first: int, last: int) -> str | None:
    kinds = {"country", "region", "city"}
    return next((k.code for i in range(first, last) for k in u.known[i] if k.kind in kinds), None)


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
