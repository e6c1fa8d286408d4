"""What a text as a whole says of the side that speaks: countries named, bodies, envoys, guests, its own officials."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from streams.extract.issuer_signs import words
from streams.extract.offices import Office
from streams.extract.standing import national, title_country
from streams.extract.tables import Known
from streams.extract.units import Units

STATE: Final = re.compile("[ND]")
PLACED: Final = re.compile("[QRL]")
BREAKS: Final = re.compile(r"\|+")
ENVOY: Final = re.compile(r"(?P<whose>[ND]s?[KM]{0,3})?O(?P<of>ot?N)?Tt?(?P<host>N)")
VISITING: Final = frozenset(
    {"visit", "visits", "visited", "visiting", "trip", "travel", "tour", "arrived", "travels", "travelled"}
)
SPEAKER: Final = frozenset({"i", "my"})
VISITED: Final = re.compile(r"(?:[^|.]{0,24}?[Ti])?t?N")
OTHERS: Final = frozenset(
    {"IND", "PAK", "BGD", "MEX", "PHL", "NPL", "LKA", "ZAF"}
)  # that have a Foreign Secretary, too
ELSEWHERE: Final = frozenset(
    {"UN", "NATO", "OSCE", "AU", "ASEAN", "IMF", "WB", "WHO", "IAEA", "LAS", "OIC"}
)  # heads travel, texts are of others
LEADING: Final = frozenset({"head_of_state", "head_of_government", "minister"})

OF_STATES: Final = LEADING | {"deputy_minister", "parliament"}  # offices that no organisation has


SENT: Final = -2  # votes of "Ambassador to N" for N, where the text need not say whose
HEADS, AUTHORS = 5, 12  # votes of who opens the title, and of whose statement it announces
LEAD: Final = 4  # sentences


class Standing(NamedTuple):
    """What is known of one person before the home side is: the offices and the country they name."""

    offices: tuple[Office, ...]
    said: str | None  # by the text
    known: str | None  # by the vocabularies
    opens: bool = False  # whether the lead names the person in full
    heads: bool = False  # whether the title opens with the person, without a country
    authors: bool = (
        False  # whether the title says that the text is the person's: "Statement by President NAME"
    )
    by_title: bool = False  # whether the vocabularies know no more than the name of the office


def _code(known: tuple[Known, ...]) -> str | None:
    for k in known:
        if k.code and k.kind in {"country", "adjective"}:
            return k.code
    return None


def named(u: Units, offices: Sequence[Office]) -> Counter[str]:
    """Countries by how often the text names them outside of offices; a government counts double."""
    titles = {i for o in offices for i in range(o.first, o.last)}
    votes: Counter[str] = Counter()
    for at in STATE.finditer(u.classes):
        i = at.start()
        if i not in titles and (code := _code(u.known[i])):
            votes[code] += 2 if u.lows[i + 1] in {"government", "parliament", "cabinet"} else 1
    return Counter({c: min(n, 6) for c, n in votes.items()})


def national_words(u: Units, offices: Sequence[Office], said: Collection[str | None]) -> Counter[str]:
    """Bodies, titles and words of address that only one state has; titles not of those who come with a country."""
    found: set[tuple[str, str, int]] = set()
    in_text = named(u, ())
    bodies, words = national("body"), national("word")
    for i in u.at_words(words):
        found.add((words[u.lows[i]], u.lows[i], 3))
    for at in PLACED.finditer(u.classes):
        if name := next((n for k in u.known[at.start()] if (n := k.name.lower()) in bodies), None):
            found.add((bodies[name], name, 3))
    for office in offices:
        code = title_country(u.surface(office.first, office.last)) if office.country is None else None
        if code and code in in_text and code not in ELSEWHERE and code not in said:
            found.add((code, "title", 4))
    for i in u.at_words(
        ("press", "press-service")
    ):  # "the press service of the Ministry of ... of N reports"
        near = next((j for j in range(i, min(i + 16, len(u.classes))) if u.classes[j] in "N|"), i)
        if u.lows[i + 1] in {"service", "office", "of"} and (code := _code(u.known[near])):
            found.add((code, "press", 4))
    shared = national("shared")
    if any(o.country is None and u.surface(o.first, o.last).lower() in shared for o in offices):
        found |= set() if set(in_text) & OTHERS else {("GBR", "shared", 5)}
    votes: Counter[str] = Counter()
    for code, _, weight in found:
        votes[code] += weight
    return votes


def of_hosts(u: Units) -> Counter[str]:
    """Countries to which envoys are sent and guests come; one side that sends envoys to several is at home itself."""
    votes: Counter[str] = Counter()
    sent = list(ENVOY.finditer(u.classes))
    posts = [(u.lows[m.end("of") - 1], u.lows[m.start("host")]) for m in sent if m["of"]]
    senders = {sender for sender, _ in posts}
    if len(senders) == 1 and len({post for _, post in posts}) > 1:  # "to be Ambassador of N to ..."
        sender = next(m.end("of") - 1 for m in sent if m["of"])
        return Counter({code: HEADS for code in [_code(u.known[sender])] if code})
    for match in sent:
        if code := _code(u.known[match.start("host")]):
            votes[code] += 2 if match["whose"] or match["of"] else SENT
    return votes


def of_visits(u: Units, persons: Sequence[Standing]) -> Counter[str]:
    """Countries that are visited: at home if the guest is named with a country, else abroad."""
    votes: Counter[str] = Counter()
    guests = {o.first: p for p in persons for o in p.offices}
    for i in u.at_words(VISITING):
        begin = u.classes.rfind("|", 0, i) + 1
        if match := VISITED.match(u.classes, i + 1):
            code = _code(u.known[match.end() - 1])
            if code and not SPEAKER.isdisjoint(u.lows[max(begin, i - 3) : i]):  # "I will travel to N"
                votes[code] -= 4
                continue
            near = [(j, guests[j]) for j in range(begin, i + 12) if j in guests]
            if code and near:
                at, guest = near[0]
                away = 0 if at >= match.end() or code in {guest.said, guest.known} else -4
                votes[code] += 2 if guest.said and guest.said != code else 0 if guest.said else away
    return votes


def _weight(u: Units, person: Standing) -> int:
    """What a known leader without a stated country says of the side: at home, unless he is somebody's counterpart."""
    if any(u.lows[o.last - 1] in words().counterparts for o in person.offices):
        return -4
    if any(o.level in OF_STATES for o in person.offices):
        return 4
    return 2 if person.offices else 4 if person.opens else 0


