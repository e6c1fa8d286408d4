"""Train which of many things that a release names is meant, or none of them: the conditional logit of days and of places."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NamedTuple

from bench import train_choice
from bench.blind import Blind
from bench.events_data import Document, documents
from bench.train_choice import FOLDS, PRIOR


class Example(NamedTuple):
    """A release: the evidence of naming none and of each thing, which are right, and which one the rules propose."""

    ident: str
    folder: int
    evidence: list[list[str]]
    right: list[bool]
    ruled: int
    is_named: bool  # by the annotators
    trust: float


Read = Callable[[Document, Mapping[str, Any]], Example | None]


def gather(golds: list[Path], texts: list[Path], blind: Blind | None, read: Read) -> list[Example]:
    """The releases worked with, each read with models of wording blind to it; without one, those held out."""
    found = []
    for doc in documents(golds, texts, held=blind is None):
        if event := next((e for e in doc.annotation["events"] if e["main"]), None):
            with blind.to(doc.annotation["id"]) if blind else nullcontext():
                found.append(read(doc, event))
    return [e for e in found if e]


def fit(data: Sequence[Example], prior: float = PRIOR) -> dict[str, float]:
    """The weights that make what is right likely, as those of the choice of the main event are found."""
    return train_choice.fit(
        [
            train_choice.Example(
                e.ident,
                [dict.fromkeys(names, 1.0) for names in e.evidence],
                [("right" if yes else "wrong", "") for yes in e.right],
                ("right", ""),
                None,
                e.trust,
            )
            for e in data
            if any(e.right)  # else what is meant is not among what was found
        ],
        prior,
    )


def fold(ident: str) -> int:
    return hashlib.sha256(ident.encode()).digest()[1] % FOLDS


def best(weights: Mapping[str, float], e: Example, lean: float = 0.0) -> int:
    """What weighs most; a named thing may weigh less than none by `lean`."""
    sums = [sum(weights.get(n, 0.0) for n in names) for names in e.evidence]
    sums[0] -= lean
    return sums.index(max(sums))


def cross_validated(data: Sequence[Example], lean: float = 0.0, prior: float = PRIOR) -> list[int]:
    """What is taken of each release by weights that have not seen it."""
    taken = [0] * len(data)
    for k in range(FOLDS):
        weights = fit([e for e in data if fold(e.ident) != k], prior)
        for i, e in enumerate(data):
            if fold(e.ident) == k:
                taken[i] = best(weights, e, lean)
    return taken


def write(model: Path, weights: Mapping[str, float], smallest: float) -> int:
    """Write the weights that say something; returns how many."""
    kept = {n: round(w, 2) for n, w in weights.items() if abs(w) >= smallest}
    lines = (f"{json.dumps(n)}: {w}" for n, w in kept.items())
    model.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    return len(kept)
