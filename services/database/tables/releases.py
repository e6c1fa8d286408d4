"""Releases, their revisions, their topics, and what is said of each observation."""

from __future__ import annotations

from typing import Final, Literal

import sqlalchemy as sa

from services.database.columns import Day, UtcTime, one_of
from services.database.tables.base import metadata
from streams.closed_sets import Genre, PublishedBasis, PublishedPrecision, ReleaseKind

releases: Final = sa.Table(
    "releases",
    metadata,
    sa.Column("release_id", sa.Text, primary_key=True),
    sa.Column("source_id", sa.Text, nullable=False),
    sa.Column("source_ref", sa.Text, nullable=False),
    sa.Column("url", sa.Text),
    sa.Column("title", sa.Text),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("language", sa.Text),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("genre", sa.Text, nullable=False),
    sa.Column("issuer_entity_id", sa.Text),
    sa.Column("issuer_country", sa.Text),
    sa.Column("published_at", UtcTime),
    sa.Column("published_on", Day, index=True),
    sa.Column("published_precision", sa.Text),
    sa.Column("published_basis", sa.Text),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("first_fetched_at", UtcTime, nullable=False),
    sa.Column("fetched_at", UtcTime, nullable=False),
    sa.Column("withdrawn_at", UtcTime),
    sa.Column("persisted_at", UtcTime, nullable=False),
    sa.Column("pipeline_version", sa.Integer, nullable=False),
    sa.Column("annotated_by", sa.Text),
    one_of("kind", ReleaseKind),
    one_of("genre", Genre),
    one_of("published_basis", PublishedBasis),
    one_of("published_precision", PublishedPrecision),
    sa.CheckConstraint("revision >= 1", name="revision_counts"),
    sa.Index("ix_releases_source_id_published_on", "source_id", "published_on"),
)

release_revisions: Final = sa.Table(
    "release_revisions",
    metadata,
    sa.Column("release_id", sa.Text, sa.ForeignKey("releases.release_id"), primary_key=True),
    sa.Column("content_hash", sa.Text, primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("published_on", Day),
    sa.Column("first_fetched_at", UtcTime, nullable=False),
    sa.Column("last_fetched_at", UtcTime, nullable=False),
    sa.Column("pipeline_version", sa.Integer, nullable=False),
    sa.Column("raw_partition", sa.Integer, nullable=False),
    sa.Column("raw_offset", sa.BigInteger, nullable=False),
    # The whole derived record (zstd, JSON): an edit that is taken back gets its facts from here,
    # so that every order of arrival gives the same rows.
    sa.Column("record", sa.LargeBinary, nullable=False),
)

release_observations: Final = sa.Table(
    "release_observations",
    metadata,
    sa.Column("release_id", sa.Text, primary_key=True),
    sa.Column("fetched_at", UtcTime, primary_key=True),
    sa.Column("what", sa.Text, primary_key=True),
    one_of("what", Literal["withdrawn", "returned"]),
)

release_topics: Final = sa.Table(
    "release_topics",
    metadata,
    sa.Column("release_id", sa.Text, sa.ForeignKey("releases.release_id"), primary_key=True),
    sa.Column("topic", sa.Text, sa.ForeignKey("topics.topic"), primary_key=True),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("rank", sa.Integer, nullable=False),
    sa.Column("start_char", sa.Integer),
    sa.Column("end_char", sa.Integer),
    sa.Index("ix_release_topics_topic", "topic", "rank"),
)
