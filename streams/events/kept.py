"""Which reports of further events are kept: each weighed as a whole, beside the main event and the others of its release.

`further.py` judges where an act is named. Here a report has its parties, day and place, and it is known what else its
sentence tells: "agreed to hold the next meeting in Lima" is one event and not three.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp, log
from typing import Final

from streams.annotation import Report
from streams.events.choice_rules import Main
from streams.events.further import Model, is_condemned
from streams.events.secondary import Told, parties

MODEL: Final = "kept_model.json"
MOST: Final = 3  # of what is counted
LAST_RANK: Final = 8
SURE: Final = 1e-4


@cache
def model() -> Model:
    """The trained weights; `bench/train_kept.py` writes them."""
    data = json.loads(files("streams.events").joinpath(MODEL).read_text(encoding="utf-8"))
    return Model(data["weights"], data["bias"], data["threshold"])


def evidence(told: Told, others: Sequence[Told], main: Main, first: Report, titles: int) -> dict[str, float]:
    """All that speaks for or against keeping a report beside `others` and the report `first` of the main event."""
    chance = min(max(told.likelihood, SURE), 1 - SURE)
    odds = log(chance / (1 - chance))
    found = {"odds": odds, "odds squared": odds * odds / 4, "others": len(others) / 5}
    found["expected of others"] = sum(o.likelihood for o in others) / 4
    names = (*_own(told), *_beside_main(told, main, first, titles), *_beside_others(told, others))
    return found | dict.fromkeys(names, 1.0)


def _own(told: Told) -> Iterator[str]:
    report, trigger = told.report, told.reading.trigger
    kind, basis = report.type, report.date_basis
    yield f"type {kind}"
    yield f"form {report.form}"
    yield f"act {trigger.act} {trigger.part}"
    yield f"{report.status} {kind}"
    yield f"participants {min(MOST, len(report.participants))}"
    yield f"day {basis}"
    yield f"day {basis} {kind}"
    yield f"place {report.place_entity_id is not None} {report.form}"


def _beside_main(told: Told, main: Main, first: Report, titles: int) -> Iterator[str]:
    report, sentence = told.report, told.reading.trigger.sentence
    same_type = report.type == first.type
    yield f"parties {(how := _compared(parties(report), parties(first)))}"
    yield f"parties {how} {report.type}"
    day = "none" if not report.started_on else report.started_on == first.started_on
    yield f"day of main {day}"
    yield f"day of main {day} same type {same_type}"
    yield f"main same type {same_type} same form {report.form == first.form}"
    yield f"main sentence {sentence == main.reading.trigger.sentence}"
    yield f"main {first.type}: {report.type}"
    yield f"late {min(6, (1 + max(0, sentence - titles)).bit_length())}"


def _compared(ours: frozenset[str], theirs: frozenset[str]) -> str:
    if not ours:
        return "none"
    if ours == theirs:
        return "same"
    if ours < theirs or ours > theirs:
        return "fewer" if ours < theirs else "more"
    return "some" if ours & theirs else "other"


def _beside_others(told: Told, others: Sequence[Told]) -> Iterator[str]:
    report, trigger = told.report, told.reading.trigger
    stronger = [o for o in others if o.likelihood > told.likelihood]
    here = [o for o in others if o.reading.trigger.sentence == trigger.sentence]
    yield f"rank {min(LAST_RANK, len(stronger))}"
    yield f"here {min(MOST, len(here))}"
    yield f"here stronger {min(MOST, len([o for o in here if o in stronger]))}"
    alike = [o for o in here if o.report.type == report.type]
    yield f"here same type {min(2, len(alike))} stronger {min(2, len([o for o in alike if o in stronger]))}"
    for o in here:
        than = "stronger" if o in stronger else "weaker"
        yield f"here {than} {o.report.type}: {report.type}"
        yield f"here {than} {o.reading.trigger.act}: {trigger.act}"
        yield f"here {than} before {o.reading.trigger.start < trigger.start} same type {o in alike}"
    elsewhere = [o for o in others if o.report.type == report.type and o not in here]
    higher = [o for o in elsewhere if o in stronger]
    yield f"elsewhere {min(MOST, len(elsewhere))} stronger {min(MOST, len(higher))}"
    same = [o for o in higher if o.report.form == report.form]
    yield f"elsewhere same form {min(2, len(same))}"
    if same:
        yield f"elsewhere same parties {any(parties(o.report) == parties(report) for o in same)} {report.type}"
        yield f"elsewhere same day {any(o.report.started_on == report.started_on for o in same)}"


def weighed(evident: Mapping[str, float]) -> float:
    """How likely what is so reported is an event that nothing else in the release reports, 0 to 1."""
    trained = model()
    return 1 / (1 + exp(-trained.bias - sum([trained.weights.get(n, 0.0) * v for n, v in evident.items()])))


def kept(told: Sequence[Told], main: Main, first: Report, titles: int) -> list[Report]:
    """The reports to keep of those told beside `first`, the report of `main`; `titles` is how many sentences titles have."""
    found = []
    for i, one in enumerate(told):
        others = [*told[:i], *told[i + 1 :]]
        if is_condemned(one.reading, main) or (
            weighed(evidence(one, others, main, first, titles)) >= model().threshold
        ):
            found.append(one.report)
    return found
