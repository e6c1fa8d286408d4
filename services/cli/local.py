"""`communique up` and `down`: everything on this machine, started in order and stopped together."""

from __future__ import annotations

import signal
import threading
import time
from pathlib import Path
from typing import Annotated

import typer

from services import alive, disk, kafka, settings
from services.cli.shared import Tell, err, out, print_json, progress
from services.database import schema
from services.errors import CommuniqueError
from services.local import jars
from services.local.supervisor import ProcessState, Supervisor, SupervisorGone
from services.settings import Settings

READY_SECONDS = 600.0  # a slow machine takes its time; what dies meanwhile is told at once


def up(
    detach: Annotated[
        bool, typer.Option("--detach", "-d", help="Return, and leave everything running.")
    ] = False,
    wait: Annotated[
        bool, typer.Option("--wait", help="Return or report only when everything is ready.")
    ] = False,
) -> None:
    """Start everything on this machine: broker, schema, topics, fetcher, workers, sink, console.

    Harmless when it runs already; heals what a crash left over.

    [bold]Example:[/] communique up --detach --wait
    """
    loaded = settings.load(create=True)
    supervisor = Supervisor(loaded)
    with progress("starting") as tell:
        start(loaded, supervisor, tell)
        if wait:
            wait_until_ready(loaded, supervisor, tell)
    out.print(
        f"Communiqué runs from {loaded.home}. `communique status` shows it, `communique down` stops it.",
        soft_wrap=True,
    )
    if not detach:
        _stay(supervisor)


def start(loaded: Settings, supervisor: Supervisor, tell: Tell) -> None:
    """Start what does not run yet, in order: broker and schema, topics, then the rest."""
    disk.need_room(loaded)
    if not supervisor.is_running():
        supervisor.launch()
    if loaded.has_own_broker():
        tell("broker" if jars.are_there() else "broker (fetching Apache Kafka, once)", 0, 0)
        (loaded.home / "broker").mkdir(exist_ok=True)
        supervisor.start("broker")
    else:
        kafka.wait_for_broker(loaded, 15)
    tell("schema", 0, 0)
    schema.upgrade(loaded)  # while the broker starts
    if loaded.has_own_broker():
        tell("broker", 0, 0)
        wait_for_own_broker(loaded, supervisor)
    tell("topics", 0, 0)
    kafka.create_topics(loaded)
    for process in supervisor.states():
        supervisor.start(process.name)


def wait_for_own_broker(loaded: Settings, supervisor: Supervisor) -> None:
    """Wait for the broker that we started; its first start fetches the jars, which takes a while."""
    end, deaths = time.monotonic() + READY_SECONDS, _Deaths(loaded, ("broker",), most=0)
    while True:
        try:
            kafka.wait_for_broker(loaded, 1)
        except CommuniqueError:
            deaths.look(supervisor.states())
            if time.monotonic() > end:
                raise _not_ready(loaded, ["broker"]) from None
            time.sleep(0.2)
        else:
            return


def wait_until_ready(loaded: Settings, supervisor: Supervisor, tell: Tell) -> None:
    """Wait until every process runs and has given a sign of life."""
    wanted = [s.name for s in supervisor.states() if s.name != "broker"]
    end, deaths = time.monotonic() + READY_SECONDS, _Deaths(loaded, tuple(wanted), most=2)
    while True:
        states = supervisor.states()
        deaths.look(states)
        ready = [s.name for s in states if s.name in wanted and _is_fresh(loaded, s.name, s.pid)]
        tell("waiting until ready", len(ready), len(wanted))
        if wanted and len(ready) == len(wanted):
            return
        if time.monotonic() > end:
            raise _not_ready(loaded, sorted(set(wanted) - set(ready)))
        time.sleep(0.1)


class _Deaths:
    """Counts how often each process died early; more than `most` deaths are told with its last words."""

    def __init__(self, loaded: Settings, watched: tuple[str, ...], *, most: int) -> None:
        self._loaded, self._most = loaded, most
        self._dead = dict.fromkeys(watched, False)
        self._deaths = dict.fromkeys(watched, 0)

    def look(self, states: list[ProcessState]) -> None:
        """Raise `CommuniqueError` for a process that dies whenever it is started, `SupervisorGone` if that died."""
        if not states:
            raise SupervisorGone
        for process in states:
            if process.name not in self._dead:
                continue
            dead = process.state in {"backoff", "fatal"}
            self._deaths[process.name] += dead and not self._dead[process.name]
            self._dead[process.name] = dead
            if self._deaths[process.name] > self._most:
                file = self._loaded.home / "logs" / f"{process.name}.log"
                raise CommuniqueError(
                    f"{process.name} does not start: {_last_words(file)}",
                    remedy=f"Correct it (see {file}) and run `communique up` again.",
                )


def _not_ready(loaded: Settings, missing: list[str]) -> CommuniqueError:
    return CommuniqueError(
        f"not ready within {READY_SECONDS:g} s: {', '.join(missing)}",
        remedy=f"See {loaded.home / 'logs' / (missing[0] + '.log')}.",
    )


def _last_words(file: Path) -> str:
    """Return what a process said last."""
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        lines = []
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")


def _is_fresh(loaded: Settings, name: str, pid: int) -> bool:
    return alive.is_alive(loaded, name) and alive.pid_of(loaded, name) == pid


def _stay(supervisor: Supervisor) -> None:
    """Stay in the foreground until a signal comes, then stop everything."""
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    out.print("Press Ctrl-C to stop.")
    while not stopped.wait(1.0):
        if not supervisor.is_running():
            raise SupervisorGone
    supervisor.shut_down()


def down(
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Stop everything on this machine; the data stays.

    [bold]Example:[/] communique down
    """
    loaded = settings.load()
    with progress("stopping") as tell:
        stopped = Supervisor(loaded).shut_down(lambda name: tell(name, 0, 0))
    if json:
        print_json({"stopped": stopped})
    else:
        err.print("Stopped; the data stays." if stopped else "Nothing was running.")
