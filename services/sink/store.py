"""One batch into the tables, inside the caller's transaction.

The order is fixed, since each step reads what the one before it wrote:

1. observations and revisions: which revision of each release is current now
2. facts of the releases whose current facts changed: the old ones out, the new ones in
3. events that these facts touch: folded from their reports, old and new
4. entities that these facts touch: names, deletion of unused ones, whom we take them to be
5. links of the events that changed
6. dead letters, and which of them are resolved
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import sqlalchemy as sa

from services.database import bulk
from services.database import tables as t
from services.database.columns import now
from services.sink import store_entities, store_events
from services.sink.batch import Dead, Item, Observed, Stored
from services.sink.revisions import Revision, current, merge, observed, pack, ranked, unpack
from services.sink.rows import FACT_TABLES, Row, entity_rows, fact_rows, release_row
from services.sink.store_dead import put_dead, resolve
from streams.records import AnnotatedRelease

FOLD_LOCK: Final = 0x636F6D6D  # one number for all sinks of a database: "comm"


def lock_folds(connection: sa.Connection) -> None:
    """Let one sink fold at a time: entities and events span partitions.

    One lock, not one for each entity: a batch touches the common countries and organisations
    anyway, so that finer locks waited for each other all the same (and could deadlock).
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(FOLD_LOCK)))


def put(connection: sa.Connection, items: Iterable[Item]) -> None:
    """Write `items`; where nothing changes a value, nothing is written."""
    items = list(items)
    lock_folds(connection)
    put_observations(connection, [i for i in items if isinstance(i, Observed)])
    put_releases(connection, [i for i in items if isinstance(i, Stored)])
    withdraw(connection, {i.observation.release_id for i in items if isinstance(i, Observed)})
    put_dead(connection, [i for i in items if isinstance(i, Dead)])
    resolve(connection, items)


def put_observations(connection: sa.Connection, items: list[Observed]) -> None:
    """Remember withdrawals and returns."""
    rows = {(o.release_id, o.fetched_at, o.what) for o in (i.observation for i in items)}
    bulk.upsert(
        connection,
        t.release_observations,
        [dict(zip(("release_id", "fetched_at", "what"), row, strict=True)) for row in sorted(rows)],
        keep=True,
    )


def put_releases(connection: sa.Connection, items: list[Stored]) -> None:
    """Fold records into revisions, and replace the facts of each release whose current ones changed."""
    by_release: dict[str, list[Stored]] = defaultdict(list)
    for item in items:
        by_release[item.record.release.release_id].append(item)
    if not by_release:
        return
    before = load_revisions(connection, by_release)
    rows_before = load_releases(connection, by_release)
    changed: list[AnnotatedRelease] = []
    release_rows: list[dict[str, Any]] = []
    revision_rows: list[dict[str, Any]] = []
    for release_id, new in sorted(by_release.items()):
        old = before[release_id]
        after = {r.content_hash: r for r in ranked(fold(old, new).values())}
        revision_rows += [revision_row(release_id, r) for h, r in after.items() if _moved(old.get(h), r)]
        now_current = with_record(connection, release_id, current(after.values()))
        row = full_row(now_current, after)
        row["withdrawn_at"] = rows_before.get(release_id, {}).get("withdrawn_at")
        if _differs(rows_before.get(release_id), row):
            release_rows.append(row | {"persisted_at": now()})
        if _new_facts(old, now_current):
            assert now_current.record is not None
            changed.append(now_current.record)
    bulk.upsert(connection, t.releases, release_rows)
    put_revisions(connection, revision_rows)
    if changed:
        was = {release_id: row["language"] for release_id, row in rows_before.items()}
        replace_facts(connection, changed, was)
    withdraw(connection, by_release)


def fold(old: dict[str, Revision], new: list[Stored]) -> dict[str, Revision]:
    """Fold new records into the revisions of one release."""
    after = dict(old)
    for item in new:
        one = observed(item.record, item.origin)
        after[one.content_hash] = merge(after.get(one.content_hash), one)
    return after


def _moved(old: Revision | None, new: Revision) -> bool:
    return old is None or replace(old, record=None) != replace(new, record=None)


def _new_facts(old: dict[str, Revision], now_current: Revision) -> bool:
    """Tell whether the facts that stand in the tables are not those of `now_current`."""
    if not old:
        return True
    was = current(old.values())
    source = (was.content_hash, was.pipeline_version, was.raw_partition, was.raw_offset)
    return source != (
        now_current.content_hash,
        now_current.pipeline_version,
        now_current.raw_partition,
        now_current.raw_offset,
    )


def with_record(connection: sa.Connection, release_id: str, revision: Revision) -> Revision:
    """Return `revision` with its derived record, from the database where this batch does not hold it."""
    if revision.record is not None:
        return revision
    table = t.release_revisions
    blob = connection.execute(
        sa.select(table.c.record).where(
            (table.c.release_id == release_id) & (table.c.content_hash == revision.content_hash)
        )
    ).scalar_one()
    return replace(revision, record=unpack(blob))


