"""A real installation for the fetcher: a broker, a database, a publisher, and the fetcher as a process."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services import kafka
from services.settings import Settings
from streams.codec import decode, header_map
from streams.records import Observation, RawRelease
from tests.integration.fetcher.lab import Site, entry, feed, serve, story
from tests.pipeline import environment

ROOT = Path(__file__).resolve().parents[3]
_FOREVER = "asyncio.run(fetch_forever(settings.load()))"
_ONCE = "asyncio.run(fetch_once(settings.load(), all=True))"
_IMPORTS = "import asyncio; from services import settings; from services.fetcher.loop import fetch_forever, fetch_once;"


@contextmanager
def published(site: Site) -> Iterator[Site]:
    """Serve a site from a thread of its own, since commands and tests have loops of theirs."""
    ready, done = threading.Event(), threading.Event()

    async def run() -> None:
        async with serve(site):
            ready.set()
            await asyncio.to_thread(done.wait)

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    assert ready.wait(10)
    try:
        yield site
    finally:
        done.set()
        thread.join(10)


def publish(site: Site, *numbers: int, path: str = "/feed") -> None:
    """Let the site list these stories, newest first, and serve their pages."""
    for n in numbers:
        site.pages.setdefault(f"/news/{n}", story(n))
    site.pages[path] = lambda _: feed(*(entry(f"{site.url}/news/{n}", f"g{n}") for n in numbers))


def on_the_log(settings: Settings, topic: str = "releases.raw") -> list[tuple[bytes, dict[str, bytes]]]:
    """Every record of a topic, in the order of its partitions."""
    name = settings.topic_prefix + topic
    ends = {k: v for k, v in kafka.end_offsets(settings, [name]).items() if v}
    if not ends:
        return []
    from confluent_kafka import TopicPartition

    consumer = kafka.make_consumer(
        settings, f"{settings.topic_prefix}reader", **{"auto.offset.reset": "earliest"}
    )
    consumer.assign([TopicPartition(n, p, 0) for n, p in ends])
    found: list[tuple[bytes, dict[str, bytes]]] = []
    while len(found) < sum(ends.values()):
        message = consumer.poll(5)
        assert message is not None
        assert message.error() is None
        found.append((message.value() or b"", header_map(message.headers())))
    consumer.close()
    return found


def records(settings: Settings) -> list[RawRelease | Observation]:
    """What is on `releases.raw`."""
    return [
        decode(value, RawRelease if headers["ce_type"].endswith(b"fetched") else Observation)
        for value, headers in on_the_log(settings)
    ]


def start(
    settings: Settings, *, once: bool = False, before: str = "", contact: str = "", log: Path | None = None
) -> subprocess.Popen[bytes]:
    """The fetcher as a process of its own; `before` is code that it runs first."""
    fetch = settings.fetch
    said = environment(settings) | {
        "COMMUNIQUE_FETCH__ALLOW_PRIVATE_HOSTS": "true",
        "COMMUNIQUE_FETCH__CONTACT": contact,
        "COMMUNIQUE_FETCH__MINIMUM_PAUSE_SECONDS": str(fetch.minimum_pause_seconds),
        "COMMUNIQUE_FETCH__SHORTEST_INTERVAL_SECONDS": str(fetch.shortest_interval_seconds),
        "COMMUNIQUE_FETCH__LONGEST_INTERVAL_SECONDS": "1",
        "COMMUNIQUE_FETCH__FIRST_POLL_RELEASES": str(fetch.first_poll_releases),
    }
    code = f"{_IMPORTS}\n{before}\n{_ONCE if once else _FOREVER}"
    with (log or Path(os.devnull)).open("ab") as file:
        return subprocess.Popen(
            [sys.executable, "-c", code], cwd=ROOT, env=said, stdout=file, stderr=subprocess.STDOUT
        )
