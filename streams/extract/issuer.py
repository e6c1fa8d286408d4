"""The side that speaks: the country that offices without a country belong to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import pycountry

from streams.extract.offices import Office
from streams.extract.standing import national, title_country
from streams.extract.tables import Known
from streams.extract.units import Units

STATE: Final = re.compile("[ND]")
PLACED: Final = re.compile("[QRL]")
ENVOY: Final = re.compile(r"OTt?(N)")
VISITING: Final = frozenset(
    {"visit", "visits", "visited", "visiting", "trip", "travel", "tour", "arrived", "travels", "travelled"}
)
VISITED: Final = re.compile(r"(?:[^|.]{0,24}?[Ti])?t?N")
OTHERS: Final = frozenset(
    {"IND", "PAK", "BGD", "MEX", "PHL", "NPL", "LKA", "ZAF"}
)  # that have a Foreign Secretary, too
ELSEWHERE: Final = frozenset(
    {"UN", "NATO", "OSCE", "AU", "ASEAN", "IMF", "WB", "WHO", "IAEA", "LAS", "OIC"}
)  # heads travel, texts are of others
LEADING: Final = frozenset({"head_of_state", "head_of_government", "minister"})

OF_STATES: Final = LEADING | {"deputy_minister", "parliament"}  # offices that no organisation has


class Standing(NamedTuple):
    """What is known of one person before the home side is: the offices and the country they name."""

    offices: tuple[Office, ...]
    said: str | None  # by the text
    known: str | None  # by the vocabularies


@lru_cache(maxsize=512)
def _is_state(code: str) -> bool:
    return code == "XKX" or pycountry.countries.get(alpha_3=code) is not None


def _code(known: tuple[Known, ...]) -> str | None:
    for k in known:
        if k.code and k.kind in {"country", "adjective"}:
            return k.code
    return None


def _named(u: Units, titles: set[int]) -> Counter[str]:
    """Countries by how often the text names them outside of offices; a government counts double."""
    votes: Counter[str] = Counter()
    for at in STATE.finditer(u.classes):
        i = at.start()
        if i not in titles and (code := _code(u.known[i])):
            votes[code] += 2 if u.lows[i + 1] in {"government", "parliament", "cabinet"} else 1
    return Counter({c: min(n, 6) for c, n in votes.items()})


def _national(u: Units, offices: Sequence[Office]) -> Counter[str]:
    """Bodies, titles and words of address that only one state has."""
    votes: Counter[str] = Counter()
    bodies, words = national("body"), national("word")
    for i in u.at_words(words):
        votes[words[u.lows[i]]] += 3
    for at in PLACED.finditer(u.classes):
        code = next((bodies[n] for k in u.known[at.start()] if (n := k.name.lower()) in bodies), None)
        if code:
            votes[code] += 3
    for office in offices:
        code = title_country(u.surface(office.first, office.last)) if office.country is None else None
        if code and code not in ELSEWHERE:
            votes[code] += 4
    for i in u.at_words(
        ("press", "press-service")
    ):  # "the press service of the Ministry of ... of N reports"
        near = next((j for j in range(i, min(i + 16, len(u.classes))) if u.classes[j] in "N|"), i)
        if u.lows[i + 1] in {"service", "office", "of"} and (code := _code(u.known[near])):
            votes[code] += 4
    shared = national("shared")
    if any(o.country is None and u.surface(o.first, o.last).lower() in shared for o in offices):
        others = set(_named(u, set())) & OTHERS
        votes["GBR"] += 0 if others else 12
    return votes


def _hosts(u: Units) -> Counter[str]:
    """Countries to which envoys are sent and guests come."""
    votes: Counter[str] = Counter()
    for match in ENVOY.finditer(u.classes):
        if code := _code(u.known[match.start(1)]):
            votes[code] += 2
    return votes


def _visited(u: Units, persons: Sequence[Standing]) -> Counter[str]:
    """Countries that are visited: at home if the guest is named with a country, else abroad."""
    votes: Counter[str] = Counter()
    guests = {o.first: p for p in persons for o in p.offices}
    for i in u.at_words(VISITING):
        begin = u.classes.rfind("|", 0, i) + 1
        if match := VISITED.match(u.classes, i + 1):
            code = _code(u.known[match.end() - 1])
            near = [guests[j] for j in range(begin, i + 12) if j in guests]
            if code and near:
                guest = near[0]
                votes[code] += 2 if guest.said and guest.said != code else -4 if guest.said is None else 0
    return votes


def home_country(
    u: Units, offices: Sequence[Office], persons: Sequence[Standing], publisher_country: str | None
) -> str | None:
    """The publisher's country, else the one that the text treats as its own, else null."""
    if publisher_country:
        return publisher_country
    titles = {i for o in offices for i in range(o.first, o.last)}
    plain = _named(u, titles) + _national(u, offices)
    votes = plain + _hosts(u)
    votes.update(_visited(u, persons))
    bare = [p for p in persons if p.offices and p.said is None]
    for person in persons:
        if person.known and person.said is None:
            votes[person.known] += 4 if person.offices and person.known not in ELSEWHERE else 2
    if bare:
        for code in {p.said for p in persons if p.said and any(o.level in LEADING for o in p.offices)}:
            votes[code] -= 4
        levels = {o.level for p in bare for o in p.offices if o.level in LEADING}
        for code in {o.country for o in offices if o.country and o.level in levels}:
            votes[code] -= 2
    for code in ELSEWHERE:
        votes.pop(code, None)
    if any(o.level in OF_STATES for p in bare for o in p.offices):
        for code in [c for c in votes | plain if not _is_state(c)]:
            votes.pop(code, None)
            plain.pop(code, None)
    best = max(votes.items(), key=lambda v: (v[1], v[0]), default=None)
    if best and best[1] > 0:
        return best[0]
    return max(plain, key=lambda c: (plain[c], c), default=None)
