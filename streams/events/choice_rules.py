"""What rules propose as the main event: what title and lead say that a release exists to report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from streams.events.page import COMMENT, ENCOUNTERS, JOINT, STATEMENT, Page, is_usable
from streams.events.triggers import STANCE, Reading

MOVES: Final = (
    "arrives",
    "arrived",
    "arrive",
    "departs",
    "departed",
    "leaves for",
    "left for",
    "travels",
    "travelled",
    "traveled",
    "arrived in",
    "arrives in",
)
# What a statement is about, not what its issuer does.
SUBJECT_MATTER: Final = frozenset(
    {"deal", "attack", "coerce", "ceasefire", "withdraw", "mobilize", "protest"}
)
SUBJECT_OF_STATEMENT: Final = frozenset(
    {"agree", "appoint", "cooperate", "launch", "cancel", "sign", "expel", "lift", "warn"}
)
STATED: Final = STANCE | {"sanction", "aid", "pledge"}
RANK: Final = {
    "credentials": 0, "call": 1, "sign": 1, "meet": 1, "negotiate": 1, "condemn": 1, "sanction": 1, "congratulate": 2, "condole": 2,
    "welcome": 2, "summit": 2, "conference": 3, "visit": 4, "aid": 2, "pledge": 2, "request": 2, "reject": 2, "appoint": 3, "agree": 4, "discuss": 3,
}  # fmt: skip
TALKS: Final = frozenset({"meet", "discuss", "negotiate"})


class Main(NamedTuple):
    """The reading that states the main event best, and the sentences that speak of it."""

    reading: Reading
    stated_in: tuple[int, ...]
    rule: str


def _title_reading(page: Page) -> Reading | None:
    """The first act of a title that is its issuer's own."""
    statement = STATEMENT.match(page.head) is not None
    comment = COMMENT.search(page.head) is not None
    own = [r for r in page.of_title if is_usable(r) and r.trigger.act not in SUBJECT_MATTER]
    own = [r for r in own if not page.is_frame(r)]
    if statement:
        own = [
            r
            for r in own
            if r.trigger.act not in SUBJECT_OF_STATEMENT and (r.trigger.act in STANCE or not comment)
        ]
    if not own:
        return None
    first = own[0]
    if first.trigger.act == "cancel":
        off = [r for r in own if r.trigger.act in ENCOUNTERS]
        return (off or own)[0]._replace(status="cancelled")
    stances = [r for r in own if r.trigger.act in {"condemn", "welcome", "congratulate", "condole"}]
    if stances and statement:
        return stances[0]
    for act in (
        ("credentials",)
        if first.trigger.act != "visit" or first.trigger.part == "noun"
        else ("credentials", *sorted(ENCOUNTERS))
    ):
        better = [r for r in own if r.trigger.act == act and r.trigger.sentence == first.trigger.sentence]
        if better and (act == "credentials" or page.head[: first.trigger.end].endswith(MOVES)):
            return better[0]._replace(status=first.status)
    return first


def _body_match(act: str, readings: Sequence[Reading]) -> Reading | None:
    """The first reading of the body that tells more of the title's act."""
    kin = TALKS if act in TALKS else {act}
    same = [r for r in readings if r.trigger.act == act and is_usable(r)]
    same = same or [r for r in readings if r.trigger.act in kin and is_usable(r)]
    done = [
        r
        for r in same
        if act == "sign" and r.trigger.part == "past" and r.status == "occurred" and not r.recalled
    ]
    if done:
        return done[0]
    firm = [r for r in same if r.firm and not r.recalled]
    return (firm or [r for r in same if r.firm] or same or [None])[0]  # type: ignore[list-item]


