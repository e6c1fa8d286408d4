"""`communique up` and `down` on one machine: harmless twice, healing after a crash, leaving no process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from services.local.supervisor import MARK
from tests.conftest import ROOT
from tests.pipeline import wait_until


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("COMMUNIQUE_")}
    return subprocess.run(
        [sys.executable, "-m", "services.cli.main", *arguments],
        cwd=home.parent,
        env=kept | {"PYTHONPATH": str(ROOT), "COMMUNIQUE_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )


def processes(home: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if (
                process.environ().get(MARK) == str(home.resolve())
                and process.status() != psutil.STATUS_ZOMBIE
            ):
                found.append(process)
        except psutil.Error:
            continue
    return found


def states(home: Path) -> dict[str, dict[str, Any]]:
    return {p["name"]: p for p in json.loads(run(home, "status", "--json").stdout)["processes"]}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "a folder with spaces" / ".communique"
    folder.parent.mkdir()
    yield folder
    run(folder, "down")


def test_up_twice_a_killed_process_a_crash_of_everything_and_down(home: Path) -> None:
    first = run(home, "up", "--detach", "--wait")
    assert first.returncode == 0, first.stderr
    assert run(home, "backfill", "--wait", "--json").returncode == 0
    before = states(home)
    assert set(before) == {"broker", "work", "sink", "fetch", "console"}

    again = run(home, "up", "--detach", "--wait")
    assert again.returncode == 0, again.stderr
    assert {n: p["pid"] for n, p in states(home).items()} == {n: p["pid"] for n, p in before.items()}

    psutil.Process(before["sink"]["pid"]).kill()
    wait_until(
        lambda: (s := states(home)["sink"])["state"] == "running" and s["pid"] != before["sink"]["pid"],
        60,
        "the sink restarted",
    )

    for process in processes(home):
        process.kill()
    wait_until(lambda: not processes(home), what="everything dead")
    healed = run(home, "up", "--detach", "--wait")
    assert healed.returncode == 0, healed.stderr
    verified = run(home, "verify", "--json")
    assert verified.returncode == 0, verified.stderr
    assert json.loads(verified.stdout)["stored"] == 5

    assert run(home, "down").returncode == 0
    assert processes(home) == []
    assert "Nothing was running" in run(home, "down").stderr
