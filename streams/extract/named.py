"""Enters organisations and agreements, known and new, with the acronyms that a text gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from streams.annotation import Entity
from streams.extract.agreement_heads import head_at
from streams.extract.emit import Ledger
from streams.extract.folding import fold
from streams.extract.keys import agreement_key, organization_key
from streams.extract.named_bases import (
    FOREIGN_AFFAIRS,
    base_of,
    is_said_shorter,
    is_same_matter,
    is_short_for,
    kind_of,
    parties_of,
    spells,
    within_state,
)
from streams.extract.named_known import ENTERED, known_entity
from streams.extract.organizations import Named
from streams.extract.tables import Known
from streams.extract.units import Units

ACRONYM: Final = re.compile(r'\(t?"?(?P<short>[UCKQA])"?\)')
KNOWN_SHORT: Final = re.compile(r'[QA]\(t?"?(?P<short>[UC])"?\)')
OTHER_SHORT: Final = re.compile(r'[QA]\(t?"?(?P<short>[QA])"?\)')
SUCCESSORS: Final = frozenset(
    {"enhanced", "additional", "supplementary", "new", "second", "modernised", "modernized"}
)
UNDER: Final = re.compile(r"xt?[MKON]+(?:ot?N)?(?=\()")  # "under the President of the Republic"


MATTERS: Final = frozenset({"agreement.small", "agreement.matter"})
PARTIES: Final = frozenset({"between", "among", "with"})  # after whom the acronym is theirs


class _Names:
    """Entities of names in one text, so that shorter names and acronyms find the longer ones."""

    def __init__(self, ledger: Ledger, u: Units) -> None:
        self.ledger, self.u = ledger, u
        self.short: dict[str, str] = {}
        self.agreements: list[
            tuple[str, str, frozenset[str], str]
        ] = []  # name, entity, parties, longest form
        self.told: list[tuple[str, str]] = []  # agreements that the text names below its title
        self.bodies = list(_known_bodies(u))
        self.bases: dict[tuple[str, str], list[tuple[str | None, str]]] = {}

    def organization(self, named: Named, home: str | None) -> str:
        """Enter an organisation; one with the same base and no other country is the same."""
        if named.rule == "organization.agency" and self.u.classes[named.first] == "Q":
            known = next(k for k in self.u.known[named.first] if k.kind == "organization")
            return self.ledger.entity(known_entity(known))
        surface = self.u.surface(named.first, named.last)
        parties = parties_of(self.u, named)
        country = parties[0] if len(parties) == 1 else None
        base = base_of(self.u, named)
        same = self.bases.setdefault((named.kind, base), [])
        if spelt_out := _known_by_acronym(self.u, named, surface):
            same.append((country, self.ledger.entity(known_entity(spelt_out))))
        fitting = [i for c, i in same if c == country] or [
            i
            for c, i in same
            if c is None or (country is None and (base != FOREIGN_AFFAIRS or home in {None, c}))
        ]
        if fitting:
            self.ledger.name(fitting[0], surface)
            return fitting[0]
        longer = self._longer(surface, country) if base != FOREIGN_AFFAIRS else self._fuller(surface, country)
        entity_id = longer or self.ledger.entity(
            Entity(organization_key(surface, country), "organization", surface, country)
        )
        self.bodies.append((surface, country, entity_id))
        same.append((country, entity_id))
        return entity_id

    def _meant_by_title(self, core: Named, low: str) -> str | None:
        """The only agreement of the text of the kind that its title names by its matter: "Velka and Holt sign pact on fish"."""
        is_plain = set(self.u.classes[core.first : core.last]) <= set("KMxo&")
        if not _is_in_title(self.u, core) or not (is_plain or core.rule in MATTERS):
            return None
        kind = kind_of(low)
        same = {i for name, i in self.told if kind_of(name) == kind}
        return same.pop() if kind and len(same) == 1 else None

    def _fuller(self, surface: str, country: str | None) -> str | None:
        """The only ministry with further portfolios: "Foreign Ministry" for "Ministry of Foreign Affairs and Expatriates"."""
        if surface.casefold().startswith("ministry"):
            return None
        same = {
            i
            for (_, other), known in self.bases.items()
            if other.startswith((FOREIGN_AFFAIRS + " and ", FOREIGN_AFFAIRS + " ,"))
            for c, i in known
            if c == country or None in {c, country}
        }
        return same.pop() if len(same) == 1 else None

    def _longer(self, surface: str, country: str | None) -> str | None:
        """The only organisation, of no other state, that the text names more fully."""
        low = surface.casefold()
        same = {
            i
            for name, c, i in self.bodies
            if (c == country or None in {c, country}) and is_short_for(low, name.casefold())
        }
        return self._entered(same.pop()) if len(same) == 1 else None

    def spelt(self, acronym: str) -> str | None:
        """The only organisation whose initials are `acronym`."""
        same = {i for name, _, i in self.bodies if spells(acronym, name)}
        return self._entered(same.pop()) if len(same) == 1 else None

    def _entered(self, entity_id: str) -> str:
        """The entity, entered where only the vocabulary has named it yet."""
        found = (k for known in self.u.known for k in known if k.kind == "organization")
        known = next((k for k in found if known_entity(k).entity_id == entity_id), None)
        return self.ledger.entity(known_entity(known)) if known else entity_id

    def agreement(self, core: Named, longer: list[Named]) -> str:
        """Enter an agreement; one that is named more fully elsewhere is the same."""
        if core.rule == "agreement.known":
            known = next(k for k in self.u.known[core.first] if k.kind in {"agreement", "initiative"})
            return self.ledger.entity(known_entity(known))
        surface = self.u.surface(core.first, core.last)
        low = surface.casefold()
        parties = frozenset(parties_of(self.u, longer[-1] if longer else core))
        whole = max((self.u.surface(n.first, n.last).casefold() for n in (core, *longer)), key=len)
        for name, entity_id, others, fullest in self.agreements:
            if name == low and (parties <= others or others <= parties):
                return entity_id
            is_longer = name.endswith(" " + low) and name.split(" ", 1)[0] not in SUCCESSORS
            if _is_in_title(self.u, core):
                is_longer |= (
                    is_said_shorter(whole, fullest) or low.endswith(" " + name) or name.startswith(low + " ")
                )
            is_longer |= core.rule == "agreement.signed" and name.startswith(low + " ")
            if is_longer or (core.rule == "agreement.matter" and is_same_matter(name, low)):
                return entity_id
        if (same := self._meant_by_title(core, low)) is not None:
            return same
        key = agreement_key(core.kind, surface, tuple(parties))
        entity_id = self.ledger.entity(Entity(key, core.kind, surface))  # type: ignore[arg-type]
        self.agreements.append((low, entity_id, parties, whole))
        if not _is_in_title(self.u, core):
            self.told.append((low, entity_id))
        return entity_id


def _known_by_acronym(u: Units, named: Named, surface: str) -> Known | None:
    """The known body whose acronym follows in brackets and whose name begins so: "Bolivarian Alliance (ALBA-TCP)"."""
    if not u.classes.startswith("(Q", named.last):
        return None
    known = (k for k in u.known[named.last + 1] if k.kind == "organization")
    return next((k for k in known if k.name.casefold().startswith(surface.casefold() + " ")), None)


def _is_in_title(u: Units, named: Named) -> bool:
    return "|" not in u.classes[: named.first]


def _families(agreements: list[Named]) -> list[tuple[Named, list[Named]]]:
    """Each core name with its longer forms, the longest cores first."""
    cores = [n for n in agreements if not n.rule.endswith(".tail")]
    longer: dict[Named, list[Named]] = {core: [] for core in cores}
    for tail in (n for n in agreements if n.rule.endswith(".tail")):
        core = next((c for c in cores if tail.first <= c.first and c.last <= tail.last), tail)
        longer.setdefault(core, []).append(tail) if core is not tail else longer.setdefault(tail, [])
    return sorted(longer.items(), key=lambda family: (family[0].first - family[0].last, family[0].first))


def add_named(
    ledger: Ledger, u: Units, agreements: list[Named], organizations: list[Named], home: str | None
) -> dict[str, str]:
    """Enter names found by grammar; returns the acronyms that the text gives them, each with its entity."""
    names = _Names(ledger, u)
    families = _families(agreements)
    families.sort(key=lambda family: _is_in_title(u, family[0]))  # a title says shorter what the text names
    for core, longer in families:
        entity_id = names.agreement(core, longer)
        for named in (core, *longer):
            _enter(names, named, entity_id)
        heads = (head_at(u, i) for i in range(core.first, core.last) if core.rule == "agreement.matter")
        head = next(filter(None, heads), None)
        if head and head[1] - core.first > 1:  # "Memorandum of Understanding", "Physical Arrangement"
            ledger.mention(entity_id, *u.span(core.first, head[1]), rule="agreement.base")
    for i, known in _defined(u):
        names.short.setdefault(u.texts[i], ledger.entity(known_entity(known)))
    inner = {
        i
        for n in agreements
        if n.rule in {"agreement.head", "agreement.place"}
        for i in range(n.first, n.last)
    }
    organizations = [n for n in organizations if not inner.issuperset(range(n.first, n.last))]
    acronyms = [n for n in organizations if n.rule == "organization.acronym"]
    for core, longer in _families([n for n in organizations if n not in acronyms]):
        entity_id = names.organization(core, home)
        for named in (core, *longer):
            _enter(names, named, entity_id)
    for named in acronyms:
        if u.surface(named.first, named.last) not in names.short:
            spelt = names.spelt(u.surface(named.first, named.last))
            entity_id = spelt or names.organization(named, home)
            _enter(names, named, entity_id)
            if (
                u.classes[named.last] in "NLR"
                and u.text[u.ends[named.last - 1] : u.starts[named.last]] == " "
            ):
                ledger.mention(entity_id, *u.span(named.first, named.last + 1), rule="organization.branch")
    for i in u.at_words({*map(fold, names.short)}):
        word = u.texts[i]
        if word in names.short and u.classes[i] in "UCKQA":
            ledger.name(names.short[word], word)
            ledger.mention(names.short[word], u.starts[i], u.ends[i], rule="acronym")
    return names.short


def _enter(names: _Names, named: Named, entity_id: str) -> None:
    u = names.u
    names.ledger.name(entity_id, u.surface(named.first, named.last))
    names.ledger.mention(entity_id, *u.span(named.first, named.last), rule=named.rule)
    if named.rule in {"organization.head", "organization.small"}:
        first, last = within_state(u, named)
        if last - first > 1:
            names.ledger.mention(entity_id, *u.span(first, last), rule="organization.base")
    under = UNDER.match(u.classes, named.last) if u.lows[named.last] == "under" else None
    if match := ACRONYM.match(u.classes, under.end() if under else named.last):
        i = match.start("short")
        inner = {k.name for j in range(named.first, named.last) for k in u.known[j]}
        party = named.kind == "agreement" and not PARTIES.isdisjoint(u.lows[named.first : named.last])
        if not party and not any(k.name in inner for k in u.known[i]):  # "Secretariat of the League (LEAGUE)"
            names.short.setdefault(u.texts[i], entity_id)


def _known_bodies(u: Units) -> Iterator[tuple[str, str | None, str]]:
    """Organisations of the vocabulary that the text names in full: name, party, entity."""
    for match in re.finditer("Q", u.classes):
        i = match.start()
        known = next((k for k in u.known[i] if k.kind == "organization"), None)
        if known and " " in u.texts[i]:
            yield u.texts[i], known.code, known_entity(known).entity_id


def _defined(u: Units) -> Iterator[tuple[int, Known]]:
    """The units of acronyms in parentheses after a known name that they stand for."""
    for match in OTHER_SHORT.finditer(u.classes):  # "African Development Fund (ADF)"
        long, i = u.known[match.start()], match.start("short")
        names = {k.name for k in long}
        if spells(u.texts[i], u.texts[match.start()]) and names.isdisjoint(k.name for k in u.known[i]):
            yield i, next(k for k in long if k.kind in ENTERED)
    for match in KNOWN_SHORT.finditer(u.classes):
        if known := next((k for k in u.known[match.start()] if k.kind in ENTERED), None):
            yield match.start("short"), known
