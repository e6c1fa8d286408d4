"""Who takes part in what people do together: meetings, calls, talks, summits, visits."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Final

from streams.annotation import Mention, Participant
from streams.events.cast import JOINED, of_country, participant, phrase_start, speaker, subject
from streams.events.scene import (
    OF_HIM,
    Scene,
    antecedent,
    between,
    company,
    interlocutors,
    is_first_person,
    is_matter,
    is_told_by,
    leaders,
    persons_in,
    sides_named,
    who_speaks,
)
from streams.events.unnamed import by_office

DELEGATES: Final = re.compile(
    r"\bmembers of the (?:\w+ ){0,3}delegation|\bdelegation(?: (?:will|also|further|that|which|accompanying(?: the)? \w+))* (?:include[sd]?|comprise[sd]?|consist(?:s|ed)? of)|\bdelegation members"
)
LEADS: Final = re.compile(r"\b(?:lead|leads|led|head|heads|headed) the (?:\w+ )?delegation")
TRAVEL: Final = re.compile(
    r"\b(?:to|visit\w*|tour|and|,)(?: the)?(?: (?:republic|kingdom|state|people's republic|people’s republic|federal republic|islamic republic|hellenic republic|sultanate|commonwealth) of(?: the)?)?\s*$"
)
WITHIN: Final = re.compile(r"\b(?:in|of|for)(?: the)?\s*$")
# "talks with Y, who will be in Peru on a visit": Y travels; "thanked Y for her visit", "hosted Y for a visit", too.
WHO: Final = re.compile(r".*?(?P<who>[,)]? who\b)[^.;:]*$", re.DOTALL)
HOSTED: Final = re.compile(
    r"\b(?:thank(?:s|ed|ing)?|welcom(?:e[sd]?|ing)|receiv(?:e[sd]?|ing)|host(?:s|ed|ing)?|greet(?:s|ed|ing)?)\b"
)
THEIRS: Final = re.compile(r"\b(?:for|on) (?:his|her|their|an?) (?:[\w-]+ ){0,3}$")
# "invited his Polish counterpart to visit Peru": who is invited travels
INVITED: Final = re.compile(
    r"\binvit(?:e[sd]?|ing|ations?(?= to| for))\b(?P<whom>[^.;]{2,90}?) to (?:\w+ly )?(?:(?:pay|make|undertake) [^.;]{0,30})?$"
)
# "Prime Minister NAME's visit to Peru", "the visit of President NAME": whose visit it is
OWN_VISIT: Final = re.compile(r"['’]s?(?: [\w-]+){0,3} $")
VISIT_OF: Final = re.compile(
    r"(?: (?:paid|made|undertaken))? (?:of|by) (?:the |an? |his |her |h\.e\.,? |his excellency,? |her excellency,? |hon\. |mr\.? |ms\.? |dr\.? )*"
)
# "prepared the President's meeting on 4 May with NAME": with whom that is
WITH_WHOM: Final = re.compile(
    r"(?: (?:on|in|at|of|held|earlier|later|last|this|next|today|tomorrow|yesterday|scheduled)\b[^.;,]{0,50}?)?,? with (?:the |his |her |their |visiting )*"
)
# "BRICS summit", "the Japan-Peru-U.S. trilateral leaders' summit": whose it is
ATTACHED: Final = re.compile(
    r"(?:['’]s?)?(?: ?[-–/] ?| |, | and )?(?:(?:leaders|heads|ministerial|annual|trilateral|bilateral|special|extraordinary|informal|virtual|upcoming|joint|[\w-]+(?:st|nd|rd|th))['’]? ){0,3}"
)
TO_CITY: Final = re.compile(
    r"\b(?:in|to|into|visit\w*|tour\w*)(?: the (?:city|port|town|capital)(?: of)?)? $"
)
HIM: Final = re.compile(r" (?:him|her|the latter|his guest|her guest|his interlocutor|her interlocutor)")
COUNTERPART: Final = re.compile(r"\bcounterparts?\b")
BOTH: Final = 2  # sides
FAR_VISIT: Final = 90  # characters between a further visit and where it goes
NEAR_VISIT: Final = 30


def together(scene: Scene) -> Iterator[Participant]:
    """All who take part: the persons; where a side has none, its state or organisation."""
    cast = scene.cast
    persons = list(persons_in(scene, scene.own))
    if owned := _owned(scene):
        yield from owned
        return
    if scene.main:
        persons += list(persons_in(scene, company(scene)))
        if len({cast.country_of(m) for m in persons} - {None}) < BOTH:
            persons += list(persons_in(scene, leaders(scene)))
        persons = persons or interlocutors(scene)
    else:
        if scene.reading.trigger.part == "noun":
            persons = [m for m in persons if not is_told_by(scene, m)]
        if meant := antecedent(scene):
            persons.insert(0, meant)
    seen = {cast.country_of(m) for m in persons} - {None}
    if scene.main and len({m.entity_id for m in persons}) == 1 and cast.home and cast.home not in seen:
        persons += _head_at_home(scene, persons[0].entity_id)
    if is_first_person(scene) and (scene.main or persons):
        persons += who_speaks(scene)
    for m in persons:
        yield participant(cast, m)
    seen = {cast.country_of(m) for m in persons} - {None}
    yield from (participant(cast, m) for m in by_office(scene) if cast.country_of(m) not in seen)
    if len({m.entity_id for m in persons}) > 1 and len(seen) != 1:
        return
    for m in _sides(scene, persons):
        yield participant(cast, m)


def _owned(scene: Scene) -> list[Participant]:
    """Owner and partners of talks of others that a further event tells of: "prepared the President's meeting with NAME"."""
    cast, t = scene.cast, scene.reading.trigger
    sentence = scene.sentences[t.sentence]
    if scene.main or t.part != "noun":
        return []
    before, behind = (
        cast.of_kind(*span, "person", "country")
        for span in ((sentence.start_char, t.start), (t.end, sentence.end_char))
    )
    owner = next((m for m in before if OWN_VISIT.fullmatch(scene.low, m.end_char, t.start)), None)
    partners: list[Mention] = []
    for m in behind:
        start = phrase_start(m, scene.text, t.end)
        joined = partners and JOINED.fullmatch(scene.text, partners[-1].end_char, m.start_char)
        if m.use != "title" and (joined or (not partners and WITH_WHOM.fullmatch(scene.low, t.end, start))):
            partners.append(m)
    if owner is None or not partners:
        return []
    code = cast.country_of(owner) or cast.home
    named = cast.kind(owner) != "person" or cast.is_named(owner)
    first = participant(cast, owner) if named else of_country(code) if code else None
    return [*([first] if first else []), *(participant(cast, m) for m in partners)]


def _attached(scene: Scene) -> list[Mention]:
    """Whose summit or conference a noun names: the states and bodies right before it."""
    cast, t = scene.cast, scene.reading.trigger
    found: list[Mention] = []
    if t.part != "noun" or t.act not in {"summit", "conference"}:
        return found
    at = t.start
    for m in reversed(
        cast.of_kind(scene.sentences[t.sentence].start_char, t.start, "organization", "country", "region")
    ):
        if m.end_char <= at and ATTACHED.fullmatch(scene.low, m.end_char, at):
            found.append(m)
            at = m.start_char
    return found


def _sides(scene: Scene, persons: list[Mention]) -> list[Mention]:
    """States and organisations that take part where no person of theirs is named; else whoever hosts."""
    cast = scene.cast
    seen = {cast.country_of(m) for m in persons} - {None}
    alone = len({m.entity_id for m in persons}) == 1
    parties = between(scene)
    if parties and len({m.entity_id for m in persons}) > 1:
        return []  # both sides' persons, one of them without a country
    named = parties or sides_named(scene, "country", "organization", "region")
    if not scene.main and (own := _attached(scene)):
        t = scene.reading.trigger
        attends = subject(cast, scene.sentences[t.sentence], t.start, scene.text)
        own = [m for m in own[::-1] if cast.kind(m) != "region" or m in named]
        named = [*own, *(m for m in named if m.start_char > t.end or m == attends)]
    sides = [
        m
        for m in named
        if cast.country_of(m) not in seen
        and (cast.kind(m) != "organization" or not persons or (alone and cast.country_of(m)))
    ]
    if not sides:
        sides = [
            m
            for s in scene.own
            for m in cast.of_kind(s.start_char, s.end_char, "country")
            if m.use in {"adjective", "title"}
            and cast.country_of(m) not in seen
            and not is_matter(scene, s, m.start_char)
        ]
    return sides


def _head_at_home(scene: Scene, other: str) -> list[Mention]:
    """Who met or called where the text first names only the other side: an official of the issuer's state."""
    cast = scene.cast
    persons = [
        m for m in cast.mentions if cast.kind(m) == "person" and m.use == "name" and m.entity_id != other
    ]
    at_home = [m for m in persons if cast.country_of(m) == cast.home and m.office_level]
    return (at_home or [m for m in persons if cast.country_of(m) in {None, cast.home}])[:1]


