"""The command line: parses and wires; every command has `--help` with an example."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from services.cli import (
    backfill,
    console,
    db,
    dead_letters,
    explain,
    fetch,
    health,
    local,
    processes,
    replay,
    sources,
    sql,
    status,
    topics,
)
from services.cli.shared import err, fail
from services.errors import CommuniqueError

app = typer.Typer(
    name="communique",
    help="A live, queryable record of diplomacy: official releases as typed, sourced facts in SQL.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415

        typer.echo(version("communique"))
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Official releases as typed, sourced facts in SQL."""


app.command()(local.up)
app.command()(local.down)
app.command()(fetch.fetch)
app.command()(processes.work)
app.command()(processes.sink)
app.command()(console.console)
app.command()(backfill.backfill)
app.command()(replay.replay)
app.command()(sql.sql)
app.command()(explain.explain)
app.command()(explain.diff)
app.command()(status.status)
app.command()(replay.verify)
app.command()(health.health)
app.add_typer(sources.app, name="sources")
app.add_typer(dead_letters.app, name="dead-letters")
app.add_typer(topics.app, name="topics")
app.add_typer(db.app, name="db")


def run() -> None:
    """Run the command line; an error of ours is one message, never a traceback."""
    try:
        app()
    except CommuniqueError as error:
        fail(error)
    except KeyboardInterrupt:
        err.print("interrupted")
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    run()
