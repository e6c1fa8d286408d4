"""How far the sink has read each partition, and the records that a stage could not process."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from services.database.columns import UtcTime
from services.database.tables.base import metadata

stream_offsets: Final = sa.Table(
    "stream_offsets",
    metadata,
    sa.Column("consumer_group", sa.Text, primary_key=True),
    sa.Column("topic", sa.Text, primary_key=True),
    sa.Column("partition", sa.Integer, primary_key=True),
    sa.Column("cluster_id", sa.Text, nullable=False),
    sa.Column("topic_id", sa.Text, nullable=False),
    sa.Column("next_offset", sa.BigInteger, nullable=False),
    sa.Column("epoch", sa.BigInteger, nullable=False),
    sa.Column("updated_at", UtcTime, nullable=False),
)

dead_letters: Final = sa.Table(
    "dead_letters",
    metadata,
    sa.Column("topic", sa.Text, primary_key=True),
    sa.Column("partition", sa.Integer, primary_key=True),
    sa.Column("offset", sa.BigInteger, primary_key=True),
    sa.Column("release_id", sa.Text),
    sa.Column("content_hash", sa.Text),
    sa.Column("pipeline_version", sa.Integer, nullable=False),
    sa.Column("stage", sa.Text, nullable=False),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("payload", sa.LargeBinary),
    sa.Column("headers", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("first_failed_at", UtcTime, nullable=False),
    sa.Column("resolved_at", UtcTime),
    sa.Index("ix_dead_letters_release_id", "release_id", "content_hash"),
)
