"""Dead letters in the database: kept whole under their origin, resolved when their revision is stored."""

from __future__ import annotations

import json
from collections.abc import Iterable

import sqlalchemy as sa

from services.database import bulk
from services.database import tables as t
from services.database.columns import now
from services.sink.batch import Dead, Item, Stored

EPOCH = "1970-01-01T00:00:00.000000Z"


def put_dead(connection: sa.Connection, items: list[Dead]) -> None:
    """Keep dead letters: of one origin the highest version counts, then the first failure.

    The same failure again only counts another attempt.
    """
    table = t.dead_letters
    for item in items:
        origin, reason = item.origin, item.reason
        where = (
            (table.c.topic == origin.topic)
            & (table.c.partition == origin.partition)
            & (table.c.offset == origin.offset)
        )
        failed_at = reason.failed_at or EPOCH
        row = {
            "topic": origin.topic,
            "partition": origin.partition,
            "offset": origin.offset,
            "release_id": reason.release_id,
            "content_hash": reason.content_hash,
            "pipeline_version": reason.pipeline_version,
            "stage": reason.stage,
            "error": reason.error,
            "message": reason.message.replace("\x00", "\ufffd"),
            "payload": item.payload,
            "headers": json.dumps(item.headers, sort_keys=True, ensure_ascii=True).replace(
                "\\u0000", "\\ufffd"
            ),
            "attempts": 1,
            "first_failed_at": failed_at,
            "resolved_at": None,
        }
        old = connection.execute(sa.select(table).where(where)).mappings().first()
        if old is None:
            connection.execute(sa.insert(table).values(row))
            continue
        row |= {
            "attempts": old["attempts"] + 1,
            "first_failed_at": min(old["first_failed_at"], failed_at),
            "resolved_at": old["resolved_at"],
        }
        if _rank(row) >= _rank(dict(old)):
            row = {k: row[k] for k in ("attempts", "first_failed_at")}
        connection.execute(sa.update(table).where(where).values(row))


def _rank(row: dict[str, object]) -> tuple[int, str, str, str]:
    """Order what counts of two failures of one record: the smallest rank is kept."""
    return -int(str(row["pipeline_version"])), str(row["stage"]), str(row["error"]), str(row["message"])


def resolve(connection: sa.Connection, items: Iterable[Item]) -> None:
    """Mark dead letters whose revision is stored at their version or a higher one, and no others."""
    releases = {i.record.release.release_id for i in items if isinstance(i, Stored)}
    releases |= {i.reason.release_id for i in items if isinstance(i, Dead) and i.reason.release_id}
    dead, stored = t.dead_letters, t.release_revisions
    if not releases:
        return
    is_stored = sa.exists().where(
        (stored.c.release_id == dead.c.release_id)
        & (stored.c.content_hash == dead.c.content_hash)
        & (stored.c.pipeline_version >= dead.c.pipeline_version)
    )
    of_these = bulk.among(dead.c.release_id, releases)
    now_stored = of_these & dead.c.resolved_at.is_(None) & is_stored
    no_more = of_these & dead.c.resolved_at.is_not(None) & ~is_stored
    connection.execute(sa.update(dead).where(now_stored).values(resolved_at=now()))
    connection.execute(sa.update(dead).where(no_more).values(resolved_at=None))
