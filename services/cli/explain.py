"""`communique explain` and `diff`: every fact marked in its text; what an edit changed."""

from __future__ import annotations

import difflib
import itertools
from pathlib import Path
from typing import Annotated, Any

import msgspec
import sqlalchemy as sa
import typer
from rich.text import Text

from services import settings
from services.cli.shared import err, out, print_json, table_of
from services.database import tables as t
from services.database.engine import clear_errors, read_only
from services.errors import BadRecord, CommuniqueError
from services.settings import Settings
from services.sink.revisions import unpack
from streams.records import AnnotatedRelease, RawRelease

FIND = 'Find ids with `communique sql "SELECT release_id, title FROM releases"`.'
COLOURS = {
    "person": "bold green",
    "organization": "bold blue",
    "place": "cyan",
    "country": "cyan",
    "region": "cyan",
    "agreement": "bold magenta",
    "initiative": "magenta",
    "date": "yellow",
    "figure": "bold yellow",
    "event": "underline",
}


def explain(
    what: Annotated[str, typer.Argument(metavar="RELEASE_ID|FILE", help="A stored release, or a file.")],
    json: Annotated[bool, typer.Option("--json", help="Print the whole annotation as JSON.")] = False,
) -> None:
    """Print a release with every fact marked in its text and, for each, the rule that found it.

    [bold]Examples:[/]
      communique explain seeds/001_e506c08ab7124fe3.txt
      communique explain 3f2a...
    """
    path = Path(what)
    record = _from_file(path) if path.is_file() else _from_database(settings.load(), what)
    if json:
        print_json(msgspec.to_builtins(record))
        return
    out.print(marked(record), soft_wrap=False)
    out.print()
    for title, headings, rows in facts(record):
        if rows:
            out.print(table_of(title, headings, rows))


def _from_file(path: Path) -> AnnotatedRelease:
    from streams.annotate import PIPELINE_VERSION, annotate  # noqa: PLC0415 (extraction data is loaded on import)
    from streams.clean import clean  # noqa: PLC0415

    kind = {".html": "text/html", ".htm": "text/html", ".pdf": "application/pdf"}.get(
        path.suffix.lower(), "text/plain"
    )
    raw = RawRelease(
        schema_version=1,
        release_id=path.name,
        source_id="files",
        source_ref=path.name,
        content_hash="",
        fetched_at="1970-01-01T00:00:00.000000Z",
        body=path.read_bytes(),
        media_type=kind,
    )
    try:
        release = clean(raw)
    except BadRecord as error:
        raise CommuniqueError(
            f"{path} cannot be read as a release: {error}", remedy="Give a text, HTML or PDF file."
        ) from None
    return AnnotatedRelease(
        schema_version=1, release=release, annotation=annotate(release), pipeline_version=PIPELINE_VERSION
    )


def _from_database(loaded: Settings, release_id: str) -> AnnotatedRelease:
    revisions, releases = t.release_revisions, t.releases
    query = (
        sa.select(revisions.c.record)
        .join(
            releases,
            (releases.c.release_id == revisions.c.release_id)
            & (releases.c.content_hash == revisions.c.content_hash),
        )
        .where(releases.c.release_id == release_id)
    )
    with clear_errors(loaded), read_only(loaded).connect() as db:
        blob = db.scalar(query)
    if blob is None:
        raise CommuniqueError(
            f"there is no release {release_id!r}, and no file of that name",
            remedy=FIND,
        )
    return unpack(blob)


def marked(record: AnnotatedRelease) -> Text:
    """Return the text with every fact in the colour of its kind."""
    found, text = record.annotation, Text(record.release.text)
    kinds = {e.entity_id: e.kind for e in found.entities}
    for report in found.reports:
        text.stylize(COLOURS["event"], report.start_char, report.end_char)
    for mention in found.mentions:
        text.stylize(COLOURS[kinds[mention.entity_id]], mention.start_char, mention.end_char)
    for date in found.dates:
        text.stylize(COLOURS["date"], date.start_char, date.end_char)
    for figure in found.figures:
        text.stylize(COLOURS["figure"], figure.start_char, figure.end_char)
    return text


