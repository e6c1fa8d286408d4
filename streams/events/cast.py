"""Who is named where: the mentions of a release by sentence, as the roles of events need them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from streams.annotation import Entity, Mention, Participant
from streams.closed_sets import Function, Role
from streams.extract.entities import Names
from streams.extract.sentences import Sentence

ACTORS: Final = frozenset({"person", "organization", "country"})
# "MANILA, PHILIPPINES (19 November 2024) —", "Kabul, Afghanistan (Agency):": a place, then commas or brackets up to a dash
DATELINE: Final = re.compile(
    r"[A-Z][\w.’' -]{1,30}(?:(?:, [\w.’' -]{1,30}){1,3} ?(?:\([^)]{1,40}\) ?)?| ?\([^)]{1,40}\) ?)(?:[–—:]|--|-(?= ))\s"
)
SAID: Final = re.compile(
    r"\s*,?\s*(?:today |yesterday |also |has |have )?(?:said|says|saying|stated|states|commented|comments|added|noted|stressed|emphasi[sz]ed|condemn\w*|welcom\w*|responds?|respond(?:ed|ing)|urg\w+|express\w*|announc\w*|issued|made the following)\b"
)
SAID_BEFORE: Final = re.compile(r"\b(?:said|says|stated|according to)(?: the)?[\w\s]{0,40}$")
OPENS_SPEECH: Final = re.compile(r": (?=[“\"„«A-Z])")  # "NAME: We have noted ..."
GOVERNMENT_OF: Final = re.compile(
    r"\b(?:[Gg]overnment|Republic|Kingdom|State|[Pp]eople|[Aa]uthorities|Federation|Emirate|Sultanate|Commonwealth|Ministry|Union)"
    r"(?: of (?:the )?(?:[A-Z]\w+ )*(?:and [A-Z]\w+ )?)? ?of(?: the)? $"
)
# "arrived in Abeche, the Republic of Chad, carrying": where a place is does nothing
APPOSED: Final = re.compile(
    r"\b(?:in|at|to|from|near) (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3}, (?:the )?(?:[A-Z]\w+ )*(?:of )?(?:the )?$"
)
# "condemned the Israeli aggression and called for": what somebody takes a stance on does not do the next deed
STANCE_ON: Final = re.compile(
    r"\b(?:condemn|denounc|reject|deplor|criticis|criticiz|welcom)(?:s|es|ed|ing)(?: the)? $"
)
CLOSED: Final = re.compile(r"[,.;)]")
RELATIVE_CLAUSE: Final = re.compile(r",? (?:who|which)\b[^,;.]{0,40}")
# "commended the President for severing": whom the praise is for does it
FOR_DOING: Final = re.compile(r" for (?:\w+ly )?")
# What stands between two that act together: a conjunction, then articles, offices and honorifics. A word is taken as a
# whole (`*+`): words in capitals can be cut in so many ways that one title would take minutes.
JOINED: Final = re.compile(
    r"(?:['’]s [^,;.]{1,60})?(?:, | and | & |, and |, as well as | as well as |, together with | together with | along with | / )"
    r"(?:(?:the|of|for|its|his|her|and|in|at|to|counterpart|[A-Z][\w’'.&/-]*+),? ?(?:[-–] )?)*"
)
GOVERNED: Final = re.compile(
    r"\b(?:in|at|from|to|with|by|against|of|for|on|between|about|regarding|concerning)(?: the)? $",
    re.IGNORECASE,
)
SAID_THAT: Final = re.compile(
    r"\b(?:(?:said|says|stated|told \w+)(?: (?:on \w+|today|yesterday|earlier|also|the same day))*,?(?: that)?"
    r"|(?:announced|announces|reported|confirmed|noted|claimed)(?: (?:on \w+|today|yesterday|earlier|also))* that)(?: the)? $"
)
ABSENT: Final = re.compile(
    r"(?:, [^,.;]{2,60},)?(?:(?! (?:said|says|noted|confirmed|announced|regretted|and|met)\b) [a-z]+){0,3}? (?:(?:did|does|will|could) not (?:attend|take part|participate|come)|(?:was|is|were) absent|sent (?:his|her) apologies"
    r"|(?:declined|refused) to (?:attend|take part|participate)|skipped|cancelled (?:his|her) (?:participation|attendance))\b"
)
TO_DO: Final = re.compile(r" to (?:\w+ly )?")
TO_WHICH: Final = re.compile(
    r"\b(?:to|at|in|for|by|with|during|of) (?:which|whom)(?: the| his| her| their)? $"
)
GOVERNED_OFFICE: Final = re.compile(
    r"\b(?:from|to|with|by|against|of|for|between|behalf of|including|like)(?: (?:the|his|her|its|their|H\.E\.|then|[A-Z]\w+ counterpart,?|counterpart,?))* $",
    re.IGNORECASE,
)
BRIEFED: Final = re.compile(  # who hears of a deed, or is thanked before it, does not do it
    r"\b(?:updated|briefed|informed|notified|apprised|reminded|assured|thanked|congratulated|commended)"
    r"(?: (?:the|his|her|its|their|visiting|H\.E\.|(?:\w+ )?counterpart,?))* $"
)
CALLED_TO_ACCOUNT: Final = re.compile(r"\bh(?:old|olds|olding|eld)(?: the)? $")
ACCOUNTABLE: Final = re.compile(r" (?:fully |to account|accountable|responsible)")
GOVERNED_NAME: Final = re.compile(r"\b(?:with|by|against|for|to|of)(?: [\w’'.]+){0,6}(?: counterpart,)? $")
THEY: Final = re.compile(r"(?:They|He|She|We|I|Both)\b")
LONGEST_HONORIFICS: Final = 60
LONGEST_OFFICE: Final = 160
HONORIFICS: Final = re.compile(
    r"[ ,–-]*(?:(?:H\.? ?E\.?|(?:His|Her) (?:Excellency|Highness|Royal Highness|Majesty)|Mr|Ms|Mrs|Dr|Sir|Dame|Hon|Hon['’]ble|Honou?rable|The|Sheikh|Shaikh|Prof|Professor|General|Gen|Lt|Amb|Ambassador|Senator|Shri|Smt|U|Daw|Datuk|Dato|Dato['’]|Seri|Tan|HE|HH|HRH|Prince|Princess|King|Queen|[(][A-Z]{2,6}[)])[.,]?[ ,]*)*"
)
SPEAKS_FOR: Final = re.compile(
    r"\b(?:statement|remarks|comments?|message|letter|tweet|declaration|address|speech|response|readout|communiqu[ée]) (?:by|from|of)(?: the)?\b[^.;:]{0,120}$"
)

DEAD: Final = re.compile(
    r"\b(?:the late|(?:passing|death|demise|loss|memory|funeral|burial|assassination|killing|murder|martyrdom|legacy|bereavement) of)(?: (?:the|his|her|their|its|former|late|[\w’'.-]+,?)){0,12} $"
)


class Cast(NamedTuple):
    """The mentions of a release in order of the text, and its entities by key."""

    mentions: Sequence[Mention]
    starts: Sequence[int]
    entities: dict[str, Entity]
    home: str | None  # the issuer's country
    issuer: str | None
    publisher: str | None = None  # the publisher's country, where it is known and not inferred

    def within(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions that begin in a span."""
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def is_named(self, mention: Mention) -> bool:
        """Whether the text has a name for who is meant, here or elsewhere ("the Foreign Secretary")."""
        return mention.use == "name" or any(
            m.entity_id == mention.entity_id and m.use == "name" for m in self.mentions
        )

    def kind(self, mention: Mention) -> str:
        return self.entities[mention.entity_id].kind

    def country_of(self, mention: Mention) -> str | None:
        return mention.country or self.entities[mention.entity_id].country

    def of_kind(self, start: int, end: int, *kinds: str) -> list[Mention]:
        return [m for m in self.within(start, end) if self.kind(m) in kinds]

    def states(self, start: int, end: int) -> list[Mention]:
        """Countries that stand as such (not only inside an office or as an adjective)."""
        return [m for m in self.of_kind(start, end, "country") if m.use in {"name", "pronoun"}]

    def party_entity(self, code: str) -> str | None:
        """The state, or the organisation that acts as one, of that code."""
        acting = [e for e in self.entities.values() if e.kind == "organization" and e.country == code]
        shortest = min(acting, key=lambda e: (len(e.name), e.entity_id), default=None)
        return self.country_entity(code) or (shortest.entity_id if shortest else None)

    def country_entity(self, code: str | None) -> str | None:
        key = f"country:{code}"
        return key if code and key in self.entities else None


