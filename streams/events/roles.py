"""Who did what with whom: the participants of an event by its form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from streams.annotation import Participant
from streams.events import roles_deeds as deeds
from streams.events import roles_documents as documents
from streams.events import roles_encounters as encounters
from streams.events import roles_stances as stances
from streams.events.cast import unique
from streams.events.page import JOINT
from streams.events.roles_aid import aid
from streams.events.scene import Scene

BY_FORM: Final[dict[str, Callable[[Scene], Iterator[Participant]]]] = {
    "meeting": encounters.together,
    "call": encounters.together,
    "negotiation": encounters.together,
    "summit": encounters.together,
    "conference": encounters.together,
    "visit": encounters.visit,
    "signing": documents.sign,
    "statement": stances.statement,
    "message": stances.message,
    "aid": aid,
    "sanctions": deeds.sanctions,
    "credentials": documents.credentials,
    "appointment": documents.appointment,
    "attack": deeds.attack,
    "other": deeds.other,
}


def participants(scene: Scene, form: str) -> tuple[Participant, ...]:
    """The participants of an event of `form`, each entity once."""
    read = (
        stances.joint if scene.main and form == "statement" and JOINT.search(_head(scene)) else BY_FORM[form]
    )
    if scene.reading.trigger.act == "summon":  # a meeting, but of one who summons and one who is summoned
        read = deeds.other
    found = [p for p in read(scene) if p.entity_id in scene.cast.entities]
    return unique(found)


def _head(scene: Scene) -> str:
    return scene.low[: scene.sentences[0].end_char]
