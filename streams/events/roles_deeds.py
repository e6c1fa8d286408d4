"""Who does what to whom: sanctions, attacks, summonses, expulsions and what else is done."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import Final

from streams.annotation import Mention, Participant
from streams.events.cast import ACTORS, is_in_office, of_country, participant, subject
from streams.events.quotes import is_quoted
from streams.events.roles_issuers import BODY, agents, issuers
from streams.events.roles_stances import statement
from streams.events.roles_targets import POSSESSIVE, objects
from streams.events.scene import LISTED, Scene, between, is_passive, openers
from streams.extract.sentences import Sentence

HIT: Final = re.compile(
    r"\b(?:sanction\w*|designat\w+|list(?:s|ed|ing|ings)|includ\w+|ban\w*|freez\w+|freeze|blacklist\w*|target\w*|impos\w+|against|measures|expel\w*|persona non grata|ineligible|asset|entit(?:y|ies)|individuals|companies)\b"
)
AGAINST: Final = re.compile(
    r"\b(?:on|against|includ\w+|target\w*|list(?:s|ed|ing)?|designat\w+|sanction\w*|entit(?:y|ies),?|individuals,?|compan(?:y|ies),?|persons,?|banks?,?|as well as)(?: [\w’'-]+){0,4}\s*$"
)
ON_STATE: Final = re.compile(
    r"\b(?:on|against|in|including|target\w*|of|from|list(?:s|ed)|designat\w+|sanction\w*)(?: \w+){0,3}\s*$"
)
AGAINST_STATE: Final = re.compile(r"\bagainst(?: the)?\s*$")
SPOKEN_OF: Final = re.compile(
    r"\b(?:condemned|rejected|denounced|criticis\w+|criticiz\w+|deplored|welcomed|noted|reported|discussed|investigated|stopped|prevented|foiled)\b"
)
OVER: Final = re.compile(r"\b(?:over|at|for|about|on|condolences?|sympath\w+|concern\w*|reaction|response)\b")
SAYS: Final = re.compile(r"^,? (?:said|says|stated|announced|added|noted|told|wrote|welcomed|stressed)\b")
ENVOY: Final = re.compile(
    r"ambassador|charg[ée]|envoy|diplomat|chief of mission|head of mission|high commissioner|attach[ée]|counsell?or|consul"
)
VICTIM: Final = re.compile(
    r"(?:\b(?:on|against|targeting|upon)|\b(?:bombings?|shelling|assassination|killings?|murder|abduction|kidnapping|invasion) of)"
    r"(?: the| its| his)?(?: (?:republic|state|kingdom|territory|people|government|city|embassy) of(?: the)?)? $"
)
# "two Peruvian nationals were killed", "the Embassy in Lima was attacked", not "Peru condemned the raid in which nine were"
UNDERGOES: Final = re.compile(
    r"(?:,? who| (?!(?:sa(?:id|ys)|that|which|after|when|where|and|confirm|report|condemn|announc|mourn)\w*)[\w’'-]+){0,3} ?"
)
# "Russia's tactics in Ukraine, including its attacks": the owner named before attacks
OWNS: Final = re.compile(
    r"['’]s? | (?:has|had|is|was|(?:continu|launch|carri|intensif|escalat|resum|beg[ai]n|conduct|wag)\w*) | (?:for|over|because of|to (?:end|stop|halt|cease)) its "
)
ITS: Final = re.compile(r"\bits (?:[\w-]+ ){0,3}$")
CARRIED_OUT: Final = re.compile(  # "Russia launched an attack"
    r"(?<!was )(?<!were )\b(?:carried out|launched|conducted|committed|perpetrated|mounted)(?: an?| the| its)?(?: [\w-]+){0,4} $"
)
REACH: Final = 70  # characters behind an attack in which its victim is named
# between a diplomat's office and another person, who is none: "its ambassador after NAME called"
BREAKS_OFF: Final = re.compile(r"\b(?:after|because|following|when|over|since|until|as)\b")
MINISTRY: Final = re.compile(r"\b(?:ministry|department|foreign office|government|council)\b", re.IGNORECASE)
TAKEN_PART: Final = frozenset({"cooperate", "ceasefire", "deal", "discuss"})


def sanctions(scene: Scene) -> Iterator[Participant]:
    """Who imposes or lifts; who is hit: those named in the lists and sentences of the measure, else the state."""
    cast = scene.cast
    by = list(issuers(scene))
    by = [p for p in by if not p.entity_id.startswith("person:")] or by
    yield from by
    taken = {p.entity_id for p in by} | {f"country:{p.country}" for p in by if p.country}
    hit = [m for m in _hit(scene) if m.entity_id not in taken]
    sides: set[str | None] = {p.country for p in by if p.country} or {cast.home}
    for m in hit or [m for m in _states_hit(scene, sides) if m.entity_id not in taken]:
        yield participant(cast, m, "recipient", "target")


def _hit(scene: Scene) -> Iterator[Mention]:
    """Persons and organisations that the measure names: in the sentences that speak of it, and in lists after it."""
    cast, trigger = scene.cast, scene.reading.trigger
    spans = [s for s in scene.sentences if s in scene.own]
    if scene.main:
        spans += [
            s
            for s in scene.sentences
            if s not in spans
            and s.start_char > trigger.end
            and (LISTED.match(s.text) or HIT.search(scene.low, s.start_char, s.end_char))
        ]
    for s in spans:
        inside = LISTED.match(s.text) is not None and s.start_char > trigger.end
        for m in cast.of_kind(s.start_char, s.end_char, "person", "organization"):
            before = scene.low[max(s.start_char, m.start_char - 60) : m.start_char]
            inside = inside or (m.start_char >= trigger.end and AGAINST.search(before) is not None)
            if m.use == "name" and inside and not _acts(scene, m) and not _is_spoken(scene, m):
                yield m


def _is_spoken(scene: Scene, m: Mention) -> bool:
    """Whether a name stands in somebody's words; one that is itself in quotes does not."""
    return scene.text[m.start_char - 1 : m.start_char] not in {'"', "“", "«", "„"} and is_quoted(
        scene.text, m.start_char
    )


