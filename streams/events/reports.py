"""The events that a release reports, with roles, time, place and modality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from msgspec.structs import replace

from streams.annotation import DateMention, Evidence, Mention, Report
from streams.closed_sets import DateBasis
from streams.events import outline
from streams.events.cast import speaker, subject
from streams.events.choice import choose
from streams.events.choice_rules import Main
from streams.events.dating import Ask
from streams.events.dating import weigh as weigh_days
from streams.events.further import candidates
from streams.events.identity import event_id
from streams.events.inherited import inherited, sides_of
from streams.events.kept import kept
from streams.events.naming import name_of
from streams.events.page import ENCOUNTERS, LEAD, MEASURES, Page, order
from streams.events.placing import placed
from streams.events.roles import participants
from streams.events.roles_issuers import agents
from streams.events.scene import LISTED, Scene
from streams.events.secondary import Told, distinct, settled_by
from streams.events.taking_part import weigh
from streams.events.text import Text, readings_of, text_of
from streams.events.timing import (
    HELD,
    When,
    ahead_in,
    contradicts,
    is_day,
    is_stale,
    when_of,
)
from streams.events.told_days import day_of_deeds, day_of_words
from streams.events.triggers import Reading, Trigger, type_and_form
from streams.events.turned import ahead, turned
from streams.events.worded import LAST
from streams.events.wording import Suggestion, masked, suggestion, suggestions
from streams.extract.entities import Names
from streams.extract.sentences import Sentence
from streams.opening.encoder import impression
from streams.opening.parts import spans
from streams.records import CleanRelease

SAID: Final = 4  # sentences in which a statement's day may be told
LONGEST_QUOTE: Final = 300
SHORTEST_LEAD: Final = 60  # characters: a dateline is no lead


def _quote(text: Text, reading: Reading) -> tuple[int, int]:
    """The sentence of the trigger without the mark of a list, cut around it at words where it is long."""
    s, t = text.sentences[reading.trigger.sentence], reading.trigger
    mark = LISTED.match(s.text)
    start, end = s.start_char + (mark.end() if mark else 0), s.end_char
    start = min(start, t.start)
    if end - start <= LONGEST_QUOTE:
        return start, end
    source = text.release.text
    if t.end - start > LONGEST_QUOTE:
        start = source.rfind(" ", start, max(start + 1, t.start - LONGEST_QUOTE // 2)) + 1 or start
    end = min(end, start + LONGEST_QUOTE)
    cut = source.rfind(" ", t.end, end)
    return start, cut if end < s.end_char and cut > t.end else end


def _when(text: Text, reading: Reading, main: Main | None, readings: Sequence[Reading]) -> When:
    """The date of the event; of the main one the day that weighs most, else that of publication."""
    if not main:
        return _ruled(text, reading, None, readings)
    ask = ask_of(text, reading, main, readings)
    if found := weigh_days(ask):
        return found
    day = text.release.published_on
    if reading.status in {"occurred", "ongoing"} and day:
        basis: DateBasis = "dateline" if text.release.published_basis == "dateline" else "published"
        return When(day, day, basis, "day")
    return When()


def ask_of(text: Text, reading: Reading, main: Main, readings: Sequence[Reading]) -> Ask:
    """What the day of the main event is read from."""
    kind, form = type_and_form(reading)
    ruled = _ruled(text, reading, main, readings)
    return Ask(
        reading, kind, form, main.rule, text.dates, text.low, text.sentences, text.titles,
        text.release.published_on, ruled,
    )  # fmt: skip


def _ruled(text: Text, reading: Reading, main: Main | None, readings: Sequence[Reading]) -> When:
    """What the rules propose; of the main event also from other sentences of the lead that speak of it."""
    day = text.release.published_on
    also = [
        r.trigger.sentence
        for r in readings
        if main and r.trigger.act == reading.trigger.act and r.trigger.sentence < LEAD and not r.recalled
    ]
    if main and reading.trigger.act in ENCOUNTERS:
        also += [i for i in (text.titles,) if len(text.sentences[i].text) > SHORTEST_LEAD]
    own = {reading.trigger.sentence, *(main.stated_in if main else ())}
    if main:
        also += [i + 1 for i in own if i + 1 < len(text.sentences) and _tells_on(text, i + 1)]
    for index in dict.fromkeys([reading.trigger.sentence, *(main.stated_in if main else ()), *also]):
        found = when_of(reading, text.dates, text.low, text.sentences[index], days_only=main is not None)
        stale = main is not None and is_stale(found, day, own=index in own)
        if found.start and not stale and not contradicts(reading.status, found, day):
            return found
    if main and reading.status == "planned":
        return ahead_in(text.dates, text.sentences[:LEAD], day)
    return _told(text, reading, main) if main and reading.status == "occurred" else When()


def _told(text: Text, reading: Reading, main: Main) -> When:
    """The day that the words next to those of the main event give it: of a statement, when it was made."""
    own = reading.trigger.sentence
    form = type_and_form(reading)[1]
    if form in {"statement", "message"}:
        near = text.sentences[own : own + SAID]
        return day_of_words(text.dates, text.low, near, text.release.published_on)
    lead = dict.fromkeys((own, text.titles, *main.stated_in, own + 1, text.titles + 1))
    near = tuple(text.sentences[i] for i in lead if i < len(text.sentences))
    return day_of_deeds(text.dates, text.low, near, text.release.published_on)


def _tells_on(text: Text, index: int) -> bool:
    """Whether a sentence only says when and where the event before it was: "It was held on 4 May"."""
    sentence = text.sentences[index]
    return HELD.match(text.low[sentence.start_char : sentence.end_char]) is not None


def page_of(text: Text, readings: Sequence[Reading]) -> Page:
    """What the choice of the main event looks at."""
    cast, sentences, source = text.cast, text.sentences, text.release.text
    head = text.low[sentences[0].start_char : sentences[text.titles - 1].end_char] if text.titles else ""
    who = speaker(cast, sentences, source)
    spoken = cast.country_of(who) if who else None

    @cache
    def subject_at(sentence: int, at: int) -> Mention | None:
        return subject(cast, sentences[sentence], at, source)

    @cache
    def is_of_others(reading: Reading) -> bool:
        if reading.trigger.act not in MEASURES:
            return False
        by = agents(scene_of(text, reading, None))
        return bool(by) and all(cast.country_of(m) not in {None, cast.home, spoken} for m in by)

    def is_own(reading: Reading) -> bool:
        """Whether an act is the issuer's: no other state or organisation is its subject."""
        t = reading.trigger
        if is_of_others(reading):
            return False
        found = subject_at(t.sentence, t.start)
        if found is None or cast.kind(found) == "person" or t.sentence < text.titles or t.act in ENCOUNTERS:
            return True
        country = cast.country_of(found)
        if cast.kind(found) == "organization":
            return country in {None, cast.home} or not spoken
        return not spoken or spoken in {country, cast.home}

    def subject_of(reading: Reading) -> str:
        found = subject_at(reading.trigger.sentence, reading.trigger.start)
        if found is None:
            return "none"
        country = cast.country_of(found)
        return f"{cast.kind(found)} {'home' if country and country == cast.home else 'away'}"

    @cache
    def told() -> Mapping[int, Suggestion]:
        """Of all sentences that are asked for in almost every release, which costs less than of each alone."""
        asked = {*range(min(len(sentences), text.titles + LAST)), *(r.trigger.sentence for r in readings)}
        where = [(sentences[i].start_char, sentences[i].end_char) for i in asked]
        found = suggestions([masked(text.low, start, end, text.masks) for start, end in where])
        return dict(zip(asked, found, strict=True))

    @cache
    def suggested(index: int) -> Suggestion:
        if index in told():
            return told()[index]
        s = sentences[index]
        return suggestion(masked(text.low, s.start_char, s.end_char, text.masks))

    @cache
    def outlined() -> Suggestion:
        return outline.suggestion(outline.opening(text.low, sentences, text.titles, text.masks))

    def encoded() -> Suggestion:
        return impression(source, spans(sentences, text.titles))

    @cache
    def around(index: int) -> tuple[str, ...]:
        s = sentences[index]
        named = cast.within(s.start_char, s.end_char)
        kinds = {m.entity_id: cast.kind(m) for m in named if m.use != "title"}
        count = {
            k: min(3, sum(1 for x in kinds.values() if x == k)) for k in ("person", "organization", "country")
        }
        days = [d for d in text.dates if s.start_char <= d.start_char < s.end_char and d.start_on]
        return (
            *(f"{kind} {n}" for kind, n in count.items()),
            f"dated {'by day' if any(is_day(d) for d in days) else 'vaguely' if days else 'not'}",
            f"placed {'place' in kinds.values()}",
        )

    return Page(
        readings,
        sentences,
        text.titles,
        head,
        text.low,
        is_own,
        is_of_others,
        subject_of,
        suggested,
        outlined,
        encoded,
        order(readings, text.titles),
        around,
        text.asked,
        text.put,
        {},
        {},
    )


