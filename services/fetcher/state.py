"""What the fetcher remembers: `source_state`, `source_items` and `release_aliases`, in short transactions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from services.database import tables as t
from services.database.columns import iso_time
from services.fetcher.store import insert_new, look, transact, upsert

_CHUNK: Final = 500

# Values of `source_items.content_hash` that are no hash.
HISTORY: Final = "-"  # listed before the source was first polled: known, never fetched
# Values of the `etag` columns that no server can send (an entity tag begins with a quote or W/).
LIES: Final = "!"  # this source's validators were seen to lie: not used any more
MISSED_ONCE: Final = "gone-once"  # the release answered 404 or 410 on the last poll


@dataclass(frozen=True, slots=True)
class Source:
    """A row of `sources`."""

    source_id: str
    name: str
    url: str
    kind: str = "ministry"
    publisher_country: str | None = None
    language: str | None = None
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class SourceState:
    """A row of `source_state`; times as ISO strings."""

    source_id: str
    etag: str | None = None
    last_modified: str | None = None
    last_polled_at: str | None = None
    last_success_at: str | None = None
    last_new_at: str | None = None
    consecutive_failures: int = 0
    last_error: str | None = None
    next_due_at: str | None = None
    moved_to: str | None = None
    full_at: str | None = None
    index_kind: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A row of `source_items`: what we know of one release under the reference by which it is listed."""

    source_id: str
    ref: str
    release_id: str
    content_hash: str | None
    first_seen_at: str
    last_seen_at: str
    etag: str | None = None
    last_modified: str | None = None
    gone_at: str | None = None


def moment(value: str) -> datetime:
    return datetime.fromisoformat(value)


