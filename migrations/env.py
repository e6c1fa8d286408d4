"""Run the schema history on the connection that `services.database.schema` hands over."""

from __future__ import annotations

from alembic import context

config = context.config


def included(name: str | None, kind: str, _parents: object) -> bool:
    """Leave the full-text index out of every comparison: SQLite keeps it as tables, PostgreSQL as an index."""
    return kind not in {"table", "index"} or not (name or "").startswith("releases_fts")


def run() -> None:
    """Run the migrations inside the caller's transaction, so that a failed upgrade leaves nothing behind."""
    connection = config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=config.attributes.get("target_metadata"),
        include_name=included,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
