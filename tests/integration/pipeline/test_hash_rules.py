"""When the rules of hashing change, what is stored is hashed anew and not published again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from services.database import engine
from services.database import tables as t
from services.settings import Settings
from tests.chaos.undisturbed import write_releases
from tests.pipeline import Running, count

NUMBER = 4


def test_a_backfill_after_new_rules_publishes_only_what_changed(
    tmp_path: Path, make_settings: Callable[..., Settings]
) -> None:
    settings, folder = make_settings(), write_releases(tmp_path / "releases", NUMBER)
    with Running(settings) as running:
        assert running.backfill(folder)["published"] == NUMBER
        age(settings)
        again = running.backfill(folder)
        assert (again["published"], again["skipped"]) == (0, NUMBER)
        edited = next(iter(sorted(folder.iterdir())))
        edited.write_text(edited.read_text(encoding="utf-8") + "\n\nThey agreed to meet again.", "utf-8")
        again = running.backfill(folder)
        assert (again["published"], again["skipped"]) == (1, NUMBER - 1)
    assert count(settings, t.release_revisions) == NUMBER + 1


def age(settings: Settings) -> None:
    """Let every hash be one of earlier rules."""
    database = engine.connect(settings)
    with database.begin() as connection:
        for table in (t.releases, t.release_revisions):
            older = sa.func.replace(table.c.content_hash, "h3:", "h1:")
            connection.execute(sa.update(table).values(content_hash=older))
    database.dispose()
