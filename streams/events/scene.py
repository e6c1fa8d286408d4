"""What the roles of an event are read from: its sentences, its persons, its sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from streams.annotation import Mention
from streams.events.cast import SPEAKS_FOR, Cast, speaker
from streams.events.triggers import Reading
from streams.extract.sentences import Sentence

ALSO_THERE: Final = re.compile(
    r"\b(?:attended by|also attend\w*|were present|was present|also present|in attendance|accompanied by|taking part in|took part in|took part|participat\w+|joined by|those present|delegation (?:included|comprised|consisted)|present at|present on|along with|graced)\b"
)
CONSTITUENCY: Final = re.compile(r"\b(?:in|from|at|near|outside)(?: the)?\s*$", re.IGNORECASE)
ON: Final = re.compile(r"\b(?:on|regarding|about|welcoming|following)\b")
INVITED: Final = re.compile(
    r"\binvitation (?:of|from|by|extended by)\b[^.;]{0,90}$|\binvited by\b[^.;,]{0,60}$|\bon behalf of\b[^.;,]{0,60}$"
)
BETWEEN: Final = re.compile(r"\bbetween\b[^.;]{0,140}")
SPEAKS: Final = re.compile(
    r"\s*,?\s*(?:\w+ly |also |further |then |in turn |for (?:his|her) part,? |has |have )*(?:said|stated|noted|stressed|informed|elaborated|briefed|welcomed"
    r"|emphasi[sz]ed|expressed|thanked|underlined|underscored|highlighted|pointed out|reiterated|reaffirmed|confirmed|conveyed|praised|commended|appreciated"
    r"|congratulated|shared|added|assured|proposed|called|invited|affirmed|acknowledged|spoke|told|outlined|presented)\b"
)
IN_TURN: Final = re.compile(r"\b(?:according to|(?:for|on) (?:his|her) part,|in turn,)(?: [\w’'.-]+){0,6} $")
FIRST_PERSON: Final = re.compile(r"\b(?:i|we|my)\b[^.;]{0,40}$")


class Scene(NamedTuple):
    """What the roles of an event are read from."""

    reading: Reading
    cast: Cast
    text: str
    low: str
    sentences: tuple[Sentence, ...]
    own: tuple[Sentence, ...]  # the sentences that state it
    main: bool


def persons_in(scene: Scene, sentences: tuple[Sentence, ...]) -> Iterator[Mention]:
    """Persons by name, without the spokesperson who only tells of the event."""
    for s in sentences:
        for m in scene.cast.of_kind(s.start_char, s.end_char, "person"):
            told_by = SPEAKS_FOR.search(scene.low, s.start_char, m.start_char)
            if INVITED.search(scene.low, s.start_char, m.start_char):
                continue
            if scene.cast.is_named(m) and not (told_by and ON.search(scene.low, m.end_char, s.end_char)):
                yield m


def company(scene: Scene) -> tuple[Sentence, ...]:
    """The sentences that say who else was there."""
    if not scene.main:
        return ()
    return tuple(s for s in scene.sentences if ALSO_THERE.search(scene.low, s.start_char, s.end_char))


def interlocutors(scene: Scene) -> list[Mention]:
    """Who speaks in a conversation whose lead names nobody: the persons to whom the text gives words."""
    cast = scene.cast
    return [
        m
        for m in cast.mentions
        if cast.kind(m) == "person"
        and cast.is_named(m)
        and (
            SPEAKS.match(scene.low, m.end_char)
            or IN_TURN.search(scene.low, max(0, m.start_char - 60), m.start_char)
        )
    ]


def is_told_by(scene: Scene, mention: Mention) -> bool:
    """Whether a person only speaks of the event that a noun names: "the Minister welcomed the results of the Forum"."""
    return (
        mention.end_char <= scene.reading.trigger.start
        and SPEAKS.match(scene.low, mention.end_char) is not None
    )


def between(scene: Scene) -> list[Mention]:
    """The states of "between X and Y", also inside the name of an agreement."""
    for s in scene.own:
        for m in BETWEEN.finditer(scene.low, s.start_char, s.end_char):
            states = scene.cast.of_kind(m.start(), m.end(), "country")
            if len({o.entity_id for o in states}) > 1:
                return states
    return []


def sides_named(scene: Scene, *kinds: str) -> list[Mention]:
    """Organisations and states that the sentences of the event name as sides."""
    found = []
    for s in scene.own:
        for m in scene.cast.of_kind(s.start_char, s.end_char, *kinds):
            before = scene.text[max(s.start_char, m.start_char - 16) : m.start_char]
            if m.use in {"name", "pronoun"} and not CONSTITUENCY.search(before):
                found.append(m)
    return found


def is_first_person(scene: Scene) -> bool:
    """Whether the issuer speaks of an own act: "I will travel to"."""
    t = scene.reading.trigger
    start = scene.sentences[t.sentence].start_char
    return t.part != "noun" and FIRST_PERSON.search(scene.low, start, t.start) is not None


def who_speaks(scene: Scene) -> list[Mention]:
    """The speaker, else the state at home: who "I" and "we" are."""
    cast = scene.cast
    spoken = speaker(cast, scene.sentences, scene.text)
    if spoken and cast.country_of(spoken) in {None, cast.home}:
        return [spoken]
    key = f"country:{cast.home}"
    return [m for m in cast.mentions if m.entity_id == key][:1] if cast.home else []
