"""A replay sends no more than the stages pass soon, whatever their speed, and never more than its window."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from services.database.throttle import AHEAD_SECONDS, LEAST, Throttle


def run(throttle: Throttle, speed: Callable[[float], float], seconds: float) -> int:
    """Let stages of a given speed take what the throttle lets through; return what waits in the end."""
    waiting, passed, tick = 0.0, 0.0, 0.05
    for number in range(int(seconds / tick)):
        taken = min(waiting, speed(number * tick) * tick)
        waiting, passed = waiting - taken, passed + taken
        throttle.note(number * tick, round(waiting), round(passed))
        waiting = max(waiting, float(throttle.allowed))
    return round(waiting)


@pytest.mark.parametrize("rate", [40, 150, 400])
def test_what_waits_is_passed_within_about_the_time_that_a_live_record_may_wait(rate: int) -> None:
    waiting = run(Throttle(500), lambda _: rate, 60)
    assert AHEAD_SECONDS / 2 < waiting / rate < 2 * AHEAD_SECONDS


def test_stages_that_become_slower_are_sent_less() -> None:
    throttle = Throttle(500)
    assert run(throttle, lambda at: 400 if at < 30 else 40, 60) < 100


def test_the_window_is_never_exceeded_and_something_is_always_sent() -> None:
    throttle = Throttle(100)
    assert run(throttle, lambda _: 10_000, 60) <= 100
    assert run(Throttle(500), lambda _: 1, 60) == LEAST


def test_a_window_of_one_is_kept() -> None:
    throttle = Throttle(1)
    run(throttle, lambda _: 100, 10)
    assert throttle.allowed == 1
