"""The events that a release reports, with roles, time, place and modality."""

from __future__ import annotations

from typing import Final, NamedTuple

from msgspec.structs import replace

from streams.annotation import DateMention, Evidence, Figure, Report, TopicScore
from streams.closed_sets import EventForm, EventType
from streams.events.acts import acts
from streams.events.cast import Cast, gather
from streams.events.choice import Main, choose, title_length
from streams.events.identity import event_id
from streams.events.roles import Scene, participants
from streams.events.secondary import distinct
from streams.events.timing import When, contradicts, place_of, when_of
from streams.events.triggers import Reading, find_triggers, read
from streams.extract.dates import lowered
from streams.extract.entities import Names
from streams.extract.sentences import Sentence
from streams.records import CleanRelease

LONGEST_QUOTE: Final = 300


class _Text(NamedTuple):
    """What every step looks at."""

    release: CleanRelease
    low: str
    sentences: tuple[Sentence, ...]
    cast: Cast
    dates: tuple[DateMention, ...]


def _type_and_form(reading: Reading) -> tuple[EventType, EventForm]:
    act = acts()[reading.trigger.act]
    if reading.status == "planned":
        return act.planned_type, act.form
    if reading.status == "cancelled" and act.type in {"CONSULT", "AGREE"}:
        return "REJECT", act.form
    return act.type, act.form


def _quote(text: _Text, reading: Reading) -> tuple[int, int]:
    """The sentence of the trigger, cut around it at words where it is long."""
    s, t = text.sentences[reading.trigger.sentence], reading.trigger
    start, end = s.start_char, s.end_char
    if end - start <= LONGEST_QUOTE:
        return start, end
    source = text.release.text
    if t.end - start > LONGEST_QUOTE:
        start = source.rfind(" ", start, max(start + 1, t.start - LONGEST_QUOTE // 2)) + 1 or start
    end = min(end, start + LONGEST_QUOTE)
    cut = source.rfind(" ", t.end, end)
    return start, cut if end < s.end_char and cut > t.end else end


def _when(text: _Text, reading: Reading, main: Main | None) -> When:
    own = [reading.trigger.sentence, *(main.stated_in if main else ())]
    for index in dict.fromkeys(own):
        found = when_of(reading, text.dates, text.low, text.sentences[index])
        if found.start and not contradicts(reading.status, found, text.release.published_on):
            return found
    if main and reading.status in {"occurred", "ongoing"} and text.release.published_on:
        day = text.release.published_on
        basis = "dateline" if text.release.published_basis == "dateline" else "published"
        return When(day, day, basis, "day")
    return When()


def _report(text: _Text, reading: Reading, main: Main | None, taken: frozenset[str]) -> Report:
    kind, form = _type_and_form(reading)
    trigger = reading.trigger
    start, end = _quote(text, reading)
    when = _when(text, reading, main)
    stated_in = dict.fromkeys((*(main.stated_in if main else ()), trigger.sentence))
    own = tuple(text.sentences[i] for i in stated_in)
    scene = Scene(reading, text.cast, text.release.text, text.low, text.sentences, own, main is not None)
    who = participants(scene, form)
    place = place_of(reading, text.cast, text.release.text, text.sentences[trigger.sentence])
    evidence = [Evidence("trigger", trigger.start, trigger.end)]
    if when.source:
        evidence.append(Evidence("date", when.source.start_char, when.source.end_char))
    if place:
        evidence.append(Evidence("place", place.start_char, place.end_char))
    report = Report(
        event_id="",
        type=kind,
        form=form,
        status=reading.status,
        quote=text.release.text[start:end],
        start_char=start,
        end_char=end,
        main=main is not None,
        assertion=reading.assertion,
        started_on=when.start,
        ended_on=when.end,
        date_basis=when.basis,
        date_precision=when.precision,
        place_entity_id=place.entity_id if place else None,
        place_basis="stated" if place else None,
        participants=who,
        evidence=tuple(evidence),
        rule=main.rule if main else f"trigger.{trigger.act}",
    )
    countries = {p.country for p in who if p.country}
    return replace(report, event_id=event_id(report, countries, text.release.release_id, taken=taken))


def find_reports(
    release: CleanRelease,
    sentences: tuple[Sentence, ...],
    names: Names,
    dates: tuple[DateMention, ...],
    figures: tuple[Figure, ...],
    topics: tuple[TopicScore, ...],
) -> tuple[Report, ...]:
    """Find the reports of `release`, at most one of them main, in order of the text."""
    low = lowered(release.text)
    text = _Text(release, low, sentences, gather(names), dates)
    count = title_length(sentences, release.title)
    readings: list[Reading] = []
    for trigger in find_triggers(low, sentences):
        found = read(trigger, low, sentences, in_title=trigger.sentence < count)
        if found:
            readings.append(found)
    main = choose(readings, sentences, low, release.title)
    if main is None:
        return ()
    reports: list[Report] = []
    taken: frozenset[str] = frozenset()
    for reading, which in [
        (main.reading, main),
        *((r, None) for r in distinct(readings, main, text.cast, dates, low, sentences, count)),
    ]:
        report = _report(text, reading, which, taken)
        taken |= {report.event_id}
        reports.append(report)
    return tuple(sorted(reports, key=lambda r: (r.start_char, r.event_id)))
