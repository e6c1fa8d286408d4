"""Room on the disks that the data lies on: said before anything fails for want of it."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from typing import Final

from services.errors import CommuniqueError
from services.settings import Settings

LEAST_BYTES: Final = 32 * 1024 * 1024  # with less the broker ends, and the database refuses a batch


def shortage(settings: Settings) -> str | None:
    """Say which disk is full, null if none is."""
    for folder in _folders(settings):
        with contextlib.suppress(OSError):
            free = shutil.disk_usage(folder).free
            if free < LEAST_BYTES:
                return f"the disk of {folder} is full ({free // 2**20} MiB are free)"
    return None


def need_room(settings: Settings) -> None:
    """Raise `CommuniqueError` if a disk is full."""
    if said := shortage(settings):
        raise CommuniqueError(
            said,
            remedy="Make room; nothing is lost. Then run `communique up`: everything goes on where it was.",
        )


def _folders(settings: Settings) -> list[Path]:
    """Where a broker of ours or a SQLite file keeps its data: none in a container beside real servers."""
    url = settings.url()
    folders = [settings.home] if settings.has_own_broker() else []
    if url.get_backend_name() == "sqlite":
        folders.append(Path(url.database or "").parent)
    return list(dict.fromkeys(folders))
