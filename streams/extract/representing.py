"""Whom a person represents by the words beside the name: "NAME of N", "the N delegation led by NAME", lists of states."""

from __future__ import annotations

import re
from typing import Final

from streams.extract.offices import Office, is_plural
from streams.extract.persons import Person
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
        "one",
        "panel",
    }
)
CLOSE: Final = 10  # units, from a delegation to the name after "by"
SMALL_FIELDS: Final = frozenset(
    {"defence", "defense", "military", "naval", "air", "army", "deputy", "foreign", "interior", "finance", "trade", "culture", "cultural", "press",
     "commercial", "economic", "energy", "justice", "permanent", "acting", "then", "former", "late", "outgoing", "new", "newly", "appointed",
     "special", "opposition", "state", "chief", "senior", "designate"}
)  # fmt: skip
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
OF_COUNTRY: Final = re.compile(
    r"ot?(?P<of>[NQ])|,ot?(?P<aside>N)(?=[;.|)]|,[xw&])|\((?P<in>[NQ])\)|,?ot?(?P<navy>D)[KM]{1,3}"
    r"|\((?:[^()|]{1,9},)?(?P<of_group>N)(?:,[^()|]{1,9})?\)|[,-]t?(?P<line>N)(?=[|;(])"
)
BODY_BEFORE: Final = re.compile(r"([ND])s?[KM]*K$")
COUNTRY_BEFORE: Final = re.compile(
    r"(?P<dash>N)[-:](?:H\.?)*$|o(?:t|)(?P<of>N),(?:H\.?)*$|(?P<own>N)s(?:H\.?)*$|[|&,;]t(?P<people>D)$"
)
# as in "They are: for Peru, NAME, for the Lebanese Republic, NAME"
FOR_COUNTRY: Final = re.compile(r"[:;|]&?ft?(?:(?P<who>N)|(?P<people>D)K{1,2}),(?:H\.?)*$")
# as in "Peru was represented by the Minister", "signed on behalf of Peru by the Minister"
BY_OFFICE: Final = re.compile(r"(?:^|[|,;&.])t?(?P<who>N)(?P<passive>xx)?xt?$|ixot?(?P<behalf>N)xt?$")
LEADS: Final = re.compile(r"(?:,[^|,x]{1,20},|,)?x(?P<by>x?i)?t?(?P<who>[ND])s?(?P<side>x)?")
LED: Final = frozenset(
    {"led", "leads", "headed", "heads", "chaired", "represented", "represents", "representing"}
)
LISTED: Final = re.compile(r"(?:[,;&]|,&|[oif])t?(?P<who>N),(?:H\.?)*$")
# "On the Chadian side, ...", "... was represented on N's side by ..."
ON_SIDE: Final = re.compile(r"[ifx]t?(?P<who>[ND])s?x")
BEHALF: Final = re.compile(r",?ixot?(N)")
COUNTERPARTS: Final = frozenset(
    {"counterpart", "counterparts", "colleague", "colleagues", "predecessor", "successor"}
)


def code_named(u: Units, i: int) -> str | None:
    for k in u.known[i]:
        if k.code and k.kind in {"country", "organization"}:
            return k.code
    return None


def party_at(u: Units, i: int) -> str | None:
    for k in u.known[i]:
        if k.code and k.kind in {"country", "adjective"}:
            return k.code
    return None


def code_of(u: Units, i: int) -> str | None:
    """The party that unit `i` names, by name or adjective."""
    return code_named(u, i) or party_at(u, i)


def beside(u: Units, person: Person) -> str | None:
    """The country of "NAME of COUNTRY", "NAME (COUNTRY)", or beside the office."""
    return (
        _behind(u, person)
        or _before(u, person)
        or (_beside_office(u, person, person.office) if person.office else None)
    )


def _behind(u: Units, person: Person) -> str | None:
    """The country behind a name: "NAME of N", "NAME of the N Navy", "NAME (S&D, N)", "NAME, N" at the end of a line."""
    match = OF_COUNTRY.match(u.classes, person.last)
    return code_of(u, max(match.start(group) for group in match.groupdict())) if match else None


def _before(u: Units, person: Person) -> str | None:
    """The country before a name: "N – NAME", "N's NAME", "of N, NAME, and of N, NAME"."""
    opens = max(0, person.first - 8)
    match = COUNTRY_BEFORE.search(u.classes, opens, person.first)
    if match:
        return code_of(u, max(match.start(group) for group in match.groupdict()))
    if match := FOR_COUNTRY.search(u.classes, opens, person.first):
        return code_of(u, max(match.start(group) for group in match.groupdict()))
    match = LISTED.search(u.classes, opens, person.first)
    if match and u.classes[person.last] in ",;&.|(" and _lists_holders(u, match.start("who")):
        return code_named(u, match.start("who"))
    return None


