"""Signs of the side that speaks: dateline, heading, signature, own name before a verb of stating, address.

Each sign gives votes to the code of a state or of an organisation that acts as one.
They are what a reader goes by who sees a page without its site.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

import pycountry

from streams.extract.dateline import city_of, dateline, opening
from streams.extract.standing import national
from streams.extract.tables import settings
from streams.extract.units import Units

LINE, TITLE_BODY, AGENCY, BEHALF, ADDRESS = 8, 8, 8, 6, 6
TITLE_STATE, TITLE_OFFICER, OPENED, ACT, MOST_ACTS = 3, 5, 3, 3, 9
COMPANY, COUNTERPART, GUEST, ABROAD, HOSTILE = -3, -5, -4, -6, -5
# "Meeting with the President of N", "Visit to N and M", "Congratulations to NAME on his election as President of N"
TOWARDS: Final = frozenset({"to", "with", "by", "of", "between"})
MINISTERS: Final = frozenset({"minister", "deputy_minister", "head_of_government"})
OWN_BODIES: Final = frozenset(
    {"government", "ministry", "president", "parliament"}
)  # "N: Government suspends"
VIOLENCE: Final = frozenset(
    {"war", "attack", "attacks", "strike", "strikes", "crimes", "threats", "terror", "violence"}
)
CONGRATULATES: Final = frozenset({"congratulates", "congratulated", "congratulate"})
SUFFERED: Final = frozenset({"invasion", "occupation", "shelling", "bombardment"})  # "the N invasion"
# "Message of the President of N", "Press Release of the Ministry of Trade of N"
AUTHORED: Final = frozenset({"message", "letter", "release", "interview", "greetings", "conference"})
BY_THEM: Final = re.compile(r"[ox]t?(?:(?:M*O|[KM]+(?:o[KM&,]+)?)ot?N|D[KM]*[OK])")
# "Statement by the President of BODY", who attends himself
OF_BODY: Final = re.compile(r"(?<=Oo)t?(?P<who>Q)")
CLOSE: Final = 8  # units from "attend" to the body
ATTENDED: Final = -20
NEAR: Final = 2  # units from "respect" to the state
MISSIONS: Final = frozenset({"embassy", "consulate", "consulate-general", "high commission"})
SHORT_LINE: Final = 14  # units
HEAD: Final = 5  # sentences that may hold title, heading and dateline
FOOT: Final = 4
STATING: Final = re.compile(
    r"(?:0[.])?(?:t?(?P<who>[NQ])(?:\([QU]\))?|t?(?P<of>D)[KM]|t?[KMU]{1,2}(?:oM{1,4}(?:&M{1,3})?)?ot?(?P<body>[NQ]))(?P<verb>x)"
)
OPENED_BY: Final = re.compile(r"(?:t?[KMO][KMOi&]*(?:\([QU]\))?[oxf]t?|t)?(?P<who>Q)")
NOT_OPENING: Final = re.compile(
    r"[:/-]|[KM]{0,4}O"
)  # a topic ("Syria: ...") or a guest ("Polish Foreign Minister ...")
BODY_ON: Final = re.compile(r"N:t?(?P<who>Q)")  # "Syria: EU lists ..."
WITH: Final = re.compile(r"w[^|xw,]{0,8}?(?P<who>[ND])")  # "telephone conversation with the President of N"
AGAINST: Final = re.compile(r"[^|N,:.]{0,5}?(?P<who>[ND])")
GOES: Final = re.compile(r"[KM]{0,3}OT(?P<verb>x)t?N")
OFFICER: Final = re.compile(r"t?(?:[KM]{0,3}Oot?(?P<of>N)|(?P<by>[ND])s?[KM]{0,3}O)[GCILpKM.]{0,5}x")
ENVOY: Final = re.compile(r"t?(?:(?P<before>[ND])s?[MK]{0,3}O|[MK]{0,3}Oot?(?P<of>N))")
BY_STATE: Final = re.compile(r"xx(?P<who>N)(?![s-])")  # "condemned by N"
BETWEEN: Final = re.compile(r"(?:t?[KMOx]+o)?t?(?P<who>N)(?:&|-)t?N")
ISSUED_BY: Final = re.compile(r"[ox]t?(?:[KMOUx](?:[KMOU,&-]|o(?!t?[NQ])|f|t)*[of]t?)?(?P<who>[NQD])(?!s)")
BY_BODY: Final = re.compile(r"(?:xT|[ox])t?[KMO](?:[KMO]|[of]t?[KMO])*(?![KMONQD])")
ON_BEHALF: Final = re.compile(r"o(?:t?[KMx](?:&[KMx])?o)?t?(?:x)?(?P<who>[ND])")
SITE: Final = re.compile(
    r"\.(?:gov|gob|gouv|go|govt|mil|mfa)\.(?P<land>[a-z]{2})\b|\b(?:mfa|mofa|mzv|mvep)\.(?P<of>[a-z]{2})\b|\w\.gov\b(?!\.)"
)


SITE_PARTS: Final = (".go", ".mil.", "mfa.", "mofa.", "mzv.", "mvep.")


class Words(NamedTuple):
    """Words, all folded, that the signs stand beside."""

    stating: frozenset[str]  # verbs by which a state or body states its own position ("Guyana denounces")
    statements: frozenset[str]  # what a title calls a statement
    lines: frozenset[str]  # what a heading or signature calls its body
    bodies: frozenset[str]  # bodies and heads that a title may name without their organisation
    counterparts: frozenset[str]
    against: frozenset[str]  # verbs whose object is another side
    addressing: frozenset[
        str
    ]  # nouns and verbs of titles whose other side follows ("Visit to N", "Meeting with N's ...")
    hosting: frozenset[
        str
    ]  # verbs of titles that whoever speaks does at home ("The President of N receives")
    hostile: frozenset[str]  # what a text says of others only ("the N invasion")


@cache
def words() -> Words:
    kinds = settings("issuers.toml")
    return Words(*(frozenset(kinds[name]) for name in Words._fields))


@cache
def _land(alpha_2: str) -> str | None:
    found = pycountry.countries.get(alpha_2={"uk": "GB"}.get(alpha_2, alpha_2.upper()))
    return found.alpha_3 if found else None


def code_at(u: Units, i: int) -> str | None:
    """The state, or the organisation that acts as one, that unit `i` names."""
    kinds = {"country", "adjective", "organization"}
    for k in u.known[i]:
        if k.code and k.kind in kinds:
            return k.code
    return None


def _sentences(u: Units) -> list[tuple[int, int]]:
    """First and last (exclusive) units of the sentences."""
    return [m.span() for m in re.finditer(r"[^|]+", u.classes)]


def _mission(u: Units, first: int, last: int) -> int | None:
    """Whose embassy or consulate heads a text: "Embassy of Chad in Kenya", "U.S. Embassy Lusaka"."""
    for i in range(first, 0 if "x" in u.classes[first:last] else min(last, first + 3)):
        if u.lows[i] in MISSIONS:
            behind = i + 2 + (u.classes[i + 2] == "t")
            if u.classes[i + 1] == "o" and u.classes[behind] == "N":
                return behind
            return i - 1 if i > first and u.classes[i - 1] in "ND" else None
    return None


def mission_of(u: Units) -> str | None:
    """Whose embassy or consulate the lines at the head of a text name."""
    for first, last in _sentences(u)[:HEAD]:
        if last - first <= SHORT_LINE and (at := _mission(u, first, last)) is not None:
            return code_at(u, at)
    return None


def _line(u: Units, first: int, last: int) -> int | None:
    """Whom a heading or signature line names: "Government of Nepal", "LEAGUE OF ARAB STATES"."""
    letters = u.classes[first:last]
    if letters in {"Q", "tQ"}:
        return last - 1
    if last - first <= SHORT_LINE and (sent := _mission(u, first, last)) is not None:
        return sent
    if last - first > SHORT_LINE or u.lows[first] == "for" or set(letters) & set("xTwiDG:"):
        return None
    named = [i for i in range(first, last) if u.classes[i] == "N"]
    officially = any(u.lows[i].split()[0] in words().lines for i in range(first, last))
    return named[0] if officially and len({code_at(u, i) for i in named}) == 1 else None


def _officer(u: Units, first: int) -> Iterator[tuple[int, int]]:
    """Whose officer opens a title and acts as one does at home: "President of N congratulates", "N's Minister receives"."""
    match = OFFICER.match(u.classes, first)
    if match is None or any(k.level == "ambassador" for k in u.known[u.classes.index("O", first)]):  # a guest
        return
    is_own = (
        u.classes[match.end()] == "O" and u.classes[match.end() + 1] in "GC"
    )  # "... thanks President Roe"
    if not is_own and u.lows[match.end() - 1] in words().hosting:
        yield max(match.start("of"), match.start("by")), TITLE_OFFICER


def _opener(u: Units, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Who opens a title: "Mexico delivers", "Estonian Navy detains", "UNHCR:"; "Syria: ..." is a topic."""
    at = first + (u.classes[first] == "t")
    if u.classes[at] == "Q":
        yield at, TITLE_BODY
    elif u.classes[at] in "ND" and not NOT_OPENING.match(u.classes, at + 1) and "x" in u.classes[at:last]:
        yield at, TITLE_STATE
    if match := BODY_ON.match(u.classes, at):
        yield match.start("who"), TITLE_BODY