def scene_of(text: Text, reading: Reading, main: Main | None) -> Scene:
    """What the roles of an event are read from."""
    stated_in = dict.fromkeys((*(main.stated_in if main else ()), reading.trigger.sentence))
    own = tuple(text.sentences[i] for i in stated_in)
    return Scene(reading, text.cast, text.release.text, text.low, text.sentences, own, main is not None)


def main_of(text: Text, page: Page) -> Main | None:
    """The main event of a release, ahead where its day is."""
    main = choose(page)
    return main._replace(reading=ahead(text, main.reading)) if main else None


def _report(text: Text, reading: Reading, main: Main | None, readings: Sequence[Reading]) -> Report:
    reading = reading if main else turned(text, reading)
    kind, form = type_and_form(reading)
    trigger = reading.trigger
    sentence = text.sentences[trigger.sentence]
    start, end = _quote(text, reading)
    when = _when(text, reading, main, readings)
    scene = scene_of(text, reading, main)
    who = participants(scene, form)
    if main:
        who = weigh(scene, form, who)
    place, place_basis = placed(scene, kind, form, text.titles)
    evidence = [Evidence("trigger", trigger.start, trigger.end)]
    if when.source:
        evidence.append(Evidence("date", when.source.start_char, when.source.end_char))
    if place:
        evidence.append(Evidence("place", place.start_char, place.end_char))
    return Report(
        event_id="",
        name=name_of(trigger, text.release.text, sentence.start_char, sentence.end_char),
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
        place_basis=place_basis,
        participants=who,
        evidence=tuple(evidence),
        rule=main.rule if main else _rule(trigger, readings),
    )


