"""Persons by name: with an office or honorific, in apposition, or by a known given name."""

from __future__ import annotations

import re
from typing import Final, NamedTuple, cast

from streams.closed_sets import OfficeLevel
from streams.extract.countries import common_names
from streams.extract.offices import Office, is_plural
from streams.extract.organizations import head_words
from streams.extract.person_names import read_name, skip_titles
from streams.extract.tables import names_words
from streams.extract.units import Units
from streams.extract.vocabulary import word_sets

PORTFOLIO: Final = "KMQ"  # letters of words that may stand before the head of an office
LONGEST_FIELD: Final = 4  # such words
FULL: Final = 2  # words of a name that is signed in full
OF_STATES: Final = re.compile(r"(?<=[ot])(?P<states>[NQ](?:,t?[NQ])*,?&t?[NQ])(?:[Ti]t?[NLQ])?[,:-]?")
OF_PEOPLES: Final = re.compile(r"(?P<states>D(?:,D)*,?&D)[KM]*O")
ASIDE: Final = re.compile(  # "Foreign Secretary (Bilateral)"; "Ambassador in Quito (Ecuador),"
    r"\(t?[KMUxCDRO&,]{1,6}\.?\)|(?<=[LR])\(N\)(?=,)"
)
JOINED: Final = re.compile(r"(?:ot?[NQ]|\([^()|]{1,9}\))?(?:,&?|&)")
OF_VILLAGES: Final = re.compile(r"(?<!\|)o(?P<others>(?:[CG]{1,4},){0,7}(?:[CG]{1,4},?&)?)[CG]{0,4}$")
REACH: Final = 40  # units
DECORATION: Final = re.compile(r",[UI](?:\([IU]\))?(?=,)")
BEFORE_OFFICE: Final = frozenset(
    [
        "who",
        "is",
        "former",
        "current",
        "then",
        "newly",
        "appointed",
        "incoming",
        "outgoing",
        "his",
        "her",
        "their",
    ]
)
OF_SENDER: Final = re.compile("[NDQ]M?s")
COPULA: Final = frozenset({"is", "was", "has", "been", "appointed", "named", "as", "being"})


class Person(NamedTuple):
    """A personal name at units first..last (exclusive), with the office that its surroundings give."""

    first: int
    last: int
    office: Office | None
    rule: str


def lone_names() -> frozenset[str]:
    """Folded family names that denote a leader even when they stand alone."""
    return names_words("alone")


def _is_rank(u: Units, before: Office, office: Office) -> bool:
    """Whether the office is only a rank of who holds the one before: "Deputy Minister H.E. Ambassador NAME"."""
    short = office.last - office.first == 1 and office.level == "ambassador"
    return short and set(u.classes[before.last : office.first]) <= set("H.")


def _whole(u: Units, office: Office, before: Office | None) -> Office:
    """The first of two offices of one holder ("the Sultan of X, the incumbent Chair of Y NAME")."""
    if before is not None and _is_rank(u, before, office):
        return before
    if before is None or not before.country or u.classes[before.first - 1] == ",":
        return office
    joined = u.classes[before.last : office.first] in {",", ",t", ",tx", ",x", "&", "&t"}
    other = office.country != before.country and office.country in common_names()
    return before if joined and not other else office


def _others(u: Units, person: Person) -> list[Person]:
    """Further holders of an office in the plural: "Presidents A of X, B and C"."""
    found = []
    at = person.last
    while match := JOINED.match(u.classes, at):
        start = skip_titles(u, match.end())
        end = read_name(u, start, titled=True)
        if end == start:
            break
        found.append(Person(start, end, person.office, "person.office-name"))
        at = end
    return found


