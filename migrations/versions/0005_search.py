"""Index the words of releases: FTS5 with triggers on SQLite, a GIN index over a tsvector on PostgreSQL."""

from __future__ import annotations

from alembic import op

from migrations import dialects, reference

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _run("up")
    reference.set_schema(revision)


def downgrade() -> None:
    _run("down")
    reference.set_schema("0004")


def _run(direction: str) -> None:
    connection = op.get_bind()
    script = dialects.read("0005_search", f"{direction}_{connection.dialect.name}", connection.dialect.name)
    for statement in script.split("\n--\n"):
        # psycopg reads a single % as the beginning of a parameter.
        connection.exec_driver_sql(statement.replace("%", "%%") if _is_postgresql() else statement)


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
