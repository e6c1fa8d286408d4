"""A reader that holds partitions and reads nothing is noticed; one that moves, waits or has no input is not."""

from __future__ import annotations

from streams.standstill import Standstill

ONE, TWO = ("raw", 0), ("raw", 1)


def test_a_partition_that_stays_behind_for_too_long_is_stuck() -> None:
    standing = Standstill(10)
    assert standing.stuck({ONE: 3, TWO: 8}, {ONE: 5, TWO: 8}, 0) == []
    assert standing.stuck({ONE: 3, TWO: 8}, {ONE: 6, TWO: 8}, 9) == []
    assert standing.stuck({ONE: 3, TWO: 8}, {ONE: 6, TWO: 8}, 10) == [ONE]


def test_one_that_moves_is_not_stuck_however_far_behind() -> None:
    standing = Standstill(10)
    assert not any(standing.stuck({ONE: t}, {ONE: 10_000}, t) for t in range(0, 100, 5))


def test_a_stuck_partition_is_seen_beside_one_that_moves() -> None:
    standing = Standstill(10)
    found = [standing.stuck({ONE: t, TWO: 1}, {ONE: 10_000, TWO: 2}, t) for t in range(0, 15, 5)]
    assert found == [[], [], [TWO]]


def test_time_without_waiting_records_does_not_count() -> None:
    standing = Standstill(10)
    standing.stuck({ONE: 5}, {ONE: 5}, 0)
    assert standing.stuck({ONE: 5}, {ONE: 6}, 60) == []
    assert standing.stuck({ONE: 5}, {ONE: 6}, 70) == [ONE]


def test_a_partition_that_was_given_back_starts_afresh() -> None:
    standing = Standstill(10)
    standing.stuck({ONE: 5}, {ONE: 6}, 0)
    standing.stuck({}, {ONE: 6}, 5)
    assert standing.stuck({ONE: 5}, {ONE: 6}, 12) == []


def test_what_is_not_known_starts_afresh() -> None:
    standing = Standstill(10)
    standing.stuck({ONE: 5}, {ONE: 6}, 0)
    standing.forget()
    assert standing.stuck({ONE: 5}, {ONE: 6}, 12) == []
