"""Who takes part in the main event: rules propose, a trained model weighs every actor that title and lead name."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate, chain
from math import exp
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from streams.annotation import Participant
from streams.closed_sets import Role
from streams.events.cast import SAID, participant
from streams.events.roles_targets import is_felt_for
from streams.events.scene import Scene, is_label
from streams.events.taking_part_beside import numbers, shared
from streams.events.taking_part_evidence import Places, Stage, actors, evidence, stage_of
from streams.events.trees import Trees, likely, parsed
from streams.events.triggers import type_and_form
from streams.events.unnamed import by_office

MODEL: Final = "taking_part_model.npz"
LABELS: Final = ("none", "actor", "recipient")
HOPELESS: Final = 0.97  # likelihood of no part that no company outweighs
# What is said against or to others: a state that does not issue it is spoken of.
ON_OTHERS: Final = frozenset((kind, "statement") for kind in ("ACCUSE", "REQUEST", "REJECT", "THREATEN"))
LAST: Final = (1 << 32) - 1
# What one side does alone, and where the event itself is told.
ALONE: Final = frozenset({"statement", "message", "sanctions", "aid"})
OF_EVENT: Final = frozenset({"trigger", "own", "company", "listing", "foot"})
LATER: Final = re.compile(
    r"\b(?:will(?: also| then)?|(?:is|are|was|were) (?:also )?(?:due|scheduled|expected|set) to|is to|plans to)(?: also| then)? (?:be (?:received|welcomed|hosted)|meet|hold|have|receive|host|call on|pay)\b[^.;]*$"
)
# "spoke to prepare for the President's meeting with NAME": who is to be met there
OF_OTHER_TALKS: Final = re.compile(
    r"\b(?:prepar\w+ for|ahead of|about|following|after|before|prior to|discuss\w*|outcomes? of|results? of|regarding|briefed [^.;]{0,40}? on|informed [^.;]{0,40}? (?:of|about))"
    r" (?:the |a |an )?(?:[\w’'.-]+ ){0,5}(?:meetings?|talks|conversations?|calls?|discussions?)\b[^.;]{0,50}? with (?:[^,.;]{0,60} )?$"
)
NATIONALS: Final = re.compile(r"\b(?:nationals|citizens|residents|holders|people) (?:of|from)\b[^.;]*$")
OPENING: Final = 20  # characters: "Following talks with NAME, the Minister ..." tells of the talks
TREES: Final = "trees_"  # how their parts begin in the file


class Model(NamedTuple):
    """Weights in hundredths; a piece of evidence is known by its checksum, which takes a tenth of the memory of its words."""

    checksums: npt.NDArray[np.uint32]  # in order; the last is the greatest there is
    weights: npt.NDArray[np.int16]  # checksums x LABELS; the last are 0, of all never seen in training
    bias: npt.NDArray[np.int32]  # LABELS
    trees: Trees  # which weigh each actor beside the others
    threshold: float


@cache
def model() -> Model:
    """The trained weights; `bench/train_taking_part.py` writes them."""
    with files("streams.events").joinpath(MODEL).open("rb") as file, np.load(file) as data:
        return Model(
            np.append(data["checksums"], np.uint32(LAST)),
            np.append(data["weights"], np.zeros((1, len(LABELS)), dtype=np.int16), axis=0),
            data["bias"],
            parsed(data, TREES),
            float(data["threshold"]),
        )


def likelihoods(evident: Sequence[Sequence[int]]) -> list[list[float]]:
    """How likely each of `LABELS` is for each actor, for whom the evidence with these checksums holds."""
    if not evident:
        return []
    trained = model()
    told = np.fromiter(chain.from_iterable(evident), np.uint32, sum(map(len, evident)))
    at = trained.checksums.searchsorted(told)
    at[trained.checksums.take(at) != told] = len(trained.checksums) - 1
    starts = [0, *accumulate(map(len, evident[:-1]))]
    weights = trained.weights.take(at, axis=0)
    hundredths = np.add.reduceat(weights, starts, axis=0, dtype=np.int32) + trained.bias
    return [_shares(line) for line in hundredths.tolist()]


def _shares(hundredths: Sequence[int]) -> list[float]:
    top = max(hundredths)
    raised = [exp((s - top) / 100) for s in hundredths]
    total = sum(raised)
    return [r / total for r in raised]


def weigh(scene: Scene, form: str, proposed: Sequence[Participant]) -> tuple[Participant, ...]:
    """The participants of the main event: of those proposed and the other actors all that are likely enough.

    A proposed one keeps its role. Where nobody is likely enough, what the rules propose stands.
    """
    stage = stage_of(scene, form, proposed)
    found: list[Participant] = []
    weighed = actors(stage)
    together = shared(stage, weighed)
    told = dict(zip(weighed, likelihoods([evidence(stage, k, at) for k, at in weighed.items()]), strict=True))
    hopeful = {k: at for k, at in weighed.items() if told[k][0] < HOPELESS or k in together}
    taking = likely(model().trees, numbers(stage, hopeful, together, told))
    for (key, at), share in zip(hopeful.items(), taking, strict=True):
        if share < model().threshold or _is_quoted(stage, at):
            continue
        if key not in stage.proposed and (
            _is_felt_for(scene, form, at)
            or _only_comments(stage, at)
            or _is_met_later(stage, at)
            or _is_rescued(scene, at)
        ):
            continue
        if _is_of_other_talks(stage, at):
            continue
        if key in stage.proposed:
            found.append(stage.proposed[key])
        elif at:
            ours = participant(scene.cast, at[0][2])
            role = _role(stage, ours, together.get(key, (key,)), told)
            found.append(replace(ours, role=role))
    found += _holders(scene, stage, {p.country for p in found}) if found else []
    rank = {key: i for i, key in enumerate(stage.proposed)}
    found.sort(key=lambda p: rank.get(p.entity_id, len(rank)))
    return tuple(found) or tuple(proposed)


def _holders(scene: Scene, stage: Stage, there: Container[str | None]) -> list[Participant]:
    """The states of office-holders whom a list names without names: they met, however little a state beside persons counts."""
    listed = {m.entity_id: m for m in by_office(scene)} if stage.group == "together" else {}
    return [
        stage.proposed[k]
        for k, m in listed.items()
        if k in stage.proposed and scene.cast.country_of(m) not in there
    ]


def _is_felt_for(scene: Scene, form: str, at: Places) -> bool:
    """Whether a statement against others only feels for a state: "condemns the attack and expresses solidarity with N"."""
    if (type_and_form(scene.reading)[0], form) not in ON_OTHERS:
        return False
    named = [m for name, _, m in at if name in {"trigger", "own"} and scene.cast.kind(m) != "person"]
    return bool(named) and all(is_felt_for(scene.low, m.start_char) for m in named)


def _is_quoted(stage: Stage, at: Places) -> bool:
    """Whether a person only says something of what others do, as "NAME: The President will attend" shows."""
    return stage.form not in ALONE and bool(at) and all(is_label(stage.scene, s, m) for _, s, m in at)


def _only_comments(stage: Stage, at: Places) -> bool:
    """Whether a person of neither side only says something, behind the event, of what others stated or did."""
    scene = stage.scene
    if stage.form not in ALONE or not at or any(name in OF_EVENT for name, *_ in at):
        return False
    sides = {p.country for p in stage.proposed.values()} | {scene.cast.home}
    mentions = [m for *_, m in at]
    return all(
        scene.cast.kind(m) == "person"
        and scene.cast.country_of(m) not in sides
        and SAID.match(scene.low, m.end_char) is not None
        for m in mentions
    )


def _is_rescued(scene: Scene, at: Places) -> bool:
    """Whether a state is only named for its nationals whom another brings to safety."""
    return (
        scene.reading.trigger.act == "evacuate"
        and len(at) > 0
        and all(
            scene.cast.kind(m) == "country"
            and NATIONALS.search(scene.low, s.start_char, m.start_char) is not None
            for _, s, m in at
        )
    )


def _is_of_other_talks(stage: Stage, at: Places) -> bool:
    """Whether a person is only named as with whom others than these talks were or will be."""
    scene, t = stage.scene, stage.scene.reading.trigger
    if stage.group != "together" or not at:
        return False
    return all(
        scene.cast.kind(m) == "person"
        and (found := OF_OTHER_TALKS.search(scene.low, s.start_char, m.start_char)) is not None
        and not found.start() <= t.start < found.end()
        and found.start() - s.start_char > OPENING
        for _, s, m in at
    )


def _shares_paragraph(scene: Scene, at: Places) -> bool:
    """Whether an actor is named in a paragraph that states the event; in an agenda each meeting has its own."""
    return bool({s.paragraph for s in scene.own} & {s.paragraph for _, s, _ in at})


def _is_met_later(stage: Stage, at: Places) -> bool:
    """Whether a person is only named as whom somebody will meet after what was held: "On Friday she will be received by NAME"."""
    scene = stage.scene
    ahead = scene.reading.status == "planned"
    if ahead and (stage.form != "meeting" or _shares_paragraph(scene, at)):
        return False
    if not at or any(name in OF_EVENT for name, *_ in at):
        return False
    return all(
        scene.cast.kind(m) == "person" and LATER.search(scene.low, s.start_char, m.start_char) is not None
        for _, s, m in at
    )


def _role(
    stage: Stage, ours: Participant, members: Sequence[str], told: Mapping[str, Sequence[float]]
) -> Role:
    """Whether one whom the rules do not propose acts: as those of its list do, else as is likelier.

    Nobody is the recipient of what its own side does.
    """
    listed = next((stage.proposed[k].role for k in members if k in stage.proposed), None)
    if listed:
        return listed
    by = [p for p in stage.proposed.values() if p.role == "actor"]
    acting = {p.country for p in by if p.country}
    away = ours.entity_id.startswith("country:") and ours.country != stage.scene.cast.home
    accused = by and away and ours.country not in acting
    if accused and type_and_form(stage.scene.reading) in ON_OTHERS:
        return "recipient"
    acts = sum(told[k][1] - told[k][2] for k in members) >= 0 or ours.country in acting
    return "actor" if acts else "recipient"
