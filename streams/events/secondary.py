"""Which further acts of a release are events of their own, and which speak of one already told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from streams.annotation import DateMention
from streams.events.cast import Cast
from streams.events.choice import Main
from streams.events.triggers import Reading
from streams.extract.sentences import Sentence


def distinct(
    readings: Sequence[Reading],
    main: Main,
    cast: Cast,
    dates: Sequence[DateMention],
    low: str,
    sentences: tuple[Sentence, ...],
    titles: int,
) -> Iterator[Reading]:
    """The readings that state an event beside the main one, each event once."""
    yield from ()
