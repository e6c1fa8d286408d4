"""From the seed files to SQL, through a real broker, on both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from services.database import tables as t
from services.settings import Settings
from tests.pipeline import Running, all_tables, count, without_origins


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_seeds_are_stored_once_and_a_second_backfill_changes_nothing(
    kind: str, new_database: Callable[[str], str], make_settings: Callable[..., Settings]
) -> None:
    settings = make_settings(new_database(kind))
    with Running(settings) as running:
        counts = running.backfill()
        assert (counts["found"], counts["published"], counts["stored"], counts["dead"]) == (5, 5, 5, 0)
        before = all_tables(settings)
        again = running.backfill()
        assert (again["published"], again["skipped"]) == (0, 5)
        assert all_tables(settings) == before
    assert count(settings, t.releases) == 5
    assert count(settings, t.event_reports) >= 5
    assert count(settings, t.dead_letters) == 0


def test_sqlite_and_postgresql_hold_the_same(
    new_database: Callable[[str], str], make_settings: Callable[..., Settings]
) -> None:
    found = []
    for kind in ("sqlite", "postgresql"):
        settings = make_settings(new_database(kind))
        with Running(settings) as running:
            running.backfill()
            found.append(without_origins(all_tables(settings)))
    for name in found[0]:
        assert found[0][name] == found[1][name], name
