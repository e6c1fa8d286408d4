"""To whom a stance or a deed is directed: the object of its verb, the owner of the deed, its doer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from streams.annotation import Mention
from streams.events.cast import is_in_office, phrase_start
from streams.events.scene import Scene

OBJECTS: Final = ("organization", "country", "person")
STATE_WORDS: Final = r"(?:(?: both)?(?: the)?(?: (?:republic|kingdom|state|sultanate|federation|government|governments|people|peoples|authorities|leadership|families|side|friendly|brotherly))*(?: and people)?(?: (?:of|in))?(?: the)?)"
TO_WHOM: Final = re.compile(
    rf"\b(?:by|on|upon|to|against|with|from|towards?|over|of){STATE_WORDS}\s*$", re.IGNORECASE
)
DOER: Final = re.compile(rf"\bby{STATE_WORDS}(?: (?:[\w’'-]+ ){{0,3}})?\s*$", re.IGNORECASE)
POSSESSIVE: Final = re.compile(r"^['’]s?\s")
# What an adjective of a state stands before where the state is the doer ("Israeli strikes", "the Malian authorities").
DEEDS: Final = re.compile(
    r"^[\s-](?:[\w-]+ ){0,2}?(?:regime|forces?|authorities|government|troops|army|military|navy|occupation|aggression|attacks?|strikes?|airstrikes?|shelling|bombing|missiles?"
    r"|drones?|officials?|settlers?|actions?|measures?|decisions?|threats?|provocations?|violations?|incursions?|escalation|vessels?|ships?|aircraft|jets?|launch(?:es)?|tests?|claims?"
    r"|allegations?|statements?|parliament|ministry|embassy|ambassador|coast guard|maritime militia|air force|raids?|assault|invasion|annexation|blockade|tariffs?|sanctions?)\b",
    re.IGNORECASE,
)
# "seized two Indian trawlers", "arrested a Peruvian businessman"
SEIZED: Final = re.compile(
    r"^(?:[- ][\w-]+){0,2} (?:trawlers?|boats?|vessels?|ships?|tankers?|dhows?|fishermen|crew|sailors?|seafarers?|nationals?|citizens?|businessm[ae]n|journalists?|activists?|academics?|diplomats?|soldiers?|tourists?|fugitives?|men|man|women|woman)\b"
)
# "arrested a man wanted by Interpol"
SOUGHT_BY: Final = re.compile(r"\b(?:wanted|sought|requested|searched for) by(?: the)? $")
DIRECT: Final = 5  # characters between a verb and its object
NEAR: Final = 90
SUPPORT_LEAD: Final = 4  # sentences
THAT: Final = re.compile(r" that (?:the )?(?:[Gg]overnment of (?:the )?)?")  # "demands that China compensate"
PARTY: Final = re.compile(
    r"\b(?:between|government of|governments of|people of|leaders of|authorities of|between (?:[\w’']+ ){1,8}and)(?: the)?(?: \w+ of)?(?: the)?\s*$"
)
VIOLENT: Final = re.compile(
    r"^(?: (?:regime|forces|terrorists|militants|fighters))?(?: \w+){0,2} (?:have |has |had )?(?:killed|kills|murder\w*|target\w*|attack\w*|bomb\w*|launch\w*|fired|claim\w*|carried|executed|abduct\w*|invaded|shell\w*|struck|massacr\w*|commit\w*|responsib\w*)"
)
REGIME: Final = re.compile(
    r"^\s?(?:regime|forces|authorities|government|troops|army|military)\b", re.IGNORECASE
)
OPPOSED: Final = re.compile(
    r"\b(?:with|from|against|towards?|to)(?: the)?(?: (?:republic|kingdom|state) of(?: the)?)? $"
)
FELT_FOR: Final = re.compile(
    r"\b(?:solidarity|condolences?|sympath(?:y|ies)|compassion|sorrow|stands?|standing|thoughts(?: and prayers)?|sincerest feelings)(?: \w+)? (?:with|to|for|by|alongside)\b"
    r"(?:(?!\b(?:and (?:\w+ly )?(?:condemn|call|urg|demand|reject|denounc|accus|warn|blam|protest|criticis|criticiz|deplor|hold|oppos|ask)\w*|against|by)\b)[^.;]){0,80}$"
)
FEELING: Final = 110  # characters before who is felt for
ATTACKED: Final = re.compile(
    r"\b(?:(?:attacks?|strikes?|assaults?|raids?|aggression|blockade|shelling|incursions?) (?:on|against|targeting|at|near)"
    r"|(?:bombings?|shelling|assassination|killings?|murder|storming|ransacking|burning) of)(?: the| its| his)? $"
    r"|\b(?:attacks?|strikes?|assaults?|aggression)(?: [\w’'-]+){1,8} (?:against|targeting)(?: the)? $"
    r"|\b(?:attacks?|bombings?|explosions?|shootings?|massacres?|killings?|atrocity|atrocities)(?: [\w’'-]+){0,8},? (?:in|at|near)(?: the)?(?: [\w’'-]+,)?(?: the)? $"
)
# "agreed to hold the next session of the Commission": what is to be held is not with whom
OCCASION: Final = re.compile(
    r"\b(?:margins?|sidelines?|sessions?|rounds?|meetings?|summits?|chairmanship|presidency) of(?: the)? $"
)
FRIENDLY: Final = frozenset({"welcome", "congratulate", "condole", "agree"})
HOSTILE: Final = frozenset({"condemn", "request", "warn", "reject", "summon", "protest"})


def is_felt_for(low: str, at: int) -> bool:
    """Whether what stands at `at` is of those whom a sentence feels for, or who were attacked: "solidarity with Peru"."""
    before = low[max(0, at - FEELING) : at]
    return FELT_FOR.search(before) is not None or ATTACKED.search(before) is not None


def _is_object(scene: Scene, m: Mention, after: int) -> bool:
    """Whether the words around a mention make it the object of the act that ends at `after`."""
    text, least = scene.text, max(after, m.start_char - 70)
    follows = text[m.end_char : m.end_char + 60]
    if POSSESSIVE.match(follows):
        return True
    if m.use == "adjective":
        seized = scene.reading.trigger.act == "coerce" and SEIZED.match(follows)
        return bool(seized) or DEEDS.match(follows) is not None
    start = phrase_start(m, text, after) if scene.cast.kind(m) == "person" else m.start_char
    if text.startswith("-", m.end_char):  # "a Panama-flagged tanker"
        return False
    if start - after <= DIRECT or text[after:start].strip(" ").lower() in {
        "the",
        "its",
        "his",
        "his counterpart",
    }:
        return True
    if scene.reading.trigger.act == "request" and THAT.fullmatch(text, after, start):
        return True
    sought = SOUGHT_BY.search(scene.low, least, m.start_char)
    near = start - after < NEAR or DOER.search(text, least, start) is not None
    return near and not sought and TO_WHOM.search(text, least, start) is not None


def objects(scene: Scene, kinds: Sequence[str] = OBJECTS) -> Iterator[Mention]:
    """Those to whom the sentence of the act directs it."""
    trigger = scene.reading.trigger
    end = scene.sentences[trigger.sentence].end_char
    for m in scene.cast.of_kind(trigger.end, end, *kinds):
        if (
            m.use != "title"
            and not is_in_office(scene.cast, m, scene.text)
            and _is_object(scene, m, trigger.end)
            and not (trigger.act in FRIENDLY and OCCASION.search(scene.low, trigger.end, m.start_char))
        ):
            yield m


def named_first(scene: Scene, taken: set[str]) -> list[Mention]:
    """The other side that title and lead name first: the doer, the owner of a deed, before a colon."""
    cast = scene.cast
    for s in dict.fromkeys((*scene.own, *scene.sentences[:SUPPORT_LEAD])):
        for m in cast.of_kind(s.start_char, s.end_char, "country", "organization"):
            code = cast.country_of(m)
            if m.use == "title" or code == cast.home or m.entity_id in taken or f"country:{code}" in taken:
                continue
            follows = scene.text[m.end_char : m.end_char + 60]
            least = max(s.start_char, m.start_char - 70)
            done_by = DOER.search(scene.text, least, m.start_char) is not None
            if cast.kind(m) == "organization":
                if done_by and not is_in_office(cast, m, scene.text):
                    return [m]
            elif (
                code
                and (
                    follows.startswith(":")
                    or POSSESSIVE.match(follows)
                    or (
                        DEEDS.match(follows)
                        if m.use == "adjective"
                        else done_by or m.start_char == s.start_char
                    )
                )
                and not is_felt_for(scene.low, m.start_char)
            ):
                return [m]
    return []


def opposed(scene: Scene, taken: set[str]) -> list[Mention]:
    """The other state of the sentences of a threat or a break: "the border with N", "goods from N"."""
    cast = scene.cast
    return [
        m
        for s in scene.own
        for m in cast.states(s.start_char, s.end_char)
        if cast.country_of(m) not in {None, cast.home}
        and m.entity_id not in taken
        and OPPOSED.search(scene.low, max(s.start_char, m.start_char - 40), m.start_char)
    ][:1]


def supported(scene: Scene) -> list[Mention]:
    """Whose deed is welcomed: the parties of an agreement, the government that acted, in the first sentences."""
    cast = scene.cast
    found = []
    for s in scene.sentences[:SUPPORT_LEAD]:
        for m in cast.of_kind(s.start_char, s.end_char, "organization", "country"):
            before = scene.low[max(s.start_char, m.start_char - 60) : m.start_char]
            if PARTY.search(before) and cast.country_of(m) != cast.home:
                found.append(m)
    return found


def doers(scene: Scene) -> list[Mention]:
    """Who did what is condemned, named anywhere in the text: "X killed", "by X", "the X regime"."""
    cast = scene.cast
    for m in cast.mentions:
        if cast.kind(m) not in {"organization", "country"} or m.use not in {"name", "adjective"}:
            continue
        if cast.country_of(m) == cast.home or is_in_office(cast, m, scene.text):
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


def targets(scene: Scene, taken: set[str]) -> list[Mention]:
    """Who is criticised, asked, warned or supported, without those who speak."""
    act = scene.reading.trigger.act
    home = f"country:{scene.cast.home}"
    others = not scene.main and home not in taken and any(key.startswith("country:") for key in taken)
    found = [m for m in objects(scene) if m.entity_id not in taken and (others or m.entity_id != home)]
    if act in HOSTILE:
        found = [m for m in found if not is_felt_for(scene.low, m.start_char)]
    if act == "welcome" and scene.main:
        found += supported(scene)
    if not found and scene.main and act in HOSTILE:
        found = named_first(scene, taken)
    if not found and scene.main and act in {"condemn", "request"}:
        found = [m for m in doers(scene) if m.entity_id not in taken]
    if not found and scene.main and act not in FRIENDLY:
        found = [m for m in opposed(scene, taken) if not is_felt_for(scene.low, m.start_char)]
    return found
