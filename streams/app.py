"""The Faust app: who reads what and writes what, with the settings that Faust needs to lose nothing.

Faust commits past in-flight messages when concurrency is above 1, acknowledges records that it
cannot decode, and its `exactly_once` has open bugs: hence concurrency 1, raw codec with decoding in
the stage, no tables, no transactions, no web server, no topic declared by Faust.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import faust

from streams.agents.flight import Flight, Route, Send, end
from streams.stages import Step, steps
from streams.standstill import Partition, Standstill
from streams.topics import ROOM_BYTES, Topic, max_record_bytes

BUFFERED_RECORDS: Final = 512


@dataclass(frozen=True, slots=True)
class WorkConfig:
    """What the workers need to know.

    `look` returns what is committed of partitions, and where they end, or None while the broker does not say;
    credentials are a `faust.auth` object or None.
    """

    bootstrap_servers: str
    topic_prefix: str
    data_folder: Path
    max_release_bytes: int
    in_flight_records: int
    stall_seconds: float
    send: Send
    look: Callable[[list[Partition]], tuple[dict[Partition, int], dict[Partition, int]] | None]
    annotator: str
    credentials: Any = None


def make_app(config: WorkConfig) -> faust.App:
    """Build the app with one agent for each stage."""
    limit = max_record_bytes(config.max_release_bytes)
    app = faust.App(
        f"{config.topic_prefix}work",
        broker=[f"aiokafka://{server}" for server in config.bootstrap_servers.split(",")],
        broker_credentials=config.credentials,
        broker_commit_interval=0.25,  # a replay sees by the commits how much is still on its way
        broker_max_poll_records=500,
        broker_session_timeout=20.0,
        broker_heartbeat_interval=3.0,
        broker_request_timeout=40.0,
        consumer_auto_offset_reset="earliest",
        consumer_max_fetch_size=limit + ROOM_BYTES,
        stream_buffer_maxsize=BUFFERED_RECORDS,
        stream_wait_empty=True,
        topic_allow_declare=False,
        topic_disable_leader=True,
        web_enabled=False,
        datadir=str(config.data_folder),
        processing_guarantee="at_least_once",
        autodiscover=False,
        value_serializer="raw",
        key_serializer="raw",
    )
    for step in steps(config.annotator):
        _add_agent(app, step, config)
    app.task(lambda: _watch(app, config))
    return app


def _add_agent(app: faust.App, step: Step, config: WorkConfig) -> None:
    names = [config.topic_prefix + topic for topic in step.inputs]
    topic = app.topic(
        *names, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw", internal=False
    )
    route = Route(
        config.send,
        (config.topic_prefix + step.output, config.topic_prefix + Topic.DEAD),
        max_record_bytes(config.max_release_bytes),
        config.in_flight_records,
    )

    async def agent(stream: Any) -> None:
        flight = Flight(step, route)
        landing = asyncio.create_task(flight.land())
        landing.add_done_callback(partial(_landed, step.name))
        inputs = stream.noack()
        try:
            async for event in inputs.events():
                await flight.take(event.message, partial(inputs.ack, event))
        finally:
            landing.cancel()

    app.agent(topic, name=step.name, concurrency=1)(agent)


def _landed(stage: str, landing: asyncio.Task[None]) -> None:
    """End a worker that can acknowledge no more inputs; `land` ends only with its agent."""
    if not landing.cancelled() and (error := landing.exception()):
        end(f"{stage}: inputs cannot be acknowledged: {type(error).__name__}: {error}")


async def _watch(app: faust.App, config: WorkConfig) -> None:
    """End a worker whose partitions stand still while records wait in them: what starts it anew reads them.

    What is committed and where the log ends is asked over a connection of its own: the consumer's may be what hangs.
    """
    standing = Standstill(config.stall_seconds)
    while not app.should_stop:
        await asyncio.sleep(standing.look_seconds)
        consumer: Any = app.consumer
        held = [(tp.topic, tp.partition) for tp in consumer.assignment()]
        known = await asyncio.to_thread(config.look, held)
        if known is None:
            standing.forget()
        elif stuck := standing.stuck(*known, time.monotonic()):
            end(f"no progress for {config.stall_seconds:g} s on {', '.join(f'{t}[{p}]' for t, p in stuck)}")
