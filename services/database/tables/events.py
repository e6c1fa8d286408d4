"""Events, the reports that state them, their participants, evidence, topics and links."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from services.database.columns import Day, one_of
from services.database.tables.base import metadata
from streams.closed_sets import (
    Assertion,
    DateBasis,
    DatePrecision,
    EventForm,
    EventStatus,
    EventType,
    EvidenceField,
    Function,
    LinkRelation,
    PlaceBasis,
    Role,
)

events: Final = sa.Table(
    "events",
    metadata,
    sa.Column("event_id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text),
    sa.Column("type", sa.Text, sa.ForeignKey("event_types.type"), nullable=False),
    sa.Column("form", sa.Text, nullable=False),
    sa.Column("status", sa.Text),  # null: no report asserts that it took place
    sa.Column("started_on", Day, index=True),
    sa.Column("ended_on", Day),
    sa.Column("date_basis", sa.Text),
    sa.Column("date_precision", sa.Text),
    sa.Column("date_settled", sa.Boolean, nullable=False),
    sa.Column("place_entity_id", sa.Text, sa.ForeignKey("entities.entity_id"), index=True),
    sa.Column("place_basis", sa.Text),
    sa.Column("report_count", sa.Integer, nullable=False),
    sa.Column("publisher_count", sa.Integer, nullable=False),
    sa.Column("first_published_on", Day),
    one_of("form", EventForm),
    one_of("status", EventStatus),
    one_of("date_basis", DateBasis),
    one_of("date_precision", DatePrecision),
    one_of("place_basis", PlaceBasis),
    sa.Index("ix_events_type_form", "type", "form"),
)

event_participants: Final = sa.Table(
    "event_participants",
    metadata,
    sa.Column("event_id", sa.Text, sa.ForeignKey("events.event_id"), primary_key=True),
    sa.Column("entity_id", sa.Text, sa.ForeignKey("entities.entity_id"), primary_key=True),
    sa.Column("role", sa.Text, primary_key=True),
    sa.Column("function", sa.Text),
    sa.Column("country", sa.Text),
    sa.Column("office", sa.Text),
    one_of("role", Role),
    one_of("function", Function),
    sa.Index("ix_event_participants_entity_id", "entity_id"),
    sa.Index("ix_event_participants_country", "country"),
)

event_reports: Final = sa.Table(
    "event_reports",
    metadata,
    sa.Column("event_id", sa.Text, sa.ForeignKey("events.event_id"), primary_key=True),
    sa.Column("release_id", sa.Text, sa.ForeignKey("releases.release_id"), primary_key=True),
    sa.Column("main", sa.Boolean, nullable=False),
    sa.Column("name", sa.Text),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("form", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("assertion", sa.Text, nullable=False),
    sa.Column("started_on", Day),
    sa.Column("ended_on", Day),
    sa.Column("date_basis", sa.Text),
    sa.Column("date_precision", sa.Text),
    sa.Column("place_entity_id", sa.Text, sa.ForeignKey("entities.entity_id"), index=True),
    sa.Column("place_basis", sa.Text),
    sa.Column("quote", sa.Text, nullable=False),
    sa.Column("start_char", sa.Integer, nullable=False),
    sa.Column("end_char", sa.Integer, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    one_of("type", EventType),
    one_of("form", EventForm),
    one_of("status", EventStatus),
    one_of("assertion", Assertion),
    one_of("date_basis", DateBasis),
    one_of("date_precision", DatePrecision),
    one_of("place_basis", PlaceBasis),
    sa.CheckConstraint("start_char >= 0 AND end_char > start_char", name="span"),
    sa.Index("ix_event_reports_release_id", "release_id"),
)


def _of_report(*columns: sa.Column[str] | sa.Column[int], name: str) -> sa.Table:
    """Make a table whose rows belong to one report and go with it."""
    return sa.Table(
        name,
        metadata,
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("release_id", sa.Text, primary_key=True),
        *columns,
        sa.ForeignKeyConstraint(
            ["event_id", "release_id"], ["event_reports.event_id", "event_reports.release_id"]
        ),
        sa.Index(f"ix_{name}_release_id", "release_id"),
    )


report_participants: Final = _of_report(
    sa.Column("entity_id", sa.Text, sa.ForeignKey("entities.entity_id"), primary_key=True),
    sa.Column("role", sa.Text, primary_key=True),
    sa.Column("function", sa.Text),
    sa.Column("country", sa.Text),
    sa.Column("office", sa.Text),
    name="report_participants",
)
report_participants.append_constraint(one_of("role", Role))
report_participants.append_constraint(one_of("function", Function))
sa.Index("ix_report_participants_entity_id", report_participants.c.entity_id)

report_evidence: Final = _of_report(
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("start_char", sa.Integer, primary_key=True),
    sa.Column("end_char", sa.Integer, primary_key=True),
    name="report_evidence",
)
report_evidence.append_constraint(one_of("field", EvidenceField))

event_topics: Final = _of_report(
    sa.Column("topic", sa.Text, sa.ForeignKey("topics.topic"), primary_key=True),
    sa.Column("score", sa.Float, nullable=False),
    name="event_topics",
)

event_keys: Final = sa.Table(
    "event_keys",
    metadata,
    sa.Column("event_id", sa.Text, sa.ForeignKey("events.event_id"), primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Index("ix_event_keys_key", "key"),
)

event_links: Final = sa.Table(
    "event_links",
    metadata,
    sa.Column("event_id", sa.Text, sa.ForeignKey("events.event_id"), primary_key=True),
    sa.Column("other_event_id", sa.Text, sa.ForeignKey("events.event_id"), primary_key=True),
    sa.Column("relation", sa.Text, primary_key=True),
    sa.Column("basis", sa.Text, nullable=False),
    one_of("relation", LinkRelation),
    sa.Index("ix_event_links_other_event_id", "other_event_id"),
)
