"""Weights of evidence, alone and within contexts: what says little in general says much of a meeting, or of what is planned.

The file of a model names a piece of evidence within a context "CONTEXT: PIECE". Looked up by context, no such name has to be
made for a release; and looked up once, a piece costs a third of what it would in a table of each context.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Final

from streams.closed_sets import EVENT_STATUS, EventForm

ALONE: Final = ""
GROUPS: Final[Mapping[EventForm, str]] = {
    "statement": "said", "message": "said", "meeting": "met", "visit": "met", "call": "met", "summit": "met", "conference": "met",
    "negotiation": "met", "signing": "met", "credentials": "met",
}  # fmt: skip
OTHERS: Final = "else"  # the group of all other forms
CONTEXTS: Final = (*dict.fromkeys(GROUPS.values()), OTHERS, *EVENT_STATUS)
COLUMNS: Final = {context: n for n, context in enumerate((ALONE, *CONTEXTS))}

# Of a piece by column, in hundredths: their sums are the same in every order.
Weights = Mapping[str, Sequence[int]]


def group_of(form: EventForm) -> str:
    return GROUPS.get(form, OTHERS)


def within(contexts: Iterable[str], pieces: Collection[str]) -> list[str]:
    """The names of pieces of evidence, alone and within each context."""
    return [*pieces, *(f"{context}: {piece}" for context in contexts for piece in pieces)]


def loaded(model: str) -> Weights:
    """The weights of a file in `streams.events`."""
    named: Mapping[str, float] = json.loads(files("streams.events").joinpath(model).read_text("utf-8"))
    found: defaultdict[str, list[int]] = defaultdict(lambda: [0] * len(COLUMNS))
    for name, weight in named.items():
        context, _, piece = name.partition(": ")
        where, what = (context, piece) if context in CONTEXTS else (ALONE, name)
        found[what][COLUMNS[where]] = round(100 * weight)
    return dict(found)


def weight_of(weights: Weights, contexts: Iterable[str], pieces: Sequence[str]) -> int:
    """What pieces of evidence weigh, alone and within the contexts."""
    columns = [COLUMNS[context] for context in (ALONE, *contexts)]
    told = [row for piece in pieces if (row := weights.get(piece))]
    return sum([row[n] for row in told for n in columns])
