"""When an event was, as its sentence says: dates that belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from streams.annotation import DateMention
from streams.closed_sets import DateBasis, DatePrecision
from streams.events.lasting import FROM_THEN, first_day, is_only_last
from streams.events.triggers import STANCE, Reading
from streams.extract.sentences import Sentence

NOT_ITS_DATE: Final = re.compile(
    r"\b(?:(?:\d+[\w/-]*|law|act|decree|order|resolution|decision),? dated|since|until|till|before|after|by|for|for the|anniversary of the|the end of|resolution|of the|agenda|during the|over the|in recent|starting|valid|between|from)(?: early| late| mid| the end of)?\s*$"
)
SCHEDULED: Final = re.compile(
    r"\b(?:scheduled|planned|set|slated|due|foreseen|expected|called|convened|fixed|announced) for(?: early| late| mid)?(?: the)?\s*$"
)
OPENS: Final = re.compile(
    r"^(?:\d{1,2}\. )?(?:on |in |earlier |late |early |from |this |today|yesterday|between )?", re.IGNORECASE
)
ANNOUNCED: Final = re.compile(r"^,? (?:\w+ ){0,3}(?:announc|said|confirm|approv|welcom|releas|issued)")
GATHERINGS: Final = frozenset({"summit", "conference", "meet", "visit", "negotiate"})
ANNOUNCING: Final = re.compile(r"\b(?:announc|confirm|inform)\w* (?:\w+ )?$")
# "the Summit, which took place in Samarkand on 4 April": what follows tells of the noun before "which".
OF_ANOTHER: Final = re.compile(
    r"\b(?:summits?|meetings?|visits?|conferences?|forums?|sessions?|talks|councils?|assembl(?:y|ies)|negotiations|rounds?|consultations"
    r"|calls?|conversations?|agreements?|memorandums?|treat(?:y|ies)|resolutions?|attacks?|elections?|events?|ceremon(?:y|ies))\b[\w\s“”\"’'()–-]{0,60}?"
    r"(?:,? (?:which|that)|,) (?:was|were|is|are|will|took|takes|had|has|held|hosted|scheduled|signed|adopted|convened)\b"
)
# "since he was sworn in on 2 April", "who arrived on Monday": the day of what the clause tells
OF_CLAUSE: Final = re.compile(
    r"\b(?:since|after|before|when|while|following|whose|who|where|because|until|prior to)\b"
)
# "met today on the anniversary of the invasion": the day is that of the meeting
REMEMBERED: Final = re.compile(r"\banniversary of\b")
# "The meeting was held on 4 May": a sentence of its own for day and place
HELD: Final = re.compile(
    r"^(?:it|they|both|the (?:\w+[ -]){0,4}?\w+|this (?:\w+ )?\w+|these (?:\w+ )?\w+) (?:was|were|is|are|will be|took|takes|will take|is to be|has been|is being)"
    r"(?: \w+ly)?(?: to be)? (?:held|place|convened|hosted|organi[sz]ed|conducted|scheduled|signed)\b"
)
# "met on Monday ahead of the summit": the day is that of the meeting
AHEAD_OF: Final = re.compile(
    r"\b(?:ahead of|in advance of|prior to|on the eve of|in the run-up to|in preparation for|to prepare for)\b"
)
OF_NOUN: Final = re.compile(r"\b(\w+) of(?: the)? $")
PARTS_OF_DAY: Final = frozenset(
    {"morning", "afternoon", "evening", "night", "day", "week", "month", "beginning", "end", "middle"}
)
NEXT: Final = 60  # characters behind a sentence in which the length of its event may be told
LONGEST: Final = 20  # days
SINCE: Final = re.compile(r"\bsince (?:the )?$")
UNDER_WAY: Final = re.compile(
    r"\b(?:under ?way|in session|in progress|ongoing|ended|concluded|has been (?:held|meeting|sitting)|have been (?:held|meeting|sitting))\b"
)
CLOSE_OF: Final = re.compile(r"\b(?:at|upon|by) the (?:close|end|conclusion) of\b")
DAYS_LONG: Final = frozenset({"visit", "conference", "summit", "negotiate"})  # acts that may last days
NEWS: Final = 45  # days
OWN_NEWS: Final = 75  # days to what the sentence of the event itself names
# Behind "discussed" comes what is talked about, with its days and places, up to with whom: "discussed it with NAME in Rome".
MATTER: Final = re.compile(
    r"(?: with (?:his|her|their|its|the)(?: [\w-]+)? counterparts?)? (?!(?:at|in|on|during|today|yesterday|last|earlier|here)\b|(?:the|this|that|these) (?:matters?|issues?|topics?|situation|questions?|subjects?) (?:in|at|on|during|today|yesterday|last|earlier|$))(?:(?!\bwith\b)[^.;])*"
)
# "was summoned to the ministry in Lima on Friday", not "summoned over what happened on Friday"
SUMMONED: Final = re.compile(
    r"(?:(?!\b(?:over|after|following|about|regarding|concerning|protest\w*|connection|because|that|which|who|for|and|demand\w*|express\w*|attacks?|incidents?)\b)[^.;,]){0,70} (?:on )?"
)
CLOSE: Final = 24  # characters between a stance and the "today" that dates it


class When(NamedTuple):
    """Start and end with their basis, and the date words they rest on."""

    start: str | None = None
    end: str | None = None
    basis: DateBasis | None = None
    precision: DatePrecision | None = None
    source: DateMention | None = None


def in_sentence(dates: Sequence[DateMention], sentence: Sentence) -> list[DateMention]:
    return [d for d in dates if sentence.start_char <= d.start_char < sentence.end_char]


def _belongs(d: DateMention, reading: Reading, low: str, sentence: Sentence) -> bool:
    """Whether a date can be the day of the act, not of something that the sentence mentions."""
    before = low[max(sentence.start_char, d.start_char - 24) : d.start_char]
    end = reading.trigger.end
    in_clause = OF_CLAUSE.search(low, end, max(end, d.start_char - 4))
    if (
        d.start_on is None
        or in_clause
        or came_before(reading, low, d.end_char)
        or REMEMBERED.search(low, d.end_char, max(d.end_char, reading.trigger.start))
        or _is_of_noun(d, reading, low)
        or is_of_another(reading, low, d.start_char)
        or is_of_matter(reading, low, d.start_char)
    ):
        return False
    if is_of_announcement(d, reading, low):
        return False
    if reading.trigger.act in STANCE | {"summon"}:
        return _is_of_words(d, reading, low, sentence)
    if d.rule.endswith((".range", ".days_month", ".month_days", "_range")):
        before = re.sub(r"(?:from|between)(?: the)?\s*$", "", before)
    if re.search(r"\bfrom\s*$", before) and d.granularity == "range":
        return True
    lasting = SINCE.search(before) is not None and _lasts(reading, low, sentence)
    return lasting or not NOT_ITS_DATE.search(before) or SCHEDULED.search(before) is not None


def came_before(reading: Reading, low: str, end: int) -> bool:
    """Whether what ends at `end` is of what was done ahead of the event that a noun names."""
    t = reading.trigger
    return t.part == "noun" and AHEAD_OF.search(low, end, max(end, t.start)) is not None


def is_of_announcement(d: DateMention, reading: Reading, low: str) -> bool:
    """Whether "today" is when something to come was announced: "announced today that a summit will"."""
    if d.rule != "date.today" or reading.status != "planned":
        return False
    before, after = low[max(0, d.start_char - 30) : d.start_char], low[d.end_char : d.end_char + 40]
    gathers = reading.trigger.act in GATHERINGS
    return bool(ANNOUNCED.search(after) or (gathers and ANNOUNCING.search(before)))


def _is_of_words(d: DateMention, reading: Reading, low: str, sentence: Sentence) -> bool:
    """Whether a day is that of what somebody says, or of a summons, and not of what it is about."""
    end = reading.trigger.end
    if d.granularity != "day" or low[d.end_char : d.end_char + 2] in {"’s", "'s"}:
        return False
    gap = min(abs(d.start_char - end), abs(reading.trigger.start - d.end_char))
    return (
        low[end : d.start_char] == " on "
        or gap <= 1 + CLOSE * (d.end_char <= reading.trigger.start)
        or d.start_char - sentence.start_char < 4
        or (d.rule == "date.today" and d.end_char <= reading.trigger.start)
        or (reading.trigger.act == "summon" and SUMMONED.fullmatch(low, end, d.start_char) is not None)
    )


def _lasts(reading: Reading, low: str, sentence: Sentence) -> bool:
    """Whether what the sentence tells has lasted since a day: "has been in session since Thursday", "talks held since 14 August ended"."""
    if reading.trigger.act not in DAYS_LONG | {"cooperate"}:
        return False
    return (
        reading.status == "ongoing"
        or UNDER_WAY.search(low, sentence.start_char, sentence.end_char) is not None
    )


def _is_of_noun(d: DateMention, reading: Reading, low: str) -> bool:
    """Whether a date belongs to another noun than the trigger: "destroyed in the earthquakes of Feb. 6"."""
    found = OF_NOUN.search(low, max(0, d.start_char - 24), d.start_char)
    if not found or found[1] in PARTS_OF_DAY:
        return False
    return not reading.trigger.start <= found.start(1) < reading.trigger.end


def is_of_another(reading: Reading, low: str, at: int) -> bool:
    """Whether what stands at `at` belongs to a relative clause of another noun than the trigger."""
    return OF_ANOTHER.search(low, reading.trigger.end, at) is not None


def is_of_matter(reading: Reading, low: str, at: int) -> bool:
    """Whether a day or place at `at` is of what is talked about: "discussed the summit in Rome on 4 May"."""
    t = reading.trigger
    return t.act == "discuss" and at > t.end and MATTER.fullmatch(low, t.end, at) is not None


def when_of(
    reading: Reading, dates: Sequence[DateMention], low: str, sentence: Sentence, *, days_only: bool = False
) -> When:
    """The date that the sentence gives the act, if it does; the nearest, those after it first."""
    trigger = reading.trigger
    fitting = [d for d in in_sentence(dates, sentence) if _belongs(d, reading, low, sentence)]
    if days_only:
        fitting = [
            d for d in fitting if is_day(d) or (reading.status == "planned" and d.granularity == "month")
        ]
    if not fitting:
        return When()

    def far(d: DateMention) -> int:
        gap = d.start_char - trigger.end if d.start_char >= trigger.end else trigger.start - d.end_char + 20
        return (
            gap
            + (60 if d.relative and d.granularity == "range" else 0)
            + (40 if d.granularity in {"year", "month"} else 0)
        )

    return begun(at_its_close(settled(min(fitting, key=far)), reading, low), reading, low, sentence)


def at_its_close(when: When, reading: Reading, low: str) -> When:
    """The last day of a session at the close of which the act was: "signed at the close of the session held from 3 to 5 May"."""
    day = when.source
    if (
        not day
        or when.precision != "range"
        or reading.trigger.act != "sign"
        or day.start_char < reading.trigger.end
    ):
        return when
    closes = CLOSE_OF.search(low, reading.trigger.end, day.start_char)
    return when._replace(start=when.end, precision="day") if closes else when


def begun(when: When, reading: Reading, low: str, sentence: Sentence) -> When:
    """The days of a visit or session of which the sentence names the last day, and it or the next the length; none without one."""
    if not when.end or when.precision != "day" or reading.status not in {"occurred", "ongoing"}:
        return when
    start, end = sentence.start_char, sentence.end_char
    day = when.source
    if day and FROM_THEN.search(low, max(start, day.start_char - 24), day.start_char):
        return when
    if (
        day
        and reading.trigger.act in DAYS_LONG
        and is_only_last(low, start, day.start_char, day.end_char, end, end + NEXT)
    ):
        return When()
    first = first_day(when.end, low, start, end, end + NEXT, visit=reading.trigger.act == "visit")
    return when._replace(start=first, precision="range") if first else when


def is_stale(when: When, published_on: str | None, *, own: bool = False) -> bool:
    """What a release reports was of the last weeks; older days, also in its own sentence, belong to what it recalls."""
    if not when.start or not published_on:
        return False
    age = (date.fromisoformat(published_on) - date.fromisoformat(when.start)).days
    return age > (OWN_NEWS if own else NEWS)


def ahead_in(dates: Sequence[DateMention], sentences: Sequence[Sentence], published_on: str | None) -> When:
    """The first day or range of days in `sentences` that lies ahead."""
    for sentence in sentences:
        for d in in_sentence(dates, sentence):
            if published_on and d.start_on and d.start_on > published_on and is_day(d):
                return settled(d)
    return When()


def is_day(d: DateMention) -> bool:
    """Whether a date names a day or a few: a month or a year is no day on which something was held."""
    if d.granularity == "range" and d.start_on and d.end_on:
        return (date.fromisoformat(d.end_on) - date.fromisoformat(d.start_on)).days <= LONGEST
    return d.granularity == "day"


def settled(d: DateMention) -> When:
    return When(d.start_on, d.end_on, "resolved" if d.relative else "stated", d.granularity, d)


def contradicts(status: str, when: When, published_on: str | None) -> bool:
    """A planned event whose day is long past, or a held one that is still to come."""
    if not when.start or not published_on or when.precision == "year":
        return False
    start, day = date.fromisoformat(when.start), date.fromisoformat(published_on)
    if status == "occurred":
        return start > day
    return status == "planned" and date.fromisoformat(when.end or when.start) < day
