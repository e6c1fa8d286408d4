"""A broker that is away while sources are polled: the fetcher keeps its place, and goes on by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from services import kafka
from services.database import schema
from services.errors import CommuniqueError
from services.fetcher import sources
from services.fetcher.state import Source
from services.settings import FetchSettings, Settings
from tests.conftest import OwnBroker
from tests.integration.fetcher.installation import publish, records, start
from tests.integration.fetcher.lab import Site
from tests.pipeline import wait_until


def test_nothing_is_taken_while_the_broker_is_away_and_nothing_is_lost(
    site: Site,
    make_settings: Callable[..., Settings],
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
) -> None:
    broker = OwnBroker(tmp_path_factory.mktemp("own"))
    broker.start()
    fetch = FetchSettings(allow_private_hosts=True, minimum_pause_seconds=0, shortest_interval_seconds=0.2)
    settings = make_settings(bootstrap_servers=broker.address, fetch=fetch)
    schema.upgrade(settings)
    kafka.create_topics(settings)
    log = tmp_path / "fetch.log"
    for name, number in (("busy", 1), ("quiet", 101)):
        sources.add(settings, Source(name, name, f"{site.url}/{name}"))
        publish(site, number, path=f"/{name}")
    process = start(settings, log=log)

    def on_log() -> int:
        try:
            return len(records(settings))
        except CommuniqueError:  # a broker that has only just come up
            return 0

    def complaints() -> int:
        return log.read_text(encoding="utf-8").count("broker_away")

    try:
        wait_until(lambda: on_log() == 2, 60, "both sources on the log")
        broker.stop(kill=True)
        publish(site, 3, 2, 1, path="/busy")
        wait_until(lambda: complaints() > 0, 90, "the fetcher noticing")
        publish(site, 102, 101, path="/quiet")
        asked, noticed = site.counts["/quiet"], complaints()
        wait_until(lambda: complaints() > noticed, 90, "the fetcher trying again")
        assert site.counts["/quiet"] <= asked + 1  # what was under way
        assert site.counts["/news/102"] == 0
        broker.start()
        wait_until(lambda: on_log() >= 5, 90, "everything on the log")
        process.terminate()
        assert process.wait(60) == 0
        seen = Counter((r.release_id, r.content_hash) for r in records(settings))
        assert (len(seen), seen.total()) == (5, 5)
    finally:
        process.kill()
        process.wait(30)
        broker.stop(kill=True)
