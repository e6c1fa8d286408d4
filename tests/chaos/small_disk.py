"""Disks that become full: a small one that root mounts, and a limit on the size of a process's files."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest


class SmallDisk:
    """A file system of a few MiB in memory; `fill` leaves no byte free, `free` all of them."""

    def __init__(self, folder: Path, mebibytes: int) -> None:
        if os.geteuid() != 0:
            pytest.skip("left out: only root may mount a small disk")
        self.folder, self.size = folder, mebibytes
        self._filler = folder / "filler"

    def __enter__(self) -> Self:
        self.folder.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={self.size}m", "tmpfs", str(self.folder)]
        if subprocess.run(mount, check=False, capture_output=True).returncode:
            pytest.skip("left out: this machine's root may not mount a small disk")
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True)

    def fill(self) -> None:
        with self._filler.open("ab", buffering=0) as file:
            for size in (1 << 20, 4096, 1):
                with contextlib.suppress(OSError):
                    while file.write(b"x" * size):
                        pass

    def free(self) -> None:
        self._filler.unlink()


@contextlib.contextmanager
def no_file_may_grow_beyond(pid: int, size: int) -> Iterator[None]:
    """Limit the files of a process that runs."""
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, before[1]))
    yield
    resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