def of_officials(u: Units, persons: Sequence[Standing]) -> Counter[str]:
    """Countries of known leaders whom the text names without one; of a title that only one state has, in the lead."""
    breaks = [b.start() for b in BREAKS.finditer(u.classes)]
    lead = breaks[min(LEAD, len(breaks)) - 1]
    said = {p.said for p in persons}
    titles = {c for c in named(u, ()) if c not in said}  # `national_words` counts titles of these only
    votes: Counter[str] = Counter()
    for person in persons:
        late = all(o.first > lead for o in person.offices)
        counted = late and any(title_country(u.surface(o.first, o.last)) in titles for o in person.offices)
        if person.known and person.said is None and not counted:
            votes[person.known] += _weight(u, person)
    return votes


def of_title(persons: Sequence[Standing]) -> Counter[str]:
    """The country of whom the title opens with and does not say whose ("Prime Minister NAME receives the envoy of N"), or whose text it is."""
    votes = Counter({code: HEADS for p in persons if p.heads and (code := p.said or p.known)})
    votes.update({code: AUTHORS for p in persons if p.authors and (code := p.said or p.known)})
    return votes


def of_guests(offices: Sequence[Office], persons: Sequence[Standing]) -> Counter[str]:
    """Countries that leading persons come with, where others come without one; whom the text names first is at home."""
    bare = [o for p in persons if p.said is None for o in p.offices]
    votes: Counter[str] = Counter()
    if not any(o.level in OF_STATES for o in bare):
        return votes
    leading = [p.said for p in persons if any(o.level in LEADING for o in p.offices)]
    for code in {c for c in leading if c} - set(leading[:1]):
        votes[code] -= 4
    levels = {o.level for o in bare if o.level in LEADING}
    for code in {o.country for o in offices if o.country and o.level in levels}:
        votes[code] -= 2
    return votes


def first_mentions(u: Units) -> dict[str, int]:
    """Where the text first names each country."""
    found: dict[str, int] = {}
    for at in STATE.finditer(u.classes):
        if code := _code(u.known[at.start()]):
            found.setdefault(code, at.start())
    return found
