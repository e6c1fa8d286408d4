"""Create events, the reports that state them, and what belongs to each report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations import reference, types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (
    "events",
    "event_keys",
    "event_participants",
    "event_links",
    "event_reports",
    "report_participants",
    "report_evidence",
    "event_topics",
)


def upgrade() -> None:
    op.create_table(
        "events",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("status", sa.Text()),
        sa.Column("started_on", types.day()),
        sa.Column("ended_on", types.day()),
        sa.Column("date_basis", sa.Text()),
        sa.Column("date_precision", sa.Text()),
        sa.Column("date_settled", sa.Boolean(), nullable=False),
        sa.Column("place_entity_id", sa.Text()),
        sa.Column("place_basis", sa.Text()),
        sa.Column("report_count", sa.Integer(), nullable=False),
        sa.Column("publisher_count", sa.Integer(), nullable=False),
        sa.Column("first_published_on", types.day()),
        sa.CheckConstraint(
            types.one_of("date_basis", "stated", "resolved", "dateline", "published"),
            name=op.f("ck_events_date_basis_known"),
        ),
        sa.CheckConstraint(
            types.one_of("date_precision", "day", "month", "quarter", "year", "range"),
            name=op.f("ck_events_date_precision_known"),
        ),
        sa.CheckConstraint(
            types.one_of(
                "form",
                "meeting",
                "call",
                "visit",
                "summit",
                "conference",
                "negotiation",
                "signing",
                "statement",
                "sanctions",
                "aid",
                "credentials",
                "appointment",
                "message",
                "attack",
                "other",
            ),
            name=op.f("ck_events_form_known"),
        ),
        sa.CheckConstraint(
            types.one_of("place_basis", "stated", "inferred"), name=op.f("ck_events_place_basis_known")
        ),
        sa.CheckConstraint(
            types.one_of("status", "occurred", "planned", "ongoing", "cancelled"),
            name=op.f("ck_events_status_known"),
        ),
        sa.ForeignKeyConstraint(
            ["place_entity_id"], ["entities.entity_id"], name=op.f("fk_events_place_entity_id")
        ),
        sa.ForeignKeyConstraint(["type"], ["event_types.type"], name=op.f("fk_events_type")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_place_entity_id"), "events", ["place_entity_id"])
    op.create_index(op.f("ix_events_started_on"), "events", ["started_on"])
    op.create_index("ix_events_type_form", "events", ["type", "form"])
    op.create_table(
        "event_keys",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.event_id"], name=op.f("fk_event_keys_event_id")),
        sa.PrimaryKeyConstraint("event_id", "key", name=op.f("pk_event_keys")),
    )
    op.create_index("ix_event_keys_key", "event_keys", ["key"])
    op.create_table(
        "event_participants",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("function", sa.Text()),
        sa.Column("country", sa.Text()),
        sa.Column("office", sa.Text()),
        sa.CheckConstraint(
            types.one_of(
                "function",
                "host",
                "visitor",
                "chair",
                "mediator",
                "signatory",
                "speaker",
                "addressee",
                "donor",
                "beneficiary",
                "appointee",
                "sender",
                "target",
            ),
            name=op.f("ck_event_participants_function_known"),
        ),
        sa.CheckConstraint(
            types.one_of("role", "actor", "recipient"), name=op.f("ck_event_participants_role_known")
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entities.entity_id"], name=op.f("fk_event_participants_entity_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.event_id"], name=op.f("fk_event_participants_event_id")
        ),
        sa.PrimaryKeyConstraint("event_id", "entity_id", "role", name=op.f("pk_event_participants")),
    )
    op.create_index("ix_event_participants_country", "event_participants", ["country"])
    op.create_index("ix_event_participants_entity_id", "event_participants", ["entity_id"])
    op.create_table(
        "event_links",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("other_event_id", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.CheckConstraint(
            types.one_of("relation", "part_of", "fulfils", "cancels", "possibly_same"),
            name=op.f("ck_event_links_relation_known"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.event_id"], name=op.f("fk_event_links_event_id")),
        sa.ForeignKeyConstraint(
            ["other_event_id"], ["events.event_id"], name=op.f("fk_event_links_other_event_id")
        ),
        sa.PrimaryKeyConstraint("event_id", "other_event_id", "relation", name=op.f("pk_event_links")),
    )
    op.create_index("ix_event_links_other_event_id", "event_links", ["other_event_id"])
    op.create_table(
        "event_reports",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("assertion", sa.Text(), nullable=False),
        sa.Column("started_on", types.day()),
        sa.Column("ended_on", types.day()),
        sa.Column("date_basis", sa.Text()),
        sa.Column("date_precision", sa.Text()),
        sa.Column("place_entity_id", sa.Text()),
        sa.Column("place_basis", sa.Text()),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.CheckConstraint(
            types.one_of("assertion", "asserted", "alleged", "demanded", "hypothetical", "denied"),
            name=op.f("ck_event_reports_assertion_known"),
        ),
        sa.CheckConstraint(
            types.one_of("date_basis", "stated", "resolved", "dateline", "published"),
            name=op.f("ck_event_reports_date_basis_known"),
        ),
        sa.CheckConstraint(
            types.one_of("date_precision", "day", "month", "quarter", "year", "range"),
            name=op.f("ck_event_reports_date_precision_known"),
        ),
        sa.CheckConstraint(
            types.one_of(
                "form",
                "meeting",
                "call",
                "visit",
                "summit",
                "conference",
                "negotiation",
                "signing",
                "statement",
                "sanctions",
                "aid",
                "credentials",
                "appointment",
                "message",
                "attack",
                "other",
            ),
            name=op.f("ck_event_reports_form_known"),
        ),
        sa.CheckConstraint(
            types.one_of("place_basis", "stated", "inferred"), name=op.f("ck_event_reports_place_basis_known")
        ),
        sa.CheckConstraint(
            types.one_of("status", "occurred", "planned", "ongoing", "cancelled"),
            name=op.f("ck_event_reports_status_known"),
        ),
        sa.CheckConstraint(
            types.one_of(
                "type",
                "AGREE",
                "CONSULT",
                "SUPPORT",
                "CONCEDE",
                "COOPERATE",
                "AID",
                "RETREAT",
                "REQUEST",
                "ACCUSE",
                "REJECT",
                "THREATEN",
                "PROTEST",
                "SANCTION",
                "MOBILIZE",
                "COERCE",
                "ASSAULT",
                "OTHER",
            ),
            name=op.f("ck_event_reports_type_known"),
        ),
        sa.CheckConstraint("start_char >= 0 AND end_char > start_char", name=op.f("ck_event_reports_span")),
        sa.ForeignKeyConstraint(["event_id"], ["events.event_id"], name=op.f("fk_event_reports_event_id")),
        sa.ForeignKeyConstraint(
            ["place_entity_id"], ["entities.entity_id"], name=op.f("fk_event_reports_place_entity_id")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["releases.release_id"], name=op.f("fk_event_reports_release_id")
        ),
        sa.PrimaryKeyConstraint("event_id", "release_id", name=op.f("pk_event_reports")),
    )
    op.create_index(op.f("ix_event_reports_place_entity_id"), "event_reports", ["place_entity_id"])
    op.create_index("ix_event_reports_release_id", "event_reports", ["release_id"])
    op.create_table(
        "report_participants",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("function", sa.Text()),
        sa.Column("country", sa.Text()),
        sa.Column("office", sa.Text()),
        sa.CheckConstraint(
            types.one_of(
                "function",
                "host",
                "visitor",
                "chair",
                "mediator",
                "signatory",
                "speaker",
                "addressee",
                "donor",
                "beneficiary",
                "appointee",
                "sender",
                "target",
            ),
            name=op.f("ck_report_participants_function_known"),
        ),
        sa.CheckConstraint(
            types.one_of("role", "actor", "recipient"), name=op.f("ck_report_participants_role_known")
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entities.entity_id"], name=op.f("fk_report_participants_entity_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "release_id"],
            ["event_reports.event_id", "event_reports.release_id"],
            name=op.f("fk_report_participants_event_id_release_id"),
        ),
        sa.PrimaryKeyConstraint(
            "event_id", "release_id", "entity_id", "role", name=op.f("pk_report_participants")
        ),
    )
    op.create_index("ix_report_participants_entity_id", "report_participants", ["entity_id"])
    op.create_index("ix_report_participants_release_id", "report_participants", ["release_id"])
    op.create_table(
        "report_evidence",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            types.one_of("field", "trigger", "date", "place", "status", "participant"),
            name=op.f("ck_report_evidence_field_known"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "release_id"],
            ["event_reports.event_id", "event_reports.release_id"],
            name=op.f("fk_report_evidence_event_id_release_id"),
        ),
        sa.PrimaryKeyConstraint(
            "event_id", "release_id", "field", "start_char", "end_char", name=op.f("pk_report_evidence")
        ),
    )
    op.create_index("ix_report_evidence_release_id", "report_evidence", ["release_id"])
    op.create_table(
        "event_topics",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "release_id"],
            ["event_reports.event_id", "event_reports.release_id"],
            name=op.f("fk_event_topics_event_id_release_id"),
        ),
        sa.ForeignKeyConstraint(["topic"], ["topics.topic"], name=op.f("fk_event_topics_topic")),
        sa.PrimaryKeyConstraint("event_id", "release_id", "topic", name=op.f("pk_event_topics")),
    )
    op.create_index("ix_event_topics_release_id", "event_topics", ["release_id"])
    reference.set_schema(revision)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    reference.set_schema("0002")
