"""Who did what with whom: the participants of an event by its form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from streams.annotation import Mention, Participant
from streams.events.cast import Cast, of_country, participant, speaker, subject, unique
from streams.events.triggers import Reading
from streams.extract.sentences import Sentence

ALSO_THERE: Final = re.compile(
    r"\b(?:attended by|also attend\w*|were present|was present|also present|in attendance|accompanied by|taking part in|took part in|took part|participat\w+|joined by|those present|delegation (?:included|comprised|consisted)|present at|present on|along with|graced)\b"
)
CONSTITUENCY: Final = re.compile(r"\b(?:in|from|at|near|outside)(?: the)?\s*$", re.IGNORECASE)
BY: Final = re.compile(
    r"\b(?:by|against|on|at|of|to|from)(?: the| its| their)?(?: [a-z]+){0,2}\s*$", re.IGNORECASE
)
TO: Final = re.compile(
    r"\b(?:to|for|with|on|against|in|inside|of)(?: the)?(?: (?:government|people|republic|kingdom|families|friends|loved ones|victims|new|authorities)(?: and people)?(?: of)?(?: the)?)*\s*$",
    re.IGNORECASE,
)
POSSESSIVE: Final = re.compile(r"^['’]s?\s")
REGIME: Final = re.compile(
    r"^\s?(?:regime|forces|authorities|government|troops|army|military)\b", re.IGNORECASE
)


class Scene(NamedTuple):
    """What the roles of an event are read from."""

    reading: Reading
    cast: Cast
    text: str
    low: str
    sentences: tuple[Sentence, ...]
    own: tuple[Sentence, ...]  # the sentences that state it
    main: bool


def _persons(scene: Scene, sentences: tuple[Sentence, ...]) -> Iterator[Mention]:
    for s in sentences:
        for m in scene.cast.of_kind(s.start_char, s.end_char, "person"):
            yield m


def _company(scene: Scene) -> tuple[Sentence, ...]:
    """The sentences that say who else was there."""
    if not scene.main:
        return ()
    return tuple(s for s in scene.sentences if ALSO_THERE.search(scene.low, s.start_char, s.end_char))


def _sides(scene: Scene, *kinds: str) -> list[Mention]:
    """Organisations and states that the sentences of the event name as sides."""
    found = []
    for s in scene.own:
        for m in scene.cast.of_kind(s.start_char, s.end_char, *kinds):
            before = scene.text[max(s.start_char, m.start_char - 16) : m.start_char]
            if m.use in {"name", "pronoun"} and not CONSTITUENCY.search(before):
                found.append(m)
    return found


def _together(scene: Scene) -> Iterator[Participant]:
    """All who take part: the persons; where a side has none, its state or organisation."""
    cast = scene.cast
    persons = list(_persons(scene, scene.own))
    if persons and scene.main:
        persons += list(_persons(scene, _company(scene)))
    for m in persons:
        yield participant(cast, m)
    seen = {cast.country_of(m) for m in persons} - {None}
    if len({m.entity_id for m in persons}) > 1 and len(seen) != 1:
        return
    adjectives = [
        m
        for s in scene.own
        for m in cast.of_kind(s.start_char, s.end_char, "country")
        if m.use in {"adjective", "title"} and cast.country_of(m) not in seen
    ]
    sides = [m for m in _sides(scene, "country", "organization", "region") if cast.country_of(m) not in seen]
    for m in sides or adjectives:
        yield participant(cast, m)


def _visit(scene: Scene) -> Iterator[Participant]:
    cast, trigger = scene.cast, scene.reading.trigger
    sentence = scene.sentences[trigger.sentence]
    visitors = [
        m for m in _persons(scene, scene.own) if m.start_char < trigger.start or trigger.part == "noun"
    ]
    if not visitors:
        found = subject(cast, sentence, trigger.start, scene.text)
        visitors = [found] if found else []
    if not visitors and scene.main and (spoken := speaker(cast, scene.sentences, scene.text)):
        visitors = [spoken]
    guests = {cast.country_of(m) for m in visitors[:1]}
    for m in visitors if scene.main else visitors[:1]:
        if cast.country_of(m) in guests or len(guests) == 0:
            yield participant(cast, m, "actor", "visitor")
    hosts = [m for m in _destinations(scene) if cast.country_of(m) not in guests]
    if not hosts and scene.main and cast.home and cast.home not in guests:
        yield of_country(cast.home, "recipient", "host")
    for m in hosts:
        yield (
            Participant(f"country:{cast.country_of(m)}", "recipient", "host", cast.country_of(m))
            if cast.kind(m) == "place"
            else participant(cast, m, "recipient", "host")
        )


def _destinations(scene: Scene) -> list[Mention]:
    """States after "to", "in" or the verb of travel."""
    cast, found = scene.cast, []
    for s in scene.own:
        for m in cast.of_kind(s.start_char, s.end_char, "country"):
            before = scene.low[max(s.start_char, m.start_char - 30) : m.start_char]
            if m.use == "name" and re.search(
                r"\b(?:to|in|visit\w*|and|tour|,|of|for)(?: the)?(?: (?:republic|kingdom|state|people's republic|federal republic|islamic republic) of(?: the)?)?\s*$",
                before,
            ):
                found.append(m)
    return found


def _issuers(scene: Scene) -> Iterator[Participant]:
    """Who makes a statement: the subject of its verb, the speaker, else the state at home."""
    cast, trigger = scene.cast, scene.reading.trigger
    sentence = scene.sentences[trigger.sentence]
    found = subject(cast, sentence, trigger.start, scene.text)
    spoken = speaker(cast, scene.sentences, scene.text) if scene.main else None
    if found:
        yield participant(cast, found, "actor", "speaker")
    if spoken:
        yield participant(cast, spoken, "actor", "speaker")
    if not found and not spoken:
        if cast.issuer and cast.issuer in cast.entities:
            entity = cast.entities[cast.issuer]
            yield Participant(cast.issuer, "actor", "speaker", entity.country)
        elif cast.home:
            yield of_country(cast.home, "actor", "speaker")


def _targets(scene: Scene) -> Iterator[Mention]:
    """Who is criticised or asked: the owner of the deed or the doer after "by", after the trigger."""
    cast, trigger = scene.cast, scene.reading.trigger
    sentence = scene.sentences[trigger.sentence]
    for m in cast.of_kind(trigger.end, sentence.end_char, "organization", "country", "person"):
        before = scene.text[max(trigger.end, m.start_char - 30) : m.start_char]
        after = scene.text[m.end_char : m.end_char + 14]
        owner = POSSESSIVE.match(after) or REGIME.match(after)
        if owner or re.search(r"\bby(?: the)?\s*$", before) or m.start_char - trigger.end <= 5:
            yield m


def _statement(scene: Scene) -> Iterator[Participant]:
    issuers = list(_issuers(scene))
    yield from issuers
    taken = {p.entity_id for p in issuers}
    for m in _targets(scene):
        if m.entity_id not in taken:
            yield participant(scene.cast, m, "recipient", "target")


def _message(scene: Scene) -> Iterator[Participant]:
    cast, trigger = scene.cast, scene.reading.trigger
    issuers = list(_issuers(scene))
    yield from issuers
    taken = {p.entity_id for p in issuers}
    sentence = scene.sentences[trigger.sentence]
    addressed = [
        m for m in cast.of_kind(trigger.end, sentence.end_char, "person") if m.entity_id not in taken
    ]
    states = [
        m
        for m in cast.of_kind(trigger.end, sentence.end_char, "country")
        if m.entity_id not in taken and (m.use == "name" or not addressed)
    ]
    for m in addressed[:1] or states[:1]:
        yield participant(cast, m, "recipient", "addressee")


def _aid(scene: Scene) -> Iterator[Participant]:
    cast, trigger = scene.cast, scene.reading.trigger
    issuers = list(_issuers(scene))
    yield from issuers[:1]
    taken = {p.entity_id for p in issuers} | {f"country:{p.country}" for p in issuers}
    sentence = scene.sentences[trigger.sentence]
    for s in dict.fromkeys((sentence, *scene.own)):
        for m in cast.of_kind(s.start_char, s.end_char, "country"):
            before = scene.low[max(s.start_char, m.start_char - 40) : m.start_char]
            if (
                m.entity_id not in taken
                and m.use in {"name", "adjective"}
                and (TO.search(before) or m.start_char > trigger.end)
            ):
                yield participant(cast, m, "recipient", "beneficiary")
                return


def _sanctions(scene: Scene) -> Iterator[Participant]:
    issuers = list(_issuers(scene))
    yield from issuers
    cast, taken = scene.cast, {p.entity_id for p in issuers}
    for s in scene.own:
        for m in cast.of_kind(s.start_char, s.end_char, "country", "person", "organization"):
            before = scene.low[max(s.start_char, m.start_char - 40) : m.start_char]
            if (
                m.entity_id not in taken
                and m.use != "title"
                and re.search(r"\b(?:on|against|in|including|target\w*|of)(?: \w+){0,3}\s*$", before)
            ):
                yield participant(cast, m, "recipient", "target")


def _credentials(scene: Scene) -> Iterator[Participant]:
    cast = scene.cast
    persons = list(_persons(scene, scene.sentences if scene.main else scene.own))
    envoys = [
        m
        for m in persons
        if (
            m.office_level == "ambassador"
            or "ambassador" in (m.office or "").lower()
            or "high commissioner" in (m.office or "").lower()
        )
    ]
    keys = {m.entity_id for m in envoys}
    receivers = [
        m
        for m in persons
        if m.entity_id not in keys
        and m.office_level in {"head_of_state", "head_of_government", "minister", "head_of_organization"}
    ]
    for m in envoys:
        yield participant(cast, m, "actor", "sender")
    for m in receivers[:1]:
        yield participant(cast, m, "recipient", "addressee")
    if not envoys:
        yield from _together(scene)


def _appointment(scene: Scene) -> Iterator[Participant]:
    cast, trigger = scene.cast, scene.reading.trigger
    sentence = scene.sentences[trigger.sentence]
    found = subject(cast, sentence, trigger.start, scene.text)
    if found:
        yield participant(cast, found, "actor", None)
    for m in _persons(scene, scene.own):
        if found is None or m.entity_id != found.entity_id:
            yield participant(cast, m, "recipient", "appointee")


def _attack(scene: Scene) -> Iterator[Participant]:
    """The attacker: the subject of the verb, or the owner of the deed, or who stands after "by"."""
    cast, trigger = scene.cast, scene.reading.trigger
    sentence = scene.sentences[trigger.sentence]
    if trigger.part != "noun":
        found = subject(cast, sentence, trigger.start, scene.text)
        if found and cast.kind(found) != "person":
            yield participant(cast, found, "actor")
        return
    for m in cast.of_kind(sentence.start_char, sentence.end_char, "organization", "country"):
        after = scene.text[m.end_char : m.end_char + 40].lower()
        before = scene.low[max(trigger.end, m.start_char - 14) : m.start_char]
        owns = (
            m.end_char <= trigger.start
            and trigger.start - m.end_char < 30
            and (POSSESSIVE.match(after) or m.use == "adjective")
        )
        if owns or (m.start_char >= trigger.end and re.search(r"\bby(?: the)?\s*$", before)):
            yield participant(cast, m, "actor")


def _sign(scene: Scene) -> Iterator[Participant]:
    found = list(_together(scene))
    people = [p for p in found if p.entity_id.startswith("person:")]
    for p in found:
        yield Participant(p.entity_id, p.role, "signatory", p.country, p.office)
    if not people:
        return
    for m in _sides(scene, "country"):
        yield participant(scene.cast, m, "actor", "signatory")


BY_FORM: Final[dict[str, Callable[[Scene], Iterator[Participant]]]] = {
    "meeting": _together,
    "call": _together,
    "negotiation": _together,
    "summit": _together,
    "conference": _together,
    "visit": _visit,
    "signing": _sign,
    "statement": _statement,
    "message": _message,
    "aid": _aid,
    "sanctions": _sanctions,
    "credentials": _credentials,
    "appointment": _appointment,
    "attack": _attack,
    "other": _statement,
}


def participants(scene: Scene, form: str) -> tuple[Participant, ...]:
    """The participants of an event of `form`, each entity once."""
    return unique([p for p in BY_FORM[form](scene) if p.entity_id in scene.cast.entities])
