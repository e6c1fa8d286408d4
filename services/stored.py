"""Reads raw records back from the log, to hash them anew when the rules of hashing have changed."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from confluent_kafka import Consumer, TopicPartition

from services import kafka
from services.database import tables as t
from services.settings import Settings
from streams.clean.hashing import BYTES_PREFIX, TEXT_PREFIX
from streams.codec import decode
from streams.errors import BadRecord
from streams.records import RawRelease
from streams.topics import Topic

_SECONDS: Final = 10.0


def is_of_other_rules(content_hash: str | None) -> bool:
    """Whether a hash was made under other rules than today's, so that it says nothing about sameness."""
    return bool(content_hash) and not str(content_hash).startswith((TEXT_PREFIX, BYTES_PREFIX))


class StoredReleases:
    """Raw records by revision: the database says where each is on `releases.raw`."""

    def __init__(self, settings: Settings, engine: sa.Engine) -> None:
        self._settings, self._engine = settings, engine
        self._consumer: Consumer | None = None

    def read(self, release_id: str, content_hash: str) -> RawRelease | None:
        """The record of a revision; None if the database or the log does not hold it."""
        c = t.release_revisions.c
        query = sa.select(c.raw_partition, c.raw_offset).where(
            (c.release_id == release_id) & (c.content_hash == content_hash)
        )
        with self._engine.connect() as connection:
            place = connection.execute(query).first()
        return self.at(int(place[0]), int(place[1])) if place and place[1] is not None else None

    def at(self, partition: int, offset: int) -> RawRelease | None:
        """The record at a place of the log."""
        topic = self._settings.topic_prefix + Topic.RAW
        if self._consumer is None:
            self._consumer = kafka.make_consumer(self._settings, f"{self._settings.topic_prefix}reads-back")
        self._consumer.assign([TopicPartition(topic, partition, offset)])
        message = self._consumer.poll(_SECONDS)
        if message is None or message.error() is not None or message.offset() != offset:
            return None
        try:
            return decode(message.value() or b"", RawRelease)
        except BadRecord:
            return None

    def close(self) -> None:
        if self._consumer is not None:
            self._consumer.close()
            self._consumer = None
