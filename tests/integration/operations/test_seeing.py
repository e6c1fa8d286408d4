"""What a person and a monitor see: `status`, `console`, `health`, while all is well and when something is away."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from services import alive, kafka
from services.database import schema
from services.settings import Settings
from streams.codec import encode, first_headers
from streams.topics import Topic
from tests.chaos.proxy import Proxy
from tests.command import communique
from tests.pipeline import Process, Running, environment, wait_until
from tests.postgres import create_database
from tests.releases import raw

pytestmark = pytest.mark.timeout(900)


def get(address: str, method: str = "GET") -> tuple[int, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, method=method), timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


class Console:
    """A console process and its address."""

    def __init__(self, settings: Settings) -> None:
        self.process = Process(settings, "console")
        self.file = settings.home / "run" / "console.json"
        wait_until(self.file.exists, 120, "the console's address")
        self.address: str = json.loads(self.file.read_text(encoding="utf-8"))["url"]

    def metrics(self) -> dict[str, float]:
        lines = get(self.address + "metrics")[1].splitlines()
        return {name: float(value) for name, value in (x.rsplit(" ", 1) for x in lines if x[:1] != "#")}


@pytest.fixture(scope="module")
def console(station: Running) -> Iterator[Console]:
    assert communique(station.settings, "backfill", "--wait", "--json").json()["stored"] == 5
    running = Console(station.settings)
    yield running
    assert running.process.stop() == 0


def test_the_console_says_that_it_lives_and_is_ready_and_only_reads(console: Console) -> None:
    assert get(console.address + "health/live") == (200, '{"status": "live"}')
    status, ready = get(console.address + "health/ready")
    assert (status, json.loads(ready)) == (200, {"status": "ready", "problems": []})
    for method in ("POST", "PUT", "DELETE"):
        assert get(console.address, method)[0] == 405
    assert get(console.address + "nothing")[0] == 404


def test_the_page_and_its_data_show_stages_and_rows(console: Console) -> None:
    status, page = get(console.address)
    assert status == 200
    for shown in ("releases.raw", "annotate", "releases", "Dead letters", "<td>sink</td><td>alive</td>"):
        assert shown in page
    assert "Broker and database answer, and nothing stands still." in page
    data = json.loads(get(console.address + "status.json")[1])
    assert (data["counts"]["releases"], data["problems"], data["stalls"]) == (5, [], [])


def test_the_metrics_follow_lag_and_dead_letters(console: Console, station: Running) -> None:
    settings = station.settings
    before = console.metrics()
    assert before["communique_up"] == 1
    assert before['communique_rows{table="releases"}'] == 5
    assert before['communique_lag_records{stage="sink",topic="events"}'] == 0
    sink = station.sinks.pop()
    assert sink.stop() == 0
    publisher = kafka.Publisher(settings)
    good = raw(1, "Ministers of Norway and Japan met in Oslo on 3 March 2024.")
    publisher.publish(settings.topic_prefix + Topic.RAW, b"k", encode(good, 1 << 20), first_headers(good))
    publisher.publish(settings.topic_prefix + Topic.RAW, b"k", b"not json", [])
    publisher.flush()
    lagging = 'communique_lag_records{stage="sink",topic="events"}'
    wait_until(lambda: console.metrics()[lagging] == 1, 120, "the lag of a sink that is not there")
    shown = communique(settings, "status", "--json").json()
    (stage,) = [s for s in shown["stages"] if s["topic"] == "events"]
    assert (stage["end"] - stage["committed"], stage["lag"], stage["rate"]) == (1, 1, 0)
    station.sinks.append(Process(settings, "sink"))
    wait_until(lambda: console.metrics()[lagging] == 0, 120, "the sink catching up")
    after = wait_until(
        lambda: (
            found
            if (found := console.metrics()).get('communique_dead_letters{error="Undecodable"}')
            else None
        ),
        120,
        "the dead letter",
    )
    assert after['communique_processed_records_total{stage="clean",topic="releases.raw"}'] == 7
    assert (
        after["communique_last_stored_timestamp_seconds"] > before["communique_last_stored_timestamp_seconds"]
    )


def test_records_that_wait_while_nothing_is_stored_are_a_stall(station: Running) -> None:
    from services import status

    old = status.StageState("sink", "events", 9, 7, 2)
    assert status._stalls([old], "2024-01-01T00:00:00.000000Z")[0].startswith(
        "2 records of events wait for sink"
    )
    assert status._stalls([old], status.dt.datetime.now(status.dt.UTC).isoformat()) == []
    assert status._stalls([status.StageState("sink", "events", 9, 9, 0)], "2024-01-01T00:00:00.000000Z") == []


def test_status_shows_everything_and_its_data_is_json(console: Console, station: Running) -> None:
    shown = communique(station.settings, "status")
    assert shown.status == 0
    for said in ("No processes are supervised here", "releases.raw", "Stored:", "Dead letters:", "Broker:"):
        assert said in shown.out
    assert f"In a browser: {console.address}" in shown.out
    data = communique(station.settings, "status", "--json").json()
    assert {s["stage"] for s in data["stages"]} == {"clean", "annotate", "sink"}
    assert data["processes"] == []


def test_status_watch_is_live_until_ctrl_c_and_leaves_with_0(console: Console, station: Running) -> None:
    screen, end = pty.openpty()
    watching = subprocess.Popen(
        [sys.executable, "-m", "services.cli.main", "status", "--watch"],
        env=environment(station.settings) | {"TERM": "xterm", "COLUMNS": "120", "LINES": "60"},
        stdin=end,
        stdout=end,
        stderr=end,
    )
    os.close(end)
    seen = b""

    def more() -> bytes:
        """What was shown since; nothing once the other end is closed."""
        try:
            return os.read(screen, 65536)
        except OSError:
            return b""

    def has_rates() -> bool:
        nonlocal seen
        seen += more()
        return re.search(rb"releases\.raw.{0,80} \d+\.\d", seen, re.DOTALL) is not None

    wait_until(has_rates, 120, "a second look with rates")
    watching.send_signal(signal.SIGINT)
    wait_until(lambda: not more(), 60, "the end of the view")
    assert watching.wait(60) == 0
    os.close(screen)
    assert b"Traceback" not in seen


def test_health_is_the_probe_of_a_process(console: Console, station: Running) -> None:
    settings = station.settings
    for name in ("work", "sink", "console"):
        assert communique(settings, "health", name).status == 0
    away = communique(settings, "health", "fetch")
    assert (away.status, "no sign of life" in away.err) == (1, True)
    assert communique(settings, "health", "nonsense").status == 2


def test_health_fails_once_a_process_is_silent_for_half_a_minute(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, bootstrap_servers="127.0.0.1:1")
    alive.Alive(settings, "sink").beat()
    assert communique(settings, "health", "sink").status == 0
    file = alive.file_of(settings, "sink")
    os.utime(file, (file.stat().st_atime, file.stat().st_mtime - 31))
    assert communique(settings, "health", "sink").status == 1


def test_a_database_that_is_away_makes_the_console_unready_not_dead(
    postgres_server: str, make_settings: Callable[..., Settings]
) -> None:
    direct = sa.make_url(create_database(postgres_server))
    proxy = Proxy((str(direct.host), int(direct.port or 5432)))
    with proxy:
        through = direct.set(host="127.0.0.1", port=proxy.port).render_as_string(hide_password=False)
        settings = make_settings(through)
        schema.upgrade(settings)
        kafka.create_topics(settings)
        console = Console(settings)
        assert get(console.address + "health/ready")[0] == 200
    try:

        def unready() -> list[str]:
            status, body = get(console.address + "health/ready")
            found: list[str] = json.loads(body)["problems"] if status == 503 else []
            return found

        problems = wait_until(unready, 120, "the console noticing")
        assert "does not answer" in problems[0]
        assert get(console.address + "health/live")[0] == 200
        assert console.metrics()["communique_up"] == 0
        assert "does not answer" in get(console.address)[1]
        shown = communique(settings, "status")
        assert (shown.status, "problem: database" in shown.out) == (1, True)
    finally:
        assert console.process.stop() == 0
