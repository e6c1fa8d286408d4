"""`communique health PROCESS`: the probe of containers."""

from __future__ import annotations

from typing import Annotated

import typer

from services import alive, settings
from services.errors import CommuniqueError


def health(process: Annotated[str, typer.Argument(help="work, sink, fetch or console")]) -> None:
    """Exit 0 if PROCESS gave a sign of life within the last 30 seconds, else 1.

    [bold]Example:[/] communique health sink
    """
    loaded = settings.load()
    if not alive.is_alive(loaded, process):
        raise CommuniqueError(
            f"{process} has given no sign of life for {alive.STALE_SECONDS:g} s", remedy="Look at its log."
        )
    typer.echo(f"{process} is alive")
