"""When to ask again: pure functions from what a source did to the seconds until its next poll."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

REMEMBERED: Final = timedelta(days=14)
POLLS_PER_RELEASE: Final = (
    60  # so that a release is seen after a sixtieth of the usual pause, on average half
)
EAGERNESS: Final = 4
_FEWEST_DATED: Final = 3
BREAKER_OPENS_AFTER: Final = 10
_BROKEN_INTERVAL: Final = 86_400.0
_JITTER: Final = 0.1

_OLDEST_LOOKED_AT: Final = timedelta(days=29)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest pause between two polls of one source, in seconds."""

    shortest: float
    longest: float


def interval(first_seen: Iterable[datetime], now: datetime, bounds: Bounds) -> float:
    """Seconds until the next poll of a source that brought releases at these times."""
    recent = [t for t in first_seen if now - t <= REMEMBERED]
    if not recent:
        return bounds.longest
    pause = REMEMBERED.total_seconds() / len(recent)
    return min(max(pause / POLLS_PER_RELEASE, bounds.shortest), bounds.longest)


def rhythm(dated: Iterable[datetime], now: datetime, bounds: Bounds) -> float:
    """The same, from the dates that an index gives to the releases that it lists (it may list few)."""
    recent = [t for t in dated if now - t <= REMEMBERED]
    if len(recent) < _FEWEST_DATED:
        return interval(recent, now, bounds)
    pause = (now - min(recent)).total_seconds() / len(recent)
    return min(max(pause / POLLS_PER_RELEASE, bounds.shortest), bounds.longest)


def eager(pause: float, bounds: Bounds) -> float:
    """The pause before a source whose index says by itself whether it has changed: asking it costs nobody much."""
    return max(pause / EAGERNESS, bounds.shortest)


def back_off(failures: int, bounds: Bounds, retry_after: float | None) -> float:
    """Seconds until the next attempt after `failures` in a row; the breaker is open after ten."""
    if failures >= BREAKER_OPENS_AFTER:
        wait = max(_BROKEN_INTERVAL, bounds.longest)
    else:
        wait = min(bounds.shortest * 2.0 ** min(failures, 20), bounds.longest)
    return max(wait, retry_after or 0.0)


def jittered(seconds: float, chance: random.Random) -> float:
    """`seconds` and up to a tenth more, so that sources do not march in step; never less than asked."""
    return seconds * (1.0 + _JITTER * chance.random())


def checkpoints(bounds: Bounds) -> tuple[timedelta, ...]:
    """The ages at which a release is looked at again for edits, ever more seldom as edits become unlikely.

    Most are made in the first minutes, so the first look is as soon as a source may be asked again.
    """
    age, ages = timedelta(seconds=max(1.0, min(bounds.shortest, bounds.longest))), []
    while age <= _OLDEST_LOOKED_AT:
        ages.append(age)
        age *= 2
    return tuple(ages)


def is_checkpoint(
    since: datetime, before: datetime | None, now: datetime, ages: tuple[timedelta, ...]
) -> bool:
    """Whether something first seen at `since` reached one of its `ages` between the polls `before` and `now`."""
    if before is None:
        return False
    return any(before < since + age <= now for age in ages)
