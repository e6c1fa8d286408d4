"""The fit of boosted decision trees, and their form at run time (`streams.events.trees`)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from streams.events.trees import Trees

ROUNDS, RATE, LEAVES, FEWEST, RIDGE = 150, 0.06, 8, 40, 1.0


def trees_of(
    rows: Sequence[Sequence[float]], right: Sequence[bool], trust: Sequence[float], seed: int = 0
) -> Trees:
    """Trees that tell the right rows from the others."""
    model = HistGradientBoostingClassifier(
        max_iter=ROUNDS, learning_rate=RATE, max_leaf_nodes=LEAVES, min_samples_leaf=FEWEST,
        l2_regularization=RIDGE, early_stopping=False, random_state=seed,
    )  # fmt: skip
    model.fit(np.asarray(rows, dtype=np.float64), np.asarray(right), sample_weight=trust)
    roots, parts = [], []
    depth = start = 0
    for (predictor,) in model._predictors:  # noqa: SLF001  scikit-learn shows these nodes nowhere else
        nodes = predictor.nodes
        at = start + np.arange(len(nodes), dtype=np.int32)
        leaf = nodes["is_leaf"].astype(bool)
        roots.append(start)
        parts.append(
            (
                np.where(leaf, 0, nodes["feature_idx"]).astype(np.int16),
                np.where(leaf, np.inf, nodes["num_threshold"]),
                np.where(leaf, at, start + nodes["left"].astype(np.int32)).astype(np.int32),
                np.where(leaf, at, start + nodes["right"].astype(np.int32)).astype(np.int32),
                np.where(leaf, nodes["value"], 0.0),
            )
        )
        depth = max(depth, int(nodes["depth"].max()))
        start += len(nodes)
    column, most, left, right_, value = (np.concatenate(p) for p in zip(*parts, strict=True))
    base = float(np.ravel(model._baseline_prediction)[0])  # noqa: SLF001
    return Trees(np.array(roots, dtype=np.int32), column, most, left, right_, value, base, depth)
