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
from services.sink.revisions import Revision, current, merge, numbers, observed, pack, ranked, unpack
from services.sink.rows import FACT_TABLES, Row, fact_rows, release_row
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
    rows_before = load_releases(connection, before)
    changed: list[AnnotatedRelease] = []
    release_rows: list[dict[str, Any]] = []
    revision_rows: list[dict[str, Any]] = []
    stored_at = now()
    for release_id, new in sorted(by_release.items()):
        old = before.get(release_id, {})
        after = {r.content_hash: r for r in ranked(fold(old, new).values())}
        revision_rows += [revision_row(release_id, r) for h, r in after.items() if _moved(old.get(h), r)]
        now_current = with_record(connection, release_id, current(after.values()))
        row = full_row(now_current, after)
        row["withdrawn_at"] = rows_before.get(release_id, {}).get("withdrawn_at")
        if _differs(rows_before.get(release_id), row):
            release_rows.append(row | {"persisted_at": stored_at})
        if _new_facts(old, now_current):
            assert now_current.record is not None
            changed.append(now_current.record)
    _write(connection, t.releases, release_rows, {(release_id,) for release_id in rows_before})
    _write(connection, t.release_revisions, revision_rows, {(r, h) for r in before for h in before[r]})
    if changed:
        replace_facts(connection, changed, {r: row["language"] for r, row in rows_before.items()})
    withdraw(connection, by_release)


def _write(
    connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]], there: set[tuple[str, ...]]
) -> None:
    """Insert `rows`, or update those whose primary keys are `there` (some with fewer columns than others)."""
    keys, names = [c.name for c in table.primary_key.columns], [c.name for c in table.columns]
    new = [row for row in rows if tuple(row[k] for k in keys) not in there]
    bulk.insert(connection, table, [tuple(row[name] for name in names) for row in new])
    known = defaultdict[tuple[str, ...], list[dict[str, Any]]](list)
    for row in rows:
        if tuple(row[k] for k in keys) in there:
            known[tuple(row)].append(row)
    for some in known.values():
        bulk.update(connection, table, some)


def fold(old: dict[str, Revision], new: list[Stored]) -> dict[str, Revision]:
    """Fold new records into the revisions of one release."""
    after = dict(old)
    for item in new:
        one = observed(item.record, item.origin, item.message.value)
        after[one.content_hash] = merge(after.get(one.content_hash), one)
    return after


def _moved(old: Revision | None, new: Revision) -> bool:
    return old is None or numbers(old) != numbers(new)


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
            "record": pack(revision),
        }
    return row


def load_revisions(connection: sa.Connection, release_ids: Iterable[str]) -> dict[str, dict[str, Revision]]:
    """Load the revisions of some releases, by release_id and content_hash, without their records."""
    table, found = t.release_revisions, defaultdict[str, dict[str, Revision]](dict)
    columns = [
        table.c[n] for n in ("content_hash", "first_fetched_at", "last_fetched_at", "pipeline_version")
    ]
    columns += [table.c[n] for n in ("raw_partition", "raw_offset", "revision")]
    query = sa.select(table.c.release_id, *columns).where(bulk.among(table.c.release_id, release_ids))
    for release_id, *values in connection.execute(query):
        found[release_id][values[0]] = Revision(*values)
    return dict(found)


def load_releases(connection: sa.Connection, release_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Load the rows of some releases."""
    if not (some := list(release_ids)):
        return {}
    query = sa.select(t.releases).where(bulk.among(t.releases.c.release_id, some))
    return {row["release_id"]: dict(row) for row in connection.execute(query).mappings()}


def replace_facts(
    connection: sa.Connection, records: list[AnnotatedRelease], languages_before: dict[str, str | None]
) -> None:
    """Take the old facts of each release out, put the new ones in, and fold what they touch.

    `languages_before` are those of the releases that stood there already.
    """
    languages = {r.release.release_id: r.release.language for r in records}
    known = [release_id for release_id in languages if release_id in languages_before]
    relabelled = {release_id for release_id in known if languages_before[release_id] != languages[release_id]}
    uses_before = store_entities.uses_of(connection, known)
    events_before = store_events.of_releases(connection, known)
    rows: dict[sa.Table, list[Row]] = defaultdict(list)
    for record in records:
        for table, some in fact_rows(record).items():
            rows[table] += some
    made = store_entities.changes(uses_before, rows[t.release_entities], languages, relabelled)
    for table in reversed(FACT_TABLES):
        bulk.delete(connection, table.c.release_id, known)
    entities = store_entities.prepare(connection, made, records)
    events = store_events.prepare(connection, events_before, rows, records)
    for table in FACT_TABLES:
        bulk.insert(connection, table, rows[table])
    store_events.refold(connection, events)
    store_entities.refold(connection, entities)
    store_events.relink(connection, events)


def withdraw(connection: sa.Connection, release_ids: Iterable[str]) -> None:
    """Set `withdrawn_at` of some releases from the latest observation, where it changes."""
    seen, table = t.release_observations, t.releases
    if not (some := list(release_ids)):
        return
    latest: dict[str, tuple[str, str]] = {}
    query = sa.select(seen.c.release_id, seen.c.fetched_at, seen.c.what)
    for release_id, *said in connection.execute(query.where(bulk.among(seen.c.release_id, some))):
        latest[release_id] = max(latest.get(release_id, ("", "")), (said[0], said[1]))
    for release_id, (fetched_at, what) in sorted(latest.items()):
        value = fetched_at if what == "withdrawn" else None
        connection.execute(
            sa.update(table)
            .where((table.c.release_id == release_id) & table.c.withdrawn_at.is_distinct_from(value))
            .values(withdrawn_at=value, persisted_at=now())
        )
