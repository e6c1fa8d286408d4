"""Who owns a partition, and how far it was read: kept in the database, in the rows' own transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from services.database import bulk
from services.database import tables as t
from services.database.columns import now
from services.errors import Diverged, Fenced

START_OVER: Final = (
    "If the broker was wiped or replaced on purpose, run `communique sink --start-over`: it forgets the"
    " stored offsets, keeps every row, and reads what the broker has from its beginning."
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One partition as this sink owns it."""

    topic: str
    partition: int
    epoch: int
    next_offset: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the broker holds of a partition now."""

    cluster_id: str
    topic_id: str
    low: int
    high: int


def claim(
    connection: sa.Connection, group: str, wanted: dict[tuple[str, int], Bounds]
) -> dict[tuple[str, int], Claim]:
    """Raise the epoch of each partition and return where to go on.

    Raises `Diverged` if the broker is not the one that the database remembers, or an offset is
    out of its range.
    """
    table, claims = t.stream_offsets, {}
    for (topic, partition), bounds in sorted(wanted.items()):
        where = (
            (table.c.consumer_group == group) & (table.c.topic == topic) & (table.c.partition == partition)
        )
        new = {
            "consumer_group": group,
            "topic": topic,
            "partition": partition,
            "cluster_id": bounds.cluster_id,
            "topic_id": bounds.topic_id,
            "next_offset": bounds.low,
            "epoch": 0,
            "updated_at": now(),
        }
        bulk.upsert(connection, table, [new], keep=True)  # two sinks may claim a new partition at once
        connection.execute(sa.update(table).where(where).values(epoch=table.c.epoch + 1, updated_at=now()))
        row = connection.execute(sa.select(table).where(where)).mappings().one()
        _same_broker(topic, partition, row["cluster_id"], row["topic_id"], row["next_offset"], bounds)
        claims[topic, partition] = Claim(topic, partition, row["epoch"], row["next_offset"])
    return claims


def _same_broker(
    topic: str, partition: int, cluster_id: str, topic_id: str, offset: int, bounds: Bounds
) -> None:
    if cluster_id != bounds.cluster_id:
        raise Diverged(
            f"the database was filled from Kafka cluster {cluster_id}, this is {bounds.cluster_id}",
            remedy=f"Connect the broker that it was. {START_OVER}",
        )
    if topic_id != bounds.topic_id:
        raise Diverged(f"topic {topic} was deleted and made anew", remedy=START_OVER)
    if not bounds.low <= offset <= bounds.high:
        raise Diverged(
            f"offset {offset} of {topic}[{partition}] is not on the broker, which holds {bounds.low} to"
            f" {bounds.high}",
            remedy=f"{START_OVER} Then run `communique replay` for what had expired before it was stored.",
        )


def advance(
    connection: sa.Connection, group: str, claims: list[Claim], ends: dict[tuple[str, int], int]
) -> None:
    """Move each partition to its end; raises `Fenced` if another sink owns one of them."""
    table = t.stream_offsets
    for owned in sorted(claims, key=lambda c: (c.topic, c.partition)):
        done = connection.execute(
            sa.update(table)
            .where(
                (table.c.consumer_group == group)
                & (table.c.topic == owned.topic)
                & (table.c.partition == owned.partition)
                & (table.c.epoch == owned.epoch)
                & (table.c.next_offset == owned.next_offset)
            )
            .values(next_offset=ends[owned.topic, owned.partition], updated_at=now())
        )
        if done.rowcount != 1:
            raise Fenced(f"another sink owns {owned.topic}[{owned.partition}]")


def forget(connection: sa.Connection, group: str) -> None:
    """Forget the stored offsets of `group`."""
    table = t.stream_offsets
    connection.execute(sa.delete(table).where(table.c.consumer_group == group))
