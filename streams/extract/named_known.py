"""Enters organisations and agreements of the vocabularies, as the text names them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import Final

from streams.annotation import Entity
from streams.extract.countries import common_names
from streams.extract.emit import Ledger
from streams.extract.keys import agreement_key, organization_key
from streams.extract.organizations import head_words
from streams.extract.places import seat_of
from streams.extract.standing import national
from streams.extract.tables import Known, names_words
from streams.extract.units import Units
from streams.extract.vocabulary import word_sets

ENTERED: Final = frozenset({"organization", "agreement", "initiative"})
EQUATED: Final = re.compile(r'(?P<long>A)\((?:x?t?)"?(?P<short>A)"?\)')
OF_ITS_STATE: Final = re.compile("ot?N")
OF_ITS_UNION: Final = re.compile("ot?Q")
IN_PLACE: Final = re.compile("it?[NLR]")
OF_SHIP: Final = re.compile("[CLR](?![CG])")
OF_MEMBERS: Final = frozenset({"group", "militia", "movement", "rebels"})  # "the Houthi group"
LONGEST_EVENT: Final = 4  # units
PORTFOLIOS: Final = frozenset({"affairs", "relations", "trade", "cooperation"})
SERVICES: Final = ("army", "navy", "air force", "marine corps", "coast guard")
OFFICERS: Final = frozenset({"NSA"})  # acronyms of officers too: "NSA Roe"
SEATED: Final = ("office", "mission", "delegation", "representation", "centre", "center")
LONGEST_INITIALS: Final = 3
WORDS: Final = frozenset({"WHO", "IS", "CAN", "AID", "AS"})  # in headings of capitals


@lru_cache(maxsize=1 << 13)
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


def _is_capital(word: str) -> bool:
    """Whether a word or mark stands in a heading of capitals."""
    return word.isupper() or not word.isalnum()


def _is_of_conference(u: Units, at: int) -> bool:
    """Whether a conference is named that only begins with the body: "UN Climate Change Conference"."""
    for i in range(at, at + LONGEST_EVENT):
        if u.classes[i] not in "KMCG":
            return False
        if u.lows[i] == "conference":
            return True
    return False


def _is_initials(u: Units, i: int) -> bool:
    """Whether the acronym is of those who wrote the text: "CNA/MK/EC/2025"."""
    if len(u.texts[i]) > LONGEST_INITIALS or "/" not in u.classes[i - 1 : i + 2]:
        return False
    beside = {u.classes[j] for j, mark in ((i - 2, i - 1), (i + 2, i + 1)) if u.classes[mark] == "/"}
    return beside.isdisjoint("QNA")


def _is_of_portfolio(u: Units, i: int) -> bool:
    """Whether a minister's portfolio names the body: "Minister for Foreign Affairs, European Union and Cooperation"."""
    if u.lows[i + 1] == "affairs" and u.classes[i - 1] == "&":
        return True
    after_affairs = u.lows[i - 2] in PORTFOLIOS and u.classes[i - 1] in ",&"
    return after_affairs and (u.classes[i + 1 : i + 3] in {"&K", "&M"} or "francophonie" in u.lows[i])


def _is_part(u: Units, i: int) -> bool:
    """Whether an acronym is part of another name: "EC IFAS", "CPC-F", "#ABC"; or an officer's service: "U.S. Army Gen.  Roe"."""
    word, follows = u.texts[i], u.texts[i + 1]
    before = u.text[u.starts[i] - 1 : u.starts[i]]
    tied = u.classes[i + 1] == "-" and u.ends[i + 1] == u.starts[i + 2]
    joined = tied and len(u.texts[i + 2]) == 1 and u.texts[i + 2].isalnum()
    return (
        before == "#"
        or (before == "-" and any(part[0].islower() for part in word.split()))  # "Velka-China railway"
        or (
            word.isupper() and len(word) <= LONGEST_INITIALS and u.classes[i + 1] == "Q" and follows.isupper()
        )
        or (word.isupper() and joined)
        or (u.lows[i].endswith(SERVICES) and u.classes[i + 1] == "H")
        or (word in OFFICERS and u.classes[i + 1] in "GC" and u.texts[i + 1].istitle())
    )