def _listed_states(u: Units, office: Office) -> tuple[Office, list[str], int]:
    """An office in the plural with all its states, these, and the unit after them: "Presidents of Peru and Chad"."""
    head = u.classes.index("O", office.first)
    match = OF_STATES.search(u.classes, head + 1, office.last + 24)
    end = match.end() if match and match.start() <= head + 3 else 0
    if match is None or end < office.last:  # "the Cuban and Chadian ambassadors"
        peoples = OF_PEOPLES.finditer(u.classes, max(0, office.first - 8), office.last)
        match = next((m for m in peoples if m.end("states") == office.first + 1), None)
        end = office.last + (u.classes[office.last] in ",:-")
    if match is None:
        return office, [], 0
    kinds = {"country", "organization", "adjective"}
    states = (u.known[i] for i in range(*match.span("states")))
    codes = (next((k.code for k in known if k.code and k.kind in kinds), None) for known in states)
    whole = office._replace(
        first=min(office.first, match.start()), last=max(office.last, match.end("states"))
    )
    return whole, [c for c in codes if c], end


def _respective(u: Units, office: Office) -> list[Person]:
    """As in "Presidents of Peru, Chad and Laos, A, B and C": each holder with his state."""
    office, codes, at = _listed_states(u, office)
    found = []
    for code in codes:
        at = skip_titles(u, at)
        end = read_name(u, at, titled=True)
        if end == at:
            return []
        found.append(Person(at, end, office._replace(country=code), "person.office-name"))
        joined = JOINED.match(u.classes, end)
        at = joined.end() if joined else end
    return found


def _innermost(u: Units, office: Office) -> Office:
    """Of "Spokesperson for Minister NAME" the minister's office; "Secretary to the President NAME" is whole."""
    last = office.last - 1
    if u.classes[last] != "O" or last == office.first or u.classes[last - 1] not in "ofT":
        return office
    if u.lows[last] == "ministers":  # "Chairman of the Council of Ministers"
        return office
    known = next(k for k in u.known[last] if k.kind == "office")
    level = cast("OfficeLevel", known.level or "official")
    return Office(last, office.last, level, "current", None, capital=u.texts[last][0].isupper())


def _is_line(u: Units, office: Office) -> bool:
    """Whether the office and a colon begin the last line of a text: "MFA Spokesperson: NAME"."""
    end = u.classes.find("|", office.last)
    return u.classes[office.first - 1 : office.first] == "|" and set(u.classes[end:]) == {"|"}


def _after_office(u: Units, office: Office, before: Office | None) -> Person | None:
    """`OFFICE [,] [honorific] NAME`."""
    at = office.last
    if aside := ASIDE.match(u.classes, at):  # "Permanent Secretary (Ag.), Ms NAME"
        at = aside.end()
        office = office._replace(last=at)
    comma = u.classes[at] in ",:" and (u.texts[at] != ":" or _is_line(u, office))
    at = skip_titles(u, at + 1 if comma else at)
    honorific = u.classes[at - 1] == "H"
    end = read_name(u, at, titled=True)
    if end == at or _is_patron(u, at, end):
        return None
    office = office if comma else _innermost(u, office)
    letters = u.classes[at:end]
    if comma and not honorific and not ("G" in letters or len(letters) > 1):
        return None
    if not office.capital and not honorific and not ("G" in letters or "I" in letters or len(letters) > 1):
        return None
    return Person(at, end, _whole(u, office, before), "person.office-name")


def _is_of_name_before(u: Units, office: Office) -> bool:
    """Whether an office stands in apposition to the name before it: "NAME, President of X, NAME, President of Y"."""
    at = office.first - 1
    while u.classes[at] in PORTFOLIO:
        at -= 1
    at -= u.classes[at] == "t"
    return u.classes[office.last] in ",&" and u.classes[at] == "," and u.classes[at - 1] in "GC"


def _has_holder(u: Units, office: Office) -> bool:
    """Whether a name of its own follows the office: "Minister NAME, Minister of Trade NAME"."""
    return u.classes[office.last] in "GCH"


def _signature(u: Units, first: int, last: int, offices: dict[int, Office]) -> Office | None:
    """The office on the line below a name that has a line of its own, or on the line above it."""
    start = first
    while u.classes[start - 1] in "H." and start > 0:
        start -= 1
    if u.classes[last] != "|" or u.classes[start - 1 : start] != "|" or last - first < FULL:
        return None
    below = offices.get(last + 1)
    if below is not None and u.classes[below.last] in "|,(":
        return below
    above = u.classes.rfind("|", 0, start - 1) + 1
    office = offices.get(above + (u.classes[above] == "t"))
    return office if office is not None and office.last == start - 1 else None


