"""Where the main event was: rules propose a place, a trained model weighs every place that title and lead name.

A conditional logit, as the one of days: what weighs most of all places named, and of naming none, is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from streams.annotation import Mention
from streams.closed_sets import EventForm, EventType, PlaceBasis
from streams.events.contexts import Weights, group_of, loaded, weight_of
from streams.events.dating import WORD
from streams.events.placing_rules import place_of, place_of_main
from streams.events.scene import Scene
from streams.events.timing import is_of_another
from streams.extract.sentences import Sentence

MODEL: Final = "placing_model.json"
LEAD: Final = 5  # sentences behind the title whose places are weighed
MOST: Final = 14  # places that are weighed
MENTIONS: Final = 5  # of a place, that are read
LEAN: Final = 50  # hundredths by which a place may weigh less than none: a missing one is the worse error
KINDS: Final = ("place", "country", "region")
# What follows the place of a dateline: ", 5 May 2024 (Agency) -", " – ", ": ", ", 9 October 2012"
DATELINE: Final = re.compile(
    r"(?:, [^.;]{1,40}?)?(?: ?\([^)]{1,40}\))? ?(?:[–—:]|--| - )|, [^.;:]{0,20}?\b\d{4}\b"
)
# What is said or sent: the place in such a sentence is what it is about (on the releases worked with one in three was right).
SAID_OR_SENT: Final = frozenset({"statement", "message", "aid", "call", "sanctions"})
OPENING: Final = 2  # characters, as a quote, before a dateline
GAPS: Final = ((2, 0), (24, 1), (69, 2), (149, 3))  # characters to the words of the event


class Ask(NamedTuple):
    """What is looked at: the event as its roles are read from it, how long the title is, and what the rules propose."""

    scene: Scene
    type: EventType
    form: EventForm
    titles: int  # sentences
    ruled: str | None  # the entity


class Site(NamedTuple):
    """A place that may be the event's, with the sentences that name it."""

    entity_id: str
    at: list[tuple[int, Mention]]


@cache
def model() -> Weights:
    """The trained weights; `bench/train_placing.py` writes them."""
    return loaded(MODEL)


def contexts(ask: Ask) -> tuple[str, str]:
    return group_of(ask.form), ask.scene.reading.status


def sites(ask: Ask) -> list[Site]:
    """Every place that title, lead and the sentences of the event name: the proposed one first, then in order.

    In the sentence of the event a clause on another one has its own place ("the Summit, which took place in Samarkand").
    """
    at = ask.scene.reading.trigger.sentence
    near = {*range(min(ask.titles + LEAD, len(ask.scene.sentences))), at}
    begins = {s.start_char for s in ask.scene.own}
    near |= {i for i, s in enumerate(ask.scene.sentences) if s.start_char in begins}
    found: dict[str, Site] = {}
    for index in sorted(near):
        s = ask.scene.sentences[index]
        for m in ask.scene.cast.of_kind(s.start_char, s.end_char, *KINDS):
            another = index == at and is_of_another(ask.scene.reading, ask.scene.low, m.start_char)
            if m.use != "pronoun" and not another:
                found.setdefault(m.entity_id, Site(m.entity_id, [])).at.append((index, m))
    named = [site for site in found.values() if any(m.use == "name" for _, m in site.at)]
    return sorted(named, key=lambda site: site.entity_id != ask.ruled)[:MOST]


def _of_words(before: str, after: str) -> Iterator[str]:
    """What the words around a place say of it."""
    near, ahead = WORD.findall(before[-30:]), WORD.findall(after[:20])
    yield f"behind {near[-1] if near else '^'}"
    yield f"behind {' '.join(near[-2:])}"
    yield f"before {ahead[0] if ahead else '$'}"


def _beside_trigger(ask: Ask, m: Mention) -> Iterator[str]:
    """How a place stands to the words of the event in its sentence."""
    t = ask.scene.reading.trigger
    after = m.start_char >= t.end
    gap = m.start_char - t.end if after else t.start - m.end_char
    far = next((name for most, name in GAPS if gap <= most), 4)
    yield f"after {after} far {far}"
    clause = ask.scene.low[t.end : m.start_char] if after else ask.scene.low[m.end_char : t.start]
    yield f"after {after} clause {',' in clause or ' that ' in clause}"


def is_dateline(scene: Scene, s: Sentence, m: Mention) -> bool:
    """Whether a place opens a sentence as that from which it is dated."""
    before = scene.text[s.start_char : m.start_char].strip()
    return len(before) <= OPENING and DATELINE.match(scene.text, m.end_char, s.end_char) is not None


