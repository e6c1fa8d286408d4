"""`communique work` and `communique sink`: one process in the foreground, as containers run them."""

from __future__ import annotations

import signal
from typing import Annotated

import typer

from services import garbage, kafka, logs, settings
from services.database import schema
from services.errors import ConfigurationError


def work() -> None:
    """Run one stream processor (Faust): clean and annotate.

    Run as many as there are partitions; they share the work. SIGTERM finishes the batch in hand.

    [bold]Example:[/] communique work
    """
    from services.worker import run  # noqa: PLC0415 (Faust is slow to import)

    run(settings.load())


def sink(
    start_over: Annotated[
        bool,
        typer.Option("--start-over", help="Forget the stored offsets (after a broker was wiped on purpose)."),
    ] = False,
) -> None:
    """Run one sink: topic `events` to the tables, rows and offsets in one transaction.

    [bold]Example:[/] communique sink
    """
    from services.sink.consumer import Sink  # noqa: PLC0415
    from services.sink.offsets import forget  # noqa: PLC0415
    from services.sink.writer import run  # noqa: PLC0415

    loaded = settings.load()
    logs.set_up(loaded, "sink")
    if not schema.is_at_head(loaded):
        raise ConfigurationError(
            "the schema of the database is not the one of this version", remedy="Run `communique db upgrade`."
        )
    kafka.wait_for_broker(loaded, 60)
    process = Sink(loaded)
    if start_over:
        run(process.engine, loaded, lambda connection: forget(connection, process.group))
        typer.echo("The stored offsets are forgotten; the rows are kept.")
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: process.stop())
    garbage.settle()
    process.run()
