"""The fetcher on a real broker and real databases, with real signals."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from services import kafka
from services.database import engine as database
from services.database import schema
from services.database import tables as t
from services.fetcher import sources
from services.fetcher.log import KafkaLog, Refused
from services.fetcher.loop import fetch_once
from services.fetcher.state import LIES, Item, Memory, Source, SourceState
from services.fetcher.stored import StoredReleases
from services.settings import FetchSettings, Settings
from streams.codec import decode, header_map
from streams.records import Observation, RawRelease
from tests.integration.fetcher.lab import Site, entry, feed, serve, story, until

ROOT = Path(__file__).resolve().parents[3]
MakeSettings = Callable[..., Settings]


@pytest.fixture
def site() -> Iterator[Site]:
    served, ready, done = Site(), threading.Event(), threading.Event()

    async def run() -> None:
        async with serve(served):
            ready.set()
            await asyncio.to_thread(done.wait)

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    assert ready.wait(10)
    yield served
    done.set()
    thread.join(10)


@pytest.fixture
def ready(make_settings: MakeSettings) -> Settings:
    """Settings with a schema, topics, and the loopback open."""
    fetch = FetchSettings(
        allow_private_hosts=True, minimum_pause_seconds=0, timeout_seconds=5, shortest_interval_seconds=0.2
    )
    made = make_settings().model_copy(update={"fetch": fetch})
    schema.upgrade(made)
    kafka.create_topics(made)
    return made


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


def publish(site: Site, *numbers: int) -> None:
    for n in numbers:
        site.pages.setdefault(f"/news/{n}", story(n))
    site.pages["/feed"] = lambda _: feed(*(entry(f"{site.url}/news/{n}", f"g{n}") for n in numbers))


def test_one_round_brings_new_releases_edits_and_withdrawals_to_the_log(site: Site, ready: Settings) -> None:
    sources.add(
        ready, Source("norlandia-mfa", "MFA of Norlandia", f"{site.url}/feed", publisher_country="NOR")
    )
    publish(site, 3, 2, 1)
    (report,) = asyncio.run(fetch_once(ready, all=True))
    assert (report.new, report.error) == (3, None)
    (report,) = asyncio.run(fetch_once(ready, all=True))
    assert (report.new, report.edited) == (0, 0)
    records = on_the_log(ready)
    assert len(records) == 3
    assert asyncio.run(StoredReleases(ready, database.connect(ready)).read("no such release", "h1:0")) is None
    for value, headers in records:
        record = decode(value, RawRelease)
        assert record.body.startswith(b"<!doctype html>")
        assert headers["ce_type"] == b"communique.v1.release.fetched"
        assert headers["ce_source"] == b"communique/sources/norlandia-mfa"


def test_a_stored_release_is_read_back_from_the_log(site: Site, ready: Settings) -> None:
    sources.add(ready, Source("norlandia-mfa", "MFA of Norlandia", f"{site.url}/feed"))
    publish(site, 2, 1)
    asyncio.run(fetch_once(ready, all=True))
    name = ready.topic_prefix + "releases.raw"
    stored = StoredReleases(ready, database.connect(ready))
    ends = {p: end for (_, p), end in kafka.end_offsets(ready, [name]).items() if end}
    found = [stored._at(p, n) for p, end in ends.items() for n in range(end)]
    assert {f.source_ref for f in found if f} == {"g1", "g2"}


def test_observations_and_refusals_reach_their_topics(ready: Settings) -> None:
    async def run() -> None:
        log = KafkaLog(ready)
        body = b"x" * (ready.max_release_bytes * 2)
        record = RawRelease(
            schema_version=1, release_id="r", source_id="s", source_ref="r", content_hash="h1:0",
            fetched_at="2025-03-28T12:00:00.000000Z", body=body,
        )  # fmt: skip
        with pytest.raises(Refused):
            await log.publish(record)
        await log.refuse(record, "too large", record.fetched_at)
        await log.publish(
            Observation(
                schema_version=1, release_id="r", source_id="s", content_hash="h1:0",
                fetched_at="2025-03-28T12:00:00.000000Z", what="withdrawn",
            )
        )  # fmt: skip
        await log.aclose()

    asyncio.run(run())
    ((value, headers),) = on_the_log(ready)
    assert headers["ce_type"].endswith(b"withdrawn")
    assert decode(value, Observation).what == "withdrawn"
    ((value, headers),) = on_the_log(ready, "dead-letters")
    assert value == b""
    assert headers["dead_error"] == b"TooLarge"


def start(settings: Settings) -> subprocess.Popen[bytes]:
    """The fetcher as a process of its own."""
    fetch = settings.fetch
    environment = {
        **os.environ,
        "COMMUNIQUE_HOME": str(settings.home),
        "COMMUNIQUE_BOOTSTRAP_SERVERS": settings.brokers(),
        "COMMUNIQUE_TOPIC_PREFIX": settings.topic_prefix,
        "COMMUNIQUE_FETCH__ALLOW_PRIVATE_HOSTS": "true",
        "COMMUNIQUE_FETCH__MINIMUM_PAUSE_SECONDS": str(fetch.minimum_pause_seconds),
        "COMMUNIQUE_FETCH__SHORTEST_INTERVAL_SECONDS": str(fetch.shortest_interval_seconds),
        "COMMUNIQUE_FETCH__LONGEST_INTERVAL_SECONDS": "1",
    }
    if settings.database_url is not None:
        environment["COMMUNIQUE_DATABASE_URL"] = settings.database_url.get_secret_value()
    code = (
        "import asyncio; from services import settings; from services.fetcher.loop import fetch_forever;"
        "asyncio.run(fetch_forever(settings.load()))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
    )


def test_killed_at_any_moment_it_loses_nothing_and_stops_cleanly_when_asked(
    site: Site, ready: Settings
) -> None:
    sources.add(ready, Source("norlandia-mfa", "MFA", f"{site.url}/feed"))
    publish(site, 1)
    listed = 1
    for pause in (0.0, 0.15, 0.3):
        process = start(ready)
        before = site.counts["/feed"]
        asyncio.run(until(lambda before=before: site.counts["/feed"] > before, 60))  # type: ignore[misc]
        for _ in range(10):
            listed += 1
            publish(site, *range(listed, max(0, listed - 40), -1))
            time.sleep(pause / 10)
        process.kill()
        process.wait(30)
    process = start(ready)

    def all_there() -> bool:
        with database.connect(ready).connect() as connection:
            query = (
                sa.select(sa.func.count())
                .select_from(t.source_items)
                .where(t.source_items.c.content_hash.is_not(None))
            )
            return connection.execute(query).scalar() == listed

    asyncio.run(until(all_there, 90))
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    seen = [
        (r.release_id, r.content_hash) for value, _ in on_the_log(ready) if (r := decode(value, RawRelease))
    ]
    assert len({*seen}) == listed
    assert len(seen) - len({*seen}) <= 3  # at most one repeat for each kill


@pytest.fixture(params=["sqlite", "postgresql"])
def memory(
    request: pytest.FixtureRequest, new_database: Callable[[str], str], tmp_path: Path
) -> Iterator[Memory]:
    made = Settings(home=tmp_path, database_url=new_database(request.param))
    schema.upgrade(made)
    engine = database.connect(made)
    yield Memory(engine)
    engine.dispose()


def test_the_memory_means_the_same_on_both_databases(memory: Memory) -> None:
    async def run() -> None:
        at, later = "2025-03-28T12:00:00.000000Z", "2025-03-28T13:00:00.000000Z"
        item = Item("s", "https://m.example/1", "r1", "h1:a", at, at, '"e"', None)
        await memory.save_items([item])
        await memory.save_items([item.__class__("s", item.ref, "r1", "h1:b", at, later)])
        await memory.add_aliases("s", ["https://m.example/old"], "r1")
        await memory.add_aliases("s", ["https://m.example/old"], "other")
        found = await memory.items(
            "s", ["https://m.example/1", "https://m.example/old", "https://m.example/2"]
        )
        assert {k: v.release_id for k, v in found.items()} == {
            "https://m.example/1": "r1",
            "https://m.example/old": "r1",
        }
        assert found["https://m.example/1"] == Item("s", item.ref, "r1", "h1:b", at, later)
        assert await memory.has_items("s")
        assert not await memory.has_items("other")
        assert await memory.with_hash("s", "h1:b") == 1
        state = SourceState(
            "s", etag=LIES, last_polled_at=at, consecutive_failures=2, last_error="dns: no", next_due_at=later
        )
        await memory.save_state(state)
        assert await memory.state("s") == state
        assert (await memory.state("other")).consecutive_failures == 0

    asyncio.run(run())
