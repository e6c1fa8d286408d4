"""Offices: the grammar of titles ("Deputy Minister of Foreign Affairs of the Republic of Poland")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from streams.closed_sets import OfficeLevel, OfficeState
from streams.extract.folding import fold
from streams.extract.memo import Memo
from streams.extract.units import Units

BEFORE: Final = r"(?:D|(?<![iT])[NQRL]|[NDQRL]s|U(?=[MO]))?(?:[MU]|(?<=M)-(?=M)){0,10}"
NAMED: Final = (
    r"(?:t?(?:Os[KM]+|[NDQRMKA0O]|(?<!N)L|L(?![GC])|U(?![GC])){1,12}d?|t?G?C(?:d|(?![CGI]))|tK(?:ot?K)?d)"
)
TAIL: Final = rf"(?:[ofTi]{NAMED}(?:\([QU]\))?(?:(?:,[KM]{{1,8}}){{0,6}},?&t?(?:[KMQUDN]{{0,8}}[KM](?![KMO])|(?:(?:[QUDN]{{1,8}}|C)(?![CGIKMO])|R(?![CKMO]))|C[KM]{{1,3}}))?)"
SIMPLE: Final = rf"{BEFORE}O{{1,3}}(?:\(U\))?{TAIL}{{0,5}}"
BEGINS: Final = re.compile("[DNQRLMUO](?=s?[MU-]{0,10}O)|O")
OFFICE: Final = re.compile(rf"{SIMPLE}(?:(?:-|/|&|,&?){SIMPLE}){{0,4}}")
STATES: Final[dict[str, OfficeState]] = {
    "acting": "acting", "interim": "acting", "caretaker": "acting", "a.i.": "acting", "former": "former", "ex": "former",
    "late": "former", "then": "former", "outgoing": "former", "designate": "designate", "elect": "designate",
    "incoming": "designate",
}  # fmt: skip
OF_PARTY: Final = re.compile(r"(?P<way>[ofi])t?(?P<who>[NDQ])")
OF_NATIONALS: Final = re.compile("D[KM]")
ABROAD: Final = frozenset(
    {"abroad", "expatriates", "residing", "communities", "diaspora", "emigrants", "overseas"}
)
ACRONYM: Final = re.compile(r"\(U\)")
WORD: Final = re.compile(r"[\w.]+")
RESPONSIBLE: Final = re.compile(
    r"(?:wx|x|K)ft?[KMR]+(?:(?:,[KM]+)*,?&t?[KM]+)?"
)  # "with responsibility for Trade"
ASIDE: Final = re.compile(r"\([KMR&]{1,6}\)")  # "Director General (South Asia)"
DEMOTED: Final = frozenset({"deputy", "vice", "assistant", "parliamentary", "junior", "under"})


def is_plural(u: Units, i: int) -> bool:
    """Whether the head at unit `i` is a plural ("Presidents A and B")."""
    if not u.lows[i].endswith("s"):
        return False
    known = next((k for k in u.known[i] if k.kind == "office"), None)
    return known is not None and fold(known.name) != u.lows[i]


class Office(NamedTuple):
    """An office at units first..last (exclusive), with what it says of the country."""

    first: int
    last: int
    level: OfficeLevel
    state: OfficeState
    country: str | None
    capital: bool  # whether its head is written with a capital
    name_follows: bool = False


def _state(words: str) -> OfficeState:
    return next((STATES[w] for w in WORD.findall(words) if w in STATES), "current")


_STATE: Final = Memo(_state)


def _level(u: Units, first: int, last: int) -> OfficeLevel:
    """The level of the first head, lowered by "Deputy" or "Vice" before it."""
    head = u.classes.index("O", first, last)
    known = next(k for k in u.known[head] if k.kind == "office")
    level = known.level or "official"
    before = {*u.lows[first:head], *u.lows[head].split()[:-1]}
    if before & DEMOTED:
        if level == "minister" and "prime" not in before:
            return "deputy_minister"
        if level in {"head_of_state", "head_of_organization"}:
            return "official"
    tail = [i for i in range(head + 1, last) if u.classes[i] in "NQ"]
    if level == "head_of_state" and tail and u.classes[tail[0]] == "Q":
        return "head_of_organization"
    if (
        level == "official"
        and known.name in {"Chairman", "Chair", "Chairperson", "Head", "Director", "Leader"}
        and any(u.classes[i] == "Q" for i in tail[:1])
    ):
        return "head_of_organization"
    return level  # type: ignore[return-value]


def _code(u: Units, i: int) -> str | None:
    """The party that unit `i` names: a country, or an organisation that acts as one."""
    for k in u.known[i]:
        if k.code and k.kind in {"country", "adjective", "organization", "region"}:
            return k.code
    return None


def _country(u: Units, first: int, last: int, level: str) -> str | None:
    """Whom the holder represents: what stands before the head, else the last "of" or "for" after it."""
    head = u.classes.index("O", first, last)
    for i in range(first, head):
        if u.classes[i] in "NDQR" and not _is_national(u, i, head) and (code := _code(u, i)):
            return code
    if last == head + 1:
        return None
    ends = (i for i in range(head + 1, last) if u.classes[i] == "O" and u.classes[i - 1] in "&/-,")
    return _tail_country(u, head, next(ends, last), level) or _tail_country(u, head, last, level)


def _is_national(u: Units, i: int, head: int) -> bool:
    """Whether the Security Council is a state's own: that of the UN has members and a president, no secretary or chairman."""
    return u.lows[i] == "security council" and not {"secretary", "chairman"}.isdisjoint(u.lows[head].split())


