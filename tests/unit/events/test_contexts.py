"""Weights of evidence: what a piece weighs alone, and besides within the contexts that hold."""

from __future__ import annotations

from streams.events.contexts import COLUMNS, weight_of


def row(**weights: int) -> list[int]:
    return [weights.get(context or "alone", 0) for context in COLUMNS]


WEIGHTS = {"in title": row(alone=10, met=5, planned=-2), "dated": row(said=7)}


def test_a_piece_weighs_alone_and_within_each_context_that_holds() -> None:
    assert weight_of(WEIGHTS, ("met", "occurred"), ["in title"]) == 15
    assert weight_of(WEIGHTS, ("met", "planned"), ["in title"]) == 13


def test_a_context_that_does_not_hold_adds_nothing() -> None:
    assert weight_of(WEIGHTS, ("met", "planned"), ["dated"]) == 0
    assert weight_of(WEIGHTS, ("said", "planned"), ["dated", "in title"]) == 15


def test_a_piece_that_was_never_seen_in_training_weighs_nothing() -> None:
    assert weight_of(WEIGHTS, ("said", "occurred"), ["unheard of"]) == 0