def visit(scene: Scene) -> Iterator[Participant]:
    cast, trigger = scene.cast, scene.reading.trigger
    sentence = scene.sentences[trigger.sentence]
    visitors = _delegates(scene) if scene.main else []
    meant = None if scene.main else antecedent(scene)
    visitors = visitors or _antecedent(scene) or ([meant] if meant else _travellers(scene))
    if scene.main and is_first_person(scene):
        visitors = who_speaks(scene) or visitors
    if not visitors:
        found = subject(cast, sentence, trigger.start, scene.text)
        visitors = [found] if found else []
    if not visitors:  # "the President of Peru": the state stands for an office without a name
        offices = cast.of_kind(sentence.start_char, trigger.start, "country")
        visitors = [m for m in offices if m.use == "title"][-1:]
    if not visitors and scene.main and (spoken := speaker(cast, scene.sentences, scene.text)):
        visitors = [spoken]
    visitors = _from_abroad(scene, visitors)
    if not scene.main and _is_hosting(scene, visitors):
        visitors = []
    guests = {cast.country_of(m) for m in visitors[:1]}
    for m in visitors if scene.main else visitors[:1]:
        if cast.country_of(m) in {None, *guests}:
            yield participant(cast, m, "actor", "visitor")
    hosts = [m for m in _destinations(scene) if cast.country_of(m) not in guests]
    hosts = hosts if scene.main else _nearest(scene, hosts)
    if not hosts and not scene.main:
        yield from _hosts_of_city(scene, guests)
    if not hosts and scene.main and cast.home and cast.home not in guests:
        yield of_country(cast.home, "recipient", "host")
    for m in hosts:
        yield participant(cast, m, "recipient", "host")


