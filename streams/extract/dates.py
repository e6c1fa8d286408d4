"""Date expressions, explicit and relative, resolved against the day of publication."""

from __future__ import annotations

from streams.annotation import DateMention
from streams.extract.sentences import Sentence
from streams.records import CleanRelease


def find_dates(release: CleanRelease, sentences: tuple[Sentence, ...]) -> tuple[DateMention, ...]:
    """Find every date expression of `release`."""
    return ()
