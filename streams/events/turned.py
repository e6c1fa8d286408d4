"""Whether an event that a noun or the present tense names was held or is ahead, as the day or month beside it says."""

from __future__ import annotations

import re
from typing import Final

from streams.events.page import ENCOUNTERS
from streams.events.text import Text
from streams.events.timing import When, when_of
from streams.events.triggers import Reading

# "arrives in Lima tomorrow": such words are forms of the past elsewhere ("arrived in")
PRESENT: Final = re.compile(
    r"(?:arriv|depart|leav|head|travel|pay|mak|begin|start|undertak|embark|open|hold|host|meet|visit|receiv|continu|conclud|attend|tak)e?s\b|(?:flies|goes)\b"
)
NEAR: Final = 100  # characters between an event and its month
# "the summit, which Peru will host in October"
TO_COME: Final = re.compile(
    r"(?: (?:in|of) [\w’' -]{2,30})?,? (?:which|that)(?: [\w’'-]+){0,4} (?:will|is to|are to|is due to|is expected to|is scheduled to)\b"
)
# "preparations for the visit": whatever day its sentence names, the visit is ahead
TO_BE_HELD: Final = re.compile(r"\b(?:prepar\w+ for|upcoming|forthcoming)(?: [\w’'-]+){0,4} $")
WITHIN: Final = re.compile(r"\b(?:during|in|at|in the course of) (?:the|this|their|his|her|our) $")


def ahead(text: Text, reading: Reading) -> Reading:
    """A visit or meeting that a title names without a verb, or in the present tense, is ahead if its day is."""
    day = text.release.published_on
    if reading.status != "occurred" or reading.trigger.act not in ENCOUNTERS or not day:
        return reading
    if reading.trigger.part != "noun":
        return _in_calendar(text, reading, day)
    planned = reading._replace(status="planned")
    found = when_of(planned, text.dates, text.low, text.sentences[reading.trigger.sentence], days_only=True)
    if found.start is None and reading.trigger.sentence < text.titles:
        found = when_of(planned, text.dates, text.low, text.sentences[text.titles], days_only=True)
    later = found.start and (found.start > day or (found.start == day and found.end != day))
    return planned if later else reading


def _is_to_come(text: Text, reading: Reading) -> bool:
    """Whether a relative clause says that what a noun names is ahead: "the summit, which Peru will host"."""
    t = reading.trigger
    return t.part == "noun" and t.act in ENCOUNTERS and TO_COME.match(text.low, t.end) is not None


def turned(text: Text, reading: Reading) -> Reading:
    """An event is held or ahead as the day or month beside its noun, or beside a present tense, says: "launch of talks on 2 December"."""
    day = text.release.published_on
    if not day:
        return reading
    sentence = text.sentences[reading.trigger.sentence]
    if reading.status == "planned" and _was(text, reading, day):
        return reading._replace(status="occurred")
    if reading.trigger.part != "noun":
        return _in_calendar(text, reading, day)
    found = when_of(reading, text.dates, text.low, sentence, days_only=True)
    past = found.end and (found.end < day or (found.end == day and reading.recalled))
    if reading.status == "planned" and past and not _is_to_be_held(text, reading):
        return reading._replace(status="occurred")
    if reading.status != "occurred":
        return reading
    if not found.start:
        found = _month_of(text, reading)
    ahead_of = (found.start and found.start > day) or (not found.start and _is_to_come(text, reading))
    return reading._replace(status="planned") if ahead_of else reading


def _is_to_be_held(text: Text, reading: Reading) -> bool:
    """Whether the words before a noun call what it names to come."""
    start = text.sentences[reading.trigger.sentence].start_char
    return TO_BE_HELD.search(text.low, start, reading.trigger.start) is not None


def _was(text: Text, reading: Reading, day: str) -> bool:
    """Whether the year told behind an event has passed: "the visit of the President in 2023"."""
    found = when_of(reading, text.dates, text.low, text.sentences[reading.trigger.sentence])
    over = found.precision == "year" and found.end is not None and found.end < day
    return over and found.source is not None and _follows(text.low, reading, found.source.start_char)


def _follows(low: str, reading: Reading, at: int) -> bool:
    """Whether what stands at `at` comes behind the event in the same part of the sentence."""
    between = low[reading.trigger.end : at]
    return 0 < len(between) <= NEAR and not re.search(r"[,;:]|\b(?:which|that|who)\b", between)


def _in_calendar(text: Text, reading: Reading, day: str) -> Reading:
    """What the present tense tells of a later day is ahead: "arrives in Lima on Friday", "visits Peru tomorrow"."""
    t = reading.trigger
    present = t.part == "third" or PRESENT.match(text.low, t.start) is not None
    if not present or reading.status != "occurred" or t.act not in ENCOUNTERS:
        return reading
    planned = reading._replace(status="planned")
    found = when_of(planned, text.dates, text.low, text.sentences[t.sentence], days_only=True)
    return planned if found.start and found.start > day and found.precision == "day" else reading


def _month_of(text: Text, reading: Reading) -> When:
    """The month that stands near an event, unless it is what goes on during the event that is of the month."""
    sentence, t = text.sentences[reading.trigger.sentence], reading.trigger
    found = when_of(reading, text.dates, text.low, sentence)
    if (
        found.precision != "month"
        or not found.source
        or WITHIN.search(text.low, sentence.start_char, t.start)
    ):
        return When()
    start, end = sorted((found.source.start_char, t.start))
    return found if end - start <= NEAR and ";" not in text.low[start:end] else When()