def _lists_holders(u: Units, at: int) -> bool:
    """Whether the sentence names several holders of an office before the unit `at`: "the ministers of N, NAME, and N, NAME"."""
    begin = u.classes.rfind("|", 0, at) + 1
    return any(
        u.lows[i] in COUNTERPARTS or (u.classes[i] == "O" and is_plural(u, i)) for i in range(begin, at)
    )


def _beside_office(u: Units, person: Person, office: Office) -> str | None:
    """The country beside an office: "NAME, OFFICE, COUNTRY", "COUNTRY's Ministry OFFICE NAME"."""
    if office.first > person.last:
        if (
            u.classes[office.last : office.last + 2] in {",N", ",Q"}
            and u.classes[office.last + 2 : office.last + 3] in ",.;|)&i"
        ):
            return code_named(u, office.last + 1)
        if match := BEHALF.match(u.classes, office.last):
            return code_named(u, match.start(1))
    if match := BODY_BEFORE.search(u.classes, max(0, office.first - 6), office.first):
        return party_at(u, match.start(1))
    return _by(u, office.first) or _its(u, office.first) or _of_small(u, office.first)


def _by(u: Units, first: int) -> str | None:
    """Whose officer speaks or signs for a state: "Peru was represented by the Minister", "for Peru and Chad by the Minister"."""
    by = first - 1 - (u.classes[first - 1] == "t")
    match = BY_OFFICE.search(u.classes, max(0, first - 8), first) if u.lows[by] == "by" else None
    if match is None or (match["passive"] and u.lows[by - 1] != "represented"):
        return None
    return code_of(u, max(match.start("who"), match.start("behalf")))


def _its(u: Units, first: int) -> str | None:
    """The party named before "its": "N was represented by its OFFICE", "the Government of N recalled its OFFICE"."""
    at = first
    while u.classes[at - 1] in "MK" or u.lows[at - 1] in SMALL_FIELDS:
        at -= 1
    if u.lows[at - 1] != "its":
        return None
    for i in range(at - 2, max(-1, at - REACH), -1):
        if u.classes[i] == "|":
            break
        if u.classes[i] in "NDQ" and (code := code_of(u, i)):
            return code
    return None


def _of_small(u: Units, first: int) -> str | None:
    """The country of an office written small whose field the grammar of offices does not read: "the U.S. defense attaché"."""
    at = first
    while u.lows[at - 1] in SMALL_FIELDS:
        at -= 1
    return party_at(u, at - 1) if at < first and u.classes[at - 1] in "ND" else None


def _on_side(u: Units, person: Person) -> str | None:
    """The side that the sentence named last as such: "On the N side, NAME and NAME took part"."""
    begin = u.classes.rfind("|", 0, person.first) + 1
    sides = [m for m in ON_SIDE.finditer(u.classes, begin, person.first) if u.lows[m.end() - 1] == "side"]
    return party_at(u, sides[-1].start("who")) if sides else None


def _leads(u: Units, person: Person) -> str | None:
    """Whose delegation or side the person led, or for whom he took part: "NAME led the N side", "NAME represented N"."""
    match = LEADS.match(u.classes, person.last)
    if match is None:
        return None
    verb = match.start("by") if match["by"] else match.start("who") - 1
    while u.lows[verb] == "the" or u.classes[verb] == "t":
        verb -= 1
    named = match["side"] and u.lows[match.start("side")] in {"side", "delegation", "team"}
    led = u.lows[verb] in LED or (match["by"] and u.lows[match.end("by") - 1] == "on")
    alone = u.lows[verb].startswith("represent")
    return party_at(u, match.start("who")) if led and (named or alone) else None


def anchored(u: Units, person: Person) -> str | None:
    """The side of a delegation or government that a sentence lists: "Myanmar leaders, including ...", "led by ..."."""
    if code := _on_side(u, person) or _leads(u, person):
        return code
    linked = False
    for i in range(person.first - 1, max(-1, person.first - REACH), -1):
        low = u.lows[i]
        if u.classes[i] == "|":
            return None
        linked = linked or low in LINKS or (low == "by" and person.first - i < CLOSE)
        if linked and low in SIDES:
            near = [*range(i - 1, max(-1, i - 3), -1), *([i + 2, i + 3] if u.classes[i + 1] == "o" else [])]
            code = next((c for j in near if u.classes[j] in "ND" and (c := party_at(u, j))), None)
            if code:
                return code
    return None
