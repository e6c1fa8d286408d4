"""Who says what to whom: statements, joint statements, messages."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Final

from streams.annotation import Mention, Participant
from streams.events.cast import is_mourned, participant, phrase_start
from streams.events.page import JOINT
from streams.events.roles_issuers import ABOUT, issuers
from streams.events.roles_targets import targets
from streams.events.scene import Scene
from streams.extract.sentences import Sentence

LEAD_OF_JOINT: Final = 4
FROM: Final = re.compile(
    r"\b(?:message|letter|telegram|call|cable|congratulations|condolences)\b[^.;]{0,80}?\bfrom\b[^.;]{0,110}$"
)
ADDRESSED: Final = re.compile(
    r"\b(?:message|letter|telegram|cable|note|tweet)s?(?: of [\w ]{3,30})?(?: sent| addressed)? to\b(?:(?! from\b)[^.;]){0,80}$"
)
# "conveyed the greetings of the Amir": whose greetings they are is not greeted
GREETINGS_OF: Final = re.compile(
    r"\b(?:convey|deliver|hand|transmit|pass|relay|carr|bear|extend|express|present)\w*\b[^.;]{0,90}?\b(?:greetings|regards|wishes|congratulations|condolences|message|letter|invitation)(?: and [\w ]{3,30}?)? (?:of|from)(?: the| his| her)?(?: h\.e\.| his majesty| his highness| his excellency)? $"
)
# "spoke with NAME to offer his congratulations"
WITH: Final = re.compile(
    r"\b(?:with|to|met|called|telephoned|received|visited)(?: the| his| her)?(?: [\w-]+ counterpart,?)? $"
)
# the verbs of joint statements, behind those who issue them
STATES: Final = re.compile(
    r"\b(?:express|condemn|welcome|urge|demand|reject|reaffirm|reiterate|deplore|denounce|support|note|recall|congratulate|commend|call (?:on|upon|for)"
    r"|(?:are|were|remain) (?:\w+ )?(?:concerned|alarmed|appalled|united|committed)|(?:have )?(?:expressed|condemned|welcomed|called|urged|agreed|reaffirmed|issued|met|discussed|decided))\b"
)
REACH: Final = 120  # characters before a sender in which his message is "received"
RECEIVED: Final = re.compile(r"\breceiv\w+\b[^.;]{0,80}$")
EXCHANGED: Final = re.compile(r"\bexchang\w+\b[^.;]{0,60}$|^[^.;]{0,40}\bexchang")


def _rows(scene: Scene) -> tuple[list[Participant], set[str]]:
    """The issuers, and what is taken by them: their entities and the states that they stand for."""
    by = list(issuers(scene))
    return by, {p.entity_id for p in by} | {f"country:{p.country}" for p in by if p.country}


def statement(scene: Scene) -> Iterator[Participant]:
    by, taken = _rows(scene)
    yield from by
    for m in targets(scene, taken):
        yield participant(scene.cast, m, "recipient", "target")


def message(scene: Scene) -> Iterator[Participant]:
    """The sender and the addressee; of exchanged messages both send."""
    cast, trigger = scene.cast, scene.reading.trigger
    sentence = scene.sentences[trigger.sentence]
    sender = [
        m
        for s in scene.own
        for m in cast.of_kind(s.start_char, s.end_char, "person")
        if FROM.search(scene.low, s.start_char, m.start_char)
    ][:1]
    if sender and RECEIVED.search(scene.low, max(0, sender[0].start_char - REACH), sender[0].start_char):
        yield participant(cast, sender[0], "actor", "sender")
        yield from (_addressed(p) for p in issuers(scene) if p.entity_id != sender[0].entity_id)
        return
    by, to = [*issuers(scene)], _written_to(scene)
    if to and [p.entity_id for p in by] == [to[0].entity_id]:
        by = [participant(cast, m, "actor") for m in _writers(scene, to[0])]
    yield from by
    taken = {p.entity_id for p in by}
    addressed = [
        m
        for m in (*cast.of_kind(trigger.end, sentence.end_char, "person"), *to)
        if m.entity_id not in taken
        and not is_mourned(cast, m, scene.text, sentence.start_char)
        and not GREETINGS_OF.search(
            scene.low, sentence.start_char, phrase_start(m, scene.text, trigger.start)
        )
    ]
    states = [
        m
        for m in cast.of_kind(trigger.end, sentence.end_char, "country")
        if m.entity_id not in taken and (m.use == "name" or not addressed)
    ]
    for m in addressed[:1] or states[:1] or _spoken_with(scene, taken):
        yield participant(cast, m, "recipient", "addressee")


def _spoken_with(scene: Scene, taken: Container[str]) -> list[Mention]:
    """With whom somebody speaks or meets to congratulate or condole, where nobody else is addressed."""
    start, end = scene.sentences[scene.reading.trigger.sentence].start_char, scene.reading.trigger.start
    return [
        m
        for m in scene.cast.of_kind(start, end, "person")
        if m.entity_id not in taken
        and scene.cast.is_named(m)
        and WITH.search(scene.low, start, phrase_start(m, scene.text, start))
        and " who " not in scene.low[m.end_char : end]
    ][-1:]


def _written_to(scene: Scene) -> list[Mention]:
    """Who is named first behind "in a message to", before the verb; who stands behind him there writes."""
    start, end = scene.sentences[scene.reading.trigger.sentence].start_char, scene.reading.trigger.start
    persons = scene.cast.of_kind(start, end, "person")
    return [m for m in persons if ADDRESSED.search(scene.low, start, m.start_char)][:1]


def _writers(scene: Scene, to: Mention) -> list[Mention]:
    """The person named last behind `to` before the verb: "In a message to President A, President B congratulated"."""
    persons = scene.cast.of_kind(to.end_char, scene.reading.trigger.start, "person")
    return [m for m in persons if m.entity_id != to.entity_id and scene.cast.is_named(m)][-1:]


def _addressed(p: Participant) -> Participant:
    return Participant(p.entity_id, "recipient", "addressee", p.country, p.office)


def joint(scene: Scene) -> Iterator[Participant]:
    """All who issue a joint statement: the states of its title, or those that "we" are."""
    lead = scene.sentences[: LEAD_OF_JOINT + 1]
    states = _named(scene, lead[0].start_char, _matter(scene, lead[0]))
    for s in lead if len(states) == 0 or _is_lone_state(scene, states) else ():
        states = _issuing(scene, s) or _named(scene, s.start_char, s.end_char)
        if len({scene.cast.country_of(m) for m in states}) > 1:
            break
    for m in states:
        if scene.cast.kind(m) == "country" or not any(scene.cast.kind(o) == "country" for o in states):
            yield participant(scene.cast, m, "actor", "speaker")


def _issuing(scene: Scene, sentence: Sentence) -> list[Mention]:
    """The two or more states before the verb of a joint statement: "A, B and C condemn the support of D"."""
    verb = STATES.search(scene.low, sentence.start_char, sentence.end_char)
    before = _named(scene, sentence.start_char, verb.start()) if verb else []
    return before if len({scene.cast.country_of(m) for m in before}) > 1 else []


def _named(scene: Scene, start: int, end: int) -> list[Mention]:
    return [
        m
        for m in scene.cast.of_kind(start, end, "country", "organization")
        if m.use in {"name", "title", "adjective"}
    ]


def _matter(scene: Scene, title: Sentence) -> int:
    """Where a title begins to say what a statement is about: "Ministers' statement on Peru"."""
    head = JOINT.search(scene.low, title.start_char, title.end_char)
    about = ABOUT.search(scene.low, head.end(), title.end_char) if head else None
    return about.start() if about else title.end_char


def _is_lone_state(scene: Scene, states: list[Mention]) -> bool:
    """Whether one state alone is named, who makes no joint statement."""
    return len({scene.cast.country_of(m) for m in states}) == 1 and any(
        scene.cast.kind(m) == "country" for m in states
    )
