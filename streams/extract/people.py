"""Enters persons: one entity each, all their mentions, their country and office."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from typing import Final

from streams.annotation import Entity
from streams.extract.coreference import family_names, group_persons
from streams.extract.countries import common_names
from streams.extract.emit import Ledger
from streams.extract.issuer import home_country
from streams.extract.issuer_votes import Standing
from streams.extract.keys import person_key
from streams.extract.offices import Office
from streams.extract.persons import Person
from streams.extract.roles import Holder, heads_of
from streams.extract.standing import leader_country, national, title_country
from streams.extract.units import Units

SIDES: Final = frozenset(
    {
        "delegation",
        "side",
        "team",
        "leaders",
        "officials",
        "ministers",
        "government",
        "representatives",
        "party",
        "authorities",
    }
)
LEAD: Final = 2  # sentences
REACH: Final = 80  # units, back to the delegation that a list belongs to
LINKS: Final = frozenset(
    {
        "including",
        "included",
        "includes",
        "led",
        "headed",
        "represented",
        "comprised",
        "comprising",
        "composed",
        "consisting",
    }
)
OF_COUNTRY: Final = re.compile(r"o(?:t|)(?P<of>[NQ])|\((?P<in>[NQ])\)")
COUNTRY_BEFORE: Final = re.compile(r"N[-:](?:H\.?)*$")
OF_WORD: Final = re.compile("ot(K)")
OF_STATES: Final = frozenset({"head_of_state", "head_of_government", "minister", "deputy_minister"})
APPOINTING: Final = frozenset(
    {"appointed", "appoints", "appointment", "appointments", "appointing", "designated"}
)
RECEIVING: Final = frozenset({"credentials", "received", "receives", "farewell"})
SENT_TO: Final = re.compile("[Ti]t?(?P<to>N)")
PARTY: Final = re.compile("[NDQ]")
BEHALF: Final = re.compile(r",?ixot?(N)")


def _code(u: Units, i: int) -> str | None:
    for k in u.known[i]:
        if k.code and k.kind in {"country", "organization"}:
            return k.code
    return None


def _beside(u: Units, person: Person) -> str | None:
    """The country of "NAME of COUNTRY", "NAME (COUNTRY)", "NAME, OFFICE, COUNTRY"."""
    if match := OF_COUNTRY.match(u.classes, person.last):
        return _code(u, match.end() - 1 if match["of"] else match.end() - 2)
    if COUNTRY_BEFORE.search(u.classes, max(0, person.first - 5), person.first):  # "Kenya – Andrew Karanja"
        return next(
            (c for i in range(person.first - 1, -1, -1) if u.classes[i] == "N" and (c := _code(u, i))), None
        )
    office = person.office
    if office and office.first > person.last:
        if (
            u.classes[office.last : office.last + 2] in {",N", ",Q"}
            and u.classes[office.last + 2 : office.last + 3] in ",.;|)&i"
        ):
            return _code(u, office.last + 1)
        if match := BEHALF.match(u.classes, office.last):
            return _code(u, match.start(1))
    return None


def _body_country(u: Units, office: Office) -> str | None:
    """The state of the national body that an office names ("NSC Spokesperson")."""
    bodies = national("body")
    for i in range(office.first, office.last):
        for known in u.known[i]:
            if known.kind == "organization" and known.name.lower() in bodies:
                return bodies[known.name.lower()]
    return None


def _body_meant(u: Units, office: Office) -> str | None:
    """The party of "President of the Commission" where the text names one such body of a party in full."""
    match = OF_WORD.search(u.classes, office.first, office.last)
    if match is None:
        return None
    word = u.lows[match.start(1)]
    codes = {
        k.code
        for known in u.known
        for k in known
        if k.kind == "organization" and k.code and k.name.lower().endswith(word)
    }
    return codes.pop() if len(codes) == 1 else None


def _anchored(u: Units, person: Person) -> str | None:
    """The side of a delegation or government that a sentence lists: "Myanmar leaders, including ...", "led by ..."."""
    linked = False
    for i in range(person.first - 1, max(-1, person.first - REACH), -1):
        low = u.lows[i]
        if u.classes[i] == "|":
            return None
        linked = linked or low in LINKS
        if linked and low in SIDES:
            near = [*range(i - 1, max(-1, i - 3), -1), *([i + 2, i + 3] if u.classes[i + 1] == "o" else [])]
            code = next((c for j in near if u.classes[j] in "ND" and (c := _party(u, j))), None)
            if code:
                return code
    return None


def _party(u: Units, i: int) -> str | None:
    for k in u.known[i]:
        if k.code and k.kind in {"country", "adjective"}:
            return k.code
    return None


def _standing(u: Units, group: list[Person], mentioned: Container[str]) -> Standing:
    """What text and vocabularies say of one person's country."""
    offices = tuple(p.office for p in group if p.office)
    said = Counter(c for p in group if (c := (p.office and p.office.country) or _beside(u, p)))
    best = max(said, key=lambda c: (said[c], c)) if said else None
    known = None
    if best is None:
        best = next((c for o in offices if (c := _body_meant(u, o))), None)
    if best is None:
        best = next((c for p in group if p.office and (c := _anchored(u, p))), None)
    if best is None:
        titled = (title_country(u.surface(o.first, o.last)) or _body_country(u, o) for o in offices)
        level = next((o.level for o in offices), None)
        names = [u.surface(p.first, p.last) for p in group]
        names += [f"{u.lows[p.office.first]} {u.lows[p.first]}" for p in group if p.office]
        known = leader_country(names, level, mentioned) or next((c for c in titled if c), None)
    first = group[0]
    opens = first.last - first.first > 1 and u.classes.count("|", 0, first.first) < LEAD
    return Standing(offices, best, known, opens)


