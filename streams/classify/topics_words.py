"""What the plain words of a release say for each topic: a linear model over the beginnings of its words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log1p, sqrt
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from streams.closed_sets import TOPICS

STEM: Final = re.compile(r"\b[^\W\d_]{4,7}")  # the first letters of a word that is not short
GRAIN: Final = 1000  # values are whole numbers of this grain: their sums are the same in every order
HUNDREDTHS: Final = 100


class Words(NamedTuple):
    """For each beginning of a word its row and how rare it is, and the weights of rows for `TOPICS`, in hundredths."""

    rows: Mapping[str, int]
    rarity: Sequence[float]
    weights: npt.NDArray[np.int64]


def parsed(data: Mapping[str, Sequence[float]]) -> Words:
    """The words as the trainer writes them: rarity, then pairs of the number of a topic and its weight."""
    weights = np.zeros((len(data), len(TOPICS)), dtype=np.int64)
    for row, (_, *cells) in enumerate(data.values()):
        weights[row, [int(n) for n in cells[::2]]] = [int(w) for w in cells[1::2]]
    return Words({stem: n for n, stem in enumerate(data)}, [cells[0] for cells in data.values()], weights)


def stems(low: str) -> Counter[str]:
    """How often each beginning of a word stands in `low`."""
    return Counter(STEM.findall(low))


def values(seen: Mapping[str, int], words: Words) -> dict[int, float]:
    """For each row that a text has how much it counts; the squares of all add up to one."""
    known, rarity = words.rows.get, words.rarity
    found = {row: log1p(n) * rarity[row] for stem, n in seen.items() if (row := known(stem)) is not None}
    size = sqrt(sum([v * v for v in found.values()])) or 1.0
    return {row: v / size for row, v in found.items()}


def spoken(low: str, words: Words) -> dict[str, float]:
    """What the words of `low` say for each topic."""
    found = values(stems(low), words)
    grains = np.array([round(GRAIN * v) for v in found.values()], dtype=np.int64)
    sums = (
        grains @ words.weights.take(list(found), axis=0) if found else np.zeros(len(TOPICS), dtype=np.int64)
    )
    return {t: s / (GRAIN * HUNDREDTHS) for t, s in zip(TOPICS, sums.tolist(), strict=True)}