def gather(names: Names, sentences: Sequence[Sentence], text: str, publisher: str | None = None) -> Cast:
    """The cast of a release; a state behind the city of a dateline is where somebody wrote, and acts in nothing."""
    kinds = {e.entity_id: e.kind for e in names.entities}
    written = [
        (s.start_char, d.end()) for s in sentences if (d := DATELINE.match(text, s.start_char, s.end_char))
    ]
    mentions = sorted(names.mentions, key=lambda m: (m.start_char, -m.end_char))
    dated = {start for start, _ in written} & {
        m.start_char for m in mentions if kinds[m.entity_id] == "place"
    }
    spans = [(start, end) for start, end in written if start in dated]
    mentions = [
        m
        for m in mentions
        if kinds[m.entity_id] != "country" or not any(start <= m.start_char < end for start, end in spans)
    ]
    return Cast(
        mentions,
        [m.start_char for m in mentions],
        {e.entity_id: e for e in names.entities},
        publisher or names.issuer_country,
        names.issuer_entity_id,
        publisher,
    )


def participant(
    cast: Cast, mention: Mention, role: Role = "actor", function: Function | None = None
) -> Participant:
    office = mention.office or next(
        (m.office for m in cast.mentions if m.entity_id == mention.entity_id and m.office), None
    )
    return Participant(mention.entity_id, role, function, cast.country_of(mention), office)


