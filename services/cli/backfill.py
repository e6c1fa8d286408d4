"""`communique backfill`: bring releases in from files; without a path, the seeds."""

from __future__ import annotations

from importlib import resources
from typing import Annotated

import msgspec
import typer

from services import kafka, settings
from services.cli.shared import err, out, print_json, progress
from services.database import schema
from services.errors import ConfigurationError


def backfill(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Files, folders, globs, or - for standard input.")
    ] = None,
    source: Annotated[str | None, typer.Option(help="The source that the releases belong to.")] = None,
    wait: Annotated[
        bool, typer.Option("--wait", help="Return when every record is stored or dead-lettered.")
    ] = False,
    rate: Annotated[float | None, typer.Option(min=0.001, help="At most so many releases a second.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be published, publish nothing.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Bring releases in: .txt, .html, .pdf, .json, .jsonl, feeds (.xml), .warc.gz, and archives of them.

    Without a path: the five seed releases. What the database holds already is skipped.

    [bold]Examples:[/]
      communique backfill --wait
      communique backfill press/*.html archive.warc.gz --source kazakh-mfa --wait
      zcat releases.jsonl.gz | communique backfill -
    """
    from services.backfill.run import Options, run  # noqa: PLC0415 (extraction data is loaded on import)

    loaded = settings.load(create=True)
    if not schema.is_at_head(loaded):
        raise ConfigurationError(
            "the database has no schema yet, or not the one of this version",
            remedy="Run `communique up` (or `communique db upgrade`) first.",
        )
    if not dry_run:
        kafka.wait_for_broker(loaded)
    with resources.as_file(resources.files("seeds")) as seeds, progress("backfill") as tell:
        wanted = paths or [str(f) for f in sorted(seeds.glob("*.txt"))]
        source_id = source or ("files" if paths else "seeds")
        counts = run(loaded, wanted, Options(source_id, rate, wait, dry_run), tell)
    if json:
        print_json(msgspec.to_builtins(counts))
        return
    if dry_run:
        for name in counts.names:
            out.print(name, highlight=False, markup=False, soft_wrap=True)
        err.print(f"{len(counts.names)} of {counts.found} would be published.")
        return
    said = [f"{counts.published} published", f"{counts.skipped} skipped (held already)"]
    if counts.refused:
        said.append(f"{counts.refused} refused (too large)")
    if wait:
        said += [f"{counts.stored} stored", f"{counts.dead} dead-lettered"]
    err.print(f"{counts.found} releases found: {', '.join(said)}.", highlight=False)
    if counts.dead or counts.refused:
        err.print("`communique dead-letters list` says why.")