def _of_mention(ask: Ask, index: int, m: Mention, own: set[int]) -> Iterator[str]:
    """What one mention of a place says."""
    s = ask.scene.sentences[index]
    where = "title" if index < ask.titles else f"lead {min(index - ask.titles, 3)}"
    told = "own" if s.start_char in own else "other"
    yield f"use {m.use}"
    if m.use != "name":
        return
    yield where
    yield f"{where} {told}"
    before = ask.scene.low[s.start_char : m.start_char]
    words = list(_of_words(before, ask.scene.low[m.end_char : s.end_char]))
    yield from words
    yield f"{told} {words[0]}"
    yield f"first {len(before.strip()) <= OPENING}"
    if is_dateline(ask.scene, s, m):
        yield "dateline"
        yield f"dateline {where}"
    if index == ask.scene.reading.trigger.sentence:
        yield "beside the trigger"
        yield from _beside_trigger(ask, m)


def pieces(ask: Ask, site: Site, others: Sequence[Site]) -> list[str]:
    """All that speaks for or against a place."""
    cast = ask.scene.cast
    entity = cast.entities[site.entity_id]
    inside = [o for o in others if o is not site and cast.entities[o.entity_id].country == entity.country]
    home = (
        "home" if entity.country and entity.country == cast.home else "away" if entity.country else "unknown"
    )
    within = sum(cast.entities[o.entity_id].kind == "place" for o in inside) if entity.country else 0
    beside = f"places of its state {min(2, within)}"
    found = {
        f"ruled {site.entity_id == ask.ruled}",
        entity.kind,
        home,
        f"{entity.kind} {home}",
        f"{entity.kind} {beside}",
    }
    found |= {f"{ask.form} {entity.kind}", f"{ask.form} {home}"}
    found |= {f"times {min(3, len(site.at))}", f"{entity.kind} ruled {ask.ruled is not None}"}
    own = {s.start_char for s in ask.scene.own}
    own.add(ask.scene.sentences[ask.scene.reading.trigger.sentence].start_char)
    for index, m in site.at[:MENTIONS]:
        told = [*_of_mention(ask, index, m, own)]
        found |= {
            *told,
            *(f"{entity.kind} {w}" for w in told),
            *(f"{home} {w}" for w in told if w.startswith("dateline")),
        }
    return [*found]


def pieces_of_none(ask: Ask, count: int) -> list[str]:
    """All that speaks for no place."""
    alone = ("none", f"none ruled {ask.ruled is None}", f"none beside {min(count, 4)}", f"none {ask.type}")
    return [*alone, f"none {ask.form}", f"none {ask.scene.reading.trigger.act}"]


def weigh(ask: Ask) -> Mention | None:
    """The place that weighs most, where it is told first by name; None where naming none does."""
    weights, around, found = model(), contexts(ask), sites(ask)
    best, most = None, weight_of(weights, around, pieces_of_none(ask, len(found))) - LEAN
    for site in found:
        if (weight := weight_of(weights, around, pieces(ask, site, found))) > most:
            best, most = site, weight
    return best and _told(ask, best)


def _told(ask: Ask, site: Site) -> Mention:
    """The mention that shows where it was: in a sentence that states the event, else the first by name; no dateline."""
    scene = ask.scene
    own = {s.start_char for s in scene.own}
    named = [(scene.sentences[index], m) for index, m in site.at if m.use == "name"]
    return min(
        named, key=lambda at: (is_dateline(scene, *at), at[0].start_char not in own, at[1].start_char)
    )[1]


def ask_of(scene: Scene, kind: EventType, form: EventForm, titles: int) -> Ask:
    """What is to be weighed of the main event."""
    first = scene.sentences[scene.reading.trigger.sentence]
    ruled = place_of_main(scene.reading, scene.cast, scene.text, scene.low, (first, *scene.own))
    return Ask(scene, kind, form, titles, ruled.entity_id if ruled else None)


def placed(
    scene: Scene, kind: EventType, form: EventForm, titles: int
) -> tuple[Mention | None, PlaceBasis | None]:
    """Where an event was, stated by its own sentences or inferred from those around; of a further one, as rules say."""
    sentence = scene.sentences[scene.reading.trigger.sentence]
    if not scene.main and form in SAID_OR_SENT:
        return None, None
    if not scene.main:
        found = place_of(scene.reading, scene.cast, scene.text, scene.low, sentence)
        return found, "stated" if found else None
    if (found := weigh(ask_of(scene, kind, form, titles))) is None:
        return None, None
    own = (s for s in (sentence, *scene.own) if s.start_char <= found.start_char < s.end_char)
    return found, "stated" if any(not is_dateline(scene, s, found) for s in own) else "inferred"
