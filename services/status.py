"""What is going on, in one record: processes, stages with offsets and lag, counts, dead letters.

Read by `communique status`, the console and the metrics.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from confluent_kafka import KafkaException
from msgspec import Struct
from msgspec.structs import replace

from services import disk, kafka
from services.database import tables as t
from services.database.columns import iso_time
from services.database.engine import explain, read_only
from services.database.progress import Pipeline
from services.errors import CommuniqueError
from services.settings import Settings

STALL_SECONDS = 60.0
COUNTED = (
    "sources",
    "releases",
    "release_revisions",
    "entities",
    "mentions",
    "figures",
    "dates",
    "events",
    "event_reports",
)


class StageState(Struct, frozen=True):
    """One hop: what its reader has committed of what is there, over all partitions."""

    stage: str
    topic: str
    end: int
    committed: int
    lag: int
    rate: float | None = None  # records a second since the last look


class SourceState(Struct, frozen=True):
    """How fresh an enabled source is, from `v_source_freshness`."""

    source_id: str
    state: str
    last_success_at: str | None
    last_new_at: str | None
    overdue_hours: float | None
    consecutive_failures: int
    last_error: str | None


class Status(Struct, frozen=True):
    """Everything that `communique status` shows.

    `problems` (what does not answer) and `stalls` (what waits and does not move) are sentences.
    """

    broker: str
    database: str
    stages: list[StageState]
    counts: dict[str, int]
    dead_letters: int
    dead_by_error: dict[str, int]
    freshest: str | None
    sources: list[SourceState]
    problems: list[str]
    stalls: list[str] = []


def look(settings: Settings) -> Status:
    """Look at broker and database; what does not answer is a problem in the result, not an error."""
    problems: list[str] = []
    counts: dict[str, int] = {}
    by_error: dict[str, int] = {}
    freshest = moved = None
    sources: list[SourceState] = []
    stages: list[StageState] = []
    if said := disk.shortage(settings):
        problems.append(f"disk: {said}; make room, then everything goes on by itself")
    engine = read_only(settings)
    try:
        with engine.connect() as db:
            for name in COUNTED:
                counts[name] = db.scalar(sa.select(sa.func.count()).select_from(t.metadata.tables[name])) or 0
            dead = t.dead_letters.c
            unresolved = sa.select(dead.error, sa.func.count()).where(dead.resolved_at.is_(None))
            by_error = {error: number for error, number in db.execute(unresolved.group_by(dead.error))}
            freshest = db.scalar(sa.select(sa.func.max(t.releases.c.persisted_at)))
            sources = _sources(db)
            moved = db.scalar(sa.select(sa.func.max(t.stream_offsets.c.updated_at)))
        stages = _stages(settings, engine)
    except sa.exc.SQLAlchemyError as error:
        problems.append(f"database: {_why(error, settings)}")
    except (CommuniqueError, KafkaException) as error:
        problems.append(f"broker: {error}")
    finally:
        engine.dispose()
    return Status(
        broker=_broker(settings),
        database=_database(settings),
        stages=stages,
        counts=counts,
        dead_letters=sum(by_error.values()),
        dead_by_error=by_error,
        freshest=freshest,
        sources=sources,
        problems=problems,
        stalls=_stalls(stages, moved),
    )


def with_rates(found: Status, before: Status, seconds: float) -> Status:
    """Return `found` with what each stage passed a second since `before`."""
    was = {stage.topic: stage.committed for stage in before.stages}
    stages = [
        replace(s, rate=max(0, s.committed - was[s.topic]) / seconds if s.topic in was else None)
        for s in found.stages
    ]
    return replace(found, stages=stages)


def _stalls(stages: list[StageState], moved: str | None) -> list[str]:
    """Say where records wait although nothing has reached the tables for a while."""
    if moved is None:
        return []
    idle = (dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(moved)).total_seconds()
    if idle < STALL_SECONDS:
        return []
    return [
        f"{s.lag} records of {s.topic} wait for {s.stage}, and nothing has been stored for {idle:.0f} s"
        for s in stages
        if s.lag
    ]


def _why(error: sa.exc.SQLAlchemyError, settings: Settings) -> str:
    said = explain(error, settings) if isinstance(error, sa.exc.DBAPIError) else error
    return str(said).splitlines()[0]


def _database(settings: Settings) -> str:
    """Name the database as a person would: the file, or the server without the password."""
    url = settings.url()
    if url.get_backend_name() == "sqlite":
        return f"SQLite file {url.database}"
    return url.render_as_string(hide_password=True)


def _sources(db: sa.Connection) -> list[SourceState]:
    """Return the enabled sources, those with trouble first."""
    enabled = sa.select(t.sources.c.source_id).where(t.sources.c.enabled)
    view = sa.table("v_source_freshness", *(sa.column(f) for f in SourceState.__struct_fields__))
    query = sa.select(view).where(view.c.source_id.in_(enabled))
    rows = [SourceState(*(_said(value) for value in row)) for row in db.execute(query)]
    return sorted(rows, key=lambda r: (-r.consecutive_failures, -(r.overdue_hours or 0), r.source_id))


def _said(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return iso_time(value)
    return float(value) if isinstance(value, Decimal) else value


def _broker(settings: Settings) -> str:
    try:
        return settings.brokers()
    except CommuniqueError:
        return "none"


def _stages(settings: Settings, engine: sa.Engine) -> list[StageState]:
    names = {"releases.raw": "clean", "releases.replay": "clean", "releases.clean": "annotate"}
    stages = []
    with Pipeline(settings, engine) as pipeline:
        for group, topics in pipeline.hops():
            ends = kafka.end_offsets(settings, topics)
            done = pipeline.done(group, ends)
            for topic in topics:
                short = topic.removeprefix(settings.topic_prefix)
                end = sum(v for (name, _), v in ends.items() if name == topic)
                committed = sum(min(done.get(k, 0), v) for k, v in ends.items() if k[0] == topic)
                stages.append(StageState(names.get(short, "sink"), short, end, committed, end - committed))
    return stages
