"""Create and fill the reference tables; create the catalogue of sources and the tables of the sink's own work."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations import reference, types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "meta",
    "countries",
    "topics",
    "event_types",
    "sources",
    "source_state",
    "source_items",
    "release_aliases",
    "stream_offsets",
    "dead_letters",
)


def upgrade() -> None:
    op.create_table(
        "meta",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "countries",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("iso2", sa.Text()),
        sa.Column("iso_numeric", sa.Text()),
        sa.Column("cow", sa.Integer()),
        sa.Column("m49_region", sa.Text()),
        sa.CheckConstraint(
            types.one_of("kind", "state", "organization", "region"), name=op.f("ck_countries_kind_known")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_countries")),
    )
    op.create_table(
        "topics",
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("eurovoc_uri", sa.Text()),
        sa.CheckConstraint(
            types.one_of(
                "topic",
                "bilateral-relations",
                "multilateral-cooperation",
                "security-defence",
                "conflict-peace",
                "terrorism-crime",
                "arms-control",
                "sanctions",
                "human-rights",
                "democracy-elections",
                "humanitarian-aid",
                "development",
                "trade",
                "investment-economy",
                "energy",
                "climate-environment",
                "raw-materials",
                "transport-logistics",
                "digital-technology",
                "agriculture-food",
                "water",
                "health",
                "education-science",
                "culture-people",
                "visas-mobility",
                "migration",
                "consular",
                "borders-sovereignty",
                "treaties-law",
                "parliament",
                "integration-enlargement",
                "protocol",
            ),
            name=op.f("ck_topics_topic_known"),
        ),
        sa.PrimaryKeyConstraint("topic", name=op.f("pk_topics")),
    )
    op.create_table(
        "event_types",
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("quad_class", sa.Integer()),
        sa.Column("intensity", sa.Float()),
        sa.Column("cameo_root", sa.Text()),
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
            name=op.f("ck_event_types_type_known"),
        ),
        sa.PrimaryKeyConstraint("type", name=op.f("pk_event_types")),
    )
    op.create_table(
        "sources",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("publisher_country", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("verified_on", types.day()),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_sources")),
    )
    op.create_table(
        "source_state",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("last_polled_at", types.utc_time()),
        sa.Column("last_success_at", types.utc_time()),
        sa.Column("last_new_at", types.utc_time()),
        sa.Column("consecutive_failures", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text()),
        sa.Column("next_due_at", types.utc_time()),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_source_state")),
    )
    op.create_index(op.f("ix_source_state_next_due_at"), "source_state", ["next_due_at"])
    op.create_table(
        "source_items",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text()),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("first_seen_at", types.utc_time(), nullable=False),
        sa.Column("last_seen_at", types.utc_time(), nullable=False),
        sa.Column("gone_at", types.utc_time()),
        sa.PrimaryKeyConstraint("source_id", "ref", name=op.f("pk_source_items")),
    )
    op.create_index(op.f("ix_source_items_release_id"), "source_items", ["release_id"])
    op.create_table(
        "release_aliases",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "ref", name=op.f("pk_release_aliases")),
    )
    op.create_index(op.f("ix_release_aliases_release_id"), "release_aliases", ["release_id"])
    op.create_table(
        "stream_offsets",
        sa.Column("consumer_group", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("topic_id", sa.Text(), nullable=False),
        sa.Column("next_offset", sa.BigInteger(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", types.utc_time(), nullable=False),
        sa.PrimaryKeyConstraint("consumer_group", "topic", "partition", name=op.f("pk_stream_offsets")),
    )
    op.create_table(
        "dead_letters",
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("release_id", sa.Text()),
        sa.Column("content_hash", sa.Text()),
        sa.Column("pipeline_version", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("payload", sa.LargeBinary()),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_failed_at", types.utc_time(), nullable=False),
        sa.Column("resolved_at", types.utc_time()),
        sa.PrimaryKeyConstraint("topic", "partition", "offset", name=op.f("pk_dead_letters")),
    )
    op.create_index("ix_dead_letters_release_id", "dead_letters", ["release_id", "content_hash"])
    reference.fill()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
