"""Which day is that of the main event: rules propose one, a trained model weighs every day that title and lead name.

A conditional logit: what weighs most of all days named, and of naming none, is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

from streams.annotation import DateMention
from streams.closed_sets import EventForm, EventType
from streams.events.contexts import Weights, group_of, loaded, weight_of
from streams.events.timing import (
    GATHERINGS,
    NOT_ITS_DATE,
    OF_CLAUSE,
    REMEMBERED,
    When,
    at_its_close,
    begun,
    contradicts,
    in_sentence,
    is_of_announcement,
    is_of_another,
    settled,
)
from streams.events.told_days import DONE, OF_OTHERS, WORDS
from streams.events.triggers import Reading
from streams.extract.dates_tense import FUTURE, PAST
from streams.extract.sentences import Sentence

MODEL: Final = "dating_model.json"
LEAD: Final = 6  # sentences behind the title whose days are weighed
MOST: Final = 16  # days that are weighed
SHORT: Final = 40  # characters of what is no sentence
REACH: Final = 170  # characters before a day in which it is looked for what the day belongs to
WORD: Final = re.compile(r"[a-z0-9’'-]+|[.,;:–—()“”\"]")
# "In the follow-up to the meeting on May 16, the leaders discussed"
HELD_ON: Final = re.compile(
    r"(?:(?!\b(?:ahead|before|eve|celebrat\w*|mark\w*|prepar\w*|will|scheduled|to be|who|which|that|where|whose|opens?|begins?|starts?)\b)[^.;]){0,80}\bon "
)
FOLLOWS_UP: Final = re.compile(
    r"\b(?:follow-?up (?:to|of|on)|further to|in continuation of|builds? on)\b[^.;]{0,90}\b(?:meetings?|talks|visits?|summits?|conversations?|calls?|sessions?|consultations|negotiations|agreements)\b[^.;,]{0,60}$"
)
AGES: Final = ((0, "0"), (1, "1"), (7, "7"), (30, "30"), (75, "75"))  # days up to which, and how it is called


class Ask(NamedTuple):
    """What is looked at: the reading of the main event, its release, and what the rules propose."""

    reading: Reading
    type: EventType
    form: EventForm
    rule: str
    dates: Sequence[DateMention]
    low: str
    sentences: Sequence[Sentence]
    titles: int  # how many sentences the title has
    published: str | None
    ruled: When

    @property
    def is_dated(self) -> bool:
        """Whether the rules propose a day that the text names."""
        return self.ruled.basis in {"stated", "resolved"}


class Day(NamedTuple):
    """A day that may be the event's, with the places where the text names it."""

    when: When
    at: list[tuple[int, int, DateMention]]  # the sentence, which of the days it is, the words


@cache
def model() -> Weights:
    """The trained weights; `bench/train_dating.py` writes them."""
    return loaded(MODEL)


def contexts(ask: Ask) -> tuple[str, str]:
    return group_of(ask.form), ask.reading.status


def days(ask: Ask) -> list[Day]:
    """Every day, month or year that title, lead and the sentences around the event name, in order."""
    own = ask.reading.trigger.sentence
    near = {*range(min(ask.titles + LEAD, len(ask.sentences))), own - 1, own, own + 1}
    found: dict[str, Day] = {}
    count = 0
    for index in sorted(near & {*range(len(ask.sentences))}):
        sentence = ask.sentences[index]
        for d in in_sentence(ask.dates, sentence):
            when = begun(at_its_close(settled(d), ask.reading, ask.low), ask.reading, ask.low, sentence)
            if not when.start or contradicts(ask.reading.status, when, ask.published):
                continue
            if ask.reading.trigger.act in GATHERINGS and is_of_announcement(d, ask.reading, ask.low):
                continue
            if not _is_of_signing(ask, when, sentence) or _is_of_earlier_talks(ask, index, d):
                continue
            found.setdefault(when.start, Day(when, [])).at.append((index, count, d))
            count += 1
    if ask.is_dated and ask.ruled.start and ask.ruled.start not in found:
        found[ask.ruled.start] = Day(ask.ruled, [])
    return list(found.values())[:MOST]


def _is_of_signing(ask: Ask, when: When, sentence: Sentence) -> bool:
    """Whether a day may be that of a signing to come, where it is one: of an approval it is not."""
    if (ask.type, ask.form) != ("AGREE", "signing") or not when.start or not when.source:
        return True
    told = "sign" in ask.low[sentence.start_char : when.source.start_char]
    return told and (ask.published is None or when.start >= ask.published)


def _is_of_earlier_talks(ask: Ask, index: int, d: DateMention) -> bool:
    """Whether a day behind the words of a call or meeting is that of talks on which it follows up."""
    start = ask.sentences[index].start_char
    apart = index != ask.reading.trigger.sentence and ask.form in {"call", "meeting"}
    return apart and FOLLOWS_UP.search(ask.low, start, d.start_char) is not None


