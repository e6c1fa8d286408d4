"""Enters countries and places with the use that each mention makes of them."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

from streams.annotation import Entity
from streams.closed_sets import EntityKind, MentionUse
from streams.extract.countries import common_names, seats
from streams.extract.emit import Ledger
from streams.extract.folding import normal
from streams.extract.keys import country_key, place_key
from streams.extract.memo import Memo
from streams.extract.named_known import known_entity
from streams.extract.organizations import head_words
from streams.extract.placed import Placed
from streams.extract.places import BEFORE_PLACE, DIVISIONS, PHYSICAL
from streams.extract.tables import Known, settings
from streams.extract.units import Units
from streams.extract.vocabulary import word_sets

UNION: Final = Known("organization", "European Union", "EU")
OF_PEOPLE: Final = frozenset(
    ["state", "province", "region", "district", "city", "town", "village", "governorate", "emirate", "county"]
)
MONEY: Final = frozenset({"dollar", "dollars", "cents", "$"})
BEFORE_NAME: Final = re.compile("[KMC]*[KCAQ](?!O)")  # "Munich Security Conference"
CALLED_AFTER: Final = frozenset(
    ["process", "processes", "format", "formula", "accord", "accords", "agreement", "agreements", "declaration", "visa"]
)  # fmt: skip


def _code(u: Units, i: int) -> str:
    return next(k.code for k in u.known[i] if k.code and k.kind in {"country", "adjective"})


def count_countries(u: Units) -> Counter[str]:
    """How often the text names each country, by name or adjective."""
    return Counter(_code(u, m.start()) for m in re.finditer("[ND]", u.classes))


@cache
def country_entity(code: str) -> Entity:
    return Entity(country_key(code), "country", common_names()[code], code)


def _use(u: Units, i: int, titles: set[int], names: set[int]) -> MentionUse:
    """Whether a country is named as such, as an adjective, or inside a title or another name."""
    if u.classes[i] == "D":
        return "adjective"
    if i in titles or i in names:
        return "title"
    both = any(k.kind == "adjective" for k in u.known[i])
    after = u.classes[i + 1]
    return (
        "adjective"
        if both and (after in "KMCGOD-" or (after == "x" and u.lows[i + 1] not in verbs()))
        else "name"
    )


@cache
def verbs() -> frozenset[str]:
    """Small words after which a country before them is no mere adjective ("the US has", "the UK and")."""
    names = settings("names.toml")
    return frozenset(names["person_verbs"]) | frozenset(names["headline_verbs"])


def add_countries(ledger: Ledger, u: Units, taken: set[int], titles: set[int], names: set[int]) -> None:
    """Enter countries: as names, as adjectives, or inside the title of an office."""
    for at in re.finditer("[ND]", u.classes):
        i = at.start()
        if i not in taken and u.lows[i + 1] not in MONEY and u.text[u.ends[i] : u.ends[i] + 1] != "$":
            entity_id = ledger.entity(country_entity(_code(u, i)))
            ledger.mention(entity_id, u.starts[i], u.ends[i], use=_use(u, i, titles, names), rule="country")


def _entity(surface: str, known: Known | None, country: str | None) -> Entity:
    if known is None:
        name = surface.rsplit(" ", 1)[0] if surface.rsplit(" ", 1)[-1] in DIVISIONS else surface
        return Entity(place_key(name, country, None), "place", name, country)
    kind: EntityKind = "region" if known.kind == "region" else "place"
    key = place_key(known.name, known.code, known.geonames_id)
    if kind == "region":
        key = key.replace("place:", "region:", 1)
    return Entity(
        key,
        kind,
        known.name,
        known.code,
        (surface,),
        None,
        known.geonames_id,
        known.latitude,
        known.longitude,
    )


def _government(u: Units, i: int) -> str | None:
    """The party for whose government the capital at unit `i` stands ("Brussels expects", "warned Minsk")."""
    if u.classes[i] != "L":
        return None
    words = settings("names.toml")
    acts = u.lows[i + 1] in words["government_verbs"] and u.lows[i - 1] not in BEFORE_PLACE
    if (acts and u.classes[i - 1] in {"|", ",", "&", '"', "x", "."}) or u.lows[i - 1] in words[
        "government_objects"
    ]:
        return seats().get(u.lows[i])
    return None


def _without_head(surface: str) -> str:
    words = normal(surface).split()
    if words[-1] in PHYSICAL:
        return " ".join(words)
    if len(words) > 2 and words[0] in OF_PEOPLE and words[1] == "of":
        return " ".join(words[2:])
    return " ".join(w for w in words if w not in head_words("place")) or " ".join(words)


BASES: Final = Memo(_without_head)  # "Anbar province" and "Anbar" are one


def _use_of(u: Units, place: Placed, titles: set[int]) -> MentionUse:
    """Whether a place is named as such, inside a title, or only to tell a thing from others ("Schengen visa")."""
    if place.first in titles:
        return "title"
    if place.rule == "place.border" and not {"at", "area"} & set(u.lows[place.first - 3 : place.first]):
        return "pronoun"  # described, not named: "the situation on the Polish-Ukrainian border"
    if place.rule == "place.head":
        return "name"
    if place.rule == "place.part" and u.texts[place.first].islower():  # "northern Mexico"
        return "pronoun"
    at = place.last
    named = BEFORE_NAME.match(u.classes, at) is not None and u.lows[at] not in word_sets().not_names
    return "adjective" if named or u.lows[at] in CALLED_AFTER else "name"


def _ends(u: Units, place: Placed) -> list[int]:
    """Where the place's name ends; "Bolu province" is called "Bolu" too."""
    small = place.last - place.first == 2 and u.texts[place.last - 1] in DIVISIONS
    small = small and not (u.lows[place.last - 1] in PHYSICAL and u.known[place.first])
    return [place.last - 1, place.last] if small else [place.last]


def add_places(ledger: Ledger, u: Units, places: list[Placed], titles: set[int]) -> None:
    """Enter cities, regions and unresolved places; one that is resolved lends its entity to its namesakes."""
    by_name: dict[str, str] = {}
    for place in sorted(places, key=lambda p: (p.known is None, p.first)):
        surface = u.surface(place.first, place.last)
        entity = _entity(surface, place.known, place.country)
        base = BASES[surface]
        entity_id = by_name.get(base) if place.known is None else None
        if entity_id is None:
            entity_id = ledger.entity(entity)
            by_name.setdefault(base, entity_id)
        ledger.name(entity_id, surface)
        if place.last == place.first + 1 and (code := _government(u, place.first)):
            other = known_entity(UNION) if code == "EU" else country_entity(code)
            ledger.mention(
                ledger.entity(other), *u.span(place.first, place.last), use="pronoun", rule="capital"
            )
            ledger.mention(entity_id, *u.span(place.first, place.last), use="pronoun", rule=place.rule)
            continue
        use = _use_of(u, place, titles)
        for last in _ends(u, place):
            ledger.mention(entity_id, *u.span(place.first, last), use=use, rule=place.rule)
