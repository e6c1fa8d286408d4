"""Enters organisations and agreements, known and new, with the acronyms that a text gives them."""

from __future__ import annotations

import re
from typing import Final

from streams.annotation import Entity
from streams.extract.emit import Ledger
from streams.extract.keys import agreement_key, organization_key
from streams.extract.organizations import Named
from streams.extract.units import Units
from streams.extract.vocabulary import Known

ACRONYM: Final = re.compile(r"\(\"?[UCK]\"?\)")


def _parties(u: Units, named: Named) -> tuple[str, ...]:
    """The countries and organisations with a code that a name holds."""
    codes = {k.code for i in range(named.first, named.last) for k in u.units[i].known if k.code and u.classes[i] in "NDQ"}
    return tuple(sorted(codes))


def add_named(ledger: Ledger, u: Units, agreements: list[Named], organizations: list[Named]) -> None:
    """Enter names found by grammar; an acronym in parentheses after a name is a name of the same."""
    short: dict[str, str] = {}
    for named in [*agreements, *organizations]:
        surface = u.surface(named.first, named.last)
        parties = _parties(u, named)
        if named.kind == "organization":
            country = parties[0] if len(parties) == 1 else None
            entity = Entity(organization_key(surface, country), "organization", surface, country)
        else:
            entity = Entity(agreement_key(named.kind, surface, parties), named.kind, surface)  # type: ignore[arg-type]
        entity_id = ledger.entity(entity)
        ledger.mention(entity_id, *u.span(named.first, named.last), rule=named.rule)
        if match := ACRONYM.match(u.classes, named.last):
            inner = next(i for i in range(match.start(), match.end()) if u.classes[i] in "UCK")
            short.setdefault(u.units[inner].text, entity_id)
    for i, unit in enumerate(u.units):
        if unit.text in short and u.classes[i] in "UCK":
            ledger.name(short[unit.text], unit.text)
            ledger.mention(short[unit.text], unit.start, unit.end, rule="acronym")


def known_entity(known: Known) -> Entity:
    """The entity of a vocabulary's organisation or agreement."""
    if known.kind == "organization":
        return Entity(organization_key(known.name, known.code), "organization", known.name, known.code)
    return Entity(agreement_key(known.kind, known.name, ()), known.kind, known.name)  # type: ignore[arg-type]


def add_known(ledger: Ledger, u: Units, taken: set[int]) -> None:
    """Enter organisations and agreements of the vocabularies."""
    for i, unit in enumerate(u.units):
        if u.classes[i] in "QA" and i not in taken:
            known = next(k for k in unit.known if k.kind in {"organization", "agreement", "initiative"})
            entity = known_entity(known)
            ledger.entity(Entity(entity.entity_id, entity.kind, entity.name, entity.country, (unit.text,)))
            ledger.mention(entity.entity_id, unit.start, unit.end, rule="known")