def _before_office(u: Units, start: int, offices: dict[int, Office]) -> Office | None:
    """The office of `NAME, [the] OFFICE` or `NAME (OFFICE)` where the name ends at `start`."""
    at = start
    if u.texts[at] in word_sets().post_nominals:
        at += 1
    if re.match(r"\([NQ]\),", u.classes[at : at + 4]):
        at += 3
    while match := DECORATION.match(u.classes, at):
        at = match.end()
    if u.lows[at] in COPULA:
        steps = next((n for n in range(1, 7) if u.lows[at + n] not in COPULA), 0)
        at += steps + (u.classes[at + steps] in "te")
        return offices.get(at)
    if u.classes[at] not in ",(-":
        return None
    at += 1
    while u.classes[at] in "te" or (u.classes[at] == "x" and u.lows[at] in BEFORE_OFFICE):
        at += 1
    if u.lows[at] == "of" and (end := _nominated(u, at)):
        return offices.get(end)
    sender = OF_SENDER.match(u.classes, at)  # "the Chinese Government's Special Envoy"
    return offices.get(sender.end()) if sender else _office_at(u, at, offices)


def _office_at(u: Units, at: int, offices: dict[int, Office]) -> Office | None:
    """The office that begins at `at`, with words of its field before its head ("Senior Project Officer at ADB")."""
    head = at
    while head - at < LONGEST_FIELD and u.classes[head] in PORTFOLIO and head not in offices:
        head += 1
    office = offices.get(head)
    ends = office is not None and (head == at or u.classes[office.last] in ",;.|&)")
    return office._replace(first=at) if office is not None and ends else None


def _nominated(u: Units, at: int) -> int:
    """The unit after "to be" in "NAME, of Ohio, a Career Member of the Senior Service, to be Ambassador", or 0."""
    end = u.classes.find("|", at)
    found = next((i for i in range(at, end - 1) if u.lows[i] == "to" and u.lows[i + 1] == "be"), 0)
    return found and found + 2 + (u.classes[found + 2] in "te")


BEHIND_ASIDE: Final = re.compile(r"H[.]?\([CKUxH][.]?\)$")  # "Wing Commander (Retd.) NAME"
BEGINNING: Final = re.compile("[GCILp]|(?<=H)[KMU]")  # where a personal name can


def find_persons(u: Units, offices: list[Office]) -> list[Person]:
    """All persons that are named in full or with a title, in order of the text."""
    starts = {o.first: o for o in offices}
    inside = {i for o in offices for i in range(o.first, o.last)}
    found: dict[int, Person] = {}
    for before, office in zip([None, *offices], offices, strict=False):
        if is_plural(u, u.classes.index("O", office.first)) and (listed := _respective(u, office)):
            found |= {p.first: p for p in listed}
            starts.pop(office.first, None)
            continue
        if person := _after_office(u, office, before):
            fuller = _before_office(u, person.last, starts)
            if fuller and _is_of_name_before(u, office):
                continue
            if (
                person.office
                and person.office.last - person.office.first == 1
                and fuller
                and not person.office.country
                and not _has_holder(u, fuller)
            ):
                person = person._replace(office=fuller)
            found[person.first] = person
            if any(u.classes[i] == "O" and is_plural(u, i) for i in range(office.first, office.last)):
                found |= {p.first: p for p in _others(u, person)}
            if person.first == office.last or u.classes[office.last] == "H":
                starts.pop(office.first, None)
    taken = {i for p in found.values() for i in range(p.first, p.last)}
    end = 0
    for at in (m.start() for m in BEGINNING.finditer(u.classes)):
        if at < end or at in taken:
            continue
        if u.lows[at] in lone_names() and u.classes[at] in "CGL" and u.classes[at + 1] not in "GCI":
            found |= (
                {}
                if u.texts[at + 1] == "Administration"
                else {at: Person(at, at + 1, None, "person.known-alone")}
            )
            continue
        titled = at > 0 and (
            u.classes[at - 1] == "H" or BEHIND_ASIDE.search(u.classes, max(0, at - 5), at) is not None
        )
        if at in inside or (u.classes[at] == "p" and not titled and not _is_capital_particle(u, at)):
            continue
        end = read_name(u, at, titled=titled)
        apposed = (_before_office(u, end, starts) or _signature(u, at, end, starts)) if end > at else None
        if end > at and (rule := _evidence(u, at, end, titled=titled, office=apposed)):
            found[at] = Person(at, end, apposed, rule)
    return [found[i] for i in sorted(found)]


