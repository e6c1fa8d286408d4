"""The fit of the model of wording.

A word is weighed by what was learned of it, of its stem and of its vector. All three are sums over words, so they are
stored as one weight of the word, also of 8,000 words that no text learned from uses. In a cross-validation over the
sentences of main events this raised types from .61 to .69 and forms from .63 to .72; some of it because
what was only the memory of a text went: terms seen once, weights left free.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bench.events_data import Statement
from bench.word_vectors import vectors
from streams.events import wording

STRENGTH, SMALLEST, SEEN = 0.3, 0.05, 2
OF_VECTORS = 0.7  # how far a vector is trusted beside the word itself
Floats = npt.NDArray[np.float64]


class Table(NamedTuple):
    """What is learned from: terms and stems, then the dimensions of the vectors."""

    terms: DictVectorizer
    cells: csr_matrix


def table_of(data: list[Statement]) -> Table:
    told = []
    for s in data:
        stems = Counter(wording.STEM + wording.stem(w) for w in set(s.words))
        told.append({**dict.fromkeys(wording.terms(s.words), 1), **stems})
    seen = Counter(term for row in told for term in row)
    vectorizer = DictVectorizer()
    terms = vectorizer.fit_transform([{t: n for t, n in row.items() if seen[t] >= SEEN} for row in told])
    dense = np.array([vectors().of(set(s.words)) for s in data])
    return Table(vectorizer, hstack([terms, csr_matrix(OF_VECTORS * dense)]).tocsr())


def folded(terms: DictVectorizer, weights: Floats) -> dict[str, Floats]:
    """The weights of each term (a label each), with those of stem and vector added to the word's."""
    column = terms.vocabulary_
    found = {term: weights[:, at] for term, at in column.items()}
    known = vectors()
    of_words = OF_VECTORS * known.table @ weights[:, len(column) :].T
    none = np.zeros(len(weights))
    words = {t for t in column if " " not in t and t[0] not in (wording.STEM, wording.AT_FIRST)}
    for word in words | known.row.keys():
        stem = found.get(wording.STEM + wording.stem(word), none)
        vector = of_words[known.row[word]] if word in known.row else none
        found[word] = found.get(word, none) + stem + vector
    return found


class Learned(NamedTuple):
    """A wording model: labels, number of types and bias, and for each term pairs of label and hundredths."""

    head: dict[str, Any]
    weights: dict[str, list[int]]

    def packed(self) -> wording.Packed:
        cells = [n for row in self.weights.values() for n in row]
        counts = [len(row) // 2 for row in self.weights.values()]
        return wording.Packed(
            [*self.weights],
            np.array(counts, np.uint8),
            np.array(cells[::2], np.uint8),
            np.array(cells[1::2], np.int16),
        )

    def stored(self) -> dict[str, Any]:
        """What the file holds."""
        given = self.packed()
        text = {"head": json.dumps(self.head), "terms": "\n".join(given.terms)}
        found = {name: np.frombuffer(t.encode(), np.uint8) for name, t in text.items()}
        return found | {"counts": given.counts, "columns": given.columns, "values": given.values}


def model_of(data: list[Statement]) -> Learned:
    """The wording model that learned from `data`."""
    terms, cells = table_of(data)
    weights: dict[str, list[int]] = {}
    labels: list[str] = []
    bias: list[float] = []
    types = 0
    for wanted in ([s.type for s in data], [s.form for s in data]):
        trained = LogisticRegression(C=STRENGTH, max_iter=200)
        trained.fit(cells, wanted, sample_weight=[s.trust for s in data])
        first = len(labels)
        labels += [str(c) for c in trained.classes_]
        bias += [round(float(b), 3) for b in trained.intercept_]
        types = types or len(labels)
        for term, column in folded(terms, trained.coef_).items():
            for i in np.flatnonzero(np.abs(column) >= SMALLEST):
                weights.setdefault(term, []).extend((first + int(i), round(100 * float(column[i]))))
    return Learned({"labels": labels, "types": types, "bias": bias}, dict(sorted(weights.items())))