def full_row(revision: Revision, after: dict[str, Revision]) -> dict[str, Any]:
    """Return the row of `releases`, without what is set elsewhere."""
    assert revision.record is not None
    return release_row(revision.record) | {
        "revision": revision.revision,
        "first_fetched_at": min(r.first_fetched_at for r in after.values()),
        "fetched_at": revision.last_fetched_at,
        "pipeline_version": revision.pipeline_version,
    }


def _differs(old: dict[str, Any] | None, new: dict[str, Any]) -> bool:
    return old is None or any(old[key] != value for key, value in new.items())


def revision_row(release_id: str, revision: Revision) -> dict[str, Any]:
    """Return a row of `release_revisions`; without a record only its numbers change."""
    row: dict[str, Any] = {
        "release_id": release_id,
        "content_hash": revision.content_hash,
        "revision": revision.revision,
        "first_fetched_at": revision.first_fetched_at,
        "last_fetched_at": revision.last_fetched_at,
        "pipeline_version": revision.pipeline_version,
        "raw_partition": revision.raw_partition,
        "raw_offset": revision.raw_offset,
    }
    if revision.record is not None:
        release = revision.record.release
        row |= {
            "title": release.title,
            "text": release.text,
            "published_on": release.published_on,
            "record": pack(revision.record),
        }
    return row


def put_revisions(connection: sa.Connection, rows: list[dict[str, Any]]) -> None:
    """Write revisions: whole ones, and those of which only numbers changed."""
    bulk.upsert(connection, t.release_revisions, [r for r in rows if "record" in r])
    table = t.release_revisions
    for row in (r for r in rows if "record" not in r):
        where = (table.c.release_id == row["release_id"]) & (table.c.content_hash == row["content_hash"])
        connection.execute(sa.update(table).where(where).values(row))


def load_revisions(connection: sa.Connection, release_ids: Iterable[str]) -> dict[str, dict[str, Revision]]:
    """Load the revisions of some releases, by release_id and content_hash, without their records."""
    table, found = t.release_revisions, defaultdict[str, dict[str, Revision]](dict)
    columns = [
        table.c[n] for n in ("content_hash", "first_fetched_at", "last_fetched_at", "pipeline_version")
    ]
    columns += [table.c[n] for n in ("raw_partition", "raw_offset", "revision")]
    for some in bulk.chunks(release_ids):
        query = sa.select(table.c.release_id, *columns).where(table.c.release_id.in_(some))
        for release_id, *values in connection.execute(query):
            found[release_id][values[0]] = Revision(*values)
    return found


def load_releases(connection: sa.Connection, release_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Load the rows of some releases."""
    found = {}
    for some in bulk.chunks(release_ids):
        query = sa.select(t.releases).where(t.releases.c.release_id.in_(some))
        for row in connection.execute(query).mappings():
            found[row["release_id"]] = dict(row)
    return found


def replace_facts(
    connection: sa.Connection, records: list[AnnotatedRelease], languages_before: dict[str, str | None]
) -> None:
    """Take the old facts of each release out, put the new ones in, and fold what they touch."""
    languages = {r.release.release_id: r.release.language for r in records}
    release_ids = list(languages)
    relabelled = {r for r, was in languages_before.items() if r in languages and was != languages[r]}
    uses_before = store_entities.uses_of(connection, release_ids)
    touched_events = store_events.of_releases(connection, release_ids)
    rows: dict[sa.Table, list[Row]] = defaultdict(list)
    entities: dict[str, Row] = {}
    for record in records:
        entities |= entity_rows(record.annotation)
        for table, some in fact_rows(record).items():
            rows[table] += some
    for table in reversed(FACT_TABLES):
        bulk.delete(connection, table.c.release_id, release_ids)
    new_events = {row[0]: row for row in rows[t.event_reports]}
    store_entities.insert_missing(connection, entities)
    store_events.insert_missing(connection, new_events)
    for table in FACT_TABLES:
        bulk.insert(connection, table, rows[table])
    touched_events |= set(new_events)
    made = store_entities.changes(uses_before, rows[t.release_entities], languages, relabelled)
    store_events.refold(connection, touched_events)
    store_entities.refold(connection, made)
    store_events.relink(connection, touched_events)


def withdraw(connection: sa.Connection, release_ids: Iterable[str]) -> None:
    """Set `withdrawn_at` of some releases from the latest observation, where it changes."""
    seen, table = t.release_observations, t.releases
    latest: dict[str, tuple[str, str]] = {}
    for some in bulk.chunks(release_ids):
        for row in connection.execute(sa.select(seen).where(seen.c.release_id.in_(some))).mappings():
            latest[row["release_id"]] = max(
                latest.get(row["release_id"], ("", "")), (row["fetched_at"], row["what"])
            )
    for release_id, (fetched_at, what) in sorted(latest.items()):
        value = fetched_at if what == "withdrawn" else None
        connection.execute(
            sa.update(table)
            .where((table.c.release_id == release_id) & table.c.withdrawn_at.is_distinct_from(value))
            .values(withdrawn_at=value, persisted_at=now())
        )
