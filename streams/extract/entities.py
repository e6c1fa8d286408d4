"""The entities of a release and where it names them: people, organisations, places, agreements."""

from __future__ import annotations

from typing import NamedTuple

from streams.annotation import Entity, Mention
from streams.extract.sentences import Sentence
from streams.records import CleanRelease


class Names(NamedTuple):
    """What a release names: its entities and every mention, in order of the text."""

    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    issuer_entity_id: str | None = None
    issuer_country: str | None = None


def find_entities(release: CleanRelease, sentences: tuple[Sentence, ...]) -> Names:
    """Find every entity that `release` names."""
    return Names((), ())