def _rule(trigger: Trigger, readings: Sequence[Reading]) -> str:
    """What found a further event: one of its words, or the wording of its sentence."""
    stated = any(r.trigger == trigger for r in readings)
    return f"{'trigger' if stated else 'worded'}.{trigger.act}"


def main_report(text: Text, main: Main, readings: Sequence[Reading]) -> Report:
    """What is reported of the main event."""
    return _report(text, main.reading, main, readings)


def told_beside(text: Text, page: Page, main: Main, first: Report, readings: Sequence[Reading]) -> list[Told]:
    """What may be a further event beside `main`, of which `first` is the report, each once and with all its parties."""
    codes = {p.country for p in first.participants if p.country}
    sides = sides_of(first, {c: key for c in codes if (key := text.cast.party_entity(c))})
    found = [
        Told(reading, _report(text, reading, None, readings), likely)
        for reading, likely in candidates(page, main)
    ]
    return [
        told._replace(report=inherited(told.report, first, sides, text.cast.home, text.cast.issuer))
        for told in distinct(found, first, text.low)
    ]


def find_reports(
    release: CleanRelease,
    sentences: tuple[Sentence, ...],
    names: Names,
    dates: tuple[DateMention, ...],
) -> tuple[Report, ...]:
    """Find the reports of `release`, at most one of them main, in order of the text."""
    text = text_of(release, sentences, names, dates)
    readings = readings_of(text)
    page = page_of(text, readings)
    main = main_of(text, page)
    if main is None:
        return ()
    first = main_report(text, main, readings)
    first, beside = settled_by(first, told_beside(text, page, main, first, readings))
    further = kept(beside, main, first, text.titles)
    return _identified([first, *further], release.release_id)


def _identified(reports: Sequence[Report], release_id: str) -> tuple[Report, ...]:
    """`reports` in order of the text, each with its id: the first of two that share one keeps it."""
    taken: set[str] = set()
    found = []
    for report in sorted(reports, key=lambda r: (r.start_char, r.evidence[0].start_char)):
        countries = {p.country for p in report.participants if p.country}
        key = event_id(report, countries, release_id, taken=frozenset(taken))
        taken.add(key)
        found.append(replace(report, event_id=key))
    return tuple(found)