class Memory:
    """The fetcher's tables, off the event loop; raises `DatabaseUnavailable`."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    async def due(self, now: datetime, *, all_enabled: bool) -> list[Source]:
        """Enabled sources whose time has come, the longest waiting first.

        `all_enabled` also takes those that are not due, except where back-off or the publisher asks to wait.
        """
        return await look(self._engine, lambda c: _due(c, iso_time(now), all_enabled))

    async def next_due(self) -> str | None:
        """When the next enabled source is due; None if there is none."""
        query = (
            sa.select(sa.func.min(t.source_state.c.next_due_at))
            .join(t.sources, t.sources.c.source_id == t.source_state.c.source_id)
            .where(t.sources.c.enabled)
        )
        return await look(self._engine, lambda c: c.execute(query).scalar())

    async def state(self, source_id: str) -> SourceState:
        query = sa.select(t.source_state).where(t.source_state.c.source_id == source_id)
        row = await look(self._engine, lambda c: c.execute(query).mappings().first())
        return SourceState(**row) if row else SourceState(source_id)

    async def save_state(self, state: SourceState) -> None:
        await transact(self._engine, lambda c: upsert(c, t.source_state, [_row(state)]))

    async def items(self, source_id: str, refs: Iterable[str]) -> dict[str, Item]:
        """Known items by reference, those found through an alias under the alias."""
        wanted = list(dict.fromkeys(refs))
        return await look(self._engine, lambda c: _items(c, source_id, wanted))

    async def recent(self, source_id: str, since: datetime) -> list[Item]:
        """Items that were first seen, or went away, after `since`, and those missed once."""
        c = t.source_items.c
        query = sa.select(t.source_items).where(
            (c.source_id == source_id)
            & ((c.first_seen_at > iso_time(since)) | (c.gone_at > iso_time(since)) | (c.etag == MISSED_ONCE))
        )
        return await look(self._engine, lambda con: [Item(**r) for r in con.execute(query).mappings()])

    async def of_release(self, source_id: str, release_id: str) -> list[Item]:
        """Every item that is this release."""
        c = t.source_items.c
        query = sa.select(t.source_items).where((c.source_id == source_id) & (c.release_id == release_id))
        return await look(self._engine, lambda con: [Item(**r) for r in con.execute(query).mappings()])

    async def first_seen(self, source_id: str, since: datetime) -> list[str]:
        """When releases of the source that are newer than `since` were first seen, history left out."""
        c = t.source_items.c
        query = sa.select(c.first_seen_at).where(
            (c.source_id == source_id) & (c.first_seen_at > iso_time(since)) & (c.content_hash != HISTORY)
        )
        return await look(self._engine, lambda con: list(con.execute(query).scalars()))

    async def has_items(self, source_id: str) -> bool:
        query = sa.select(t.source_items.c.ref).where(t.source_items.c.source_id == source_id).limit(1)
        return await look(self._engine, lambda c: c.execute(query).first() is not None)

    async def latest_refs(self, source_id: str, count: int) -> list[str]:
        """The references that the source listed last."""
        c = t.source_items.c
        query = sa.select(c.ref).where(c.source_id == source_id).order_by(c.last_seen_at.desc()).limit(count)
        return await look(self._engine, lambda con: list(con.execute(query).scalars()))

    async def with_hash(self, source_id: str, content_hash: str) -> int:
        """How many releases of the source have this very content."""
        c = t.source_items.c
        query = sa.select(sa.func.count(sa.distinct(c.release_id))).where(
            (c.source_id == source_id) & (c.content_hash == content_hash)
        )
        return await look(self._engine, lambda con: int(con.execute(query).scalar() or 0))

    async def save_items(self, items: Iterable[Item]) -> None:
        rows = [_row(i) for i in items]
        await transact(self._engine, lambda c: upsert(c, t.source_items, rows))

    async def touch(self, source_id: str, refs: list[str], now: datetime) -> None:
        """Note that a poll saw these items listed."""
        c = t.source_items.c

        def run(connection: sa.Connection) -> None:
            for at in range(0, len(refs), _CHUNK):
                some = refs[at : at + _CHUNK]
                connection.execute(
                    sa.update(t.source_items)
                    .where((c.source_id == source_id) & c.ref.in_(some))
                    .values(last_seen_at=iso_time(now))
                )

        await transact(self._engine, run)

    async def add_aliases(self, source_id: str, refs: Iterable[str], release_id: str) -> None:
        """Remember further references of a release; the first meaning of a reference stays."""
        rows = [{"source_id": source_id, "ref": r, "release_id": release_id} for r in refs]
        await transact(self._engine, lambda c: insert_new(c, t.release_aliases, rows))


def _due(connection: sa.Connection, now: str, all_enabled: bool) -> list[Source]:
    state, sources = t.source_state.c, t.sources.c
    is_due = state.next_due_at.is_(None) | (state.next_due_at <= now)
    if all_enabled:
        is_due = is_due | (state.consecutive_failures == 0)
    query = (
        sa.select(t.sources)
        .join(t.source_state, state.source_id == sources.source_id, isouter=True)
        .where(sources.enabled & sources.url.is_not(None) & is_due)
        .order_by(state.next_due_at.is_not(None), state.next_due_at, sources.source_id)
    )
    return [
        Source(
            row["source_id"],
            row["name"],
            row["url"],
            row["kind"],
            row["publisher_country"],
            row["language"],
            row["enabled"],
        )
        for row in connection.execute(query).mappings()
    ]


def _items(connection: sa.Connection, source_id: str, refs: list[str]) -> dict[str, Item]:
    items, aliases = t.source_items.c, t.release_aliases.c
    found: dict[str, Item] = {}
    for at in range(0, len(refs), _CHUNK):
        some = refs[at : at + _CHUNK]
        here = (items.source_id == source_id) & items.ref.in_(some)
        for row in connection.execute(sa.select(t.source_items).where(here)).mappings():
            found[row["ref"]] = Item(**row)
        joined = (
            sa.select(aliases.ref.label("alias"), t.source_items)
            .join(
                t.source_items,
                (items.release_id == aliases.release_id) & (items.source_id == aliases.source_id),
            )
            .where((aliases.source_id == source_id) & aliases.ref.in_(some))
            .order_by(items.first_seen_at)
        )
        for row in connection.execute(joined).mappings():
            found.setdefault(row["alias"], Item(**{k: v for k, v in row.items() if k != "alias"}))
    return found


def _row(record: SourceState | Item) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}
