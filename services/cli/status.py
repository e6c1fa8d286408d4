"""`communique status`: processes, stages, counts and dead letters; a live view with `--watch`."""

from __future__ import annotations

import time
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Group
from rich.live import Live

from services import settings
from services import status as looking
from services.cli.shared import out, print_json, table_of
from services.local.supervisor import Supervisor
from services.settings import Settings
from services.status import StageState, Status

SHOWN_SOURCES = 20


def status(
    watch: Annotated[bool, typer.Option("--watch", "-w", help="Show it live until Ctrl-C.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Show what is going on: processes, offsets and lag of each stage, counts, dead letters.

    [bold]Example:[/] communique status --watch
    """
    loaded = settings.load()
    if watch and out.is_terminal and not json:
        _watch(loaded)
        return
    found, processes = looking.look(loaded), Supervisor(loaded).states()
    if json:
        print_json({**msgspec.to_builtins(found), "processes": [_as_dict(p) for p in processes]})
    else:
        out.print(_view(found, processes))


def _as_dict(process: Any) -> dict[str, Any]:
    return {name: getattr(process, name) for name in process.__slots__}


def _watch(loaded: Settings) -> None:
    before: dict[str, tuple[float, int]] = {}
    with Live(console=out, screen=False, auto_refresh=False) as live:
        while True:
            found = looking.look(loaded)
            at = time.monotonic()
            stages = []
            for stage in found.stages:
                was = before.get(stage.topic)
                rate = (stage.committed - was[1]) / (at - was[0]) if was and at > was[0] else None
                stages.append(msgspec.structs.replace(stage, rate=rate))
                before[stage.topic] = at, stage.committed
            shown = msgspec.structs.replace(found, stages=stages)
            live.update(_view(shown, Supervisor(loaded).states()), refresh=True)
            time.sleep(1)


def _view(found: Status, processes: list[Any]) -> Group:
    parts: list[Any] = []
    if processes:
        rows = [[p.name, p.state, str(p.pid or ""), p.description] for p in processes]
        parts.append(table_of("Processes", ["process", "state", "pid", "since"], rows))
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
    parts.append(f"Broker {found.broker}; database {found.database}; last stored {found.freshest or 'never'}")
    parts += [f"[red]problem:[/] {problem}" for problem in found.problems]
    return Group(*parts)


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
