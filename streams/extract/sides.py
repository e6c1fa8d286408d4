"""Whom a person represents: what the text says beside the name, else what the vocabularies know, else a side."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from typing import Final, NamedTuple

from streams.extract.countries import common_names
from streams.extract.issuer_signs import mission_of, words
from streams.extract.issuer_votes import Standing
from streams.extract.offices import Office
from streams.extract.persons import Person
from streams.extract.representing import COUNTERPARTS, anchored, beside, code_named, code_of, party_at
from streams.extract.roles import head_of
from streams.extract.standing import is_leader_of, leader_country, national, title_country
from streams.extract.units import LOOKAHEAD, Units

LEAD: Final = 2  # sentences
ENCOUNTERS: Final = frozenset(
    {"met", "meets", "meet", "meeting", "meetings", "talks", "talk", "talked", "spoke", "speaks", "conversation", "conversations", "call", "calls",
     "consultations", "discussions", "discussed", "negotiations", "held", "holds", "exchanged"}
)  # fmt: skip
OF_BODIES: Final = frozenset(
    {
        "commissioner", "secretary-general", "secretary general", "deputy secretary-general", "deputy secretary general", "executive secretary",
        "spokesperson", "spokesman", "spokeswoman", "representative", "special representative", "envoy", "special envoy", "personal envoy",
        "high representative", "under-secretary-general", "assistant secretary-general", "executive director", "director", "director-general",
        "country director", "resident coordinator", "president", "vice-president", "chairperson", "chief", "general", "commander", "special coordinator",
    }
)  # fmt: skip
STATES_ONLY: Final = frozenset({"head_of_government", "minister", "deputy_minister", "parliament"})
STATE: Final = re.compile("[NDQ]")
OURS: Final = frozenset({"our", "my"})
TO_PARTY: Final = re.compile("(?:T|i)t?(?P<to>[NQL])")
SENT_TO: Final = re.compile(
    ",?(?:x{1,2}[O](?:&O)?)?Tt?(?P<to>[NQ])"
)  # "Ambassador NAME, to the Republic of N"
BODY: Final = re.compile("Q")
CLOSE: Final = 10  # units, from an encounter to whom it was with
COMPANY: Final = "company"  # the rule whose sentence says as much as a country beside the name
ACCOMPANIED: Final = frozenset({"accompanied", "accompanying", "flanked"})
LONGEST_HEAD: Final = 5  # units: "Joint Press Statement by"
LAST_LINES: Final = 4
REACH: Final = 80  # units, back in a sentence
SPELLINGS: Final = re.compile(r"\b(?:of|for|the|affairs|and|his|her)\b|\s+|s\b")
ONE_ONLY: Final = re.compile(
    r"(?:president|primeminister|premier|(?:foreign|defen[cs]e)minister|minister(?:foreign|defen[cs]e))(?:republic)?"
)
OF_WORD: Final = re.compile("ot(K)")
# what a body of many states, or of none, is called
OF_MANY: Final = re.compile(
    r"\b(?:International(?! (?:Cooperation|Development|Trade))|Interpol|World(?! Economy)|Global|Europe|European|Pan American|Pacific|Africa|African|Asian|Arab|Islamic|Caribbean|Americas?|Latin American|Inter-|Nordic|Baltic|Eurasian|Andean|Southern|Regional|Multilateral)"
)
OF_CITY: Final = re.compile("Oot?(?P<city>L)")


class Side(NamedTuple):
    """Whom an office without a country is taken to stand for, and by which rule."""

    country: str | None
    rule: str


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


def _city_state(u: Units, office: Office) -> str | None:
    """The state of the city whose mayor an office is: "Mayor of Nagasaki"."""
    match = OF_CITY.search(u.classes, office.first, office.last + 3)
    if match is None or "mayor" not in u.lows[office.first : office.last]:
        return None
    return max(u.known[match.start("city")], key=lambda k: k.population).code


def titled_offices(u: Units, offices: Sequence[Office], held: Container[int]) -> dict[str, str]:
    """Heads of offices that the title gives to one country and to nobody by name: "Visit of the President of Peru"."""
    end = u.classes.find("|")
    found: dict[str, set[str | None]] = defaultdict(set)
    for office in offices:
        if office.first < end:
            found[head_of(u, office)].add(office.country if office.first not in held else None)
    return {head: code for head, codes in found.items() if len(codes) == 1 and (code := next(iter(codes)))}


def standing_of(
    u: Units, group: list[Person], mentioned: Container[str], titled: Mapping[str, str]
) -> Standing:
    """What text and vocabularies say of one person's country."""
    offices = tuple(p.office for p in group if p.office)
    said = Counter(c for p in group if (c := (p.office and p.office.country) or beside(u, p)))
    best = max(said, key=lambda c: (said[c], c)) if said else None
    full = is_leader_of([u.surface(p.first, p.last) for p in group])
    if full and (
        best is None or {best, full} <= common_names().keys()
    ):  # "President NAME, the Premier of Peru, NAME"
        return Standing(offices, full if best else None, full, *_place(u, group[0]))
    if best is None and not _is_other_leader(u, group, titled):
        best = next((c for o in offices if (c := titled.get(head_of(u, o)))), None)
    known = title = None
    if best is None:
        best = next((c for o in offices if (c := _body_meant(u, o))), None)
    if best is None:
        best = next((c for o in offices if (c := _city_state(u, o))), None)
    if best is None:
        best = next((c for p in group if (c := anchored(u, p))), None)
    if best is None:
        named = (title_country(u.surface(o.first, o.last)) or _body_country(u, o) for o in offices)
        level = next((o.level for o in offices), None)
        names = [u.surface(p.first, p.last) for p in group]
        names += [f"{u.lows[p.office.first]} {u.lows[p.first]}" for p in group if p.office]
        leads = leader_country(names, level, mentioned)
        title = None if leads else next((c for c in named if c and c in mentioned), None)
        known = leads or title
    return Standing(offices, best, known, *_place(u, group[0]), title is not None)