def _is_public(u: Units, office: Office) -> bool:
    """Whether an office is one of a side; a calling ("economist", "citizen") is not."""
    return office.capital or not any(
        k.exact for i in range(office.first, office.last) for k in u.known[i] if k.kind == "office"
    )


def _side(u: Units, standing: Standing, home: str | None) -> str | None:
    """The side of an office without a country: heads of organisations the one most named, others home."""
    if not any(_is_public(u, o) for o in standing.offices):
        return None
    if all(
        "secretary" in u.surface(o.first, o.last).lower() and o.level == "head_of_organization"
        for o in standing.offices
    ):
        codes = Counter(c for i, letter in enumerate(u.classes) if letter == "Q" and (c := _code(u, i)))
        if codes:
            return max(codes, key=lambda c: (codes[c], c))
    if home and all(o.level == "ambassador" for o in standing.offices):
        return home if _is_sent(u, standing.offices, home) else _most_named(u, home)
    if home not in common_names():
        if all(o.level in {"official", "parliament"} for o in standing.offices):
            return None
        if home and all(o.level in OF_STATES for o in standing.offices):  # a minister in the text of a bank
            return _most_named(u, home, common_names())
    return home


def _is_sent(u: Units, offices: tuple[Office, ...], home: str) -> bool:
    """Whether an ambassador without a state is one whom the side of the text sends: "Ambassador to Chile", an appointment."""
    for office in offices:
        for match in SENT_TO.finditer(u.classes, office.first, office.last + 4):
            if (code := _code(u, match.start("to"))) and code != home:
                return True
    return not u.words.isdisjoint(APPOINTING) and u.words.isdisjoint(RECEIVING)


def _most_named(u: Units, home: str, among: Container[str] | None = None) -> str | None:
    """The other side that a text names most: whom an ambassador without a state represents to `home`."""
    codes = (_code(u, i) or _party(u, i) for i, letter in enumerate(u.classes) if letter in "NDQ")
    most = Counter(c for c in codes if c and c != home and (among is None or c in among)).most_common(2)
    return most[0][0] if most and (len(most) == 1 or most[0][1] > most[1][1]) else None


def add_persons(
    ledger: Ledger, u: Units, persons: list[Person], offices: list[Office], home: str | None
) -> tuple[str | None, list[Holder]]:
    """Enter every person with all mentions; returns the home side and who holds which office.

    `home` is the publisher's country, if known.
    """
    groups = group_persons(u, persons)
    at = (m.start() for m in PARTY.finditer(u.classes))
    mentioned = {c for i in at if (c := _code(u, i) or _party(u, i))}
    standings = [_standing(u, group, mentioned) for group in groups]
    home = home_country(u, offices, standings, home)
    ids: list[str] = []
    holders: list[Holder] = []
    for group, standing in zip(groups, standings, strict=True):
        full = max((u.surface(p.first, p.last) for p in group), key=lambda n: (len(n.split()), len(n), n))
        country = standing.said or standing.known or _side(u, standing, home)
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
    _add_short(ledger, u, persons, family_names(u, groups), ids)
    return home, holders


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