def facts(record: AnnotatedRelease) -> list[tuple[str, list[str], list[list[str]]]]:
    """Return a table for each kind of fact: title, headings, rows."""
    found = record.annotation
    names = {e.entity_id: e.name for e in found.entities}

    def span(x: Any) -> str:
        return f"{x.start_char}-{x.end_char}"

    events = [
        [
            ("* " if r.main else "") + f"{r.type} {r.form} {r.status}",
            f"{r.started_on or ''} {r.date_basis or ''}",
            "; ".join(f"{names.get(p.entity_id, p.entity_id)} ({p.role})" for p in r.participants),
            r.quote,
            r.rule,
        ]
        for r in found.reports
    ]
    mentions = [
        [span(m), m.surface, m.entity_id, m.use, m.office or "", m.country or "", m.rule]
        for m in found.mentions
    ]
    dates = [[span(d), d.surface, f"{d.start_on or '?'} to {d.end_on or '?'}", d.rule] for d in found.dates]
    figures = [
        [
            span(f),
            f.surface,
            f"{f.qualifier} {f.value} {f.unit}",
            f.measure or "",
            f"{f.period_start or ''}",
            f.rule,
        ]
        for f in found.figures
    ]
    topics = [[str(x.rank), x.topic, f"{x.score:.2f}"] for x in found.topics]
    return [
        (f"Events ({found.kind}, {found.genre})", ["what", "when", "who", "words", "rule"], events),
        ("Mentions", ["span", "words", "entity", "use", "office", "country", "rule"], mentions),
        ("Dates", ["span", "words", "days", "rule"], dates),
        ("Figures", ["span", "words", "value", "measure", "period", "rule"], figures),
        ("Topics", ["rank", "topic", "score"], topics),
    ]


def diff(
    release_id: Annotated[str, typer.Argument(help="A stored release.")],
    json: Annotated[bool, typer.Option("--json", help="Print the revisions as JSON.")] = False,
) -> None:
    """Show what edits changed: the revisions of a release, and the lines that differ.

    [bold]Example:[/] communique diff 3f2a...
    """
    loaded, table = settings.load(), t.release_revisions
    columns = [c for c in table.columns if c.name != "record"]
    query = sa.select(*columns).where(table.c.release_id == release_id).order_by(table.c.revision)
    observed = (
        sa.select(t.release_observations)
        .where(t.release_observations.c.release_id == release_id)
        .order_by(t.release_observations.c.fetched_at)
    )
    engine = read_only(loaded)
    try:
        with clear_errors(loaded), engine.connect() as db:
            rows = [dict(row) for row in db.execute(query).mappings()]
            seen = [dict(row) for row in db.execute(observed).mappings()]
    finally:
        engine.dispose()
    if not rows:
        raise CommuniqueError(f"there is no release {release_id!r}", remedy=FIND)
    if json:
        print_json(rows)
        return
    current = max(rows, key=lambda r: (r["last_fetched_at"], r["content_hash"]))
    err.print(
        f"{len(rows)} revision(s) of {release_id}; revision {current['revision']} is the current one, "
        f"last seen {current['last_fetched_at']}.",
        highlight=False,
    )
    for row in seen:
        err.print(f"{row['what']} by the publisher, seen {row['fetched_at']}", highlight=False)
    for old, new in itertools.pairwise(rows):
        before, after = (f"revision {r['revision']}, seen {r['first_fetched_at']}" for r in (old, new))
        lines = [r["text"].splitlines() for r in (old, new)]
        for line in difflib.unified_diff(lines[0], lines[1], before, after, lineterm=""):
            style = "green" if line.startswith("+") else "red" if line.startswith("-") else ""
            out.print(line, style=style, highlight=False, markup=False, soft_wrap=True)
