"""`communique fetch`: polls enabled sources, for ever or once."""

from __future__ import annotations

import asyncio
from typing import Annotated

import msgspec
import typer

from services import kafka, logs, settings
from services.cli.shared import out, print_json, progress, table_of
from services.database import schema
from services.errors import CommuniqueError, ConfigurationError


def fetch(
    once: Annotated[bool, typer.Option("--once", help="Poll what is due one time, and exit.")] = False,
    all_enabled: Annotated[
        bool,
        typer.Option(
            "--all",
            help="With --once: every enabled source, and its newest releases once more; back-off and Retry-After still kept.",
        ),
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="With --once: print what each source brought as JSON.")
    ] = False,
) -> None:
    """Poll the enabled sources politely, and publish what is new or changed.

    Without options it runs until SIGTERM, which finishes the releases in hand.

    [bold]Example:[/] communique fetch --once --all
    """
    if (all_enabled or json) and not once:
        raise ConfigurationError("--all and --json go with --once", remedy="Add --once.")
    loaded = settings.load()
    logs.set_up(loaded, "fetch")
    if not schema.is_at_head(loaded):
        raise ConfigurationError(
            "the schema of the database is not the one of this version", remedy="Run `communique db upgrade`."
        )
    kafka.wait_for_broker(loaded, 60)
    from services.fetcher.loop import fetch_forever, fetch_once  # noqa: PLC0415 (slow to import)

    if not once:
        asyncio.run(fetch_forever(loaded))
        return
    with progress("polling"):
        logs.set_up(loaded, "fetch")  # anew: so its lines come above the progress
        reports = asyncio.run(fetch_once(loaded, all=all_enabled))
    if json:
        print_json([msgspec.to_builtins(r) for r in reports])
    else:
        rows = [
            [
                r.source_id,
                r.kind or "",
                str(r.listed),
                str(r.new),
                str(r.edited),
                str(r.withdrawn),
                r.error or "; ".join(r.failed[:2]),
            ]
            for r in reports
        ]
        headings = ["source", "kind", "listed", "new", "edited", "withdrawn", "what went wrong"]
        out.print(table_of("Polled", headings, rows, right=(2, 3, 4, 5)) if rows else "No source is due.")
    if reports and all(r.error for r in reports):
        raise CommuniqueError(
            "every source failed", remedy="See the reasons above, or `communique sources check`."
        )
