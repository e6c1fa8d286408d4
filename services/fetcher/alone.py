"""One poll of a source at a time on one machine, also between processes (`up` and `fetch --once`)."""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO, Final

_GLANCE_SECONDS: Final = 0.1


@asynccontextmanager
async def alone(folder: Path, source_id: str) -> AsyncIterator[bool]:
    """Hold a source; yields whether another process held it first. The system frees it if we are killed."""
    waited = False
    with _opened(folder, source_id) as held:
        while True:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                waited = True
                await asyncio.sleep(_GLANCE_SECONDS)
        yield waited


def _opened(folder: Path, source_id: str) -> BinaryIO:
    folder.mkdir(parents=True, exist_ok=True)
    # An id may hold anything; a file's name may not.
    name = hashlib.sha256(source_id.encode("utf-8", "replace")).hexdigest()[:24]
    return (folder / f"{name}.lock").open("ab")
