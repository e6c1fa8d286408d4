"""Places: known cities and regions decided in context, and what is named as a place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from streams.extract.units import Units
from streams.extract.vocabulary import Known

BEFORE_PLACE: Final = frozenset({"in", "at", "near", "from", "to", "outside", "around", "across", "of", "into", "via", "between"})
FOLLOWS: Final = ",("


class Placed(NamedTuple):
    """A place at units first..last (exclusive); `known` is null where no data settle it."""

    first: int
    last: int
    known: Known | None
    country: str | None
    rule: str


def choose(candidates: tuple[Known, ...], near: str | None, countries: Mapping[str, int]) -> Known:
    """The likeliest of several places of one name: by the country beside it, then by the text, then by size."""

    def rank(k: Known) -> tuple[bool, bool, bool, int]:
        return k.code == near, k.population >= 1_000_000 or k.capital, k.code in countries, k.population

    return max(candidates, key=rank)


def _beside(u: Units, i: int) -> str | None:
    """The country named directly after unit `i` ("Baghdad, Iraq")."""
    if u.classes[i + 1 : i + 2] and u.classes[i + 1] in FOLLOWS and u.classes[i + 2] == "N":
        return next((k.code for k in u.units[i + 2].known if k.kind == "country"), None)
    return None


def find_places(u: Units, taken: set[int], countries: Mapping[str, int]) -> list[Placed]:
    """Cities and regions outside other names; `countries` counts the countries that the text names."""
    found = []
    for i, unit in enumerate(u.units):
        if i in taken or not unit.text:
            continue
        letter = u.classes[i]
        cities = tuple(k for k in unit.known if k.kind == "city")
        if letter == "R":
            region = next(k for k in unit.known if k.kind in {"region", "place"})
            exact = [k for k in cities if k.code == region.code]
            found.append(Placed(i, i + 1, exact[0] if exact and region.kind == "place" else region, region.code, "place.region"))
        elif cities and letter not in "NDQAOH":
            near = _beside(u, i)
            best = choose(cities, near, countries)
            if letter == "L" or _reads_as_place(u, i, best, near, countries):
                found.append(Placed(i, i + 1, best, best.code, "place.city"))
        elif letter == "C" and u.units[i - 1].low in {"in", "near"} and u.classes[i + 1] not in "CGIKMs":
            found.append(Placed(i, i + 1, None, _beside(u, i), "place.in"))
    return found


def _reads_as_place(u: Units, i: int, best: Known, near: str | None, countries: Mapping[str, int]) -> bool:
    """Whether a small city, or one whose name is also a word or a given name, is meant as a place."""
    if near is not None and near == best.code:
        return True
    return u.units[i - 1].low in BEFORE_PLACE and best.code in countries and u.classes[i + 1] not in "GCI"
