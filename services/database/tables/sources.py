"""Where releases come from: the catalogue, what polling each source found, moved addresses, and hosts."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from services.database.columns import Day, UtcTime
from services.database.tables.base import metadata

sources: Final = sa.Table(
    "sources",
    metadata,
    sa.Column("source_id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("publisher_country", sa.Text),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("url", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("enabled", sa.Boolean, nullable=False, default=False),
    sa.Column("verified_on", Day),
)

source_state: Final = sa.Table(
    "source_state",
    metadata,
    sa.Column("source_id", sa.Text, primary_key=True),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("last_polled_at", UtcTime),
    sa.Column("last_success_at", UtcTime),
    sa.Column("last_new_at", UtcTime),
    sa.Column("consecutive_failures", sa.Integer, nullable=False, default=0),
    sa.Column("last_error", sa.Text),
    sa.Column("next_due_at", UtcTime, index=True),
    sa.Column("moved_to", sa.Text),
    sa.Column("full_at", UtcTime),
    sa.Column("index_kind", sa.Text),
)

source_items: Final = sa.Table(
    "source_items",
    metadata,
    sa.Column("source_id", sa.Text, primary_key=True),
    sa.Column("ref", sa.Text, primary_key=True),
    sa.Column("release_id", sa.Text, nullable=False, index=True),
    sa.Column("content_hash", sa.Text),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("first_seen_at", UtcTime, nullable=False),
    sa.Column("last_seen_at", UtcTime, nullable=False),
    sa.Column("gone_at", UtcTime),
)

release_aliases: Final = sa.Table(
    "release_aliases",
    metadata,
    sa.Column("source_id", sa.Text, primary_key=True),
    sa.Column("ref", sa.Text, primary_key=True),
    sa.Column("release_id", sa.Text, nullable=False, index=True),
)

fetch_hosts: Final = sa.Table(
    "fetch_hosts",
    metadata,
    sa.Column("host", sa.Text, primary_key=True),
    sa.Column("last_request_at", UtcTime),
    sa.Column("closed_until", UtcTime),
)

robots_files: Final = sa.Table(
    "robots_files",
    metadata,
    sa.Column("origin", sa.Text, primary_key=True),
    sa.Column("body", sa.LargeBinary),
    sa.Column("failing_since", UtcTime),
)
