"""Records through a stage: each output acknowledged by the broker before its input counts, or the process ends.

Faust commits a message whose agent raised, and its `take` acknowledges in `finally`. So inputs are
acknowledged by hand, in their order, when the broker has what became of them; a bad record is
dead-lettered, and a failed delivery ends the process at once (`os._exit`), before the offset can be
committed. Nothing waits for a batch to fill: while some outputs are on their way, the next are made.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, NoReturn, Protocol

from streams.annotate import PIPELINE_VERSION
from streams.codec import Headers, Origin, header_map, origin_of
from streams.dead_letters import Reason, headers_of, identity
from streams.errors import TooLarge
from streams.stages import Step
from streams.topics import ROOM_BYTES

EXIT_UNDELIVERED: Final = 75  # EX_TEMPFAIL: the supervisor starts the worker again, the input is uncommitted
IN_FLIGHT_BYTES: Final = 16 * 1024 * 1024
BAD_AMONG: Final = 200
BAD_LIMIT: Final = 50
TOO_MANY_BAD: Final = (
    f"more than {BAD_LIMIT} of the last {BAD_AMONG} records were bad; see `communique dead-letters list`"
)

log = logging.getLogger(__name__)
Send = Callable[[str, bytes | None, bytes, Headers], Awaitable[Any]]  # the delivery
Acknowledge = Callable[[], Awaitable[Any]]


class Message(Protocol):
    """What Faust gives of one Kafka message."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Any


class Sent(NamedTuple):
    """One record to send, and whether it is a dead letter."""

    key: bytes | None
    value: bytes
    headers: Headers
    dead: bool


def process(step: Step, message: Message, limit: int) -> Sent:
    """Run the pure stage on one message; any error makes it a dead letter, byte for byte."""
    headers = header_map(message.headers)
    origin = origin_of(headers, message.topic, message.partition, message.offset)
    try:
        key, value, new = step.run(message.value, headers, origin, limit)
        _check_room(key, new)
        return Sent(key, value, new, dead=False)
    except Exception as error:  # noqa: BLE001 (a record must never end the batch it is in)
        log.warning(
            "%s.dead_letter origin=%s error=%s: %s",
            step.name,
            origin.header().decode(),
            type(error).__name__,
            error,
        )
        return _dead(step, message, headers, origin, error)


def _check_room(key: bytes, headers: Headers) -> None:
    """Refuse a key and headers that do not fit beside a value: the broker would, for ever."""
    size = len(key) + sum(len(name) + len(value) for name, value in headers)
    if size > ROOM_BYTES // 2:
        raise TooLarge(f"key and headers have {size} bytes, {ROOM_BYTES // 2} is the most")


def _dead(step: Step, message: Message, headers: dict[str, bytes], origin: Origin, error: Exception) -> Sent:
    release_id, content_hash = identity(message.value)
    reason = Reason(
        stage=step.name,
        error=type(error).__name__,
        message=str(error),
        pipeline_version=PIPELINE_VERSION,
        release_id=release_id,
        content_hash=content_hash,
        failed_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    )
    return Sent(message.key, message.value or b"", headers_of(headers, reason, origin), dead=True)


class Route(NamedTuple):
    """Where a stage's outputs go: `topics` are the full names of its output and of the dead letters."""

    send: Send
    topics: tuple[str, str]
    limit: int  # bytes of an encoded record
    records: int  # on their way at most


class Flight:
    """Outputs on their way to the broker, oldest first: an input counts when the broker has its output.

    A bounded number of records and bytes is on its way, and the inputs are acknowledged in their order: Faust
    commits past whatever lies before an acknowledged one. A delivery that fails ends the process, with its
    input and all later ones uncommitted.
    """

    def __init__(self, step: Step, route: Route) -> None:
        self._step, self._route, self._bytes = step, route, 0
        self._waiting = asyncio.Queue[tuple[Acknowledge, Awaitable[Any], Sent]](route.records)
        self._room = asyncio.Event()
        self._bad = BadLimit()

    async def take(self, message: Message, acknowledge: Acknowledge) -> None:
        """Process a message and send what became of it; returns when there is room for the next one."""
        sent = process(self._step, message, self._route.limit)
        try:
            delivery = self._route.send(self._route.topics[sent.dead], sent.key, sent.value, sent.headers)
        except Exception as error:  # noqa: BLE001 (as in `land`)
            self._refused(error)
        self._bytes += len(sent.value)
        await self._waiting.put((acknowledge, delivery, sent))
        while self._bytes > IN_FLIGHT_BYTES:
            self._room.clear()
            await self._room.wait()

    async def land(self) -> None:
        """Acknowledge each input when its output has arrived, for ever."""
        while True:
            acknowledge, delivery, sent = await self._waiting.get()
            try:
                await delivery
            except Exception as error:  # noqa: BLE001 (whatever it is, the offset must stay uncommitted)
                self._refused(error)
            await acknowledge()
            self._bytes -= len(sent.value)
            self._room.set()
            if self._bad.add(dead=sent.dead):
                end(f"{self._step.name}: {TOO_MANY_BAD}")

    def _refused(self, error: Exception) -> NoReturn:
        end(f"{self._step.name}: the broker did not take an output: {type(error).__name__}: {error}")


def end(why: str) -> NoReturn:
    """End the process before any offset can be committed."""
    log.critical("worker.ended %s", why)
    sys.stderr.flush()
    os._exit(EXIT_UNDELIVERED)


class BadLimit:
    """More than `BAD_LIMIT` of the last `BAD_AMONG` records bad: something else is wrong, so stop."""

    def __init__(self) -> None:
        self._last: deque[bool] = deque(maxlen=BAD_AMONG)

    def add(self, *, dead: bool) -> bool:
        """Take the outcome of a record and tell whether the limit is exceeded."""
        self._last.append(dead)
        return dead and sum(self._last) > BAD_LIMIT