def _acts(scene: Scene, m: Mention) -> bool:
    """Whether one named in a measure is of the side that takes it, speaks, or is only part of an office."""
    cast = scene.cast
    if cast.kind(m) == "organization":
        own = cast.country_of(m) == cast.home or BODY.search(m.surface) is not None
        return own or is_in_office(cast, m, scene.text)
    ours = m.office is not None and cast.country_of(m) == cast.home
    return ours or SAYS.match(scene.low[m.end_char : m.end_char + 20]) is not None


def _states_hit(scene: Scene, sides: Container[str | None]) -> Iterator[Mention]:
    """The states other than `sides`, which take the measure, that its sentences name as hit."""
    cast = scene.cast
    for s in scene.own:
        for m in cast.of_kind(s.start_char, s.end_char, "country"):
            before = scene.low[max(s.start_char, m.start_char - 40) : m.start_char]
            other = cast.country_of(m) not in sides
            named = m.use != "title" or AGAINST_STATE.search(
                before
            )  # "the package of sanctions against Peru"
            if other and named and (ON_STATE.search(before) or m.use == "adjective"):
                yield m


def attack(scene: Scene) -> Iterator[Participant]:
    """The attacker: the subject of the verb, or the owner of the deed, or who stands after "by"."""
    cast, trigger = scene.cast, scene.reading.trigger
    sentence = scene.sentences[trigger.sentence]
    if is_passive(scene):
        yield from _was_attacked(scene)
        return
    if trigger.part != "noun" or CARRIED_OUT.search(scene.low, sentence.start_char, trigger.start):
        found = subject(cast, sentence, trigger.start, scene.text)
        if found and cast.kind(found) != "person":
            yield participant(cast, found, "actor")
        yield from _attacked(scene, found)
        return
    if owner := _owner_before(scene):
        yield participant(cast, owner, "actor")
        yield from _attacked(scene, owner)
        return
    for m in cast.of_kind(sentence.start_char, sentence.end_char, "organization", "country"):
        after = scene.text[m.end_char : m.end_char + 40].lower()
        before = scene.low[max(trigger.end, m.start_char - 14) : m.start_char]
        owns = (
            m.end_char <= trigger.start
            and trigger.start - m.end_char < 30
            and not OVER.search(scene.low, m.end_char, trigger.start)
            and (POSSESSIVE.match(after) or m.use == "adjective")
        )
        done = re.search(r"\bby(?: the)?\s*$", before) and not SPOKEN_OF.search(
            scene.low, trigger.end, max(trigger.end, m.start_char)
        )
        if owns or (m.start_char >= trigger.end and done):
            yield participant(cast, m, "actor")
    yield from _attacked(scene, None)


def _owner_before(scene: Scene) -> Mention | None:
    """Whose attack "its attack" is: of the state or body that owns something else before in the sentence."""
    t = scene.reading.trigger
    start = scene.sentences[t.sentence].start_char
    if not ITS.search(scene.low, start, t.start):
        return None
    named = scene.cast.of_kind(start, t.start, "organization", "country")
    return next((m for m in reversed(named) if OWNS.match(scene.low, m.end_char)), None)


def _was_attacked(scene: Scene) -> Iterator[Participant]:
    """As in "Peru was attacked by Chad": the subject is hit, who stands after "by" attacks."""
    cast, t = scene.cast, scene.reading.trigger
    yield from (participant(cast, m, "actor") for m in agents(scene))
    hit = subject(cast, scene.sentences[t.sentence], t.start, scene.text)
    if hit and UNDERGOES.fullmatch(scene.low, hit.end_char, t.start):
        yield participant(cast, hit, "recipient", "target")


