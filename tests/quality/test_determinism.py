"""A release gives the same annotation in every process, whatever order its sets have there."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import msgspec

from bench.score_engine import ROOT, own_folders, raw_of
from streams.annotate import annotate
from streams.clean import clean

EACH = 8  # every eighth of our own releases


def digest(paths: list[Path]) -> str:
    read = hashlib.sha256()
    for path in paths:
        read.update(msgspec.json.encode(annotate(clean(raw_of(path)))))
    return read.hexdigest()


def in_process(hash_seed: str) -> str:
    command = [sys.executable, "-m", "tests.quality.test_determinism"]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_processes_with_other_hash_seeds_read_the_same() -> None:
    first, *others = (in_process(seed) for seed in ("1", "2", "4"))
    assert len(first) == 64
    assert others == [first, first]


if __name__ == "__main__":
    print(digest(sorted(own_folders()[1][0].glob("*.txt"))[::EACH]))