def _is_other_leader(u: Units, group: list[Person], titled: Mapping[str, str]) -> bool:
    """Whether a known leader of another state is meant: "address by the President of Peru", which names President Biden."""
    names = [u.surface(p.first, p.last) for p in group]
    levels = {p.office.level for p in group if p.office}
    codes = {c for p in group if p.office and (c := titled.get(head_of(u, p.office)))}
    leads = next((c for level in sorted(levels) if (c := leader_country(names, level, common_names()))), None)
    return bool(codes) and leads is not None and leads not in codes


def _place(u: Units, person: Person) -> tuple[bool, bool, bool]:
    """Whether a full name stands at the head of the text, whether it begins with the person, whether it is the person's."""
    return _opens(u, person), _heads(u, person), _authors(u, person)


def _opens(u: Units, person: Person) -> bool:
    """Whether a full name stands at the head of the text."""
    return person.last - person.first > 1 and u.classes.count("|", 0, person.first) < LEAD


def _heads(u: Units, person: Person) -> bool:
    """Whether title or lead begins with the person; the title perhaps with an office that names no country."""
    begins = person.office.first if person.office and person.office.first < person.first else person.first
    before = u.classes[:begins]
    lead = u.classes.find("|") + 1  # "Ana Roe met with the President of N": everybody knows her there
    bare = person.office is None and person.last - person.first > 1
    if bare and lead and set(u.classes[lead:begins]) <= {"t", "H", "."} and lead <= begins:
        return True
    return set(before) <= {"t", "H", "."} and not STATE.search(u.classes, begins, person.last)


def _authors(u: Units, person: Person) -> bool:
    """Whether the text begins "Statement by" or "Readout of" and the person."""
    begins = person.office.first if person.office and person.office.first < person.first else person.first
    by = begins - 1
    while by > 0 and u.classes[by] in "tH.":
        by -= 1
    return (
        0 < by < LONGEST_HEAD
        and "|" not in u.classes[:by]
        and u.lows[by] in {"by", "from", "of"}
        and u.lows[by - 1] in words().statements
    )


