"""A full disk under the database, the broker and the logs: it is said, nothing is lost, and it goes on afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from services.database import tables as t
from services.settings import Settings
from tests.chaos.small_disk import SmallDisk, no_file_may_grow_beyond
from tests.chaos.undisturbed import same, undisturbed, write_releases
from tests.integration.test_local_stack import environment_of, processes, run, states, up
from tests.pipeline import Process, Running, count, wait_until

NUMBER = 120
pytestmark = pytest.mark.timeout(900)


@contextmanager
def full(disk: SmallDisk) -> Iterator[None]:
    disk.fill()
    yield
    disk.free()


def test_a_sink_whose_sqlite_disk_is_full_waits_and_loses_nothing(
    tmp_path: Path, make_settings: Callable[..., Settings]
) -> None:
    with SmallDisk(tmp_path / "disk", 24) as disk:
        settings = make_settings(f"sqlite:///{disk.folder / 'c.db'}", sink={"batch_records": 5})
        _goes_on_after(settings, lambda _: full(disk), tmp_path)


def test_a_sink_whose_files_may_not_grow_waits_and_loses_nothing(
    tmp_path: Path, make_settings: Callable[..., Settings]
) -> None:
    settings = make_settings(sink={"batch_records": 5})
    log = settings.home / "communique.db-wal"
    _goes_on_after(settings, lambda pid: no_file_may_grow_beyond(pid, log.stat().st_size), tmp_path)


def _goes_on_after(
    settings: Settings, fault: Callable[[int], AbstractContextManager[None]], tmp_path: Path
) -> None:
    folder = write_releases(tmp_path / "releases", NUMBER)
    with Running(settings) as running:
        files = sorted(folder.iterdir())
        running.backfill(*files[:10])
        sink = running.sinks[0]
        with fault(sink.popen.pid):
            rest = Process(settings, "backfill", "--wait", *map(str, files[10:]))
            wait_until(lambda: "is full or broken" in sink.said(), what="the sink noticing")
            assert "Free some space; nothing is lost." in sink.said()
        assert rest.popen.wait(120) == 0, rest.said()
        assert "110 stored, 0 dead-lettered" in rest.said()
        assert sink.popen.poll() is None, "the same sink went on"
        assert count(settings, t.dead_letters) == 0
    same(undisturbed(folder, tmp_path / "undisturbed"), settings)


def test_a_machine_whose_disk_is_full_says_so_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    folder = write_releases(tmp_path / "releases", 300)
    with SmallDisk(tmp_path / "disk", 120) as disk:
        home = disk.folder / ".communique"
        try:
            up(home)
            backfill = subprocess.Popen(
                [*COMMUNIQUE, "backfill", "--wait", "--json", "--rate", "40", str(folder)],
                env=environment_of(home),
                stdout=subprocess.PIPE,
            )
            wait_until(lambda: _stored(home) >= 20, what="records flowing")
            disk.fill()
            wait_until(lambda: states(home)["broker"]["state"] == "backoff", 120, "the broker giving up")
            _is_told(home)
            disk.free()
            up(home)
            said, _ = backfill.communicate(timeout=240)
            assert backfill.returncode == 0
            assert json.loads(said) | {"names": []} == {
                "found": 300, "published": 300, "stored": 300, "skipped": 0, "dead": 0, "refused": 0, "names": [],
            }  # fmt: skip
            verified = json.loads(run(home, "verify", "--json").stdout)
            assert (verified["stored"], verified["missing"]) == (300, [])
        finally:
            run(home, "down")
            for process in processes(home):
                process.kill()


COMMUNIQUE = [sys.executable, "-m", "services.cli.main"]


def _stored(home: Path) -> int:
    return int(json.loads(run(home, "status", "--json").stdout)["counts"].get("releases", 0))


def _is_told(home: Path) -> None:
    shown = run(home, "status", COLUMNS="200")
    assert shown.returncode == 1
    assert "problem: disk: the disk of" in shown.stdout
    assert "tried again with a growing pause (see logs/broker.log)" in shown.stdout
    refused = run(home, "up", "--detach")
    assert refused.returncode == 1
    assert "is full (0 MiB are free)" in refused.stderr
    assert "what to do: Make room; nothing is lost." in refused.stderr
    assert "Traceback" not in shown.stderr + refused.stderr
