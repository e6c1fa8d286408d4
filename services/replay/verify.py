"""Whether nothing that was published is missing: the raw topic against the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import sqlalchemy as sa

from services.database import bulk
from services.database import tables as t
from services.database.engine import read_only
from services.database.progress import Pipeline
from services.replay.log import Raw, read_log
from services.replay.replay import STALL_SECONDS, copy
from services.settings import Settings
from streams.codec import is_observation

Tell = Callable[[str, int, int], None]
CHUNK = 1000


@dataclass
class Verified:
    """What became of every record on the raw topic; `missing` are the positions of those nowhere found."""

    records: int = 0
    stored: int = 0
    dead: int = 0
    observations: int = 0
    missing: list[str] = field(default_factory=list)
    repaired: int = 0


def verify(settings: Settings, *, repair: bool, tell: Tell) -> Verified:
    """Compare log and tables up to the end offsets noted now; with `repair`, replay what is missing."""
    engine = read_only(settings)
    try:
        with Pipeline(settings, engine) as pipeline:
            pipeline.wait_until_passed(STALL_SECONDS, lambda d, n: tell("settling", d, n))
        found = Verified()
        lost: list[Raw] = []
        for some in _chunks(read_log(settings)):
            lost += _missing(engine, some, found)
            found.records += len(some)
            tell("verifying", found.records, 0)
        found.missing = [raw.origin.header().decode() for raw in lost]
        if repair and lost:
            copy(settings, lost)
            again = Verified()
            still = [raw for some in _chunks(iter(lost)) for raw in _missing(engine, some, again)]
            found.repaired = len(lost) - len(still)
            found.missing = [raw.origin.header().decode() for raw in still]
        return found
    finally:
        engine.dispose()


def _chunks(records: Iterator[Raw]) -> Iterator[list[Raw]]:
    some: list[Raw] = []
    for raw in records:
        some.append(raw)
        if len(some) == CHUNK:
            yield some
            some = []
    if some:
        yield some


def _missing(engine: sa.Engine, some: list[Raw], found: Verified) -> list[Raw]:
    """Return those of `some` that are neither stored nor dead-lettered, and count the rest."""
    revisions, letters, seen = t.release_revisions.c, t.dead_letters.c, t.release_observations.c
    ids = {raw.known.release_id for raw in some if raw.known.release_id}
    with engine.connect() as db:
        query = sa.select(revisions.release_id, revisions.content_hash)
        stored = {(a, b) for a, b in db.execute(query.where(bulk.among(revisions.release_id, ids)))}
        noted = sa.select(seen.release_id, seen.fetched_at).where(bulk.among(seen.release_id, ids))
        observed = {(a, b) for a, b in db.execute(noted)}
        low, high = min(r.origin.offset for r in some), max(r.origin.offset for r in some)
        failed = sa.select(letters.topic, letters.partition, letters.offset)
        origins = {(a, b, c) for a, b, c in db.execute(failed.where(letters.offset.between(low, high)))}
    lost = []
    for raw in some:
        if is_observation(raw.headers) and (raw.known.release_id, raw.known.fetched_at) in observed:
            found.observations += 1
        elif (raw.known.release_id, raw.known.content_hash) in stored:
            found.stored += 1
        elif raw.origin in origins:
            found.dead += 1
        else:
            lost.append(raw)
    return lost
