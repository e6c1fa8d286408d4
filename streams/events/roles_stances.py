"""Who says or does something to whom: statements, messages, aid, sanctions, attacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from streams.annotation import Mention, Participant
from streams.events.cast import of_country, participant, speaker, subject
from streams.events.scene import Scene

TO: Final = re.compile(
    r"\b(?:to|for|with|on|against|in|inside|of)(?: the)?(?: (?:government|people|republic|kingdom|families|friends|loved ones|victims|new|authorities)(?: and people)?(?: of)?(?: the)?)*\s*$",
    re.IGNORECASE,
)
SUPPORT_LEAD: Final = 4
ADJACENT: Final = 5
LEAD_OF_JOINT: Final = 4
DOER: Final = re.compile(r"\bby(?: the)?\s*$")
PARTY: Final = re.compile(
    r"\b(?:between|government of|governments of|people of|leaders of|authorities of|between (?:[\w’']+ ){1,8}and)(?: the)?(?: \w+ of)?(?: the)?\s*$"
)
VIOLENT: Final = re.compile(
    r"^(?: (?:regime|forces|terrorists|militants|fighters))?(?: \w+){0,2} (?:have |has |had )?(?:killed|kills|murder\w*|target\w*|attack\w*|bomb\w*|launch\w*|fired|claim\w*|carried|executed|abduct\w*|invaded|shell\w*|struck|massacr\w*|commit\w*|responsib\w*)"
)
TITLE_VERB: Final = re.compile(r"(?: and [\w ]{2,20})? (?:\w+ly )?[a-z]+(?:s|ed)?\b")
POSSESSIVE: Final = re.compile(r"^['’]s?\s")
REGIME: Final = re.compile(
    r"^\s?(?:regime|forces|authorities|government|troops|army|military)\b", re.IGNORECASE
)


def _issuers(scene: Scene) -> Iterator[Participant]:
    """Who makes a statement: the subject of its verb, the speaker, else the state that plainly speaks."""
    cast, trigger = scene.cast, scene.reading.trigger
    sentence = scene.sentences[trigger.sentence]
    found = subject(cast, sentence, trigger.start, scene.text) or _first_of_title(scene)
    spoken = speaker(cast, scene.sentences, scene.text) if scene.main else None
    if found:
        yield participant(cast, found, "actor", "speaker")
    if spoken:
        yield participant(cast, spoken, "actor", "speaker")
    if found or spoken:
        return
    if cast.issuer and cast.issuer in cast.entities:
        yield Participant(cast.issuer, "actor", "speaker", cast.entities[cast.issuer].country)
    elif cast.home and (cast.publisher or _speaks_of_itself(scene)):
        yield of_country(cast.home, "actor", "speaker")


def _first_of_title(scene: Scene) -> Mention | None:
    """The state or organisation that a title names before its verb: "EU adopts ...", not "Syria: ..."."""
    if not scene.main or scene.own[0].start_char != scene.sentences[0].start_char:
        return None
    title = scene.sentences[0]
    for m in scene.cast.of_kind(title.start_char, title.end_char, "organization", "country"):
        follows = scene.text[m.end_char : m.end_char + 1] != ":" and m.use == "name"
        opens = m.start_char == title.start_char or scene.text[m.start_char - 2 : m.start_char] == ": "
        if follows and opens and TITLE_VERB.match(scene.low, m.end_char):
            return m
    return None


def _speaks_of_itself(scene: Scene) -> bool:
    """Whether the state that we take for the issuer's opens a sentence or has its government named."""
    key = f"country:{scene.cast.home}"
    opens = {s.start_char for s in scene.sentences}
    for m in scene.cast.mentions:
        if m.entity_id != key or m.use == "title":
            continue
        at = m.start_char - 4 if scene.low.startswith("the ", m.start_char - 4) else m.start_char
        government = (
            scene.low.startswith((" government", "’s", "'s", "ns "), m.end_char) and m.use == "adjective"
        )
        if government or (at in opens and scene.text[m.end_char : m.end_char + 1] != ":"):
            return True
    return False