def _is_public(u: Units, office: Office) -> bool:
    """Whether an office is one of a side; a calling ("economist", "a former minister") and "counterpart" are not."""
    if u.classes[office.first - 1] == "e" or u.lows[office.last - 1] in COUNTERPARTS:
        return False
    return office.capital or not any(
        k.exact for i in range(office.first, office.last) for k in u.known[i] if k.kind == "office"
    )


def _of_secretary(u: Units, standing: Standing) -> str | None:
    """The organisation named most, for a Secretary-General of none."""
    heads = (
        "secretary" in u.surface(o.first, o.last).lower() and o.level == "head_of_organization"
        for o in standing.offices
    )
    if not all(heads):
        return None
    codes = Counter(c for m in BODY.finditer(u.classes) if (c := code_named(u, m.start())))
    return max(codes, key=lambda c: (codes[c], c), default=None)


def _of_envoy(u: Units, standing: Standing, home: str, group: list[Person]) -> Side:
    """Of an ambassador to another state the home side; of other diplomats the other side that is named most."""
    sent = [TO_PARTY.search(u.classes, o.first, o.last) for o in standing.offices]
    sent += [SENT_TO.match(u.classes, p.last) for p in group]
    away = any(to and _posted(u, to.start("to")) not in {None, home} for to in sent)
    ours = any(u.lows[o.first - 1] in OURS for o in standing.offices)
    if away or ours or mission_of(u) == home or any(_signs(u, p) for p in group):
        return Side(home, "sent")
    company = next((c for p in group if (c := _of_company(u, p, home))), None)
    return Side(company, COMPANY) if company else Side(_most_named(u, home), "received")


def _of_company(u: Units, person: Person, home: str) -> str | None:
    """Whose the company is of an official who "was accompanied by Ambassador NAME": the state named with him, else home."""
    begin = u.classes.rfind("|", 0, person.first) + 1
    word = next((i for i in range(begin, person.first) if u.lows[i] in ACCOMPANIED), None)
    if word is None:
        return None
    codes = (code_of(u, i) for i in range(begin, word) if u.classes[i] in "ND")
    levels = {k.level for i in range(begin, word) for k in u.known[i] if u.classes[i] == "O"}
    opens = word == begin or not levels.isdisjoint(STATES_ONLY | {"head_of_state"})
    return next((c for c in codes if c), home if opens else None)


def _signs(u: Units, person: Person) -> bool:
    """Whether the name stands alone on one of the last lines of a text, with a title at most."""
    begin, end = u.classes.rfind("|", 0, person.first) + 1, u.classes.find("|", person.last)
    behind = u.classes[person.last : end]
    alone = set(u.classes[begin : person.first]) <= set("HOMt.,") and set(behind) <= set("(),.HOMUKCQ")
    return alone and begin > 0 and u.classes.count("|", end) - LOOKAHEAD <= LAST_LINES


def _posted(u: Units, i: int) -> str | None:
    """Where an envoy is: the party at unit `i`, by its capital too."""
    return code_of(u, i) or next((k.code for k in u.known[i] if k.capital), None)


def _is_with(u: Units, group: list[Person]) -> bool:
    """Whether somebody meets the person: "talks with First Deputy Minister NAME"."""
    for office in (p.office for p in group if p.office and p.office.first < p.first):
        at = office.first - 1 - (u.classes[office.first - 1] == "t")
        opens = max(at - CLOSE, u.classes.rfind("|", 0, at))
        if u.classes[at] == "w" and not ENCOUNTERS.isdisjoint(u.lows[opens + 1 : at]):
            return u.lows[at - 1] not in {"together", "along", "jointly"}
    return False


