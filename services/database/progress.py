"""How far the pipeline is: whether the sink has passed given offsets, and which records are settled."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Self

import sqlalchemy as sa

from services import kafka
from services.database import bulk
from services.database import tables as t
from services.database.throttle import Throttle
from services.errors import CommuniqueError
from services.settings import Settings
from streams.topics import Topic

Position = tuple[str, int, int]
Key = tuple[str, str]


class Pending:
    """Records on their way: each leaves when it is stored, or dead-lettered under its origin."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._waiting: dict[Key, Position | None] = {}
        self._since: dict[Key, str] = {}
        self._next = 0.0

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, key: Key, fetched_at: str) -> None:
        """Take a record that is about to be published, by release_id, content_hash and time of observation.

        It is stored once its revision was seen at that time or later: that the revision stands there
        already says nothing (an edit that is taken back).
        """
        self._waiting[key] = None
        self._since[key] = fetched_at

    def placed(self, key: Key, position: Position) -> None:
        """Note where the broker put it."""
        if key in self._waiting:
            self._waiting[key] = position

    def settle(self, every_seconds: float = 0.1) -> tuple[int, int]:
        """Return how many were stored and dead-lettered since the last call; asks at most so often."""
        if time.monotonic() < self._next or not self._waiting:
            return 0, 0
        self._next = time.monotonic() + every_seconds
        revisions, letters = t.release_revisions.c, t.dead_letters.c
        release_ids = {release_id for release_id, _ in self._waiting}
        found = sa.select(revisions.release_id, revisions.content_hash, revisions.last_fetched_at)
        failed = sa.select(letters.topic, letters.partition, letters.offset)
        with self._engine.connect() as connection:
            stored = {
                (r, h)
                for r, h, seen in connection.execute(
                    found.where(bulk.among(revisions.release_id, release_ids))
                )
                if (r, h) in self._waiting and seen >= self._since[r, h]
            }
            unresolved = bulk.among(letters.release_id, release_ids) & letters.resolved_at.is_(None)
            origins = {(a, b, c) for a, b, c in connection.execute(failed.where(unresolved))}
            dead = {k for k, p in self._waiting.items() if p in origins}
        for key in stored | dead:
            self._waiting.pop(key, None)
            self._since.pop(key, None)
        return len(stored), len(dead - stored)


class Pipeline:
    """The way from the raw topic to the tables, as far as offsets show it; closes what it asks with."""

    def __init__(self, settings: Settings, engine: sa.Engine) -> None:
        self._settings, self._engine = settings, engine
        self._offsets: kafka.GroupOffsets | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._offsets is not None:
            self._offsets.close()
            self._offsets = None

    def hops(self) -> list[tuple[str, list[str]]]:
        """Return each hop of the way in order: the consumer group and the topics that it reads."""
        prefix = self._settings.topic_prefix
        work = f"{prefix}work"
        return [
            (work, [prefix + Topic.RAW, prefix + Topic.REPLAY]),
            (work, [prefix + Topic.CLEAN]),
            (self.sink_group, [prefix + Topic.EVENTS, prefix + Topic.DEAD]),
        ]

    @property
    def sink_group(self) -> str:
        """The sink's consumer group."""
        return f"{self._settings.topic_prefix}{self._settings.sink.consumer_group}"

    def done(self, group: str, partitions: Iterable[tuple[str, int]]) -> dict[tuple[str, int], int]:
        """Return the next offsets of a hop's reader: the sink's from the database, the workers' from Kafka."""
        if group == self.sink_group:
            return self.stored()
        if self._offsets is None:
            self._offsets = kafka.GroupOffsets(self._settings, group)
        return self._offsets.of(partitions)

    def behind(self, group: str, ends: dict[tuple[str, int], int]) -> int:
        """Return how many records before `ends` their reader has not passed."""
        done = self.done(group, [tp for tp, end in ends.items() if end])
        return sum(max(0, end - done.get(tp, 0)) for tp, end in ends.items())

    def look(self) -> tuple[int, int]:
        """Return how many records are on their way at most, and how many the sink has passed since ever.

        Workers commit four times a second: what they did since is still counted as on its way.
        """
        ends = kafka.end_offsets(self._settings, [topic for _, topics in self.hops() for topic in topics])
        on_the_way = sum(
            self.behind(group, {tp: end for tp, end in ends.items() if tp[0] in topics})
            for group, topics in self.hops()
        )
        return on_the_way, sum(self.stored().values())

    def stored(self) -> dict[tuple[str, int], int]:
        """Return the sink's next offsets, from the database."""
        table = t.stream_offsets
        query = sa.select(table.c.topic, table.c.partition, table.c.next_offset).where(
            table.c.consumer_group == self.sink_group
        )
        with self._engine.connect() as connection:
            return {(topic, partition): offset for topic, partition, offset in connection.execute(query)}

    def wait_until_passed(
        self, seconds: float, tell: Callable[[int, int], None] = lambda _done, _total: None
    ) -> None:
        """Wait until what is on the log now has reached the tables, hop after hop.

        Each hop's end offsets are noted when the hop before it is done, so that later traffic is
        not waited for. Raises `CommuniqueError` if nothing moves for `seconds`.
        """
        for group, topics in self.hops():
            ends = kafka.end_offsets(self._settings, topics)
            total = left = self.behind(group, ends)
            moved = time.monotonic()
            while left:
                self.pause(0.1)
                now_left = self.behind(group, ends)
                moved = time.monotonic() if now_left != left else moved
                left = now_left
                tell(total - left, total)
                self._check_moving(left, time.monotonic() - moved, seconds)

    def wait_for_room(self, throttle: Throttle, seconds: float) -> int:
        """Wait until more may be sent and return how much; raises `CommuniqueError` if nothing moves."""
        moved, before = time.monotonic(), None
        while True:
            seen = self.look()
            now = time.monotonic()
            throttle.note(now, *seen)
            room = throttle.allowed - seen[0]
            if room >= throttle.allowed // 4:
                return max(1, room)
            if seen != before:
                moved, before = now, seen
            self._check_moving(seen[0], now - moved, seconds)
            self.pause(0.05)

    @staticmethod
    def _check_moving(left: int, since: float, seconds: float) -> None:
        if since > seconds:
            raise CommuniqueError(
                f"{left} records are on their way and nothing has moved for {seconds:g} s",
                remedy="Check `communique status`: are the workers and the sink running?",
            )

    @staticmethod
    def pause(seconds: float) -> None:
        """Let the stages work."""
        time.sleep(seconds)
