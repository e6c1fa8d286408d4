"""Collects mentions and turns them into the entities and mentions of an annotation."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from streams.annotation import Entity, Mention


class Ledger:
    """What was found so far; the only thing in extraction that is written to."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._entities: dict[str, Entity] = {}
        self._names: dict[str, dict[str, None]] = {}
        self._mentions: dict[tuple[int, int, str], Mention] = {}

    def entity(self, entity: Entity) -> str:
        """Enter `entity` (kept if it is there) and return its id."""
        self._entities.setdefault(entity.entity_id, entity)
        names = self._names.setdefault(entity.entity_id, {})
        for name in (entity.name, *entity.names):
            names.setdefault(name)
        return entity.entity_id

    def mention(self, entity_id: str, start: int, end: int, **values: Any) -> None:
        """Enter a mention; the first one of an entity at a place stays."""
        key = (start, end, entity_id)
        if key not in self._mentions:
            self._mentions[key] = Mention(start, end, entity_id, self.text[start:end], **values)

    def name(self, entity_id: str, name: str) -> None:
        """Add a name that the text uses for the entity."""
        self._names[entity_id].setdefault(name)

    def close(self) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
        """The entities in order of first mention and all mentions in order of the text."""
        mentions = tuple(map(self._mentions.__getitem__, sorted(self._mentions)))
        order = dict.fromkeys(m.entity_id for m in mentions)
        entities = tuple(replace(self._entities[i], names=tuple(self._names[i])) for i in order)
        return entities, mentions
