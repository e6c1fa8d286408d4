"""Signs of life: each process touches a file, which `communique health` and `status` read."""

from __future__ import annotations

import contextlib
import json
import os
import time
from pathlib import Path
from typing import Final

from services.settings import Settings

BEAT_SECONDS: Final = 2.0
STALE_SECONDS: Final = 30.0


def file_of(settings: Settings, process: str) -> Path:
    """Return the file that `process` touches."""
    return settings.home / "run" / f"{process}.alive"


class Alive:
    """Touches a process's file every two seconds, when asked to."""

    def __init__(self, settings: Settings, process: str) -> None:
        self._file = file_of(settings, process)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._next = 0.0

    def beat(self) -> None:
        """Say that the loop goes round."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + BEAT_SECONDS
            scratch = self._file.with_name(f"{self._file.name}.{os.getpid()}")
            with contextlib.suppress(OSError):  # a full disk must not end what only says that it lives
                scratch.write_text(json.dumps({"pid": os.getpid(), "at": time.time()}), encoding="utf-8")
                scratch.replace(self._file)


def is_alive(settings: Settings, process: str) -> bool:
    """Tell whether `process` gave a sign of life within the last 30 seconds."""
    try:
        return time.time() - file_of(settings, process).stat().st_mtime < STALE_SECONDS
    except OSError:
        return False


def signs(settings: Settings) -> dict[str, float]:
    """Return, for each process that ever gave a sign of life here, how many seconds ago that was."""
    found = {}
    for file in sorted((settings.home / "run").glob("*.alive")):
        with contextlib.suppress(OSError):
            found[file.stem] = max(0.0, time.time() - file.stat().st_mtime)
    return found


def forget(settings: Settings) -> None:
    """Remove the signs of an earlier run, of processes that may run no more."""
    for file in (settings.home / "run").glob("*.alive"):
        file.unlink(missing_ok=True)


def console_page(settings: Settings) -> str | None:
    """Return the address of the status page, null if no console is alive."""
    try:
        said = json.loads((settings.home / "run" / "console.json").read_text(encoding="utf-8"))
        return str(said["url"]) if is_alive(settings, "console") else None
    except (OSError, ValueError, KeyError):
        return None


def pid_of(settings: Settings, process: str) -> int:
    """Return the process id in the last sign of life, 0 if there is none."""
    try:
        return int(json.loads(file_of(settings, process).read_text(encoding="utf-8"))["pid"])
    except (OSError, ValueError, KeyError):
        return 0
