"""A release as the reading of events looks at it, and what its words state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from streams.annotation import DateMention
from streams.events.asked import questions
from streams.events.cast import Cast, gather
from streams.events.timing import in_sentence
from streams.events.title import heading_length
from streams.events.triggers import Reading, find_triggers, read
from streams.events.wording import Mask, masks_of
from streams.extract.dates import lowered
from streams.extract.dates_filed import is_filed
from streams.extract.entities import Names
from streams.extract.sentences import Sentence
from streams.records import CleanRelease


class Text(NamedTuple):
    """What every step looks at."""

    release: CleanRelease
    low: str
    sentences: tuple[Sentence, ...]
    cast: Cast
    dates: tuple[DateMention, ...]
    titles: int
    masks: Sequence[Mask]  # what stands for names and days where wording counts
    asked: frozenset[int]  # the sentences that only ask


def text_of(
    release: CleanRelease, sentences: tuple[Sentence, ...], names: Names, dates: tuple[DateMention, ...]
) -> Text:
    """`release` as the reading of events looks at it."""
    cast = gather(names, sentences, release.text, release.publisher_country)
    titles = heading_length(sentences, release.title)
    masks = masks_of(names, dates)
    dates = tuple(
        d
        for s in sentences
        for d in in_sentence(dates, s)
        if d.granularity != "day" or not is_filed(release.text, s.start_char, d.start_char, d.end_char)
    )
    asked = frozenset(questions(sentences, titles))
    return Text(release, lowered(release.text), sentences, cast, dates, titles, masks, asked)


def readings_of(text: Text) -> list[Reading]:
    """Everything that the words of `text` state, in order."""
    found = (
        read(trigger, text.low, text.sentences, in_title=trigger.sentence < text.titles)
        for trigger in find_triggers(text.low, text.sentences)
    )
    return [
        r._replace(assertion="hypothetical") if r.trigger.sentence in text.asked else r for r in found if r
    ]
