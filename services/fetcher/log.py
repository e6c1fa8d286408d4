"""Where releases go: `Log.publish` returns when the broker has the record, however long that takes."""

from __future__ import annotations

import asyncio
import threading
from typing import Any, Final, Protocol

import structlog
from confluent_kafka import KafkaError, Message, Producer

from services import kafka
from services.errors import TooLarge
from services.settings import Settings
from streams.codec import Headers, encode, first_headers
from streams.dead_letters import Reason, headers_of
from streams.records import Observation, RawRelease
from streams.topics import Topic, max_record_bytes

_RETRY_SECONDS: Final = 2.0
_DELIVERY_MS: Final = 20_000
log = structlog.stdlib.get_logger(__name__)


class Refused(Exception):
    """The broker will never take this record (its message says why)."""


class Log(Protocol):
    """What the fetcher needs of the log."""

    async def publish(self, record: RawRelease | Observation) -> None:
        """Return when the broker has acknowledged `record`."""

    async def refuse(self, record: RawRelease, reason: str, at: str) -> None:
        """Return when a dead letter without payload is acknowledged, for a release that is too large."""

    @property
    def is_healthy(self) -> bool:
        """Whether the last record was taken: while it is false nothing is taken from sources."""


class KafkaLog:
    """The log on a broker. While the broker is away, `publish` waits and tries again."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._limit = max_record_bytes(settings.max_release_bytes)
        self._prefix = settings.topic_prefix
        self._producer = self._make()
        self._stopping = threading.Event()
        self._healthy = True
        self._thread = threading.Thread(target=self._serve, name="delivery-reports", daemon=True)
        self._thread.start()

    def _make(self) -> Producer:
        return kafka.make_producer(self._settings, **{"delivery.timeout.ms": _DELIVERY_MS})

    @property
    def is_healthy(self) -> bool:
        return self._healthy

    async def publish(self, record: RawRelease | Observation) -> None:
        """Publish to `releases.raw`; raises `Refused` if it is too large encoded."""
        try:
            value = encode(record, self._limit)
        except TooLarge as error:
            raise Refused(str(error)) from None
        await self._send(Topic.RAW, record.release_id, value, first_headers(record))

    async def refuse(self, record: RawRelease, reason: str, at: str) -> None:
        """Publish a dead letter whose origin is its own position."""
        from streams.annotate import PIPELINE_VERSION  # noqa: PLC0415 - loads the vocabularies, seldom needed

        why = Reason(
            "fetch", "TooLarge", reason, PIPELINE_VERSION, record.release_id, record.content_hash, at
        )
        await self._send(Topic.DEAD, record.release_id, b"", headers_of({}, why, None))

    async def aclose(self) -> None:
        """Stop serving delivery reports; what was acknowledged is safe, the rest was never counted."""
        self._stopping.set()
        await asyncio.to_thread(self._thread.join, 5.0)

    async def _send(self, topic: Topic, key: str, value: bytes, headers: Headers) -> None:
        while True:
            error = await self._once(self._prefix + topic, key.encode(), value, headers)
            if error is None:
                self._healthy = True
                return
            if error.code() in {KafkaError.MSG_SIZE_TOO_LARGE, KafkaError.INVALID_MSG_SIZE}:
                raise Refused(error.str())
            self._healthy = False
            if error.fatal():
                self._producer = self._make()
            log.warning("fetch.broker_away", error=error.str(), topic=topic)
            await asyncio.sleep(_RETRY_SECONDS)

    async def _once(self, topic: str, key: bytes, value: bytes, headers: Headers) -> KafkaError | None:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[KafkaError | None] = loop.create_future()

        def settle(error: KafkaError | None) -> None:
            if not answer.done():
                answer.set_result(error)

        def delivered(error: KafkaError | None, _message: Message) -> None:
            loop.call_soon_threadsafe(settle, error)

        more: dict[str, Any] = {"headers": list(headers), "on_delivery": delivered}
        try:
            self._producer.produce(topic, value, key, **more)
        except BufferError:
            return KafkaError(KafkaError._QUEUE_FULL)  # noqa: SLF001 - the library's name for it
        return await answer

    def _serve(self) -> None:
        while not self._stopping.is_set():
            self._producer.poll(0.05)
