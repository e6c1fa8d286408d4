"""Create releases and their revisions, entities and their mentions, dates and figures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations import reference, types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    "releases",
    "release_revisions",
    "release_observations",
    "release_topics",
    "entities",
    "entity_names",
    "release_entities",
    "mentions",
    "dates",
    "figures",
)


def upgrade() -> None:
    op.create_table(
        "releases",
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("source_ref", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.Column("issuer_entity_id", sa.Text()),
        sa.Column("issuer_country", sa.Text()),
        sa.Column("published_at", types.utc_time()),
        sa.Column("published_on", types.day()),
        sa.Column("published_precision", sa.Text()),
        sa.Column("published_basis", sa.Text()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("first_fetched_at", types.utc_time(), nullable=False),
        sa.Column("fetched_at", types.utc_time(), nullable=False),
        sa.Column("withdrawn_at", types.utc_time()),
        sa.Column("persisted_at", types.utc_time(), nullable=False),
        sa.Column("pipeline_version", sa.Integer(), nullable=False),
        sa.Column("annotated_by", sa.Text()),
        sa.CheckConstraint(
            types.one_of(
                "genre",
                "readout",
                "statement",
                "joint_statement",
                "agency_report",
                "remarks",
                "notice",
                "other",
            ),
            name=op.f("ck_releases_genre_known"),
        ),
        sa.CheckConstraint(types.one_of("kind", "diplomatic", "other"), name=op.f("ck_releases_kind_known")),
        sa.CheckConstraint(
            types.one_of("published_basis", "metadata", "header", "dateline", "text"),
            name=op.f("ck_releases_published_basis_known"),
        ),
        sa.CheckConstraint(
            types.one_of("published_precision", "second", "day", "month", "year"),
            name=op.f("ck_releases_published_precision_known"),
        ),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_releases_revision_counts")),
        sa.PrimaryKeyConstraint("release_id", name=op.f("pk_releases")),
    )
    op.create_index(op.f("ix_releases_published_on"), "releases", ["published_on"])
    op.create_index("ix_releases_source_id_published_on", "releases", ["source_id", "published_on"])
    op.create_table(
        "release_revisions",
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published_on", types.day()),
        sa.Column("first_fetched_at", types.utc_time(), nullable=False),
        sa.Column("last_fetched_at", types.utc_time(), nullable=False),
        sa.Column("pipeline_version", sa.Integer(), nullable=False),
        sa.Column("raw_partition", sa.Integer(), nullable=False),
        sa.Column("raw_offset", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["releases.release_id"], name=op.f("fk_release_revisions_release_id")
        ),
        sa.PrimaryKeyConstraint("release_id", "content_hash", name=op.f("pk_release_revisions")),
    )
    op.create_table(
        "release_observations",
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.Column("fetched_at", types.utc_time(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.CheckConstraint(
            types.one_of("what", "withdrawn", "returned"), name=op.f("ck_release_observations_what_known")
        ),
        sa.PrimaryKeyConstraint("release_id", "fetched_at", "what", name=op.f("pk_release_observations")),
    )
    op.create_table(
        "release_topics",
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("start_char", sa.Integer()),
        sa.Column("end_char", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["release_id"], ["releases.release_id"], name=op.f("fk_release_topics_release_id")
        ),
        sa.ForeignKeyConstraint(["topic"], ["topics.topic"], name=op.f("fk_release_topics_topic")),
        sa.PrimaryKeyConstraint("release_id", "topic", name=op.f("pk_release_topics")),
    )
    op.create_index("ix_release_topics_topic", "release_topics", ["topic", "rank"])
    op.create_table(
        "entities",
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("canonical_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text()),
        sa.Column("wikidata_id", sa.Text()),
        sa.Column("geonames_id", sa.Integer()),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        sa.CheckConstraint(
            types.one_of(
                "kind", "person", "organization", "place", "country", "region", "agreement", "initiative"
            ),
            name=op.f("ck_entities_kind_known"),
        ),
        sa.PrimaryKeyConstraint("entity_id", name=op.f("pk_entities")),
    )
    op.create_index(op.f("ix_entities_canonical_id"), "entities", ["canonical_id"])
    op.create_index("ix_entities_kind_name", "entities", ["kind", "name"])
    op.create_table(
        "entity_names",
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text()),
        sa.Column("match_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entities.entity_id"], name=op.f("fk_entity_names_entity_id")
        ),
        sa.PrimaryKeyConstraint("entity_id", "name", name=op.f("pk_entity_names")),
    )
    op.create_index(op.f("ix_entity_names_match_key"), "entity_names", ["match_key"])
    op.create_table(
        "release_entities",
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("release_id", "entity_id", "name", name=op.f("pk_release_entities")),
    )
    op.create_index("ix_release_entities_entity_id", "release_entities", ["entity_id"])
    op.create_table(
        "mentions",
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.Column("use", sa.Text(), nullable=False),
        sa.Column("office", sa.Text()),
        sa.Column("office_level", sa.Text()),
        sa.Column("office_state", sa.Text()),
        sa.Column("country", sa.Text()),
        sa.CheckConstraint(
            types.one_of(
                "office_level",
                "head_of_state",
                "head_of_government",
                "minister",
                "deputy_minister",
                "ambassador",
                "head_of_organization",
                "parliament",
                "official",
            ),
            name=op.f("ck_mentions_office_level_known"),
        ),
        sa.CheckConstraint(
            types.one_of("office_state", "current", "acting", "former", "designate"),
            name=op.f("ck_mentions_office_state_known"),
        ),
        sa.CheckConstraint(
            types.one_of("use", "name", "adjective", "title", "pronoun"), name=op.f("ck_mentions_use_known")
        ),
        sa.CheckConstraint("start_char >= 0 AND end_char > start_char", name=op.f("ck_mentions_span")),
        sa.PrimaryKeyConstraint(
            "release_id", "start_char", "end_char", "entity_id", name=op.f("pk_mentions")
        ),
    )
    op.create_index("ix_mentions_entity_id", "mentions", ["entity_id"])
    op.create_table(
        "dates",
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.Column("start_on", types.day()),
        sa.Column("end_on", types.day()),
        sa.Column("granularity", sa.Text(), nullable=False),
        sa.CheckConstraint(
            types.one_of("granularity", "day", "month", "quarter", "year", "range"),
            name=op.f("ck_dates_granularity_known"),
        ),
        sa.CheckConstraint("start_char >= 0 AND end_char > start_char", name=op.f("ck_dates_span")),
        sa.ForeignKeyConstraint(["release_id"], ["releases.release_id"], name=op.f("fk_dates_release_id")),
        sa.PrimaryKeyConstraint("release_id", "start_char", "end_char", name=op.f("pk_dates")),
    )
    op.create_index(op.f("ix_dates_start_on"), "dates", ["start_on"])
    op.create_table(
        "figures",
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", types.decimal(), nullable=False),
        sa.Column("value_max", types.decimal()),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("qualifier", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text()),
        sa.Column("stage", sa.Text()),
        sa.Column("nature", sa.Text()),
        sa.Column("purpose", sa.Text()),
        sa.Column("period_start", types.day()),
        sa.Column("period_end", types.day()),
        sa.Column("subject_country", sa.Text()),
        sa.Column("partner_country", sa.Text()),
        sa.CheckConstraint(
            types.one_of("kind", "money", "percent", "count"), name=op.f("ck_figures_kind_known")
        ),
        sa.CheckConstraint(
            types.one_of("nature", "level", "change", "share", "cumulative"),
            name=op.f("ck_figures_nature_known"),
        ),
        sa.CheckConstraint(
            types.one_of("qualifier", "exact", "over", "under", "about"),
            name=op.f("ck_figures_qualifier_known"),
        ),
        sa.CheckConstraint(
            types.one_of("stage", "reported", "planned", "pledged", "agreed", "disbursed"),
            name=op.f("ck_figures_stage_known"),
        ),
        sa.CheckConstraint("start_char >= 0 AND end_char > start_char", name=op.f("ck_figures_span")),
        sa.ForeignKeyConstraint(["release_id"], ["releases.release_id"], name=op.f("fk_figures_release_id")),
        sa.PrimaryKeyConstraint("release_id", "start_char", "end_char", name=op.f("pk_figures")),
    )
    op.create_index("ix_figures_measure", "figures", ["measure"])
    reference.set_schema(revision)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    reference.set_schema("0001")
