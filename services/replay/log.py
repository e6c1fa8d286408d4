"""Reading the raw topic from its beginning to the end offsets noted at the start, outside any group."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import msgspec
from confluent_kafka import Message, TopicPartition

from services import kafka
from services.errors import BrokerUnavailable
from services.settings import Settings
from streams.codec import Origin, header_map
from streams.topics import Topic

IDLE_SECONDS: Final = 60.0
WAIT_SECONDS: Final = 0.1  # `consume` waits so long for the whole number, though some records are there


class Known(msgspec.Struct):
    """What a raw record says of itself, as far as it can be read."""

    release_id: str | None = None
    content_hash: str | None = None
    source_id: str | None = None
    fetched_at: str | None = None


@dataclass(frozen=True, slots=True)
class Raw:
    """One record of `releases.raw` as it stands there."""

    origin: Origin
    key: bytes | None
    value: bytes
    headers: dict[str, bytes]
    known: Known


@dataclass(frozen=True, slots=True)
class Filter:
    """Which raw records are meant; times are those of the observation (`fetched_at`), ISO."""

    since: str | None = None
    until: str | None = None
    source_id: str | None = None
    release_id: str | None = None

    def takes(self, known: Known) -> bool:
        """Tell whether a record is meant; one that cannot be read only if nothing is asked of it."""
        fetched = known.fetched_at or ""
        return (
            (self.since is None or fetched >= self.since)
            and (self.until is None or (bool(fetched) and fetched < self.until))
            and (self.source_id is None or known.source_id == self.source_id)
            and (self.release_id is None or known.release_id == self.release_id)
        )


def read_log(settings: Settings) -> Iterator[Raw]:
    """Yield every record of `releases.raw` up to its end offsets now, in the order of the log."""
    topic = settings.topic_prefix + Topic.RAW
    starts = kafka.end_offsets(settings, [topic], earliest=True)
    ends = {tp: end for tp, end in kafka.end_offsets(settings, [topic]).items() if end > starts[tp]}
    if not ends:
        return
    consumer = kafka.make_consumer(settings, f"{settings.topic_prefix}read-{id(ends)}")
    try:
        consumer.assign([TopicPartition(t, p, starts[t, p]) for t, p in ends])
        until = time.monotonic() + IDLE_SECONDS
        while ends:
            messages = consumer.consume(500, WAIT_SECONDS)
            if messages:
                until = time.monotonic() + IDLE_SECONDS
            elif time.monotonic() > until:
                raise BrokerUnavailable(
                    f"the broker gives no records of {topic}", remedy="Check `communique status`."
                )
            for message in messages:
                place = str(message.topic()), int(message.partition() or 0)
                if message.error() is not None or place not in ends:
                    continue
                if int(message.offset() or 0) + 1 >= ends[place]:
                    del ends[place]
                yield _raw(message)
    finally:
        consumer.close()


def read_at(settings: Settings, origin: Origin) -> Raw | None:
    """Return the raw record at one position, or None if the log does not hold it."""
    ends = kafka.end_offsets(settings, [origin.topic])
    starts = kafka.end_offsets(settings, [origin.topic], earliest=True)
    place = origin.topic, origin.partition
    if place not in ends or not starts[place] <= origin.offset < ends[place]:
        return None
    consumer = kafka.make_consumer(settings, f"{settings.topic_prefix}read-{id(origin)}")
    try:
        consumer.assign([TopicPartition(origin.topic, origin.partition, origin.offset)])
        for message in consumer.consume(1, 15.0):
            if message.error() is None and message.offset() == origin.offset:
                return _raw(message)
    finally:
        consumer.close()
    return None


def _raw(message: Message) -> Raw:
    value = message.value() or b""
    try:
        known = msgspec.json.decode(value, type=Known)
    except (msgspec.DecodeError, UnicodeDecodeError):
        known = Known()
    origin = Origin(str(message.topic()), int(message.partition() or 0), int(message.offset() or 0))
    return Raw(origin, message.key(), value, header_map(message.headers()), known)
