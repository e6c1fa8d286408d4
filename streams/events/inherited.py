"""What a further event leaves unsaid because the release has said it: that its parties are those of the main event."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from msgspec.structs import replace

from streams.annotation import Participant, Report

TWO_SIDED: Final = frozenset({"signing", "negotiation"})
# "They condemned", "the leaders will meet again", "Urges all parties": who speaks or meets goes without saying.
TAKEN_UP: Final = frozenset({"statement", "message", "meeting", "call", "visit"})
SAID: Final = frozenset({"statement", "message"})
TOGETHER: Final = re.compile(
    r"\b(?:they|we|both|it (?:was|has been) (?:also |further )?(?:agreed|decided)|two|three|leaders|ministers|presidents|parties|sides|heads|delegations|officials|countries|governments|states|members|participants|interlocutors)\b"
)

TALKS: Final = frozenset({"meeting", "visit", "negotiation"})
CONVERSATIONS: Final = frozenset({"meeting", "call"})
# "The two sides agreed to hold the next session of the Commission", "The sixth session will take place in Lima"
NEXT_FORMS: Final = frozenset({"meeting", "conference", "negotiation", "summit"})
TALKED_OF: Final = re.compile(
    r"\b(?:discuss\w*|exchanged|touched|reviewed|preparations?|welcomed|recalled|referred)\b"
)
NEXT: Final = re.compile(
    r"^\W*the (?:next|\d+(?:st|nd|rd|th)|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+teenth) (?:[\w-]+ ){0,4}(?:session|round|meeting|consultations|talks)\b"
)
STANCES: Final = frozenset({"ACCUSE", "SUPPORT", "REQUEST", "REJECT"})

BOTH: Final = 2  # sides
QUOTED: Final = re.compile(r"[“\"«][^”\"»]*(?:[”\"»]|$)")
# What is said in a conversation to whom one talks with: "expressed his gratitude for the support"
THANKS: Final = re.compile(
    r"\b(?:congratulat\w*|condolences?|condoled|thank(?:s|ed)|gratitude|appreciation|best wishes|sympath(?:y|ies))\b"
)
# "expressed condolences to the families of victims": somebody else
TO_OTHERS: Final = re.compile(
    r"\b(?:thank(?:s|ed)|congratulated|(?:condolences|sympathy|gratitude|appreciation|thanks|wishes) to)(?: (?!for\b)[\w-]+){0,2}? (?:famil(?:y|ies)|relatives|victims|bereaved|organi[sz]ers|staff|teams?|volunteers|citizens|people|soldiers|peacekeepers|donors)\b"
)
# "Tomorrow the guests will meet NAME": those of the other side who talk or visit now
GUESTS: Final = re.compile(
    r"\bthe (?:visiting )?(?:delegation|guests?|visitors?|visiting delegation)\b(?! (?:of|from|led|headed))"
)
TWO_SIDES: Final = re.compile(r"^\W*(?:both|the two|the) (?:\w+ )?(?:sides|parties)\b", re.IGNORECASE)
# "The minister, who is on a two-day visit, also met NAME": who of the issuer's side talks now
OFFICE: Final = re.compile(
    r"\W*(?:(?:[A-Z]\w+|On|In|At)[\w ]{0,30}, )?[Tt]he (?:\w+ )?(?:[Mm]inister|[Pp]resident|[Aa]mbassador|[Ss]ecretary|[Ss]peaker|[Cc]hairman|[Cc]hairperson|[Cc]ommissioner|[Gg]overnor|[Oo]mbudsman|[Dd]irector)"
    r"(?:,? who\b[^.;]{0,80},)? (?:also |then |later |subsequently |afterwards )*(?:met|held|had|received|spoke|hosted|is to|will)\b"
)
# "The two speakers signed": they, not their states
HOLDERS: Final = re.compile(
    r"\W*(?:[\w ]{3,30}, )?(?:the |both )?(?:two )?(?:\w+ )?(?:ministers|presidents|leaders|speakers|heads|secretaries|ambassadors|officials|they)"
    r"(?: \w+)?,? (?:signed|sign|inked|initialled|initialed|exchanged)\b",
    re.IGNORECASE,
)
WE: Final = re.compile(r"\b(?:we|our)\b", re.IGNORECASE)

OPENS_TOGETHER: Final = re.compile(
    r"\W*(?:\d+[.)] )?(?:They|Both|It (?:was|has been) (?:also |further )?(?:agreed|decided)|The (?:two |three |five )?(?:\w+ )?(?:[Ll]eaders|[Mm]inisters|[Pp]residents|[Pp]arties|[Ss]ides|[Hh]eads|[Dd]elegations|[Oo]fficials|[Ii]nterlocutors|[Dd]iplomats|[Pp]articipants)"
    r"|The (?:two|three|four|five|member|participating) (?:\w+ )?(?:[Cc]ountries|[Gg]overnments|[Ss]tates|[Nn]ations))\b"
)


def sides_of(main: Report, party_entity: dict[str, str]) -> tuple[Participant, ...]:
    """The states and bodies of the main event, as far as the text names them; `party_entity` has the entity of each code."""
    codes = sorted({p.country for p in main.participants if p.country})
    return tuple(Participant(party_entity[c], "actor", None, c) for c in codes if c in party_entity)


def inherited(
    report: Report,
    main: Report,
    sides: tuple[Participant, ...],
    home: str | None,
    issuer: str | None = None,
) -> Report:
    """`report` with the parties that it takes from the main event; `home` is the issuer's country, `issuer` its entity."""
    found = _with_actors(report, main, sides, home, issuer)
    to = _addressee(found, main) if report.type == "SUPPORT" and THANKS.search(report.quote.lower()) else None
    return replace(found, participants=(*found.participants, to)) if to else found