def _hosts_of_city(scene: Scene, guests: Container[str | None]) -> Iterator[Participant]:
    """The state of the city that a further visit goes to, where the text names that state."""
    cast, t = scene.cast, scene.reading.trigger
    sentence = scene.sentences[t.sentence]
    for m in cast.of_kind(sentence.start_char, sentence.end_char, "place"):
        before = scene.low[max(sentence.start_char, m.start_char - 40) : m.start_char]
        near = abs(m.start_char - t.end) < NEAR_VISIT or abs(t.start - m.end_char) < NEAR_VISIT
        code = cast.country_of(m)
        key = cast.country_entity(code)
        if near and key and code not in guests and TO_CITY.search(before):
            yield Participant(key, "recipient", "host", code)
            return


def _is_hosting(scene: Scene, visitors: list[Mention]) -> bool:
    """Whether the only one named thanks an unnamed guest "for her visit" to his own state."""
    t = scene.reading.trigger
    before = scene.low[scene.sentences[t.sentence].start_char : t.start]
    there = {scene.cast.country_of(m) for m in _destinations(scene)} - {None}
    at_home = all(scene.cast.country_of(m) in there for m in visitors)
    return at_home and t.part == "noun" and bool(HOSTED.search(before) and THEIRS.search(before))


def _from_abroad(scene: Scene, visitors: list[Mention]) -> list[Mention]:
    """Of those who may travel, those who are not at home where the visit goes to, if there are any; else all."""
    there = {scene.cast.country_of(m) for m in _destinations(scene)}
    away = [m for m in visitors if scene.cast.country_of(m) not in {None, *there}]
    return away if away and not scene.main else visitors


