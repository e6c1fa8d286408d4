"""Reads a raw record back from the log, to hash it anew when the rules of hashing have changed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import sqlalchemy as sa
from confluent_kafka import TopicPartition

from services import kafka
from services.database import tables as t
from services.settings import Settings
from streams.codec import decode
from streams.errors import BadRecord
from streams.records import RawRelease
from streams.topics import Topic

_SECONDS: Final = 10.0

ReadStored = Callable[[str, str], Awaitable[RawRelease | None]]


async def nothing(_release_id: str, _content_hash: str) -> RawRelease | None:
    """Where there is no log to read from."""
    return None


def prefix(content_hash: str | None) -> str:
    """The part of a hash that names the rules under which it was made."""
    return (content_hash or "").partition(":")[0]


class StoredReleases:
    """Raw records by revision: the database says where each is on `releases.raw`."""

    def __init__(self, settings: Settings, engine: sa.Engine) -> None:
        self._settings, self._engine = settings, engine

    async def read(self, release_id: str, content_hash: str) -> RawRelease | None:
        """The record of a revision; None if the database or the log does not hold it."""
        return await asyncio.to_thread(self._read, release_id, content_hash)

    def _read(self, release_id: str, content_hash: str) -> RawRelease | None:
        c = t.release_revisions.c
        query = sa.select(c.raw_partition, c.raw_offset).where(
            (c.release_id == release_id) & (c.content_hash == content_hash)
        )
        with self._engine.connect() as connection:
            place = connection.execute(query).first()
        return self._at(int(place[0]), int(place[1])) if place and place[1] is not None else None

    def _at(self, partition: int, offset: int) -> RawRelease | None:
        topic = self._settings.topic_prefix + Topic.RAW
        consumer = kafka.make_consumer(self._settings, f"{self._settings.topic_prefix}fetch-reads")
        try:
            consumer.assign([TopicPartition(topic, partition, offset)])
            message = consumer.poll(_SECONDS)
            if message is None or message.error() is not None or message.offset() != offset:
                return None
            return decode(message.value(), RawRelease)
        except BadRecord:
            return None
        finally:
            consumer.close()
