"""An actor beside the others: what decides who takes part once each has been weighed alone.

Where two presidents are named their ministers rarely count, a state does not act beside its minister, and the members
of a list share their lot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from math import log
from typing import Final

from streams.annotation import Mention
from streams.closed_sets import EVENT_FORMS
from streams.events.cast import is_in_office, phrase_start
from streams.events.roles_issuers import BODY
from streams.events.scene import LISTED
from streams.events.taking_part_evidence import Places, Stage
from streams.extract.sentences import Sentence

JOINED: Final = re.compile(
    r"\s*(?:,|;|&|/|and|, and|as well as|,? together with|,? along with)\s*(?:the |of |of the |by |with )?",
    re.IGNORECASE,
)
# What may stand between two of a longer list: the office of the first, up to a semicolon.
DIVIDED: Final = re.compile(
    r"(?:,? (?:of|the|and|for|to|at|in|on|&|[A-Z][\w’'.-]*|\([^)]{1,40}\)))*,?; ?(?:and )?"
)
HONORIFIC: Final = 8  # characters between the mark of a line and a name
SHORTEST_LIST: Final = 3  # of two one is often the host or the other side
KINDS: Final = ("person", "organization", "country")
ROLES: Final = ("no", "actor", "recipient")
SENTENCES: Final = ("trigger", "own", "company", "s0", "s1", "s2", "listing")  # else later
LIKELY: Final = -0.4  # odds from which an actor counts among the likely ones
NOBODY: Final = -9.0
LEAST: Final = 0.005  # a share that says no more than none
FARTHEST: Final = 3000  # characters


def odds(none: float) -> float:
    """How far an actor is likely to take part, alone; in hundredths, since more are noise."""
    return round(log((1 - none + LEAST) / (none + LEAST)), 2)


def kind_of(kind: str) -> int:
    return KINDS.index(kind) if kind in KINDS else len(KINDS)


def standing(stage: Stage, key: str, at: Places) -> list[float]:
    """What an actor is, and where it stands."""
    cast, rows = stage.scene.cast, stage.proposed
    entity = cast.entities[key]
    country = next((c for *_, m in at if (c := cast.country_of(m))), entity.country)
    sides = sum(c == country for c in stage.sides) if country else 0
    return [
        kind_of(entity.kind),
        ROLES.index(rows[key].role if key in rows else "no"),
        len(rows),
        EVENT_FORMS.index(stage.form),
        0 if not country else 1 if country == cast.home else 2,
        key == cast.issuer,
        key == stage.owner,
        key == stage.spoken,
        sides - (key in rows and entity.kind != "country"),
        BODY.search(entity.name) is not None,
        bool(entity.country),
        key in stage.offices,
        min(9, stage.often.get(key, 0)),
        min([SENTENCES.index(n) if n in SENTENCES else len(SENTENCES) for n, *_ in at], default=9),
        any(LISTED.match(s.text) is not None for _, s, _ in at[:6]),
        min([min(m.start_char, FARTHEST) for *_, m in at], default=FARTHEST),
    ]


def lists(stage: Stage, weighed: Mapping[str, Places]) -> Iterator[list[str]]:
    """The actors of each list: persons, or states and bodies, with nothing but commas and "and" between them.

    A semicolon, too, divides a list, and persons who open lines that follow each other are one.
    """
    cast, text = stage.scene.cast, stage.scene.text
    named: dict[int, list[tuple[int, str, Sentence, Mention]]] = {}
    for key, places in weighed.items():
        for _, s, m in places:
            if cast.kind(m) == "person" or not is_in_office(cast, m, text):
                named.setdefault(s.start_char, []).append((m.start_char, key, s, m))
    yield _opening_lines(stage, named)
    for here in named.values():
        found: list[str] = []
        last: Mention | None = None
        for _, key, s, m in sorted(here, key=lambda x: x[0]):
            alike = last is not None and (cast.kind(last) == "person") == (cast.kind(m) == "person")
            if not (last and alike and _joined(text, last.end_char, phrase_start(m, text, s.start_char))):
                yield found
                found = []
            found.append(key)
            last = m
        yield found


def _joined(text: str, start: int, end: int) -> bool:
    between = JOINED.fullmatch(text, start, end) or DIVIDED.fullmatch(text, start, end)
    return between is not None


def _opening_lines(stage: Stage, named: Mapping[int, list[tuple[int, str, Sentence, Mention]]]) -> list[str]:
    """The persons who open the first lines of a list that follow each other."""
    found: list[str] = []
    last = -1
    indexes = {s.start_char: i for i, s in enumerate(stage.scene.sentences)}
    for start in sorted(named):
        _, key, s, m = min(named[start], key=lambda x: x[0])
        mark = LISTED.match(s.text)
        opens = mark and phrase_start(m, stage.scene.text, start) - start <= mark.end() + HONORIFIC
        if stage.scene.cast.kind(m) != "person" or not opens:
            continue
        if found and indexes[start] != last + 1:
            break
        found.append(key)
        last = indexes[start]
    return found


def shared(stage: Stage, weighed: Mapping[str, Places]) -> dict[str, list[str]]:
    """The first list of at least three that names each actor."""
    found: dict[str, list[str]] = {}
    for keys in lists(stage, weighed):
        members = list(dict.fromkeys(keys))
        if len(members) >= SHORTEST_LIST:
            found = dict.fromkeys(members, members) | found
    return found


def company(
    standings: Mapping[str, Sequence[float]],
    kinds: Mapping[str, int],
    together: Mapping[str, Sequence[str]],
    told: Mapping[str, Sequence[float]],
) -> list[list[float]]:
    """The numbers that describe each actor with a standing: what was weighed alone, the others, what it is and where it stands.

    `kinds` and `told` are of all actors that were weighed.
    """
    alone = {key: odds(shares[0]) for key, shares in told.items()}
    everybody = sorted(alone.values(), reverse=True)
    by_kind = [
        sorted((z for k, z in alone.items() if kinds[k] == kind), reverse=True) for kind in range(len(KINDS))
    ]
    means = {id(keys): round(sum(alone[k] for k in keys) / len(keys), 2) for keys in together.values()}
    found = []
    for key, standing_of in standings.items():
        own = alone[key]
        others = _without(everybody, own)
        alike = [_without(zs, own) if kinds[key] == n else zs for n, zs in enumerate(by_kind)]
        members = together.get(key)
        found.append(
            [
                own,
                round(told[key][1], 2),
                round(told[key][2], 2),
                everybody.index(own),
                len(alone),
                _likely(others),
                *(*others[:3], NOBODY, NOBODY, NOBODY)[:3],
                *(zs[0] if zs else NOBODY for zs in alike),
                *map(_likely, alike),
                len(members) if members else 0,
                means[id(members)] if members else NOBODY,
                *standing_of,
            ]
        )
    return found


def _without(ranked: Sequence[float], own: float) -> list[float]:
    """The odds of the others, best first."""
    at = ranked.index(own)
    return [*ranked[:at], *ranked[at + 1 :]]


def _likely(ranked: Sequence[float]) -> int:
    return sum(z > LIKELY for z in ranked)


def numbers(
    stage: Stage,
    weighed: Mapping[str, Places],
    together: Mapping[str, Sequence[str]],
    told: Mapping[str, Sequence[float]],
) -> list[list[float]]:
    """The numbers that describe these actors; `told` says of all that were weighed how likely each label is."""
    kinds = {key: kind_of(stage.scene.cast.entities[key].kind) for key in told}
    return company({k: standing(stage, k, at) for k, at in weighed.items()}, kinds, together, told)
