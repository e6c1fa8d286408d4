"""`communique status`: processes, stages, counts and dead letters; a live view with `--watch`."""

from __future__ import annotations

import contextlib
import datetime as dt
import signal
import threading
import time
from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Group
from rich.live import Live
from rich.markup import escape
from rich.text import Text

from services import alive, settings
from services import status as looking
from services.cli.shared import out, print_json, table_of
from services.local.supervisor import ProcessState, Supervisor
from services.settings import Settings
from services.status import StageState, Status

SHOWN_SOURCES = 20
RATE_SECONDS = 1.0


def status(
    watch: Annotated[bool, typer.Option("--watch", "-w", help="Show it live until Ctrl-C.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Show what is going on: processes, offsets, lag and rate of each stage, counts, sources, dead letters, stalls.

    Exit 1 if broker or database does not answer.

    [bold]Example:[/] communique status --watch
    """
    loaded = settings.load()
    if watch and out.is_terminal and not json:
        _watch(loaded)
        return
    found, processes = looking.look(loaded), Supervisor(loaded).states()
    if any(stage.lag for stage in found.stages):
        time.sleep(RATE_SECONDS)
        found = looking.with_rates(looking.look(loaded), found, RATE_SECONDS)
    if json:
        print_json({**msgspec.to_builtins(found), "processes": [_as_dict(p) for p in processes]})
    else:
        out.print(_view(loaded, found, processes))
    if found.problems:
        raise typer.Exit(1)


def _as_dict(process: Any) -> dict[str, Any]:
    return {name: getattr(process, name) for name in process.__slots__}


def _watch(loaded: Settings) -> None:
    """Show it anew every second until Ctrl-C, which is the way to leave; a second one does not wait for an answer."""
    before: tuple[float, Status] | None = None
    with _interrupted() as left, Live(console=out, screen=False, auto_refresh=False) as live:
        while not left.is_set():
            found, at = looking.look(loaded), time.monotonic()
            shown = looking.with_rates(found, before[1], at - before[0]) if before else found
            before = at, found
            live.update(_view(loaded, shown, Supervisor(loaded).states()), refresh=True)
            left.wait(RATE_SECONDS)


@contextlib.contextmanager
def _interrupted() -> Iterator[threading.Event]:
    """An event that Ctrl-C sets: an exception would be lost if it came while a library calls back."""
    left = threading.Event()

    def leave(*_: object) -> None:
        if left.is_set():
            raise KeyboardInterrupt
        left.set()

    before = signal.signal(signal.SIGINT, leave)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            yield left
    finally:
        signal.signal(signal.SIGINT, before)


def _view(loaded: Settings, found: Status, processes: list[Any]) -> Group:
    parts: list[Any] = []
    if processes:
        rows = [[p.name, p.state, str(p.pid or ""), _since(p)] for p in processes]
        parts.append(table_of("Processes", ["process", "state", "pid", "running for"], rows))
    else:
        parts.append("No processes are supervised here (`communique up` starts them).")
    rows = [_stage_row(s) for s in found.stages]
    parts.append(
        table_of(
            "Stages", ["stage", "reads", "end", "committed", "lag", "records/s"], rows, right=(2, 3, 4, 5)
        )
    )
    stored = ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in found.counts.items())
    parts.append(f"Stored: {stored}")
    if found.sources:
        parts.append(_sources(found))
    letters = ", ".join(f"{n} {error}" for error, n in sorted(found.dead_by_error.items()))
    parts.append(f"Dead letters: {found.dead_letters}" + (f" ({letters})" if letters else ""))
    parts.append(f"Broker: {found.broker}")
    parts.append(f"Database: {escape(found.database)}")
    parts.append(f"Last stored: {found.freshest or 'never'}")
    if page := alive.console_page(loaded):
        parts.append(f"In a browser: {page}")
    parts += [Text.assemble(("problem: ", "bold red"), said) for said in found.problems]
    parts += [Text.assemble(("stall: ", "bold red"), said) for said in found.stalls]
    return Group(*parts)


def _since(process: ProcessState) -> str:
    """Say how long a process has run, or why it does not."""
    if process.state == "backoff":
        return f"ends when it is started; tried again with a growing pause (see logs/{process.name}.log)"
    running = process.state in {"running", "starting"}
    return str(dt.timedelta(seconds=process.uptime_seconds)) if running else process.description


def _sources(found: Status) -> Any:
    rows = [
        [
            s.source_id,
            s.state,
            (s.last_success_at or "never")[:16],
            (s.last_new_at or "never")[:16],
            f"{s.overdue_hours:.0f} h" if s.overdue_hours else "",
            str(s.consecutive_failures or ""),
            (s.last_error or "")[:60],
        ]
        for s in found.sources[:SHOWN_SOURCES]
    ]
    more = len(found.sources) - len(rows)
    title = "Sources" + (f" (and {more} more: `communique sources list --enabled`)" if more > 0 else "")
    headings = ["source", "state", "last success", "last new", "overdue", "failures", "last error"]
    return table_of(title, headings, rows, right=(4, 5))


def _stage_row(stage: StageState) -> list[str]:
    rate = "" if stage.rate is None else f"{stage.rate:.1f}"
    return [stage.stage, stage.topic, f"{stage.end:,}", f"{stage.committed:,}", f"{stage.lag:,}", rate]
