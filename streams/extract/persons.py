"""Persons by name: with an office or honorific, in apposition, or by a known given name."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple, cast

from streams.closed_sets import OfficeLevel
from streams.extract.offices import Office, is_plural
from streams.extract.organizations import head_words
from streams.extract.tables import settings
from streams.extract.units import Units, family_words
from streams.extract.vocabulary import word_sets

ROMAN: Final = re.compile(r"[IVX]{1,5}")
LONGEST: Final = 7
SHORTENED: Final = frozenset({"md", "ma", "mohd", "muhd", "mohm", "abd", "gh", "wm"})
NICKNAME: Final = re.compile(r'"[CGK]"(?=[CG])')
SHIPS: Final = frozenset(
    {
        "uss",
        "hms",
        "hmas",
        "hmcs",
        "hmnzs",
        "ins",
        "kri",
        "brp",
        "usns",
        "rfa",
        "tcg",
        "hnlms",
        "roks",
        "pns",
        "kd",
        "mv",
        "fs",
        "lt.",
    }
)
BUILDINGS: Final = frozenset(
    {
        "villa",
        "palazzo",
        "camp",
        "fort",
        "casa",
        "rue",
        "calle",
        "rua",
        "via",
        "plaza",
        "praça",
        "piazza",
        "hotel",
        "estadio",
        "uss",
        "palais",
        "chateau",
        "av",
        "avenida",
        "avenue",
        "boulevard",
        "port",
        "cruiser",
        "frigate",
        "ship",
    }
)


class Person(NamedTuple):
    """A personal name at units first..last (exclusive), with the office that its surroundings give."""

    first: int
    last: int
    office: Office | None
    rule: str


@cache
def given_words() -> frozenset[str]:
    return frozenset(settings("names.toml")["given_words"])


@cache
def lone_names() -> frozenset[str]:
    """Folded family names that denote a leader even when they stand alone."""
    return frozenset(settings("names.toml")["alone"])


def _may_be_family(u: Units, i: int) -> bool:
    """Whether unit `i`, an ordinary word or a city, can be a family name."""
    letter, word = u.classes[i], u.texts[i]
    if letter in "KM":
        shouted = (
            len(word) > 1 and word.isupper() and not u.texts[i - 1].isupper() and u.classes[i - 1] in "GC"
        )
        return u.lows[i] in family_words() or shouted  # "Yassine FALL"
    if letter == "L":
        largest = max(u.known[i], key=lambda k: k.population)
        return " " not in word and not largest.capital
    if letter == "U":
        return len(word) > 2 and word.isalpha() and word not in word_sets().post_nominals
    return False


def _begins(u: Units, at: int, *, titled: bool) -> bool:
    """Whether unit `at` can be the first word of a personal name."""
    letter = u.classes[at]
    if letter in "GC":
        return True
    after, low = u.classes[at + 1], u.lows[at]
    if letter == "I":
        return after in "GCIp"
    if letter == "p":
        return after in "pGCKLUI" and (titled or u.texts[at][0].isupper())
    if letter == "U":
        return titled and after in "GCU" and _may_be_family(u, at)
    if letter not in "KML":
        return False
    given = after in "GCI" and u.classes[at - 1] != "i" and low in word_sets().given
    word = after in "GC" and (letter == "L" or low in given_words())
    return given or (titled and (word or _may_be_family(u, at)))


def _continues(u: Units, at: int) -> bool:
    """Whether unit `at` can be a further word of a personal name."""
    letter = u.classes[at]
    if u.starts[at] - u.ends[at - 1] > 1:  # names in columns
        return False
    if ROMAN.fullmatch(u.texts[at]):  # "Abdullah II ibn Al Hussein"
        return u.classes[at + 1] == "p"
    if letter in "-.p":
        return _joins(u, at) if letter != "p" else u.classes[at + 1] in "pGCKLUI"
    if letter in "KMLU":
        before = u.classes[at - 1]
        if before == "-" or (before == "p" and u.texts[at - 1].islower()):  # "Ramos-Horta", "Sison de Lima"
            return letter == "L" or _may_be_family(u, at)
        between = letter == "K" and before == "G" and u.classes[at + 1] == "C" and u.texts[at].istitle()
        return between or (_may_be_family(u, at) and (before in "GIC" or letter == "U"))
    return letter in "GCI"


def _joins(u: Units, at: int) -> bool:
    """Whether a hyphen joins two parts of a name, or a full stop ends a short form in it ("Md. Golam")."""
    close = u.ends[at - 1] == u.starts[at]
    if u.classes[at] == "-":
        return (
            close
            and u.ends[at] == u.starts[at + 1]
            and u.classes[at + 1] in "CGLp"
            and u.classes[at - 1] in "CGLp"
        )
    return close and u.lows[at - 1] in SHORTENED and u.classes[at + 1] in "CGI"


def read_name(u: Units, start: int, *, titled: bool) -> int:
    """The unit after the personal name that begins at `start`, or `start` if none does."""
    if not _begins(u, start, titled=titled):
        return start
    at, words = start + 1, int(u.classes[start] != "p")
    while words < LONGEST:
        if match := NICKNAME.match(u.classes, at):  # 'Mohamed "Hemedti" Dagalo'
            at = match.end()
        if not _continues(u, at):
            break
        words += u.classes[at] not in "p-."
        at += 1
    while at > start and (
        (u.classes[at - 1] == "I" and not (at - start == 2 and u.texts[at - 1].endswith(".")))
        or (u.classes[at - 1] == "p" and u.texts[at - 1].islower())
    ):
        at -= 1
    post = word_sets().post_nominals
    while at - 1 > start and u.texts[at - 1] in post and not ROMAN.fullmatch(u.texts[at - 1]):
        at -= 1
    return _suffix(u, at) if at > start else start


def _suffix(u: Units, at: int) -> int:
    """Take in ", Jr." and a regnal number."""
    if u.lows[at] in {"jr.", "jr", "sr.", "sr"}:
        return at + 1
    if u.classes[at] == "," and u.lows[at + 1] in {"jr.", "jr", "sr."}:
        return at + 2
    if ROMAN.fullmatch(u.texts[at]) and u.classes[at] in "IUCKG":
        return at + 1
    return at


def _skip_titles(u: Units, at: int) -> int:
    while u.classes[at] == "H" or (u.classes[at] == "." and u.classes[at - 1] == "H"):
        at += 1
    return at


JOINED: Final = re.compile(r"(?:ot?[NQ]|\([NQU]\))?(?:,&?|&)")
DECORATION: Final = re.compile(r",[UI](?:\([IU]\))?(?=,)")
INSTITUTIONS: Final = frozenset(
    {
        "university",
        "foundation",
        "institute",
        "airport",
        "international",
        "centre",
        "center",
        "hospital",
        "school",
        "college",
        "bridge",
        "stadium",
        "library",
        "museum",
        "fund",
        "award",
        "prize",
        "street",
        "avenue",
        "academy",
        "conference",
        "memorial",
    }
)
COPULA: Final = frozenset({"is", "was", "has", "been", "appointed", "named", "as", "being"})


def _whole(u: Units, office: Office, before: Office | None) -> Office:
    """The first of two offices of one holder ("the Sultan of X, the incumbent Chair of Y NAME")."""
    if before is None or not before.country or u.classes[before.first - 1] == ",":
        return office
    joined = u.classes[before.last : office.first] in {",", ",t", ",tx", ",x", "&", "&t"}
    return before if joined else office


def _others(u: Units, person: Person) -> list[Person]:
    """Further holders of an office in the plural: "Presidents A of X, B and C"."""
    found = []
    at = person.last
    while match := JOINED.match(u.classes, at):
        start = _skip_titles(u, match.end())
        end = read_name(u, start, titled=True)
        if end == start:
            break
        found.append(Person(start, end, person.office, "person.office-name"))
        at = end
    return found


def _innermost(u: Units, office: Office) -> Office:
    """Of "Spokesperson for Minister NAME" the minister's office; "Secretary to the President NAME" is whole."""
    last = office.last - 1
    if u.classes[last] != "O" or last == office.first or u.classes[last - 1] not in "ofT":
        return office
    known = next(k for k in u.known[last] if k.kind == "office")
    level = cast("OfficeLevel", known.level or "official")
    return Office(last, office.last, level, "current", None, capital=u.texts[last][0].isupper())


