"""Enters persons: one entity each, all their mentions, their country and office."""

from __future__ import annotations

import re
from typing import Final

from streams.annotation import Entity
from streams.extract.coreference import PATRONYMIC, family_names, group_persons
from streams.extract.emit import Ledger
from streams.extract.issuer import home_country
from streams.extract.keys import person_key
from streams.extract.offices import Office
from streams.extract.person_states import Group, stage_of, weigh
from streams.extract.persons import Person
from streams.extract.representing import code_of
from streams.extract.roles import Holder, heads_of
from streams.extract.sides import COMPANY, beyond, posts_of, side_of, standing_of, titled_offices
from streams.extract.units import Units

PARTY: Final = re.compile("[NDQ]")
SETTLED, TITLE = "settled", "title"  # by text or vocabularies, by the name of the office alone


def add_persons(
    ledger: Ledger, u: Units, persons: list[Person], offices: list[Office], home: str | None
) -> tuple[str | None, list[Holder]]:
    """Enter every person with all mentions; returns the home side and who holds which office.

    `home` is the publisher's country, if known.
    """
    home, members = company_of(u, persons, offices, home)
    ids: list[str] = []
    holders: list[Holder] = []
    stage = stage_of(u, home, members)
    for member in members:
        group, standing, full = member.persons, member.standing, member.name
        country = member.settled or weigh(stage, member)
        entity_id = ledger.entity(Entity(person_key(full, country), "person", full, country))
        ids.append(entity_id)
        heads = frozenset(h for o in standing.offices for h in heads_of(u, o))
        holders.append(
            Holder(
                entity_id,
                country,
                heads,
                frozenset(o.level for o in standing.offices),
                tuple(p.first for p in group),
            )
        )
        for person in group:
            _add_mention(ledger, u, person, entity_id, country)
    _add_short(ledger, u, persons, family_names(u, [list(m.persons) for m in members]), ids)
    return home, holders


def company_of(
    u: Units, persons: list[Person], offices: list[Office], home: str | None
) -> tuple[str | None, list[Group]]:
    """The home side, and every person with what the rules say of whom he represents."""
    groups = group_persons(u, persons)
    at = (m.start() for m in PARTY.finditer(u.classes))
    mentioned = {c for i in at if (c := code_of(u, i))}
    titled = titled_offices(u, offices, {p.office.first for p in persons if p.office})
    taken = {p.office.country for p in persons if p.office and p.office.country}
    titled = {head: code for head, code in titled.items() if code not in taken}
    standings = [standing_of(u, group, mentioned, titled) for group in groups]
    home = home_country(u, offices, standings, home)
    at_home = {o for s in standings if home and home in {s.said, s.known} for o in posts_of(u, s)}
    found = []
    for group, standing in zip(groups, standings, strict=True):
        settled = standing.said or standing.known
        by = TITLE if standing.by_title else SETTLED
        country, rule = (settled, by) if settled else side_of(u, standing, home, group)
        if home and country == home and rule not in {COMPANY, SETTLED, TITLE}:
            if at_home & posts_of(u, standing):
                country, rule = beyond(u, group, home), "second"
            at_home |= posts_of(u, standing)
        full = max((u.surface(p.first, p.last) for p in group), key=_fullness)
        said = country if rule == COMPANY else standing.said
        found.append(Group(group, standing._replace(said=said), country, rule, full))
    return home, found


def _fullness(name: str) -> tuple[bool, int, int, str]:
    return (PATRONYMIC.search(name) is None, len(name.split()), len(name), name)


def _office_surface(u: Units, office: Office | None) -> str | None:
    """The office as written; "his counterpart" tells the country but is no office."""
    if office is None or u.lows[office.last - 1] in {
        "counterpart",
        "colleague",
        "predecessor",
        "successor",
    }:
        return None
    return u.surface(office.first, office.last)


def _add_mention(ledger: Ledger, u: Units, person: Person, entity_id: str, country: str | None) -> None:
    start, end = u.span(person.first, person.last)
    office = person.office
    ledger.name(entity_id, u.surface(person.first, person.last))
    ledger.mention(
        entity_id, start, end, rule=person.rule, country=country,
        office=_office_surface(u, office),
        office_level=office.level if office else None, office_state=office.state if office else None,
    )  # fmt: skip


def _add_short(
    ledger: Ledger, u: Units, persons: list[Person], owners: dict[str, int], ids: list[str]
) -> None:
    """Mentions by a single name ("Vassilenko") of someone who is named in full elsewhere."""
    taken = {i for p in persons for i in range(p.first, p.last)}
    for i in u.at_words(owners):
        if i not in taken and u.classes[i] in "GCU" and u.texts[i][0].isupper():
            opens = u.classes[i - 1] in "KM" and u.classes[i - 2] == "|"
            if (opens or u.classes[i - 1] not in "KMGCU") and u.classes[i + 1] not in "KMGCU":
                ledger.mention(ids[owners[u.lows[i]]], u.starts[i], u.ends[i], rule="person.short")