def _where_it_is_later(ask: Ask) -> When | None:
    """The day behind the publication on which something was held where it is later: "met on October 28 in Tokyo"."""
    t = ask.reading.trigger
    if ask.reading.status != "occurred" or not ask.published or t.part == "noun":
        return None
    tomorrow = (date.fromisoformat(ask.published) + timedelta(days=1)).isoformat()
    for d in in_sentence(ask.dates, ask.sentences[t.sentence]):
        stated = d.granularity == "day" and not d.relative and d.start_on == tomorrow
        if stated and HELD_ON.fullmatch(ask.low, t.start, d.start_char):
            return settled(d)
    return None


def _age(start: str, published: str | None) -> str:
    """How long before the day of publication."""
    if not published:
        return "unknown"
    age = (date.fromisoformat(published) - date.fromisoformat(start)).days
    if age < 0:
        return "ahead 1" if age == -1 else "ahead 7" if age >= -7 else "ahead 60" if age >= -60 else "far"
    return next((name for most, name in AGES if age <= most), "old")


def _beside_trigger(ask: Ask, d: DateMention) -> Iterator[str]:
    """How a day stands to the words of the event in its sentence."""
    t, low = ask.reading.trigger, ask.low
    after = d.start_char >= t.end
    gap = d.start_char - t.end if after else t.start - d.end_char
    far = next((name for most, name in ((2, 0), (24, 1), (69, 2), (149, 3)) if gap <= most), 4)
    yield f"after {after}"
    yield f"after {after} far {far}"
    yield f"clause {after and OF_CLAUSE.search(low, t.end, max(t.end, d.start_char - 4)) is not None}"
    yield f"another {after and is_of_another(ask.reading, low, d.start_char)}"
    yield f"remembered {REMEMBERED.search(low, d.end_char, max(d.end_char, t.start)) is not None}"


def _of_words(before: str, after: str) -> Iterator[str]:
    """What the words around a day say of it."""
    near, ahead = WORD.findall(before[-30:]), WORD.findall(after[:20])
    yield f"behind {near[-1] if near else '^'}"
    yield f"behind {' '.join(near[-2:])}"
    yield f"before {ahead[0] if ahead else '$'}"
    yield f"first {len(before.strip()) <= 4}"
    yield f"of others {OF_OTHERS.search(before[-REACH:]) is not None}"
    yield f"of words {WORDS.search(before[-REACH:]) is not None}"
    yield f"not its {NOT_ITS_DATE.search(before[-REACH:]) is not None}"
    yield f"done {DONE.search(before) is not None}"
    coming = max((m.end() for m in FUTURE.finditer(before)), default=-1)
    gone = max((m.end() for m in PAST.finditer(before)), default=-1)
    yield f"tense {(coming > gone) - (coming < gone)}"
    yield f"quoted {before.count('“') > before.count('”') or before.count(chr(34)) % 2 == 1}"
    yield f"owns {after[:2] in {'’s', chr(39) + 's'}}"


def pieces(ask: Ask, day: Day) -> list[str]:
    """All that speaks for or against a day."""
    own = ask.reading.trigger.sentence
    ruled = ask.is_dated and day.when.start == ask.ruled.start
    age = _age(day.when.start or "", ask.published)
    plain = {
        f"ruled {ruled}",
        f"age {age}",
        f"begun {bool(day.at) and day.when.start != day.at[0][2].start_on}",
    }
    for index, count, d in day.at:
        s = ask.sentences[index]
        where = "title" if index < ask.titles else f"lead {min(index - ask.titles, 3)}"
        place = "own" if index == own else "next" if index == own + 1 else "late" if index > own else "early"
        plain |= {where, place, f"{where} {place}", f"rule {d.rule}", f"grain {d.granularity}"}
        plain |= {f"age {age} grain {d.granularity}", f"nth {min(count, 4)}", f"nth {min(count, 3)} {place}"}
        plain |= {f"ruled {ruled} {place}", f"short {s.end_char - s.start_char < SHORT}"}
        plain.add(f"rules {ask.is_dated} {place} {age}")
        plain |= {*_of_words(ask.low[s.start_char : d.start_char], ask.low[d.end_char : s.end_char])}
        if index == own:
            plain |= {*_beside_trigger(ask, d)}
    return [*plain]


def pieces_of_none(ask: Ask, count: int) -> list[str]:
    """All that speaks for no day that the text names."""
    alone = ("none", f"none ruled {not ask.is_dated}", f"none beside {min(count, 4)}", f"none {ask.type}")
    return [*alone, f"none {ask.rule}"]


def weigh(ask: Ask) -> When | None:
    """The day that weighs most; None where naming none does."""
    if later := _where_it_is_later(ask):
        return later
    weights, around, found = model(), contexts(ask), days(ask)
    best, most = None, weight_of(weights, around, pieces_of_none(ask, len(found)))
    for day in found:
        if (weight := weight_of(weights, around, pieces(ask, day))) > most:
            best, most = day.when, weight
    return best
