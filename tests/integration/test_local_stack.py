"""`communique up` and `down` on one machine: harmless twice, healing after a crash, leaving no process."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from services.local.supervisor import names
from services.settings import Settings
from tests.conftest import ROOT, an_ordinary_user
from tests.pipeline import wait_until

pytestmark = pytest.mark.timeout(900)  # each `up` starts five processes; a busy machine takes its time

# What a properties file, an ini file, a list and a shell would each take for something else.
ODD_NAME = "ü, 100% \"of\" 'it' #1; \\$x"


def environment_of(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("COMMUNIQUE_", "LC_", "LANG"))}
    return kept | {"PYTHONPATH": str(ROOT), "COMMUNIQUE_HOME": str(home)}


def run(
    home: Path, *arguments: str, before: list[str] | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*(before or []), sys.executable, "-m", "services.cli.main", *arguments],
        cwd=home.parent,
        env=environment_of(home) | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )


def processes(home: Path) -> list[psutil.Process]:
    """Every process that has to do with the data folder, the broker's Java too."""
    found = []
    for process in psutil.process_iter():
        try:
            if (
                process.environ().get("COMMUNIQUE_HOME") == str(home.resolve())
                and process.status() != psutil.STATUS_ZOMBIE
            ):
                found.append(process)
        except psutil.Error:
            continue
    return found


def states(home: Path) -> dict[str, dict[str, Any]]:
    return {p["name"]: p for p in json.loads(run(home, "status", "--json").stdout)["processes"]}


def ports(home: Path) -> dict[str, int]:
    found: dict[str, int] = json.loads((home / "broker" / "ports.json").read_text(encoding="utf-8"))
    return found


def take(port: int) -> socket.socket:
    """Listen on `port`, as soon as whoever was killed has let go of it."""

    def listening() -> socket.socket | None:
        try:
            return socket.create_server(("127.0.0.1", port))
        except OSError:
            return None

    held: socket.socket = wait_until(listening, what=f"port {port} being free")
    return held


def logged(home: Path) -> dict[str, list[dict[str, Any]]]:
    """The lines of each of our processes' logs; every one is a JSON object."""
    files = {file.stem: file for file in (home / "logs").glob("*.log")}
    return {
        name: [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        for name, file in files.items()
        if name not in {"broker", "supervisor"}
    }


def up(home: Path, before: list[str] | None = None) -> None:
    made = run(home, "up", "--detach", "--wait", before=before)
    assert made.returncode == 0, made.stderr


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / ODD_NAME / ".communique"
    folder.parent.mkdir()
    yield folder
    run(folder, "down")


def test_up_twice_a_killed_process_a_crash_of_everything_and_down(home: Path) -> None:
    up(home)
    assert [p.name for p in home.parent.iterdir()] == [".communique"], "all data lies in the data folder"
    assert run(home, "backfill", "--wait", "--json").returncode == 0
    before = states(home)
    assert tuple(before) == names(Settings(home=home))
    assert {"broker", "work", "sink", "fetch", "console"} <= set(before)

    up(home)
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
    old = ports(home)
    with take(old["broker"]), take(old["controller"]):
        up(home)
        assert ports(home) != old
        verified = run(home, "verify", "--json")
    assert verified.returncode == 0, verified.stderr
    assert json.loads(verified.stdout)["stored"] == 5

    supervisor = int((home / "run" / "supervisor.pid").read_text(encoding="utf-8"))
    psutil.Process(supervisor).kill()
    assert run(home, "down").returncode == 0
    assert processes(home) == []
    assert "Nothing was running" in run(home, "down").stderr


def test_down_leaves_nothing_though_the_supervisor_is_killed_while_it_is_told_to_stop(home: Path) -> None:
    up(home)
    sink = psutil.Process(states(home)["sink"]["pid"])
    supervisor = psutil.Process(int((home / "run" / "supervisor.pid").read_text(encoding="utf-8")))
    sink.suspend()  # `down` waits for it, after the console
    command = [sys.executable, "-m", "services.cli.main", "down"]
    down = subprocess.Popen(command, env=environment_of(home), stderr=subprocess.PIPE, text=True)
    wait_until(lambda: states(home)["sink"]["state"] == "stopping", 60, "the sink told to stop")
    supervisor.kill()
    sink.resume()
    _, told = down.communicate(timeout=120)
    assert down.returncode == 0, told
    assert "Stopped; the data stays." in told
    assert "Traceback" not in told
    assert processes(home) == []


def test_an_ordinary_user_starts_and_stops_everything(home: Path) -> None:
    before = an_ordinary_user()
    up(home, before)
    stored = run(home, "backfill", "--wait", "--json", before=before)
    assert json.loads(stored.stdout)["stored"] == 5, stored.stderr
    asked = run(home, "sql", "SELECT count(*) FROM releases", "--format", "csv", before=before)
    assert asked.stdout.split() == ["count(*)", "5"]
    assert run(home, "down", before=before).returncode == 0
    assert processes(home) == []
    logs = logged(home)
    assert {"sink.assigned"} <= {line["event"] for line in logs["sink"]}
    for name, lines in logs.items():
        assert {line["process"] for line in lines} <= {name}
        assert all(line.keys() >= {"event", "level", "timestamp", "logger"} for line in lines)


def test_a_process_that_cannot_start_is_tried_again_with_a_pause_and_up_does_not_wait_for_it(
    home: Path,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = {"COMMUNIQUE_CONSOLE__PORT": str(held.getsockname()[1])}
        made = run(home, "up", "--detach", "--wait", **port)
        assert made.returncode == 1
        assert "console does not start" in made.stderr
        assert "COMMUNIQUE_CONSOLE__PORT" in made.stderr
        told = "tried again with a growing pause (see logs/console.log)"
        wait_until(lambda: told in run(home, "status", COLUMNS="200").stdout, 60, "status saying so")
    assert run(home, "up", "--detach", "--wait", **port).returncode == 0
    assert states(home)["console"]["state"] in {"starting", "running"}
