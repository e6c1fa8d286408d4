"""The fit of the model of openings: which type and form of main event title, lead and second sentence suggest.

Vectors of words, which help where one sentence is read (`bench/wording_model.py`), were tried here and did not.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bench.events_data import Opening
from streams.events import outline

STRENGTH, SEEN = 0.3, 2
Floats = npt.NDArray[np.float64]


def table_of(data: Sequence[Opening]) -> tuple[npt.NDArray[np.int64], csr_matrix]:
    """The rows that at least `SEEN` openings have, and a line of them for each opening."""
    lines = [outline.rows(o.parts) for o in data]
    line = np.repeat(np.arange(len(data)), [len(x) for x in lines])
    cells = csr_matrix(
        (np.ones(len(line)), (line, [r for x in lines for r in x])), (len(data), 1 << outline.BITS)
    )
    kept = np.flatnonzero(np.asarray(cells.sum(axis=0)).ravel() >= SEEN)
    return kept, cells.tocsc()[:, kept].tocsr()


def model_of(data: Sequence[Opening]) -> outline.Model:
    """The model that learned from `data`."""
    kept, cells = table_of(data)
    trust = [o.trust for o in data]
    labels: list[str] = []
    bias: list[float] = []
    columns: list[Floats] = []
    types = 0
    for wanted in ([o.type for o in data], [o.form for o in data]):
        trained = LogisticRegression(C=STRENGTH, max_iter=200)
        trained.fit(cells, wanted, sample_weight=trust)
        labels += [str(c) for c in trained.classes_]
        bias += [round(float(b), 3) for b in trained.intercept_]
        types = types or len(labels)
        for weights in trained.coef_:
            column = np.zeros(1 << outline.BITS)
            column[kept] = weights
            columns.append(column)
    table = np.clip(np.round(outline.GRAIN * np.array(columns).T), -127, 127).astype(np.int8)
    return outline.Model(tuple(labels), types, np.array(bias), table)


def packed(model: outline.Model) -> dict[str, Any]:
    """A model as it is stored: rows that say nothing are left out."""
    rows = np.flatnonzero(np.abs(model.weights).max(axis=1) > 0).astype(np.int32)
    head = {"labels": model.labels, "types": model.types, "bias": model.bias.tolist()}
    return {
        "head": np.frombuffer(json.dumps(head).encode(), np.uint8),
        "rows": rows,
        "weights": model.weights[rows],
    }
