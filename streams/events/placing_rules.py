"""Where an event was, as its sentence says: places that hold it; of a visit's meetings, the place visited."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from streams.annotation import Mention
from streams.events.cast import Cast
from streams.events.page import ENCOUNTERS
from streams.events.timing import came_before, is_of_another, is_of_matter
from streams.events.triggers import Reading
from streams.extract.sentences import Sentence

IN: Final = re.compile(
    r"\b(?:in|at|to|from|into|near|on|of|visit(?:s|ed|ing)?|hosted by|outside)(?: the)?(?: city of| capital of| capital,?| town of)?\s*$"
)
HERE: Final = re.compile(
    r"\b(?:in|at)(?: the)?(?: city of| capital of| capital,?| town of| Kingdom of| Republic of)?\s*$",
    re.IGNORECASE,
)
VISITED: Final = re.compile(
    r"\b(?:(?:visit|trip|tour)(?: \w+){0,2} (?:to|in)|visiting|visits|visited|arriv\w+ in|travel\w* to)(?: the)?(?: (?:republic|kingdom|state) of(?: the)?)? $"
)
# "discussed the situation in Mali": where that is, nobody met
MATTER_IN: Final = re.compile(
    r"\b(?:situation|conflict|war|crisis|hostilities|fighting|violence|ceasefire|peace process|unrest|invasion|aggression)(?: on the ground)? (?:in|of)(?: the)? (?:[A-Z][\w’'-]*+(?: [A-Z][\w’'-]*+){0,3}(?:,? and (?:the )?|, (?:the )?))*$"
)
REACH: Final = 240  # characters back from a place to the matter that its list belongs to
PAIR: Final = re.compile(r" ?[-–] ?[A-Z]")  # "in the Slovakia - Ukraine direction"
INSIDE: Final = re.compile(
    r"\b(?:in|at)(?: the)? (?:[A-Z]\w+ )?[A-Z]\w+[’']s? $"
)  # "in Uzbekistan's Samarkand"


def place_of(reading: Reading, cast: Cast, text: str, low: str, sentence: Sentence) -> Mention | None:
    """The place that the sentence gives the act: "in Lima", after the trigger first; a city before its country."""
    trigger = reading.trigger
    found: list[tuple[int, Mention]] = []
    for m in cast.of_kind(sentence.start_char, sentence.end_char, "place", "country", "region"):
        if m.use != "name":
            continue
        if is_of_matter(reading, low, m.start_char) or came_before(reading, low, m.end_char):
            continue
        before = text[max(sentence.start_char, m.start_char - 30) : m.start_char]
        if cast.kind(m) == "country" and PAIR.match(text, m.end_char):
            continue
        if trigger.act in ENCOUNTERS and MATTER_IN.search(
            text, max(sentence.start_char, m.start_char - REACH), m.start_char
        ):
            continue
        pattern = IN if trigger.act == "visit" else HERE
        if not (pattern.search(before) or INSIDE.search(before)) or is_of_another(reading, low, m.start_char):
            continue
        gap = m.start_char - trigger.end if m.start_char >= trigger.end else trigger.start - m.end_char + 60
        found.append((gap + (15 if cast.kind(m) != "place" else 0), m))
    return min(found, key=lambda f: f[0])[1] if found else None


def place_visited(cast: Cast, low: str, sentence: Sentence) -> Mention | None:
    """Where somebody is on a visit, as a sentence says: there the meetings of the visit were."""
    for m in cast.of_kind(sentence.start_char, sentence.end_char, "place", "country"):
        if m.use == "name" and VISITED.search(low, sentence.start_char, m.start_char):
            return m
    return None


def place_of_main(
    reading: Reading, cast: Cast, text: str, low: str, own: Sequence[Sentence]
) -> Mention | None:
    """Where the sentences that state the main event, that of its words first, say that it was."""
    told = next((m for s in own if (m := place_of(reading, cast, text, low, s))), None)
    if told is None and reading.trigger.act in ENCOUNTERS:
        return next((m for s in own if (m := place_visited(cast, low, s))), None)
    return told
