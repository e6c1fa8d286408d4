"""Help: who gives it and to whom, whichever the words name first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from streams.annotation import Mention, Participant
from streams.events.cast import ACTORS, JOINED, of_country, participant, phrase_start, subject
from streams.events.roles_issuers import issuers
from streams.events.scene import Scene, persons_in

TO: Final = re.compile(
    r"\b(?:to|for|with|on|against|in|inside|of)(?: the)?(?: (?:government|people|republic|kingdom|families|friends|loved ones|victims|new|authorities)(?: and people)?(?: of)?(?: the)?)*\s*$",
    re.IGNORECASE,
)
RECEIVED_FROM: Final = re.compile(
    r"\)?(?: (?:has|have|had|today|also|recently))*(?: (?:will )?receiv\w+| welcom\w+(?: an?| the| this| another)?(?: [\w-]+){0,3} (?:contributions?|donations?|grants?|funding|gifts?)(?= of| from)| (?:was|were) (?:given|granted)) (?:(?!\b(?:requests?|appeals?|calls?|delegations?|letters?|invitations?|visits?|messages?)\b)[^.;]){2,80}? from (?:the )?(?:(?:government|people) of (?:the )?)?"
)
PROVIDED: Final = re.compile(
    r"(?: (?:has|have|had|will|today|also))*(?: provid\w+| suppl\w+| present\w*| furnish\w*) (?:the )?(?:(?:government|people) of (?:the )?)?"
)
WITH_HELP: Final = re.compile(
    r" with (?:an? |the )?[^.;]{0,40}?\b(?:loan|grant|credit|aid|assistance|help|support|relief|supplies|food|rice|vaccines?|medicines?|equipment|euros?|dollars|\d)"
)
THANKS: Final = re.compile(
    r"\b(?:thank(?:s|ed|ing)?|commend(?:s|ed|ing)?|prais(?:es|ed|ing)|gratitude to|grateful to|thanks to|appreciation to)(?: the)?(?: (?:government|people)(?: and people)? of(?: the)?)? $"
)
FOR_HELP: Final = re.compile(r"[^.;]{0,40}? for (?:(?! and (?:\w+ ){0,2}(?:\w+ed|will|said)\b)[^.;]){0,70}$")
# "expressed his gratitude for the support of Peru", "grateful for Peru's help": whose help it is gives
GRATITUDE: Final = re.compile(
    r"\b(?:gratitude|thanks|appreciation|grateful|thankful)\b[^.;]{0,60}? for (?:the )?(?:[\w-]+ ){0,6}?$"
)
OWN_HELP: Final = re.compile(
    r"['’]s? (?:[\w-]+ ){0,3}(?:support|help|assistance|aid|contribution|donation|generosity|gift|role|efforts)\b"
)
# "was handed over to the government of Malawi by Ghana"
HANDED_BY: Final = re.compile(
    r"\b(?:is|are|was|were|been|being) (?:\w+ly )?(?:donated|delivered|handed over|presented|provided|supplied|given|granted|sent|gifted|shipped|distributed|financed|funded)\b"
    r"(?P<whom>(?:(?!\band\b \w+ed\b)[^.;]){0,110}?) by (?:the )?(?:(?:government|people|republic|kingdom|embassy|ministry of [\w ]{2,30}) of (?:the )?)?$"
)
PLEDGE_OF: Final = re.compile(
    r"\b(?:pledges?|offers?|promises?|commitment|donation|contribution) (?:of|by|from)(?: the)?(?: (?:government|republic|kingdom) of(?: the)?)? $"
)
GIVES_TO: Final = re.compile(r"\bto (?:the )?(?:(?:people|government|republic) of (?:the )?)?$")
TO_PERSON: Final = re.compile(r"\bto(?: the| his| her)? (?:h\.e\. |hon\. )?$")
# "N will provide 25 million in aid", told in a call, may be for anybody; who "receives" it is named there
LEAD: Final = 3  # sentences
NOT_HERE: Final = re.compile(r"\b(?:will|would|announc\w+|receiv\w+)\b")


def aid(scene: Scene) -> Iterator[Participant]:
    """Donor and beneficiary; where persons hand over, they."""
    cast, trigger = scene.cast, scene.reading.trigger
    sentence = scene.sentences[trigger.sentence]
    if given := _given(scene):
        yield from given
        return
    by = list(issuers(scene))
    yield from by
    taken = {p.entity_id for p in by} | {f"country:{p.country}" for p in by}
    if any(p.entity_id.startswith("person:") for p in by) and (to := _handed_to(scene, taken)):
        yield participant(cast, to, "recipient", "beneficiary")
        return
    if scene.main and (titled := _to_whom(scene, taken)):
        yield participant(cast, titled, "recipient", "beneficiary")
        return
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
    elif cast.home and f"country:{cast.home}" not in taken and (scene.main or _is_sent_here(scene, by)):
        yield of_country(cast.home, "recipient", "beneficiary")


def _to_whom(scene: Scene, taken: set[str]) -> Mention | None:
    """The state to which a title says that help goes: "Qatar sends field hospital to Chad"."""
    title = scene.sentences[0]
    for m in scene.cast.of_kind(title.start_char, title.end_char, "country"):
        if title in scene.own and m.entity_id not in taken and m.use == "name":
            before = scene.low[title.start_char : m.start_char]
            if GIVES_TO.search(before):
                return m
    return None


def _is_sent_here(scene: Scene, by: Sequence[Participant]) -> bool:
    """Whether another state sends help, and its sentence names no place to which: then to whom the release is of."""
    sentence = scene.sentences[scene.reading.trigger.sentence]
    named = scene.cast.of_kind(
        sentence.start_char, sentence.end_char, "country", "place", "region", "organization"
    )
    donors = {p.country for p in by}
    away = donors - {None, scene.cast.home} and all(scene.cast.country_of(m) in donors for m in named)
    told = scene.low[sentence.start_char : sentence.end_char]
    return bool(away) and NOT_HERE.search(told) is None


def _given(scene: Scene) -> list[Participant]:
    """Donor and beneficiary where the words turn them round: "N received rice from X", "X provided N with a loan"."""
    cast = scene.cast
    if turned := _thanked(scene) or _offered(scene) or _handed_by(scene):
        return turned
    for s in scene.own:
        named = [m for m in cast.of_kind(s.start_char, s.end_char, *ACTORS) if m.use != "title"]
        for first, then in pairwise(named):
            person = cast.kind(then) == "person"
            start = phrase_start(then, scene.text, first.end_char) if person else then.start_char
            between = scene.low[first.end_char : start]
            provided = PROVIDED.fullmatch(between) and WITH_HELP.match(scene.low, then.end_char)
            if provided or RECEIVED_FROM.fullmatch(between):
                donor, receiver = (first, then) if provided else (then, first)
                return [
                    participant(cast, donor, "actor", "donor"),
                    participant(cast, receiver, "recipient", "beneficiary"),
                ]
    return []


def _thanked(scene: Scene) -> list[Participant]:
    """Who is thanked for help has given it: "thanked China for its gift of ten buses"."""
    cast, t = scene.cast, scene.reading.trigger
    sentence = scene.sentences[t.sentence]
    for m in cast.of_kind(sentence.start_char, t.start, "country", "organization", "person"):
        before = scene.low[max(sentence.start_char, m.start_char - 70) : m.start_char]
        thanked = THANKS.search(before) and FOR_HELP.match(scene.low[: t.end], m.end_char)
        if thanked or (GRATITUDE.search(before) and OWN_HELP.match(scene.low, m.end_char)):
            thanking = subject(cast, sentence, m.start_char, scene.text)
            code = cast.country_of(thanking) if thanking else cast.home
            donor = participant(cast, m, "actor", "donor")
            if helped := _helped(scene, m):
                return [donor, participant(cast, helped, "recipient", "beneficiary")]
            return [donor, of_country(code, "recipient", "beneficiary")] if code else [donor]
    return []


def _helped(scene: Scene, donor: Mention) -> Mention | None:
    """To whom help goes that its sentence tells of: "thanked Peru for its help to Chad"."""
    t, cast = scene.reading.trigger, scene.cast
    for m in cast.of_kind(t.end, scene.sentences[t.sentence].end_char, "country"):
        goes = GIVES_TO.search(scene.low, t.end, m.start_char) and "," not in scene.low[t.end : m.start_char]
        if m.entity_id != donor.entity_id and goes:
            return m
    return None


def _handed_by(scene: Scene) -> list[Participant]:
    """Donor and beneficiary of a passive: "was handed over to the government of Malawi by Ghana"."""
    cast = scene.cast
    lead = scene.sentences[:LEAD] if scene.main else ()
    for s in dict.fromkeys((*scene.own, *lead)):
        named = [
            m for m in cast.of_kind(s.start_char, s.end_char, "country", "organization") if m.use != "title"
        ]
        for m in named:
            by = HANDED_BY.search(scene.low, s.start_char, m.start_char)
            if not by:
                continue
            donors = [m]
            for o in named:
                if o.start_char > m.start_char and JOINED.fullmatch(
                    scene.text, donors[-1].end_char, o.start_char
                ):
                    donors.append(o)
            sides = {cast.country_of(o) for o in donors}
            helped = cast.of_kind(*by.span("whom"), "country", "organization")
            whom = [o for o in helped if cast.country_of(o) not in sides]
            if not whom and s not in scene.own:  # "The project was financed by N": of some other gift
                continue
            return [
                *(participant(cast, o, "actor", "donor") for o in donors),
                *(participant(cast, o, "recipient", "beneficiary") for o in whom[:1]),
            ]
    return []


def _offered(scene: Scene) -> list[Participant]:
    """Whose pledge somebody speaks of gives: "welcomed the pledge of Benin to send troops to Haiti"."""
    cast, sentence = scene.cast, scene.sentences[scene.reading.trigger.sentence]
    states = cast.of_kind(sentence.start_char, sentence.end_char, "country")
    for i, m in enumerate(states):
        if PLEDGE_OF.search(scene.low, sentence.start_char, m.start_char):
            helped = [o for o in states[i + 1 :] if TO.search(scene.low[m.end_char : o.start_char])]
            return [
                participant(cast, m, "actor", "donor"),
                *(participant(cast, o, "recipient", "beneficiary") for o in helped[:1]),
            ]
    return []


def _handed_to(scene: Scene, taken: set[str]) -> Mention | None:
    """The person to whom a person hands help over."""
    for s in scene.own:
        for m in persons_in(scene, (s,)):
            start = phrase_start(m, scene.text, s.start_char)
            if m.entity_id not in taken and TO_PERSON.search(scene.low, s.start_char, start):
                return m
    return None
