"""Which reports of further events tell something new, and which speak of one already told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from msgspec.structs import replace

from streams.annotation import Report
from streams.events.triggers import Reading

MOST: Final = 8
SETTLED: Final = frozenset({"stated", "resolved"})
SAME: Final = re.compile(r"\b(?:the|this|that|these|those|his|her|their|today['’]s|our)(?: \w+)?\s*$")
OWN_WORDS: Final = re.compile(r" (?:between|held|in [a-z]|at the|with)")
TALKS: Final = frozenset({"meeting", "negotiation", "call", "summit", "conference"})
PLANNED: Final = TALKS | {"visit", "signing"}
HELD: Final = TALKS - {"call"}
MET: Final = frozenset({"visit", "meeting", "call"})
PAIRED: Final = frozenset({"meeting", "call"})
WORDS: Final = frozenset({"condole", "congratulate"})  # acts of one type and form that are told apart
RATIFIED: Final = re.compile(r"\b(?:ratif|deposit|acced|accession)")  # what was signed before
NEWS: Final = 10  # days
DEALS: Final = frozenset({"signing", "negotiation"})


class Told(NamedTuple):
    """A further event: where it is named, what is reported of it, and how likely an act so named is an event, 0 to 1."""

    reading: Reading
    report: Report
    likelihood: float


def _persons(report: Report) -> frozenset[str]:
    return frozenset(p.entity_id for p in report.participants if p.entity_id.startswith("person:"))


def parties(report: Report) -> frozenset[str]:
    """The codes of the states and bodies that take part."""
    return frozenset(p.country for p in report.participants if p.country)


def _share_sentence(one: Told, two: Told) -> bool:
    """Whether one sentence tells both; of a long one each may quote another part."""
    return one.reading.trigger.sentence == two.reading.trigger.sentence


def _is_renamed(told: Told, other: Told) -> bool:
    """Whether one sentence names one thing twice: "the Forum Leaders Meeting", "will sign a new agreement"."""
    new, old = told.report, other.report
    forms = {new.form, old.form}
    return (
        _share_sentence(told, other)
        and (forms <= HELD or forms <= DEALS)
        and (new.type, new.status) == (old.type, old.status)
        and (new.started_on, new.place_entity_id) == (old.started_on, old.place_entity_id)
        and new.participants == old.participants
    )


def _met_others(new: Report, people: frozenset[str], known: frozenset[str]) -> bool:
    """Whether others take part than in what was told; of "will meet A and, tonight, B" one is enough on each side."""
    return not people & known or bool(new.form in PAIRED and people - known and known - people)


def _is_same_journey(new: Report, old: Report) -> bool:
    """Whether two plans are of one visit: the same visitors and days, "to Tokyo" and then "to Japan"."""
    plans = new.form == old.form == "visit" and new.status == old.status == "planned"
    travelling = _persons(new)
    return (
        plans
        and new.started_on is not None
        and (new.started_on, new.ended_on) == (old.started_on, old.ended_on)
        and bool(travelling)
        and travelling <= _persons(old)
    )


def _is_told(new: Report, reading: Reading, old: Report, low: str) -> bool:
    """Whether `new` speaks of what `old` told: alike in form, and nothing that tells them apart."""
    t = reading.trigger
    bare = (
        t.part == "noun"
        and SAME.search(low[max(0, t.start - 24) : t.start])
        and not OWN_WORDS.match(low, t.end)
    )
    alike = new.form == old.form or (bare and {new.form, old.form} <= TALKS)
    if not alike or new.type != old.type:
        return False
    other_day = new.date_basis in SETTLED and new.started_on != old.started_on
    if other_day and (old.main or old.date_basis in SETTLED):
        return False
    people, known = _persons(new), _persons(old)
    if _is_same_journey(new, old):
        return True
    elsewhere = new.place_entity_id and old.place_entity_id and new.place_entity_id != old.place_entity_id
    same = new.form == "signing" and not other_day and people and people <= known  # in a hall of the city
    if (elsewhere and not same) or (people and known and _met_others(new, people, known)):
        return False
    countries, told = parties(new), parties(old)
    if new.form == "attack" and countries & told:  # one names who attacked, the other who was
        return True
    return not told or countries <= told


def _is_other_word(told: Told, other: Told) -> bool:
    """Whether one condoles and the other congratulates."""
    acts = {told.reading.trigger.act, other.reading.trigger.act}
    return len(acts) > 1 and acts <= WORDS


def _is_journey_of_the_seized(report: Report, main: Report) -> bool:
    """Whether only those travel whom the main event seizes or hits: "He arrived on a flight from Lima" is no visit."""
    hit = {p.entity_id for p in main.participants if p.role == "recipient"}
    travelling = {p.entity_id for p in report.participants if p.role == "actor"}
    return (
        main.type in {"COERCE", "ASSAULT"}
        and report.form == "visit"
        and bool(travelling)
        and travelling <= hit
    )


def _is_only_off(report: Report, others: Sequence[Report]) -> bool:
    """Whether a cancellation is told with what is cancelled: "cancelled the visit" is one event."""
    off = report.rule.endswith(".cancel") and report.type == "REJECT"
    return off and any(
        o.status == "cancelled" and o is not report and o.start_char == report.start_char for o in others
    )


def _is_guessed_beside(report: Report, others: Sequence[Report], main: Report) -> bool:
    """Whether wording alone suggests, without a day, what a word of its sentence dates otherwise: "announced it during his visit last year"."""
    if not report.rule.startswith("worded.") or report.started_on or report.form not in MET:
        return False
    same = [o for o in others if o.start_char == report.start_char and o.form == report.form]
    dated = [o for o in same if o.started_on and o.date_basis in SETTLED and o.status != report.status]
    return any(o.status == "planned" or o.started_on < (main.started_on or "") for o in dated if o.started_on)


def _is_same_plan(told: Told, other: Told) -> bool:
    """Whether `other` tells better what `told` is: "agreed to hold the next talks in Lima" is one plan."""
    one, two = told.report, other.report
    if not _share_sentence(told, other) or not one.type == two.type == "AGREE" or two.status != "planned":
        return False
    if one.form == "statement":
        return two.form in PLANNED and told.reading.trigger.start < other.reading.trigger.start
    alike = (one.status, one.started_on, one.place_entity_id) == (
        two.status,
        two.started_on,
        two.place_entity_id,
    )
    rank, other_rank = (
        (t.report.form != "meeting", t.likelihood, t.reading.trigger.start) for t in (told, other)
    )
    return alike and {one.form, two.form} <= TALKS and parties(one) == parties(two) and rank < other_rank


def distinct(found: Sequence[Told], main: Report, low: str) -> list[Told]:
    """Those that tell something new, each event once."""
    kept: list[Told] = []
    every = [main, *(t.report for t in found)]
    for told in found:
        if told.report.evidence[0].start_char < main.evidence[0].end_char and (
            main.evidence[0].start_char < told.report.evidence[0].end_char
        ):
            continue  # the words of the main event
        off = (
            _is_journey_of_the_seized(told.report, main)
            or _is_only_off(told.report, every)
            or _is_guessed_beside(told.report, every, main)
        )
        if off or any(_is_same_plan(told, o) for o in found if o is not told):
            continue
        if len(kept) >= MOST:
            break
        renamed = told.reading.trigger.part == "noun" and any(_is_renamed(told, t) for t in kept)
        others = (main, *(t.report for t in kept if not _is_other_word(told, t)))
        if not renamed and not any(_is_told(told.report, told.reading, old, low) for old in others):
            kept.append(told)
    return kept


def settled_by(main: Report, found: Sequence[Told]) -> tuple[Report, list[Told]]:
    """A signing without a day of its own takes that of a later sentence: "The agreement was signed by A and B on Friday".

    That sentence then tells nothing new.
    """
    signed = main.form == "signing" and main.status == "occurred" and not RATIFIED.search(main.quote.lower())
    if not signed or main.date_basis in SETTLED:
        return main, list(found)
    for told in found:
        if _dates(told.report, main):
            r = told.report
            day = (e for e in r.evidence if e.field == "date")
            dated = replace(
                main, started_on=r.started_on, ended_on=r.ended_on, date_basis=r.date_basis,
                date_precision=r.date_precision, evidence=(*main.evidence, *day),
            )  # fmt: skip
            return dated, [t for t in found if t is not told]
    return main, list(found)


def _dates(new: Report, main: Report) -> bool:
    """Whether a further report tells, with a day of the last days, what the main one tells without: the same signatories."""
    if (new.type, new.form, new.status) != (main.type, main.form, main.status) or not new.started_on:
        return False
    people = _persons(new)
    same = people <= _persons(main) if people else parties(new) == parties(main)
    if new.date_basis not in SETTLED or not same or not parties(new):
        return False
    age = (
        (date.fromisoformat(main.started_on) - date.fromisoformat(new.started_on)).days
        if main.started_on
        else 0
    )
    return new.date_precision == "day" and 0 <= age <= NEWS
