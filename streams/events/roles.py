"""Who did what with whom: the participants of an event by its form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from streams.annotation import Mention, Participant
from streams.events.cast import SPEAKS_FOR, Cast, of_country, participant, speaker, subject, unique
from streams.events.choice import JOINT
from streams.events.triggers import Reading
from streams.extract.sentences import Sentence

ALSO_THERE: Final = re.compile(
    r"\b(?:attended by|also attend\w*|were present|was present|also present|in attendance|accompanied by|taking part in|took part in|took part|participat\w+|joined by|those present|delegation (?:included|comprised|consisted)|present at|present on|along with|graced)\b"
)
CONSTITUENCY: Final = re.compile(r"\b(?:in|from|at|near|outside)(?: the)?\s*$", re.IGNORECASE)
TO: Final = re.compile(
    r"\b(?:to|for|with|on|against|in|inside|of)(?: the)?(?: (?:government|people|republic|kingdom|families|friends|loved ones|victims|new|authorities)(?: and people)?(?: of)?(?: the)?)*\s*$",
    re.IGNORECASE,
)
ON: Final = re.compile(r"\b(?:on|regarding|about|welcoming|following)\b")
DELEGATES: Final = re.compile(
    r"\bmembers of the (?:\w+ ){0,3}delegation|\bdelegation (?:includes|included|comprises|comprised|consists of)|\bdelegation members"
)
LEADS: Final = re.compile(r"\b(?:lead|leads|led|head|heads|headed) the (?:\w+ )?delegation")
TRAVEL: Final = re.compile(
    r"\b(?:to|visit\w*|tour|and|,)(?: the)?(?: (?:republic|kingdom|state|people's republic|people’s republic|federal republic|islamic republic|hellenic republic|sultanate|commonwealth) of(?: the)?)?\s*$"
)
WITHIN: Final = re.compile(r"\b(?:in|of|for)(?: the)?\s*$")
NEAR_VISIT: Final = 30
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
SIGNED: Final = re.compile(r"\b(?:signed|inked|initialled|initialed|exchanged)\b")
INVITED: Final = re.compile(
    r"\binvitation (?:of|from|by|extended by)\b[^.;]{0,90}$|\binvited by\b[^.;,]{0,60}$|\bon behalf of\b[^.;,]{0,60}$"
)
BETWEEN: Final = re.compile(r"\bbetween\b[^.;]{0,140}")
FIRST_PERSON: Final = re.compile(r"\b(?:i|we|my)\b[^.;]{0,40}$")
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
    """Persons by name, without the spokesperson who only tells of the event."""
    for s in sentences:
        for m in scene.cast.of_kind(s.start_char, s.end_char, "person"):
            told_by = SPEAKS_FOR.search(scene.low, s.start_char, m.start_char)
            if INVITED.search(scene.low, s.start_char, m.start_char):
                continue
            if scene.cast.is_named(m) and not (told_by and ON.search(scene.low, m.end_char, s.end_char)):
                yield m


def _company(scene: Scene) -> tuple[Sentence, ...]:
    """The sentences that say who else was there."""
    if not scene.main:
        return ()
    return tuple(s for s in scene.sentences if ALSO_THERE.search(scene.low, s.start_char, s.end_char))


def _between(scene: Scene) -> list[Mention]:
    """The states of "between X and Y", also inside the name of an agreement."""
    for s in scene.own:
        for m in BETWEEN.finditer(scene.low, s.start_char, s.end_char):
            states = scene.cast.of_kind(m.start(), m.end(), "country")
            if len({o.entity_id for o in states}) > 1:
                return states
    return []


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
    if scene.main:
        persons += list(_persons(scene, _company(scene)))
    seen = {cast.country_of(m) for m in persons} - {None}
    if scene.main and len({m.entity_id for m in persons}) == 1 and cast.home and cast.home not in seen:
        persons += _head_at_home(scene, persons[0].entity_id)
    if scene.main and _is_first_person(scene):
        persons += _home(scene)
    for m in persons:
        yield participant(cast, m)
    seen = {cast.country_of(m) for m in persons} - {None}
    if len({m.entity_id for m in persons}) > 1 and len(seen) != 1:
        return
    sides = _between(scene) or _sides(scene, "country", "organization", "region")
    sides = [m for m in sides if cast.country_of(m) not in seen]
    alone = len({m.entity_id for m in persons}) == 1
    sides = [
        m for m in sides if cast.kind(m) != "organization" or not persons or (alone and cast.country_of(m))
    ] or [
        m
        for s in scene.own
        for m in cast.of_kind(s.start_char, s.end_char, "country")
        if m.use in {"adjective", "title"} and cast.country_of(m) not in seen
    ]
    for m in sides:
        yield participant(cast, m)


def _head_at_home(scene: Scene, other: str) -> list[Mention]:
    """Who met or called where the text first names only the other side: an official of the issuer's state."""
    cast = scene.cast
    persons = [
        m for m in cast.mentions if cast.kind(m) == "person" and m.use == "name" and m.entity_id != other
    ]
    at_home = [m for m in persons if cast.country_of(m) == cast.home and m.office_level]
    return (at_home or [m for m in persons if cast.country_of(m) in {None, cast.home}])[:1]


