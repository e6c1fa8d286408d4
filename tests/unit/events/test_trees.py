"""Boosted trees: each row goes its way through every tree, and the leaves add up."""

from __future__ import annotations

import numpy as np
import pytest

from streams.events.trees import Trees, likely, parsed, stored

# One tree that asks whether the first number is at most 2, and one that is a single leaf.
STUMP = Trees(
    roots=np.array([0, 3], dtype=np.int32),
    column=np.array([0, 0, 0, 0], dtype=np.int16),
    most=np.array([2.0, np.inf, np.inf, np.inf]),
    left=np.array([1, 1, 2, 3], dtype=np.int32),
    right=np.array([2, 1, 2, 3], dtype=np.int32),
    value=np.array([0.0, 1.5, -1.5, 0.25]),
    base=-0.25,
    depth=1,
)


def test_a_number_up_to_the_limit_goes_left() -> None:
    left, also_left, right = likely(STUMP, [[0.0], [2.0], [2.01]])
    assert left == also_left == pytest.approx(1 / (1 + np.exp(-1.5)))
    assert right == pytest.approx(1 / (1 + np.exp(1.5)))


def test_a_leaf_is_stayed_in_however_deep_other_trees_are() -> None:
    assert likely(STUMP._replace(depth=5), [[0.0], [3.0]]) == likely(STUMP, [[0.0], [3.0]])


def test_no_rows_have_no_shares() -> None:
    assert likely(STUMP, []) == []


def test_trees_are_read_as_they_were_stored() -> None:
    again = parsed(stored(STUMP, "x_"), "x_")
    assert likely(again, [[1.0], [4.0]]) == likely(STUMP, [[1.0], [4.0]])
    assert (again.base, again.depth) == (STUMP.base, STUMP.depth)
