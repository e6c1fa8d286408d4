"""Several fetchers on one database: one asks a host at a time, one polls a source, and any may die."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from services import kafka
from services.database import engine as database
from services.database import schema
from services.fetcher import sources
from services.fetcher.claims import Claims, claims_for, held
from services.fetcher.state import Source
from services.settings import FetchSettings, Settings
from tests.integration.fetcher.installation import publish, records, start
from tests.integration.fetcher.lab import Site, until
from tests.pipeline import wait_until

Make = Callable[[], Claims]


@pytest.fixture(params=["sqlite", "postgresql"])
def make(
    request: pytest.FixtureRequest, new_database: Callable[[str], str], tmp_path: Path
) -> Iterator[Make]:
    """The claims of another process, as often as asked."""
    settings = Settings(home=tmp_path, database_url=new_database(request.param))
    engines: list[sa.Engine] = []

    def made() -> Claims:
        engines.append(database.connect(settings))
        return claims_for(engines[-1], tmp_path / "claims")

    yield made
    for engine in engines:
        engine.dispose()


def test_a_name_has_one_holder_at_a_time(make: Make) -> None:
    async def scene() -> None:
        one, other = make(), make()
        assert await one.take("source a")
        assert not await one.take("source a")
        assert not await other.take("source a")
        assert await other.take("source b")
        await one.free("source a")
        assert await other.take("source a")
        await other.free("source a")
        await other.free("source b")

    asyncio.run(scene())


def test_whoever_waits_for_a_name_has_it_next(make: Make) -> None:
    async def scene() -> None:
        one, other, order = make(), make(), list[str]()
        await one.take("host a")

        async def wait() -> None:
            async with held(other, "host a"):
                order.append("other")

        waiting = asyncio.create_task(wait())
        await asyncio.sleep(0)
        order.append("one")
        await one.free("host a")
        await asyncio.wait_for(waiting, 20)
        assert order == ["one", "other"]

    asyncio.run(scene())


def test_a_lost_connection_lets_go_and_the_next_claim_makes_a_new_one(
    new_database: Callable[[str], str], tmp_path: Path
) -> None:
    settings = Settings(home=tmp_path, database_url=new_database("postgresql"))

    async def scene() -> None:
        engines = [database.connect(settings) for _ in range(2)]
        one, other = (claims_for(engine, tmp_path) for engine in engines)
        assert await one.take("a")
        with engines[1].begin() as connection:
            ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            connection.execute(sa.text(ended))
        async with asyncio.timeout(20):
            async with held(other, "a"):
                await one.free("a")  # what was lost is let go of without an error
            async with held(one, "a"):
                assert not await other.take("a")
        for engine in engines:
            engine.dispose()

    asyncio.run(scene())


SOURCES, PAUSE = 5, 0.15


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_processes_share_sources_and_keep_the_pause_of_a_host_together(
    site: Site,
    make_settings: Callable[..., Settings],
    new_database: Callable[[str], str],
    tmp_path: Path,
    kind: str,
) -> None:
    fetch = FetchSettings(
        allow_private_hosts=True, minimum_pause_seconds=PAUSE, shortest_interval_seconds=0.2
    )
    one = make_settings(new_database(kind), fetch=fetch)
    other = one
    if kind == "postgresql":  # on another machine, as it were: another data folder
        (tmp_path / "elsewhere").mkdir()
        other = one.model_copy(update={"home": tmp_path / "elsewhere"})
    schema.upgrade(one)
    kafka.create_topics(one)
    for n in range(SOURCES):
        sources.add(one, Source(f"s{n}", f"s{n}", f"{site.url}/feed{n}"))
        publish(site, 100 * n + 1, path=f"/feed{n}")
    processes = [start(s, contact=f"{name}@x.example") for s, name in ((one, "one"), (other, "other"))]
    try:

        def both_asked() -> bool:
            agents = " ".join(h["user-agent"] for h in site.headers)
            return "one@" in agents and "other@" in agents

        asyncio.run(until(both_asked, 60))
        for n in range(SOURCES):
            publish(site, 100 * n + 2, 100 * n + 1, path=f"/feed{n}")
        wait_until(lambda: len(records(one)) >= 2 * SOURCES, 60, "every release on the log")
        processes[0].kill()
        processes[0].wait(30)
        for n in range(SOURCES):
            publish(site, 100 * n + 3, 100 * n + 2, 100 * n + 1, path=f"/feed{n}")
        wait_until(lambda: len(records(one)) >= 3 * SOURCES, 60, "the other going on")
        processes[1].terminate()
        assert processes[1].wait(60) == 0
    finally:
        for process in processes:
            process.kill()
    found = [r.release_id for r in records(one)]
    assert len({*found}) == 3 * SOURCES
    assert len(found) - len({*found}) <= 1  # by the kill
    assert site.most_at_once == 1
    gaps = [begin - end for (_, end), (begin, _) in itertools.pairwise(sorted(site.spans))]
    assert min(gaps) >= PAUSE * 0.99
