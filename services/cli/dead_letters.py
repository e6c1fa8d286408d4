"""`communique dead-letters list / show / retry`."""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from typing import Annotated

import typer

from services import kafka, settings
from services.cli.shared import err, out, print_json, progress, table_of
from services.replay import letters

app = typer.Typer(help="Records that a stage could not process, kept byte for byte.", no_args_is_help=True)


class StageName(StrEnum):
    """The stages that make dead letters."""

    fetch = "fetch"
    backfill = "backfill"
    clean = "clean"
    annotate = "annotate"
    sink = "sink"


Stage = Annotated[StageName | None, typer.Option(help="Of this stage only.")]
Error = Annotated[str | None, typer.Option(help="Of this class of error only.")]
Release = Annotated[str | None, typer.Option(help="Of this release only.")]
Limit = Annotated[int, typer.Option(min=1, help="At most so many.")]
Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@app.command("list")
def list_(
    stage: Stage = None,
    error: Error = None,
    release: Release = None,
    resolved: Annotated[bool, typer.Option("--resolved", help="Resolved ones too.")] = False,
    limit: Limit = 100,
    json: Json = False,
) -> None:
    """List dead letters, latest first.

    [bold]Example:[/] communique dead-letters list --error NoText
    """
    found = letters.select(settings.load(), letters.Which(stage, error, release, resolved, limit))
    if json:
        print_json(found)
        return
    rows = [
        [
            f"{r['topic']}:{r['partition']}:{r['offset']}",
            r["stage"],
            r["error"],
            r["message"][:80],
            str(r["attempts"]),
            r["first_failed_at"][:19],
            (r["resolved_at"] or "")[:19],
        ]
        for r in found
    ]
    headings = ["origin", "stage", "error", "message", "attempts", "first failed", "resolved"]
    out.print(table_of("Dead letters", headings, rows, right=(4,)) if rows else "There are no dead letters.")


@app.command()
def show(
    origin: Annotated[str, typer.Argument(help="topic:partition:offset, as `list` shows it")],
    json: Json = False,
) -> None:
    """Show one dead letter whole: its reason, its headers, its bytes.

    [bold]Example:[/] communique dead-letters show communique.releases.raw:3:17
    """
    found = letters.show(settings.load(), origin)
    payload = found.pop("payload") or b""
    text = payload.decode("utf-8", "backslashreplace")
    if json:
        print_json({**found, "payload": text})
        return
    for name, value in found.items():
        out.print(f"{name:18} {value}", highlight=False, markup=False, soft_wrap=True)
    out.print(f"payload ({len(payload)} bytes):", highlight=False)
    out.print(text[:4000], highlight=False, markup=False, soft_wrap=True)


@app.command()
def retry(
    stage: Stage = None,
    error: Error = None,
    release: Release = None,
    limit: Limit = 1000,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count, send nothing.")] = False,
    json: Json = False,
) -> None:
    """Send the originals of unresolved dead letters through the processors again; history is kept.

    [bold]Example:[/] communique dead-letters retry --error NoText --dry-run
    """
    loaded = settings.load()
    kafka.wait_for_broker(loaded)
    with progress("retrying"):
        counts = letters.retry(loaded, letters.Which(stage, error, release, limit=limit), dry_run=dry_run)
    if json:
        print_json(dataclasses.asdict(counts))
        return
    verb = "would be retried" if dry_run else "retried"
    said = f"{counts.retried} {verb}, {counts.resolved} of them resolved"
    if counts.without_original:
        said += f"; {counts.without_original} have no original on the log (refused at the door)"
    err.print(said + ".", highlight=False)
