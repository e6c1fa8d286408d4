"""Which readings state an event beside the main one: named evidence, weighed by a trained model."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from math import exp
from typing import Final, NamedTuple

from streams.events.choice_features import features, measures
from streams.events.choice_rules import Main
from streams.events.page import ENCOUNTERS, Page
from streams.events.triggers import Reading, type_and_form
from streams.events.worded import beside

MODEL: Final = "further_model.json"
MESSAGES: Final = frozenset({"condole", "congratulate"})
HELP: Final = frozenset({"aid", "pledge"})
TURNS: Final = frozenset(
    {"ceasefire", "lift", "withdraw", "sanction", "expel", "mobilize", "summon", "credentials"}
)
ON_OTHERS: Final = frozenset({"ACCUSE", "SUPPORT", "REQUEST"})
HABIT: Final = re.compile(
    r"\b(?:regular|frequent|numerous|high-level contacts|all|any|every|further|more|such|various|mutual|exchange of|level of|calendar of|schedule of)(?: [\w-]+){0,2}\s*$"
)
# "signed a decree on state awards", "signed the Inflation Reduction Act": of home affairs, unless it carries out more
AT_HOME: Final = re.compile(
    r"(?:(?!\b(?:agreement|memorand\w+|treat(?:y|ies)|convention|protocol|declaration|contract)\b)[^.;]){0,50}?"
    r"\b(?:decrees?|executive orders?|bills?|laws?(?! enforcement)|ordinances?|act(?! of))\b"
    r"(?![^.;]{0,80}\b(?:ratif|treat|agreement|convention|protocol|sanction|cooperation|accession))"
)
# "thank you for the invitation to visit": who says so has come
THANKED: Final = re.compile(
    r"\b(?:thank\w*|grateful|gratitude|appreciat\w+)\b[^.;,]{0,60}? for (?:the|his|her|your|their) (?:[\w-]+ )?invitation\b[^.;,]{0,40}$"
)
# "the schedule of visits", "preparations for the summit" are talked about, and tell of none that was held
TALKED_OF: Final = re.compile(
    r"\b(?:(?:schedule|calendar|timetable|exchange) of(?: [\w-]+){0,2}|preparations? for(?: (?:the|its|their|his|her|an?))?(?: [\w’'-]+){0,3}) $"
)
LATE: Final = (2, 5, 9, 15)  # sentences after the title


class Model(NamedTuple):
    weights: Mapping[str, float]
    bias: float
    threshold: float


@cache
def model() -> Model:
    """The trained weights; `bench/train_further.py` writes them."""
    data = json.loads(files("streams.events").joinpath(MODEL).read_text(encoding="utf-8"))
    return Model(data["weights"], data["bias"], data["threshold"])


def evidence(page: Page, reading: Reading, main: Main) -> dict[str, float]:
    """All that speaks for or against `reading` as an event of its own beside `main`."""
    names = dict.fromkeys((*features(page, reading), *_beside(page, reading, main)), 1.0)
    # In the sentence of the main event the wording is that event's.
    if reading.trigger.sentence != main.reading.trigger.sentence:
        names.update(measures(page, reading))
    return names


def _beside(page: Page, reading: Reading, main: Main) -> Iterator[str]:
    """How `reading` stands to `main`."""
    t, first = reading.trigger, main.reading.trigger
    kind, form = type_and_form(reading)
    main_kind, main_form = type_and_form(main.reading)
    yield f"beside {main_form}: {form}"
    yield f"beside {main_kind}: {kind}"
    yield f"{kind} {'same type' if kind == main_kind else 'other type'}"
    if is_usual(page, reading, main):
        yield "usual"
        yield f"usual {t.act}"
    if t.act == first.act:
        yield "act of the main event"
    if t.sentence == first.sentence or t.sentence in main.stated_in:
        yield f"sentence of the main event {'same act' if t.act == first.act else 'other act'}"
    yield f"told before {min(page.order.before.get(t, page.order.often.get(t.act, 0)), 3)}"
    yield f"late {bisect_right(LATE, t.sentence - page.titles)}"
    for what in page.around(t.sentence):
        yield f"sentence {what}"


def is_usual(page: Page, reading: Reading, main: Main) -> bool:
    """Whether an act is of a kind that releases report beside the main one, and stated firmly."""
    t = reading.trigger
    if t.act == "discuss" or not reading.firm:
        return False
    before = page.low[max(page.sentences[t.sentence].start_char, t.start - 50) : t.start]
    if t.part == "noun" and HABIT.search(before):
        return False
    return t.act in ENCOUNTERS | TURNS | HELP or _is_beside(t.act, *type_and_form(main.reading))


def _is_beside(act: str, kind: str, form: str) -> bool:
    """What is an event of its own only beside a main event of some kinds."""
    if act in MESSAGES:
        return form != "message"
    if act == "attack":
        return kind in ON_OTHERS and form in {"statement", "message", "other"}
    if act == "deal":
        return form == "statement" and kind == "SUPPORT"
    return act == "request" and form == "statement" and kind != "REQUEST"


def likelihood(page: Page, reading: Reading, main: Main) -> float:
    """How likely `reading` states an event of its own, 0 to 1."""
    trained = model()
    told = evidence(page, reading, main).items()
    z = trained.bias + sum([trained.weights.get(name, 0.0) * much for name, much in told])
    return 1 / (1 + exp(-z))


def readings(page: Page) -> list[Reading]:
    """All that may state a further event, in order of the text: by its words, or by the wording of its sentence."""
    return sorted((*page.readings, *beside(page)), key=lambda r: r.trigger.start)


def candidates(page: Page, main: Main) -> Iterator[tuple[Reading, float]]:
    """The readings that are likely events of their own, in order of the text, each with its likelihood."""
    threshold = model().threshold
    for reading in readings(page):
        if is_candidate(page, reading, main):
            likely = likelihood(page, reading, main)
            if likely >= threshold or is_condemned(reading, main):
                yield reading, likely


def is_condemned(reading: Reading, main: Main) -> bool:
    """An attack that a condemnation names where it is stated is always a second event (READING.md)."""
    t, first = reading.trigger, main.reading.trigger
    return t.act == "attack" and first.act == "condemn" and t.sentence in {first.sentence, *main.stated_in}


def is_candidate(page: Page, reading: Reading, main: Main) -> bool:
    """Neither the main event again, nor of the title, nor what nobody says that it is so."""
    t = reading.trigger
    again = t == main.reading.trigger or (t.sentence in main.stated_in and t.act == main.reading.trigger.act)
    told = t.sentence >= page.titles and reading.assertion in {"asserted", "alleged"}
    return told and not again and not is_no_event(page, reading)


def is_no_event(page: Page, reading: Reading) -> bool:
    """What is signed for home affairs, what is only prepared or scheduled, and the visit that thanks for an invitation speak of."""
    t = reading.trigger
    if t.act == "sign":
        return AT_HOME.match(page.low, t.end) is not None
    start = page.sentences[t.sentence].start_char
    held = reading.status == "occurred" and t.part == "noun" and t.act in ENCOUNTERS
    if held and TALKED_OF.search(page.low, start, t.start):
        return True
    come = reading.status == "planned" and t.act in {"visit", "meet"}
    return come and THANKED.search(page.low, start, t.start) is not None
