"""Inputs count in their order, each when the broker has what became of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from streams.agents.flight import Flight, Route
from streams.codec import Headers
from streams.stages import Output, Step
from streams.topics import Topic


@dataclass
class Log:
    """What a stage sent, and the deliveries that the broker still owes."""

    sent: list[bytes] = field(default_factory=list)
    owed: list[asyncio.Future[None]] = field(default_factory=list)

    def send(self, _topic: str, _key: bytes | None, value: bytes, _headers: Headers) -> asyncio.Future[None]:
        self.sent.append(value)
        self.owed.append(asyncio.get_running_loop().create_future())
        return self.owed[-1]


@dataclass
class Input:
    offset: int
    topic: str = "raw"
    partition: int = 0
    key: bytes | None = None
    value: bytes | None = b""
    headers: Any = ()


def run(value: bytes | None, *_: object) -> Output:
    return Output(b"key", value or b"", [])


ECHO = Step("echo", (Topic.RAW,), Topic.CLEAN, run)


async def settled() -> None:
    """Let every task go as far as it can."""
    for _ in range(20):
        await asyncio.sleep(0)


def flying(log: Log, records: int) -> tuple[Flight, list[int], asyncio.Task[None]]:
    flight = Flight(ECHO, Route(log.send, ("out", "dead"), 1000, records))
    return flight, [], asyncio.ensure_future(flight.land())


async def take(flight: Flight, counted: list[int], offset: int) -> None:
    async def acknowledge() -> None:
        counted.append(offset)

    await flight.take(Input(offset, value=str(offset).encode()), acknowledge)


def test_a_later_output_that_arrives_first_does_not_make_its_input_count_before_the_earlier_one() -> None:
    async def story() -> None:
        log = Log()
        flight, counted, landing = flying(log, 10)
        for offset in range(3):
            await take(flight, counted, offset)
        log.owed[2].set_result(None)
        log.owed[1].set_result(None)
        await settled()
        assert counted == []
        log.owed[0].set_result(None)
        await settled()
        assert counted == [0, 1, 2]
        landing.cancel()

    asyncio.run(story())


def test_the_next_input_waits_while_the_bound_of_outputs_is_on_its_way() -> None:
    async def story() -> None:
        log = Log()
        flight, counted, landing = flying(log, 2)
        taking = [asyncio.ensure_future(take(flight, counted, offset)) for offset in range(9)]
        await settled()
        assert len([t for t in taking if t.done()]) < 5
        while len(counted) < 9:
            for delivery in log.owed:
                if not delivery.done():
                    delivery.set_result(None)
            await settled()
        assert counted == list(range(9))
        landing.cancel()

    asyncio.run(story())
