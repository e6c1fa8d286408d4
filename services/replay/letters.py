"""Dead letters as a person handles them: list, show, and retry through `releases.replay`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from services.database import tables as t
from services.database.engine import clear_errors, read_only
from services.errors import CommuniqueError, ConfigurationError
from services.replay.log import Raw, read_at
from services.replay.replay import copy
from services.settings import Settings
from streams.codec import Origin
from streams.topics import Topic


@dataclass(frozen=True, slots=True)
class Which:
    """Which dead letters are meant."""

    stage: str | None = None
    error: str | None = None
    release_id: str | None = None
    resolved: bool = False  # resolved ones too
    limit: int = 100


def select(settings: Settings, which: Which) -> list[dict[str, Any]]:
    """Return dead letters without their payload, latest first."""
    table = t.dead_letters
    columns = [c for c in table.columns if c.name not in {"payload", "headers"}]
    query = sa.select(*columns, sa.func.length(table.c.payload).label("payload_bytes"))
    if not which.resolved:
        query = query.where(table.c.resolved_at.is_(None))
    for name in ("stage", "error", "release_id"):
        if value := getattr(which, name):
            query = query.where(table.c[name] == value)
    query = query.order_by(table.c.first_failed_at.desc(), table.c.topic, table.c.partition, table.c.offset)
    engine = read_only(settings)
    with clear_errors(settings), engine.connect() as db:
        return [dict(row) for row in db.execute(query.limit(which.limit)).mappings()]


def show(settings: Settings, position: str) -> dict[str, Any]:
    """Return one dead letter whole, by its origin `topic:partition:offset`."""
    origin = parse(position)
    table = t.dead_letters
    where = (
        (table.c.topic == origin.topic)
        & (table.c.partition == origin.partition)
        & (table.c.offset == origin.offset)
    )
    engine = read_only(settings)
    with clear_errors(settings), engine.connect() as db:
        row = db.execute(sa.select(table).where(where)).mappings().first()
    if row is None:
        raise CommuniqueError(
            f"there is no dead letter {position}", remedy="See `communique dead-letters list`."
        )
    return {**row, "headers": json.loads(row["headers"])}


def parse(position: str) -> Origin:
    """Read `topic:partition:offset`."""
    parts = position.rsplit(":", 2)
    if len(parts) != 3 or not (parts[1].isdigit() and parts[2].isdigit()):
        raise ConfigurationError(
            f"{position!r} is not topic:partition:offset", remedy="See `dead-letters list`."
        )
    return Origin(parts[0], int(parts[1]), int(parts[2]))


@dataclass
class Retried:
    """How many dead letters went through again, and how many have no original on the log."""

    retried: int = 0
    without_original: int = 0
    resolved: int = 0


def retry(settings: Settings, which: Which, *, dry_run: bool) -> Retried:
    """Send the originals of unresolved dead letters through `releases.replay`; history is kept."""
    counts = Retried()
    raws: list[Raw] = []
    letters = select(settings, which)
    for letter in letters:
        origin = Origin(letter["topic"], letter["partition"], letter["offset"])
        on_log = origin.topic == settings.topic_prefix + Topic.RAW
        raw = read_at(settings, origin) if on_log else None
        if raw is None:
            counts.without_original += 1
        else:
            raws.append(raw)
    counts.retried = len(raws)
    if dry_run or not raws:
        return counts
    copy(settings, raws)
    still = {(r["topic"], r["partition"], r["offset"]) for r in select(settings, which)}
    counts.resolved = sum(raw.origin not in still for raw in raws)
    return counts