def _with_actors(
    report: Report, main: Report, sides: tuple[Participant, ...], home: str | None, issuer: str | None
) -> Report:
    """`report` with those who act in it, where the words leave that to the main event."""
    if report.type == "ASSAULT" and main.type in STANCES:
        return _without(report, main)
    if WE.search(QUOTED.sub("", report.quote)) and (
        all_of_us := _joint(report, main, {f"country:{home}", issuer})
    ):
        return replace(report, participants=all_of_us)
    alone = report.form in TWO_SIDED and len(report.participants) < BOTH
    if alone and (both := _both(report, main, sides)):
        return replace(report, participants=both)
    if _is_their_next(report):
        both = main.participants if main.form == "visit" else _acting(main)
        if len({p.country for p in both} - {None}) >= BOTH:
            theirs = tuple(replace(p, role="actor", function=None) for p in both)
            return replace(report, participants=(*theirs, *report.participants))
    return _taken_up(report, main, home, issuer) if report.form in TAKEN_UP else report


def _both(report: Report, main: Report, sides: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Who signs or negotiates where the words name nobody, or one: the persons of the main event, or their states."""
    acting = tuple(replace(p, function=None) for p in _acting(main))
    several = len({p.country for p in acting} - {None}) >= BOTH
    if several and len(acting) == BOTH and HOLDERS.match(report.quote):
        return acting
    if len(sides) >= BOTH:
        return sides
    bare = not report.participants and report.status == "occurred" and main.form in TALKS
    unsaid = OPENS_TOGETHER.match(report.quote) or bare  # "The two sides signed", "A protocol was signed"
    return acting if several and unsaid else ()


def _is_their_next(report: Report) -> bool:
    """Whether talks of which no party is named are the next of those who talk now: "The two sides agreed to hold"."""
    low = report.quote.lower()
    if report.form not in NEXT_FORMS or any(p.country for p in report.participants) or TALKED_OF.search(low):
        return False
    together = OPENS_TOGETHER.match(report.quote) is not None
    return together or (not report.participants and NEXT.search(low) is not None)


def _taken_up(report: Report, main: Report, home: str | None, issuer: str | None) -> Report:
    """A report whose actors go without saying where its words name none."""
    named = report.participants
    if guests := _guests(report, main, home):
        return replace(report, participants=(*guests, *named))
    if OPENS_TOGETHER.match(report.quote):  # "They condemned": not the issuer's state alone
        own = {f"country:{home}", issuer}
        named = tuple(p for p in named if p.entity_id not in own or p.role != "actor")
    if any(p.role == "actor" for p in named):
        return report
    there = {p.entity_id for p in named}
    acting = [p for p in _talking(report, main) if p.entity_id not in there]
    if report.form == "visit":
        hosts = {p.country for p in named if p.role == "recipient"}
        acting = [p for p in acting if p.country not in hosts] or acting
    if report.form in SAID and not TOGETHER.search(report.quote.lower()):
        acting = sorted(acting, key=lambda p: p.country != home)[:1]
    return replace(report, participants=(*acting, *named)) if acting else report


def _talking(report: Report, main: Report) -> tuple[Participant, ...]:
    """Who acts in the main event; where "the two sides" of a visit say something, its host too."""
    if main.form == "visit" and report.form in SAID and TWO_SIDES.match(report.quote):
        return tuple(replace(p, role="actor", function=None) for p in main.participants)
    return _acting(main)


def _guests(report: Report, main: Report, home: str | None) -> tuple[Participant, ...]:
    """Who talks in the main event, where a further meeting has only "the guests", or "the minister", for those of one side."""
    if not home or report.form not in CONVERSATIONS or not report.participants:
        return ()
    talking = [p for p in _acting(main) if p.entity_id.startswith("person:")]
    sides = {p.country for p in report.participants} - {None}
    if GUESTS.search(report.quote.lower()) and sides <= {home}:
        return tuple(p for p in talking if p.country not in {None, home})
    hosts = [p for p in talking if p.country == home]
    known = {p.entity_id for p in report.participants}
    office = (
        OFFICE.match(report.quote)
        and sides
        and home not in sides
        and known.isdisjoint(p.entity_id for p in hosts)
    )
    return tuple(hosts) if office and len(hosts) == 1 else ()


def _acting(main: Report) -> tuple[Participant, ...]:
    return tuple(p for p in main.participants if p.role == "actor")


def _addressee(report: Report, main: Report) -> Participant | None:
    """With whom the one who thanks or congratulates talks, where two persons talk and nobody else is addressed."""
    talking = [p for p in main.participants if p.entity_id.startswith("person:")]
    by = report.participants
    if TO_OTHERS.search(report.quote.lower()):
        return None
    if main.form not in CONVERSATIONS or len(talking) != BOTH or [p.role for p in by] != ["actor"]:
        return None
    others = [p for p in talking if p.entity_id != by[0].entity_id]
    if len(others) != 1 or others[0].country == by[0].country:
        return None
    return replace(others[0], role="recipient", function="addressee")


def _joint(report: Report, main: Report, own: Container[str | None]) -> tuple[Participant, ...]:
    """What "we" of a joint statement do all do who issue it, where the words alone give it to one of them, or to nobody."""
    issuing = _acting(main)
    sides = {p.country for p in issuing if not p.entity_id.startswith("person:")} - {None}
    if main.form != "statement" or len(sides) < BOTH:
        return ()
    keys = {p.entity_id for p in issuing}
    by = [p for p in report.participants if p.role == "actor"]
    if not all(p.entity_id in own or p.entity_id in keys for p in by) or len(by) > 1:
        return ()
    return (*issuing, *(p for p in report.participants if p.role != "actor" and p.entity_id not in keys))


def _without(report: Report, main: Report) -> Report:
    """An attack without those who condemn it or feel for its victims: they did not commit it."""
    speaking = {p.entity_id for p in main.participants if p.role == "actor"}
    taking = tuple(p for p in report.participants if p.role != "actor" or p.entity_id not in speaking)
    return replace(report, participants=taking)
