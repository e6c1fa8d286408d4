"""The Faust worker as a process: settings in, exit status out."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import Any, Final

import faust
from mode.utils.objects import cached_property

from services import garbage, kafka, kafka_link, logs
from services.alive import BEAT_SECONDS, Alive
from services.errors import CommuniqueError
from services.settings import Settings
from streams import engines
from streams.annotate import load_models
from streams.app import WorkConfig, make_app
from streams.standstill import Partition

LINGER_MS: Final = 10  # more records in one request: one for each took the broker three times as long


class _Worker(faust.Worker):
    """Faust's worker without its own logging and console output: ours are set up already."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.spinner = None  # it writes to the log how a terminal shows its cursor

    @cached_property
    def _quiet_env(self) -> bool:
        return True

    def _setup_logging(self) -> None:
        """Keep our logging."""


class Look:
    """Asks the broker how far the workers' group has read partitions and where those end."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._offsets: kafka.GroupOffsets | None = None

    def __call__(self, held: list[Partition]) -> tuple[dict[Partition, int], dict[Partition, int]] | None:
        """Return next offset and end of each partition, by the broker; None while it does not answer."""
        topics = sorted({topic for topic, _ in held})
        try:
            self._offsets = self._offsets or kafka.GroupOffsets(
                self._settings, f"{self._settings.topic_prefix}work"
            )
            ends = kafka.end_offsets(self._settings, topics)
            done = self._offsets.of(held)
            if set(held) - set(done):
                done = kafka.end_offsets(self._settings, topics, earliest=True) | done
        except CommuniqueError:
            return None
        return {tp: done[tp] for tp in held if tp in done}, ends


def config_of(settings: Settings) -> WorkConfig:
    """Return what the workers need to know."""
    return WorkConfig(
        bootstrap_servers=settings.brokers(),
        topic_prefix=settings.topic_prefix,
        data_folder=settings.home / "faust",
        max_release_bytes=settings.max_release_bytes,
        in_flight_records=settings.work.in_flight_records,
        look=Look(settings),
        send=kafka.Outbox(settings, **{"linger.ms": LINGER_MS, "compression.type": "zstd"}).send,
        stall_seconds=settings.work.stall_seconds,
        annotator=settings.work.annotator,
        credentials=kafka_link.faust_credentials(settings),
    )


def run(settings: Settings) -> None:
    """Run one worker until SIGTERM; leaves by `SystemExit` with the worker's status."""
    name = os.environ.get("SUPERVISOR_PROCESS_NAME", "work")
    logs.set_up(settings, name)
    engines.load(settings.work.annotator)  # a missing one is said before anything is waited for
    kafka.wait_for_broker(settings, 60)
    (settings.home / "faust").mkdir(parents=True, exist_ok=True)
    load_models()  # a second that the first release would wait otherwise
    app = make_app(config_of(settings))
    garbage.settle()
    alive = Alive(settings, name)

    async def beat() -> None:
        while not app.should_stop:
            alive.beat()
            garbage.give_back()  # a worker grew by 40 MiB in 10,000 releases without it
            await asyncio.sleep(BEAT_SECONDS)

    app.task(beat)
    arguments: dict[str, Any] = {"loglevel": logging.INFO, "redirect_stdouts": False, "quiet": True}
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    _Worker(app, loop=loop, **arguments).execute_from_commandline()
