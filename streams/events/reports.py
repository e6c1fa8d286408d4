"""The events that a release reports, with roles, time, place and modality."""

from __future__ import annotations

from streams.annotation import DateMention, Figure, Report, TopicScore
from streams.extract.entities import Names
from streams.extract.sentences import Sentence
from streams.records import CleanRelease


def find_reports(
    release: CleanRelease,
    sentences: tuple[Sentence, ...],
    names: Names,
    dates: tuple[DateMention, ...],
    figures: tuple[Figure, ...],
    topics: tuple[TopicScore, ...],
) -> tuple[Report, ...]:
    """Find the reports of `release`, at most one of them main, in order of the text."""
    return ()
