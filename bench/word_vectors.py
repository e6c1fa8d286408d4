"""Vectors of words, from releases that nobody annotated: words that stand among the same words are alike.

    python -m bench.word_vectors --corpus ../shared/corpus

Needs scipy (not needed at run time). Writes `build/word_vectors.npz`, which `bench/train_wording.py` learns with,
so that a word which no annotated release uses speaks like those that it resembles. Positive pointwise mutual
information of words within three words, by side, and within five, each reduced by a singular value decomposition, and
both together once more; names have given way to what they are, as in `streams/events/wording.py`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.linalg import svds

from bench.events_data import of_leads, words_of
from bench.score_engine import ROOT
from bench.training import ARCHIVES

FILE = ROOT / "build" / "word_vectors.npz"
READ = 3500  # characters of a release: what it reports stands at its beginning
SEEN, CONTEXTS = 8, 6000  # occurrences of a word that has a vector; words that count as neighbours
WIDE, SIZE = 150, 64  # dimensions of each decomposition, and of both together
RARE = 1e-3  # share of all words at which one counts half: "the" says next to nothing
SMOOTH = 0.75  # power of the neighbours' frequency
Floats = npt.NDArray[np.float64]


class Vectors(NamedTuple):
    row: dict[str, int]
    table: Floats  # words x dimensions; those of frequent words are short

    def of(self, words: set[str]) -> Floats:
        """The sum over some words."""
        rows = sorted(self.row[w] for w in words if w in self.row)  # sums in one order are the same
        return self.table[rows].sum(axis=0)


@cache
def vectors() -> Vectors:
    """What this program wrote."""
    with np.load(FILE) as data:
        words = bytes(data["words"]).decode().split("\n")
        return Vectors({w: i for i, w in enumerate(words)}, data["vectors"] * data["scale"][:, None])


def sentences(corpus: Path) -> Iterator[list[str]]:
    for archive in ARCHIVES:
        with gzip.open(corpus / archive) as file:
            for line in file:
                item = json.loads(line)
                yield from words_of(item.get("title") or "", item["text"][:READ])
    yield from (s.words for s in of_leads())


def near(rows: list[npt.NDArray[np.int32]], words: int, width: int, *, sided: bool) -> csr_matrix:
    """How often each word stands near each neighbour, nearer counting more; by side, if `sided`."""
    gap = np.full(width, -1, np.int32)
    line = np.concatenate([part for row in rows for part in (row, gap)])
    found = csr_matrix((words, CONTEXTS * (1 + sided)))
    for apart in range(1, width + 1):
        left, right = line[:-apart], line[apart:]
        both = (left >= 0) & (right >= 0)
        left, right = left[both], right[both]
        for one, other, side in ((left, right, CONTEXTS * sided), (right, left, 0)):
            counts = other < CONTEXTS
            cells = (np.full(counts.sum(), 1 / apart), (one[counts], other[counts] + side))
            found = found + coo_matrix(cells, found.shape).tocsr()
    return found


def reduced(counts: csr_matrix) -> Floats:
    """Unit vectors of the words, from their neighbours."""
    cells = counts.tocoo()
    of_word = np.asarray(counts.sum(axis=1)).ravel()
    of_neighbour = np.asarray(counts.sum(axis=0)).ravel() ** SMOOTH
    expected = of_word[cells.row] * (of_neighbour / of_neighbour.sum())[cells.col]
    information = np.log(cells.data / expected)
    more = information > 0
    table = coo_matrix((information[more], (cells.row[more], cells.col[more])), cells.shape).tocsr()
    start = np.random.default_rng(0).standard_normal(min(table.shape))
    u, strength, _ = svds(table, k=WIDE, v0=start)
    found = u * np.sqrt(strength)
    return found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-9)


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--corpus", type=Path, required=True)
    read = list(sentences(ap.parse_args().corpus))
    seen = Counter(w for words in read for w in words)
    words = sorted((w for w, n in seen.items() if n >= SEEN), key=lambda w: (-seen[w], w))
    number = {w: i for i, w in enumerate(words)}
    rows = [np.array([number.get(w, -1) for w in s], np.int32) for s in read]
    wide = np.hstack([reduced(near(rows, len(words), n, sided=s)) for n, s in ((3, True), (5, False))])
    weight = RARE / (RARE + np.array([seen[w] for w in words]) / seen.total())
    _, _, axes = np.linalg.svd(wide * weight[:, None], full_matrices=False)
    table = wide @ axes[:SIZE].T
    unit = np.abs(table).max() / 127
    np.savez_compressed(
        FILE,
        words=np.frombuffer("\n".join(words).encode(), np.uint8),
        vectors=np.round(table / unit).astype(np.int8),
        scale=(weight * unit).astype(np.float32),
    )
    print(f"{len(words)} words from {len(read)} sentences, {FILE.stat().st_size // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
