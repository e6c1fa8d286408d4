"""Let what the fetcher learned outlive its process: moved sources, the wishes of hosts, robots.txt."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations import reference, types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("source_state", sa.Column("moved_to", sa.Text()))
    op.add_column("source_state", sa.Column("full_at", types.utc_time()))
    op.add_column("source_state", sa.Column("index_kind", sa.Text()))
    op.create_table(
        "fetch_hosts",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("last_request_at", types.utc_time()),
        sa.Column("closed_until", types.utc_time()),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_fetch_hosts")),
    )
    op.create_table(
        "robots_files",
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary()),
        sa.Column("failing_since", types.utc_time()),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_robots_files")),
    )
    reference.set_schema(revision)


def downgrade() -> None:
    op.drop_table("robots_files")
    op.drop_table("fetch_hosts")
    for column in ("index_kind", "full_at", "moved_to"):
        op.drop_column("source_state", column)
    reference.set_schema("0005")
