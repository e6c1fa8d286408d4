"""Enters persons: one entity each, all their mentions, their country and office."""

from __future__ import annotations

from collections import Counter

from streams.annotation import Entity
from streams.extract.coreference import family_names, group_persons
from streams.extract.emit import Ledger
from streams.extract.keys import person_key
from streams.extract.persons import Person
from streams.extract.units import Units


def _country(group: list[Person], home: str | None) -> str | None:
    """Whom a person represents: what their offices say, else the home side for an office without country."""
    said = Counter(p.office.country for p in group if p.office and p.office.country)
    if said:
        return max(said, key=lambda c: (said[c], c))
    return home if any(p.office for p in group) else None


def add_persons(ledger: Ledger, u: Units, persons: list[Person], home: str | None) -> None:
    """Enter every person with all mentions, those by family name alone among them."""
    groups = group_persons(u, persons)
    ids: list[str] = []
    for group in groups:
        full = max((u.surface(p.first, p.last) for p in group), key=lambda n: (len(n.split()), len(n), n))
        country = _country(group, home)
        entity_id = ledger.entity(Entity(person_key(full, country), "person", full, country))
        ids.append(entity_id)
        for person in group:
            start, end = u.span(person.first, person.last)
            office = person.office
            ledger.mention(
                entity_id, start, end, rule=person.rule, country=country,
                office=u.surface(office.first, office.last) if office else None,
                office_level=office.level if office else None, office_state=office.state if office else None,
            )  # fmt: skip
    _add_short(ledger, u, persons, family_names(u, groups), ids)


def _add_short(ledger: Ledger, u: Units, persons: list[Person], owners: dict[str, int], ids: list[str]) -> None:
    """Mentions by a single name ("Vassilenko") of someone who is named in full elsewhere."""
    taken = {i for p in persons for i in range(p.first, p.last)}
    for i, unit in enumerate(u.units):
        if i not in taken and unit.low in owners and u.classes[i] in "GCU" and unit.text[0].isupper():
            if u.classes[i - 1] not in "KMGCU" and u.classes[i + 1] not in "KMGCU":
                ledger.mention(ids[owners[unit.low]], unit.start, unit.end, rule="person.short")
