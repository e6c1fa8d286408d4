"""The composition of all reading: one clean release to its annotation, a pure function."""

from __future__ import annotations

from typing import Final

from streams.annotation import Annotation
from streams.classify.relevance import find_kind
from streams.classify.topics import find_topics, with_topics
from streams.events.reports import find_reports
from streams.extract.dates import find_dates
from streams.extract.entities import find_entities
from streams.extract.figures import find_figures
from streams.extract.sentences import split_sentences
from streams.opening.encoder import encoder
from streams.records import CleanRelease

PIPELINE_VERSION: Final = 35
ENGINE: Final = "communique"
LANGUAGES: Final = frozenset({"en"})


def annotate(release: CleanRelease) -> Annotation:
    """Read `release`; the same release and `PIPELINE_VERSION` give the same annotation, byte for byte.

    A language without an engine gives an empty annotation (`annotated_by` null), never wrong facts.
    """
    if release.language not in LANGUAGES:
        return Annotation()
    sentences = split_sentences(release.text)
    names = find_entities(release, sentences)
    dates = find_dates(release, sentences)
    kind, genre = find_kind(release, sentences, names)
    figures = find_figures(release, sentences, names, dates)
    reports = find_reports(release, sentences, names, dates) if kind == "diplomatic" else ()
    topics = find_topics(release, sentences, names, reports) if kind == "diplomatic" else ()
    return Annotation(
        kind=kind,
        genre=genre,
        annotated_by=f"{ENGINE}:{release.language}",
        issuer_entity_id=names.issuer_entity_id,
        issuer_country=names.issuer_country,
        entities=names.entities,
        mentions=names.mentions,
        dates=dates,
        figures=figures,
        topics=topics,
        reports=tuple(with_topics(r, topics) for r in reports),
    )


def load_models() -> None:
    """Load all that the first calls of `annotate` would load (about a second), so that a worker starts warm."""
    encoder()  # which is asked only in doubt
    text = (
        "President Ana Example of Peru met Bo Example, Minister of Trade of Chad, in Lima on 3 March 2020 and "
        "condemned the attack of 1 March. Peru will give 5 million dollars under the Example Treaty."
    )
    annotate(
        CleanRelease(
            schema_version=1,
            release_id="",
            source_id="",
            source_ref="",
            content_hash="",
            fetched_at="",
            text=text,
            language="en",
        )
    )
