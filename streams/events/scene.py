"""What the roles of an event are read from: its sentences, its persons, its sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from streams.annotation import Mention
from streams.events.cast import (
    ACTORS,
    JOINED,
    SPEAKS_FOR,
    Cast,
    is_absent,
    is_governed,
    is_in_office,
    phrase_start,
    speaker,
)
from streams.events.timing import came_before
from streams.events.triggers import Reading
from streams.extract.sentences import Sentence

ALSO_THERE: Final = re.compile(
    r"\b(?:attended by|also attend\w*|were present|was present|also present|in attendance|accompanied by|taking part in|took part in|took part|participat\w+|joined by|those present|present at|present on|along with|graced"
    r"|(?:delegation|team|side|party|group|entourage)(?: (?:will|also|further|that|which|accompanying(?: the)? \w+))* (?:includ|compris|consist)\w+"
    r"|among those who attended"
    r"|(?:represent|join)ing [^.;]{3,90}? (?:was|were)|on the (?!humanitarian|parliamentarian)\w+(?:an|ese|ish|nch|eek|wiss|utch|aqi|ari|ani|audi) side"
    r"|represent(?:ing|ed) (?:[\w’'-]+ ){1,6}(?:at|in|during) (?:the|this|these) (?:\w+ )?(?:discussions?|meeting|talks|event|occasion|ceremony|call))\b"
)
PENAL: Final = frozenset({"sanction", "expel"})
LISTING: Final = re.compile(
    r"\b(?:list(?:ed|ing|ings)|designat\w+|sanctioned|targets?|targeting|blacklist\w*|following|freez\w+|individuals?|persons?|entit(?:y|ies)|banned|barred)\b"
)
CONSTITUENCY: Final = re.compile(r"\b(?:in|from|at|near|outside)(?: the)?\s*$", re.IGNORECASE)
REACHED: Final = re.compile(
    r"\b(?:to|towards|into|via|through|across)(?: the)?\s*$", re.IGNORECASE
)  # a region that is no side
ON: Final = re.compile(r"\b(?:on|regarding|about|welcoming|following)\b")
LISTED: Final = re.compile(r"^\s*(?:\d{1,2}[.)]|[•–—*-]|[a-z][.)]|[ivx]+[.)])\s")  # a line of a list
PASSIVE: Final = re.compile(
    r"\b(?:is|are|was|were|be|been|being)(?: \w+ly| also| today| now)*(?: declared)? $"
)
PASSIVE_VERB: Final = re.compile(r"(?:(?:has|have|had) )?(?:is|are|was|were|been|be)\b(?! \w+ing\b)")
SEIZED: Final = re.compile(
    r"\b(?:citizens?|nationals?|persons?|people|man|woman|men|women|[a-z]+ers?|officials?|journalists?|activists?|those|all|who)(?: (?:was|were|are|is|had been|has been|have been))?(?: \w+ly)? $"
)
SEIZED_HOW: Final = re.compile(r" (?:for|in|by|on|since|during|at|over|under|without)\b")
# Who heads a delegation takes part: "The Belgian delegation was led by NAME", "chaired by NAME and NAME".
LED: Final = re.compile(
    r"\b(?:delegations?|sides?|panels?|teams?|consultations|meeting|session|round|talks|dialogue|commission|committee|negotiations)\b[^.;]{0,160}?\b(?:headed|led|chaired|co-chaired|represented|presided)\b"
    r"|\b(?:headed|led|chaired|co-chaired|represented|presided over)\b[^.;]{0,60}\b(?:delegations?|sides?|consultations|meeting|session|round|talks|dialogue|commission|committee)\b"
)
NOT_THERE: Final = re.compile(
    r"\b(?:instructions?(?: given)?|messages?|letters?|greetings|decision|initiative|emissary|envoy|adviser|advisor|assistant|spokes\w+|representative|memory|bearer|proposal|inauguration|swearing-in|investiture|funeral|coronation|telephone conversation|signed in [\w ,]{2,40})"
    r" (?:of|from|by|to|for)(?: the| his| her| their)?(?: [\w’'.-]+){0,5} $"
)
INVITED: Final = re.compile(
    r"\binvitation (?:of|from|by|extended by)\b[^.;]{0,90}$|\binvited by\b[^.;,]{0,60}$|\b(?:on behalf of|representing)\b[^.;,]{0,60}$"
)
# "discussed the upcoming visit of NAME": what is talked about is not with whom
MATTER: Final = re.compile(
    r"\b(?:discuss\w*|exchang\w+ views on|views on|review\w*|consider\w*|touch\w* (?:up)?on|focus\w* on|talk\w* about|took stock of|preparations? for|upcoming|forthcoming|possib\w+)\b(?: with (?:his|her|their|its|the)(?: [\w-]+)? counterparts?)?(?:(?!\bwith\b)[^.;])*$"
)
# "addressed the summit and held talks with NAME": the talks are with whom
_AND: Final = r" and (?:also |then |later |subsequently )?"
NEXT_DEED: Final = re.compile(
    rf"{_AND}(?:attended|visited|signed|addressed|took part|participated|paid|will (?:sign|visit|attend|address))\b"
)
NEXT_TALKS: Final = re.compile(
    rf"{_AND}(?:held|met|had|received|hosted|spoke|conferred|will \w+)\b(?! to be\b)"
)
# "at the invitation of X, Y will attend": who does it was invited
DOES: Final = re.compile(
    r"(?:, [^,;.]{2,60},)? (?:will|is|was|has|had|shall|arrives?|arrived|visits|visited|pays|paid|makes|made|met|meets|held|holds|attends|attended|began|begins|left|leaves|travels|travelled|traveled|undertakes|undertook|takes part|took part|participates|participated)\b"
)
BETWEEN: Final = re.compile(r"\bbetween\b[^.;]{0,140}")
SPEAKS: Final = re.compile(
    r"\s*,?\s*(?:\w+ly |also |further |then |in turn |for (?:his|her) part,? |has |have )*(?:said|stated|noted|stressed|informed|elaborated|briefed|welcomed"
    r"|emphasi[sz]ed|expressed|thanked|underlined|underscored|highlighted|pointed out|reiterated|reaffirmed|confirmed|conveyed|praised|commended|appreciated"
    r"|congratulated|shared|added|assured|proposed|called|invited|affirmed|acknowledged|spoke|told|outlined|presented)\b"
)
IN_TURN: Final = re.compile(r"\b(?:according to|(?:for|on) (?:his|her) part,|in turn,)(?: [\w’'.-]+){0,6} $")
# "expressed his gratitude in a phone call with NAME": who says something in a conversation takes part in it
IN_COURSE: Final = re.compile(r"\b(?:in|during) (?:an?|his|her|their) (?:[\w-]+ ){0,2}$")
TALKS: Final = frozenset({"meet", "call", "negotiate", "discuss"})
ENCOUNTERS: Final = TALKS | {"visit", "summit", "conference"}
LEAD: Final = 8  # sentences
LONGEST_NAME: Final = 120
PAIRED: Final = re.compile("[–—-]")  # "Central Asia – EU summit"
OPENING: Final = 40  # characters
# "the foreign ministers of Mali, Niger and Chad": the state stands for who is not named
HOLDERS_OF: Final = re.compile(
    r"\b(?:ministers|presidents|leaders|heads|ambassadors|envoys|chiefs|secretaries|representatives|delegations|governments)(?: of (?:state|government|foreign affairs|the states?))? of (?:the )?(?:[\w’'-]+(?: [\w’'-]+){0,3}(?:, and |, | and )(?:the )?){0,8}$"
)
# "on the margins of the General Assembly": where people meet meets nobody
MARGINS: Final = re.compile(r"\b(?:margins?|sidelines?) of(?: the)? $")
BACK: Final = 3  # sentences in which the one is named who is "he" or "she" then
HE: Final = re.compile(
    r"(?:^\W*|, |; | and |[Dd]uring \w+ \w+ |^\W*(?:In|On|At|Later|Earlier|Then|There|Afterwards|Also|Yesterday|Today|Tomorrow|Before|After)\b(?: [^,.;]{1,30}?)?,? )(?:[Ss]he|[Hh]e)\b"
)
OF_HIM: Final = re.compile(r"\W*(?:[Ss]he|[Hh]e)\b")  # whom such a sentence names is somebody else
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
            invites = INVITED.search(scene.low, s.start_char, m.start_char) is not None
            if (invites and not DOES.match(scene.low, m.end_char)) or is_label(scene, s, m):
                continue
            phrase = phrase_start(m, scene.text, s.start_char)
            if NOT_THERE.search(scene.low, max(s.start_char, phrase - 90), phrase) or is_absent(
                scene.cast, m, scene.text
            ):
                continue
            if is_matter(scene, s, phrase):
                continue
            if scene.cast.is_named(m) and not (
                ON.search(scene.low, m.end_char, s.end_char)
                and SPEAKS_FOR.search(scene.low, s.start_char, m.start_char)
            ):
                yield m


def is_matter(scene: Scene, sentence: Sentence, at: int) -> bool:
    """Whether one named at `at` is what a conversation told beside the main event was about, or of the next deed of its sentence."""
    t = scene.reading.trigger
    if scene.main or t.act not in ENCOUNTERS or sentence.start_char > t.start or at < t.end:
        return False
    about = t.act in TALKS and MATTER.search(scene.low, t.start, at) is not None
    talks = t.act not in TALKS and NEXT_TALKS.search(scene.low, t.end, at) is not None
    return about or talks or NEXT_DEED.search(scene.low, t.end, at) is not None


def is_label(scene: Scene, sentence: Sentence, mention: Mention) -> bool:
    """Whether a name only says whose words follow: "NAME: The President will attend"."""
    return mention.start_char == sentence.start_char and scene.text.startswith(": ", mention.end_char)


def openers(scene: Scene, sentence: Sentence) -> list[Mention]:
    """The actors that open a sentence, joined to one another: "The X Navy and the Y Navy ..."."""
    found: list[Mention] = []
    for m in scene.cast.of_kind(sentence.start_char, sentence.end_char, *ACTORS):
        if m.use not in {"name", "pronoun"} or (found and m.end_char <= found[-1].end_char):
            continue
        if not found and m.start_char - sentence.start_char > OPENING:
            return []
        if found and not JOINED.fullmatch(scene.text, found[-1].end_char, m.start_char):
            break
        found.append(m)
    return found


def company(scene: Scene) -> tuple[Sentence, ...]:
    """The sentences that say who else was there."""
    if not scene.main:
        return ()
    found: list[Sentence] = []
    for s in scene.sentences:
        lists_on = found and (found[-1].text.endswith(":") or LISTED.match(found[-1].text))
        if ALSO_THERE.search(scene.low, s.start_char, s.end_char) or (lists_on and LISTED.match(s.text)):
            found.append(s)
    return tuple(found)


def listing(scene: Scene) -> tuple[Sentence, ...]:
    """The sentences that say who is hit by sanctions, beside those that state them."""
    if scene.reading.trigger.act not in PENAL:
        return ()
    return tuple(s for s in scene.sentences if LISTING.search(scene.low, s.start_char, s.end_char))


def leaders(scene: Scene) -> tuple[Sentence, ...]:
    """The sentences of the lead that say who led the delegations."""
    return tuple(s for s in scene.sentences[:LEAD] if LED.search(scene.low, s.start_char, s.end_char))


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


def antecedent(scene: Scene) -> Mention | None:
    """Who "he" or "she" is, whose act the verb says: the person whom a sentence before it speaks of first."""
    t = scene.reading.trigger
    start, end = scene.sentences[t.sentence].start_char, scene.sentences[t.sentence].end_char
    found = HE.search(scene.text[start : t.start if t.part != "noun" else end])
    named = scene.cast.of_kind(start, start + found.start(), "person") if found else ()
    if not found or any(scene.cast.is_named(m) for m in named):
        return None
    before = scene.sentences[max(0, t.sentence - 2 * BACK) : t.sentence]
    for s in reversed([s for s in before if not OF_HIM.match(scene.text, s.start_char)][-BACK:]):
        for m in scene.cast.of_kind(s.start_char, s.end_char, "person"):
            opens = m.start_char - s.start_char <= len("The ")  # "The President of Peru informed NAME. He"
            if (scene.cast.is_named(m) or opens) and not is_governed(
                scene.cast, m, scene.text, s.start_char, beside=False
            ):
                return m
    return None


def is_told_by(scene: Scene, mention: Mention) -> bool:
    """Whether a person only speaks of the event that a noun names: "the Minister welcomed the results of the Forum"."""
    at, end = scene.reading.trigger.start, scene.reading.trigger.end
    if mention.end_char > at or SPEAKS.match(scene.low, mention.end_char) is None:
        return False
    within = IN_COURSE.search(scene.low, mention.end_char, at) and scene.low.startswith(" with ", end)
    return not within


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
            listed = m.use == "title" and HOLDERS_OF.search(scene.low, s.start_char, m.start_char)
            if (m.use not in {"name", "pronoun"} and not listed) or CONSTITUENCY.search(before):
                continue
            if (
                _did_before(scene, m)
                or is_matter(scene, s, m.start_char)
                or MARGINS.search(scene.low, s.start_char, m.start_char)
            ):
                continue
            if not listed and _is_part(scene, m):
                continue
            beside = scene.text[m.start_char - 2 : m.start_char] + scene.text[m.end_char : m.end_char + 2]
            acts = scene.cast.country_of(m) and not REACHED.search(before)
            if scene.cast.kind(m) != "region" or acts or PAIRED.search(beside):
                found.append(m)
    return found


def _did_before(scene: Scene, mention: Mention) -> bool:
    """Whether who is named did something ahead of the event: "the ministers of Chad met ahead of the summit"."""
    return not scene.main and came_before(scene.reading, scene.low, mention.end_char)


def _is_part(scene: Scene, mention: Mention) -> bool:
    """Whether a mention lies in a longer name or in somebody's office ("Supreme Council of the GCC")."""
    around = scene.cast.within(mention.start_char - LONGEST_NAME, mention.end_char)
    inside = any(
        m is not mention
        and m.start_char <= mention.start_char
        and mention.end_char <= m.end_char
        and m.entity_id != mention.entity_id
        and scene.cast.kind(m) == "organization"
        for m in around
    )
    return inside or is_in_office(scene.cast, mention, scene.text)


def is_passive(scene: Scene) -> bool:
    """Whether the act is done to its subject: "was elected", "have been declared", "a citizen detained in"."""
    t = scene.reading.trigger
    start = scene.sentences[t.sentence].start_char
    if t.act == "coerce" and SEIZED.search(scene.low, start, t.start) and SEIZED_HOW.match(scene.low, t.end):
        return True
    return t.part == "past" and (
        PASSIVE.search(scene.low, start, t.start) is not None
        or PASSIVE_VERB.match(scene.low, t.start, t.end) is not None
    )


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
