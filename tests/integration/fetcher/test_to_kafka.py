"""The fetcher on a real broker and real databases, with real signals."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services import kafka
from services.database import engine as database
from services.database import schema
from services.fetcher import sources
from services.fetcher.log import KafkaLog, Refused
from services.fetcher.loop import fetch_once
from services.fetcher.state import LIES, Item, Memory, Source, SourceState
from services.settings import Settings
from services.stored import StoredReleases
from streams.codec import decode
from streams.records import Observation, RawRelease
from tests.integration.fetcher.installation import on_the_log, publish
from tests.integration.fetcher.lab import Site


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
    assert StoredReleases(ready, database.connect(ready)).read("no such release", "h1:0") is None
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
    found = [stored.at(p, n) for p, end in ends.items() for n in range(end)]
    stored.close()
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
