"""Whom a person represents where neither text nor vocabularies say: every party that the text names is weighed, and none.

A conditional logit over what stands around the name, the title, the side that speaks, what the rules propose, and
in which of these states such names are borne.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain
from math import exp
from typing import Final, NamedTuple

from streams.extract.countries import common_names
from streams.extract.issuer_votes import VISITING, Standing
from streams.extract.name_states import Lean, leans
from streams.extract.persons import Person
from streams.extract.representing import code_of
from streams.extract.units import Units

MODEL: Final = "person_states_model.json"
NONE: Final = ""  # represents nobody that the text names
MOST: Final = 13  # parties that are weighed
REACH: Final = 60  # units around a name
MENTIONS: Final = 3  # of a person, that are read
VISIT: Final = 9  # units from a name to the state that its bearer visits
BEFORE, BEHIND = 3, 2  # parties around a name that are read
GAPS: Final = ((2, 0), (5, 1), (12, 2), (25, 3))  # units to a party
OF_LIST: Final = frozenset('GCIKLUp,&.HMOtofTDNQ()|0-;"s')  # what stands between two persons of a list
LIKELY: Final = 0.5  # a wrong party is the worse error
STEPS: Final = (-4.0, -2.0, -1.0, -0.3, 0.3, 1.0, 2.0, 4.0)  # of how a name leans


class Group(NamedTuple):
    """All mentions of one person, what is known of whom he represents, and what the rules propose."""

    persons: Sequence[Person]
    standing: Standing
    ruled: str | None
    rule: str  # that proposes it
    name: str  # the fullest

    @property
    def settled(self) -> str | None:
        """Whom text or vocabularies say that he represents; the name of an office alone only proposes it."""
        return self.standing.said or (None if self.standing.by_title else self.standing.known)

    @property
    def kind(self) -> str:
        """The level of the first office, or that there is none."""
        return next((o.level for o in self.standing.offices), "bare")


class Stage(NamedTuple):
    """What all persons of a release are weighed by, worked out once."""

    u: Units
    home: str | None
    groups: Sequence[Group]
    parties: Mapping[int, str]  # units that name a party, by name, adjective or capital
    counts: Mapping[str, int]  # how often each is named
    title: Collection[str]  # parties that the title names
    owners: Mapping[int, Group]  # who is named at a unit
    posts: Mapping[str, Collection[str]]  # of each party, the offices that those of whom it is known hold


class Model(NamedTuple):
    """Weights of evidence in hundredths, whose sums are the same in every order, and the names of persons."""

    weights: Mapping[str, int]
    names: Mapping[str, Mapping[str, int]]  # of a piece of a name, how many persons of each party bear it
    persons: Mapping[str, int]  # how many persons of each party were read


@cache
def model() -> Model:
    """The trained weights; `bench/train_person_states.py` writes them."""
    told = json.loads(files("streams.extract").joinpath(MODEL).read_text("utf-8"))
    return Model({n: round(100 * w) for n, w in told["weights"].items()}, told["names"], told["persons"])


def stage_of(u: Units, home: str | None, groups: Sequence[Group]) -> Stage:
    parties = {i: c for i, letter in enumerate(u.classes) if letter in "NDQL" and (c := _party(u, i))}
    title = u.classes.find("|")
    posts: dict[str, set[str]] = {}
    for g in groups:
        if g.settled:
            posts.setdefault(g.settled, set()).update(posts_of(u, g))
    return Stage(
        u,
        home,
        groups,
        parties,
        Counter(parties.values()),
        {c for i, c in parties.items() if i < title},
        {p.first: g for g in groups for p in g.persons},
        posts,
    )


def _party(u: Units, i: int) -> str | None:
    """The party that a unit names, by its capital too."""
    return code_of(u, i) or next((k.code for k in u.known[i] if k.capital), None)


def posts_of(u: Units, group: Group) -> set[str]:
    return {" ".join(u.lows[o.first : o.last]) for o in group.standing.offices if o.state == "current"}


def candidates(stage: Stage, group: Group) -> list[str]:
    """Nobody, whom the rules propose, the side that speaks, and the parties that the text names, most often first."""
    named = sorted(stage.counts, key=lambda c: (-stage.counts[c], c))
    first = (c for c in (group.ruled, stage.home) if c)
    visited = {c for p in group.persons if (c := _visited_by(stage, p))}
    return [NONE, *[c for c in dict.fromkeys(chain(first, named)) if c not in visited][: MOST - 1]]


def _visited_by(stage: Stage, person: Person) -> str | None:
    """The state that a person is said to visit: "thanked NAME for his recent visit to N", "NAME's visit to N"."""
    u, own = stage.u, person.last
    pays = u.classes[own] == "s" or (u.lows[own] == "for" and u.lows[own + 1] in {"his", "her", "their"})
    far = range(own + 2, min(own + VISIT, len(u.classes)))
    return next((c for i in far if (c := stage.parties.get(i)) and _is_visited(u, i)), None) if pays else None


def _gap(units: int) -> int:
    return next((name for most, name in GAPS if units <= most), len(GAPS))


def _edges(person: Person) -> tuple[int, int]:
    """Where name and office begin and end."""
    office = person.office
    return (
        (min(person.first, office.first), max(person.last, office.last))
        if office
        else (person.first, person.last)
    )


def _ahead(stage: Stage, first: int) -> Iterator[tuple[str, str]]:
    """Parties and persons in the sentence before a name, nearest first, each with what it says."""
    u = stage.u
    parties = persons = 0
    for i in range(first - 1, max(-1, first - REACH), -1):
        if u.classes[i] == "|":
            break
        if other := stage.owners.get(i):
            if persons < 2 and other.settled:
                listed = OF_LIST.issuperset(u.classes[i:first])
                yield other.settled, f"person before {persons} {'list' if listed else 'far'}"
            elif persons < 2 and other.ruled:
                yield other.ruled, f"ruled person before {persons}"
            persons += 1
        if parties < BEFORE and (code := stage.parties.get(i)):
            yield code, f"before {parties} {u.classes[i]}"
            yield code, f"before {parties} gap {_gap(first - i)}"
            yield code, f"before {parties} behind {u.lows[i - 1] if i else '^'}"
            yield code, f"before {parties} then {u.lows[i + 1]}"
            if _is_visited(u, i):
                yield code, "visited"
            parties += 1
    if not parties:
        yield NONE, "nothing before"


def _is_visited(u: Units, i: int) -> bool:
    """Whether the words before a party say that somebody comes there: "his recent visit to N"."""
    return u.classes[i - 1] in "Tt" and not VISITING.isdisjoint(u.lows[max(0, i - 4) : i])


def _behind(stage: Stage, last: int) -> Iterator[tuple[str, str]]:
    """Parties and the next person in the sentence behind a name, likewise."""
    u = stage.u
    parties = persons = 0
    for i in range(last, min(len(u.classes), last + REACH)):
        if u.classes[i] == "|":
            break
        if (other := stage.owners.get(i)) and not persons:
            if other.settled:
                yield other.settled, "person behind"
            persons += 1
        if parties < BEHIND and (code := stage.parties.get(i)):
            yield code, f"behind {parties} {u.classes[i]}"
            yield code, f"behind {parties} gap {_gap(i - last)}"
            yield code, f"behind {parties} after {u.lows[i - 1]}"
            if _is_visited(u, i):
                yield code, "visited behind"
            parties += 1


def _earlier(stage: Stage, first: int) -> Iterator[tuple[str, str]]:
    """The last party of the sentence before."""
    begin = stage.u.classes.rfind("|", 0, first)
    for i in range(begin - 1, max(-1, begin - REACH), -1):
        if code := stage.parties.get(i):
            yield code, "last of the sentence before"
            return
        if stage.u.classes[i] == "|":
            return


def _around(stage: Stage, person: Person) -> Iterator[tuple[str, str]]:
    """What stands around one mention: pieces of evidence, each with the party that it speaks of, or with none."""
    u = stage.u
    first, last = _edges(person)
    yield from _ahead(stage, first)
    yield from _behind(stage, last)
    yield from _earlier(stage, first)
    if first < u.classes.find("|"):
        yield NONE, "in title"
    at = first - 1
    while at > 0 and u.classes[at] in "tH.":
        at -= 1
    yield NONE, f"word {u.lows[at] if at >= 0 else '^'}"
    yield NONE, f"then {u.lows[person.last]}"


def _step(lean: float) -> int:
    return sum(lean >= s for s in STEPS)


def of_names(codes: Sequence[str], told: Sequence[Lean]) -> list[list[str]]:
    """What a name says for each party of `codes`, the first of which is none, alone and beside the others."""
    both = [lean.words + lean.endings for lean in told]
    found = [
        [
            f"none names {_step(max((x.words for x in told), default=0.0))}",
            f"none ends {_step(max((x.endings for x in told), default=0.0))}",
            f"none both {_step(max(both, default=0.0))}",
        ]
    ]
    for i, lean in enumerate(told):
        others = [j for j in range(len(codes) - 1) if j != i]
        words, endings = (
            max((told[j].words for j in others), default=0.0),
            max((told[j].endings for j in others), default=0.0),
        )
        found.append(
            [
                f"name {_step(lean.words)}",
                f"ends {_step(lean.endings)}",
                f"both {_step(both[i])}",
                f"name beside {_step(lean.words - words)}",
                f"ends beside {_step(lean.endings - endings)}",
                f"both beside {_step(both[i] - words - endings)}",
            ]
        )
    return found


def evidence(stage: Stage, group: Group, codes: Sequence[str], told: Sequence[Lean]) -> list[list[str]]:
    """All that speaks for or against each party of `codes`, the first of which is none."""
    near: dict[str, dict[str, None]] = {}
    for person in group.persons[:MENTIONS]:
        for code, piece in _around(stage, person):
            near.setdefault(code, {})[piece] = None
    mine, anyway = posts_of(stage.u, group), list(near.get(NONE, ()))
    by_name = of_names(codes, told)
    found = [[*_of_none(stage, group, anyway), *by_name[0], *(f"{group.kind} {p}" for p in by_name[0])]]
    for code, names in zip(codes[1:], by_name[1:], strict=True):
        side = "home" if code == stage.home else "away"
        about = [*_of_party(stage, group, code, side), *_near(group, code, side, [*near.get(code, ())])]
        about += [f"{side} {piece}" for piece in anyway]
        about += [*names, *(f"{group.kind} {n}" for n in names), *(f"{side} {n}" for n in names)]
        if not mine.isdisjoint(stage.posts.get(code, ())):
            about += ["held by another", f"held by another {group.kind}"]
        found.append(about)
    return found


def _of_none(stage: Stage, group: Group, anyway: Sequence[str]) -> list[str]:
    kind, ruled = group.kind, group.ruled is None
    found = [f"none {kind}", f"none ruled {ruled}", f"none {kind} ruled {ruled}", f"none rule {group.rule}"]
    found += [f"none of {min(3, len(stage.counts))}", f"none home {stage.home is not None}"]
    return [*found, *(f"none {a}" for a in anyway), *(f"none {kind} {a}" for a in anyway)]


def _of_party(stage: Stage, group: Group, code: str, side: str) -> list[str]:
    """What a party is in the text."""
    kind, states = group.kind, common_names()
    others = [c for c in stage.counts if c not in {stage.home, code} and c in states]
    times = stage.counts.get(code, 0)
    rank = sum(stage.counts[c] > times for c in others)
    ruled, titled = code == group.ruled, code in stage.title
    found = [
        side,
        f"{side} {'state' if code in states else 'body'}",
        f"{side} {kind}",
        f"ruled {ruled}",
        f"ruled {ruled} {kind} {side}",
        f"ruled {ruled} {group.rule}",
        f"ruled {ruled} {group.rule} {side}",
        f"{side} rank {min(3, rank)} of {min(3, len(others))}",
        f"{side} title {titled}",
        f"{side} {kind} title {titled}",
        f"{side} times {min(4, times)}",
    ]
    if titled:
        found.append(f"{side} title beside {min(2, sum(c not in {stage.home, code} for c in stage.title))}")
    return found


def _near(group: Group, code: str, side: str, told: Sequence[str]) -> list[str]:
    """What stands around the name, alone and by what person and party are."""
    what = "state" if code in common_names() else "body"
    told = told or ["not near"]
    return [*told, *(f"{about} {piece}" for about in (side, group.kind, what) for piece in told)]


def weigh(stage: Stage, group: Group) -> str | None:
    """The party that is more likely than not; None where none is, or where representing nobody is."""
    trained, codes = model(), candidates(stage, group)
    told = leans(group.name, codes[1:], lambda piece: trained.names.get(piece, {}), trained.persons)
    sums = [
        sum(trained.weights.get(piece, 0) for piece in pieces)
        for pieces in evidence(stage, group, codes, told)
    ]
    best = max(sums)
    likely = 1 / sum(exp((s - best) / 100) for s in sums)
    return (codes[sums.index(best)] or None) if likely > LIKELY else None
