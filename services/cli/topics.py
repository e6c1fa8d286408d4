"""`communique topics create / check`."""

from __future__ import annotations

from typing import Annotated

import typer

from services import kafka, settings
from services.cli.shared import err, out, print_json
from services.errors import CommuniqueError

app = typer.Typer(help="Create and verify the Kafka topics.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


@app.command()
def create(json: Json = False) -> None:
    """Create the topics that are missing; never changes one that exists.

    [bold]Example:[/] communique topics create
    """
    loaded = settings.load()
    kafka.wait_for_broker(loaded)
    made = kafka.create_topics(loaded)
    if json:
        print_json({"created": made})
    else:
        err.print(f"created: {', '.join(made)}" if made else "All topics are there.")


@app.command()
def check(json: Json = False) -> None:
    """Compare partitions, retention, sizes and replication with what they must be; exit 1 on a difference.

    [bold]Example:[/] communique topics check
    """
    loaded = settings.load()
    kafka.wait_for_broker(loaded)
    found = kafka.check_topics(loaded)
    if json:
        print_json({"differences": found})
        raise typer.Exit(int(bool(found)))
    for line in found:
        out.print(line, highlight=False, markup=False)
    if found:
        raise CommuniqueError(
            f"{len(found)} differences", remedy="Correct them on the broker, or use a new topic prefix."
        )
    err.print("All topics are as they must be.")