def of_country(code: str, role: Role = "actor", function: Function | None = None) -> Participant:
    return Participant(f"country:{code}", role, function, code)


def phrase_start(mention: Mention, text: str, least: int) -> int:
    """Where the phrase of a person begins, office and honorifics before the name included; else the mention."""
    start = mention.start_char
    if mention.office is None:
        return start
    at = text.rfind(mention.office, max(least, start - len(mention.office) - LONGEST_HONORIFICS), start)
    if at < 0 or not HONORIFICS.fullmatch(text, at + len(mention.office), start):
        return start
    return at


def is_mourned(cast: Cast, mention: Mention, text: str, least: int) -> bool:
    """Whether a person is named as dead: "on the passing of the President, Sheikh NAME"."""
    if cast.kind(mention) != "person":
        return False
    start = phrase_start(mention, text, least)
    return DEAD.search(text, max(least, start - 90), start) is not None


def is_absent(cast: Cast, mention: Mention, text: str) -> bool:
    """Whether the words behind a person say that he was not there."""
    return cast.kind(mention) == "person" and ABSENT.match(text, mention.end_char) is not None


def is_in_office(cast: Cast, mention: Mention, text: str) -> bool:
    """Whether a state or body is named only in the office of a person beside it ("Representative to the UN, NAME")."""
    for p in cast.within(mention.start_char - LONGEST_OFFICE, mention.end_char + LONGEST_OFFICE):
        if p.office and cast.kind(p) == "person" and p.use == "name":
            at = text.find(p.office, max(0, p.start_char - LONGEST_OFFICE), p.end_char + LONGEST_OFFICE)
            if at >= 0 and at <= mention.start_char and mention.end_char <= at + len(p.office):
                return True
    return False


def is_governed(cast: Cast, mention: Mention, text: str, least: int, *, beside: bool) -> bool:
    """Whether a preposition, "and" or "briefed" governs the mention; of a bare name only `beside` an actor that comes before."""
    if ACCOUNTABLE.match(text, mention.end_char) and CALLED_TO_ACCOUNT.search(
        text, max(least, mention.start_char - 12), mention.start_char
    ):
        return True
    if cast.kind(mention) != "person":
        return _is_body_governed(mention, text, least)
    start = phrase_start(mention, text, least)
    if TO_WHICH.search(text, max(least, start - 24), start):
        return False
    if beside and BRIEFED.search(text, max(least, start - 40), start):
        return True
    if start < mention.start_char:
        return GOVERNED_OFFICE.search(text, max(least, start - 40), start) is not None
    return beside and GOVERNED_NAME.search(text, max(least, start - 60), start) is not None


