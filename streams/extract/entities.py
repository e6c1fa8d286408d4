"""The entities of a release and where it names them: people, organisations, places, agreements."""

from __future__ import annotations

from typing import Final, NamedTuple

from streams.annotation import Entity, Mention
from streams.extract.agencies import find_agencies
from streams.extract.agreements import find_agreements, parties_within
from streams.extract.bodies import add_bodies
from streams.extract.emit import Ledger
from streams.extract.folding import fold
from streams.extract.issuer_entity import find_issuer
from streams.extract.named import add_named
from streams.extract.named_known import add_known
from streams.extract.offices import find_offices, office_acronyms
from streams.extract.organizations import Named
from streams.extract.organizations_foreign import find_foreign
from streams.extract.organizations_headed import find_organizations
from streams.extract.organizations_parties import find_parties
from streams.extract.organizations_small import find_acronyms, find_namesakes, find_small, short_for_things
from streams.extract.people import add_persons
from streams.extract.persons import find_persons
from streams.extract.places import find_places
from streams.extract.roles import add_roles
from streams.extract.sentences import Sentence
from streams.extract.standing import national
from streams.extract.territory import add_countries, add_places, count_countries
from streams.extract.units import Units, split_units
from streams.records import CleanRelease

MATTERS: Final = frozenset({"agreement.matter", "agreement.tail", "agreement.small", "initiative.tail"})


class Names(NamedTuple):
    """What a release names: its entities and every mention, in order of the text."""

    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    issuer_entity_id: str | None = None
    issuer_country: str | None = None


def _leading(u: Units, organizations: list[Named]) -> set[int]:
    """The units of known names that only begin that of a body: "United Nations Fact-Finding Mission", "CITES Secretariat"."""
    longer = (n.first for n in organizations if n.last - n.first > 1 and u.classes[n.first + 1] in "KMC")
    return {i for i in longer if u.classes[i] in "QA"}


def _seats(u: Units, organizations: list[Named]) -> set[int]:
    """The units of places that bodies written small say behind their names: "the Peruvian embassy in Rome"."""
    tails = (n for n in organizations if n.rule == "organization.tail")
    return {n.last - 1 for n in tails if u.lows[n.last - 2] == "in" and "x" in u.classes[n.first : n.last]}


def find_entities(release: CleanRelease, sentences: tuple[Sentence, ...]) -> Names:
    """Find every entity that `release` names."""
    u = split_units(release.text, sentences)
    offices = find_offices(u)
    persons = find_persons(u, offices)
    taken = {i for p in persons for i in range(p.first, p.last)}
    titles = {i for o in offices for i in range(o.first, o.last)}
    agreements = find_agreements(u, taken, titles)
    namesakes = find_namesakes(u, national("body"))
    other = {i for n in namesakes for i in range(n.first, n.last) if u.classes[i] == "Q"} | {
        n.first for n in agreements if u.classes[n.first] == "A" and n.rule != "agreement.known"
    }
    foreign = find_foreign(u, taken | other)
    other |= {i for n in foreign for i in range(n.first, n.last)}
    organizations = [*namesakes, *foreign, *find_organizations(u, taken | other, titles)]
    used = taken | {i for n in [*organizations, *agreements] for i in range(n.first, n.last)}
    decorated = taken | office_acronyms(u, offices)
    agencies = find_agencies(u)
    signed = {n.first for n in agencies}
    used |= signed
    acronyms = find_acronyms(u, (used - parties_within(u, agreements)) | decorated, taken)
    organizations += [*agencies, *find_small(u, used), *acronyms]
    told = taken | {i for n in organizations for i in range(n.first, n.last)}
    organizations += find_parties(u, agreements, told)
    ledger = Ledger(release.text)
    home, holders = add_persons(ledger, u, persons, offices, release.publisher_country)
    held = {p.office.first for p in persons if p.office}
    inside = {i for n in organizations for i in range(n.first, n.last)}
    add_roles(ledger, u, offices, held | inside | taken, holders, home)
    short = add_named(ledger, u, agreements, organizations, home)
    countries = count_countries(u)
    defined = {i for i in u.at_words({*map(fold, short)}) if u.texts[i] in short}
    defined |= {i for low in short_for_things(u) for i in u.where[low] if u.classes[i] == "Q"}
    named = {*countries, *([home] if home else [])}
    add_known(ledger, u, taken | other | signed | defined | _leading(u, organizations), named)
    names = {i for n in [*organizations, *agreements] for i in range(n.first, n.last)} - _seats(
        u, organizations
    )
    add_countries(ledger, u, taken, titles, names)
    heads = {i for n in agreements if n.rule not in MATTERS for i in range(n.first, n.last)}
    add_places(ledger, u, find_places(u, taken, inside | heads, countries), titles | names)
    add_bodies(ledger, u)
    entities, mentions = ledger.close()
    bodies = {m.start_char: m.entity_id for m in mentions if m.entity_id.startswith("organization:")}
    issuer = find_issuer(u, bodies)
    country = next((e.country for e in entities if e.entity_id == issuer), None)
    return Names(entities, mentions, issuer, release.publisher_country or country or home)
