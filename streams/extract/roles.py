"""Offices that stand alone ("the Prime Minister"): the person meant, or a holder whom the text leaves unnamed."""

from __future__ import annotations

from typing import Final, NamedTuple

from streams.annotation import Entity
from streams.extract.emit import Ledger
from streams.extract.keys import person_key
from streams.extract.offices import Office, is_plural
from streams.extract.units import Units

LEADING: Final = frozenset({
    "head_of_state", "head_of_government", "minister", "deputy_minister", "ambassador", "head_of_organization",
})  # fmt: skip
UNNAMED: Final = frozenset({"head_of_state", "head_of_government", "minister", "ambassador"})
ADDRESS: Final = frozenset({"madam", "madame", "mister"})
RANKS: Final = frozenset({"head of state", "head of government"})


class Holder(NamedTuple):
    """A person of the text with the heads of the offices that the text gives."""

    entity_id: str
    country: str | None
    heads: frozenset[str]
    levels: frozenset[str]
    at: tuple[int, ...] = ()  # the units at which the names begin


ALIASES: Final = {"pm": "prime minister", "fm": "minister", "eam": "minister", "cs": "cabinet secretary"}


LOWER: Final = frozenset({"additional", "assistant"})  # whose holder is never called by the head alone


def head_of(u: Units, office: Office) -> str:
    """The first head word, folded and without abbreviation: "prime minister" for "PM"."""
    at = u.classes.index("O", office.first, office.last)
    head = ALIASES.get(u.lows[at], u.lows[at])
    return f"{u.lows[office.first]} {head}" if at > office.first and u.lows[office.first] in LOWER else head


def heads_of(u: Units, office: Office) -> frozenset[str]:
    """The heads of all offices that one holder has: "Deputy Prime Minister - Minister of ..." has two."""
    heads = {head_of(u, office)}
    for i in range(office.first, office.last):
        if u.classes[i] == "O":
            before = u.classes[office.first : i].rstrip("MKNDQs")
            if before.endswith(("&", "-", "/", ",")):
                heads.add(ALIASES.get(u.lows[i], u.lows[i]))
    return frozenset(heads)


def _fits(u: Units, office: Office, holder: Holder) -> bool:
    """Whether the holder has that office, or one of that rank where the rank is all that is said."""
    if office.country is not None and holder.country != office.country:
        return False
    head = head_of(u, office)
    if head == "envoy" and any(h.endswith(" envoy") for h in holder.heads):
        return True
    return head in holder.heads or (head in RANKS and office.level in holder.levels)


def _meets(u: Units, office: Office, holder: Holder) -> bool:
    """Whether the sentence goes on to name the holder: "The Secretary-General met NAME, Secretary-General of ..."."""
    end = u.classes.find("|", office.last)
    return any(office.last < at < end for at in holder.at)


def _meant(u: Units, office: Office, holders: list[Holder], home: str | None) -> Holder | None:
    """The only person who holds such an office; one of the home side if the office names no country."""
    fitting = [h for h in holders if _fits(u, office, h) and not _meets(u, office, h)]
    if office.country is None and len(fitting) > 1:
        fitting = [h for h in fitting if h.country == home]
    return fitting[0] if len(fitting) == 1 else None


def _is_meant(u: Units, office: Office, used: set[int]) -> bool:
    """Whether the office stands for its holder: singular, a leading one, written with a capital, no name beside."""
    if office.first in used or not office.capital or office.level not in LEADING or office.state == "former":
        return False
    before = u.lows[office.first - 1]
    addressed = before == "dear" or u.lows[office.first] in ADDRESS  # "Dear Madam President"
    if addressed or u.classes[office.first - 1] in "He" or before == "as":
        return False  # "Mr. President", "a Minister", "served as Minister"
    head = u.classes.index("O", office.first, office.last)
    after = u.classes[office.last : office.last + 1]
    return not is_plural(u, head) and after not in set("GCIOKM")


def add_roles(
    ledger: Ledger, u: Units, offices: list[Office], used: set[int], holders: list[Holder], home: str | None
) -> None:
    """Enter offices that stand alone as pronouns of their holders; `used` begin offices that a name takes."""
    alone = [o for o in offices if _is_meant(u, o, used)]
    others = {
        (head_of(u, o), h.entity_id)
        for o in alone
        if o.country is None
        for h in holders
        if head_of(u, o) in h.heads and _meets(u, o, h)
    }
    for office in alone:
        surface = u.surface(office.first, office.last)
        holder = _meant(u, office, holders, home)
        if holder and office.country is None and (head_of(u, office), holder.entity_id) in others:
            holder = None
        general = head_of(u, office) in {"secretary-general", "secretary general"}
        if holder is None and office.level not in UNNAMED and not general:
            continue
        country = holder.country if holder else office.country or (None if general else home)
        if holder:
            entity_id = holder.entity_id
        else:
            entity_id = ledger.entity(Entity(person_key(surface, country), "person", surface, country))
        ledger.mention(
            entity_id, *u.span(office.first, office.last), use="pronoun", rule="person.office-alone", country=country,
            office=surface, office_level=office.level, office_state=office.state,
        )  # fmt: skip