def _visit(scene: Scene) -> Iterator[Participant]:
    cast, trigger = scene.cast, scene.reading.trigger
    sentence = scene.sentences[trigger.sentence]
    visitors = _delegates(scene) if scene.main else []
    visitors = visitors or _travellers(scene)
    if scene.main and _is_first_person(scene):
        visitors = _home(scene) or visitors
    if not visitors:
        found = subject(cast, sentence, trigger.start, scene.text)
        visitors = [found] if found else []
    if not visitors and scene.main and (spoken := speaker(cast, scene.sentences, scene.text)):
        visitors = [spoken]
    guests = {cast.country_of(m) for m in visitors[:1]}
    for m in visitors if scene.main else visitors[:1]:
        if cast.country_of(m) in {None, *guests}:
            yield participant(cast, m, "actor", "visitor")
    hosts = [m for m in _destinations(scene) if cast.country_of(m) not in guests]
    if not hosts and scene.main and cast.home and cast.home not in guests:
        yield of_country(cast.home, "recipient", "host")
    for m in hosts:
        yield participant(cast, m, "recipient", "host")


def _travellers(scene: Scene) -> list[Mention]:
    """The persons who travel: the subject of the verb and those of its side; all persons of a noun's sentences."""
    cast, trigger = scene.cast, scene.reading.trigger
    sentence = scene.sentences[trigger.sentence]
    persons = list(_persons(scene, scene.own))
    found = subject(cast, sentence, trigger.start, scene.text) if trigger.part != "noun" else None
    if found is None or cast.kind(found) != "person":
        return [m for m in persons if m.start_char < trigger.start or trigger.part == "noun"]
    side = cast.country_of(found)
    return [found] + [m for m in persons if m.start_char < trigger.start and cast.country_of(m) == side]


def _is_first_person(scene: Scene) -> bool:
    """Whether the issuer speaks of an own act: "I will travel to"."""
    t = scene.reading.trigger
    start = scene.sentences[t.sentence].start_char
    return t.part != "noun" and FIRST_PERSON.search(scene.low, start, t.start) is not None


def _home(scene: Scene) -> list[Mention]:
    """The speaker, else the state at home: who "I" and "we" are."""
    cast = scene.cast
    spoken = speaker(cast, scene.sentences, scene.text)
    if spoken and cast.country_of(spoken) in {None, cast.home}:
        return [spoken]
    key = f"country:{cast.home}"
    return [m for m in cast.mentions if m.entity_id == key][:1] if cast.home else []


def _delegates(scene: Scene) -> list[Mention]:
    """The members that a release lists for a delegation."""
    listed = DELEGATES.search(scene.low)
    if not listed:
        return []
    leads = next((s for s in scene.sentences if LEADS.search(scene.low, s.start_char, s.end_char)), None)
    found = list(_persons(scene, (leads,))) if leads and leads.start_char < listed.start() else []
    return found + [
        m
        for m in scene.cast.mentions
        if m.start_char > listed.end() and scene.cast.kind(m) == "person" and m.use == "name"
    ]


def _destinations(scene: Scene) -> list[Mention]:
    """States after "to" or the verb of travel; those of the title where it names any."""
    cast, trigger = scene.cast, scene.reading.trigger
    found: list[Mention] = []
    for s in scene.own:
        here = []
        for m in cast.of_kind(s.start_char, s.end_char, "country"):
            before = scene.low[max(s.start_char, m.start_char - 60) : m.start_char]
            near = abs(m.start_char - trigger.end) < NEAR_VISIT or " be in " in before[-20:]
            if m.use == "name" and (TRAVEL.search(before) or (near and WITHIN.search(before))):
                here.append(m)
        if (
            here
            and s.start_char != scene.sentences[trigger.sentence].start_char
            and not found
            and s is scene.own[0]
        ):
            return here
        found += here
    return found


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


def _sanctions(scene: Scene) -> Iterator[Participant]:
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
    """The signatories: persons where the text names those of both sides, else the states."""
    cast = scene.cast
    persons = list(_persons(scene, scene.own))
    if not persons and scene.main:
        persons = [
            m
            for s in scene.sentences
            if SIGNED.search(scene.low, s.start_char, s.end_char)
            for m in _persons(scene, (s,))
        ]
    if scene.reading.status == "planned" and scene.main:
        persons = []  # a minister who proposes to sign is no signatory yet
    sides = {cast.country_of(m) for m in persons} - {None}
    for m in persons:
        yield participant(cast, m, "actor", "signatory")
    if len(sides) > 1:
        return
    states = [m for m in _between(scene) or _sides(scene, "country") if cast.country_of(m) not in sides]
    for m in states:
        yield participant(cast, m, "actor", "signatory")
    if not states and not sides and cast.home:
        yield of_country(cast.home, "actor", "signatory")


def _joint(scene: Scene) -> Iterator[Participant]:
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


def _summons(scene: Scene) -> Iterator[Participant]:
    """An ambassador who is summoned stands for the sending state."""
    cast = scene.cast
    if scene.reading.trigger.act != "summon":
        yield from _statement(scene)
        return
    for s in scene.own:
        for m in cast.of_kind(s.start_char, s.end_char, "country", "person"):
            near = scene.low[max(s.start_char, m.start_char - 40) : m.end_char + 24]
            if re.search(r"ambassador|charg[ée]|envoy|diplomat", near):
                yield participant(cast, m, "recipient", "target")
                return


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
    "other": _summons,
}


def participants(scene: Scene, form: str) -> tuple[Participant, ...]:
    """The participants of an event of `form`, each entity once."""
    read = _joint if scene.main and form == "statement" and JOINT.search(_head(scene)) else BY_FORM[form]
    found = [p for p in read(scene) if p.entity_id in scene.cast.entities]
    return unique(found)


def _head(scene: Scene) -> str:
    return scene.low[: scene.sentences[0].end_char]