def _after_office(u: Units, office: Office, before: Office | None) -> Person | None:
    """`OFFICE [,] [honorific] NAME`."""
    at = office.last
    comma = u.classes[at] in ",:" and u.texts[at] != ":"
    at = _skip_titles(u, at + 1 if comma else at)
    honorific = u.classes[at - 1] == "H"
    end = read_name(u, at, titled=True)
    if end == at:
        return None
    office = _innermost(u, office)
    letters = u.classes[at:end]
    if comma and not honorific and not ("G" in letters or len(letters) > 1):
        return None
    if not office.capital and not honorific and not ("G" in letters or "I" in letters or len(letters) > 1):
        return None
    return Person(at, end, _whole(u, office, before), "person.office-name")


def _is_of_name_before(u: Units, office: Office) -> bool:
    """Whether an office stands in apposition to the name before it: "NAME, President of X, NAME, President of Y"."""
    at = office.first - 1 - (u.classes[office.first - 1] == "t")
    return u.classes[office.last] == "," and u.classes[at] == "," and u.classes[at - 1] in "GC"


def _signature(u: Units, first: int, last: int, offices: dict[int, Office]) -> Office | None:
    """The office on the line below a name that has a line of its own."""
    start = first
    while u.classes[start - 1] in "H." and start > 0:
        start -= 1
    return offices.get(last + 1) if u.classes[last] == "|" and u.classes[start - 1 : start] == "|" else None


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
    while u.classes[at] in "te" or (
        u.classes[at] == "x"
        and u.lows[at]
        in {"who", "is", "former", "current", "then", "newly", "appointed", "incoming", "outgoing"}
    ):
        at += 1
    return offices.get(at)


