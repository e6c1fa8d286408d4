"""Enters countries and places with the use that each mention makes of them."""

from __future__ import annotations

from collections import Counter

from streams.annotation import Entity
from streams.closed_sets import EntityKind, MentionUse
from streams.extract.countries import common_names
from streams.extract.emit import Ledger
from streams.extract.keys import country_key, place_key
from streams.extract.places import Placed
from streams.extract.units import Units


def _code(u: Units, i: int) -> str:
    return next(k.code for k in u.units[i].known if k.code and k.kind in {"country", "adjective"})


def count_countries(u: Units) -> Counter[str]:
    """How often the text names each country, by name or adjective."""
    return Counter(_code(u, i) for i, letter in enumerate(u.classes) if letter in "ND")


def country_entity(code: str) -> Entity:
    return Entity(country_key(code), "country", common_names()[code], code)


def add_countries(ledger: Ledger, u: Units, taken: set[int], titles: set[int], names: set[int]) -> None:
    """Enter countries: as names, as adjectives, or inside the title of an office."""
    for i, letter in enumerate(u.classes):
        if letter not in "ND" or i in taken:
            continue
        use: MentionUse = "name" if letter == "N" else "adjective"
        if letter == "N" and (i in titles or i in names):
            use = "title"
        entity_id = ledger.entity(country_entity(_code(u, i)))
        ledger.mention(entity_id, u.units[i].start, u.units[i].end, use=use, rule="country")


def add_places(ledger: Ledger, u: Units, places: list[Placed]) -> None:
    """Enter cities, regions and unresolved places."""
    for place in places:
        surface = u.surface(place.first, place.last)
        known = place.known
        if known is None:
            entity = Entity(place_key(surface, place.country, None), "place", surface, place.country)
        else:
            kind: EntityKind = "region" if known.kind == "region" else "place"
            key = place_key(known.name, known.code, known.geonames_id)
            entity = Entity(
                key if kind == "place" else key.replace("place:", "region:", 1), kind, known.name, known.code,
                (surface,), None, known.geonames_id, known.latitude, known.longitude,
            )  # fmt: skip
        entity_id = ledger.entity(entity)
        ledger.mention(entity_id, *u.span(place.first, place.last), rule=place.rule)
