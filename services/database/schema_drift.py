"""What differs between a database and the models: tables, columns, types, keys, checks, indexes, views."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from services.database.views import VIEWS


def find(connection: sa.Connection, models: sa.MetaData) -> list[str]:
    """Describe every difference in a sentence."""
    return [*_differences(connection, models), *_checks(connection, models), *_views(connection)]


def _differences(connection: sa.Connection, models: sa.MetaData) -> list[str]:
    def included(name: str | None, kind: str, _parents: object) -> bool:
        # The full-text index is no model of ours: SQLite keeps it as tables, PostgreSQL as an index.
        return kind not in {"table", "index"} or not (name or "").startswith(("releases_fts", "alembic_"))

    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "include_name": included, "target_metadata": models}
    )
    return [_say(found) for found in compare_metadata(context, models)]


def _say(found: Any) -> str:
    """Turn one of Alembic's findings into words: `add_table` means that the database lacks it."""
    if isinstance(found, list):
        return "; ".join(_say(one) for one in found)
    what = str(found[0])
    if what.startswith("modify_"):
        table, column = found[2], found[3]
        return f"{table}.{column}: {what.removeprefix('modify_')} is {found[5]}, should be {found[6]}"
    named = [getattr(part, "name", part) for part in found[1:] if part is not None]
    verb = "is missing" if what.startswith("add_") else "should not be there"
    return f"{what.split('_', 1)[1]} {'.'.join(str(name) for name in named)} {verb}"


def _checks(connection: sa.Connection, models: sa.MetaData) -> list[str]:
    """Compare the names of check constraints, which Alembic leaves out."""
    inspector = sa.inspect(connection)
    present = set(inspector.get_table_names())
    problems = []
    for table in models.sorted_tables:
        if table.name not in present:
            continue
        found = {str(c["name"]) for c in inspector.get_check_constraints(table.name)}
        wanted = {str(c.name) for c in table.constraints if isinstance(c, sa.CheckConstraint)}
        problems += [f"{table.name}: check {name} is missing" for name in sorted(wanted - found)]
        problems += [f"{table.name}: check {name} should not be there" for name in sorted(found - wanted)]
    return problems


def _views(connection: sa.Connection) -> list[str]:
    inspector = sa.inspect(connection)
    present = set(inspector.get_view_names())
    problems = [f"view {name} is missing" for name in VIEWS if name not in present]
    for name in VIEWS:
        if name in present:
            found = tuple(column["name"] for column in inspector.get_columns(name))
            if found != VIEWS[name]:
                problems.append(f"view {name} has columns {', '.join(found)}")
    return problems
