"""Events that the wording of a sentence suggests where no known word states them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from functools import cache
from typing import Final

from streams.closed_sets import EventStatus
from streams.events.acts import acts
from streams.events.page import Page
from streams.events.triggers import Reading, Trigger, tells_of_mishap, type_and_form
from streams.events.wording import NONE, Suggestion, strongest

FIRST: Final = 3  # sentences of the body that are read so
LAST: Final = 40  # likewise, for further events
LIKELY: Final = 0.15  # how likely type and form together must be
LIKELY_BESIDE: Final = 0.3
LIKELY_WHOLE: Final = 0.3
SHORTEST: Final = 25  # characters of a sentence
# A message on such a day is addressed to nobody: a statement.
OBSERVED: Final = re.compile(
    r"\b(?:international|world|global) (?:\w+ ){0,3}(?:day|week|month|year|decade)\b"
)


# Words of relations are mostly learned from those that were broken off.
RELATIONS_MADE: Final = re.compile(
    r"\b(?:establish|re-establish|reestablish|restor|resum|normali[sz])\w* (?:[\w-]+ ){0,3}(?:relations|ties)\b"
    r"|\b(?:establishment|restoration|resumption|normali[sz]ation) of (?:[\w-]+ ){0,3}(?:relations|ties)\b"
)


# Who says nothing refuses nothing.
NO_COMMENT: Final = re.compile(
    r"\b(?:declin|refus)\w+ to (?:\w+ly )?(?:comment|answer|say|elaborate|confirm|disclose|be (?:named|identified|quoted))\b"
)


@cache
def act_of() -> Mapping[tuple[str, str], tuple[str, EventStatus]]:
    """The act and status of each type and form: held where an act has them so, else ahead."""
    found: dict[tuple[str, str], tuple[str, EventStatus]] = {}
    for act in acts().values():
        found.setdefault((act.type, act.form), (act.name, "occurred"))
    for act in acts().values():
        found.setdefault((act.planned_type, act.form), (act.name, "planned"))
    return found


def worded(page: Page) -> Iterator[Reading]:
    """One reading for each early sentence whose wording suggests an event that none of its words states.

    Also one of what title and lead together suggest, if none of their sentences states it.
    """
    last = min(len(page.sentences), page.titles + FIRST)
    told: set[tuple[str, str]] = {type_and_form(r) for r in page.readings if r.trigger.sentence < last}
    for index in range(last):
        found = _likeliest(page, index, LIKELY)
        if found and found not in _stated(page, index):
            told.add(found)
            yield _reading(page, index, *found)
    yield from worded_as(page, page.outlined(), told)


def worded_as(page: Page, whole: Suggestion, told: Container[tuple[str, str]]) -> Iterator[Reading]:
    """A reading of what a model makes of title and lead together, unless that is told or unlikely."""
    first = range(min(len(page.sentences), page.titles + FIRST))
    kind, form = _of_whole(whole)
    end = page.sentences[first[-1]].end_char if first else 0
    if _is_misread(page, kind, 0, end):
        return
    if first and (kind, form) not in told and whole.of(kind, form) >= LIKELY_WHOLE:
        telling = [i for i in first if _tells(page, i)] or first  # "Dear friends!" tells nothing
        yield _reading(page, max(telling, key=lambda i: page.suggested(i).of(kind, form)), kind, form)


def _of_whole(whole: Suggestion) -> tuple[str, str]:
    """The likeliest type of a release, and the likeliest form of it."""
    kind = max((k for k in whole.types if k != NONE), key=lambda k: whole.types[k])
    return kind, max((f for f in whole.forms if (kind, f) in act_of()), key=lambda f: whole.forms[f])


def beside(page: Page) -> Iterator[Reading]:
    """The same of the body, for further events: there a sentence that states the type in any form is left to it."""
    for index in range(page.titles, min(len(page.sentences), page.titles + LAST)):
        found = _likeliest(page, index, LIKELY_BESIDE)
        if found and found[0] not in {kind for kind, _ in _stated(page, index)}:
            yield _reading(page, index, *found)


def _is_misread(page: Page, kind: str, start: int, end: int) -> bool:
    """Whether words that are mostly learned from another type stand there for something else."""
    if kind == "ASSAULT":
        return tells_of_mishap(page.low, start, end)
    known = {"SANCTION": RELATIONS_MADE, "REJECT": NO_COMMENT}.get(kind)
    return known is not None and known.search(page.low, start, end) is not None


def _tells(page: Page, index: int) -> bool:
    """Whether a sentence is long enough to state something, and no question."""
    return (
        index not in page.asked
        and page.sentences[index].end_char - page.sentences[index].start_char >= SHORTEST
    )


def _stated(page: Page, index: int) -> set[tuple[str, str]]:
    return {type_and_form(r) for r in page.readings if r.trigger.sentence == index}


def _likeliest(page: Page, index: int, least: float) -> tuple[str, str] | None:
    """What a sentence reports, if it is likely enough: its likeliest type, and the likeliest form of it."""
    sentence = page.sentences[index]
    if not _tells(page, index):
        return None
    found = page.suggested(index)
    if (1 - found.types[NONE]) * (1 - found.forms[NONE]) < least * least:
        return None
    kind = max((k for k in found.types if k != NONE), key=lambda k: found.types[k])
    if _is_misread(page, kind, sentence.start_char, sentence.end_char):
        return None
    forms = {f: likely for f, likely in found.forms.items() if (kind, f) in act_of()}
    form = max(forms, key=forms.__getitem__, default=None)
    if form == "message" and OBSERVED.search(page.low, sentence.start_char, sentence.end_char):
        del forms["message"]
        form = max(forms, key=forms.__getitem__, default=None)
    return (kind, form) if form and found.of(kind, form) >= least else None


def _reading(page: Page, index: int, kind: str, form: str) -> Reading:
    """The reading of a sentence as an event, at the word that speaks most for its type."""
    act, status = act_of()[kind, form]
    sentence = page.sentences[index]
    start, end = strongest(page.low, sentence.start_char, sentence.end_char, kind)
    return Reading(Trigger(act, "past", start, end, index), status)