BEGINNING: Final = re.compile("[GCILp]|(?<=H)[KMU]")  # where a personal name can


def find_persons(u: Units, offices: list[Office]) -> list[Person]:
    """All persons that are named in full or with a title, in order of the text."""
    starts = {o.first: o for o in offices}
    inside = {i for o in offices for i in range(o.first, o.last)}
    found: dict[int, Person] = {}
    for before, office in zip([None, *offices], offices, strict=False):
        if person := _after_office(u, office, before):
            fuller = _before_office(u, person.last, starts)
            if fuller and _is_of_name_before(u, office):
                continue
            if (
                person.office
                and person.office.last - person.office.first == 1
                and fuller
                and not person.office.country
            ):
                person = person._replace(office=fuller)
            found[person.first] = person
            if any(u.classes[i] == "O" and is_plural(u, i) for i in range(office.first, office.last)):
                found |= {p.first: p for p in _others(u, person)}
            if person.first == office.last or u.classes[office.last] == "H":
                starts.pop(office.first, None)
    taken = {i for p in found.values() for i in range(p.first, p.last)}
    end = 0
    for beginning in BEGINNING.finditer(u.classes):
        at = beginning.start()
        if at < end or at in taken:
            continue
        if u.lows[at] in lone_names() and u.classes[at] in "CGL" and u.classes[at + 1] not in "GCI":
            found.setdefault(at, Person(at, at + 1, None, "person.known-alone"))
            continue
        titled = at > 0 and u.classes[at - 1] == "H"
        if at in inside or (u.classes[at] == "p" and not titled and not _is_capital_particle(u, at)):
            continue
        end = read_name(u, at, titled=titled)
        apposed = _before_office(u, end, starts) if end > at else None
        if end > at and (rule := _evidence(u, at, end, titled=titled, office=apposed)):
            found[at] = Person(at, end, apposed, rule)
    return [found[i] for i in sorted(found)]


def _is_capital_particle(u: Units, at: int) -> bool:
    """Whether a name begins with the particle at `at` ("Von der Leyen")."""
    return u.texts[at][0].isupper() and u.classes[at + 1] in "GC"


def _is_namesake(u: Units, first: int, last: int) -> bool:
    """Whether a thing is called after a person: "Nelson Mandela University", "USS Carl Vinson", "Villa Doria Pamphilj"."""
    if u.lows[first - 1] in SHIPS | BUILDINGS and u.texts[first - 1][0].isupper():
        return True
    for i in range(last, last + 4):
        if not u.texts[i][:1].isupper() or u.classes[i] not in "KMCGR":
            return False
        if u.lows[i] in INSTITUTIONS | head_words("place", "buildings") | head_words("initiative"):
            return True
    return False


def _evidence(u: Units, first: int, last: int, *, titled: bool, office: Office | None) -> str:
    """The rule by which the run first..last is a person, or nothing."""
    letters = u.classes[first:last]
    if not titled and office is None and _is_namesake(u, first, last):
        return ""
    if titled:
        return "person.honorific"
    if office is not None and len(letters) > 1:
        return "person.apposition"
    if letters[0] == "G" and len(letters) > 1 and any(c in "GCKML" for c in letters[1:]):
        return "person.given-name"
    speaks = u.lows[last] in word_sets().person_verbs
    if len(letters) > 1 and letters[0] in "CI" and (speaks or "I" in letters):
        return "person.speaks"
    return ""
