"""What the command line does with sources: list, add, check, remove, enable, disable."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

import sqlalchemy as sa

from services.database import engine as database
from services.database import tables as t
from services.database.columns import now
from services.database.engine import clear_errors
from services.errors import CommuniqueError, ConfigurationError
from services.fetcher import catalogue, index, naming
from services.fetcher.discovery import Candidate, Sample, discover, sample
from services.fetcher.entries import Entry, Index, IndexKind
from services.fetcher.failures import FetchFailure, Reason
from services.fetcher.naming import Publisher
from services.fetcher.state import Source
from services.fetcher.store import open_store
from services.fetcher.web import Web, open_web
from services.settings import Settings
from streams.clean.identity import canonical_url

T = TypeVar("T")
Tell = Callable[[str, int, int], None]  # step, done, total
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)")
_LIMIT: Final = 50 * 1024 * 1024
_MOST_SAMPLED: Final = 3  # candidates of which releases are read, until some can be


@dataclass(slots=True)
class Checked:
    """What `sources check` found out about one source."""

    source_id: str
    reachable: bool = False
    robots: str = "unknown"  # allowed, disallowed, unknown
    kind: str | None = None
    listed: int = 0
    newest: str | None = None
    title: str | None = None
    text_found: bool = False
    date_found: bool = False
    error: str | None = None
    samples: list[Sample] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return self.error is None and self.text_found


def listed(
    settings: Settings, *, enabled_only: bool = False, country: str | None = None, kind: str | None = None
) -> list[dict[str, Any]]:
    """Sources of the database with their state, then those of the catalogue that it does not hold."""
    naming.checked_kind(kind)
    query = (
        sa.select(t.sources, t.source_state)
        .join(t.source_state, t.source_state.c.source_id == t.sources.c.source_id, isouter=True)
        .order_by(t.sources.c.source_id)
    )
    with _connected(settings) as connection:
        rows = [dict(row) for row in connection.execute(query).mappings()]
        country = naming.checked_country(connection, country)
    held = {row["source_id"] for row in rows}
    if not enabled_only:
        rows += [_catalogue_row(e) for e in catalogue.entries() if e.source_id not in held]
    return [
        row
        for row in rows
        if (row["enabled"] or not enabled_only)
        and country in {None, row["publisher_country"]}
        and kind in {None, row["kind"]}
    ]


def _catalogue_row(entry: catalogue.Entry) -> dict[str, Any]:
    source = entry.source()
    row: dict[str, Any] = {name: getattr(source, name) for name in source.__slots__}
    return {**row, "enabled": False, "verified_on": None}


def source_of(settings: Settings, source_id: str) -> Source:
    """A source by its id, of the database or of the catalogue."""
    for row in listed(settings):
        if row["source_id"] == source_id and row["url"]:
            return _source(row)
    raise _unknown([source_id])


def enable(
    settings: Settings,
    ids: list[str],
    *,
    country: str | None = None,
    kind: str | None = None,
    everything: bool = False,
) -> list[str]:
    """Switch sources on, those of the catalogue by putting them into the database; returns their ids."""
    if not (ids or country or kind or everything):
        raise ConfigurationError("nothing is named", remedy="Name ids, or --country, --kind or --all.")
    naming.checked_kind(kind)
    with _connected(settings) as connection:
        country = naming.checked_country(connection, country)
        chosen = [
            e
            for e in catalogue.entries()
            if e.source_id in ids or (not ids and country in {None, e.country} and kind in {None, e.kind})
        ]
        held = set(connection.execute(sa.select(t.sources.c.source_id)).scalars())
        unknown = sorted({*ids} - held - {e.source_id for e in chosen})
        if unknown:
            raise _unknown(unknown)
        for entry in chosen:
            if entry.source_id not in held:
                connection.execute(sa.insert(t.sources).values(**_row(entry.source())))
        switched = {e.source_id for e in chosen} | ({*ids} & held)
        _switch(connection, switched, on=True)
    return sorted(switched)


def disable(settings: Settings, ids: list[str], *, everything: bool = False) -> list[str]:
    """Switch sources off; what they brought stays."""
    with _connected(settings) as connection:
        held = set(connection.execute(sa.select(t.sources.c.source_id)).scalars())
        chosen = held if everything else {*ids}
        if unknown := sorted(chosen - held):
            raise _unknown(unknown)
        _switch(connection, chosen, on=False)
    return sorted(chosen)


def remove(settings: Settings, ids: list[str]) -> list[str]:
    """Take sources and their memory out of the database; releases that they brought stay."""
    with _connected(settings) as connection:
        held = set(connection.execute(sa.select(t.sources.c.source_id)).scalars())
        if unknown := sorted({*ids} - held):
            raise _unknown(unknown)
        for table in (t.source_items, t.release_aliases, t.source_state, t.sources):
            connection.execute(sa.delete(table).where(table.c.source_id.in_(ids)))
    return sorted({*ids})


@dataclass(frozen=True, slots=True)
class Proposal:
    """What `sources add` would add, shown before it is."""

    source: Source
    candidate: Candidate | None
    others: list[Candidate]
    error: str | None = None


def propose(
    settings: Settings, url: str, source_id: str | None = None, said: Publisher | None = None
) -> Proposal:
    """Look at `url` and say what would be polled there; `error` says why nothing could be found."""
    url = url if _SCHEME.match(url) or "://" in url else f"https://{url}"
    try:
        url = canonical_url(url)
    except ValueError:
        raise ConfigurationError(
            f"{url!r} is not a web address", remedy="Give one like https://host/news."
        ) from None
    with _connected(settings) as connection:
        source = naming.named(connection, source_id or naming.ident_of(url), url, said or Publisher())
    return asyncio.run(_with_web(settings, lambda web: _propose(web, source)))


async def _propose(web: Web, source: Source) -> Proposal:
    try:
        found = await discover(web, source.url)
    except FetchFailure as failure:
        return Proposal(source, None, [], str(failure))
    if not found:
        return Proposal(source, None, [], "no feed, sitemap or list of releases was found there")
    for candidate in found[:_MOST_SAMPLED]:
        candidate.samples = await sample(web, source, candidate.entries)
        if any(s.characters for s in candidate.samples):
            break
    best = next((c for c in found if any(s.characters for s in c.samples)), found[0])
    language = source.language or next((s.language for s in best.samples if s.language), None)
    chosen = replace(source, url=best.url, language=language)
    readable = any(s.characters for s in best.samples)
    others = [c for c in found if c is not best]
    return Proposal(chosen, best, others, None if readable else "no release there could be read")


def add(settings: Settings, source: Source) -> None:
    """Put a source into the database, switched on."""
    with _connected(settings) as connection:
        held = sa.select(t.sources.c.source_id).where(t.sources.c.source_id == source.source_id)
        if connection.execute(held).first():
            raise ConfigurationError(
                f"there is a source {source.source_id!r} already", remedy="Choose another id with --id."
            )
        connection.execute(sa.insert(t.sources).values(**_row(source)))


def check(settings: Settings, ids: list[str], tell: Tell = lambda *_: None) -> list[Checked]:
    """Fetch each source once (all enabled ones if none is named) and say what it would publish.

    `tell` hears of each that is done. Nothing is published. A source that works gets today's `verified_on`.
    """
    rows = {row["source_id"]: row for row in listed(settings)}
    if unknown := sorted({*ids} - rows.keys()):
        raise _unknown(unknown)
    wanted = [rows[i] for i in ids] if ids else [r for r in rows.values() if r["enabled"]]
    found = asyncio.run(_with_web(settings, lambda web: _check_all(web, [_source(r) for r in wanted], tell)))
    with _connected(settings) as connection:
        good = [c.source_id for c in found if c.is_good]
        connection.execute(
            sa.update(t.sources).where(t.sources.c.source_id.in_(good)).values(verified_on=now()[:10])
        )
    return found


def stale(settings: Settings) -> list[dict[str, Any]]:
    """The enabled sources that fail, are silent, or are not polled any more, by `v_source_freshness`."""
    query = sa.text(
        "SELECT * FROM v_source_freshness WHERE state IN ('failing', 'silent', 'unattended') ORDER BY source_id"
    )
    with _connected(settings) as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


async def _check_all(web: Web, sources: list[Source], tell: Tell) -> list[Checked]:
    done = itertools.count(1)

    async def one(source: Source) -> Checked:
        checked = await check_one(web, source)
        tell(f"checked {source.source_id}", next(done), len(sources))
        return checked

    return list(await asyncio.gather(*map(one, sources)))


async def check_one(web: Web, source: Source) -> Checked:
    """Poll a source without remembering or publishing anything."""
    found = Checked(source.source_id)
    try:
        rules = await web.rules(source.url)
        found.robots = "unknown" if rules.failure else "allowed" if rules.allows(source.url) else "disallowed"
        answer = await web.get(source.url, limit=_LIMIT)
        found.reachable = True
        entries = await _entries(web, await asyncio.to_thread(index.read, answer, _LIMIT), found)
        found.listed = len(entries)
        found.samples = await sample(web, source, entries)
    except FetchFailure as failure:
        found.error = str(failure)
        found.reachable = found.reachable or failure.status is not None
        return found
    _judge(found)
    return found


async def _entries(web: Web, listing: Index, found: Checked) -> tuple[Entry, ...]:
    found.kind = listing.kind.value
    entries = listing.entries
    more = listing.more if listing.kind is IndexKind.SITEMAP_INDEX else listing.feeds
    if not entries and more:
        inner = await asyncio.to_thread(index.read, await web.get(more[0], limit=_LIMIT), _LIMIT)
        found.kind, entries = inner.kind.value, inner.entries
    if not entries:
        raise FetchFailure(Reason.EMPTY, listing.why_nothing)
    return entries


def _judge(found: Checked) -> None:
    read = [s for s in found.samples if s.characters]
    found.text_found, found.date_found = bool(read), any(s.published_on for s in read)
    found.newest = max((s.published_on for s in read if s.published_on), default=None)
    found.title = read[0].title if read else None
    if not read:
        found.error = next((s.error for s in found.samples if s.error), "no release there could be read")


async def _with_web(settings: Settings, work: Callable[[Web], Awaitable[T]]) -> T:
    engine = open_store(settings)
    web = open_web(settings, engine)
    try:
        return await work(web)
    finally:
        await web.aclose()
        engine.dispose()


@contextmanager
def _connected(settings: Settings) -> Iterator[sa.Connection]:
    """A transaction whose errors are ours."""
    engine = database.connect(settings)
    try:
        with clear_errors(settings), engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _row(source: Source) -> dict[str, Any]:
    return {name: getattr(source, name) for name in source.__slots__}


def _source(row: dict[str, Any]) -> Source:
    return Source(**{name: row[name] for name in Source.__slots__})


def _switch(connection: sa.Connection, ids: set[str], *, on: bool) -> None:
    connection.execute(sa.update(t.sources).where(t.sources.c.source_id.in_(sorted(ids))).values(enabled=on))


def _unknown(ids: list[str]) -> CommuniqueError:
    return ConfigurationError(
        f"there is no source {', '.join(ids)}", remedy="See `communique sources list` for the ids."
    )
