"""Records that are on the log already, through the stream processors again: `releases.replay`.

The raw topic is only read. A copy carries the position of its original as its origin, so that
everything downstream recognises it. Only so many copies are on their way at once that live traffic
among them is not held up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from services import kafka
from services.database.engine import read_only
from services.database.progress import Pipeline
from services.database.throttle import Throttle
from services.replay.log import Filter, Raw, read_log
from services.settings import Settings
from streams.codec import ORIGIN
from streams.topics import Topic

STALL_SECONDS: Final = 300.0
Tell = Callable[[str, int, int], None]


@dataclass
class Replayed:
    """How many records were looked at, and how many were copied."""

    seen: int = 0
    copied: int = 0


def replay(settings: Settings, wanted: Filter, *, rate: float | None, dry_run: bool, tell: Tell) -> Replayed:
    """Copy the records that `wanted` means to `releases.replay`."""
    counts = Replayed()

    def chosen() -> Iterable[Raw]:
        for raw in read_log(settings):
            counts.seen += 1
            if wanted.takes(raw.known):
                counts.copied += 1
                tell("replaying", counts.copied, 0)
                yield raw

    if dry_run:
        for _ in chosen():
            pass
    else:
        copy(settings, chosen(), rate)
    return counts


def copy(settings: Settings, records: Iterable[Raw], rate: float | None = None) -> None:
    """Copy raw records to `releases.replay`; returns when the tables have what came of them."""
    publisher = kafka.Publisher(settings)
    engine = read_only(settings)
    throttle, pace = Throttle(settings.replay_window), kafka.Pace(publisher, rate)
    sent = room = 0
    try:
        with Pipeline(settings, engine) as pipeline:
            for raw in records:
                if not room:
                    publisher.flush()
                    room = pipeline.wait_for_room(throttle, STALL_SECONDS)
                room -= 1
                sent += 1
                pace.wait()
                headers = [(k, v) for k, v in raw.headers.items() if k != ORIGIN]
                publisher.publish(
                    settings.topic_prefix + Topic.REPLAY,
                    raw.key,
                    raw.value,
                    [*headers, (ORIGIN, raw.origin.header())],
                )
            publisher.flush()
            if sent:
                pipeline.wait_until_passed(STALL_SECONDS)
    finally:
        engine.dispose()
