"""Entities, their names and mentions, and the dates and figures of each release."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from services.database.columns import Day, ExactDecimal, one_of
from services.database.tables.base import metadata
from streams.closed_sets import (
    EntityKind,
    FigureKind,
    FigureNature,
    FigureStage,
    Granularity,
    MentionUse,
    OfficeLevel,
    OfficeState,
    Qualifier,
)


def _span_key() -> tuple[sa.Column[str], sa.Column[int], sa.Column[int]]:
    return (
        sa.Column("release_id", sa.Text, sa.ForeignKey("releases.release_id"), primary_key=True),
        sa.Column("start_char", sa.Integer, primary_key=True),
        sa.Column("end_char", sa.Integer, primary_key=True),
    )


entities: Final = sa.Table(
    "entities",
    metadata,
    sa.Column("entity_id", sa.Text, primary_key=True),
    sa.Column("canonical_id", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("country", sa.Text),
    sa.Column("wikidata_id", sa.Text),
    sa.Column("geonames_id", sa.Integer),
    sa.Column("latitude", sa.Float),
    sa.Column("longitude", sa.Float),
    one_of("kind", EntityKind),
    sa.Index("ix_entities_kind_name", "kind", "name"),
)

entity_names: Final = sa.Table(
    "entity_names",
    metadata,
    sa.Column("entity_id", sa.Text, sa.ForeignKey("entities.entity_id"), primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("language", sa.Text),
    # What two names must share to be compared at all: of a person the family name, else the name, normalised.
    sa.Column("match_key", sa.Text, nullable=False, index=True),
)

# No foreign keys in the two tables with by far the most rows: PostgreSQL looks each key of each row up, which
# took most of their time. The sink writes both in one transaction with what they refer to (and checks that first).
release_entities: Final = sa.Table(
    "release_entities",
    metadata,
    sa.Column("release_id", sa.Text, primary_key=True),
    sa.Column("entity_id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Index("ix_release_entities_entity_id", "entity_id"),
)

mentions: Final = sa.Table(
    "mentions",
    metadata,
    sa.Column("release_id", sa.Text, primary_key=True),
    sa.Column("start_char", sa.Integer, primary_key=True),
    sa.Column("end_char", sa.Integer, primary_key=True),
    sa.Column("entity_id", sa.Text, primary_key=True),
    sa.Column("surface", sa.Text, nullable=False),
    sa.Column("use", sa.Text, nullable=False),
    sa.Column("office", sa.Text),
    sa.Column("office_level", sa.Text),
    sa.Column("office_state", sa.Text),
    sa.Column("country", sa.Text),
    one_of("use", MentionUse),
    one_of("office_level", OfficeLevel),
    one_of("office_state", OfficeState),
    sa.CheckConstraint("start_char >= 0 AND end_char > start_char", name="span"),
    sa.Index("ix_mentions_entity_id", "entity_id"),
)

dates: Final = sa.Table(
    "dates",
    metadata,
    *_span_key(),
    sa.Column("surface", sa.Text, nullable=False),
    sa.Column("start_on", Day, index=True),
    sa.Column("end_on", Day),
    sa.Column("granularity", sa.Text, nullable=False),
    one_of("granularity", Granularity),
    sa.CheckConstraint("start_char >= 0 AND end_char > start_char", name="span"),
)

figures: Final = sa.Table(
    "figures",
    metadata,
    *_span_key(),
    sa.Column("surface", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("value", ExactDecimal, nullable=False),
    sa.Column("value_max", ExactDecimal),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("qualifier", sa.Text, nullable=False),
    sa.Column("measure", sa.Text),
    sa.Column("stage", sa.Text),
    sa.Column("nature", sa.Text),
    sa.Column("purpose", sa.Text),
    sa.Column("period_start", Day),
    sa.Column("period_end", Day),
    sa.Column("subject_country", sa.Text),
    sa.Column("partner_country", sa.Text),
    one_of("kind", FigureKind),
    one_of("qualifier", Qualifier),
    one_of("stage", FigureStage),
    one_of("nature", FigureNature),
    sa.CheckConstraint("start_char >= 0 AND end_char > start_char", name="span"),
    sa.Index("ix_figures_measure", "measure"),
)
