"""`communique db`: bring the schema to a revision, and check it against what this version works with."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from services import settings as configuration
from services.database import schema
from services.errors import CommuniqueError

app = typer.Typer(help="The schema of the database.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON")]


@app.command()
def upgrade(
    revision: Annotated[str, typer.Argument(help="Revision to go to")] = "head",
    as_json: Json = False,
) -> None:
    """Bring the schema to head, or to an earlier revision; harmless when it is there.

    Example: communique db upgrade
    """
    settings = configuration.load(create=True)
    before = schema.current(settings)
    schema.upgrade(settings, revision)
    _say_moved(before, schema.current(settings), as_json=as_json)


@app.command()
def downgrade(
    revision: Annotated[str, typer.Argument(help="Revision to go back to, or `base` for an empty database")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask")] = False,
    as_json: Json = False,
) -> None:
    """Take the schema back to an earlier revision; the rows of tables that go are lost.

    Example: communique db downgrade 0004 --yes
    """
    settings = configuration.load()
    before = schema.current(settings)
    if not yes:
        typer.confirm(
            f"Take {settings.url().render_as_string()} back to {revision}? Rows may be lost.", abort=True
        )
    schema.downgrade(settings, revision)
    _say_moved(before, schema.current(settings), as_json=as_json)


@app.command()
def check(as_json: Json = False) -> None:
    """Tell whether the schema is at head and matches this version; status 1 if not.

    Example: communique db check
    """
    settings = configuration.load()
    found = schema.describe(settings)
    if as_json:
        typer.echo(json.dumps(found))
    if not found["problems"]:
        if not as_json:
            typer.echo(f"The schema is at head ({found['head']}) and as it should be.")
        return
    if as_json:
        raise typer.Exit(1)
    raise CommuniqueError(
        "; ".join(found["problems"]),
        remedy="Run `communique db upgrade`; if that does not help, the schema was changed by other means.",
    )


def _say_moved(before: str | None, after: str | None, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"before": before, "after": after}))
    elif before == after:
        typer.echo(f"The schema is at revision {after or 'none'} already.")
    else:
        typer.echo(f"The schema went from revision {before or 'none'} to {after or 'none'}.")
