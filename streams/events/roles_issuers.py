"""Whose statement, message or measure it is: the title's, the subject's, the speaker's, else the state's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from streams.annotation import Mention, Participant
from streams.events.cast import ACTORS, JOINED, acting, of_country, participant, speaker
from streams.events.scene import Scene, antecedent, is_first_person, is_passive
from streams.events.signed import in_person, signer

STATEMENT_OF: Final = re.compile(
    r"\b(?:statement|remarks|comments?|message|announcement|communiqu[ée]|declaration|response|reaction|letter|speech|address|notice|decision|readout)s?"
    r"(?: (?:issued|made|delivered|attributable|released))?(?: (?:by|from|of))(?: the)? (?!condol|congrat|sympath|solidar|thank|appreciat|support|intent|credence|greeting|goodwill|protest|apolog|recall)"
)
ABOUT: Final = re.compile(
    r"\b(?:on|regarding|about|concerning|following|in connection|at|after|for|in|welcoming|condemning)\b|[:;–—]"
)
OWN_STATEMENT: Final = re.compile(
    r"^(?:['’]s?)?(?: [\w’']+){0,3} (?:statement|remarks|comments?|answer|response|message|reply|declaration|speech|address)\b"
)
ISSUED: Final = re.compile(
    r"^(?:[\w’' -]{0,40}?)\b(?:issued|released|published|made|said|says|informs?|announce[sd]?) (?:today |on \w+ )?(?:the following|a statement|in a (?:press )?(?:statement|release)|in an? \w+ statement)"
)
AND_THE: Final = re.compile(r"(?:,|,? and|,? &)(?: the)? ")
TITLE_VERB: Final = re.compile(r"(?: and [\w ]{2,20})? (?:\w+ly )?[a-z]+(?:s|ed)?\b")
SAYS_SO: Final = re.compile(
    r"^,? (?:(?:today|yesterday|also|has|have|on \w+) )*(?:said|says|stated|states|announced|warned|told|declared|stressed|noted|added|wrote|affirmed)\b"
)
BODY: Final = re.compile(
    r"\b(?:ministry|department|office|presidency|secretariat|embassy|council|commission|government|mfa|mission)\b",
    re.IGNORECASE,
)
NESTED: Final = re.compile(
    r"^(?:['’]s)? (?:\w+ ){0,2}(?:spokes\w+|secretary|director|minister|president|commissioner|chief|head)",
    re.IGNORECASE,
)
PLAINLY_BY: Final = re.compile(r"(?: \w+){0,3}? by (?:the )?")
DONE_BY: Final = re.compile(
    r"(?: (?:[\w-]+ ){0,4}?)?(?:imposed|introduced|adopted|announced|declared|carried out|committed|perpetrated|launched|made|ordered|applied)(?: \w+){0,2}? by (?:the )?"
)
# "the decision of the Government of Chile to close the border", "Peru's decision to": whose decision it is does it
_DECISION: Final = r"(?:decisions?|moves?|intention|announcement|announced plans?|attempts?|steps?|threats?)"
DECISION_OF: Final = re.compile(
    rf"\b{_DECISION}(?: (?:taken|made|announced|adopted))?(?: \w+)? (?:of|by) (?:the )?(?:(?:government|authorities|parliament|president|council) of (?:the )?)?$"
)
_CLAUSE: Final = r" to\b(?:(?! and )[^.;:,]){1,60}"
TO_DO: Final = re.compile(rf"(?: on \w+)?{_CLAUSE}")
OWN_DECISION: Final = re.compile(
    rf"(?: (?:government|authorities|parliament|president|council))?(?:['’]s?)? (?:[\w-]+ ){{0,2}}?{_DECISION}{_CLAUSE}"
)
ANNOUNCED: Final = frozenset({"aid", "pledge", "sanction", "lift", "expel", "withdraw"})
THAT: Final = re.compile(r"(?: (?:today|yesterday|also|on \w+))? that (?:the )?(?:government of (?:the )?)?")
SHALL: Final = re.compile(r"(?: government)? (?:will|would|is|has|had)\b")
PARTICIPLE: Final = re.compile(r"(?:\wed|\wen|own|ught|aid|ent|ade|ld)$")
IMPOSED: Final = re.compile(r" (?:imposed|announced|adopted|introduced)$")
# "Russia's plans to", "Peru's offer of": whose it is, whoever speaks of it
OWNED: Final = re.compile(r"['’]s? ")
OWNED_ACTS: Final = frozenset(
    {"agree", "pledge", "aid", "request", "reject", "warn", "withdraw", "sanction", "lift"}
)
# "Peru is our friend, and we are sending": not Peru sends
WE_DO: Final = re.compile(
    r"\b(?:we|i)(?:['’](?:ve|re|ll|m))?(?: (?:have|are|am|will|shall|also|already|today|now|\w+ly|been|be|do|would like to|want to|wish to))* $"
)
# "Iran's ambassador in Geneva rejected": the state, where the text has no name for who acts
HOLDER: Final = re.compile(
    r"(?:['’]s?)?(?: [\w-]+){0,3} (?:ambassador|envoy|embassy|mission|representative|delegat(?:e|ion)|minister|ministry|president|premier|chancellor|government|authorities|spokes\w+)(?: (?:in|to|at) [\w’' -]{2,30})?(?: (?:has|have|had|also|then|\w+ly))* "
)
SPEECH: Final = re.compile('[:“"«]')
OF_BODY: Final = re.compile(
    r"(?:(?:[Gg]overnment|[Pp]resident|[Pp]rime [Mm]inister|[Aa]uthorities|[Mm]inistry|[Ff]orces|[Aa]rmed forces) of (?:the )?)?"
)
HEAD: Final = 3  # sentences
TITLE: Final = 2
OPENING: Final = 40  # characters in which a lead says whose statement it is


def titled(scene: Scene) -> Mention | None:
    """Whose statement the title says that it is: "Statement by X on ...", "X's answer to ..."."""
    cast = scene.cast
    for s in scene.sentences[:TITLE]:
        for m in cast.of_kind(s.start_char, s.end_char, "person", "organization"):
            if OWN_STATEMENT.match(scene.low[m.end_char : m.end_char + 60]):
                return m
        match = STATEMENT_OF.search(scene.low, s.start_char, s.end_char)
        if match and (s is scene.sentences[0] or match.start() - s.start_char < OPENING):
            about = ABOUT.search(scene.low, match.end(), s.end_char)
            named = cast.of_kind(
                match.end(), about.start() if about else s.end_char, "person", "organization"
            )
            persons = [m for m in named if cast.kind(m) == "person"]
            if named:
                return (persons or named)[0]
    return None


def _joint_owners(scene: Scene) -> list[Mention]:
    """The states and bodies whose statement the title says that it is: "Statement by A, the B and C on ..."."""
    for s in scene.sentences[:TITLE]:
        if match := STATEMENT_OF.search(scene.low, s.start_char, s.end_char):
            about = ABOUT.search(scene.low, match.end(), s.end_char)
            end = about.start() if about else s.end_char
            named = scene.cast.of_kind(match.end(), end, "country", "organization")
            found = [m for m in named[:1] if m.start_char == match.end()]
            for m in named[1:]:
                if found and AND_THE.fullmatch(scene.low, found[-1].end_char, m.start_char):
                    found.append(m)
            if len(found) > 1:
                return found
    return []


def _issues(scene: Scene) -> Mention | None:
    """Who "issued the following statement" in the lead."""
    cast = scene.cast
    for s in scene.sentences[: HEAD + 1]:
        for m in cast.of_kind(s.start_char, s.end_char, *ACTORS):
            if m.use != "title" and ISSUED.match(scene.low[m.end_char : min(s.end_char, m.end_char + 110)]):
                return m
    return None


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


def _says_so(scene: Scene) -> list[Mention]:
    """The person to whom a sentence of the act is ascribed: "Armenia is ready to compromise, NAME said"."""
    return [
        m
        for s in scene.own
        for m in scene.cast.of_kind(max(s.start_char, scene.reading.trigger.end), s.end_char, "person")
        if SAYS_SO.match(scene.low[m.end_char : m.end_char + 40])
    ][:1]


def _strictly(scene: Scene) -> Mention | None:
    """Who speaks, where a verb of saying shows it."""
    return speaker(scene.cast, scene.sentences, scene.text, strictly=True) if scene.main else None


def _signed(scene: Scene) -> list[Mention]:
    """Who signs a text in the first person: "I hereby determine"."""
    signed = signer(scene.cast, scene.sentences, scene.text)
    return [signed] if signed and in_person(scene.text) else []


def agents(scene: Scene) -> list[Mention]:
    """By whom it was done: "was condemned by Peru and Chile", "the sanctions imposed by the Union"."""
    cast, t = scene.cast, scene.reading.trigger
    sentence = scene.sentences[t.sentence]
    if decided := _deciding(scene) or _announced(scene) or _owner(scene):
        return [decided]
    # "the sanctions imposed by", "supplies donated by", "the closure by": passive without "were"
    imposed = IMPOSED.search(scene.low, t.start, t.end) is not None or (
        scene.low.startswith(" by ", t.end)
        and (t.act in ANNOUNCED or (t.part == "past" and PARTICIPLE.search(scene.low, t.start, t.end)))
    )
    if not imposed and (t.part == "noun") == is_passive(scene):
        return []
    by = (DONE_BY if t.part == "noun" else PLAINLY_BY).match(scene.low, t.end, sentence.end_char)
    if not by:
        return []
    found: list[Mention] = []
    for m in cast.of_kind(by.end(), sentence.end_char, *ACTORS):
        if m.use == "title" or (found and m.end_char <= found[-1].end_char):
            continue
        ahead = scene.text[found[-1].end_char if found else by.end() : m.start_char]
        if not (JOINED.fullmatch(ahead) if found else OF_BODY.fullmatch(ahead)):
            break
        found.append(m)
    return found


def _owner(scene: Scene) -> Mention | None:
    """Who owns what the sentence names as a thing: "welcomed Russia's plans to"."""
    t = scene.reading.trigger
    start = scene.sentences[t.sentence].start_char
    if t.act not in OWNED_ACTS:
        return None
    named = scene.cast.of_kind(start, t.start, *ACTORS)
    return next(
        (m for m in named if m.use != "title" and OWNED.fullmatch(scene.low, m.end_char, t.start)), None
    )


def _announced(scene: Scene) -> Mention | None:
    """Who will do what was announced: "announced that Peru will provide food aid"."""
    t = scene.reading.trigger
    that = THAT.match(scene.low, t.end) if t.act in ANNOUNCED else None
    found = scene.cast.of_kind(that.end(), that.end() + 1, "country", "organization") if that else ()
    return next((m for m in found if m.use != "title" and SHALL.match(scene.low, m.end_char)), None)


def _deciding(scene: Scene) -> Mention | None:
    """Whose decision it was to do it, where the sentence speaks of the decision as a noun."""
    t, low = scene.reading.trigger, scene.low
    start = scene.sentences[t.sentence].start_char
    for m in scene.cast.of_kind(start, t.start, *ACTORS):
        if m.use != "title" and (
            (
                (m.use == "adjective" or low.startswith(("’", "'"), m.end_char))
                and OWN_DECISION.fullmatch(low, m.end_char, t.start)
            )
            or (
                TO_DO.fullmatch(low, m.end_char, t.start)
                and DECISION_OF.search(low, max(start, m.start_char - 80), m.start_char)
            )
        ):
            return m
    return None


def _holder(scene: Scene) -> list[Mention]:
    """The state whose office-holder, without a name, is the subject of a further event."""
    t = scene.reading.trigger
    start = scene.sentences[t.sentence].start_char
    if scene.main or t.part == "noun":
        return []
    opens = scene.cast.of_kind(start, start + len("The ") + 1, "country")
    return [
        m
        for m in opens
        if m.use != "name" or scene.low.startswith(("'", "’"), m.end_char)
        if HOLDER.fullmatch(scene.low, m.end_char, t.start)
    ][:1]


def _found(scene: Scene) -> list[Mention]:
    """Those whose statement or measure it is, as far as the text names them."""
    if scene.main and (owners := _joint_owners(scene) or _signed(scene)):
        return owners
    cast, trigger = scene.cast, scene.reading.trigger
    sentence = scene.sentences[trigger.sentence]
    passive = is_passive(scene)
    if done_by := agents(scene):
        return done_by
    ours = trigger.part != "noun" and WE_DO.search(scene.low, sentence.start_char, trigger.start)
    found = [] if passive else acting(cast, sentence, trigger.start, scene.text) or _holder(scene)
    if ours:  # "NAME: "We ask", not "Peru is our friend, and we ask"
        found = [
            m
            for m in found
            if cast.kind(m) == "person" and SPEECH.search(scene.text, m.end_char, trigger.start)
        ]
    owner = titled(scene) if scene.main else None
    if owner and (cast.kind(owner) == "person" or not found):
        found = [owner, *(m for m in found if cast.kind(m) != "person")]
    if scene.main:
        found += _says_so(scene)
    if not found and is_first_person(scene) and (issuing := _issues(scene)):
        return [issuing]
    if not found and not scene.main and not passive and (meant := antecedent(scene)):
        return [meant]
    opener = _first_of_title(scene)
    said = _strictly(scene)
    if opener and said and cast.country_of(said) not in {None, cast.home, cast.country_of(opener)}:
        said = None  # who else speaks of what the title says that somebody does
    ways = (opener, said) if trigger.sentence == 0 else (said, opener)
    if not found:
        found = [m for m in ways if m][:1]
    if not found and scene.main and not passive:
        found = acting(cast, sentence, trigger.start, scene.text, unnamed=True)
    if not found and scene.main and (spoken := speaker(cast, scene.sentences, scene.text)):
        found = [spoken]
    return found


def issuers(scene: Scene) -> Iterator[Participant]:
    """Who makes a statement or takes a measure; persons, bodies and states as the text itself names them."""
    cast = scene.cast
    found = _found(scene)
    if found:
        for m in found:
            yield participant(cast, m, "actor", "speaker")
    elif scene.reading.trigger.act == "coerce" and not scene.main and is_passive(scene):
        return  # who was detained, nobody says by whom
    elif cast.issuer and cast.issuer in cast.entities and BODY.search(cast.entities[cast.issuer].name):
        yield Participant(cast.issuer, "actor", "speaker", cast.entities[cast.issuer].country)
    elif cast.home and (cast.publisher or is_first_person(scene) or _speaks_of_itself(scene)):
        yield of_country(cast.home, "actor", "speaker")