def _attacked(scene: Scene, attacker: Mention | None) -> Iterator[Participant]:
    """Who was attacked: "the strikes against Peru", "the assassination of NAME"."""
    cast, t = scene.cast, scene.reading.trigger
    sentence = scene.sentences[t.sentence]
    for m in cast.of_kind(t.end, min(sentence.end_char, t.end + REACH), *ACTORS):
        named = m.use == "name" and (attacker is None or m.entity_id != attacker.entity_id)
        if named and VICTIM.search(scene.low, t.start, m.start_char):
            yield participant(cast, m, "recipient", "target")
            return


def other(scene: Scene) -> Iterator[Participant]:
    """Who does what has no form of its own, and to whom."""
    act = scene.reading.trigger.act
    if act == "summon":
        yield from _summons(scene)
    elif act == "expel":
        yield from _expulsion(scene)
    elif act in TAKEN_PART and (parties := _parties(scene)):
        yield from (participant(scene.cast, m) for m in parties)
    else:
        yield from statement(scene)


def _parties(scene: Scene) -> list[Mention]:
    """Those who do something together: "between X and Y", else the subjects of the fullest sentence."""
    return between(scene) or max((openers(scene, s) for s in reversed(scene.own)), key=len, default=[])


def _envoys(scene: Scene, by: Sequence[Participant] = ()) -> list[Mention]:
    """Diplomats whom the sentences name, with or without an ambassador's title: behind the verb, or before a passive one.

    They are of another state than `by`, who summon or expel, or than the issuer where nobody is known to.
    """
    own = {p.country for p in by} - {None} or {scene.cast.home}
    cast, t = scene.cast, scene.reading.trigger
    at, passive = scene.sentences[t.sentence], is_passive(scene)
    active = t.part != "noun" and not passive
    return [
        m
        for s in scene.own
        for m in cast.of_kind(s.start_char, s.end_char, "person")
        if cast.is_named(m)
        and not (active and at.start_char <= m.start_char < t.start)
        and (cast.country_of(m) not in own or (passive and m.start_char < t.start))
        and _is_envoy(scene, s, m)
    ]


def _is_envoy(scene: Scene, sentence: Sentence, mention: Mention) -> bool:
    """Whether the words around a person call a diplomat's office, in the same clause."""
    start, end = mention.start_char, mention.end_char
    before = [*ENVOY.finditer(scene.low, max(sentence.start_char, start - 90), start)]
    if before and not BREAKS_OFF.search(scene.low, before[-1].end(), start):
        return True
    after = ENVOY.search(scene.low, end, min(sentence.end_char, end + 60))
    return after is not None and not BREAKS_OFF.search(scene.low, end, after.start())


def _summons(scene: Scene) -> Iterator[Participant]:
    """The ministry that summons, and the envoy; one without a name stands for the sending state."""
    cast = scene.cast
    by = list(issuers(scene))
    by = [p for p in by if cast.home is None or p.country in {None, cast.home}] or by
    envoys = _envoys(scene, [p for p in by if p.entity_id.startswith("organization:")])
    named = {m.entity_id for m in envoys}
    bodies = [
        m
        for s in scene.own
        for m in cast.of_kind(s.start_char, s.end_char, "organization")
        if MINISTRY.search(cast.entities[m.entity_id].name) and cast.country_of(m) in {None, cast.home}
    ]
    bodies.sort(key=lambda m: cast.country_of(m) is None)
    by = [p for p in by if p.entity_id not in named]
    yield from by or [participant(cast, m, "actor", "speaker") for m in bodies[:1]]
    for m in envoys[:1]:
        yield participant(cast, m, "recipient", "target")
    if envoys:
        return
    for s in scene.own:
        for m in cast.of_kind(s.start_char, s.end_char, "country"):
            near = scene.low[max(s.start_char, m.start_char - 40) : m.end_char + 24]
            if cast.country_of(m) != cast.home and ENVOY.search(near):
                yield participant(cast, m, "recipient", "target")
                return


def _expulsion(scene: Scene) -> Iterator[Participant]:
    """Who expels, and whom: the diplomats named, else their state."""
    cast = scene.cast
    envoys = _envoys(scene)
    named = {m.entity_id for m in envoys}
    by = [p for p in issuers(scene) if p.entity_id not in named]
    if scene.main:
        by = [p for p in by if cast.home is None or p.country in {None, cast.home}] or by
    yield from by or ([of_country(cast.home, "actor", "speaker")] if cast.home else [])
    if envoys:
        yield from (participant(cast, m, "recipient", "target") for m in envoys)
        return
    sides = {p.country for p in by if p.country} or ({cast.home} if cast.home else set())
    taken = {p.entity_id for p in by} | {f"country:{side}" for side in sides}
    for s in scene.own:
        for m in cast.of_kind(s.start_char, s.end_char, "country", "organization"):
            if m.entity_id not in taken and cast.country_of(m) not in {None, *sides}:
                yield participant(cast, m, "recipient", "target")
                return
    yield from (
        participant(cast, m, "recipient", "target") for m in objects(scene) if m.entity_id not in taken
    )
