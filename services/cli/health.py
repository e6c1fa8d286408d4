"""`communique health PROCESS`: the probe of containers."""

from __future__ import annotations

from typing import Annotated

import typer

from services import alive, settings
from services.errors import CommuniqueError, ConfigurationError

PROCESSES = ("work", "sink", "fetch", "console")


def health(
    process: Annotated[str, typer.Argument(help="work (a second one: work-2), sink, fetch or console")],
) -> None:
    """Exit 0 if PROCESS gave a sign of life within the last 30 seconds, else 1.

    [bold]Example:[/] communique health sink
    """
    if process.partition("-")[0] not in PROCESSES:
        raise ConfigurationError(
            f"there is no process {process!r}", remedy=f"Ask after {', '.join(PROCESSES)}."
        )
    loaded = settings.load()
    if not alive.is_alive(loaded, process):
        raise CommuniqueError(
            f"{process} has given no sign of life for {alive.STALE_SECONDS:g} s",
            remedy=f"Look at its log ({loaded.home / 'logs' / f'{process}.log'}, or the container's).",
        )
    typer.echo(f"{process} is alive")
