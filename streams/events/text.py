"""A release as the reading of events looks at it, and what its words state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from streams.annotation import DateMention
from streams.events.asked import outlets, put, questions
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

OPENING: Final = 12  # characters before the day that opens a sentence
LONG_PAST: Final = 4  # months


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
    put: frozenset[int]  # those with which a reporter leads up to a question


def text_of(
    release: CleanRelease, sentences: tuple[Sentence, ...], names: Names, dates: tuple[DateMention, ...]
) -> Text:
    """`release` as the reading of events looks at it."""
    cast = gather(names, sentences, release.text, release.publisher_country)
    titles = heading_length(sentences, release.title)
    masks = masks_of(names, dates)
    dates = _of_events(release, sentences, dates)
    asked = frozenset(questions(sentences, titles))
    media = outlets(sentences, {m.surface for m in names.mentions if cast.kind(m) == "organization"})
    led_up = frozenset(put(sentences, titles, media))
    return Text(release, lowered(release.text), sentences, cast, dates, titles, masks, asked, led_up)


def _of_events(
    release: CleanRelease, sentences: tuple[Sentence, ...], dates: tuple[DateMention, ...]
) -> tuple[DateMention, ...]:
    """The dates without those on which the report was filed. A day to come is none, nor those that open the lines of an agenda."""
    told = [(s, d) for s in sentences for d in in_sentence(dates, s)]
    filed = {
        d.start_char: d
        for s, d in told
        if d.granularity == "day" and is_filed(release.text, s.start_char, d.start_char, d.end_char)
    }
    opens = {s.start_char for s in sentences}
    lines = {at for at, d in filed.items() if at in opens and release.text.startswith(":", d.end_char)}
    day = release.published_on
    entries = lines if len({filed[at].start_on for at in lines}) > 1 else set()
    kept = entries | {at for at, d in filed.items() if day and d.start_on and d.start_on > day}
    return tuple(d for _, d in told if d.start_char not in filed or d.start_char in kept)


def readings_of(text: Text) -> list[Reading]:
    """Everything that the words of `text` state, in order."""
    found = (
        read(trigger, text.low, text.sentences, in_title=trigger.sentence < text.titles)
        for trigger in find_triggers(text.low, text.sentences)
    )
    return [
        r._replace(assertion="hypothetical") if r.trigger.sentence in text.asked else dated(text, r)
        for r in found
        if r
    ]


def dated(text: Text, reading: Reading) -> Reading:
    """A reading, recalled where its sentence opens with a day or year long past: "On November 14, 1994, the President declared"."""
    day, s = text.release.published_on, text.sentences[reading.trigger.sentence]
    if reading.status != "occurred" or reading.recalled or not day:
        return reading
    first = next((d for d in in_sentence(text.dates, s) if d.end_on), None)
    opens = first and first.end_char <= reading.trigger.start and first.start_char - s.start_char <= OPENING
    old = opens and first and first.end_on and _months(first.end_on, day) >= LONG_PAST
    return reading._replace(recalled=True) if old else reading


def _months(start: str, end: str) -> int:
    return 12 * (int(end[:4]) - int(start[:4])) + int(end[5:7]) - int(start[5:7])
