"""A scene in a fresh lab: a site, a fetcher and a log, for every test of the fetcher."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from services import kafka
from services.database import schema
from services.settings import FetchSettings, Settings
from tests.integration.fetcher.installation import published
from tests.integration.fetcher.lab import Lab, Site, lab


@pytest.fixture
def play(tmp_path: Path) -> Callable[[Callable[[Lab], Awaitable[None]]], None]:
    """Run a scene in a fresh lab."""

    def run(scene: Callable[[Lab], Awaitable[None]], **fetch: object) -> None:
        async def go() -> None:
            async with lab(tmp_path, **fetch) as here:
                await scene(here)

        asyncio.run(go())

    return run


@pytest.fixture
def site() -> Iterator[Site]:
    with published(Site()) as served:
        yield served


@pytest.fixture
def ready(make_settings: Callable[..., Settings]) -> Settings:
    """Settings with a schema, topics, and the loopback open."""
    fetch = FetchSettings(
        allow_private_hosts=True, minimum_pause_seconds=0, timeout_seconds=5, shortest_interval_seconds=0.2
    )
    made = make_settings().model_copy(update={"fetch": fetch})
    schema.upgrade(made)
    kafka.create_topics(made)
    return made
