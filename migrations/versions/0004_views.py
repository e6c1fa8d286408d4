"""Create the views, in an order in which each finds what it reads."""

from __future__ import annotations

from alembic import op

from migrations import dialects, reference

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

VIEWS = (
    "v_participants",
    "v_events",
    "v_meetings",
    "v_figures",
    "v_topic_daily",
    "v_country_pairs",
    "v_office_holders",
    "v_source_freshness",
    "v_coverage",
    "v_citation",
    "v_event_links",
)


def upgrade() -> None:
    connection = op.get_bind()
    for view in VIEWS:
        connection.exec_driver_sql(dialects.read("0004_views", view, connection.dialect.name))
    reference.set_schema(revision)


def downgrade() -> None:
    for view in reversed(VIEWS):
        op.execute(f"DROP VIEW {view}")
    reference.set_schema("0003")