def _is_elsewhere(known: Known, countries: Container[str]) -> bool:
    """Whether it is the acronym of a body of a state that the text does not name; those of the United States go without."""
    is_short = known.exact.isupper() and known.exact not in national("agency", as_written=True)
    home = national("body").get(known.name.lower()) if is_short else None
    return home in common_names() and home != "USA" and home not in countries


def _is_else(u: Units, i: int) -> bool:
    """Whether the name is part of another thing: "Foreign Office Consultations", "EC$3 million", WHO in a heading."""
    return (
        u.lows[i + 1] == "consultations"
        or _is_initials(u, i)
        or _is_part(u, i)
        or _is_of_portfolio(u, i)
        or u.text[u.ends[i] : u.ends[i] + 1] == "$"
        or (u.lows[i].endswith(" aid") and u.classes[i + 1] in "fT")  # "Polish Aid to Chad": of the state
        or (u.lows[i] in names_words("ships") and OF_SHIP.match(u.classes, i + 1) is not None)
        or (u.texts[i] in WORDS and u.texts[i + 1].isupper() and _is_capital(u.texts[i - 1]))
        or _is_of_conference(u, i + 1)
        or (u.lows[i] in head_words("organization", "companies") and u.classes[i - 1] in "CKUGQ,")
    )


def is_generic(u: Units, i: int) -> bool:
    """Whether other states may have a body of that name: "Security Council", not "Bundestag" or "UNICEF"."""
    sets = word_sets()
    words = u.lows[i].split()
    return len(words) > 1 and all(w in sets.common and w not in sets.not_names for w in words)


def _longer(u: Units, i: int, known: Known) -> Iterator[tuple[int, int]]:
    """The units of the body at `i` with its state ("US Department of State"), its branch ("Oxfam Fiji"), its form ("JSC ...")."""
    home = national("body").get(known.name.lower())
    anywhere = home is None and known.code is None
    before = {
        k.code for k in u.known[i - 1] if u.classes[i - 1] in "DN" and k.kind in {"country", "adjective"}
    }
    if home in before or (before and anywhere and is_generic(u, i)):
        yield i - 1, i + 1
    of_state = OF_ITS_STATE.match(u.classes, i + 1)
    if of_state and home in {k.code for k in u.known[of_state.end() - 1]}:
        yield i, of_state.end()
    of_union = OF_ITS_UNION.match(u.classes, i + 1)
    if of_union and known.code and known.code in {k.code for k in u.known[of_union.end() - 1]}:
        yield i, of_union.end()
    seat = IN_PLACE.match(u.classes, i + 1) if u.lows[i].endswith(SEATED) and u.lows[i + 1] == "in" else None
    if seat:
        yield i, seat.end()
    gap = u.text[u.ends[i] : u.starts[i + 1]]
    if anywhere and known.kind == "organization" and u.classes[i + 1] in "NLR" and gap == " ":
        yield i, i + 2
    if anywhere and u.classes[i + 1] == "-" and not gap and u.classes[i + 2] in "NR":
        yield i, i + 3
    if u.lows[i - 1] in head_words("organization", "forms_before"):
        yield i - 1, i + 1
    if u.lows[i + 1] in head_words("organization", "companies"):
        yield i, i + 2
    if u.lows[i + 1] in OF_MEMBERS and u.classes[i] == "Q":
        yield i, i + 2


def add_known(ledger: Ledger, u: Units, taken: set[int], countries: Container[str]) -> None:
    """Enter organisations and agreements of the vocabularies, unless the place of that name is meant."""
    for at in re.finditer("[QA]", u.classes):
        i = at.start()
        if i in taken or seat_of(u, i) is not None or _is_else(u, i):
            continue
        known = _meant([k for k in u.known[i] if k.kind in ENTERED], countries)
        if _is_elsewhere(known, countries):
            continue
        entity = known_entity(known)
        if u.classes[i] == "A" and (same := _equated(u, i)):
            entity = known_entity(same)
        ledger.entity(Entity(entity.entity_id, entity.kind, entity.name, entity.country, (u.texts[i],)))
        ledger.name(entity.entity_id, u.texts[i])
        ledger.mention(entity.entity_id, u.starts[i], u.ends[i], rule="known")
        for first, last in _longer(u, i, known) if u.classes[i] == "Q" else ():
            ledger.mention(entity.entity_id, *u.span(first, last), rule="known")
