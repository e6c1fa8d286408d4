"""`communique sources ...`: the catalogue, what is enabled, and whether it works."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import msgspec
import typer

from services import settings
from services.cli.shared import err, out, print_json, progress, table_of
from services.errors import CommuniqueError, ConfigurationError

app = typer.Typer(
    help="The sources: list, add, check, remove, enable, disable, backfill.", no_args_is_help=True
)
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Ids = Annotated[list[str] | None, typer.Argument(help="Ids, as `sources list` shows them.")]


@app.command("list")
def list_sources(
    enabled: Annotated[bool, typer.Option("--enabled", help="Only those that are switched on.")] = False,
    country: Annotated[
        str | None, typer.Option(help="Only this publisher country, such as KAZ or EU.")
    ] = None,
    kind: Annotated[str | None, typer.Option(help="Only this kind, such as ministry.")] = None,
    json: Json = False,
) -> None:
    """List the sources of the database and those of the catalogue, which ship disabled.

    [bold]Example:[/] communique sources list --country KAZ
    """
    from services.fetcher import sources  # noqa: PLC0415

    rows = sources.listed(settings.load(), enabled_only=enabled, country=country, kind=kind)
    if json:
        print_json(rows)
        return
    cells = [
        [
            r["source_id"],
            r["name"],
            r["publisher_country"] or "",
            r["kind"],
            "on" if r["enabled"] else "off",
            r["url"] or "",
        ]
        for r in rows
    ]
    if not rows:
        out.print("No source is enabled." if enabled and not (country or kind) else "No source fits.")
        return
    out.print(table_of(f"{len(rows)} sources", ["id", "name", "country", "kind", "", "address"], cells))


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="A feed, a sitemap, a page that lists releases, or a site.")],
    source_id: Annotated[
        str | None, typer.Option("--id", help="Its id; else made from the host name.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="The publisher's name; else that of the host.")] = None,
    country: Annotated[
        str | None,
        typer.Option(help="The publisher's country, such as KAZ or EU; else by a government's domain."),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(help="ministry (the default), presidency, government, organization or agency."),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Its language, such as en; else that of its newest releases.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Add without asking.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Add although it fails now.")] = False,
    json: Json = False,
) -> None:
    """Find what can be polled at an address, show what it would publish, and add it, switched on.

    With the id of a source of the catalogue its publisher is added at this address, in place of the one there.

    [bold]Example:[/] communique sources add https://ministry.example/news --id norlandia-mfa
    """
    from services.fetcher import naming, sources  # noqa: PLC0415

    loaded = settings.load()
    said = naming.Publisher(name, country, kind, language)
    with progress("looking at the site"):
        proposal = sources.propose(loaded, url, source_id, said)
    if json:
        print_json(msgspec.to_builtins(proposal))
    else:
        _show(proposal)
    if proposal.error and not force:
        raise CommuniqueError(
            proposal.error, remedy="Try another address of the site, or add it all the same with --force."
        )
    if not (yes or force) and not typer.confirm("Add it?", err=True):
        raise typer.Exit(1)
    sources.add(loaded, proposal.source)
    err.print(f"Added {proposal.source.source_id}. Poll it now with `communique fetch --once`.", markup=False)


def _show(proposal: object) -> None:
    from services.fetcher.sources import Proposal  # noqa: PLC0415

    assert isinstance(proposal, Proposal)
    found = proposal.candidate
    if found is None:
        return
    rows = [[s.published_on or "", s.title or "", str(s.characters), s.error or ""] for s in found.samples]
    title = f"{found.url} ({found.kind}, {len(found.entries)} releases) would publish:"
    out.print(table_of(title, ["published", "title", "characters", "what went wrong"], rows, right=(2,)))
    for other in proposal.others:
        out.print(
            f"also found: {other.url} ({other.kind}, {len(other.entries)})", markup=False, highlight=False
        )


@app.command()
def check(
    ids: Ids = None,
    stale: Annotated[
        bool,
        typer.Option(
            "--stale",
            help="Fetch nothing; name enabled sources that fail, are silent or are not polled, exit 1 if any.",
        ),
    ] = False,
    json: Json = False,
) -> None:
    """Fetch each source once and say what it would publish: reachable, robots, kind, newest, text, date.

    Without ids: every enabled source. Nothing is published. Exit 1 if one does not work.

    [bold]Example:[/] communique sources check kaz-mfa
    """
    from services.fetcher import sources  # noqa: PLC0415

    loaded = settings.load()
    if stale:
        _check_stale(sources.stale(loaded), json)
        return
    with progress("checking") as tell:
        found = sources.check(loaded, ids or [], tell)
    if json:
        print_json([msgspec.to_builtins(c) for c in found])
    else:
        rows = [
            [
                c.source_id,
                _yes(c.reachable),
                c.robots,
                c.kind or "",
                str(c.listed),
                c.newest or "",
                _yes(c.text_found),
                _yes(c.date_found),
                c.error or "",
            ]
            for c in found
        ]
        headings = [
            "source",
            "reachable",
            "robots",
            "kind",
            "listed",
            "newest",
            "text",
            "date",
            "what went wrong",
        ]
        out.print(table_of("Checked", headings, rows, right=(4,)) if rows else "No source is enabled.")
    if any(not c.is_good for c in found):
        raise typer.Exit(1)


def _check_stale(rows: list[dict[str, object]], json: bool) -> None:
    if json:
        print_json(rows)
    else:
        headings = ["source_id", "state", "last_success_at", "last_new_at", "overdue_hours", "last_error"]
        cells = [[str(r[h] if r[h] is not None else "") for h in headings] for r in rows]
        out.print(table_of("Stale sources", headings, cells) if rows else "No enabled source is stale.")
    if rows:
        raise typer.Exit(1)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


@app.command()
def enable(
    ids: Ids = None,
    country: Annotated[
        str | None, typer.Option(help="Those of this publisher country, such as KAZ or EU.")
    ] = None,
    kind: Annotated[str | None, typer.Option(help="Those of this kind, such as ministry.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All of the catalogue.")] = False,
    json: Json = False,
) -> None:
    """Switch sources on; the fetcher polls them from then on.

    [bold]Example:[/] communique sources enable --country KAZ --kind ministry
    """
    from services.fetcher import sources  # noqa: PLC0415

    done = sources.enable(settings.load(), ids or [], country=country, kind=kind, everything=everything)
    if not done:
        raise ConfigurationError("no source of the catalogue fits", remedy="See `communique sources list`.")
    _say("enabled", done, json)


@app.command()
def disable(
    ids: Ids = None,
    everything: Annotated[bool, typer.Option("--all", help="All sources.")] = False,
    json: Json = False,
) -> None:
    """Switch sources off; what they brought stays.

    [bold]Example:[/] communique sources disable kaz-mfa
    """
    from services.fetcher import sources  # noqa: PLC0415

    if not ids and not everything:
        raise ConfigurationError("nothing is named", remedy="Name ids, or --all.")
    _say("disabled", sources.disable(settings.load(), ids or [], everything=everything), json)


@app.command()
def remove(ids: Annotated[list[str], typer.Argument(help="Ids of sources.")], json: Json = False) -> None:
    """Take sources out of the database with what the fetcher remembers of them; releases stay.

    [bold]Example:[/] communique sources remove norlandia-mfa
    """
    from services.fetcher import sources  # noqa: PLC0415

    _say("removed", sources.remove(settings.load(), ids), json)


@app.command()
def backfill(
    source_id: Annotated[str, typer.Argument(help="Id of a source.")],
    since: Annotated[dt.datetime, typer.Option(formats=["%Y-%m-%d"], help="The first day wanted.")],
    json: Json = False,
) -> None:
    """Walk a source's sitemap or pages into the past, politely; stopped, it goes on where it was.

    [bold]Example:[/] communique sources backfill kaz-mfa --since 2024-01-01
    """
    from services.fetcher import history  # noqa: PLC0415

    with progress(source_id) as tell:
        walked = history.backfill(settings.load(), source_id, since.date(), tell)
    if json:
        print_json(msgspec.to_builtins(walked))
        return
    err.print(
        f"{walked.published} published, {walked.known} known already, {len(walked.failed)} failed, {walked.pages} pages",
        markup=False,
    )
    for line in walked.failed[:5]:
        err.print(f"  {line}", markup=False, highlight=False)


def _say(what: str, ids: list[str], json: bool) -> None:
    if json:
        print_json({what: ids})
    else:
        err.print(
            f"{what}: {', '.join(ids[:20])}" + (f" and {len(ids) - 20} more" if len(ids) > 20 else ""),
            markup=False,
        )
