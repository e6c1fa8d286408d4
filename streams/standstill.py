"""Whether a reader of the log stands still while records wait: libraries may stop to fetch without a word.

After a lost connection or a shift of partitions a client can hold a partition and never ask for its records
again. Nothing is lost then, but nothing comes either until somebody starts it anew; so the reader looks itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Partition = tuple[str, int]
LONGEST_SECONDS: Final = 10.0


class Standstill:
    """Partitions whose reader is behind the end of the log, and since when each has not moved."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.look_seconds = min(LONGEST_SECONDS, seconds / 4)  # between two looks at where the log ends
        self._seen: dict[Partition, tuple[int, float]] = {}

    def stuck(
        self, done: Mapping[Partition, int], ends: Mapping[Partition, int], now: float
    ) -> list[Partition]:
        """Return the partitions that have not moved for too long.

        `done` has the next offset of each partition that is read, `ends` the end of the log, `now` seconds of a
        clock that never goes back. A partition that left `done` or was read to its end starts afresh.
        """
        behind = {tp: offset for tp, offset in done.items() if offset < ends.get(tp, 0)}
        seen = self._seen
        self._seen = {
            tp: seen[tp] if tp in seen and seen[tp][0] == offset else (offset, now)
            for tp, offset in behind.items()
        }
        return sorted(tp for tp, (_, since) in self._seen.items() if now - since >= self._seconds)

    def forget(self) -> None:
        """Start afresh: what is read is not known now."""
        self._seen = {}
