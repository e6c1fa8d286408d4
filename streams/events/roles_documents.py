"""Who signs, presents credentials, appoints and is appointed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from streams.annotation import Mention, Participant
from streams.events.cast import acting, of_country, participant
from streams.events.roles_encounters import together
from streams.events.scene import LISTED, Scene, antecedent, between, is_passive, persons_in, sides_named

SIGNED: Final = re.compile(r"\b(?:signed|inked|initialled|initialed|exchanged)\b")
SIGNED_BY: Final = re.compile(r"\b(?:was|were) (?:signed|inked|initialled|initialed)(?: \w+){0,6}? by\b")
BY: Final = re.compile(r"\bby\b[^.;]{0,120}$")
APPOINTERS: Final = frozenset({"head_of_state", "head_of_government"})
RECEIVERS: Final = APPOINTERS | {"minister", "head_of_organization"}


def _is_envoy(m: Mention) -> bool:
    office = (m.office or "").lower()
    return m.office_level == "ambassador" or "ambassador" in office or "high commissioner" in office


# "met with the Resident Representative, NAME, who presented a copy of her letter of credence"
PRESENTS: Final = re.compile(
    r",?(?: who)?(?: has| had| today| also)* (?:present|hand|submit|deliver)\w*\b[^.;]{0,40}? (?:credentials|letters? of credence)"
)


def credentials(scene: Scene) -> Iterator[Participant]:
    """The envoys of other states, and who receives them."""
    cast = scene.cast
    own = list(persons_in(scene, scene.own))
    persons = list(persons_in(scene, scene.sentences)) if scene.main else own
    envoys = [m for m in persons if _is_envoy(m) and (cast.home is None or cast.country_of(m) != cast.home)]
    if scene.main and "ambassadors" in scene.low:
        plain = (m for m in own if cast.home and cast.country_of(m) not in {None, cast.home})
        envoys += [m for m in plain if not m.office_level or _is_envoy(m)]
    envoys = envoys or [m for m in persons if _is_envoy(m)]
    envoys = envoys or [m for m in own if PRESENTS.match(scene.low, m.end_char)]
    keys = {m.entity_id for m in envoys}
    receivers = [m for m in (*own, *persons) if m.entity_id not in keys and m.office_level in RECEIVERS]
    receivers = [m for m in receivers if m.office_level in APPOINTERS] or receivers
    for m in envoys:
        yield participant(cast, m, "actor", "sender")
    for m in receivers[:1]:
        yield participant(cast, m, "recipient", "addressee")
    if not envoys:
        yield from together(scene)


def _appointees_listed(scene: Scene) -> Iterator[Mention]:
    """The first person of each line of the list that follows."""
    for s in scene.sentences:
        if s.start_char > scene.reading.trigger.end and LISTED.match(s.text):
            yield from list(persons_in(scene, (s,)))[:1]


def appointment(scene: Scene) -> Iterator[Participant]:
    """Who appoints, and whom: the object of the verb, the subject of a passive one, the persons of a list."""
    cast, trigger = scene.cast, scene.reading.trigger
    sentence = scene.sentences[trigger.sentence]
    subjects = acting(cast, sentence, trigger.start, scene.text)
    passive = is_passive(scene)
    if not subjects and scene.main:
        subjects = acting(cast, sentence, trigger.start, scene.text, unnamed=True)
    persons = [
        m for m in persons_in(scene, scene.own) if m.start_char not in {s.start_char for s in subjects}
    ]
    agents = [
        m for m in persons if BY.search(scene.low, scene.sentences[trigger.sentence].start_char, m.start_char)
    ]
    heads = [m for m in persons_in(scene, scene.sentences) if m.office_level in APPOINTERS and m.entity_id]
    listed = list(_appointees_listed(scene)) if scene.main else []
    objects = [m for m in persons if m not in agents and m.use == "name"] if not listed else []
    by = agents if passive or trigger.part == "noun" else subjects or agents
    taken = {m.entity_id for m in (*subjects, *objects, *listed)}
    by = by or [m for m in heads if cast.country_of(m) in {None, cast.home} and m.entity_id not in taken][:1]
    appointed = [*(subjects if passive else ()), *objects, *listed]
    keys = {m.entity_id for m in by}
    for m in by[:1]:
        yield participant(cast, m, "actor", None)
    for m in appointed:
        if m.entity_id not in keys:
            yield participant(cast, m, "recipient", "appointee")


def _signing(scene: Scene) -> list[Mention]:
    """By whom sentences say that documents were signed: "The agreement was signed by NAME and NAME"."""
    return [
        m
        for s in scene.sentences
        if (by := SIGNED_BY.search(scene.low, s.start_char, s.end_char))
        for m in persons_in(scene, (s,))
        if m.start_char > by.end()
    ]


def sign(scene: Scene) -> Iterator[Participant]:
    """The signatories: persons where the text names those of both sides, else the states."""
    cast = scene.cast
    persons = list(persons_in(scene, scene.own))
    if not persons and scene.main:
        persons = [
            m
            for s in scene.sentences
            if SIGNED.search(scene.low, s.start_char, s.end_char)
            for m in persons_in(scene, (s,))
        ]
    if scene.reading.status == "planned" and scene.main:
        persons = []  # a minister who proposes to sign is no signatory yet
    named = _signing(scene) if scene.main else []
    if len({cast.country_of(m) for m in named}) > 1:
        persons = named
    if (
        not scene.main
        and scene.reading.trigger.part != "noun"
        and len(persons) == 1
        and (meant := antecedent(scene))
    ):
        persons = [*persons, meant]  # "he signed a programme with NAME"
    sides = {cast.country_of(m) for m in persons} - {None}
    for m in persons:
        yield participant(cast, m, "actor", "signatory")
    if len(sides) > 1:
        return
    states = [m for m in between(scene) or sides_named(scene, "country") if cast.country_of(m) not in sides]
    for m in states:
        yield participant(cast, m, "actor", "signatory")
    if not states and not sides and cast.home:
        yield of_country(cast.home, "actor", "signatory")
