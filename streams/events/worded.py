"""Events that the wording of title and lead suggests where no known word states them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from streams.closed_sets import EventStatus
from streams.events.acts import acts
from streams.events.page import Page
from streams.events.triggers import Reading, Trigger, type_and_form
from streams.events.wording import NONE, strongest

FIRST: Final = 3  # sentences of the body that are read so
LIKELY: Final = 0.15  # how likely type and form together must be
SHORTEST: Final = 25  # characters of a sentence


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
    """One reading for each early sentence whose wording suggests an event that none of its words states."""
    for index, sentence in enumerate(page.sentences[: page.titles + FIRST]):
        if sentence.end_char - sentence.start_char < SHORTEST:
            continue
        found = page.suggested(index)
        kind = max((k for k in found.types if k != NONE), key=lambda k: found.types[k])
        form = max(
            (f for f in found.forms if (kind, f) in act_of()), key=lambda f: found.forms[f], default=None
        )
        if form is None or found.of(kind, form) < LIKELY:
            continue
        stated = [r for r in page.readings if r.trigger.sentence == index]
        if any(type_and_form(r) == (kind, form) for r in stated):
            continue
        act, status = act_of()[kind, form]
        start, end = strongest(page.low, sentence.start_char, sentence.end_char, kind)
        yield Reading(Trigger(act, "past", start, end, index), status)
