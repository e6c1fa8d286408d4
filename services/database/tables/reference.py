"""Reference tables, filled by the migrations: countries, topics, event types, and the database's own facts."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from services.database.columns import one_of
from services.database.tables.base import metadata
from streams.closed_sets import CountryKind, EventType, Topic

meta: Final = sa.Table(
    "meta",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

countries: Final = sa.Table(
    "countries",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("iso2", sa.Text),
    sa.Column("iso_numeric", sa.Text),
    sa.Column("cow", sa.Integer),
    sa.Column("m49_region", sa.Text),
    one_of("kind", CountryKind),
)

topics: Final = sa.Table(
    "topics",
    metadata,
    sa.Column("topic", sa.Text, primary_key=True),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("definition", sa.Text, nullable=False),
    sa.Column("eurovoc_uri", sa.Text),
    one_of("topic", Topic),
)

event_types: Final = sa.Table(
    "event_types",
    metadata,
    sa.Column("type", sa.Text, primary_key=True),
    sa.Column("definition", sa.Text, nullable=False),
    sa.Column("quad_class", sa.Integer),
    sa.Column("intensity", sa.Float),
    sa.Column("cameo_root", sa.Text),
    one_of("type", EventType),
)