def _is_body_governed(mention: Mention, text: str, least: int) -> bool:
    """The same of a state or body; one in apposition to a place is governed with it."""
    start = mention.start_char
    if APPOSED.search(text, max(least, start - 60), start) and CLOSED.match(text, mention.end_char):
        return True
    if STANCE_ON.search(text, max(least, start - 24), start):
        return True
    stands_for = GOVERNMENT_OF.search(text, max(least, start - 40), start)
    return not stands_for and GOVERNED.search(text, max(least, start - 14), start) is not None


def _is_of_clause(mention: Mention, text: str, start: int) -> bool:
    """Whether a mention is the subject of what somebody named before says: "the Minister said that Peru had expelled"."""
    owns = mention.use == "adjective" or text.startswith(("'s", "’s", "' ", "’ "), mention.end_char)
    return not owns and SAID_THAT.search(text, start, mention.start_char) is not None


def subject(cast: Cast, sentence: Sentence, at: int, text: str, *, unnamed: bool = False) -> Mention | None:
    """The actor whose act the verb at `at` is: the last one before it that no preposition governs.

    With `unnamed`, also an office whose holder the text names nowhere.
    """
    found: Mention | None = None
    governed: Mention | None = None
    they = THEY.match(text, sentence.start_char) is not None  # who does it is not named here
    for m in cast.within(sentence.start_char, at):
        if (
            cast.kind(m) not in ACTORS
            or m.use == "title"
            or m.end_char > at
            or (cast.kind(m) == "person" and not (unnamed or cast.is_named(m)))
            or (cast.kind(m) == "organization" and is_in_office(cast, m, text))
        ):
            continue
        if RELATIVE_CLAUSE.fullmatch(text, m.end_char, at) or FOR_DOING.fullmatch(text, m.end_char, at):
            return m
        if found is not None and TO_DO.fullmatch(text, m.end_char, at):
            continue  # "Peru expects Chile to respect"
        joined = governed and JOINED.fullmatch(text, governed.end_char, m.start_char)
        if is_governed(cast, m, text, sentence.start_char, beside=they or found is not None) or (
            joined and not text.startswith(", ", m.start_char - 2)
        ):
            governed = m
            continue
        if found is not None and _is_of_clause(m, text, found.end_char):
            found = m  # "the Minister said that Peru had expelled"
            continue
        if found is not None and cast.kind(found) == "person" and cast.kind(m) != "person":
            continue
        found = m
    return found


def acting(cast: Cast, sentence: Sentence, at: int, text: str, *, unnamed: bool = False) -> list[Mention]:
    """Who does what the verb at `at` says: its subject, and those joined to it before ("X and Y signed")."""
    last = subject(cast, sentence, at, text, unnamed=unnamed)
    if last is None:
        return []
    found = [last]
    for m in reversed(cast.within(sentence.start_char, last.start_char)):
        if m.use == "title" or cast.kind(m) not in ACTORS or m.end_char > found[-1].start_char:
            continue
        joined = JOINED.fullmatch(text, m.end_char, found[-1].start_char)
        if not joined or is_governed(cast, m, text, sentence.start_char, beside=True):
            break
        found.append(m)
    return found[::-1]


def speaker(
    cast: Cast, sentences: tuple[Sentence, ...], text: str, *, strictly: bool = False
) -> Mention | None:
    """The person who speaks in a statement: named in its title or with a verb of saying; else, not `strictly`, of the lead."""
    persons = [m for m in cast.mentions if cast.kind(m) == "person" and m.use == "name"]
    low = text.lower()
    starts = [s.start_char for s in sentences]
    for m in persons:
        index = bisect_right(starts, m.start_char) - 1
        start = starts[index]
        if index <= 1 and SPEAKS_FOR.search(low[start : m.start_char]):
            return m
    for m in persons:
        if SAID.match(low, m.end_char) or OPENS_SPEECH.match(text, m.end_char):
            return m
    for m in persons:
        if SAID_BEFORE.search(low[max(0, m.start_char - 60) : m.start_char]):
            return m
    if strictly:
        return None
    lead_end = sentences[min(2, len(sentences) - 1)].end_char if sentences else 0
    at_home = [m for m in persons if m.start_char < lead_end and cast.country_of(m) in {None, cast.home}]
    return at_home[0] if at_home else None


def unique(participants: Iterator[Participant] | Sequence[Participant]) -> tuple[Participant, ...]:
    """Each entity once: its first row stays."""
    seen: dict[str, Participant] = {}
    for p in participants:
        seen.setdefault(p.entity_id, p)
    return tuple(seen.values())
