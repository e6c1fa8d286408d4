"""What is left of an organisation's name without its state or parent, and which names of one text are one body."""

from __future__ import annotations

import re
from typing import Final

from streams.extract.organizations import Named
from streams.extract.units import Units

FOREIGN_AFFAIRS: Final = "ministry of foreign affairs"
FOREIGN_MINISTRIES: Final = frozenset({"mfa", "mofa", "foreign ministry", "ministry for foreign affairs"})
SHORT_FOR_FOREIGN: Final = re.compile("mo?fa(?:e|ic|it|ea|et|ft)?")
MINISTRY_LAST: Final = re.compile(r"(\w+(?: (?:and )?\w+)*) ministry")
OF_HOLDER: Final = re.compile("(.+) ['’]s office")  # "President's Office"
OF_PARTY: Final = re.compile(r"ot?[NQ]$")
LINKS: Final = (" of ", " and ", " for ", " in ", ", ")
SMALL: Final = frozenset({"of", "and", "for", "the", "on", "in", "to", "&"})
MISSIONS: Final = frozenset({"embassy", "consulate", "commission", "mission", "agency"})
GENERAL: Final = frozenset(
    [
        "understanding",
        "cooperation",
        "mutual",
        "field",
        "area",
        "sphere",
        "support",
        "between",
        "with",
        "agreement",
    ]
)  # say little of what an agreement is about
JOINTS: Final = frozenset({"between", "with", "a", "mou", "memorandum", "understanding"})
SHORTEST: Final = 2  # words
KINDS: Final = {
    "memorandum": {"memorandum", "memoranda", "mou", "mous"},
    "agreement": {"agreement", "agreements", "pact", "deal", "accord", "treaty"},
}


def parties_of(u: Units, named: Named) -> tuple[str, ...]:
    """The countries and organisations with a code that a name holds; a body on or for a state is not its own."""
    codes = {
        k.code
        for i in range(named.first, named.last)
        for k in u.known[i]
        if k.code and u.classes[i] in "NDQ" and k.kind != "city"
        if not (named.kind == "organization" and _is_about(u, named.first, i))
    }
    return tuple(sorted(codes))


def _is_about(u: Units, first: int, i: int) -> bool:
    """Whether unit `i` is what the body that begins at `first` deals with: "Alliance on China", "Mechanism for Yemen"."""
    at = i - 1 - (u.classes[i - 1] == "t")
    own = MISSIONS.isdisjoint(u.lows[first:i])  # "High Commission for Belize"
    return at > first and (u.lows[at] == "on" or (u.lows[at] == "for" and own))


def base_of(u: Units, named: Named) -> str:
    """The name without the party before or after it: "Singapore Ministry of Law", "OECS Authority", "Authority of the OECS"."""
    first, last = within_state(u, named)
    return _body(" ".join(_word(u, i) for i in range(first, last)))


def within_state(u: Units, named: Named) -> tuple[int, int]:
    """The units of the name without the party before or after it."""
    first, last = named.first, named.last
    while first < last - 1 and (u.classes[first] in "NDs" or _is_party(u, first)):
        first += 1
    if u.classes[first] == "-":  # "Russia-Uzbekistan Education Forum"
        first = named.first
    match = OF_PARTY.search(u.classes[first:last])
    if match and (u.classes[last - 1] == "N" or _is_party(u, last - 1)):
        last -= len(match[0])
    return first, last


def _is_party(u: Units, i: int) -> bool:
    """Whether unit `i` is an organisation that acts as a party of its own."""
    return u.classes[i] == "Q" and any(k.code and k.kind == "organization" for k in u.known[i])


def _word(u: Units, i: int) -> str:
    """Unit `i`, an organisation by its one name: "MSG Secretariat" is the "Melanesian Spearhead Group Secretariat"."""
    names = (k.name.casefold() for k in u.known[i] if k.kind == "organization") if u.classes[i] == "Q" else ()
    return next(iter(names), u.lows[i])


def _body(name: str) -> str:
    """One name for the usual ways to call a ministry: "Foreign Ministry", "MFA" are a Ministry of Foreign Affairs."""
    name = name.replace("defense", "defence")
    name = name.removeprefix("federal ")
    if name in FOREIGN_MINISTRIES or SHORT_FOR_FOREIGN.fullmatch(name):
        return FOREIGN_AFFAIRS
    if match := OF_HOLDER.fullmatch(name):
        return f"office of the {match[1]}"
    match = MINISTRY_LAST.fullmatch(name)
    return f"ministry of {match[1]}" if match else name


def is_short_for(name: str, longer: str) -> bool:
    """Whether `name` is the end of `longer`, or its beginning up to a joint: "Core Group", "Ministry of Health"."""
    words = name.count(" ") + 1
    if words >= SHORTEST and longer.endswith(" " + name):
        return True
    return words > SHORTEST and longer.startswith(tuple(name + link for link in LINKS))


def is_same_matter(name: str, other: str) -> bool:
    """Whether two agreements of one text have one head and the matter of one says all that the other's says."""
    (head, *matter), (other_head, *other_matter) = name.split(), other.split()
    words, others = ({w.removesuffix("'s") for w in m} - SMALL - GENERAL for m in (matter, other_matter))
    return (
        head == other_head
        and min(len(words), len(others)) >= SHORTEST
        and (words <= others or others <= words)
    )


def kind_of(name: str) -> str | None:
    """What an agreement is by its head, of those that titles exchange for each other: a pact, a deal, an accord are agreements."""
    words = name.split()
    return next((kind for kind, heads in KINDS.items() if not heads.isdisjoint(words)), None)


def is_said_shorter(name: str, other: str) -> bool:
    """Whether an agreement says in all its words what `other` says: "Transport Agreement with N" in a title."""
    words, others = ({w.removesuffix("'s") for w in n.split()} - SMALL - JOINTS for n in (name, other))
    return len(words) >= SHORTEST and words <= others


def spells(acronym: str, name: str) -> bool:
    """Whether the words of `name` begin with the letters of `acronym`; a state or two before them may be left out."""
    initials = "".join(w[0] for w in name.split() if w.lower() not in SMALL)
    return initials.isupper() and initials.endswith(acronym) and len(initials) - len(acronym) < SHORTEST
