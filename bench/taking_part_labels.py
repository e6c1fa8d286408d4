"""Who takes part in a main event, as annotators and labelled leads say it."""

from __future__ import annotations

from typing import Any

from streams.events.cast import Cast
from tests.quality import score


def names_of(cast: Cast, key: str) -> set[str]:
    """All that the text calls an actor, as the scorer compares it."""
    entity = cast.entities[key]
    spatial = entity.kind in score.SPATIAL
    named = [m.surface for m in cast.mentions if m.entity_id == key and (m.use != "pronoun" or spatial)]
    code = [entity.country] if entity.kind == "country" and entity.country else []
    return {score.norm(n) for n in (entity.name, *named, *code)} - {""}


def labels(cast: Cast, keys: list[str], annotation: dict[str, Any]) -> list[str]:
    """What the annotators say of each actor."""
    wanted = next(e for e in score.gold_reading(annotation).events if e.main)
    acting = len(next(e for e in annotation["events"] if e["main"]).get("participants", []))
    names = [names_of(cast, k) for k in keys]
    pairs = score.pair(wanted.participants, names, score.same_person)
    found = []
    for own in names:
        hit = next((a for a, b in pairs if b is own), None)
        if hit is not None:
            at = next(i for i, p in enumerate(wanted.participants) if p is hit)
            found.append("actor" if at < acting else "recipient")
        else:
            optional = any(score.same_person(o, own) for o in wanted.may_take_part)
            found.append("optional" if optional else "none")
    return found


def names_in(cell: str) -> list[str]:
    return [name.strip() for name in cell.split(";") if name.strip()]