def _is_of_body_elsewhere(u: Units, offices: Sequence[Office], home: str | None) -> bool:
    """Whether each office is of a known body of another state, or of many that is no party: "Secretary General of Interpol"."""
    bodies = national("body")

    def elsewhere(office: Office) -> bool:
        known = [k for i in range(office.first, office.last) if u.classes[i] == "Q" for k in u.known[i]]
        coded = any(k.code for k in known)
        return not coded and any(
            OF_MANY.search(k.name) or bodies.get(k.name.lower(), home) != home for k in known
        )

    return home is not None and all(map(elsewhere, offices))


def side_of(u: Units, standing: Standing, home: str | None, group: list[Person]) -> Side:
    """The side of an office without a country: of envoys and company the other one, of other officials home."""
    public = [o for o in standing.offices if _is_public(u, o)]
    if not public:
        return Side(None, "private")
    if found := _of_secretary(u, standing):
        return Side(found, "secretary")
    if _is_of_body_elsewhere(u, public, home):
        return Side(None, "elsewhere")
    if home and all(o.level == "ambassador" for o in standing.offices):
        return _of_envoy(u, standing, home, group)
    return _of_official(u, public, home, group)


def _of_official(u: Units, offices: Sequence[Office], home: str | None, group: list[Person]) -> Side:
    """The side of an official: home, unless home's met him; what a body tells of a minister is of the state beside him."""
    if home and home in common_names():
        return Side(_most_named(u, home) or home, "met") if _is_with(u, group) else Side(home, "home")
    ours = any(u.lows[i] in OF_BODIES for o in offices for i in range(o.first, o.last))
    of_states = any(o.level in STATES_ONLY for o in offices)
    if ours and not of_states:
        return Side(home, "body")
    return Side(_of_host(u, group) if of_states and home else None, "host")


def _of_host(u: Units, group: list[Person]) -> str | None:
    """The state of an official in what an organisation tells: the nearest that his sentence names, else the one named most."""
    office = next((p.office for p in group if p.office), None)
    first = min(office.first, group[0].first) if office else group[0].first
    for i in range(first - 1, max(-1, first - REACH), -1):
        if u.classes[i] == "|":
            break
        if code := _state_at(u, i):
            return code
    most = Counter(
        c for i in range(len(u.classes)) if u.classes[i] in "NDL" and (c := _state_at(u, i))
    ).most_common(2)
    return most[0][0] if most and (len(most) == 1 or most[0][1] > most[1][1]) else None


def _state_at(u: Units, i: int) -> str | None:
    """The state that unit `i` names, by its capital too."""
    codes = (k.code for k in u.known[i] if k.kind in {"country", "adjective"} or k.capital)
    code = next(codes, None) if u.classes[i] in "NDL" else None
    return code if code in common_names() else None


def posts_of(u: Units, standing: Standing) -> set[str]:
    """The posts of which a state has one only: head of state or government, ministers of two portfolios."""
    words = (
        SPELLINGS.sub("", " ".join(u.lows[o.first : o.last]))
        for o in standing.offices
        if o.state == "current"
    )
    return {w for w in words if ONE_ONLY.fullmatch(w)}


def beyond(u: Units, group: list[Person], home: str) -> str | None:
    """The other side for a second holder of a post at home: the last that his sentence names before him, by a city too."""
    for person in group:
        for i in range(person.first - 1, max(-1, person.first - REACH), -1):
            if u.classes[i] == "|":
                break
            codes = (k.code for k in u.known[i] if k.kind in {"country", "adjective"} or k.capital)
            if u.classes[i] in "NDL" and (code := next(codes, None)) not in {None, home}:
                return code
    return None


def _most_named(u: Units, home: str) -> str | None:
    """The other side that a text names most: whom an ambassador without a state represents to `home`."""
    codes = (code_named(u, i) or party_at(u, i) for i, letter in enumerate(u.classes) if letter in "NDQ")
    most = Counter(c for c in codes if c and c != home).most_common(2)
    return most[0][0] if most and (len(most) == 1 or most[0][1] > most[1][1]) else None
