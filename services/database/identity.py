"""Whom we take an entity to be, given everything stored: a pure function of the set of entities.

A short name (family name, acronym, place without country) joins the only full entity of its kind
that has that name and no contradicting country. A full name without country, or under a state and an
organisation, is one person if exactly one such state occurs; under two states it stays apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from streams.extract.folding import normal

NAMED_KINDS: Final = frozenset({"person", "organization", "place", "agreement", "initiative", "region"})


@dataclass(frozen=True, slots=True)
class Known:
    """An entity as far as identity looks at it; `names` are folded."""

    entity_id: str
    kind: str
    name: str
    country: str | None
    names: frozenset[str]
    country_is_state: bool = False


def match_key(kind: str, name: str) -> str:
    """Return what two names must share to be compared: a person's family name, else the folded name."""
    words = normal(name).split()
    if not words:
        return f"{kind}:"
    return f"{kind}:{words[-1]}" if kind == "person" else f"{kind}:{' '.join(words)}"


def canonical(entities: Iterable[Known]) -> dict[str, str]:
    """Return the canonical id of every entity of a set that is closed under shared match keys."""
    found: dict[str, str] = {}
    by_kind: dict[str, list[Known]] = defaultdict(list)
    for entity in entities:
        found[entity.entity_id] = entity.entity_id
        by_kind[entity.kind].append(entity)
    for kind, some in by_kind.items():
        if kind in NAMED_KINDS:
            full = _join_full(some) if kind == "person" else _join_named(some)
            found |= full
            found |= _join_short(some, full)
            found |= _join_equated(some, found) if kind != "person" else {}
    return found


def _join_equated(some: list[Known], found: Mapping[str, str]) -> dict[str, str]:
    """Join an entity all of whose names are among those of one that has more: a text equated them."""
    bearers: dict[str, list[Known]] = defaultdict(list)
    for entity in some:
        for name in entity.names:
            bearers[name].append(entity)
    joined: dict[str, str] = {}
    for entity in sorted(some, key=lambda e: (-len(e.names), e.entity_id)):
        if found[entity.entity_id] != entity.entity_id or not entity.names:
            continue
        fuller = {
            joined.get(b.entity_id, found[b.entity_id])
            for b in bearers[min(entity.names)]
            if entity.names < b.names and (not entity.country or not b.country or entity.country == b.country)
        }
        if len(fuller) == 1 and fuller != {entity.entity_id}:
            joined[entity.entity_id] = fuller.pop()
    return joined


def _is_short(entity: Known) -> bool:
    """A person's family name alone, or an acronym; a longer name beside it makes it full."""
    longest = max(entity.names, key=len, default="")
    if entity.kind == "person":
        return " " not in longest
    if entity.kind == "place":
        return entity.country is None and not entity.entity_id.startswith("place:geonames:")
    return " " not in longest and len(longest) <= 8


def _join_full(persons: list[Known]) -> dict[str, str]:
    """Join full names of persons that differ only in country, where at most one state occurs."""
    groups: dict[str, list[Known]] = defaultdict(list)
    for person in persons:
        if not _is_short(person):
            groups[max(person.names, key=lambda n: (len(n), n))].append(person)
    joined: dict[str, str] = {}
    for group in groups.values():
        states = {p.country for p in group if p.country and p.country_is_state}
        if len(group) > 1 and len(states) <= 1:
            joined |= dict.fromkeys((p.entity_id for p in group), _first(group))
    return joined


def _join_named(some: list[Known]) -> dict[str, str]:
    """Join full entities that share their longest name and do not contradict in country."""
    groups: dict[str, list[Known]] = defaultdict(list)
    for entity in some:
        if not _is_short(entity):
            groups[max(entity.names, key=lambda n: (len(n), n))].append(entity)
    joined: dict[str, str] = {}
    for group in groups.values():
        countries = {e.country for e in group if e.country}
        if len(group) > 1 and len(countries) <= 1:
            joined |= dict.fromkeys((e.entity_id for e in group), _first(group))
    return joined


def _join_short(some: list[Known], full: Mapping[str, str]) -> dict[str, str]:
    bearers: dict[str, list[Known]] = defaultdict(list)
    for entity in some:
        if not _is_short(entity):
            for name in entity.names:
                bearers[name].append(entity)
                if entity.kind == "person":
                    bearers[name.split()[-1]].append(entity)
    joined = {}
    for entity in some:
        if _is_short(entity):
            able = {
                full.get(b.entity_id, b.entity_id)
                for name in entity.names
                for b in bearers.get(name, ())
                if entity.country is None or b.country is None or b.country == entity.country
            }
            if len(able) == 1:
                joined[entity.entity_id] = able.pop()
    return joined


def _first(group: list[Known]) -> str:
    """Return the id of the fullest name, then the smallest."""
    longest = max(len(e.name) for e in group)
    return min(e.entity_id for e in group if len(e.name) == longest)
