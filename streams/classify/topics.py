"""Topics of a release, each with its score and the words that decided it."""

from __future__ import annotations

from streams.annotation import TopicScore
from streams.extract.sentences import Sentence
from streams.records import CleanRelease


def find_topics(release: CleanRelease, sentences: tuple[Sentence, ...]) -> tuple[TopicScore, ...]:
    """Rank the topics of `release`, strongest first."""
    return ()
