"""The views that users' queries rest on: their names and columns, in order."""

from __future__ import annotations

from typing import Final

VIEWS: Final[dict[str, tuple[str, ...]]] = {}