def _is_capital_particle(u: Units, at: int) -> bool:
    """Whether a name begins with the particle at `at` ("Von der Leyen")."""
    return u.texts[at][0].isupper() and u.classes[at + 1] in "GC"


def _is_ship(u: Units, first: int) -> bool:
    """As in "USS Carl Vinson", "BRP General Mariano Alvarez"."""
    before = first - 1 - (u.classes[first - 1] == "H")
    return u.lows[before] in names_words("ships") and u.texts[before][:1].isupper()


def _is_namesake(u: Units, first: int, last: int) -> bool:
    """Whether a thing is called after a person: "Nelson Mandela University", "USS Carl Vinson", "Villa Doria Pamphilj"."""
    buildings = names_words("before_namesakes")
    if u.lows[first] in buildings or (u.lows[first - 1] in buildings and u.texts[first - 1][:1].isupper()):
        return True
    for i in range(last, last + 4):
        if not u.texts[i][:1].isupper() or u.classes[i] not in "KMCGRL":
            return False
        if u.lows[i] in names_words("namesakes") | head_words("place", "buildings") | head_words(
            "initiative"
        ):
            return True
    return False


def _is_patron(u: Units, first: int, last: int) -> bool:
    """Whether a house of learning or healing bears the name of a ruler: "King Hussein Cancer Center"."""
    if u.lows[first - 1] not in names_words("patrons") or last == first:
        return False
    return u.lows[last - 1] in names_words("namesakes") or _is_namesake(u, first, last)


def _is_village(u: Units, first: int) -> bool:
    """As in "the villages of Velka and Nova Velka"; in "In the village of Velka, Ana Roe" a person follows."""
    listed = OF_VILLAGES.search(u.classes, max(0, first - REACH), first)
    if listed is None:
        return False
    word = u.lows[listed.start() - 1]
    return word in names_words("villages") and (word.endswith("s") or not listed["others"])


def _is_thing(u: Units, first: int, last: int) -> bool:
    """Whether a company or what is called after a person is meant."""
    if u.classes[last] == "," and u.lows[last + 1] in head_words("organization", "companies"):
        return True
    return u.lows[first - 1] in head_words("organization", "before_names") or _is_namesake(u, first, last)


def _is_other(u: Units, first: int, last: int) -> bool:
    """Whether a thing or a place is meant: "in Juana Méndez"."""
    if _is_village(u, first):
        return True
    in_place = u.lows[first - 1] in {"in", "at", "near"} and u.classes[last] in ",.;)|&"
    return in_place or _is_thing(u, first, last)


def _evidence(u: Units, first: int, last: int, *, titled: bool, office: Office | None) -> str:
    """The rule by which the run first..last is a person, or nothing."""
    letters = u.classes[first:last]
    if (
        _is_ship(u, first)
        or (titled and _is_patron(u, first, last))
        or (not titled and office is None and _is_other(u, first, last))
    ):
        return ""
    if titled:
        return "person.honorific"
    if office is not None and len(letters) > 1:
        return "person.apposition"
    shortened = letters == "GI" and u.texts[last - 1].endswith(".")  # "Viktor M."
    if shortened or (letters[0] == "G" and any(c in "GCKMLU" for c in letters[1:])):
        return "person.given-name"
    speaks = u.lows[last] in word_sets().person_verbs
    if len(letters) > 1 and letters[0] in "CI" and (speaks or "I" in letters):
        return "person.speaks"
    return ""
