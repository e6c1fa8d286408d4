"""How many records a replay or a backfill may have on their way, so that live ones among them are not late."""

from __future__ import annotations

from collections import deque
from typing import Final

AHEAD_SECONDS: Final = 0.7  # a live record waits about so long behind those that were sent before it
MEASURED_SECONDS: Final = 2.0
FIRST: Final = 64
LEAST: Final = 16


class Throttle:
    """Keeps what is on its way to what the stages pass in `AHEAD_SECONDS`, and to `most` records at any rate.

    Live traffic takes its share of what they pass: where it grows, less may be sent.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._seen: deque[tuple[float, int]] = deque()
        self.allowed = min(FIRST, most)

    def note(self, at: float, on_the_way: int, passed: int) -> None:
        """Take what was seen at a time: records on their way now, and passed since ever."""
        self._seen.append((at, passed))
        while at - self._seen[0][0] > MEASURED_SECONDS:
            self._seen.popleft()
        began, before = self._seen[0]
        if (
            passed == before or 2 * on_the_way < self.allowed
        ):  # nothing to learn from stages that stand or are idle
            return
        seconds = on_the_way * (at - began) / (passed - before)
        wanted = self.allowed * (1.25 if seconds < AHEAD_SECONDS else 0.8)
        self.allowed = min(self._most, max(LEAST, round(wanted)))
