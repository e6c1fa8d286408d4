"""What the choice of the main event looks at: all readings of a release, its title, and whose acts they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from streams.events.triggers import Reading, Trigger
from streams.events.wording import Suggestion
from streams.extract.sentences import Sentence

LEAD: Final = 8  # sentences of the body in which a title's event is looked for
STATEMENT: Final = re.compile(
    r"^(?:\W*(?:press|joint|media|news|official|media)?\s?(?:release|statement|remarks?|comments?|response|declaration|communiqu[ée]|message|note)\b|[\w.,’' -]{0,80}\b(?:statement|comments|response|reaction|remarks) (?:on|to|by|following|regarding|about|concerning)\b)"
)
COMMENT: Final = re.compile(
    r"\b(?:comments? on|reacts? to|reaction to|responds? to|response to|responded to|comment on|on the situation|regarding)\b"
)
JOINT: Final = re.compile(
    r"\b(?:joint|trilateral|quadrilateral|leaders['’]?|ministers['’]?) (?:press )?(?:statement|communiqu[ée]|declaration|release)|\bcommuniqu[ée]\b"
)
FRAME: Final = re.compile(
    r"\b(during|following|after|ahead of|before|on the sidelines of|on the margins of|as part of|within the framework of|in the framework of|in the course of|on the occasion of|prior to|in connection with|results of|outcomes? of|within)(?: [\w’'“”\"–-]+){0,9}\s*$"
)
WIDE: Final = 90  # characters before an event in which its frame is looked for
ENCOUNTERS: Final = frozenset(
    {"visit", "meet", "call", "negotiate", "summit", "conference", "sign", "credentials"}
)
MEASURES: Final = frozenset(
    {"sanction", "expel", "lift", "withdraw", "mobilize", "coerce", "cancel", "attack", "condemn", "protest"}
)  # what somebody does to others, and releases of those others speak of


class Order(NamedTuple):
    """How the readings of a release stand to each other, counted once."""

    first: Mapping[str, Trigger]  # the first of each act
    often: Mapping[str, int]  # how many there are of each act
    nth: Mapping[Trigger, int]  # how many stand before it in its sentence
    before: Mapping[Trigger, int]  # how many of its act stand before it
    named: frozenset[str]  # the acts of the title


def order(readings: Sequence[Reading], titles: int) -> Order:
    first: dict[str, Trigger] = {}
    often, within = Counter[str](), Counter[int]()
    nth: dict[Trigger, int] = {}
    before: dict[Trigger, int] = {}
    for r in readings:
        first.setdefault(r.trigger.act, r.trigger)
        often[r.trigger.act] += 1
        nth[r.trigger], before[r.trigger] = within[r.trigger.sentence], often[r.trigger.act] - 1
        within[r.trigger.sentence] += 1
    return Order(
        first, often, nth, before, frozenset(r.trigger.act for r in readings if r.trigger.sentence < titles)
    )


class Page(NamedTuple):
    """The readings of a release in order of the text, with what tells which of them counts."""

    readings: Sequence[Reading]
    sentences: Sequence[Sentence]
    titles: int  # how many sentences the title has
    head: str  # the title, in lower case
    low: str
    is_own: Callable[[Reading], bool]
    is_of_others: Callable[[Reading], bool]  # a measure that the sentence itself says others took
    subject_of: Callable[[Reading], str]  # what is the subject: its kind, and whether of the issuer's side
    suggested: Callable[[int], Suggestion]  # what the wording of a sentence suggests
    outlined: Callable[[], Suggestion]  # what title and lead together suggest
    encoded: Callable[[], Suggestion]  # what the encoder makes of them; asked for only in doubt
    order: Order
    around: Callable[[int], tuple[str, ...]]  # what a sentence names: days, places, parties
    asked: frozenset[int]  # the sentences that only ask
    put: frozenset[int]  # those with which a reporter leads up to a question: never the main event
    known: dict[Reading, Sequence[str]]  # the features of readings, once they are asked for
    frames: dict[int, str | None]  # likewise, by where the event is named

    @property
    def of_title(self) -> list[Reading]:
        return [r for r in self.readings if r.trigger.sentence < self.titles]

    @property
    def body(self) -> list[Reading]:
        return [r for r in self.readings if r.trigger.sentence >= self.titles]

    @property
    def lead(self) -> list[Reading]:
        return [r for r in self.body if r.trigger.sentence < self.titles + LEAD]

    def frame(self, reading: Reading) -> str | None:
        """The words that make an event the surroundings of another: "during" his visit, "outcomes of" the summit."""
        at = reading.trigger.start
        if reading.trigger.part != "noun":
            return None
        if at not in self.frames:
            found = FRAME.search(self.low, max(0, at - WIDE), at)
            self.frames[at] = found[1] if found else None
        return self.frames[at]

    def is_frame(self, reading: Reading) -> bool:
        """What surrounds the event and is not the event ("during his visit", "following the meeting")."""
        return self.frame(reading) is not None


def is_usable(reading: Reading) -> bool:
    """Whether a release can exist to report it: neither denied nor demanded nor merely thought of."""
    return reading.assertion in {"asserted", "alleged"} or reading.trigger.act == "reject"
