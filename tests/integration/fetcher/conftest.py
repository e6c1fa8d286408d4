"""A scene in a fresh lab: a site, a fetcher and a log, for every test of the fetcher."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.integration.fetcher.lab import Lab, lab


@pytest.fixture
def play(tmp_path: Path) -> Callable[[Callable[[Lab], Awaitable[None]]], None]:
    """Run a scene in a fresh lab."""

    def run(scene: Callable[[Lab], Awaitable[None]], **fetch: object) -> None:
        async def go() -> None:
            async with lab(tmp_path, **fetch) as here:
                await scene(here)

        asyncio.run(go())

    return run