def _tail_country(u: Units, head: int, last: int, level: str) -> str | None:
    """The country in the words after the head, else the organisation; of an envoy the first, who is sent."""
    found: dict[str, str] = {}
    for match in OF_PARTY.finditer(u.classes, head, last):
        code = None if _is_national(u, match.start("who"), head) else _code(u, match.start("who"))
        sent = match["way"] == "o" or (match["way"] == "f" and u.lows[head] == "high commissioner")
        if code is None or (match["who"] != "Q" and not sent):  # "Special Envoy for Sudan"
            continue
        found["Q" if match["who"] == "Q" else "N"] = code
        if level == "ambassador":
            break
    own = (
        _code(u, m.start())
        for m in OF_NATIONALS.finditer(u.classes, head, last)
        if u.lows[m.end() - 1] in ABROAD
    )
    return found.get("N") or next(own, None) or found.get("Q")


def _parts(u: Units, first: int, last: int) -> list[tuple[int, int]]:
    """Two offices where a comma brings a head of state or government: "the Cuban Ambassador, President NAME"."""
    comma = u.classes.rfind(",", first, last)
    if comma > first and u.classes[comma + 1 : last] == "O" and u.classes[last] in "GCKU":
        level = next((k.level for k in u.known[last - 1] if k.kind == "office"), None)
        if level in {"head_of_state", "head_of_government"}:
            return [(first, comma), (comma + 1, last)]
    return [(first, last)]


def _before_occasion(u: Units, first: int, last: int, level: str) -> int:
    """Where an office of a state ends that the occasion follows: "the President of Ukraine at the Riksdag in Sweden"."""
    if level in {"ambassador", "official"}:  # "Ambassador of Peru at the United Nations"
        return last
    leads = level in {"head_of_state", "head_of_government"}
    for i in range(first + 2, last):
        of_occasion = u.lows[i] == "at" or (leads and u.lows[i : i + 2] == ["in", "the"])
        if of_occasion and u.classes[i - 1] == "N":
            return i
    for i in range(first + 1, last - 1):  # "Minister in Kigali": where he is, not what he holds
        if u.lows[i] == "in" and u.classes[i - 1] == "O" and u.classes[i + 1] in "LN":
            return i
    return last


def _further(u: Units, last: int) -> int:
    """The end of an office with what its holder is responsible for, or with its field in brackets."""
    match = RESPONSIBLE.match(u.classes, last)
    if match and not {"responsibility", "responsible"}.isdisjoint(u.lows[last : last + 2]):
        last = match.end()
    aside = ASIDE.match(u.classes, last)
    return aside.end() if aside else last


def _matches(classes: str) -> Iterator[re.Match[str]]:
    """What `OFFICE` finds: it is tried only where a head is near."""
    at = 0
    while begin := BEGINS.search(classes, at):
        match = OFFICE.match(classes, begin.start())
        at = match.end() if match else begin.end()
        if match:
            yield match


def find_offices(u: Units) -> list[Office]:
    """All offices of the text, held by someone named or not, in order."""
    found = []
    for match in _matches(u.classes):
        whole, end = match.span()
        while u.classes[end - 1] in ",&-/0I":
            end -= 1
        for first, last in _parts(u, whole, end):
            state = _STATE[" ".join(u.lows[max(0, first - 1) : last])]
            level = _level(u, first, last)
            till = _before_occasion(u, first, last, level)
            capital = u.texts[u.classes.index("O", first, till)][0].isupper()
            country = _country(u, first, till, level)
            till = _further(u, till)
            found.append(Office(first, till, level, state, country, capital))
    return found


def office_acronyms(u: Units, offices: list[Office]) -> set[int]:
    """Units that are the acronym of an office ("Chief of Army Staff (COAS)"), wherever they stand."""
    short = {
        u.texts[o.last + 1]
        for o in offices
        if ACRONYM.match(u.classes, o.last) and "Q" not in u.classes[o.first : o.last]
    }
    inside = (i for o in offices for i in range(o.first + 1, o.last))
    short |= {
        u.texts[i] for i in inside if u.classes[i - 2 : i + 2] == "O(U)"
    }  # "Minister of State (MOS) for ..."
    return {i for i, word in enumerate(u.texts) if word in short} if short else set()
