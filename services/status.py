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

from services import kafka
from services.database import tables as t
from services.database.columns import iso_time
from services.database.engine import read_only
from services.database.progress import Pipeline
from services.errors import CommuniqueError
from services.settings import Settings

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
    """Everything that `communique status` shows; `problems` are sentences."""

    broker: str
    database: str
    stages: list[StageState]
    counts: dict[str, int]
    dead_letters: int
    dead_by_error: dict[str, int]
    freshest: str | None
    sources: list[SourceState]
    problems: list[str]


def look(settings: Settings) -> Status:
    """Look at broker and database; what does not answer is a problem in the result, not an error."""
    problems: list[str] = []
    counts: dict[str, int] = {}
    by_error: dict[str, int] = {}
    freshest = None
    sources: list[SourceState] = []
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
        stages = _stages(settings, engine)
    except sa.exc.SQLAlchemyError as error:
        problems.append(f"database: {str(getattr(error, 'orig', error)).splitlines()[0]}")
        stages = []
    except (CommuniqueError, KafkaException) as error:
        problems.append(f"broker: {error}")
        stages = []
    finally:
        engine.dispose()
    return Status(
        broker=_broker(settings),
        database=settings.url().render_as_string(hide_password=True),
        stages=stages,
        counts=counts,
        dead_letters=sum(by_error.values()),
        dead_by_error=by_error,
        freshest=freshest,
        sources=sources,
        problems=problems,
    )


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
