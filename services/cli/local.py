"""`communique up` and `down`: everything on this machine, started in order and stopped together."""

from __future__ import annotations

import signal
import threading
import time
from typing import Annotated

import typer

from services import alive, kafka, settings
from services.cli.shared import Tell, err, out, print_json, progress
from services.database import schema
from services.errors import CommuniqueError
from services.local.supervisor import Supervisor
from services.settings import Settings

READY_SECONDS = 120.0


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
    if not supervisor.is_running():
        supervisor.launch()
    if loaded.has_own_broker():
        tell("broker", 0, 0)
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
    end = time.monotonic() + READY_SECONDS
    while True:
        try:
            kafka.wait_for_broker(loaded, 1)
        except CommuniqueError:
            state = next((s for s in supervisor.states() if s.name == "broker"), None)
            if time.monotonic() > end or state is None or state.state == "fatal":
                raise CommuniqueError(
                    "the broker does not start", remedy=f"See {loaded.home / 'logs' / 'broker.log'}."
                ) from None
            if state.state == "backoff" and (said := _last_error(loaded)):
                raise CommuniqueError(
                    f"the broker does not start: {said}", remedy="Correct it and run `communique up` again."
                ) from None
            time.sleep(0.2)
        else:
            return


def _last_error(loaded: Settings) -> str:
    """Return the last line of the broker's log."""
    try:
        lines = (
            (loaded.home / "logs" / "broker.log").read_text(encoding="utf-8", errors="replace").splitlines()
        )
    except OSError:
        return ""
    return lines[-1] if lines else ""


def wait_until_ready(loaded: Settings, supervisor: Supervisor, tell: Tell) -> None:
    """Wait until every process runs and has given a sign of life."""
    end = time.monotonic() + READY_SECONDS
    wanted = [s.name for s in supervisor.states() if s.name != "broker"]
    while True:
        running = {s.name: s for s in supervisor.states() if s.state in {"running", "starting"}}
        ready = [n for n in wanted if n in running and _is_fresh(loaded, n, running[n].pid)]
        tell("waiting until ready", len(ready), len(wanted))
        if wanted and len(ready) == len(wanted):
            return
        if time.monotonic() > end:
            missing = sorted(set(wanted) - set(ready)) or ["supervisor"]
            raise CommuniqueError(
                f"not ready within {READY_SECONDS:g} s: {', '.join(missing)}",
                remedy=f"See {loaded.home / 'logs' / (missing[0] + '.log')}.",
            )
        time.sleep(0.1)


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
            raise CommuniqueError(
                "the supervisor is gone", remedy="Run `communique up` again: it heals what is left."
            )
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
