"""`communique replay` and `verify`: the raw topic through the processors again, and against the tables."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Annotated

import typer

from services import kafka, settings
from services.cli.shared import err, out, print_json, progress
from services.database.columns import iso_time
from services.errors import CommuniqueError, ConfigurationError


def replay(
    since: Annotated[str | None, typer.Option("--from", help="Observed at or after this time (ISO).")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Observed before this time (ISO).")] = None,
    source: Annotated[str | None, typer.Option(help="Of this source only.")] = None,
    release: Annotated[str | None, typer.Option(help="Of this release only.")] = None,
    rate: Annotated[float | None, typer.Option(min=0.001, help="At most so many records a second.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Count what would be replayed, copy nothing.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Run releases that are on the log through the processors again, beside live traffic.

    [bold]Example:[/] communique replay --from 2025-01-01 --source seeds
    """
    from services.replay.log import Filter  # noqa: PLC0415
    from services.replay.replay import replay as run  # noqa: PLC0415

    loaded = settings.load()
    wanted = Filter(_time(since, "--from"), _time(until, "--to"), source, release)
    if wanted.since and wanted.until and wanted.since >= wanted.until:
        raise ConfigurationError("--to is not after --from", remedy="--to itself is left out; swap them?")
    kafka.wait_for_broker(loaded)
    with progress("replay") as tell:
        counts = run(loaded, wanted, rate=rate, dry_run=dry_run, tell=tell)
    if json:
        print_json(dataclasses.asdict(counts))
    else:
        done = "would be replayed" if dry_run else "replayed"
        err.print(f"{counts.copied} of {counts.seen} records {done}.", highlight=False)


def _time(said: str | None, option: str) -> str | None:
    if said is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(said)
    except ValueError:
        raise ConfigurationError(
            f"{option} {said!r} is not a time", remedy="Write 2025-01-31 or 2025-01-31T12:00:00Z."
        ) from None
    return iso_time(moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC))


def verify(
    repair: Annotated[bool, typer.Option("--repair", help="Replay what is missing.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Show that nothing published is missing: every raw record is stored or dead-lettered. Exit 1 if not.

    [bold]Example:[/] communique verify --repair
    """
    from services.replay.verify import verify as run  # noqa: PLC0415

    loaded = settings.load()
    kafka.wait_for_broker(loaded)
    with progress("verify") as tell:
        found = run(loaded, repair=repair, tell=tell)
    if json:
        print_json(dataclasses.asdict(found))
        raise typer.Exit(int(bool(found.missing)))
    err.print(
        f"{found.records} records on the log: {found.stored} stored, {found.dead} dead-lettered,"
        f" {found.observations} observations, {len(found.missing)} missing"
        + (f", {found.repaired} repaired." if repair else "."),
        highlight=False,
    )
    for position in found.missing[:20]:
        out.print(position, highlight=False)
    if found.missing:
        raise CommuniqueError(
            f"{len(found.missing)} records are neither stored nor dead-lettered",
            remedy="Run `communique verify --repair`.",
        )
