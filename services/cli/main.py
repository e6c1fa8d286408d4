"""The command line: parses and wires; every command has `--help` with an example.

Only the module of the command that is asked for is imported: all of them take a second and 60 MB, in each
process that `up` starts.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Annotated, Final

import typer

from services.errors import CommuniqueError

COMMANDS: Final = {  # the module of each command, in the order of the help
    "up": "local",
    "down": "local",
    "fetch": "fetch",
    "work": "processes",
    "sink": "processes",
    "console": "console",
    "backfill": "backfill",
    "replay": "replay",
    "sql": "sql",
    "explain": "explain",
    "diff": "explain",
    "status": "status",
    "verify": "replay",
    "health": "health",
}
GROUPS: Final = {"sources": "sources", "dead-letters": "dead_letters", "topics": "topics", "db": "db"}


def make_app(wanted: str | None = None) -> typer.Typer:
    """Build the command line: all of it, or of its commands and groups only the `wanted` one."""
    app = typer.Typer(
        name="communique",
        help="A live, queryable record of diplomacy: official releases as typed, sourced facts in SQL.",
        no_args_is_help=True,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(main)
    every = wanted not in COMMANDS.keys() | GROUPS.keys()
    for name, module in COMMANDS.items():
        if every or name == wanted:
            app.command()(getattr(import_module(f"services.cli.{module}"), name))
    for name, module in GROUPS.items():
        if every or name == wanted:
            app.add_typer(import_module(f"services.cli.{module}").app, name=name)
    return app


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415

        typer.echo(version("communique"))
        raise typer.Exit


def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Official releases as typed, sourced facts in SQL."""


def run() -> None:
    """Run the command line; an error of ours is one message, never a traceback."""
    try:
        make_app(sys.argv[1] if len(sys.argv) > 1 else None)()
    except CommuniqueError as error:
        from services.cli.shared import fail  # noqa: PLC0415 (processes print nothing)

        fail(error)
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    run()
