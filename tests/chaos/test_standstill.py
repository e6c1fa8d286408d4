"""A library stops fetching without a word: the worker ends and is started anew, the sink joins its group anew."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from services.settings import Settings
from services.sink.consumer import Sink
from streams.agents.flight import EXIT_UNDELIVERED
from tests.chaos.undisturbed import same, undisturbed, write_releases
from tests.pipeline import Process, Running, wait_until

NUMBER = 40
FETCHES_NO_MORE = """
import asyncio
from aiokafka.consumer.fetcher import Fetcher
fetch, answered = Fetcher._proc_fetch_request, []

async def hang(self, *arguments):
    if len(answered) > 1:
        await asyncio.Event().wait()
    found = await fetch(self, *arguments)
    answered.extend([1] if found else [])
    return found

Fetcher._proc_fetch_request = hang
"""


def test_a_worker_that_gets_no_more_records_ends_and_its_successor_reads_them(
    tmp_path: Path, make_settings: Callable[..., Settings]
) -> None:
    folder = write_releases(tmp_path / "releases", NUMBER)
    settings = make_settings(work={"stall_seconds": 4})
    with Running(settings, workers=0) as running:
        hanging = Process(settings, "work", fault=FETCHES_NO_MORE)
        running.workers.append(hanging)
        flow = Process(settings, "backfill", "--wait", "--rate", "10", str(folder))
        wait_until(lambda: hanging.popen.poll() is not None, 120, "the end of the worker that hangs")
        assert hanging.popen.returncode == EXIT_UNDELIVERED, hanging.said()
        assert "no progress for 4 s" in hanging.said()
        assert running.wait_for(flow) == 0, flow.said()
    same(undisturbed(folder, tmp_path / "undisturbed"), settings)


def test_a_sink_that_gets_no_more_records_joins_anew_and_reads_them(
    tmp_path: Path, make_settings: Callable[..., Settings]
) -> None:
    folder = write_releases(tmp_path / "releases", NUMBER)
    settings = make_settings(sink={"stall_seconds": 2})
    with Running(settings, sinks=0) as running:
        sink = Sink(settings)
        thread = threading.Thread(target=sink.run)
        thread.start()
        try:
            wait_until(lambda: sink.place.claims, what="the sink at work")
            before = sink.place.generation
            sink._consumer.pause(sink._consumer.assignment())
            running.backfill(folder)
            assert sink.place.generation > before
        finally:
            sink.stop()
            thread.join(60)
    same(undisturbed(folder, tmp_path / "undisturbed"), settings)