def _envoy(u: Units, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Whose envoy opens a title: a guest, unless it names the other state: "Ambassador of N presents credentials in N"."""
    match = ENVOY.match(u.classes, first)
    head = match and u.classes.index("O", first)
    if match is None or head is None or not any(k.level == "ambassador" for k in u.known[head]):
        return
    at = max(match.start(group) for group in ("before", "of"))
    code = code_at(u, at)
    others = (code_at(u, i) for i in range(match.end(), last) if u.classes[i] in "ND")
    yield at, TITLE_STATE if any(other not in {None, code} for other in others) else GUEST


def _abroad(u: Units, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The other side in a title that names no state but it: "Meeting with N's President", "Visit to N and M", "N: TOPIC"."""
    named = [i for i in range(first, last) if u.classes[i] in "ND"]
    opens = first + (u.classes[first] == "t")
    goes = GOES.match(u.classes, first) if named else None
    if goes and u.lows[goes.start("verb")] == "visit":
        yield named[0], ABROAD  # "Prime Minister to visit N"
        return
    if named and opens == named[0]:
        if u.classes[opens + 1] == ":" and u.lows[opens + 2] not in OWN_BODIES:
            yield opens, COMPANY
        return
    lead = next(
        (i for i in range(first, named[0] if named else first) if u.lows[i] in words().addressing), None
    )
    if lead is None or "-" in {u.classes[named[0] - 1], u.classes[named[0] + 1]}:  # "Peruvian-Chilean talks"
        return
    towards = [u.lows[i] for i in range(lead + 1, named[0]) if u.lows[i] in TOWARDS]
    is_respect = u.lows[lead] == "respect" and named[0] - lead > NEAR
    by_them = u.lows[lead] in AUTHORED and BY_THEM.match(u.classes, lead + 1)
    if not towards or "between" in towards or is_respect or by_them or _is_host(u, towards, named[-1], last):
        return
    listed = towards == ["to"] and set(u.classes[named[0] : named[-1]]) <= set("NDQR&,tKM()")
    if listed or len({code_at(u, i) for i in named}) == 1:
        for i in named:
            yield i, ABROAD


def _is_host(u: Units, towards: list[str], named: int, last: int) -> bool:
    """Whether a guest comes: "Visit of the President to N", "Visit to N by the Duke"; a minister goes out."""
    if towards[0] in {"of", "by"} and "to" in towards:
        return True
    by = next((i for i in range(named, last) if u.lows[i] == "by"), 0)
    officers = (k.level for i in range(by, last) for k in u.known[i] if k.kind == "office") if by else ()
    return by > 0 and MINISTERS.isdisjoint(officers)


def _hostile(u: Units) -> Iterator[tuple[int, int]]:
    """As in "the Russian invasion", "Velka's aggression": nobody says so of his own."""
    for i in u.at_words(words().hostile):
        at = i - 2 if u.classes[i - 1] == "s" else i - 1
        is_victim = u.lows[i + 1] == "by" or (u.classes[i - 1] == "N" and u.lows[i] in SUFFERED)
        if u.classes[at] in "ND" and not is_victim:
            yield at, HOSTILE


def _title(u: Units, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Whom a title names as the side that speaks, and as the company."""
    yield from _opener(u, first, last)
    yield from _officer(u, first)
    yield from _envoy(u, first, last)
    yield from _abroad(u, first, last)
    for company in WITH.finditer(u.classes, first, last):
        yield company.start("who"), COMPANY
    for by in BY_STATE.finditer(u.classes, first, last):
        if u.lows[by.start() + 1] == "by" and u.lows[by.start()].endswith("ed"):
            yield by.start("who"), TITLE_STATE
    for i in range(first, last):
        if u.lows[i] in CONGRATULATES and (match := AGAINST.match(u.classes, i + 1)):
            yield match.start("who"), COMPANY
        if u.lows[i] == "between" and (match := BETWEEN.match(u.classes, i + 1)):
            yield match.start("who"), TITLE_STATE
        if u.lows[i] in words().statements and (match := ISSUED_BY.match(u.classes, i + 1, last)):
            yield match.start("who"), LINE


def _unnamed_body(u: Units, first: int, last: int) -> str | None:
    """Whose "Statement by the Commission" or "by the Secretary-General" is: the organisation named most."""
    for i in range(first, last):
        match = BY_BODY.match(u.classes, i + 1) if u.lows[i] in words().statements else None
        if match and not words().bodies.isdisjoint(u.lows[i + 1 : min(match.end(), last)]):
            codes = Counter(c for j, x in enumerate(u.classes) if x == "Q" and (c := code_at(u, j)))
            return max(codes, key=lambda c: (codes[c], c), default=None)
    return None


def _stated(u: Units, first: int) -> int | None:
    """Whose position a sentence states: "Guyana denounces", "The Argentine Government reaffirms"."""
    match = STATING.match(u.classes, first)
    if match is None or (match["of"] and u.lows[match.start("of") + 1] != "government"):
        return None
    verb, after = u.lows[match.start("verb")], u.lows[match.end()]
    if verb in words().stating or (verb.endswith("ly") and after in words().stating):
        return max(match.start(group) for group in ("who", "of", "body"))
    return None


def _anywhere(u: Units) -> Iterator[tuple[int, int]]:
    """ "On behalf of the people of N"; "his Malian counterpart" is of the other side."""  # noqa: D210
    for i in u.at_words(("behalf",)):
        if match := ON_BEHALF.match(u.classes, i + 1):
            yield match.start("who"), BEHALF
    heads = {code_at(u, m.start("who")) for m in OF_BODY.finditer(u.classes, 0, max(0, u.classes.find("|")))}
    for i in u.at_words(("attend",)):  # "I will attend the summit of BODY"
        body = u.classes.find("Q", i, i + CLOSE) if "i" in u.lows[max(0, i - 3) : i] else -1
        if body > 0 and code_at(u, body) not in heads:
            yield body, ATTENDED
    for i in u.at_words(words().against):  # "condemns Russian strikes"
        is_victim = u.lows[i] == "against" and u.lows[i - 1] in words().hostile | VIOLENCE  # "war against N"
        if u.lows[i + 1] != "by" and not is_victim and (match := AGAINST.match(u.classes, i + 1)):
            yield match.start("who"), COMPANY
    for i in u.at_words(words().counterparts):
        near = i - 1 if u.classes[i - 1] == "D" else i + 2 + (u.classes[i + 2] == "t")
        if u.classes[near] in "DN" and (near < i or u.classes[i + 1] == "o"):
            yield near, COUNTERPART


def _marks(u: Units, ends: list[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """Addresses of sites; datelines and short names of news agencies at head and foot."""
    for match in SITE.finditer(u.text) if any(part in u.text for part in SITE_PARTS) else ():
        if land := _land(match["land"] or match["of"] or "us"):
            yield land, ADDRESS
    agencies = national("agency", as_written=True)
    named = [i for i in u.at_words(national("agency")) if u.texts[i] in agencies]
    for first, last in ends:
        yield from ((agencies[u.texts[i]], AGENCY) for i in named if first <= i < last)
        at = dateline(u, first, last)
        if at is not None and (found := city_of(u, at)):
            yield found


def signs(u: Units) -> Counter[str]:
    """The votes that the signs of a text give, by code; the same sign counts once."""
    sentences = _sentences(u)
    ends = [*sentences[:HEAD], *sentences[HEAD:][-FOOT:]]
    openings = [opening(u, first, last) for first, last in sentences]
    places = [
        *_anywhere(u),
        *_hostile(u),
        *(p for first, last in sentences[:1] for p in _title(u, first, last)),
    ]
    places += [(at, LINE) for first, last in ends if (at := _line(u, first, last)) is not None]
    found = [(code, weight) for at, weight in places if (code := code_at(u, at))] + [*_marks(u, ends)]
    if sentences and (body := _unnamed_body(u, *sentences[0])):
        found.append((body, TITLE_BODY))
    votes: Counter[str] = Counter()
    for code, weight in dict.fromkeys(found):
        votes[code] += weight
    for first in openings[:HEAD]:
        if (match := OPENED_BY.match(u.classes, first)) and (opener := code_at(u, match.start("who"))):
            votes[opener] += OPENED
    acts = Counter(c for at in openings if (who := _stated(u, at)) is not None and (c := code_at(u, who)))
    for code, number in acts.items():
        votes[code] += min(ACT * number, MOST_ACTS)
    return votes
