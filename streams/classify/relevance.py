"""Whether a release is diplomacy at all, and of which genre."""

from __future__ import annotations

from streams.closed_sets import Genre, ReleaseKind
from streams.extract.entities import Names
from streams.extract.sentences import Sentence
from streams.records import CleanRelease


def find_kind(
    release: CleanRelease, sentences: tuple[Sentence, ...], names: Names
) -> tuple[ReleaseKind, Genre]:
    """Tell diplomacy from domestic news, navigation pages and adverts."""
    return "diplomatic", "other"
