"""One micro-batch through a stage: every output acknowledged by the broker, or the process ends.

Faust commits a message whose agent raised, and `take` acknowledges in `finally`. So no exception
leaves the body of a batch: a bad record is dead-lettered, and a failed delivery ends the process at
once (`os._exit`), before the offset can be committed.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, Protocol

from streams.annotate import PIPELINE_VERSION
from streams.codec import Headers, Origin, header_map, origin_of
from streams.dead_letters import Reason, headers_of, identity
from streams.errors import TooLarge
from streams.stages import Step
from streams.topics import ROOM_BYTES

EXIT_UNDELIVERED: Final = 75  # EX_TEMPFAIL: the supervisor starts the worker again, the input is uncommitted
BAD_AMONG: Final = 200
BAD_LIMIT: Final = 50

log = logging.getLogger(__name__)
Send = Callable[[str, bytes | None, bytes, Headers], Awaitable[Awaitable[Any]]]


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


async def run_batch(
    step: Step, messages: Sequence[Message], send: Send, topics: tuple[str, str], limit: int
) -> list[bool]:
    """Process `messages`, await the acknowledgement of every output, and say which ones were bad.

    `topics` are the output's and the dead letters' full names. Ends the process if the broker
    refuses an output; the caller's offsets are then uncommitted.
    """
    try:
        outputs = []
        for message in messages:
            sent = process(step, message, limit)
            outputs.append((sent.dead, await send(topics[sent.dead], sent.key, sent.value, sent.headers)))
            await asyncio.sleep(0)  # heartbeats go on between two records
        await asyncio.gather(*(future for _, future in outputs))
    except asyncio.CancelledError:
        end(f"{step.name}: cancelled in mid-batch")
    except BaseException as error:  # noqa: BLE001 (whatever it is, the offset must stay uncommitted)
        end(f"{step.name}: the broker did not take an output: {type(error).__name__}: {error}")
    return [dead for dead, _ in outputs]


def end(why: str) -> None:
    """End the process before any offset can be committed."""
    log.critical("worker.ended %s", why)
    sys.stderr.flush()
    os._exit(EXIT_UNDELIVERED)


class BadLimit:
    """More than `BAD_LIMIT` of the last `BAD_AMONG` records bad: something else is wrong, so stop."""

    def __init__(self) -> None:
        self._last: list[bool] = []

    def add(self, outcomes: list[bool]) -> bool:
        """Take the outcomes of a batch and tell whether the limit is exceeded."""
        self._last = (self._last + outcomes)[-BAD_AMONG:]
        return sum(self._last) > BAD_LIMIT
