"""What the beginning of a release as a whole suggests that it exists to report, by a trained linear model.

`wording` reads one sentence; this reads title, lead and second sentence together, each word both with the part in
which it stands and without. Words, pairs and stems are not stored: each counts for the row that its checksum names
(feature hashing, Weinberger et al. 2009), so the model is one table of small whole numbers, whose sums are the same in
every order. `bench/train_outline.py` trains it on main events only: it says which, not whether there is one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from streams.events.wording import STEM, Mask, Suggestion, masked, softmax, stem, terms
from streams.extract.sentences import Sentence
from streams.opening.parts import PARTS, spans

MODEL: Final = "outline_model.npz"
BITS: Final = 17
WHOLE: Final = crc32(b"whole")
SEEDS: Final = tuple(crc32(part.encode()) for part in PARTS)
GRAIN: Final = 50  # a weight of one is stored so


class Model(NamedTuple):
    labels: tuple[str, ...]  # types first, then forms
    types: int
    bias: npt.NDArray[np.float64]  # a label
    weights: npt.NDArray[np.int8]  # rows x labels


@cache
def model() -> Model:
    """The model that `bench/train_outline.py` wrote."""
    with files("streams.events").joinpath(MODEL).open("rb") as file, np.load(file) as data:
        head = json.loads(bytes(data["head"]).decode())
        weights = np.zeros((1 << BITS, len(head["labels"])), dtype=np.int8)
        weights[data["rows"]] = data["weights"]
    return Model(tuple(head["labels"]), head["types"], np.array(head["bias"]), weights)


def opening(
    low: str, sentences: Sequence[Sentence], titles: int, masks: Sequence[Mask]
) -> tuple[list[str], ...]:
    """The words of title, lead and second sentence, names masked; empty where a release has none."""
    return tuple(masked(low, start, end, masks) for start, end in spans(sentences, titles))


def row(term: str, seed: int = WHOLE) -> int:
    """The row of a term in a part, or in the whole."""
    return crc32(term.encode(), seed) & ((1 << BITS) - 1)


def rows(parts: Sequence[Sequence[str]]) -> list[int]:
    """The rows of all terms of title, lead and second sentence, each once; a part may be empty."""
    found: set[int] = set()
    for seed, words in zip(SEEDS, parts, strict=True):
        for term in terms(words) | {STEM + stem(w) for w in words}:
            data = term.encode()
            found.add(crc32(data, seed))
            found.add(crc32(data, WHOLE))
    mask = (1 << BITS) - 1
    return list({r & mask for r in found})


def suggestion(parts: Sequence[Sequence[str]]) -> Suggestion:
    """How likely each type and form of main event is."""
    trained = model()
    sums = trained.weights.take(rows(parts), axis=0).sum(axis=0, dtype=np.int32) / GRAIN + trained.bias
    scores, cut = sums.tolist(), trained.types
    return Suggestion(
        softmax(trained.labels[:cut], scores[:cut]), softmax(trained.labels[cut:], scores[cut:])
    )
