"""Let freshness count releases without a date, and tell sources that nobody polls any more."""

from __future__ import annotations

from alembic import op

from migrations import dialects, reference

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_VIEW = "v_source_freshness"


def upgrade() -> None:
    _replace("0007_views")
    reference.set_schema(revision)


def downgrade() -> None:
    _replace("0004_views")
    reference.set_schema("0006")


def _replace(folder: str) -> None:
    connection = op.get_bind()
    op.execute(f"DROP VIEW {_VIEW}")
    connection.exec_driver_sql(dialects.read(folder, _VIEW, connection.dialect.name))
