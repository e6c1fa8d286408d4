"""Figures: numbers with a unit, what they measure, for which period and between whom."""

from __future__ import annotations

from streams.annotation import DateMention, Figure
from streams.extract.entities import Names
from streams.extract.sentences import Sentence
from streams.records import CleanRelease


def find_figures(
    release: CleanRelease, sentences: tuple[Sentence, ...], names: Names, dates: tuple[DateMention, ...]
) -> tuple[Figure, ...]:
    """Find every figure of `release`."""
    return ()