def _targets(scene: Scene) -> Iterator[Mention]:
    """Who is criticised, asked or supported: the owner of the deed, or the doer after "by"."""
    cast, trigger = scene.cast, scene.reading.trigger
    sentence = scene.sentences[trigger.sentence]
    found = []
    for m in cast.of_kind(trigger.end, sentence.end_char, "organization", "country", "person"):
        before = scene.text[max(trigger.end, m.start_char - 30) : m.start_char]
        after = scene.text[m.end_char : m.end_char + 14]
        owner = POSSESSIVE.match(after) or REGIME.match(after)
        direct = m.start_char - trigger.end <= ADJACENT and m.use != "adjective"
        if owner or DOER.search(before) or direct:
            found.append(m)
    if trigger.act == "welcome" and scene.main:
        found += _supported(scene)
    topic = [
        m
        for m in cast.of_kind(0, scene.sentences[0].end_char, "country")
        if scene.text[m.end_char : m.end_char + 1] == ":"
    ]
    if not found and trigger.act in {"condemn", "request", "warn"}:
        found = topic
    if found or trigger.act not in {"condemn", "request"} or not scene.main:
        yield from found
        return
    yield from _doers(scene)


def _supported(scene: Scene) -> list[Mention]:
    """Whose deed is welcomed: the parties of an agreement, the government that acted, in the first sentences."""
    cast = scene.cast
    found = []
    for s in scene.sentences[:SUPPORT_LEAD]:
        for m in cast.of_kind(s.start_char, s.end_char, "organization", "country"):
            before = scene.low[max(s.start_char, m.start_char - 60) : m.start_char]
            if PARTY.search(before) and cast.country_of(m) != cast.home:
                found.append(m)
    return found


def _doers(scene: Scene) -> list[Mention]:
    """Who did what is condemned, named anywhere in the text: "X killed", "by X", "the X regime"."""
    cast = scene.cast
    for m in cast.mentions:
        if cast.kind(m) not in {"organization", "country"} or m.use not in {"name", "adjective"}:
            continue
        after = scene.low[m.end_char : m.end_char + 40]
        before = scene.low[max(0, m.start_char - 12) : m.start_char]
        if cast.kind(m) == "organization" and (
            VIOLENT.match(after) or re.search(r"\bby(?: the)?\s*$", before)
        ):
            return [m]
        if REGIME.match(after) and VIOLENT.search(after):
            return [m]
    return []


def statement(scene: Scene) -> Iterator[Participant]:
    issuers = list(_issuers(scene))
    yield from issuers
    taken = {p.entity_id for p in issuers}
    for m in _targets(scene):
        if m.entity_id not in taken:
            yield participant(scene.cast, m, "recipient", "target")


def message(scene: Scene) -> Iterator[Participant]:
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


def aid(scene: Scene) -> Iterator[Participant]:
    cast, trigger = scene.cast, scene.reading.trigger
    issuers = list(_issuers(scene))
    yield from issuers
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
    named = [
        m
        for s in scene.own
        for m in cast.of_kind(s.start_char, s.end_char, "country")
        if m.entity_id not in taken
    ]
    if not named and scene.main:
        named = [m for m in cast.mentions if cast.kind(m) == "country" and m.entity_id not in taken]
    if named:
        yield participant(cast, named[0], "recipient", "beneficiary")
    elif scene.main and cast.home and f"country:{cast.home}" not in taken:
        yield of_country(cast.home, "recipient", "beneficiary")


def sanctions(scene: Scene) -> Iterator[Participant]:
    issuers = list(_issuers(scene))
    issuers = [p for p in issuers if not p.entity_id.startswith("person:")] or issuers
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


def attack(scene: Scene) -> Iterator[Participant]:
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


def joint(scene: Scene) -> Iterator[Participant]:
    """All who issue a joint statement: the states of its title, or those that "we" are."""
    cast = scene.cast
    lead = scene.sentences[: LEAD_OF_JOINT + 1]
    states: list[Mention] = []
    for s in lead:
        states = [
            m
            for m in cast.of_kind(s.start_char, s.end_char, "country", "organization")
            if m.use in {"name", "title", "adjective"}
        ]
        if len({cast.country_of(m) for m in states}) > 1:
            break
    for m in states:
        if cast.kind(m) == "country" or not any(cast.kind(o) == "country" for o in states):
            yield participant(cast, m, "actor", "speaker")


def summons(scene: Scene) -> Iterator[Participant]:
    """An ambassador who is summoned stands for the sending state."""
    cast = scene.cast
    if scene.reading.trigger.act != "summon":
        yield from statement(scene)
        return
    for s in scene.own:
        for m in cast.of_kind(s.start_char, s.end_char, "country", "person"):
            near = scene.low[max(s.start_char, m.start_char - 40) : m.end_char + 24]
            if re.search(r"ambassador|charg[ée]|envoy|diplomat", near):
                yield participant(cast, m, "recipient", "target")
                return