def _stance(page: Page) -> Reading | None:
    """What a statement says of its matter: a condemnation before all, else the first stance."""
    stances = [r for r in page.lead if is_usable(r) and r.firm and r.trigger.act in STATED and page.is_own(r)]
    accusing = [r for r in stances if r.trigger.act == "condemn"]
    if accusing or not stances:
        return accusing[0] if accusing else None
    first = stances[0]
    if first.trigger.act == "request":  # "has long called for a truce. Its announcement is welcome"
        near = [
            r
            for r in stances
            if r.trigger.sentence <= first.trigger.sentence + 1 and r.trigger.act == "welcome"
        ]
        return near[0] if near else first
    return first


def _approval(page: Page) -> Reading | None:
    """What a cabinet approved: to sign, to accede, to take aid; ahead, whatever the words before it."""
    if not any(r.trigger.act == "approve" for r in page.readings):
        return None
    for act in ("aid", "sign"):
        found = [r for r in page.of_title if r.trigger.act == act]
        ahead = [r for r in page.body if r.trigger.act == act and r.status == "planned"]
        if found or (ahead and act == "sign"):
            return replace_status((ahead or found)[0])
    return None


def replace_status(reading: Reading) -> Reading:
    return reading._replace(status="planned", assertion="asserted")


def _from_lead(page: Page) -> Reading | None:
    """The first act of the lead; of one sentence's acts the one that ranks first."""
    usable = [r for r in page.body if is_usable(r) and r.firm]
    own = [
        r
        for r in usable
        if r.trigger.act not in SUBJECT_MATTER and not r.recalled and page.is_own(r) and not page.is_frame(r)
    ] or [r for r in usable if r.trigger.act not in SUBJECT_MATTER]
    if not own:
        return usable[0] if usable else None
    sentence = own[0].trigger.sentence
    return min(
        (r for r in own if r.trigger.sentence == sentence),
        key=lambda r: (RANK.get(r.trigger.act, 5), r.trigger.start),
    )


def _meeting_of_joint_statement(page: Page) -> Reading | None:
    """The encounter that the first sentence of a communiqué reports, if it does."""
    first = [
        r
        for r in page.body
        if r.trigger.sentence <= page.titles + 1 and r.trigger.act in {"meet", "call", "visit", "summit"}
    ]
    return next((r for r in first if is_usable(r) and r.firm and r.trigger.part != "noun"), None)


def _stated_in(reading: Reading, *others: Reading | None) -> tuple[int, ...]:
    """The sentences of title and lead that speak of the act."""
    own = [reading.trigger.sentence, *(o.trigger.sentence for o in others if o)]
    return tuple(dict.fromkeys(own))


def propose(page: Page) -> Main | None:
    """The main event by rules, or None for a text that states nothing."""
    head, sentences = page.head, page.sentences
    approved = _approval(page)
    if approved:
        return Main(approved, _stated_in(approved), "main.approval")
    named = _title_reading(page)
    joint = JOINT.search(head) is not None
    if named and not (joint and named.trigger.act in {"agree", "launch"}):
        told = _body_match(named.trigger.act, [r for r in page.lead if not page.is_frame(r)])
        best = named
        tells_more = told and (named.trigger.part == "noun" or told.trigger.act == named.trigger.act)
        if (
            told
            and tells_more
            and told.firm
            and (told.status == named.status or told.status != "occurred" or named.trigger.part == "noun")
        ):
            best = told._replace(status="cancelled") if named.status == "cancelled" else told
        lead = () if told else (page.titles,) if page.titles < len(sentences) else ()
        return Main(best, (*_stated_in(named, told), *lead), "main.title")
    if joint and (met := _meeting_of_joint_statement(page)):
        return Main(met, _stated_in(met), "main.joint")
    found = (
        _stance(page) if STATEMENT.match(head) or COMMENT.search(head) or _names_only_matter(page) else None
    )
    rule = "main.stance" if found else "main.lead"
    found = found or _from_lead(page)
    return Main(found, _stated_in(found), rule) if found else None


def _names_only_matter(page: Page) -> bool:
    """A title that names what happened to others ("Terrorist attacks in ...")."""
    return any(r.trigger.act in SUBJECT_MATTER for r in page.of_title)
