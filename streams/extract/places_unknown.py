"""Words that no list knows, where a place stands: "in Karrada", "the village of Svilaj", "Francistown and Nata"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet
from typing import Final

from streams.extract.agreement_days import is_month
from streams.extract.folding import fold
from streams.extract.organizations import head_words
from streams.extract.units import Units
from streams.extract.vocabulary import word_sets

LEADS: Final = frozenset({"in", "near", "off", "outside", "at"})
BEHIND: Final = ",.;)|&xdoTfi"
KINDS: Final = frozenset(
    [
        "town",
        "towns",
        "city",
        "cities",
        "village",
        "villages",
        "district",
        "districts",
        "province",
        "provinces",
        "region",
        "regions",
        "governorate",
        "governorates",
        "county",
        "counties",
        "municipality",
        "municipalities",
        "commune",
        "communes",
        "locality",
        "localities",
        "suburb",
        "neighbourhood",
        "neighborhood",
        "island",
        "islands",
        "port",
        "ports",
        "state",
        "states",
        "department",
        "departments",
        "settlement",
        "settlements",
        "canton",
        "cantons",
        "prefecture",
        "prefectures",
        "island",
        "resort",
        "hamlet",
        "district",
        "oblast",
        "parish",
        "parishes",
        "atoll",
    ]
)
NOT_HEADS: Final = frozenset(
    {"state", "base", "road", "area", "park", "museum", "headquarters", "hotel", "church"}
)
PLACE: Final = r"(?:[CLRGK]|CC|LC|RC|CK)"
LIST: Final = re.compile(rf"(?<![-CGIKMLRHOUQNs.]){PLACE}(?:,{PLACE})*,?&{PLACE}(?![-CGIKMsU(0])")
LONG: Final = re.compile(r"(?<![CGIKMLRHO])[CG](?:p?[CGL]){1,2}")
ITEM: Final = re.compile(r"[CGLRK]+")


def stands_in(u: Units, i: int, persons: AbstractSet[str]) -> bool:
    """Whether an unknown capitalised word that is not one of `persons` stands where a place does."""
    if u.classes[i + 1] in "CGIMs" or u.classes[i - 1] in "CGIKM" or u.lows[i] in persons:
        return False
    after = u.lows[i + 1]
    if after in head_words("place") and u.classes[i + 1] in "xd" and after not in NOT_HEADS:
        return True
    if u.classes[i + 1] not in BEHIND or after == "'":
        return False
    return u.lows[i - 1] in LEADS or _is_kind(u, i - 1)


def stands_long(u: Units, i: int, persons: AbstractSet[str]) -> int:
    """The unit after a name of several words that stands where a place does, or 0: "the village of Usnarz Gorny"."""
    match = LONG.match(u.classes, i)
    if (
        match is None
        or u.classes[match.end()] not in BEHIND
        or not persons.isdisjoint(u.lows[i : match.end()])
    ):
        return 0
    plain = u.lows[i - 1] in {"in", "at", "near"} and set(match[0]) <= {"C", "G"} and "C" in match[0]
    return match.end() if plain or _is_kind(u, i - 1) else 0


def opens_dateline(u: Units, i: int) -> bool:
    """Whether a line begins with unit `i` and a date: "Male, 5 March", "Male, March 5"."""
    opens = i == 0 or u.classes[i - 1] == "|"
    dated = u.classes[i + 1] == "," and (is_month(u.lows[i + 2]) or is_month(u.lows[i + 3]))
    return opens and dated


def is_proper(u: Units, i: int) -> bool:
    """Whether no part of a hyphenated unit is a word, a number or a given name: "Kok-Tash", not "Counter-IED"."""
    sets = word_sets()
    words = (sets.common, sets.given, sets.not_names)
    parts = u.texts[i].split("-")
    return all(len(p) > 1 and not p.isupper() and not any(fold(p) in w for w in words) for p in parts)


def _is_kind(u: Units, i: int) -> bool:
    """Whether unit `i` ends "the village of"."""
    return u.classes[i] == "o" and u.lows[i - 1] in KINDS and u.texts[i - 1][0].islower()


def listed(u: Units, found: Collection[int], persons: AbstractSet[str]) -> Iterator[tuple[int, int]]:
    """Unknown names in a list with a place: "between Dili, Atambua and Kupang".

    `found` are the units at which a place begins.
    """
    for match in LIST.finditer(u.classes):
        items = [(m.start(), m.end()) for m in ITEM.finditer(u.classes, *match.span())]
        if not any(first in found for first, _ in items) and not _is_kind(u, match.start() - 1):
            continue
        new = [(first, last) for first, last in items if first not in found]
        if all(
            "C" in u.classes[first:last] and persons.isdisjoint(u.lows[first:last]) for first, last in new
        ):
            yield from new
