"""The topics: names, partitions, retention and sizes, fixed in this one place.

Sizes derive from `max_release_bytes` (raw bytes, before encoding): a raw record is base64 in JSON
(four thirds), and `dead-letters` takes the original value plus its reasons, so its limit is larger.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

DAY_MS: Final = 24 * 3600 * 1000
ROOM_BYTES: Final = 256 * 1024  # for the JSON around a body, its key and its headers
DEAD_ROOM_BYTES: Final = 1024 * 1024  # for the reasons beside an original value


class Topic(StrEnum):
    """Every topic, by its name without the configurable prefix."""

    RAW = "releases.raw"
    REPLAY = "releases.replay"
    CLEAN = "releases.clean"
    EVENTS = "events"
    DEAD = "dead-letters"


RETENTION_DAYS: Final[dict[Topic, int | None]] = {
    Topic.RAW: None,  # for ever: the record of what was published
    Topic.REPLAY: 7,
    Topic.CLEAN: 30,
    Topic.EVENTS: 30,
    Topic.DEAD: 90,
}


def max_record_bytes(max_release_bytes: int) -> int:
    """Return the largest value that a stage may send to any topic but `dead-letters`."""
    return max_release_bytes * 4 // 3 + ROOM_BYTES


def max_message_bytes(topic: Topic, max_release_bytes: int) -> int:
    """Return `max.message.bytes` of `topic`: a batch holds a record, its key and its headers."""
    room = DEAD_ROOM_BYTES if topic is Topic.DEAD else ROOM_BYTES
    return max_record_bytes(max_release_bytes) + room


@dataclass(frozen=True, slots=True)
class TopicSpec:
    """What a topic must look like on the broker."""

    name: str
    partitions: int
    replication_factor: int
    config: dict[str, str]


def specs(
    prefix: str, partitions: int, max_release_bytes: int, replication_factor: int, min_insync_replicas: int
) -> tuple[TopicSpec, ...]:
    """Describe every topic of one installation."""
    return tuple(
        TopicSpec(
            prefix + topic,
            partitions,
            replication_factor,
            {
                "cleanup.policy": "delete",
                "compression.type": "zstd",
                "message.timestamp.type": "LogAppendTime",
                "retention.ms": str(-1 if days is None else days * DAY_MS),
                "retention.bytes": "-1",
                "max.message.bytes": str(max_message_bytes(topic, max_release_bytes)),
                "min.insync.replicas": str(min_insync_replicas),
            },
        )
        for topic, days in RETENTION_DAYS.items()
    )