def _antecedent(scene: Scene) -> list[Mention]:
    """Whom a relative clause about a visit, or "his visit" behind a word of thanks or welcome, speaks of."""
    start, trigger = scene.sentences[scene.reading.trigger.sentence].start_char, scene.reading.trigger
    before = scene.low[start : trigger.start]
    if invited := INVITED.search(before):
        return _invited(scene, start + invited.start("whom"), start + invited.end("whom"))
    persons = [
        m for m in persons_in(scene, (scene.sentences[trigger.sentence],)) if m.end_char <= trigger.start
    ]
    if trigger.part == "noun" and (
        own := [m for m in persons if OWN_VISIT.fullmatch(scene.low, m.end_char, trigger.start)]
    ):
        return own
    if trigger.part == "noun" and (guest := _guest_named_behind(scene)):
        return [guest]
    if clause := WHO.match(before):
        return [m for m in persons if m.end_char == start + clause.start("who")][-1:]
    if trigger.part == "noun" and HOSTED.search(before) and THEIRS.search(before):
        by_her = OF_HIM.match(scene.text, start) and " by " not in before  # "She thanked NAME for his visit"
        return persons[-1:] if by_her or len({m.entity_id for m in persons}) > 1 else []
    return []


def _guest_named_behind(scene: Scene) -> Mention | None:
    """Whose visit it is where his name follows: "preparations for the visit of President NAME to Peru"."""
    cast, t = scene.cast, scene.reading.trigger
    end = scene.sentences[t.sentence].end_char
    for m in cast.of_kind(t.end, end, "person"):
        if VISIT_OF.fullmatch(scene.low, t.end, phrase_start(m, scene.text, t.end)):
            return m if cast.is_named(m) else None
    return None


def _invited(scene: Scene, start: int, end: int) -> list[Mention]:
    """Whom an invitation names; of "his Polish counterpart" the Pole whom the text names, else the state."""
    cast = scene.cast
    offices = cast.of_kind(start, end, "person")
    persons = [m for m in offices if cast.is_named(m)]
    states = cast.of_kind(start, end, "country")
    counterpart = COUNTERPART.search(scene.low, start, end) is not None
    if persons or (offices and not counterpart):  # "invited the Polish Prime Minister"
        return persons or offices
    if not states:
        him = HIM.fullmatch(scene.low, start, end) is not None
        return _other_side(scene, start) if counterpart or him else []
    code = cast.country_of(states[-1])
    theirs = [m for m in cast.mentions if cast.kind(m) == "person" and m.use == "name" and m.country == code]
    return theirs[:1] or states[-1:]


def _other_side(scene: Scene, at: int) -> list[Mention]:
    """Who "his counterpart" at `at` is: the person of another state than the inviter's whom the text names last before."""
    cast = scene.cast
    host = subject(cast, scene.sentences[scene.reading.trigger.sentence], at, scene.text)
    code = cast.country_of(host) if host else cast.home
    others = [
        m
        for m in cast.of_kind(0, at, "person")
        if cast.is_named(m) and code and cast.country_of(m) not in {None, code}
    ]
    return others[-1:]


def _travellers(scene: Scene) -> list[Mention]:
    """The persons who travel: the subject of the verb and those of its side; all persons of a noun's sentences."""
    cast, trigger = scene.cast, scene.reading.trigger
    sentence = scene.sentences[trigger.sentence]
    persons = list(persons_in(scene, scene.own))
    found = subject(cast, sentence, trigger.start, scene.text) if trigger.part != "noun" else None
    if found is None or cast.kind(found) != "person":
        return [m for m in persons if m.start_char < trigger.start or trigger.part == "noun"]
    side = cast.country_of(found)
    return [found] + [m for m in persons if m.start_char < trigger.start and cast.country_of(m) == side]


def _delegates(scene: Scene) -> list[Mention]:
    """The members that a release lists for a delegation."""
    listed = DELEGATES.search(scene.low)
    if not listed:
        return []
    leads = next((s for s in scene.sentences if LEADS.search(scene.low, s.start_char, s.end_char)), None)
    found = list(persons_in(scene, (leads,))) if leads and leads.start_char < listed.start() else []
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
            paired = scene.low.startswith(("-", "–"), m.end_char)  # "for the Peru-EU dialogue"
            if m.use == "name" and not paired and (TRAVEL.search(before) or (near and WITHIN.search(before))):
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


def _nearest(scene: Scene, found: list[Mention]) -> list[Mention]:
    """Of the states that a further visit may go to those named first behind its words, with those joined to them."""
    behind = [m for m in found if m.start_char >= scene.reading.trigger.end] or found[-1:]
    kept = [m for m in behind[:1] if abs(m.start_char - scene.reading.trigger.end) < FAR_VISIT]
    for m in behind[1:]:
        if kept and JOINED.fullmatch(scene.text, kept[-1].end_char, m.start_char):
            kept.append(m)
    return kept
