"""Enters organisations and agreements, known and new, with the acronyms that a text gives them."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from streams.annotation import Entity
from streams.extract.emit import Ledger
from streams.extract.keys import agreement_key, organization_key
from streams.extract.organizations import Named
from streams.extract.places import seat_of
from streams.extract.standing import national
from streams.extract.tables import Known
from streams.extract.units import Units

ACRONYM: Final = re.compile(r'\(t?"?(?P<short>[UCKQA])"?\)')
EQUATED: Final = re.compile(r'(?P<long>A)\((?:x?t?)"?(?P<short>A)"?\)')
OF_COUNTRY: Final = re.compile(r"ot?N$")


def _parties(u: Units, named: Named) -> tuple[str, ...]:
    """The countries and organisations with a code that a name holds."""
    codes = {
        k.code
        for i in range(named.first, named.last)
        for k in u.known[i]
        if k.code and u.classes[i] in "NDQ" and k.kind != "city"
    }
    return tuple(sorted(codes))


def _base(u: Units, named: Named) -> str:
    """The name without the country before or after it: "Singapore Ministry of Law" and "Ministry of Law"."""
    first, last = named.first, named.last
    while first < last - 1 and u.classes[first] in "NDs":
        first += 1
    if match := OF_COUNTRY.search(u.classes[first:last]):
        last -= len(match[0])
    return u.text[u.starts[first] : u.ends[last - 1]].casefold()


class _Names:
    """Entities of names in one text, so that shorter names and acronyms find the longer ones."""

    def __init__(self, ledger: Ledger, u: Units) -> None:
        self.ledger, self.u = ledger, u
        self.short: dict[str, str] = {}
        self.agreements: list[tuple[str, str]] = []
        self.bases: dict[tuple[str, str], list[tuple[str | None, str]]] = {}

    def organization(self, named: Named) -> str:
        """Enter an organisation; one with the same base and no other country is the same."""
        surface = self.u.surface(named.first, named.last)
        parties = _parties(self.u, named)
        country = parties[0] if len(parties) == 1 else None
        base = self.bases.setdefault((named.kind, _base(self.u, named)), [])
        fitting = [i for c, i in base if c == country] or (
            [i for c, i in base] if country is None or (len(base) == 1 and base[0][0] is None) else []
        )
        if fitting:
            self.ledger.name(fitting[0], surface)
            return fitting[0]
        entity_id = self.ledger.entity(
            Entity(organization_key(surface, country), "organization", surface, country)
        )
        base.append((country, entity_id))
        return entity_id

    def agreement(self, named: Named, core: str | None, parties: tuple[str, ...]) -> str:
        """Enter an agreement, or the whole name of one whose core was just entered."""
        surface = self.u.surface(named.first, named.last)
        if core is not None:
            self.ledger.name(core, surface)
            return core
        if longer := next((i for n, i in self.agreements if n.endswith(" " + surface.casefold())), None):
            return longer
        key = agreement_key(named.kind, surface, parties)
        return self.ledger.entity(Entity(key, named.kind, surface))  # type: ignore[arg-type]


def add_named(
    ledger: Ledger, u: Units, agreements: list[Named], organizations: list[Named]
) -> dict[str, str]:
    """Enter names found by grammar; returns the acronyms that the text gives them, each with its entity."""
    names = _Names(ledger, u)
    tails = [
        n
        for n in agreements
        if n.rule == "agreement.tail" and any(c.first == n.first and c is not n for c in agreements)
    ]
    cores: dict[int, str] = {}
    whole = {n.first: n for n in tails}
    for named in sorted((n for n in agreements if n not in tails), key=lambda n: (n.first - n.last, n.first)):
        parties = _parties(u, whole.get(named.first, named))
        cores[named.first] = names.agreement(named, None, parties)
        names.agreements.append((u.surface(named.first, named.last).casefold(), cores[named.first]))
        _enter(names, named, cores[named.first])
    for named in tails:
        _enter(names, named, names.agreement(named, cores[named.first], ()))
    inner = {
        i
        for n in agreements
        if n.rule in {"agreement.head", "agreement.place"}
        for i in range(n.first, n.last)
    }
    organizations = [n for n in organizations if not inner.issuperset(range(n.first, n.last))]
    by_length = sorted(
        organizations, key=lambda n: (n.rule == "organization.acronym", n.first - n.last, n.first)
    )
    acronyms = [n for n in by_length if n.rule == "organization.acronym"]
    for named in by_length:
        if named.rule != "organization.acronym":
            _enter(names, named, names.organization(named))
    for named in acronyms:
        if u.surface(named.first, named.last) not in names.short:
            _enter(names, named, names.organization(named))
    for i, word in enumerate(u.texts) if names.short else ():
        if word in names.short and u.classes[i] in "UCKQA":
            ledger.name(names.short[word], word)
            ledger.mention(names.short[word], u.starts[i], u.ends[i], rule="acronym")
    return names.short


def _enter(names: _Names, named: Named, entity_id: str) -> None:
    u = names.u
    names.ledger.mention(entity_id, *u.span(named.first, named.last), rule=named.rule)
    if match := ACRONYM.match(u.classes, named.last):
        i = match.start("short")
        inner = {k.name for j in range(named.first, named.last) for k in u.known[j]}
        if not any(k.name in inner for k in u.known[i]):  # "Secretariat of the League (LEAGUE)"
            names.short.setdefault(u.texts[i], entity_id)


def known_entity(known: Known) -> Entity:
    """The entity of a vocabulary's organisation or agreement."""
    if known.kind == "organization":
        return Entity(organization_key(known.name, known.code), "organization", known.name, known.code)
    return Entity(agreement_key(known.kind, known.name, ()), known.kind, known.name)  # type: ignore[arg-type]


def _meant(known: list[Known], countries: Container[str]) -> Known:
    """Of several bodies of one acronym the one of a state that the text names, else the first of none."""
    bodies = national("body")
    at_home = [k for k in known if bodies.get(k.name.lower()) in countries]
    return next(iter(at_home), None) or next((k for k in known if k.name.lower() not in bodies), known[0])


def _equated(u: Units, i: int) -> Known | None:
    """The agreement or initiative of which unit `i` is another name: "LONG NAME (SHORT NAME)", anywhere in the text."""
    low = u.lows[i]
    for match in EQUATED.finditer(u.classes):
        if u.lows[match.start("short")] == low and low != u.lows[match.start("long")]:
            return next(k for k in u.known[match.start("long")] if k.kind in {"agreement", "initiative"})
    return None


def add_known(ledger: Ledger, u: Units, taken: set[int], countries: Container[str]) -> None:
    """Enter organisations and agreements of the vocabularies, unless the place of that name is meant."""
    for at in re.finditer("[QA]", u.classes):
        i = at.start()
        if i not in taken and seat_of(u, i) is None:
            known = _meant(
                [k for k in u.known[i] if k.kind in {"organization", "agreement", "initiative"}], countries
            )
            entity = known_entity(known)
            if u.classes[i] == "A" and (same := _equated(u, i)):
                entity = known_entity(same)
            ledger.entity(Entity(entity.entity_id, entity.kind, entity.name, entity.country, (u.texts[i],)))
            ledger.name(entity.entity_id, u.texts[i])
            ledger.mention(entity.entity_id, u.starts[i], u.ends[i], rule="known")
