"""What the tests of names share: a text of our own in, entities and mentions out."""

from __future__ import annotations

from streams.annotation import Entity, Mention
from streams.extract.entities import Names, find_entities
from streams.extract.sentences import split_sentences
from tests.unit.releases import release_of


def read(text: str, publisher_country: str | None = None) -> Names:
    release = release_of(text, publisher_country=publisher_country)
    return find_entities(release, split_sentences(text))


def of_kind(names: Names, *kinds: str) -> dict[str, Entity]:
    """Entities of these kinds that the text names, by name."""
    named = {m.entity_id for m in names.mentions if m.use != "pronoun"}
    return {e.name: e for e in names.entities if e.kind in kinds and e.entity_id in named}


def people(text: str, publisher_country: str | None = None) -> dict[str, str | None]:
    """Name to country of every person."""
    return {n: e.country for n, e in of_kind(read(text, publisher_country), "person").items()}


def mentions_of(names: Names, entity_id: str) -> list[Mention]:
    return [m for m in names.mentions if m.entity_id == entity_id]
