"""Kill -9 at every step of a poll: nothing is lost, and each revision is stored once."""

from __future__ import annotations

import asyncio
import signal
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from services.database import engine as database
from services.database import tables as t
from services.fetcher import sources
from services.fetcher.state import Source
from services.settings import Settings
from streams.records import Observation, RawRelease
from tests.integration.fetcher.installation import publish, records, start
from tests.integration.fetcher.lab import Site, entry, feed, story, until
from tests.pipeline import Running, count

_DIE = """
import os, signal
from services.fetcher import log, state
def die(cls, name, after):
    work = getattr(cls, name)
    async def dying(*args, **more):
        if not after:
            os.kill(os.getpid(), signal.SIGKILL)
        await work(*args, **more)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(cls, name, dying)
def die_sending():
    make = log.KafkaLog._make
    class Dying:
        def __init__(self, producer): self._producer = producer
        def produce(self, *args, **more):
            self._producer.produce(*args, **more)
            os.kill(os.getpid(), signal.SIGKILL)
        def poll(self, seconds): return self._producer.poll(seconds)
    log.KafkaLog._make = lambda self: Dying(make(self))
"""
MEMORY, LOG = "state.Memory", "log.KafkaLog"
STEPS = [
    *(f"die({MEMORY}, '{step}', {after})" for step in ("add_aliases", "save_items", "touch", "save_state") for after in (False, True)),
    f"die({LOG}, 'publish', False)",
    "die_sending()",  # handed over to the producer, not acknowledged
    f"die({LOG}, 'publish', True)",  # acknowledged, not remembered
]  # fmt: skip


def test_killed_at_every_step_of_a_poll_it_loses_nothing_and_the_sink_stores_each_revision_once(
    site: Site, ready: Settings
) -> None:
    sources.add(ready, Source("norlandia-mfa", "MFA", f"{site.url}/feed"))
    changed: dict[int, str] = {}
    listed = 0

    def index(_: object) -> object:
        rows = range(listed, 0, -1)
        return feed(*(entry(f"{site.url}/news/{n}", f"g{n}", updated=changed.get(n, "")) for n in rows))

    site.pages["/feed"] = index  # type: ignore[assignment]
    site.pages["/news/1"] = story(1)
    listed = 1
    assert start(ready, once=True).wait(60) == 0
    for step in STEPS:
        listed += 1
        site.pages[f"/news/{listed}"] = story(listed)
        site.pages[f"/news/{listed - 1}"] = story(listed - 1, "The bridge is 90 metres long.")
        changed[listed - 1] = ago(seconds=0)
        process = start(ready, once=True, before=_DIE + step)
        assert process.wait(60) == -signal.SIGKILL, step
    site.pages["/news/1"] = 410
    changed[1] = ago(seconds=-60)
    for _ in range(2):
        assert start(ready, once=True).wait(60) == 0

    found = records(ready)
    revisions = Counter((r.release_id, r.content_hash) for r in found if isinstance(r, RawRelease))
    assert len({release for release, _ in revisions}) == listed
    assert revisions.total() - len(revisions) <= len(STEPS)  # a kill repeats the release in hand at most
    assert {r.what for r in found if isinstance(r, Observation)} == {"withdrawn"}
    with Running(ready) as running:
        running.settle()
    assert count(ready, t.release_revisions) == len(revisions)
    assert count(ready, t.releases) == listed
    assert current_texts(ready) == {n: n < listed for n in range(1, listed + 1)}
    assert withdrawn(ready) == 1


def ago(seconds: float) -> str:
    return (datetime.now(UTC) - timedelta(seconds=seconds)).isoformat()


def current_texts(settings: Settings) -> dict[int, bool]:
    """Whether each story stands there as it was edited."""
    with database.connect(settings).connect() as connection:
        rows = connection.execute(sa.select(t.releases.c.url, t.releases.c.text))
        return {int(url.rpartition("/")[2]): "90 metres" in text for url, text in rows}


def withdrawn(settings: Settings) -> int:
    with database.connect(settings).connect() as connection:
        query = sa.select(sa.func.count()).where(t.releases.c.withdrawn_at.is_not(None))
        return int(connection.execute(query).scalar() or 0)


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
    seen = [(r.release_id, r.content_hash) for r in records(ready)]
    assert len({*seen}) == listed
    assert len(seen) - len({*seen}) <= 3  # at most one repeat for each kill
