"""Time as the fetcher sees it: one object to replace where a soak simulates months."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime


def utc_now() -> datetime:
    return datetime.now(UTC)


class Clock:
    """Wall time for records, a steady time for pauses, and sleep."""

    def now(self) -> datetime:
        return utc_now()

    def steady(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds))
