"""The main event of a release: rules propose one, a trained model weighs it against all other readings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp
from operator import add
from typing import Final

from streams.closed_sets import EventForm, EventType
from streams.events.choice_features import contexts, features, measure, measures, surroundings
from streams.events.choice_rules import Main, propose
from streams.events.page import Page, is_usable
from streams.events.scene import FIRST_PERSON
from streams.events.triggers import Reading, type_and_form
from streams.events.worded import worded, worded_as

MODEL: Final = "choice_model.json"
DOUBT: Final = (
    0.65  # of the likelihood of all readings; where no type and form has so much the encoder is asked
)
SECOND: Final = 0.4  # what its opinion weighs (`bench/second_opinion.py`)
Kind = tuple[EventType, EventForm]
STANCES: Final = frozenset({("ACCUSE", "statement"), ("REQUEST", "statement"), ("SUPPORT", "message")})
OWN_SIDE: Final = frozenset({"person home", "organization home", "country home"})
SLIGHT: Final = 4.0  # by so much a reading that is heard may weigh less than the best, in log-odds
FAR_SLIGHTER: Final = 8.0  # likewise, beside a measure that the text itself says others took
FAR: Final = 25  # sentences of the body: no release first says later what it exists to report


@cache
def weights() -> Mapping[str, float]:
    """The trained weight of each piece of evidence; what was never seen in training weighs nothing."""
    data = json.loads(files("streams.events").joinpath(MODEL).read_text(encoding="utf-8"))
    return {str(name): float(weight) for name, weight in data["weights"].items()}


def candidates(page: Page, proposed: Main | None) -> list[Reading]:
    """All readings that can be the main event; the proposed one as the rules read it."""
    at = proposed.reading.trigger if proposed else None
    found = [proposed.reading if proposed and r.trigger == at else r for r in page.readings]
    last = page.titles + FAR
    found = [
        r for r in found if r.trigger == at or (r.trigger.sentence < last and not is_outcome(page.frame(r)))
    ]
    found = [*(r for r in found if is_usable(r)), *worded(page)]
    return [r for r in found if r.trigger.sentence not in page.put] or found


def is_outcome(frame: str | None) -> bool:
    """Whether an event is named only for what came of it: "discussed the outcomes of the summit"."""
    return frame is not None and frame.startswith(("outcome", "results"))


def evidence(page: Page, found: Sequence[Reading], proposed: Main | None) -> list[dict[str, float]]:
    """All that speaks for or against each reading: its own features, the wording, and what the rules say."""
    around = contexts(page)
    told = []
    likely: dict[tuple[str, str], dict[str, float]] = {}  # by type and form: many readings share them
    for reading in found:
        kind = type_and_form(reading)
        if kind not in likely:
            likely[kind] = dict(surroundings(*kind, page.outlined(), around))
        names = dict.fromkeys(features(page, reading), 1.0)
        names.update(measures(page, reading))
        names.update(likely[kind])
        if proposed and reading.trigger == proposed.reading.trigger:
            names |= {"proposed": 1.0, f"proposed by {proposed.rule}": 1.0}
        if proposed and reading.trigger.act == proposed.reading.trigger.act:
            names["act proposed"] = 1.0
        told.append(names)
    return told


def scores_of(page: Page, found: Sequence[Reading], proposed: Main | None) -> list[float]:
    """How much each reading weighs."""
    trained = weights()
    told = evidence(page, found, proposed)
    return [sum([trained.get(name, 0.0) * much for name, much in names.items()]) for names in told]


def shares_of(kinds: Sequence[Kind], scores: Sequence[float]) -> dict[Kind, float]:
    """What each type and form has of the likelihood of all readings, 0 to 1."""
    top = max(scores)
    shares: dict[Kind, float] = {}
    for kind, score in zip(kinds, scores, strict=True):
        shares[kind] = shares.get(kind, 0.0) + exp(score - top)
    whole = sum(shares.values())
    return {kind: share / whole for kind, share in shares.items()}


def is_doubtful(found: Sequence[Reading], scores: Sequence[float]) -> bool:
    """Whether no type and form has most of the likelihood."""
    return max(shares_of([*map(type_and_form, found)], scores).values()) < DOUBT


def likeliest(kinds: Sequence[Kind], scores: Sequence[float]) -> int:
    """The reading that weighs most of those of the likeliest type and form, the first of equals.

    Several readings may tell the same in other words: what counts is how likely the type and form are together, and
    each alone.
    """
    shares = shares_of(kinds, scores)
    alone: dict[str, float] = {}
    for kind, share in shares.items():
        for part in kind:
            alone[part] = alone.get(part, 0.0) + share
    best = max(shares, key=lambda k: shares[k] * alone[k[0]] * alone[k[1]])
    return max((i for i, k in enumerate(kinds) if k == best), key=lambda i: (scores[i], -i))


def second_opinion(
    page: Page, found: Sequence[Reading], scores: Sequence[float], proposed: Main | None
) -> tuple[list[Reading], list[float]]:
    """The readings and what the encoder suggests besides, and what each weighs when the encoder is heard."""
    told, kinds = page.encoded(), [*map(type_and_form, found)]
    also = [*worded_as(page, told, kinds)]
    kinds += map(type_and_form, also)
    opinions = (SECOND * (measure(told.types[k]) + measure(told.forms[f])) for k, f in kinds)
    weighed = [*scores, *(scores_of(page, also, proposed) if also else ())]
    return [*found, *also], [*map(add, weighed, opinions)]


def choose(page: Page) -> Main | None:
    """The main event, or None for a text that states nothing."""
    proposed = propose(page)
    found = candidates(page, proposed)
    if not found:
        return proposed
    scores = scores_of(page, found, proposed)
    if is_doubtful(found, scores):
        found, scores = second_opinion(page, found, scores, proposed)
    best = found[likeliest([*map(type_and_form, found)], scores)]
    best = _said_of(page, best, found, scores)
    if proposed and best.trigger == proposed.reading.trigger:
        return proposed
    told = _told(page, best)
    return Main(told or best, _stated_in(best, told, page), "main.weighed")


def _said_of(page: Page, best: Reading, found: Sequence[Reading], scores: Sequence[float]) -> Reading:
    """What the issuer says of an attack or of a measure of others, where it says anything: then the statement is the event (the contract's reading rules)."""
    of_others = page.is_of_others(best)
    if type_and_form(best)[0] != "ASSAULT" and not of_others:
        return best
    least = max(scores) - (FAR_SLIGHTER if of_others else SLIGHT)
    said = [
        i
        for i, r in enumerate(found)
        if type_and_form(r) in STANCES
        and r.firm
        and not r.recalled
        and scores[i] >= least
        and _is_own(page, r)
    ]
    return found[max(said, key=lambda i: (scores[i], -i))] if said else best


def _is_own(page: Page, reading: Reading) -> bool:
    """Whether the issuer's side, or "we", is the subject of a reading."""
    t = reading.trigger
    start = page.sentences[t.sentence].start_char
    return page.subject_of(reading) in OWN_SIDE or FIRST_PERSON.search(page.low, start, t.start) is not None


def _told(page: Page, best: Reading) -> Reading | None:
    """What the lead says of the act that a title names by a noun: "Emergency aid to Haiti", "will provide aid"."""
    if best.trigger.sentence >= page.titles or best.trigger.part != "noun":
        return None
    same = [r for r in page.lead if r.trigger.act == best.trigger.act and is_usable(r) and r.firm]
    return next((r for r in same if not r.recalled and not page.is_frame(r)), None)


def _stated_in(best: Reading, told: Reading | None, page: Page) -> tuple[int, ...]:
    """The sentences of the reading, and the first of title and lead that speaks of the same act."""
    own = best.trigger.sentence
    same = [r.trigger.sentence for r in page.readings if r.trigger.act == best.trigger.act]
    named = [i for i in same if i < page.titles][:1]
    lead = [i for i in same if i >= page.titles][:1] if own < page.titles else []
    return tuple(dict.fromkeys((*([told.trigger.sentence] if told else ()), own, *named, *lead)))
